#include "ui/views/playground/BrushRow.h"

#include <QGridLayout>
#include <QLabel>
#include <QPainter>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/commands/DataCommands.h"
#include "ui/views/playground/Glyphs.h"
#include "ui/views/playground/NetworkModel.h"
#include "ui/widgets/Markers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

namespace {

constexpr std::size_t kMostClasses = 8, kMostInRow = 5;

// Which brush paints must be seen from the map.
class BrushButton : public QToolButton {
protected:
    void paintEvent(QPaintEvent* event) override {
        QToolButton::paintEvent(event);
        if (!isChecked()) return;
        QPainter painter(this);
        paintChosen(painter, QRectF(rect()).adjusted(1, 1, -1, -1), hasFocus());
    }
};

}  // namespace

BrushRow::BrushRow(document::Document& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_grid(new QGridLayout) {
    auto* help = new QLabel(tr("Paint points on the map"));
    help->setWordWrap(true);
    help->setForegroundRole(QPalette::PlaceholderText);
    help->setToolTip(tr("Choose a brush, then draw on the output map. The right button erases."));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    m_grid->setSpacing(2);
    column->addWidget(help);
    column->addLayout(m_grid);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, [this] { rebuild(m_brushes); });
}

void BrushRow::setClassNames(std::vector<std::string> names) {
    m_classNames = std::move(names);
    showDocument();
}

std::vector<Brush> BrushRow::wanted() const {
    const data::DataSpec& data = m_document.spec().data;
    if (!isPlaneSource(data)) return {};
    if (document::taskOf(m_document) == data::Task::Regression)
        return {{false, "-1"}, {false, "0"}, {false, "1"}, {true, {}}};
    // One more than there are, to begin a new class.
    const std::size_t classes = std::max<std::size_t>(m_classNames.size(), 2) + 1;
    std::vector<Brush> brushes;
    for (std::size_t i = 0; i < std::min(classes, kMostClasses); ++i)
        brushes.push_back({false, i < m_classNames.size() ? m_classNames[i] : std::to_string(i)});
    brushes.push_back({true, {}});
    return brushes;
}

void BrushRow::showDocument() {
    const std::vector<Brush> brushes = wanted();
    setVisible(!brushes.empty());
    if (brushes != m_brushes) rebuild(brushes);
    if (m_brush && std::ranges::find(m_brushes, *m_brush) == m_brushes.end()) drop();
}

QIcon BrushRow::markerIcon(std::size_t place) const {
    const int cls = static_cast<int>(place);
    QPixmap pixmap(32, 32);
    pixmap.setDevicePixelRatio(2);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    widgets::drawMarker(
        painter, widgets::markerOfClass(cls), QPointF(8, 8), 5.5,
        {widgets::Theme::instance().classColour(cls), widgets::themed(widgets::ColourRole::TrainRim), 1});
    return pixmap;
}

QToolButton* BrushRow::button(std::size_t place) const {
    const Brush& brush = m_brushes[place];
    const bool classes = document::taskOf(m_document) == data::Task::Classification;
    const QString label = QString::fromStdString(brush.label);
    auto* button = new BrushButton;
    button->setCheckable(true);
    button->setFixedSize(28, 28);
    button->setFocusPolicy(Qt::StrongFocus);
    if (brush.erases)
        button->setIcon(glyphIcon(Glyph::Eraser, 16));
    else if (classes)
        button->setIcon(markerIcon(place));
    else
        button->setText(label);
    const QString name = brush.erases ? tr("Erase points")
                         : classes    ? tr("Paint points of class %1").arg(label)
                                      : tr("Paint points with the value %1").arg(label);
    button->setAccessibleName(name);
    button->setToolTip(name.toHtmlEscaped());
    button->setChecked(m_brush == brush);
    return button;
}

// What the keyboard reaches before this row, which takes no focus itself.
QWidget* BrushRow::before() {
    QWidget* widget = this;
    while (widget->focusPolicy() == Qt::NoFocus && widget->previousInFocusChain() != this)
        widget = widget->previousInFocusChain();
    return widget;
}

void BrushRow::rebuild(const std::vector<Brush>& brushes) {
    m_brushes = brushes;
    qDeleteAll(m_buttons);
    m_buttons.clear();
    while (QLayoutItem* rest = m_grid->takeAt(0)) delete rest;
    QWidget* last = before();
    const std::size_t rows = (m_brushes.size() + kMostInRow - 1) / kMostInRow;
    const std::size_t inRow = rows == 0 ? 1 : (m_brushes.size() + rows - 1) / rows;
    for (std::size_t i = 0; i < m_brushes.size(); ++i) {
        m_buttons.push_back(button(i));
        m_grid->addWidget(m_buttons.back(), static_cast<int>(i / inRow), static_cast<int>(i % inRow));
        setTabOrder(last, m_buttons.back());
        last = m_buttons.back();
        connect(m_buttons.back(), &QToolButton::clicked, this, [this, brush = m_brushes[i]](bool on) {
            m_brush = on ? std::optional(brush) : std::nullopt;
            for (std::size_t b = 0; b < m_buttons.size(); ++b) m_buttons[b]->setChecked(m_brush == m_brushes[b]);
            emit brushChanged();
        });
    }
    m_grid->setColumnStretch(kMostInRow, 1);
}

void BrushRow::drop() {
    if (!m_brush) return;
    m_brush.reset();
    for (QToolButton* button : m_buttons) button->setChecked(false);
    emit brushChanged();
}

}  // namespace perceptory::views
