#include "ui/window/ExamplesGallery.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include "engine/base/Error.h"
#include "engine/base/RegularFile.h"
#include "engine/data/bundled/BundledSet.h"
#include "engine/data/generators/Generator.h"
#include "engine/metrics/Metric.h"
#include "ui/canvas/NetworkSketch.h"
#include "ui/document/EngineText.h"
#include "ui/document/Examples.h"
#include "ui/views/playground/DataPicture.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/WindowSize.h"

namespace perceptory::window {

namespace {
constexpr QSize usualSize{720, 640}, cardSize{324, 84}, sketchSize{96, 60};
constexpr int pictureSide = 60, spacing = 6;
constexpr std::int64_t mostExampleBytes = 1 << 20;
constexpr int fileRole = Qt::UserRole, titleRole = Qt::UserRole + 1;

// A part of the project; null where it cannot be read, which opening it will explain.
base::Json partOf(const QString& file, const char* part) {
    try {
        const std::string path = file.toStdString();
        return base::parseJson(base::RegularFile(path).text(mostExampleBytes), path).value(part, base::Json());
    } catch (const std::exception&) {
        return {};
    }
}

// The name of the data set that a project asks for; empty for files.
QString dataName(const base::Json& data) {
    const std::string id = data.is_object() ? data.value("id", std::string()) : std::string();
    if (const data::GeneratorType* type = data::generators().find(id)) return document::shelfText(type->label);
    if (const data::BundledSetType* type = data::bundledSets().find(id)) return document::shelfText(type->label);
    return {};
}

// Rounded as the figure is meant: a share of right answers in whole percent.
QString valueText(const metrics::MetricType& metric, double value) {
    if (metric.id == "accuracy") return QStringLiteral("%1 %").arg(100 * value, 0, 'f', 0);
    return widgets::shortNumber(value, 2);
}

QString figuresText(const document::Example& shown) {
    const QString data = dataName(partOf(shown.file, "data"));
    const metrics::MetricType* metric = shown.figures ? metrics::shelf().find(shown.figures->metric) : nullptr;
    if (!metric) return data + QStringLiteral(" · ") + shown.needs;
    return ExamplesGallery::tr("%1 · %2 about %3 on test data · about %4 s on two cores")
        .arg(data, document::shelfText(metric->label), valueText(*metric, shown.figures->value))
        .arg(shown.figures->seconds);
}

QListWidget* cards(const QString& name, QSize pictures) {
    auto* list = new QListWidget;
    list->setAccessibleName(name);
    list->setResizeMode(QListView::Adjust);
    list->setIconSize(pictures);
    list->setWordWrap(true);
    list->setSpacing(spacing);
    return list;
}

void addCard(QListWidget& list, const document::Example& shown, const QString& words) {
    auto* card = new QListWidgetItem(shown.title + "\n" + words, &list);
    card->setSizeHint(cardSize - QSize(2 * spacing, 2 * spacing));
    card->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    card->setToolTip(words);
    card->setData(fileRole, shown.file);
    card->setData(titleRole, shown.title);
    card->setData(Qt::AccessibleDescriptionRole, words);
}

}  // namespace

ExamplesGallery::ExamplesGallery(QWidget* parent)
    : QDialog(parent),
      m_list(cards(tr("Examples"), {pictureSide, pictureSide})),
      m_templates(cards(tr("Templates"), sketchSize)) {
    setWindowTitle(tr("Examples"));
    resize(widgets::onScreen(*this, usualSize));
    addExamples();
    addTemplates();
    showPictures();
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, &ExamplesGallery::showPictures);
    join(m_list, m_templates);
    join(m_templates, m_list);
    if (m_list->count() > 0) m_list->setCurrentRow(0);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, [this] {
        const QList<QListWidgetItem*> selected = m_list->selectedItems() + m_templates->selectedItems();
        if (!selected.isEmpty()) choose(selected.front());
    });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(new QLabel(m_list->count() > 0 ? tr("Choose a project to begin with.")
                                                     : tr("The examples are not installed.")));
    layout->addWidget(m_list);
    auto* heading =
        new QLabel(tr("&Templates: networks to begin with in the Studio, with what they were measured to reach"));
    heading->setWordWrap(true);
    heading->setBuddy(m_templates);
    layout->addWidget(heading);
    layout->addWidget(m_templates);
    layout->addWidget(buttons);
}

void ExamplesGallery::addExamples() {
    m_list->setFlow(QListView::LeftToRight);
    m_list->setWrapping(true);
    m_list->setGridSize(cardSize);
    for (const document::Example& example : document::examples()) addCard(*m_list, example, example.sentence);
}

void ExamplesGallery::addTemplates() {
    for (const document::Example& shown : document::templates())
        addCard(*m_templates, shown, shown.sentence + "\n" + figuresText(shown));
}

// One card is chosen, of one of the two lists.
void ExamplesGallery::join(QListWidget* list, QListWidget* other) {
    connect(list, &QListWidget::itemActivated, this, &ExamplesGallery::choose);
    connect(list, &QListWidget::itemSelectionChanged, other, [list, other] {
        if (!list->selectedItems().isEmpty()) other->clearSelection();
    });
}

void ExamplesGallery::choose(QListWidgetItem* card) {
    accept();
    emit chosen(card->data(fileRole).toString(), card->data(titleRole).toString());
}

void ExamplesGallery::showPictures() {
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem* card = m_list->item(row);
        card->setIcon(
            views::dataPicture(partOf(card->data(fileRole).toString(), "data"), pictureSide, devicePixelRatioF()));
    }
    for (int row = 0; row < m_templates->count(); ++row) {
        QListWidgetItem* card = m_templates->item(row);
        card->setIcon(
            canvas::networkSketch(partOf(card->data(fileRole).toString(), "network"), sketchSize, devicePixelRatioF()));
    }
}

}  // namespace perceptory::window
