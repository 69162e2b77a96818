#include "ui/views/playground/DataPanel.h"

#include <QComboBox>
#include <QLabel>
#include <QLineEdit>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "engine/data/generators/Generator.h"
#include "ui/document/DataFiles.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/views/Places.h"
#include "ui/views/playground/BrushRow.h"
#include "ui/views/playground/DataTiles.h"
#include "ui/views/playground/Glyphs.h"
#include "ui/widgets/LabelledSlider.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

using data::SourceKind;
using widgets::LabelledSlider;

namespace {

QString percent(double value) { return QStringLiteral("%1 %").arg(value, 0, 'f', 0); }
QString whole(double value) { return QString::number(value, 'f', 0); }

double parameterOf(const data::DataSpec& data, const std::string& id, double fallback) {
    const auto found = data.parameters.find(id);
    if (found != data.parameters.end() && found->is_number()) return found->get<double>();
    const data::GeneratorType* type = data::generators().find(data.id);
    const base::ParamType* parameter = type ? type->parameter(id) : nullptr;
    return parameter && parameter->fallback.is_number() ? parameter->fallback.get<double>() : fallback;
}

// The first number of things, such as arms of a spiral; null where there is none. Of more there is no room for each.
const base::ParamType* ownParameter(const data::GeneratorType& type) {
    const auto found = std::ranges::find_if(type.parameters, [](const base::ParamType& parameter) {
        return parameter.kind == base::ParamKind::Integer && parameter.id != "samples";
    });
    return found == type.parameters.end() ? nullptr : &*found;
}

constexpr int kRowSpacing = 6, kMostNamed = 20;

// So wide is the column of names; what stands right of it lines up.
int nameWidth(const QFontMetrics& metrics) { return metrics.horizontalAdvance(DataPanel::tr("Samples")) + 4; }

void lineUp(LabelledSlider* slider) {
    const QFontMetrics metrics(slider->font());
    slider->setColumnWidths(nameWidth(metrics), metrics.horizontalAdvance(QStringLiteral("10000")));
    slider->layout()->setSpacing(kRowSpacing);
    slider->setMinimumHeight(24);
}

}  // namespace

DataPanel::DataPanel(document::Document& document, QWidget* parent) : QWidget(parent), m_document(document) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_title = new QLabel;
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_title->setTextFormat(Qt::PlainText);
    m_choices = new QToolButton;
    m_choices->setText(tr("Columns…"));
    m_choices->setAccessibleName(tr("Columns of the table"));
    m_choices->setToolTip(tr("Which column to predict from which others, and how the file is read"));
    m_choices->setFocusPolicy(Qt::StrongFocus);
    m_choices->setMinimumHeight(24);
    auto* head = new QHBoxLayout;
    head->addWidget(m_title, 1);
    head->addWidget(m_choices);
    column->addLayout(head);
    connect(m_choices, &QToolButton::clicked, this, &DataPanel::tableChoicesWanted);
    m_tiles = new DataTiles(m_document);
    connect(m_tiles, &DataTiles::tableWanted, this, &DataPanel::tableWanted);
    column->addWidget(m_tiles);
    buildSliders();
    buildSeed();
    m_brushes = new BrushRow(m_document);
    connect(m_brushes, &BrushRow::brushChanged, this, &DataPanel::brushChanged);
    column->addWidget(m_brushes);
    setAddresses(m_choices, {"data.path", "data.target", "data.reader", "data.columns", "data.missing"});
    setAddresses(m_tiles, {"data.source", "data.id", "data.points"});
    m_notes = new QLabel;
    m_notes->setWordWrap(true);
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->setForegroundRole(QPalette::PlaceholderText);
    m_notes->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    m_notes->setAlignment(Qt::AlignTop);
    column->addWidget(m_notes, 1);
    connect(&m_document, &document::Document::changed, this, [this](const document::Change& change) {
        if (change.opened) setOwnParameter({}, nullptr);
        showDocument();
    });
    showDocument();
}

