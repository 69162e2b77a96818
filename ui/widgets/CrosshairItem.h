#pragma once
// A vertical line at one step and a table of what the curves are there.

#include <QColor>
#include <QFont>
#include <QGraphicsItem>
#include <vector>

namespace perceptory::widgets {

struct CrosshairRow {
    QColor colour;
    bool dashed = false;
    QString name;
    QString value;
};

class CrosshairItem : public QGraphicsItem {
public:
    using QGraphicsItem::QGraphicsItem;

    struct Content {
        double x = 0;
        QString head;  ///< such as "step 1 240"
        std::vector<CrosshairRow> rows;
        std::vector<QPointF> dots;  ///< where the line meets the curves
        QString foot;               ///< an event near by; may be empty
        bool pinned = false;
    };

    void show(const QRectF& plotArea, const QFont& font, Content content);
    const Content& content() const { return m_content; }

    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;

private:
    void layOut();

    QRectF m_area;
    QRectF m_bounds;
    QRectF m_table;
    double m_nameWidth = 0;
    QFont m_font;
    Content m_content;
};

}  // namespace perceptory::widgets
