#include "ui/window/MainWindow.h"

#include <QActionGroup>
#include <QApplication>
#include <QClipboard>
#include <QCloseEvent>
#include <QGridLayout>
#include <QKeyEvent>
#include <QMessageBox>
#include <QSettings>

#include "engine/data/bundled/BundledSet.h"
#include "engine/data/generators/Generator.h"
#include "engine/project/JsonText.h"
#include "ui/canvas/CanvasCommands.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/DataFileCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/document/commands/Remedies.h"
#include "ui/document/commands/TableCommands.h"
#include "ui/forms/KindField.h"
#include "ui/views/data/SampleGrid.h"
#include "ui/views/inside/InsideView.h"
#include "ui/widgets/DrawPad.h"
#include "ui/widgets/MessageBar.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/UndoKeys.h"
#include "ui/window/AboutData.h"
#include "ui/window/AnalyzeDialog.h"
#include "ui/window/Autosave.h"
#include "ui/window/BrowserJoin.h"
#include "ui/window/CommandPalette.h"
#include "ui/window/DropOverlay.h"
#include "ui/window/ExamplesGallery.h"
#include "ui/window/ExportDialog.h"
#include "ui/window/FileDesk.h"
#include "ui/window/HelpWindow.h"
#include "ui/window/InsidePanel.h"
#include "ui/window/KeysDialog.h"
#include "ui/window/LayoutMenu.h"
#include "ui/window/News.h"
#include "ui/window/OpenDialog.h"
#include "ui/window/PredictJoin.h"
#include "ui/window/Preferences.h"
#include "ui/window/PreparationWindow.h"
#include "ui/window/ProblemList.h"
#include "ui/window/RecentFiles.h"
#include "ui/window/RecoveryDesk.h"
#include "ui/window/RunNotice.h"
#include "ui/window/RunsPanel.h"
#include "ui/window/StatusLine.h"
#include "ui/window/Studio.h"

