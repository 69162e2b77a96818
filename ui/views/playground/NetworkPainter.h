#pragma once
// How the network picture is drawn: links, tiles with their maps, bias squares, numbers. The links are kept in a pixmap
// and redrawn so seldom that they take a small part of the time, however many there are. GUI thread.

#include <QElapsedTimer>
#include <QHash>
#include <QImage>
#include <QPixmap>
#include <optional>

#include "ui/views/playground/NetworkLayout.h"
#include "ui/views/playground/NetworkSight.h"

class QPainter;

namespace perceptory::views {

struct PictureState {
    const NetworkSight& sight;
    const NetworkLayout& layout;
    QSize size;
    qreal ratio = 1;
    std::optional<UnitRef> hovered, focused, pinned;
    std::optional<LinkRef> link;  // below the mouse, or walked to with the keyboard
    bool editing = false;         // its value: a field tells which one it is
    bool numbers = false;         // the chosen sample's value at every unit
};

class NetworkPainter {
public:
    void paint(QPainter& painter, const PictureState& state);
    // New numbers: links and maps are drawn again, links at their own pace.
    void numbersChanged();
    // Another layout or theme: everything is drawn again at once.
    void lookChanged();
    // True when links wait for their turn; then paint again a little later.
    bool linksWaiting() const { return m_linksOld; }

    // The link whose curve passes closest to the place, within a few pixels; only links that are drawn.
    std::optional<LinkRef> linkAt(QPointF place) const;

private:
    struct DrawnLink {
        LinkRef ref;
        float weight = 0;
        QRect from, to;
        bool isBundle() const { return ref.matrix < 0; }  // of all weights from an image, which have no line each
    };

    void renderLinks(const PictureState& state);
    std::vector<DrawnLink> chooseLinks(const PictureState& state) const;
    void paintTiles(QPainter& painter, const PictureState& state);
    void paintTile(QPainter& painter, const PictureState& state, UnitRef unit, const QRect& where);
    void paintFolds(QPainter& painter, const PictureState& state) const;
    void paintHighlights(QPainter& painter, const PictureState& state) const;
    void paintCard(QPainter& painter, const PictureState& state) const;

    std::vector<DrawnLink> m_drawn;
    QPixmap m_links;
    bool m_linksOld = true, m_linksStale = true;
    qint64 m_linksCost = 0;  // ns of the last drawing
    QElapsedTimer m_sinceLinks;
    QHash<qint64, QImage> m_thumbnails;
};

}  // namespace perceptory::views
