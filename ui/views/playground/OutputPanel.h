#pragma once
// The right side of the Playground: how well it goes in numbers and curves, and the picture of what the network says at
// each place of the plane. Shows what it is told; every wish is a signal. GUI thread.

#include <QWidget>
#include <memory>

#include "ui/views/playground/NetworkSight.h"
#include "ui/views/playground/PlaneSight.h"
#include "ui/views/playground/Score.h"
#include "ui/widgets/HeatmapView.h"

class QCheckBox;
class QComboBox;
class QLabel;

namespace perceptory::widgets {
class ClassLegend;
class ColourBar;
}  // namespace perceptory::widgets

namespace perceptory::views {

class LossCurves;
class Scores;

class OutputPanel : public QWidget {
    Q_OBJECT

public:
    explicit OutputPanel(QWidget* parent = nullptr);

    // A new snapshot; `scene` is null while there is no data. Where its plane cannot be measured the reason stands in
    // the map's place.
    void showSnapshot(std::shared_ptr<const training::Snapshot> snapshot, std::shared_ptr<const PlaneScene> scene,
                      const training::ProbeRequest& boundary);
    // Nothing of what was there; `text` says why. Until the next snapshot.
    void showWaiting(const QString& text);
    // One unit's map instead of the output, with its name; nothing: the output again.
    void showUnit(const std::optional<UnitMap>& map, const QString& name);
    // The sample whose forward pass is shown: a ring on the plane, its image where samples are images.
    void markSample(std::optional<QPointF> place, std::optional<std::uint32_t> row);
    // Said over the map while no unit is shown; empty: nothing.
    void setNote(const QString& note);

    // The image of the sample below the mouse, where samples are images.
    void showImage(std::optional<std::uint32_t> row);

    void setChoice(const PlaneChoice& choice);
    void setTestShown(bool shown);
    void setDiscrete(bool discrete);
    // While points are painted, the map's mouse is the brush.
    void setPainting(bool painting);

    widgets::HeatmapView* map() const { return m_map; }
    LossCurves* curves() const { return m_curves; }
    Scores* scores() const { return m_scores; }
    QCheckBox* testBox() const { return m_test; }
    QCheckBox* discreteBox() const { return m_discrete; }

signals:
    void choiceWanted(const perceptory::views::PlaneChoice& choice);
    void testShownWanted(bool shown);
    void discreteWanted(bool discrete);

private:
    void build();
    QWidget* buildAxes();
    void showScores();
    void showScene();
    void leavePlane();
    QString whyNoMap() const;
    void showMap();
    void showCaption();
    void showLegend();
    void showColumns();
    void axesChosen();

    std::shared_ptr<const training::Snapshot> m_snapshot;
    std::shared_ptr<const PlaneScene> m_scene;
    training::ProbeRequest m_boundary;
    std::optional<UnitMap> m_unit;
    QString m_unitName, m_waiting, m_note;
    PlaneChoice m_choice;
    bool m_isDiscrete = false;

    const metrics::MetricType* m_score = nullptr;
    Scores* m_scores;
    LossCurves* m_curves;
    QWidget* m_axes;
    QLabel* m_upArrow;
    QComboBox* m_across;
    QComboBox* m_up;
    widgets::HeatmapView* m_map;
    QLabel* m_image;
    widgets::ColourBar* m_bar;
    widgets::ClassLegend* m_classes;
    QCheckBox* m_test;
    QCheckBox* m_discrete;
};

}  // namespace perceptory::views
