#include "ui/views/data/SampleGrid.h"

#include <QKeyEvent>
#include <QMouseEvent>
#include <QPainter>
#include <QScrollBar>
#include <algorithm>

#include "ui/widgets/Theme.h"

namespace perceptory::views {

using widgets::ColourRole;
using widgets::themed;

namespace {

constexpr int margin = 5;
constexpr int usualSide = 56, largestSide = 96;  // of a picture
constexpr int keptImages = 3000;

// Small pictures are enlarged by whole numbers, so that their pixels stay square; large ones are made smaller.
QSize sizeOnScreen(QSize image) {
    const int longer = std::max(image.width(), image.height());
    if (longer <= 0) return {usualSide, usualSide};
    if (longer > largestSide) return image.scaled(largestSide, largestSide, Qt::KeepAspectRatio);
    return image * std::max(1, usualSide / longer);
}

}  // namespace

SampleGrid::SampleGrid(SampleList& list, QWidget* parent)
    : QAbstractScrollArea(parent), m_list(list), m_images(keptImages) {
    setFocusPolicy(Qt::StrongFocus);
    setAccessibleName(tr("Samples as pictures"));
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOn);
    connect(&m_list, &SampleList::datasetChanged, this, &SampleGrid::renew);
    connect(&m_list, &SampleList::preparedChanged, this, &SampleGrid::renew);
    connect(&m_list, &SampleList::rowsChanged, this, &SampleGrid::layOut);
    connect(&m_list, &SampleList::chosenChanged, this, &SampleGrid::showChoice);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, viewport(), qOverload<>(&QWidget::update));
    renew();
}

// The pictures are others.
void SampleGrid::renew() {
    m_images.clear();
    const auto& dataset = m_list.dataset();
    const QSize image = dataset && dataset->count > 0 ? sampleImage(*dataset, 0, false).size() : QSize();
    m_picture = sizeOnScreen(image);
    m_enlarged = m_picture.width() >= image.width();
    m_cell = m_picture + QSize(2 * margin, 2 * margin + fontMetrics().height() + 2);
    m_cell.setWidth(std::max(m_cell.width(), usualSide + 2 * margin));
    layOut();
}

void SampleGrid::layOut() {
    verticalScrollBar()->setSingleStep(m_cell.height() / 2);
    verticalScrollBar()->setPageStep(viewport()->height());
    verticalScrollBar()->setRange(0, std::max(0, rowsOfCells() * m_cell.height() - viewport()->height()));
    viewport()->update();
}

int SampleGrid::columns() const { return std::max(1, viewport()->width() / m_cell.width()); }

// What is left over is shared.
int SampleGrid::cellWidth() const { return std::max(m_cell.width(), viewport()->width() / columns()); }

int SampleGrid::rowsOfCells() const {
    const int count = static_cast<int>(m_list.rows().size());
    return (count + columns() - 1) / columns();
}

QRect SampleGrid::cellRect(std::size_t place) const {
    const int at = static_cast<int>(place);
    return {at % columns() * cellWidth(), at / columns() * m_cell.height() - verticalScrollBar()->value(), cellWidth(),
            m_cell.height()};
}

std::optional<std::size_t> SampleGrid::placeAt(QPoint point) const {
    const int column = point.x() / cellWidth(), line = (point.y() + verticalScrollBar()->value()) / m_cell.height();
    if (point.x() < 0 || point.y() < 0 || column >= columns()) return {};
    const std::size_t place =
        static_cast<std::size_t>(line) * static_cast<std::size_t>(columns()) + static_cast<std::size_t>(column);
    return place < m_list.rows().size() ? std::optional(place) : std::nullopt;
}

void SampleGrid::scrollToPlace(std::size_t place) {
    const QRect cell = cellRect(place);
    QScrollBar* bar = verticalScrollBar();
    if (cell.top() < 0)
        bar->setValue(bar->value() + cell.top());
    else if (cell.bottom() >= viewport()->height())
        bar->setValue(bar->value() + cell.bottom() + 1 - viewport()->height());
}

void SampleGrid::showChoice() {
    const auto current = m_list.current();
    if (current && m_list.isShown(*current)) {
        scrollToPlace(m_list.placeOf(*current));
        if (m_list.chosen().size() == 1) m_anchor = *current;
        setAccessibleDescription(tr("Row %1, %2, %3")
                                     .arg(QString::number(std::uint64_t{m_list.dataset()->sourceRow(*current)} + 1),
                                          targetText(*m_list.dataset(), *current), partName(m_list.part(*current))));
    }
    viewport()->update();
}

const QImage& SampleGrid::imageOf(std::uint32_t row) {
    if (const QImage* kept = m_images.object(row)) return *kept;
    QImage image = sampleImage(*m_list.dataset(), row, m_list.isPrepared());
    // A large picture is made smaller once, not in every paint.
    if (!m_enlarged)
        image = image.scaled(m_picture * devicePixelRatioF(), Qt::IgnoreAspectRatio, Qt::SmoothTransformation);
    auto* kept = new QImage(std::move(image));
    m_images.insert(row, kept);
    return *kept;
}

void SampleGrid::paintEvent(QPaintEvent* event) {
    QPainter painter(viewport());
    painter.fillRect(event->rect(), themed(ColourRole::Base));
    if (!m_list.dataset()) return;
    const int top = verticalScrollBar()->value();
    const auto first = static_cast<std::size_t>((top + event->rect().top()) / m_cell.height() * columns());
    const auto end = static_cast<std::size_t>(((top + event->rect().bottom()) / m_cell.height() + 1) * columns());
    for (std::size_t place = first; place < std::min(end, m_list.rows().size()); ++place) paintCell(painter, place);
}