void DataPanel::buildSliders() {
    const auto add = [this](const QString& name, const QString& help) {
        auto* slider = new LabelledSlider(name);
        slider->setToolTip(help);
        lineUp(slider);
        connectGestures(slider);
        layout()->addWidget(slider);
        return slider;
    };
    m_train = add(tr("Tra&in"), tr("Share of the data to train with; the rest is for testing"));
    m_train->setRange(10, 90, 10);
    m_train->setFormat(percent);
    buildSplit();
    m_noise = add(tr("N&oise"), tr("How much chance blurs the data"));
    m_noise->setRange(0, 50, 5);
    m_noise->setFormat(percent);
    m_batch = add(tr("&Batch"), tr("Samples in one update"));
    m_batch->setValues({1, 2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 30, 32, 48, 64, 100, 128, 256});
    m_batch->setFormat(whole);
    m_samples = add(tr("Sa&mples"), tr("How many points, training and test together"));
    m_samples->setValues({20, 50, 100, 150, 200, 300, 400, 500, 600, 800, 1000, 1200, 1500, 2000, 3000, 5000, 10000});
    m_samples->setFormat(whole);
    m_own = nullptr;
    setAddresses(m_train, {"data.split.train"});
    setAddresses(m_noise, {"data.parameters.noise"});
    setAddresses(m_batch, {"training.batch_size"});
    setAddresses(m_samples, {"data.parameters.samples"});
    connect(m_train, &LabelledSlider::valueMoved, this, [this](double v) { document::setSplit(m_document, v / 100); });
    connect(m_noise, &LabelledSlider::valueMoved, this, [this](double v) { document::setNoise(m_document, v / 100); });
    connect(m_batch, &LabelledSlider::valueMoved, this,
            [this](double v) { document::setBatchSize(m_document, static_cast<int>(v)); });
    connect(m_samples, &LabelledSlider::valueMoved, this,
            [this](double v) { document::setSamples(m_document, static_cast<int>(v)); });
}

void DataPanel::connectGestures(LabelledSlider* slider) {
    auto* inner = slider->findChild<QSlider*>();
    connect(inner, &QSlider::sliderPressed, this, [this] { m_document.beginGesture(); });
    connect(inner, &QSlider::sliderReleased, this, [this] { m_document.endGesture(); });
}

void DataPanel::buildSeed() {
    m_seedRow = new QWidget;
    auto* row = new QHBoxLayout(m_seedRow);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(kRowSpacing);
    auto* name = new QLabel(tr("Seed"));
    name->setFixedWidth(nameWidth(name->fontMetrics()));
    m_seed = new QLineEdit;
    m_seed->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("\\d{1,18}")), m_seed));
    m_seed->setAccessibleName(tr("Seed of the data"));
    m_seed->setToolTip(tr("The same seed gives the same points and the same split"));
    name->setBuddy(m_seed);
    auto* dice = new QToolButton;
    dice->setIcon(glyphIcon(Glyph::Dice));
    dice->setFixedSize(28, 28);
    dice->setFocusPolicy(Qt::StrongFocus);
    dice->setAccessibleName(tr("New data"));
    dice->setToolTip(tr("Draw other points; the network stays"));
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, dice,
            [dice] { dice->setIcon(glyphIcon(Glyph::Dice)); });
    row->addWidget(name);
    row->addWidget(m_seed, 1);
    row->addWidget(dice);
    layout()->addWidget(m_seedRow);
    setAddresses(m_seed, {"data.seed"});
    connect(dice, &QToolButton::clicked, this, [this] { document::newDataSeed(m_document); });
    connect(m_seed, &QLineEdit::editingFinished, this, [this] {
        bool ok = false;
        const qulonglong seed = m_seed->text().toULongLong(&ok);
        if (ok && seed != m_document.spec().data.seed) document::setDataSeed(m_document, seed);
    });
}

void DataPanel::showDocument() {
    const data::DataSpec& data = m_document.spec().data;
    const bool generated = data.source == SourceKind::Generator;
    m_train->setValue(100 * data.split.train);
    m_noise->setValue(100 * parameterOf(data, "noise", 0));
    m_batch->setValue(m_document.spec().training.batchSize);
    showSamples();
    // The first stroke of a brush makes points one's own: what stands below must not move then, so these only rest.
    for (LabelledSlider* slider : {m_noise, m_samples}) {
        slider->setVisible(generated || data.source == SourceKind::Points);
        slider->setEnabled(generated);
    }
    m_train->setEnabled(data.split.mode != "files");
    if (!m_seed->hasFocus()) m_seed->setText(QString::number(data.seed));
    showSplit();
    showTitle(m_tiles->showDocument());
    showOwnParameter();
    m_brushes->showDocument();
}