namespace perceptory::window {

using session::SessionController;
using widgets::Theme;

MainWindow::MainWindow(training::TrainerOptions options)
    : m_session(std::make_unique<SessionController>(m_document, std::move(options))),
      m_actions(*menuBar()),
      m_bar(new widgets::MessageBar),
      m_files(new FileDesk(m_document, *m_session, *m_bar, this)),
      m_recovery(new RecoveryDesk(m_document, *m_session, *m_files, *m_bar, this)),
      m_recent(new RecentFiles(this)),
      m_status(new StatusLine(m_document, *m_session)),
      m_drop(new DropOverlay(this)) {
    auto* middle = new QWidget;
    // News lie over the page below the network: what comes or goes moves nothing below the mouse.
    auto* layout = new QGridLayout(middle);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(0);
    m_page = makePage(m_document, *m_session, *m_files, middle);
    layout->addWidget(m_page.widget, 0, 0, 2, 3);
    layout->addWidget(m_bar, 0, 1, Qt::AlignBottom);
    layout->setRowMinimumHeight(1, 6);
    new NewsPlace(*layout, *m_page.studio->centralWidget());
    m_bar->raise();
    setCentralWidget(middle);
    setStatusBar(m_status);
    buildMenus();
    tellNews({m_document, *m_session, *m_files, m_page}, *m_bar);

    new widgets::UndoKeys(this);
    connect(m_files, &FileDesk::opened, m_recent, &RecentFiles::add);
    connect(m_recent, &RecentFiles::chosen, m_files, &FileDesk::openAsked);
    connect(m_drop, &DropOverlay::projectDropped, m_files, &FileDesk::openAsked);
    connect(m_drop, &DropOverlay::dataDropped, m_files, &FileDesk::openData);
    connect(m_session.get(), &SessionController::runningChanged, this, &MainWindow::showRunning);
    connect(m_status, &StatusLine::problemsWanted, this, &MainWindow::showProblems);
    connect(&m_recovery->autosave(), &Autosave::kept, m_status, &StatusLine::showCopy);
    connect(&m_document, &document::Document::modifiedChanged, this, &QWidget::setWindowModified);
    connect(&m_document, &document::Document::pathChanged, this, &MainWindow::showTitle);
    connect(&m_document, &document::Document::changed, this, [this](const document::Change& change) {
        if (change.parts & document::OtherPart) showTitle();
    });
    connect(&Theme::instance(), &Theme::changed, this, [this] { m_actions.showTheme(); });
    auto* notice = new RunNotice(*this);
    connect(m_session.get(), &SessionController::runningChanged, notice, &RunNotice::setRunning);
    connect(notice, &RunNotice::told, this, &showOnDesktop);
    m_recovery->autosave().setOn(Preferences::saved().autosave);
    showTitle();
    showRunning(false);
    restorePlace();
}

// Both still speak to the document and the session while they go.
MainWindow::~MainWindow() {
    delete m_recovery;
    delete takeCentralWidget();
}

void MainWindow::openFile(const QString& path) { m_files->openAny(path); }

void MainWindow::buildMenus() {
    buildFileMenu();
    buildEditMenu();
    buildViewMenu();
    buildNetworkMenu();
    buildDataMenu();
    buildTrainMenu();
    buildHelpMenu();
    for (const char* name :
         {"new", "open", "save", "undo", "redo", "play", "stepBatch", "stepEpoch", "reset", "newSeed"})
        m_actions.setIcon(name, name);
    m_actions.setIcon("addLayer", "plus");
    m_actions.setIcon("removeLayer", "minus");
    m_actions.showTheme();
}

void MainWindow::buildFileMenu() {
    m_actions.menu(tr("&File"));
    m_actions.add("new", tr("&New"), QKeySequence::New, [this] { m_files->newProject(); });
    m_actions.add("examples", tr("&Examples…"), tr("Ctrl+Shift+N"), [this] { showExamples(); });
    m_actions.add("open", tr("&Open…"), QKeySequence::Open, [this] { m_files->openByDialog(); });
    m_actions.addMenu(m_recent);
    m_actions.add("recover", tr("&Recover unsaved work…"), {}, [this] { m_recovery->offerOrTell(); });
    m_actions.addSeparator();
    m_actions.add("save", tr("&Save"), QKeySequence::Save, [this] { m_files->save(); });
    m_actions.add("saveAs", tr("Save &as…"), tr("Ctrl+Shift+S"), [this] { m_files->saveAs(); });
    m_actions.add("export", tr("E&xport the network…"), tr("Ctrl+Shift+E"),
                  [this] { openDialog<ExportDialog>(m_document, *m_session, this); });
    m_actions.addSeparator();
    m_actions.add("quit", tr("&Quit"), tr("Ctrl+Q"), [this] { close(); });
}

void MainWindow::buildEditMenu() {
    m_actions.menu(tr("&Edit"));
    m_actions.take("undo", m_document.undoStack().createUndoAction(this, tr("&Undo")), QKeySequence::Undo);
    m_actions.take("redo", m_document.undoStack().createRedoAction(this, tr("&Redo")), tr("Ctrl+Shift+Z"));
    m_actions.find("undo")->setWhatsThis(tr("Undo the last change"));
    m_actions.find("redo")->setWhatsThis(tr("Redo what was undone"));
    m_actions.addSeparator();
    m_actions.add("copyProject", tr("&Copy the project as text"), {}, [this] {
        QGuiApplication::clipboard()->setText(QString::fromStdString(project::jsonText(m_document.json())));
    });
    m_actions.addSeparator();
    m_actions.add("preferences", tr("&Preferences…"), QKeySequence::Preferences, [this] {
        connect(openDialog<PreferencesDialog>(this), &PreferencesDialog::taken, this,
                [this](const Preferences& now) { m_recovery->autosave().setOn(now.autosave); });
    });
}

void MainWindow::buildViewMenu() {
    m_actions.menu(tr("&View"));
    auto* group = new QActionGroup(this);
    const Theme::Mode now = Theme::instance().mode();
    const auto add = [&](const QString& name, const QString& text, Theme::Mode mode) {
        QAction* action = m_actions.add(name, text, {}, [mode] {
            Theme::apply(*qApp, mode);
            Preferences preferences = Preferences::saved();
            preferences.theme = mode;
            preferences.save();
        });
        action->setCheckable(true);
        action->setChecked(mode == now);
        group->addAction(action);
        connect(&Theme::instance(), &Theme::changed, action,
                [action, mode] { action->setChecked(mode == Theme::instance().mode()); });
    };
    add("themeSystem", tr("&Colours of the desktop"), Theme::Mode::System);
    add("themeLight", tr("&Light"), Theme::Mode::Light);
    add("themeDark", tr("&Dark"), Theme::Mode::Dark);
    add("themeContrast", tr("&High contrast"), Theme::Mode::HighContrast);
    m_actions.addSeparator();
    addWorkspace("playground", tr("&Playground"), tr("Ctrl+1"));
    addWorkspace("studio", tr("&Studio"), tr("Ctrl+2"));
    m_actions.addMenu(new LayoutMenu(
        *m_page.studio, [this] { m_page.studio->resetPanels(); }, this));
    m_actions.addSeparator();
    QAction* message = m_actions.add("message", tr("Go to the &message"), tr("Ctrl+M"), [this] { m_bar->setFocus(); });
    message->setEnabled(false);
    connect(m_bar, &widgets::MessageBar::shown, message, [message] { message->setEnabled(true); });
    connect(m_bar, &widgets::MessageBar::dismissed, message, [message] { message->setEnabled(false); });
    m_actions.add("problems", tr("&Problems…"), tr("Ctrl+Shift+M"), [this] { showProblems(); });
    m_actions.addSeparator();
    m_actions.add("fullScreen", tr("&Full screen"), tr("F11"),
                  [this] { setWindowState(windowState() ^ Qt::WindowFullScreen); });
}

// Both show the same document; which one is part of how it looks.
void MainWindow::addWorkspace(const QString& name, const QString& text, const QString& key) {
    QAction* action =
        m_actions.add(name, text, key, [this, id = name.toStdString()] { m_document.setView("workspace", id); });
    action->setCheckable(true);
    const auto show = [this, action, id = name.toStdString()] {
        const base::Json view = m_document.value("view");
        const base::Json now = view.is_object() ? view.value("workspace", base::Json("playground")) : "playground";
        action->setChecked(now == id);
    };
    connect(action, &QAction::triggered, this, show);
    connect(&m_document, &document::Document::changed, action, show);
    show();
}

void MainWindow::buildNetworkMenu() {
    m_actions.menu(tr("&Network"));
    m_actions.add("addLayer", tr("&Add a hidden layer"), tr("Alt+Ins"),
                  [this] { document::addHiddenLayer(m_document); });
    m_actions.add("removeLayer", tr("&Remove the last hidden layer"), tr("Alt+Del"),
                  [this] { document::removeHiddenLayer(m_document); });
    m_actions.addSeparator();
    m_actions.add("analyze", tr("A&nalyze…"), tr("Ctrl+Shift+A"),
                  [this] { openDialog<AnalyzeDialog>(m_document, m_session->dataset().get(), this); });
}

void MainWindow::buildDataMenu() {
    QMenu* menu = m_actions.menu(tr("&Data"));
    for (const data::GeneratorType* type : data::generators().members())
        if (!type->table)
            m_actions.add("data." + QString::fromStdString(type->id), document::shelfText(type->label), {},
                          [this, id = type->id] { document::chooseGenerator(m_document, id); });
    menu->addSeparator();
    for (const data::BundledSetType* type : data::bundledSets().members())
        if (data::isInstalled(*type))
            m_actions.add("data." + QString::fromStdString(type->id), document::shelfText(type->label), {},
                          [this, id = type->id] { document::chooseDataset(m_document, id); });
    menu->addSeparator();
    m_actions.add("openTable", tr("&Open a table…"), tr("Ctrl+T"), [this] { m_files->openTableByDialog(); });
    m_actions.add("openData", tr("Open &images, arrays or texts…"), tr("Ctrl+Shift+O"),
                  [this] { m_files->openDataByDialog(); });
    m_actions.add("openDataFolder", tr("Open a &folder of data…"), {}, [this] { m_files->openDataFolderByDialog(); });
    QAction* change = m_actions.add("changeTable", tr("&Columns of the table…"), tr("Ctrl+Shift+T"),
                                    [this] { m_files->changeTable(); });
    connect(menu, &QMenu::aboutToShow, change, [this, change] {
        const bool isTable = !document::dataChoices(m_document);
        change->setText(isTable ? tr("&Columns of the table…") : tr("How the files are &read…"));
    });
    m_actions.add("aboutData", tr("&About these data…"), {}, [this] { showAboutData(); });
    m_actions.add("newData", tr("&Make new data"), tr("Ctrl+Shift+D"), [this] { document::newDataSeed(m_document); });
    m_actions.add("prepare", tr("&Prepare and augment…"), tr("Ctrl+Shift+P"),
                  [this] { showPreparation(m_document, *m_session, this); });
    m_actions.add("browseData", tr("&Look at the data…"), tr("Ctrl+Shift+L"),
                  [this] { showDataBrowser(m_document, *m_session, this); });
    connect(m_page.studio->inside(), &InsidePanel::samplesWanted, this, [this](const std::vector<std::uint32_t>& rows) {
        showSamples(*showDataBrowser(m_document, *m_session, this), rows);
    });
}

void MainWindow::buildTrainMenu() {
    m_actions.menu(tr("&Train"));
    SessionController* session = m_session.get();
    m_actions.add("play", tr("&Play"), tr("F5"), [session] { session->togglePlay(); });
    m_actions.add("stop", tr("S&top"), tr("Shift+F5"), [session] { session->pause(); });
    m_actions.add("stepBatch", tr("Step one &batch"), tr("F7"), [session] { session->stepBatch(); });
    m_actions.add("stepEpoch", tr("Step one &epoch"), tr("Shift+F7"), [session] { session->stepEpoch(); });
    m_actions.add("reset", tr("&Reset weights"), tr("Ctrl+R"), [session] { session->reset(); });
    m_actions.add("newSeed", tr("New &seed"), tr("Ctrl+Shift+R"), [session] { session->newSeed(); });
    m_actions.addSeparator();
    m_actions.add("runs", tr("R&uns"), tr("Ctrl+Shift+B"), [this] {
        m_document.setView("workspace", "studio");
        m_page.studio->showRuns();
    });
    m_actions.add("predict", tr("&Ask the network…"), tr("Ctrl+E"), [this] { showPredict(*m_session, this); });
}

void MainWindow::buildHelpMenu() {
    m_actions.menu(tr("&Help"));
    m_actions.add("help", tr("&Help on what is chosen"), QKeySequence::HelpContents, [this] { showHelp(); });
    m_actions.add("commands", tr("&Commands…"), tr("Ctrl+K"), [this] {
        auto* palette = new CommandPalette(*menuBar(), this);
        palette->setAttribute(Qt::WA_DeleteOnClose);
        if (m_page.studio->isVisible())
            for (canvas::CanvasCommand& command : canvas::canvasCommands(*m_page.studio->view()))
                palette->add(tr("Canvas: %1").arg(command.name), command.key, command.enabled, std::move(command.run));
        palette->open();
    });
    m_actions.add("shortcuts", tr("&Keys and mouse…"), tr("Ctrl+?"), [this] { showKeys(); });
    m_actions.add("about", tr("&About Perceptory"), {}, [this] {
        showText(tr("About Perceptory"),
                 tr("Perceptory %1\nA visual playground for neural networks.\nFree software: GPL 3 or later.")
                     .arg(PERCEPTORY_VERSION));
    });
}

void MainWindow::showTitle() {
    setWindowTitle(tr("%1[*] – Perceptory").arg(m_document.title()));
    setWindowFilePath(m_document.path());
    setWindowModified(m_document.isModified());
}

void MainWindow::showRunning(bool running) {
    QAction* play = m_actions.find("play");
    play->setText(running ? tr("&Pause") : tr("&Play"));
    m_actions.setIcon("play", running ? "pause" : "play");
    m_actions.showTheme();
    m_actions.find("stop")->setEnabled(running);
}

void MainWindow::showExamples() {
    auto* gallery = new ExamplesGallery(this);
    gallery->setAttribute(Qt::WA_DeleteOnClose);
    connect(gallery, &ExamplesGallery::chosen, this, [this](const QString& file, const QString& title) {
        m_files->whenSafe([this, file, title] { m_files->openExample(file, title); });
    });
    gallery->open();
}

void MainWindow::showProblems() {
    const auto remedies = [this](const base::Problem& problem) {
        return document::remediesFor(m_document, problem, m_session->dataset().get());
    };
    auto* list = new ProblemList(m_page.placeName, remedies, this);
    list->setAttribute(Qt::WA_DeleteOnClose);
    const auto refresh = [this, list] { list->showProblems(m_status->problems()); };
    connect(m_status, &StatusLine::problemsChanged, list, refresh);
    // The data, with which more can be mended, may come behind the refusal.
    connect(m_session.get(), &SessionController::snapshotChanged, list,
            [this, refresh, data = m_session->dataset()]() mutable {
                if (data == m_session->dataset()) return;
                data = m_session->dataset();
                refresh();
            });
    connect(list, &ProblemList::placeChosen, this, m_page.showPlace);
    connect(list, &ProblemList::remedyChosen, this,
            [this](const document::Remedy& remedy) { document::apply(m_document, remedy); });
    refresh();
    list->open();
}

// Of the field with the keyboard, else of the layer chosen in the Studio.
void MainWindow::showHelp() {
    const base::KindType* kind = nullptr;
    for (const QWidget* widget = QApplication::focusWidget(); widget && !kind; widget = widget->parentWidget())
        if (const auto* field = qobject_cast<const forms::KindField*>(widget)) kind = field->kind();
    if (!kind && m_page.studio->isVisible()) kind = m_page.studio->chosenType();
    HelpWindow::openPage(this, kind);
}

void MainWindow::showKeys() {
    std::vector<widgets::GestureGroup> groups = menuKeys(*menuBar());
    groups.push_back(fieldKeys(*m_page.widget));
    groups.insert(groups.end(), m_page.gestures.begin(), m_page.gestures.end());
    groups.push_back({tr("Pictures of the data"), views::SampleGrid::gestures()});
    for (const views::InsideViewType* view : views::insideViews())
        if (view->gestures) groups.push_back({views::insideText(view->label), view->gestures()});
    groups.push_back({tr("Runs"), RunsPanel::gestures()});
    groups.push_back({tr("Drawing"), widgets::DrawPad::gestures()});
    openDialog<KeysDialog>(groups, this);
}

void MainWindow::showAboutData() { openDialog<AboutData>(m_document, m_session->snapshot()->dataset, this); }

void MainWindow::showText(const QString& title, const QString& text) {
    auto* box = new QMessageBox(QMessageBox::NoIcon, title, text, QMessageBox::Close, this);
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->open();
}

void MainWindow::restorePlace() {
    resize(1366, 768);
    restoreGeometry(QSettings().value("geometry").toByteArray());
}

// What nothing else has used.
void MainWindow::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape)
        m_bar->dismiss();
    else
        QMainWindow::keyPressEvent(event);
}

void MainWindow::closeEvent(QCloseEvent* event) {
    if (!m_files->isSaving() && (m_mayClose || !m_document.isModified())) {
        QSettings().setValue("geometry", saveGeometry());
        m_page.studio->keepPanels();
        m_recovery->autosave().giveUp();
        return event->accept();
    }
    event->ignore();
    m_files->whenSafe([this] {
        m_mayClose = true;
        close();
    });
}

}  // namespace perceptory::window
