#pragma once
// A small grey image to draw with the mouse or the keys: ink from 0 to 1 in each pixel. GUI thread only.
//
// Left button draws, right button wipes. Keys: arrows move the pen, Space draws there, Backspace wipes, Delete clears.

#include <QWidget>
#include <vector>

#include "ui/widgets/Gestures.h"

namespace perceptory::widgets {

class DrawPad : public QWidget {
    Q_OBJECT

public:
    explicit DrawPad(QWidget* parent = nullptr);

    // Rows of pixels; nothing is drawn yet.
    void setPixels(QSize size);
    QSize pixels() const { return m_size; }
    const std::vector<float>& ink() const { return m_ink; }
    void setInk(std::vector<float> ink);  // as many as there are pixels; emits nothing
    void clear();

    static std::vector<Gesture> gestures();

    QSize sizeHint() const override { return {224, 224}; }
    QSize minimumSizeHint() const override { return {112, 112}; }

signals:
    void drawn();

protected:
    void paintEvent(QPaintEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    QRectF room() const;  // of the image
    void stroke(QPointF from, QPointF to, bool wipes);
    void touch(QPointF pixel, bool wipes);

    QSize m_size{28, 28};
    std::vector<float> m_ink;
    QPointF m_pen{14, 14}, m_last;  // in pixels
};

}  // namespace perceptory::widgets