void DataPanel::showSamples() {
    const data::DataSpec& data = m_document.spec().data;
    if (data.source != SourceKind::Points) {
        m_samples->setFormat(whole);
        return m_samples->setValue(parameterOf(data, "samples", 500));
    }
    const std::size_t count = data.points.size();
    m_samples->setValue(static_cast<double>(count));
    m_samples->setFormat([count](double) { return QString::number(count); });
}

void DataPanel::showTitle(const QString& chosen) {
    const bool table = m_document.spec().data.source == SourceKind::File;
    m_choices->setVisible(table);
    const int room = width() - (table ? m_choices->sizeHint().width() + layout()->spacing() : 0);
    const QStringList files = table ? document::filesInUse(m_document.json(), m_document.folder()) : QStringList();
    const QString title = table ? document::nameOfFiles(files) : tr("Data: %1").arg(chosen);
    m_title->setText(m_title->fontMetrics().elidedText(title, Qt::ElideMiddle, room));
    m_title->setToolTip(files.mid(0, kMostNamed).join(QLatin1Char('\n')).toHtmlEscaped());
}

void DataPanel::buildSplit() {
    m_split = new QComboBox;
    m_split->addItem(tr("chance"), QStringLiteral("random"));
    m_split->addItem(tr("row order"), QStringLiteral("ordered"));
    m_split->setItemData(0, tr("Drawn by chance, every class alike (random, stratified)"), Qt::ToolTipRole);
    m_split->setItemData(1, tr("The first rows train, the last test, as for data in the order of time (ordered)"),
                         Qt::ToolTipRole);
    setAddresses(m_split, {"data.split.mode"});
    m_split->setAccessibleName(tr("How training and test data are parted"));
    m_split->setToolTip(
        tr("By chance: rows are drawn, every class alike. By row order: the first rows train, the "
           "last test."));
    auto* name = new QLabel(tr("Split b&y"));
    name->setBuddy(m_split);
    name->setFixedWidth(nameWidth(name->fontMetrics()));
    auto* row = new QHBoxLayout;
    row->setSpacing(kRowSpacing);
    row->addWidget(name);
    row->addWidget(m_split, 1);
    static_cast<QVBoxLayout*>(layout())->addLayout(row);
    connect(m_split, &QComboBox::activated, this,
            [this] { document::setSplitMode(m_document, m_split->currentData().toString().toStdString()); });
}

void DataPanel::showSplit() {
    const QSignalBlocker quiet(m_split);
    m_split->setCurrentIndex(m_split->findData(QString::fromStdString(m_document.spec().data.split.mode)));
}

void DataPanel::showOwnParameter() {
    const data::DataSpec& data = m_document.spec().data;
    if (data.source == SourceKind::Points && m_own) return m_own->setEnabled(false);
    const data::GeneratorType* type = data.source == SourceKind::Generator ? data::generators().find(data.id) : nullptr;
    const base::ParamType* own = type ? ownParameter(*type) : nullptr;
    const std::string wanted = own ? type->id + "." + own->id : std::string();
    if (wanted != m_ownParameter) setOwnParameter(wanted, own);
    if (!own) return;
    m_own->setEnabled(true);
    m_own->setValue(parameterOf(data, own->id, own->minimum));
}

void DataPanel::setOwnParameter(const std::string& name, const base::ParamType* own) {
    m_ownParameter = name;
    delete m_own;
    m_own = nullptr;
    if (!own) return;
    m_own = new LabelledSlider(document::shelfText(own->label));
    m_own->setToolTip(document::shelfText(own->help));
    m_own->setRange(own->minimum, own->maximum, std::max(own->step, 1.0));
    m_own->setFormat(whole);
    lineUp(m_own);
    connectGestures(m_own);
    connect(m_own, &LabelledSlider::valueMoved, this, [this, id = own->id](double value) {
        document::setGeneratorParameter(m_document, id, static_cast<std::int64_t>(value));
    });
    auto* column = static_cast<QVBoxLayout*>(layout());
    column->insertWidget(column->indexOf(m_samples) + 1, m_own);
    setTabOrder(m_samples->findChild<QSlider*>(), m_own->findChild<QSlider*>());
}

void DataPanel::showDataset(const data::Dataset* dataset) {
    QString notes;
    if (dataset)
        for (const std::string& note : dataset->notes) notes += QString::fromStdString(note) + QLatin1Char('\n');
    m_notes->setText(notes.trimmed());
    m_notes->setToolTip(notes.trimmed());
    m_brushes->setClassNames(dataset ? dataset->classNames : std::vector<std::string>{});
}

}  // namespace perceptory::views
