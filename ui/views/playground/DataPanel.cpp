#include "ui/views/playground/DataPanel.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QRegularExpressionValidator>
#include <QSlider>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "engine/data/bundled/BundledSet.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/PointCommands.h"
#include "ui/document/commands/TableCommands.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/views/playground/DataTile.h"
#include "ui/widgets/LabelledSlider.h"
#include "ui/widgets/Markers.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

using data::SourceKind;
using widgets::LabelledSlider;

namespace {

constexpr int kTilesInRow = 4, kMostClasses = 8;

QString percent(double value) { return QStringLiteral("%1 %").arg(value, 0, 'f', 0); }
QString whole(double value) { return QString::number(value, 'f', 0); }

double parameterOf(const data::DataSpec& data, const std::string& id, double fallback) {
    const auto found = data.parameters.find(id);
    if (found != data.parameters.end() && found->is_number()) return found->get<double>();
    const data::GeneratorType* type = data::generators().find(data.id);
    const base::ParamType* parameter = type ? type->parameter(id) : nullptr;
    return parameter && parameter->fallback.is_number() ? parameter->fallback.get<double>() : fallback;
}

void lineUp(LabelledSlider* slider) {
    const QFontMetrics metrics(slider->font());
    slider->setColumnWidths(metrics.horizontalAdvance(DataPanel::tr("Samples")) + 4,
                            metrics.horizontalAdvance(QStringLiteral("10000")));
    slider->setMinimumHeight(24);
}

Glyph glyphOf(const std::string& id) {
    return id == "iris" ? Glyph::Iris : id == "digits" ? Glyph::Digit : Glyph::Table;
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
    buildTiles();
    buildSliders();
    buildSeed();
    buildBrushes();
    m_notes = new QLabel;
    m_notes->setWordWrap(true);
    m_notes->setTextFormat(Qt::PlainText);
    m_notes->setForegroundRole(QPalette::PlaceholderText);
    m_notes->setSizePolicy(QSizePolicy::Preferred, QSizePolicy::Ignored);
    m_notes->setAlignment(Qt::AlignTop);
    column->addWidget(m_notes, 1);
    connect(&m_document, &document::Document::changed, this, &DataPanel::showDocument);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, [this] { rebuildBrushes(m_brushes); });
    showDocument();
}

void DataPanel::addTile(DataTile* tile, SourceKind source, std::string id, std::optional<data::Task> task) {
    // Tiles that do not fit the task stand in no layout; without a parent they would be windows of their own.
    tile->setParent(m_grid->parentWidget());
    const std::size_t place = m_tiles.size();
    m_tiles.push_back({tile, source, std::move(id), task});
    connect(tile, &QToolButton::clicked, this, [this, place] { chosen(m_tiles[place]); });
}

void DataPanel::buildTiles() {
    auto* holder = new QWidget;
    m_grid = new QGridLayout(holder);
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(3);
    for (const data::GeneratorType* type : data::generators().members())
        addTile(new DataTile(*type), SourceKind::Generator, type->id, type->task);
    for (const data::BundledSetType* type : data::bundledSets().members())
        addTile(
            new DataTile(glyphOf(type->id), QString::fromStdString(type->label), QString::fromStdString(type->help)),
            SourceKind::Dataset, type->id, type->task);
    addTile(new DataTile(Glyph::Points, tr("Own points"), tr("Paint points with the brushes below")),
            SourceKind::Points, {}, std::nullopt);
    addTile(new DataTile(Glyph::Table, tr("Table (CSV)…"), tr("Open a table of your own")), SourceKind::File, {},
            std::nullopt);
    layout()->addWidget(holder);
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
    row->setSpacing(4);
    auto* name = new QLabel(tr("Seed"));
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
    connect(dice, &QToolButton::clicked, this, [this] { document::newDataSeed(m_document); });
    connect(m_seed, &QLineEdit::editingFinished, this, [this] {
        bool ok = false;
        const qulonglong seed = m_seed->text().toULongLong(&ok);
        if (ok && seed != m_document.spec().data.seed) document::setDataSeed(m_document, seed);
    });
}

