#pragma once
// What colours mean: a bar for numbers, a list of colour, marker and name for classes. GUI thread only.

#include <QStringList>
#include <QWidget>
#include <vector>

#include "ui/widgets/ColourMap.h"

namespace perceptory::widgets {

/// A bar of the map with the numbers of its low end, middle and high end, and how values are mapped.
class ColourBar : public QWidget {
    Q_OBJECT

public:
    explicit ColourBar(QWidget* parent = nullptr);

    void setColourMap(ColourMap::Kind kind);
    void setRange(ValueRange range);
    /// Such as "linear" or "shared range of the layer"; shown after the map's name in the tooltip and to readers.
    void setMapping(const QString& mapping);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;

private:
    void describe();

    ColourMap m_map = ColourMap::of(ColourMap::Kind::BlueOrange);
    ValueRange m_range;
    QString m_mapping;
};

/// Colour, marker shape and name of each class, in as many rows as the width asks for; training and test rims too.
class ClassLegend : public QWidget {
    Q_OBJECT

public:
    explicit ClassLegend(QWidget* parent = nullptr);

    void setClassNames(const QStringList& names);
    /// Also tells which rim marks training and which test points.
    void setRimsExplained(bool explained);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent*) override;

private:
    struct Entry {
        QString text;
        int cls = 0;
        bool rimOnly = false;
        bool test = false;
    };
    struct Placed {
        QPoint at;
        int entry;
    };
    std::vector<Entry> entries() const;
    std::vector<Placed> place(int width, int* height) const;

    QStringList m_names;
    bool m_rimsExplained = true;
};

}  // namespace perceptory::widgets
