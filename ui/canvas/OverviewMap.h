#pragma once
// All of a large network in a corner of the canvas, with the part that is seen; a click or drag leads there. Shows
// itself above 30 layers, or as it is told. GUI thread only.

#include <QWidget>
#include <optional>

#include "ui/canvas/NetworkView.h"

namespace perceptory::canvas {

class OverviewMap : public QWidget {
    Q_OBJECT

public:
    static constexpr std::size_t mostWithout = 30;  // layers

    OverviewMap(NetworkScene& scene, NetworkView& view);

    void toggle();

protected:
    void paintEvent(QPaintEvent*) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void showItself();
    void lead(QPointF place);
    QRectF whole() const;
    QTransform toMap() const;

    NetworkScene& m_scene;
    NetworkView& m_view;
    std::optional<bool> m_wanted;  // the user's word
};

}  // namespace perceptory::canvas