void DataPanel::buildBrushes() {
    m_brushHelp = new QLabel(tr("Paint points on the map"));
    m_brushHelp->setForegroundRole(QPalette::PlaceholderText);
    m_brushHelp->setToolTip(tr("Choose a brush, then draw on the output map. The right button erases."));
    m_brushRow = new QWidget;
    m_brushLayout = new QHBoxLayout(m_brushRow);
    m_brushLayout->setContentsMargins(0, 0, 0, 0);
    m_brushLayout->setSpacing(2);
    layout()->addWidget(m_brushHelp);
    layout()->addWidget(m_brushRow);
}

void DataPanel::chosen(const Tile& tile) {
    switch (tile.source) {
        case SourceKind::Generator:
            document::chooseGenerator(m_document, tile.id);
            break;
        case SourceKind::Dataset:
            document::chooseDataset(m_document, tile.id);
            break;
        case SourceKind::Points:
            document::startPoints(m_document);
            break;
        case SourceKind::File:
            emit tableWanted();
            break;
    }
    showTiles();
}

void DataPanel::showDocument() {
    const data::DataSpec& data = m_document.spec().data;
    const bool generated = data.source == SourceKind::Generator;
    m_train->setValue(100 * data.split.train);
    m_noise->setValue(100 * parameterOf(data, "noise", 0));
    m_batch->setValue(m_document.spec().training.batchSize);
    m_samples->setValue(parameterOf(data, "samples", 500));
    m_noise->setVisible(generated);
    m_samples->setVisible(generated);
    m_train->setEnabled(data.split.mode != "files");
    if (!m_seed->hasFocus()) m_seed->setText(QString::number(data.seed));
    showTiles();
    showOwnParameter();
    showBrushes();
}

void DataPanel::showTiles() {
    const data::DataSpec& data = m_document.spec().data;
    const data::Task task = document::taskOf(m_document);
    QString title;
    int place = 0;
    for (const Tile& tile : m_tiles) {
        const bool fits = !tile.task || *tile.task == task;
        const bool now = tile.source == data.source && (tile.id.empty() || tile.id == data.id);
        m_grid->removeWidget(tile.tile);
        tile.tile->setVisible(fits);
        tile.tile->setChecked(now);
        if (now) title = tile.tile->text();
        if (!fits) continue;
        m_grid->addWidget(tile.tile, place / kTilesInRow, place % kTilesInRow);
        ++place;
    }
    if (data.source == SourceKind::File)
        title = QString::fromStdString(std::filesystem::path(data.path).filename().string());
    const bool table = data.source == SourceKind::File;
    m_choices->setVisible(table);
    const int room = width() - (table ? m_choices->sizeHint().width() + layout()->spacing() : 0);
    m_title->setText(
        m_title->fontMetrics().elidedText(table ? title : tr("Data: %1").arg(title), Qt::ElideMiddle, room));
    m_title->setToolTip(table ? QString::fromStdString(data.path).toHtmlEscaped() : QString());
}

void DataPanel::showOwnParameter() {
    const data::DataSpec& data = m_document.spec().data;
    const data::GeneratorType* type = data.source == SourceKind::Generator ? data::generators().find(data.id) : nullptr;
    const base::ParamType* own = nullptr;
    for (const base::ParamType& parameter : type ? type->parameters : std::vector<base::ParamType>{})
        if (parameter.id != "samples" && parameter.id != "noise") own = type->parameter(parameter.id);
    const std::string wanted = own ? type->id + "." + own->id : std::string();
    if (wanted != m_ownParameter) {
        m_ownParameter = wanted;
        delete m_own;
        m_own = nullptr;
        if (own) {
            m_own = new LabelledSlider(QString::fromStdString(own->label));
            m_own->setToolTip(QString::fromStdString(own->help));
            m_own->setRange(own->minimum, own->maximum, std::max(own->step, 1.0));
            m_own->setFormat(whole);
            lineUp(m_own);
            connectGestures(m_own);
            connect(m_own, &LabelledSlider::valueMoved, this, [this, id = own->id](double value) {
                document::setGeneratorParameter(m_document, id, static_cast<std::int64_t>(value));
            });
            auto* column = static_cast<QVBoxLayout*>(layout());
            column->insertWidget(column->indexOf(m_samples) + 1, m_own);
        }
    }
    if (own) m_own->setValue(parameterOf(data, own->id, own->minimum));
}

