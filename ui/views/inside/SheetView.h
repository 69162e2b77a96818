#pragma once
// What views of many small pictures share: the sheet, the chosen picture large and over the sample, its numbers, the
// range of the colours.

#include <QImage>
#include <optional>

#include "ui/views/inside/InsideView.h"
#include "ui/widgets/MapSheet.h"

class QCheckBox;
class QLabel;
class QStackedWidget;
class QVBoxLayout;

namespace perceptory::widgets {
class ColourBar;
class LabelledSlider;
class ValueBars;
}  // namespace perceptory::widgets

namespace perceptory::views {

class SheetView : public InsideView {
    Q_OBJECT

public:
    widgets::MapSheet* sheet() const { return m_sheet; }
    widgets::ValueBars* bars() const { return m_bars; }
    QString facts() const;
    QWidget* picture() override;
    widgets::LabelledSlider* opacity() const { return m_opacity; }
    QImage large() const;  // the chosen map, a pixel for a pixel of the sample it lies over

protected:
    SheetView();

    void addAbove(QWidget* field);
    // What the chosen map lies over, in grey; null: nothing. Of maps shown from now on.
    void setUnderlay(const QImage& sample);

    // `facts`: what is to be said of them, in a sentence.
    void showMaps(widgets::Maps maps, widgets::ColourMap::Kind colours, const QString& facts,
                  std::vector<bool> marked = {});
    void showBars(std::vector<float> values, const QString& facts);
    void showNothing(const QString& reason);
    void setOwnRanges();  // at first: numbers that do not compare
    void resizeEvent(QResizeEvent* event) override;

private:
    void showLarge();
    void showRange();

    QVBoxLayout* m_column;
    QStackedWidget* m_pages;
    widgets::MapSheet* m_sheet;
    widgets::ValueBars* m_bars;
    QLabel *m_reason, *m_large, *m_told, *m_facts;
    widgets::ColourBar* m_legend;
    QCheckBox *m_shared, *m_held;
    widgets::LabelledSlider* m_opacity;
    QImage m_underlay;
    std::optional<widgets::ColourMap::Kind> m_colours;
};

}  // namespace perceptory::views
