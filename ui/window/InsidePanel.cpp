#include "ui/window/InsidePanel.h"

#include <QComboBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QLocale>
#include <QMenu>
#include <QSpinBox>
#include <QStackedWidget>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/LayerPlace.h"
#include "ui/views/SampleImage.h"
#include "ui/window/InsideExport.h"

namespace perceptory::window {

namespace {

const QString wantedName = QStringLiteral("inside");
constexpr int pictureSide = 40;  // pixels

QLabel* muted() {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(QPalette::PlaceholderText);
    return label;
}

}  // namespace

InsidePanel::InsidePanel(canvas::NetworkScene& scene, session::SessionController& session, QWidget* parent)
    : QWidget(parent),
      m_scene(scene),
      m_session(session),
      m_views(new QComboBox),
      m_sample(new QSpinBox),
      m_take(new QMenu(this)),
      m_picture(new QLabel),
      m_class(new QLabel),
      m_sentence(muted()),
      m_place(muted()),
      m_pages(new QStackedWidget) {
    m_views->setAccessibleName(tr("What is looked at"));
    m_sample->setAccessibleName(tr("Sample"));
    m_sample->setPrefix(tr("Sample "));
    m_sample->setToolTip(tr("Which row of the data the layer is shown"));
    m_sample->setKeyboardTracking(false);
    m_picture->setFixedSize(pictureSide, pictureSide);
    m_class->setTextFormat(Qt::PlainText);
    for (const views::InsideViewType* type : views::insideViews()) {
        m_views->addItem(views::insideText(type->label));
        views::InsideView* one = type->make();
        m_pages->addWidget(one);
        connect(one, &views::InsideView::wantedChanged, this, &InsidePanel::ask);
        connect(one, &views::InsideView::samplesChosen, this, &InsidePanel::samplesWanted);
    }
    auto* row = new QHBoxLayout;
    row->addWidget(m_picture);
    row->addWidget(m_sample);
    row->addWidget(m_class, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(10, 6, 10, 6);
    auto* first = new QHBoxLayout;
    auto* button = new QToolButton;
    button->setText(tr("⋯"));
    button->setAccessibleName(tr("Copy or save"));
    button->setToolTip(tr("Copy or save what is seen here"));
    button->setPopupMode(QToolButton::InstantPopup);
    button->setMenu(m_take);
    first->addWidget(m_views, 1);
    first->addWidget(button);
    buildTakeAway();
    column->addLayout(first);
    column->addLayout(row);
    column->addWidget(m_pages, 1);
    column->addWidget(m_sentence);
    column->addWidget(m_place);
    connect(m_views, &QComboBox::currentIndexChanged, this, [this](int index) {
        m_pages->setCurrentIndex(index);
        ask();
    });
    connect(m_sample, &QSpinBox::valueChanged, this, &InsidePanel::findLook);
    connect(&scene, &canvas::NetworkScene::chosenChanged, this, &InsidePanel::findLook);
    connect(&scene, &canvas::NetworkScene::shown, this, &InsidePanel::findLook);
    connect(&session, &session::SessionController::snapshotChanged, this, [this] {
        if (m_seen) showSnapshot();
    });
    findLook();
}

views::InsideView* InsidePanel::view() const { return qobject_cast<views::InsideView*>(m_pages->currentWidget()); }

void InsidePanel::useRuns(const views::RunSource& source) {
    for (int i = 0; i < m_pages->count(); ++i) qobject_cast<views::InsideView*>(m_pages->widget(i))->useRuns(source);
}

void InsidePanel::buildTakeAway() {
    const auto name = [this] {
        return QString::fromLatin1(views::insideViews()[static_cast<std::size_t>(m_views->currentIndex())]->id);
    };
    m_take->addAction(tr("&Copy picture"), this, [this] { copyPicture(*view()->picture()); });
    m_take->addAction(tr("Save &picture…"), this, [this, name] { savePicture(*view()->picture(), name()); });
    QAction* numbers = m_take->addAction(tr("Save &numbers…"), this, [this, name] {
        saveNumbers(*this, name(), view()->numbers(*m_session.snapshot(), m_look));
    });
    connect(m_take, &QMenu::aboutToShow, numbers,
            [this, numbers] { numbers->setEnabled(!view()->numbers(*m_session.snapshot(), m_look).empty()); });
}

// The layer that is chosen, or was last; the first that puts something out where none was.
void InsidePanel::findLook() {
    const std::vector<std::string> chosen = m_scene.chosen();
    const auto& nodes = m_scene.sight().nodes;
    const document::Document& document = m_scene.document();
    const network::NetworkSpec& network = document.spec().network;
    // Of a block what it puts out.
    const auto nameOf = [&](const std::string& id) {
        const std::string name = document::idInNetwork(document, id);
        const network::BlockSpec* block = network.find(name) ? nullptr : network.findBlock(name);
        return block && !block->outputs.empty() ? block->outputs.front() : name;
    };
    views::Look look{m_look.layer, m_sample->value()};
    if (chosen.size() == 1) look.layer = nameOf(chosen.front());
    const auto isThere = [&](const auto& node) { return nameOf(node.id) == look.layer; };
    if (std::ranges::none_of(nodes, isThere)) {
        const auto first = std::ranges::find_if(nodes, [](const auto& node) { return node.type != "input"; });
        look.layer = first == nodes.end() ? std::string() : nameOf(first->id);
    }
    if (look == m_look) return;
    m_look = std::move(look);
    ask();
}

void InsidePanel::ask() {
    m_sentence->setText(
        views::insideText(views::insideViews()[static_cast<std::size_t>(m_views->currentIndex())]->sentence));
    for (QWidget* one : std::initializer_list<QWidget*>{m_picture, m_sample, m_class})
        one->setVisible(view()->asksAboutSample());
    if (!m_seen) return;
    m_session.setWanted(wantedName, view()->wanted(m_look));
    showSnapshot();
}

void InsidePanel::showSnapshot() {
    const training::Snapshot& snapshot = *m_session.snapshot();
    if (snapshot.dataset) m_sample->setRange(0, std::max(0, static_cast<int>(snapshot.dataset->count) - 1));
    showSample();
    view()->show(snapshot, m_look);
    const QString layer = m_look.layer.empty() ? QString() : QString::fromStdString(m_look.layer);
    const QString step = QLocale().toString(static_cast<qulonglong>(snapshot.progress.step));
    m_place->setText(snapshot.exact ? tr("%1 at step %2, exactly").arg(layer, step)
                                    : tr("%1 at step %2").arg(layer, step));
}

void InsidePanel::showSample() {
    if (!view()->asksAboutSample()) return;
    const auto& dataset = m_session.snapshot()->dataset;
    const auto row = static_cast<std::size_t>(m_look.row);
    if (!dataset || row >= dataset->count) {
        m_picture->clear();
        return m_class->clear();
    }
    const double ratio = devicePixelRatioF();
    QImage image = views::imageOf(*dataset, static_cast<std::uint32_t>(row));
    m_picture->setVisible(!image.isNull());
    if (!image.isNull()) {
        image = views::fittedInto(m_picture->size() * ratio, image);
        image.setDevicePixelRatio(ratio);
        m_picture->setPixmap(QPixmap::fromImage(image));
    }
    const bool named = row < dataset->labels.size() && dataset->labels[row] >= 0 &&
                       static_cast<std::size_t>(dataset->labels[row]) < dataset->classNames.size();
    m_class->setText(named ? QString::fromStdString(dataset->classNames[static_cast<std::size_t>(dataset->labels[row])])
                           : QString());
}

void InsidePanel::setSeen(bool seen) {
    if (seen == m_seen) return;
    m_seen = seen;
    if (seen)
        ask();
    else
        m_session.setWanted(wantedName, {});
}

}  // namespace perceptory::window
