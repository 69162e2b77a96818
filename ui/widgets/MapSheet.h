#pragma once
// Many small pictures of numbers side by side: the maps of a layer, the windows of its filters. One is chosen and told
// of; the number below the mouse is told. Paints what is seen and nothing else. GUI thread only.
//
// Keys: arrows choose, Home and End the first and the last.

#include <QAbstractScrollArea>
#include <QImage>
#include <QStringList>
#include <vector>

#include "ui/widgets/ColourMap.h"
#include "ui/widgets/Gestures.h"

namespace perceptory::widgets {

struct Maps {
    int count = 0, height = 0, width = 0;
    int channels = 1;           // 3: red, green and blue, from the low to the high end of the range
    std::vector<float> values;  // [count][channels][height][width]
    QStringList names;          // of each, below it where they are few; empty: they are numbered from 0

    std::size_t pixels() const { return static_cast<std::size_t>(height) * static_cast<std::size_t>(width); }
    std::span<const float> map(int index) const {
        const std::size_t size = pixels() * static_cast<std::size_t>(channels);
        return std::span(values).subspan(static_cast<std::size_t>(index) * size, size);
    }
};

class MapSheet : public QAbstractScrollArea {
    Q_OBJECT

public:
    explicit MapSheet(QWidget* parent = nullptr);

    // What is chosen stays, where there are as many maps as before.
    void setMaps(Maps maps);
    const Maps& maps() const { return m_maps; }
    // One range of values for all; off: each map has its own, symmetric about 0 where the colours diverge.
    void setSharedRange(bool shared);
    bool hasSharedRange() const { return m_shared; }
    // Holds the range that is shared as it is now, so that pictures of different moments compare.
    void setLocked(bool locked);
    // Of the colours of the chosen map.
    ValueRange shownRange() const;
    void setColourMap(ColourMap::Kind kind);
    // Of each map: a frame in the colour of warnings. Empty: none.
    void setMarked(std::vector<bool> marked);

    int chosen() const { return m_chosen; }
    void choose(int map);
    QString nameOf(int map) const;
    QRect cellRect(int map) const;  // in the viewport
    // What the pixel below is: "map 3, row 4, column 5: 0.125"; empty beside the maps.
    QString textAt(QPoint viewportPoint) const;
    QImage imageOf(int map) const;  // a pixel for a number

    static std::vector<Gesture> gestures();

    QSize sizeHint() const override { return {280, 200}; }

signals:
    void chosenChanged(int map);
    void told(const QString& text);  // below the mouse; empty when it has left

protected:
    void paintEvent(QPaintEvent* event) override;
    void resizeEvent(QResizeEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    void layOut();
    bool hasCaptions() const;
    int pitch() const;
    void findRange();
    int mapAt(QPoint viewportPoint) const;
    ValueRange rangeOf(std::span<const float> values) const;
    void paintCell(QPainter& painter, int map) const;
    void describe();

    Maps m_maps;
    std::vector<bool> m_marked;
    ColourMap::Kind m_kind = ColourMap::Kind::Viridis;
    ColourMap m_map = ColourMap::of(m_kind);
    ValueRange m_range{0, 1};
    bool m_shared = true, m_locked = false;
    int m_chosen = 0;
    int m_columns = 1;
    QSize m_picture{32, 32};  // of a map on the screen
};

}  // namespace perceptory::widgets
