#pragma once
// A vertical line at one step and a table of what the curves are there. Where the table would hide most of the plot,
// its parts stand side by side on one or two lines, far from the line.

#include <QColor>
#include <QFont>
#include <QGraphicsItem>
#include <vector>

#include "ui/widgets/Theme.h"

class QFontMetricsF;

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

    /// Hidden while its line would be outside of the plot, as when a zoom left its step behind.
    void show(const QRectF& plotArea, const QFont& font, Content content);
    const Content& content() const { return m_content; }
    QRectF table() const { return m_table; }

    QRectF boundingRect() const override { return m_bounds; }
    void paint(QPainter* painter, const QStyleOptionGraphicsItem*, QWidget*) override;

private:
    // What stands side by side in the small table: the head, a row or the foot.
    struct Piece {
        QString text;
        ColourRole role;
        const CrosshairRow* row = nullptr;  // whose mark stands before it
        QRectF place;                       // in the table
    };

    void layOut();
    void layOutTable(const QFontMetricsF& metrics);
    void layOutSmall(const QFontMetricsF& metrics);
    bool flow(const QFontMetricsF& metrics, bool named, double room, int lines);
    void paintTable(QPainter& painter) const;
    void paintSmall(QPainter& painter) const;

    QRectF m_area;
    QRectF m_bounds;
    QRectF m_table;
    std::vector<Piece> m_pieces;  // of the small table; empty where there is room for the large one
    double m_nameWidth = 0;
    QFont m_font;
    Content m_content;
};

}  // namespace perceptory::widgets