void DataPanel::showDataset(const data::Dataset* dataset) {
    m_classNames = dataset ? dataset->classNames : std::vector<std::string>{};
    QString notes;
    if (dataset)
        for (const std::string& note : dataset->notes) notes += QString::fromStdString(note) + QLatin1Char('\n');
    m_notes->setText(notes.trimmed());
    m_notes->setToolTip(notes.trimmed());
    showBrushes();
}

std::vector<Brush> DataPanel::wantedBrushes() const {
    const data::DataSpec& data = m_document.spec().data;
    if (data.source != SourceKind::Generator && data.source != SourceKind::Points) return {};
    if (document::taskOf(m_document) == data::Task::Regression)
        return {{false, "-1"}, {false, "0"}, {false, "1"}, {true, {}}};
    std::size_t classes = std::max<std::size_t>(m_classNames.size(), 2);
    if (data.source == SourceKind::Points) ++classes;  // one more than there are, to begin a new class
    std::vector<Brush> brushes;
    for (std::size_t i = 0; i < std::min<std::size_t>(classes, kMostClasses); ++i)
        brushes.push_back({false, i < m_classNames.size() ? m_classNames[i] : std::to_string(i)});
    brushes.push_back({true, {}});
    return brushes;
}

void DataPanel::showBrushes() {
    const std::vector<Brush> wanted = wantedBrushes();
    m_brushHelp->setVisible(!wanted.empty());
    m_brushRow->setVisible(!wanted.empty());
    if (wanted != m_brushes) rebuildBrushes(wanted);
    if (m_brush && std::ranges::find(m_brushes, *m_brush) == m_brushes.end()) dropBrush();
}

void DataPanel::rebuildBrushes(const std::vector<Brush>& brushes) {
    m_brushes = brushes;
    qDeleteAll(m_brushButtons);
    m_brushButtons.clear();
    while (QLayoutItem* rest = m_brushLayout->takeAt(0)) delete rest;
    const bool classes = document::taskOf(m_document) == data::Task::Classification;
    const int size = brushes.size() > 6 ? 24 : 28;
    for (std::size_t i = 0; i < brushes.size(); ++i) {
        const Brush& brush = brushes[i];
        auto* button = new QToolButton;
        button->setCheckable(true);
        button->setFixedSize(brushes.size() > 7 ? 24 : size, 28);
        button->setFocusPolicy(Qt::StrongFocus);
        if (brush.erases) {
            button->setIcon(glyphIcon(Glyph::Eraser, 16));
        } else if (classes) {
            QPixmap pixmap(32, 32);
            pixmap.setDevicePixelRatio(2);
            pixmap.fill(Qt::transparent);
            QPainter painter(&pixmap);
            painter.setRenderHint(QPainter::Antialiasing);
            widgets::drawMarker(painter, widgets::markerOfClass(static_cast<int>(i)), QPointF(8, 8), 5.5,
                                {widgets::Theme::instance().classColour(static_cast<int>(i)),
                                 widgets::themed(widgets::ColourRole::TrainRim), 1});
            painter.end();
            button->setIcon(pixmap);
        } else {
            button->setText(QString::fromStdString(brush.label));
        }
        const QString name = brush.erases ? tr("Erase points")
                             : classes    ? tr("Paint points of class %1").arg(QString::fromStdString(brush.label))
                                       : tr("Paint points with the value %1").arg(QString::fromStdString(brush.label));
        button->setAccessibleName(name);
        button->setToolTip(name);
        button->setChecked(m_brush == brush);
        connect(button, &QToolButton::clicked, this, [this, brush](bool on) {
            m_brush = on ? std::optional(brush) : std::nullopt;
            for (std::size_t b = 0; b < m_brushButtons.size(); ++b)
                m_brushButtons[b]->setChecked(m_brush == m_brushes[b]);
            emit brushChanged();
        });
        m_brushLayout->addWidget(button);
        m_brushButtons.push_back(button);
    }
    m_brushLayout->addStretch(1);
}

void DataPanel::dropBrush() {
    if (!m_brush) return;
    m_brush.reset();
    for (QToolButton* button : m_brushButtons) button->setChecked(false);
    emit brushChanged();
}

}  // namespace perceptory::views