void SampleGrid::paintCell(QPainter& painter, std::size_t place) {
    const std::uint32_t row = m_list.rows()[place];
    const QRect cell = cellRect(place);
    const bool chosen = m_list.isChosen(row);
    if (chosen) painter.fillRect(cell.adjusted(1, 1, -1, -1), themed(ColourRole::Accent));
    const QRect picture(QPoint(cell.left() + (cell.width() - m_picture.width()) / 2, cell.top() + margin), m_picture);
    painter.drawImage(picture, imageOf(row));
    const QRect caption(cell.left() + 2, picture.bottom() + 2, cell.width() - 4, fontMetrics().height());
    painter.setPen(themed(chosen ? ColourRole::AccentText : ColourRole::Text));
    painter.drawText(caption, Qt::AlignCenter,
                     fontMetrics().elidedText(targetText(*m_list.dataset(), row), Qt::ElideRight, caption.width()));
    if (m_list.current() != row) return;
    painter.setPen(QPen(themed(hasFocus() ? ColourRole::FocusRing : ColourRole::Border), 2));
    painter.setBrush(Qt::NoBrush);
    painter.drawRect(cell.adjusted(1, 1, -1, -1));
}

void SampleGrid::go(std::size_t place, Qt::KeyboardModifiers modifiers) {
    const std::uint32_t row = m_list.rows()[place];
    if (modifiers.testFlag(Qt::ShiftModifier) && m_list.isShown(m_anchor)) {
        const std::size_t anchor = m_list.placeOf(m_anchor), from = std::min(anchor, place),
                          to = std::max(anchor, place);
        const auto begin = m_list.rows().begin();
        return m_list.choose({begin + static_cast<std::ptrdiff_t>(from), begin + static_cast<std::ptrdiff_t>(to) + 1},
                             row);
    }
    m_anchor = row;
    if (!modifiers.testFlag(Qt::ControlModifier)) return m_list.chooseOne(row);
    std::vector<std::uint32_t> rows = m_list.chosen();
    if (std::erase(rows, row) == 0) rows.push_back(row);
    m_list.choose(std::move(rows), row);
}

void SampleGrid::mousePressEvent(QMouseEvent* event) {
    const auto place = placeAt(event->pos());
    if (event->button() == Qt::LeftButton && place) go(*place, event->modifiers());
}

void SampleGrid::mouseMoveEvent(QMouseEvent* event) {
    const auto place = placeAt(event->pos());
    if (event->buttons() == Qt::LeftButton && place) go(*place, Qt::ShiftModifier);
}

std::optional<std::size_t> SampleGrid::target(int key) const {
    const auto count = static_cast<std::ptrdiff_t>(m_list.rows().size());
    if (count == 0 || !m_list.current()) return {};
    const std::ptrdiff_t page = std::max(1, viewport()->height() / m_cell.height()) * columns();
    auto place = static_cast<std::ptrdiff_t>(m_list.placeOf(*m_list.current()));
    switch (key) {
        case Qt::Key_Left:
            place -= 1;
            break;
        case Qt::Key_Right:
            place += 1;
            break;
        case Qt::Key_Up:
            place -= place >= columns() ? columns() : 0;
            break;
        case Qt::Key_Down:
            place += place + columns() < count ? columns() : 0;
            break;
        case Qt::Key_PageUp:
            place -= page;
            break;
        case Qt::Key_PageDown:
            place += page;
            break;
        case Qt::Key_Home:
            place = 0;
            break;
        case Qt::Key_End:
            place = count - 1;
            break;
        default:
            return {};
    }
    return static_cast<std::size_t>(std::clamp<std::ptrdiff_t>(place, 0, count - 1));
}

void SampleGrid::keyPressEvent(QKeyEvent* event) {
    if (const auto place = target(event->key())) return go(*place, event->modifiers() & Qt::ShiftModifier);
    if (event->matches(QKeySequence::SelectAll) && m_list.current())
        return m_list.choose(m_list.rows(), *m_list.current());
    if (event->key() == Qt::Key_Delete) {
        emit leaveOutWanted();
        return;
    }
    // The base class would scroll away from the current sample.
    event->ignore();
}

std::vector<widgets::Gesture> SampleGrid::gestures() {
    return {{QStringLiteral("← → ↑ ↓"), tr("Go to another sample, with Shift choose all up to it")},
            {QStringLiteral("PgUp PgDown Home End"), tr("The same by pages, and to the first or last")},
            {tr("Click, drag"), tr("Choose samples, with Ctrl besides those chosen")},
            {QKeySequence(QKeySequence::SelectAll).toString(QKeySequence::NativeText), tr("Choose all that are shown")},
            {QStringLiteral("Delete"), tr("Leave the chosen samples out")}};
}

void SampleGrid::resizeEvent(QResizeEvent*) {
    layOut();
    if (const auto current = m_list.current(); current && m_list.isShown(*current))
        scrollToPlace(m_list.placeOf(*current));
}

void SampleGrid::focusInEvent(QFocusEvent*) { viewport()->update(); }
void SampleGrid::focusOutEvent(QFocusEvent*) { viewport()->update(); }

void SampleGrid::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) renew();
    QAbstractScrollArea::changeEvent(event);
}

}  // namespace perceptory::views
