#pragma once
// A plot of curves on the screen, and what can be seen of it.

#include <QApplication>
#include <QPaintEvent>
#include <cmath>

#include "ui/widgets/CurvePlot.h"
#include "ui/widgets/Theme.h"

namespace perceptory::tests {

using namespace perceptory::widgets;

inline std::vector<CurveBucket> decay(int count, double scale = 1) {
    std::vector<CurveBucket> buckets;
    for (int i = 0; i < count; ++i) {
        const double wave = 1 + 0.3 * std::sin(0.7 * i);
        buckets.push_back(
            singleValue(static_cast<quint64>(i), static_cast<float>(scale * wave * std::exp(-4.0 * i / count))));
    }
    return buckets;
}

// Antialiasing spreads a line over two rows of pixels; the pale raw line is still far from this.
inline bool close(QColor a, QColor b) {
    return std::abs(a.red() - b.red()) + std::abs(a.green() - b.green()) + std::abs(a.blue() - b.blue()) < 150;
}

struct Shown {
    explicit Shown(std::vector<Curve> curves = {{"train loss", 0, false}}, QSize size = {800, 400}) {
        plot.setCurves(curves);
        plot.resize(size);
        plot.show();
        QCoreApplication::processEvents();
    }
    QPoint pixel(double step, double value) {
        for (QGraphicsItem* item : plot.chart()->childItems()) {
            if (auto* curves = dynamic_cast<CurvesItem*>(item)) {
                return plot.mapFromScene(
                    plot.chart()->mapToScene({curves->xOf(step), curves->yOf(static_cast<float>(value))}));
            }
        }
        return {};
    }
    // Is one of the pixels around the place in the colour of that series?
    bool drawnAt(double step, double value, int colour = 0) {
        QCoreApplication::processEvents();  // Qt Charts lays a new axis out in the event loop
        const QImage image = plot.grab().toImage();
        const QColor wanted = Theme::instance().series(colour);
        const QPoint at = pixel(step, value);
        for (int dy = -3; dy <= 3; ++dy) {
            for (int dx = -3; dx <= 3; ++dx) {
                if (image.valid(at + QPoint(dx, dy)) && close(image.pixelColor(at + QPoint(dx, dy)), wanted)) {
                    return true;
                }
            }
        }
        return false;
    }
    CurvePlot plot;
};

// The widest stretch of a widget that was painted at once.
class PaintedWidth : public QObject {
public:
    explicit PaintedWidth(QWidget& widget) { widget.installEventFilter(this); }
    int widest = 0;

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        if (event->type() == QEvent::Paint) {
            widest = std::max(widest, static_cast<QPaintEvent*>(event)->rect().width());
        }
        return false;
    }
};

inline int darkPixels(const QImage& image, QColor wanted) {
    int count = 0;
    for (int y = 0; y < image.height(); ++y) {
        for (int x = 0; x < image.width(); ++x) {
            count += close(image.pixelColor(x, y), wanted) ? 1 : 0;
        }
    }
    return count;
}

}  // namespace perceptory::tests
