#include "ui/views/inside/SheetView.h"

#include <QCheckBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QStackedWidget>
#include <QVBoxLayout>

#include "ui/views/SampleImage.h"
#include "ui/widgets/ColourLegend.h"
#include "ui/widgets/LabelledSlider.h"
#include "ui/widgets/ValueBars.h"

namespace perceptory::views {

using widgets::MapSheet;

namespace {

constexpr int largeSide = 112;  // pixels

QLabel* words() {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    return label;
}

}  // namespace

SheetView::SheetView()
    : m_column(new QVBoxLayout(this)),
      m_pages(new QStackedWidget),
      m_sheet(new MapSheet),
      m_bars(new widgets::ValueBars),
      m_reason(words()),
      m_large(new QLabel),
      m_told(words()),
      m_facts(words()),
      m_legend(new widgets::ColourBar),
      m_shared(new QCheckBox(tr("One range for all"))),
      m_held(new QCheckBox(tr("Hold the range"))),
      m_opacity(new widgets::LabelledSlider(tr("Over the sample"))) {
    m_reason->setAlignment(Qt::AlignCenter);
    m_reason->setForegroundRole(QPalette::PlaceholderText);
    m_sheet->setAccessibleName(tr("Maps"));
    m_bars->setAccessibleName(tr("Values"));
    for (QWidget* page : std::initializer_list<QWidget*>{m_reason, m_sheet, m_bars}) m_pages->addWidget(page);
    m_shared->setChecked(true);
    m_shared->setToolTip(tr("Off: each map from its own least to its own largest value"));
    m_held->setToolTip(tr("The colours keep their meaning while the network learns"));
    m_large->setFixedSize(largeSide, largeSide);
    m_large->setAccessibleName(tr("The chosen map"));
    auto* beside = new QVBoxLayout;
    for (QWidget* one : std::initializer_list<QWidget*>{m_shared, m_held, m_legend}) beside->addWidget(one);
    beside->addStretch();
    auto* below = new QHBoxLayout;
    below->addWidget(m_large);
    below->addLayout(beside, 1);
    m_opacity->setRange(0, 1, 0.05);
    m_opacity->setValue(1);
    m_opacity->setFormat([](double share) { return tr("%1 %").arg(100 * share, 0, 'f', 0); });
    m_opacity->setToolTip(tr("How much of the chosen map is seen over the sample"));
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->addWidget(m_pages, 1);
    m_column->addWidget(m_told);
    m_column->addLayout(below);
    m_column->addWidget(m_opacity);
    m_column->addWidget(m_facts);
    connect(m_opacity, &widgets::LabelledSlider::valueMoved, this, &SheetView::showLarge);
    connect(m_sheet, &MapSheet::chosenChanged, this, &SheetView::showLarge);
    connect(m_sheet, &MapSheet::told, m_told, &QLabel::setText);
    connect(m_bars, &widgets::ValueBars::told, m_told, &QLabel::setText);
    connect(m_shared, &QCheckBox::toggled, this, [this](bool shared) {
        m_sheet->setSharedRange(shared);
        m_held->setEnabled(shared);
        showRange();
    });
    connect(m_held, &QCheckBox::toggled, this, [this](bool held) {
        m_sheet->setLocked(held);
        showRange();
    });
    // One line, also while there is nothing to tell: the sheet above keeps its size.
    m_told->setFixedHeight(m_told->fontMetrics().height() + 2);
    showNothing({});
}

void SheetView::addAbove(QWidget* field) { m_column->insertWidget(0, field); }

void SheetView::setUnderlay(const QImage& sample) {
    m_underlay = sample.isNull() ? QImage() : sample.convertToFormat(QImage::Format_Grayscale8);
}

void SheetView::setOwnRanges() { m_shared->setChecked(false); }

QWidget* SheetView::picture() { return m_pages->currentWidget(); }

QString SheetView::facts() const { return m_facts->text(); }

void SheetView::showMaps(widgets::Maps maps, widgets::ColourMap::Kind colours, const QString& facts,
                         std::vector<bool> marked) {
    if (m_colours != colours) m_sheet->setColourMap(colours);
    if (m_colours != colours) m_legend->setColourMap(colours);
    m_colours = colours;
    const bool coloured = maps.channels == 3;
    m_sheet->setMaps(std::move(maps));
    m_sheet->setMarked(std::move(marked));
    m_facts->setText(facts);
    m_pages->setCurrentWidget(m_sheet);
    for (QWidget* one : std::initializer_list<QWidget*>{m_large, m_shared, m_held}) one->show();
    m_legend->setVisible(!coloured);
    m_opacity->setVisible(!m_underlay.isNull());
    showRange();
    showLarge();
}

void SheetView::showBars(std::vector<float> values, const QString& facts) {
    m_bars->setValues(std::move(values));
    m_facts->setText(facts);
    m_pages->setCurrentWidget(m_bars);
    for (QWidget* one : std::initializer_list<QWidget*>{m_large, m_shared, m_held, m_legend, m_opacity}) one->hide();
}

void SheetView::showNothing(const QString& reason) {
    m_reason->setText(reason);
    m_facts->clear();
    m_pages->setCurrentWidget(m_reason);
    for (QWidget* one : std::initializer_list<QWidget*>{m_large, m_shared, m_held, m_legend, m_opacity}) one->hide();
}

void SheetView::showLarge() {
    if (m_sheet->chosen() >= m_sheet->maps().count) return m_large->clear();
    const double ratio = devicePixelRatioF();
    QImage image = fittedInto(m_large->size() * ratio, large());
    image.setDevicePixelRatio(ratio);
    m_large->setPixmap(QPixmap::fromImage(image));
    m_large->setToolTip(m_sheet->nameOf(m_sheet->chosen()));
    showRange();
}

QImage SheetView::large() const {
    const QImage map = m_sheet->imageOf(m_sheet->chosen());
    if (m_underlay.isNull() || m_opacity->value() >= 1) return map;
    QImage both = m_underlay.convertToFormat(QImage::Format_RGB32);
    QPainter painter(&both);
    painter.setOpacity(m_opacity->value());
    painter.drawImage(both.rect(), map.scaled(both.size()));
    return both;
}

void SheetView::showRange() {
    m_legend->setRange(m_sheet->shownRange());
    m_legend->setMapping(m_shared->isChecked() ? tr("one range for all") : tr("range of the chosen map"));
}

void SheetView::resizeEvent(QResizeEvent* event) {
    InsideView::resizeEvent(event);
    // Where there is no room for both, the sheet is what one looks at.
    m_large->setVisible(m_pages->currentWidget() == m_sheet && height() > 3 * largeSide);
}

}  // namespace perceptory::views
