#pragma once
// How a spread changed: bands between quantiles over the steps, the wider ones paler, the median as a line. GUI thread
// only.
//
// Keys: left and right go from moment to moment, which is told.

#include <QWidget>
#include <array>
#include <vector>

#include "ui/widgets/ColourMap.h"
#include "ui/widgets/Gestures.h"

namespace perceptory::widgets {

class QuantileBands : public QWidget {
    Q_OBJECT

public:
    // 0, 5, 25, 50, 75, 95 and 100 %.
    struct Moment {
        quint64 step = 0;
        std::array<double, 7> quantiles{};
    };

    explicit QuantileBands(QWidget* parent = nullptr);

    void setMoments(std::vector<Moment> moments);  // in the order of their steps
    const std::vector<Moment>& moments() const { return m_moments; }
    QString textOf(std::size_t moment) const;

    static std::vector<Gesture> gestures();

    QSize sizeHint() const override { return {280, 200}; }
    QSize minimumSizeHint() const override { return {140, 100}; }

signals:
    void told(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    QRect room() const;
    QPointF placeOf(const Moment& moment, std::size_t quantile) const;
    void paintAxes(QPainter& painter) const;
    void tellMoment();

    std::vector<Moment> m_moments;
    double m_low = 0, m_high = 1;
    std::size_t m_moment = 0;  // of the keyboard
};

}  // namespace perceptory::widgets
