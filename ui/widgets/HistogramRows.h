#pragma once
// Histograms below one another, one for each layer: its name, its numbers in words, its bars, and the range they stand
// in. Put it into a scroll area. GUI thread only.
//
// Keys: up and down choose a histogram, left and right a bar of it, which is told.

#include <QWidget>
#include <vector>

#include "ui/widgets/ColourMap.h"
#include "ui/widgets/Gestures.h"

namespace perceptory::widgets {

struct HistogramRow {
    QString name, words;
    ValueRange range{0, 1};     // edges of the first and the last bar
    std::vector<float> counts;  // of bars of one width
};

class HistogramRows : public QWidget {
    Q_OBJECT

public:
    explicit HistogramRows(QWidget* parent = nullptr);

    // What is chosen stays, where there are as many rows as before.
    void setRows(std::vector<HistogramRow> rows);
    const std::vector<HistogramRow>& rows() const { return m_rows; }
    // One axis for all, so that spreads compare; off: each has its own, so that shapes are seen.
    void setSharedRange(bool shared);
    bool hasSharedRange() const { return m_shared; }
    void setMarkedRow(int row);  // its name is written bold; −1: none
    ValueRange rangeOf(int row) const;
    QString textOf(int row, int bar) const;  // "conv1, 0.1 … 0.2: 12 of 640"
    QRect barsRect(int row) const;
    int barAt(int row, int x) const;  // −1: none

    static std::vector<Gesture> gestures();

    QSize sizeHint() const override { return minimumSizeHint() + QSize(60, 0); }
    QSize minimumSizeHint() const override;

signals:
    void told(const QString& text);  // of the bar below the mouse or the keyboard; empty: none
    void reached(QRect row);         // by the keyboard, to be scrolled to

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;

private:
    int pitch() const;
    QRect rowRect(int row) const;
    QRectF barRect(int row, int bar) const;
    void paintRow(QPainter& painter, int row) const;
    void tellBar();
    void describe();

    std::vector<HistogramRow> m_rows;
    ValueRange m_range{0, 1};  // of all
    bool m_shared = true;
    int m_marked = -1;
    int m_row = 0, m_bar = 0;  // of the keyboard
};

}  // namespace perceptory::widgets
