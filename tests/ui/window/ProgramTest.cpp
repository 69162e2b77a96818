// What the program offers beside its pages: help, preferences, word of a long run, the project as text.

#include <QAction>
#include <QClipboard>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QGuiApplication>
#include <QLineEdit>
#include <QPushButton>
#include <QSettings>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStandardPaths>
#include <QTest>
#include <QTextBrowser>
#include <QTreeWidget>

#include "engine/activations/Activation.h"
#include "engine/layers/Layer.h"
#include "engine/project/Shelves.h"
#include "ui/canvas/NetworkScene.h"
#include "ui/document/commands/GraphCommands.h"
#include "ui/forms/KindField.h"
#include "ui/widgets/Theme.h"
#include "ui/window/HelpPages.h"
#include "ui/window/HelpWindow.h"
#include "ui/window/LayerInspector.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Preferences.h"
#include "ui/window/RunNotice.h"
#include "ui/window/Studio.h"

using namespace perceptory;
using namespace perceptory::window;

class ProgramTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        widgets::Theme::apply(*qApp, widgets::Theme::Mode::Light);
    }
    void init() { QSettings().clear(); }

    void everyMemberHasAPage() {
        std::size_t pages = 0;
        for (const HelpShelf& shelf : helpShelves())
            for (const base::KindType* kind : shelf.members) {
                const QString page = helpPage(*kind, shelf.title);
                QVERIFY2(page.contains(QString::fromStdString(kind->id)), kind->id.c_str());
                for (const base::ParamType& param : kind->parameters)
                    QVERIFY2(page.contains(QString::fromStdString(param.label).toHtmlEscaped()), kind->id.c_str());
                ++pages;
            }
        std::size_t members = 0;
        for (const project::ShelfListing& listing : project::shelves()) members += listing.members.size();
        QCOMPARE(pages, members);
        QVERIFY(pages > 200);
    }

    void helpIsAboutWhatIsChosen() {
        MainWindow window;
        window.show();
        window.action("studio")->trigger();
        auto* studio = window.findChild<Studio*>();
        const std::string id = document::addLayer(window.document(), "dropout");
        studio->scene()->choose({id});
        window.action("help")->trigger();
        auto* help = window.findChild<HelpWindow*>();
        QVERIFY(help && help->page()->toPlainText().startsWith("Dropout"));
        help->showPage(nullptr);
        QVERIFY(help->page()->toPlainText().startsWith("Layers"));
        // The field with the keyboard comes first.
        studio->scene()->choose({"out"});
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        auto* field = studio->inspector()->findChild<forms::KindField*>("activation");
        QVERIFY(field);
        field->setFocus();
        window.action("help")->trigger();
        const QString name = QString::fromStdString(field->kind()->label);
        QVERIFY(help->page()->toPlainText().startsWith(name));
        QCOMPARE(window.findChildren<HelpWindow*>().size(), 1);
    }

    void pagesAreFoundByTheirWords() {
        HelpWindow help;
        help.show();
        auto* contents = help.findChild<QTreeWidget*>();
        const auto shown = [&] {
            QStringList names;
            for (int i = 0; i < contents->topLevelItemCount(); ++i)
                for (int j = 0; j < contents->topLevelItem(i)->childCount(); ++j)
                    if (!contents->topLevelItem(i)->child(j)->isHidden())
                        names << contents->topLevelItem(i)->child(j)->text(0);
            return names;
        };
        const auto all = shown().size();
        QTest::keyClicks(help.findChild<QLineEdit*>(), "subsampling");
        QVERIFY(shown().contains("Max pooling") && shown().size() < all);
        help.findChild<QLineEdit*>()->setText("td");  // no word of a page, though of its markup
        QVERIFY(!shown().contains("Max pooling"));
    }

    void preferencesAreKeptAndForeignOnesPassedOver() {
        PreferencesDialog dialog;
        dialog.show();
        dialog.findChild<QSpinBox*>()->setValue(3);
        dialog.findChildren<QComboBox*>()[0]->setCurrentIndex(2);
        dialog.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Ok)->click();
        const Preferences saved = Preferences::saved();
        QCOMPARE(saved.threads, 3);
        QCOMPARE(saved.options().threads, 3);
        QVERIFY(saved.theme == widgets::Theme::Mode::Dark && widgets::Theme::instance().isDark());
        QSettings().setValue("isa", "of another machine");
        QSettings().setValue("language", "xx");
        QSettings().setValue("threads", -5);
        QSettings().setValue("theme", 77);
        const Preferences sound = Preferences::saved();
        QVERIFY(sound.isa.isEmpty() && sound.language.isEmpty());
        QVERIFY(sound.theme == widgets::Theme::Mode::System && sound.options().threads >= 1);
        widgets::Theme::apply(*qApp, widgets::Theme::Mode::Light);
    }

    void aLongRunIsToldWhenNobodyLooks() {
        QWidget window;
        RunNotice notice(window, std::chrono::milliseconds(30));
        const QSignalSpy told(&notice, &RunNotice::told);
        notice.setRunning(true);
        notice.setRunning(false);
        QCOMPARE(told.count(), 0);  // too short
        notice.setRunning(true);
        QTest::qWait(40);
        notice.setRunning(false);
        notice.setRunning(false);
        QCOMPARE(told.count(), 1);
        window.show();
        window.activateWindow();
        QVERIFY(QTest::qWaitForWindowActive(&window));
        notice.setRunning(true);
        QTest::qWait(40);
        notice.setRunning(false);
        QCOMPARE(told.count(), 1);
    }

    void theProjectIsCopiedAsText() {
        MainWindow window;
        window.action("copyProject")->trigger();
        QVERIFY(base::parseJson(QGuiApplication::clipboard()->text().toStdString(), "clipboard") ==
                window.document().json());
    }
};

QTEST_MAIN(ProgramTest)
#include "ProgramTest.moc"
