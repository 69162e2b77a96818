#pragma once
// The samples shown as points: two columns, or the first two principal components, coloured by class. A click chooses
// the sample. Worked out aside. GUI thread.

#include <QPointF>

#include "ui/views/data/LazyPanel.h"
#include "ui/widgets/PlanePoints.h"

class QComboBox;
class QHBoxLayout;
class QLabel;

namespace perceptory::training {
class Plane;
}

namespace perceptory::widgets {
class ClassLegend;
class ColourBar;
class HeatmapView;
}  // namespace perceptory::widgets

namespace perceptory::views {

class ScatterPanel : public LazyPanel {
    Q_OBJECT

public:
    explicit ScatterPanel(SampleList& list);

    widgets::HeatmapView& map() const { return *m_map; }
    std::size_t pointCount() const { return m_drawn.rows.size(); }
    bool isReady() const { return m_drawn.plane != nullptr; }

protected:
    void renew() override;

private:
    struct Wish {
        std::string axes = "columns";
        int first = 0, second = 1;
        bool operator==(const Wish&) const = default;
    };
    struct Drawn {
        Wish wish;
        std::shared_ptr<const training::Plane> plane;
        std::vector<widgets::PlanePoint> points;
        std::vector<std::uint32_t> rows;  // of the points
        QString fault;
    };
    // The plane may be there already: principal components take long.
    static Drawn draw(const data::Dataset& dataset, const std::vector<SamplePart>& parts,
                      const std::vector<std::uint32_t>& rows, Drawn begun);

    QComboBox* chooser(const QString& name, QHBoxLayout* row);
    void fillChoosers();
    void redraw();
    void show(Drawn drawn);
    void mark();
    void chooseNear(QPointF plane);

    SampleList::SharedDataset m_dataset;  // that the choosers are filled for
    QComboBox* m_axes;
    QComboBox* m_first;
    QComboBox* m_second;
    widgets::HeatmapView* m_map;
    widgets::ClassLegend* m_legend;
    widgets::ColourBar* m_bar;  // of numbers to predict
    QLabel* m_state;
    Drawn m_drawn;
    unsigned m_number = 0;  // of the drawing asked for last
};

}  // namespace perceptory::views
