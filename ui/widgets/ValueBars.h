#pragma once
// Numbers as bars from zero: what the units of a layer put out. As many as there is room for stand side by side, more
// of them share a pixel, which then shows the largest in size. GUI thread only.

#include <QWidget>
#include <vector>

#include "ui/widgets/ColourMap.h"

namespace perceptory::widgets {

class ValueBars : public QWidget {
    Q_OBJECT

public:
    explicit ValueBars(QWidget* parent = nullptr);

    void setValues(std::vector<float> values);
    const std::vector<float>& values() const { return m_values; }
    QString textAt(QPoint point) const;  // "unit 3: 0.25"; empty where there are no bars

    QSize sizeHint() const override { return {280, 160}; }
    QSize minimumSizeHint() const override { return {120, 80}; }

signals:
    void told(const QString& text);

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;

private:
    ValueRange axis() const;  // 0 lies in it
    QRect room() const;
    std::size_t unitAt(int x) const;
    double heightOf(float value) const;
    float valueOf(std::size_t bar, std::size_t bars) const;
    void paintNumbers(QPainter& painter) const;

    std::vector<float> m_values;
};

}  // namespace perceptory::widgets
