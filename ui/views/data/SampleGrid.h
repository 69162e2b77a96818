#pragma once
// Samples as a grid of small pictures with their class below. Paints the cells that are seen and nothing else, so that
// sixty thousand scroll like sixty. Keys are those of a list; see gestures(). GUI thread.

#include <QAbstractScrollArea>
#include <QCache>

#include "ui/views/data/SampleList.h"
#include "ui/widgets/Gestures.h"

namespace perceptory::views {

class SampleGrid : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit SampleGrid(SampleList& list, QWidget* parent = nullptr);

    int columns() const;
    // Places count as in SampleList::rows().
    std::optional<std::size_t> placeAt(QPoint viewportPoint) const;
    QRect cellRect(std::size_t place) const;  // in the viewport; may lie outside of it
    void scrollToPlace(std::size_t place);

    static std::vector<widgets::Gesture> gestures();

signals:
    void leaveOutWanted();

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void renew();
    void layOut();
    void showChoice();
    void paintCell(QPainter& painter, std::size_t place);
    const QImage& imageOf(std::uint32_t row);
    int rowsOfCells() const;
    int cellWidth() const;
    std::optional<std::size_t> target(int key) const;
    // Click or key: alone, with Shift from the anchor on, with Ctrl besides.
    void go(std::size_t place, Qt::KeyboardModifiers modifiers);

    SampleList& m_list;
    QSize m_picture;  // on the screen
    QSize m_cell;     // at least
    bool m_enlarged = true;
    std::uint32_t m_anchor = 0;  // row
    QCache<std::uint32_t, QImage> m_images;
};

}  // namespace perceptory::views
