#pragma once
// A square table of counts: what is, line by line, against what is said, column by column. Each cell is as dark as its
// share of its line and bears its number where there is room. GUI thread only.
//
// Keys: arrows move from cell to cell. Return chooses a cell, as a double click does.

#include <QStringList>
#include <QWidget>
#include <optional>
#include <vector>

#include "ui/widgets/ColourMap.h"
#include "ui/widgets/Gestures.h"

namespace perceptory::widgets {

class CountMatrix : public QWidget {
    Q_OBJECT

public:
    explicit CountMatrix(QWidget* parent = nullptr);

    // [names][names]
    void setCounts(const QStringList& names, std::vector<double> counts);
    double count(int line, int column) const;
    int size() const { return static_cast<int>(m_names.size()); }
    QString textOf(int line, int column) const;  // "4 taken for 9: 12 of 98"
    QRect cellRect(int line, int column) const;

    static std::vector<Gesture> gestures();

    QSize sizeHint() const override { return {280, 280}; }
    QSize minimumSizeHint() const override { return {160, 160}; }

signals:
    void cellChosen(int line, int column);
    void told(const QString& text);  // of the cell below the mouse or the keyboard; empty: none

protected:
    void paintEvent(QPaintEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void leaveEvent(QEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;
    void focusInEvent(QFocusEvent* event) override;
    void focusOutEvent(QFocusEvent* event) override;
    void changeEvent(QEvent* event) override;

private:
    double sumOf(int line) const;
    int margin() const;                                // for the names
    std::optional<QPoint> cellAt(QPoint point) const;  // column and line
    void tellCell();

    QStringList m_names;
    std::vector<double> m_counts;
    ColourMap m_map = ColourMap::of(ColourMap::Kind::Cividis);
    QPoint m_cell{0, 0};  // column and line of the keyboard
};

}  // namespace perceptory::widgets
