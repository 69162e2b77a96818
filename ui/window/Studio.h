#pragma once
// The workspace for networks of any form: the canvas, and around it panels that can be moved, to choose layers from and
// to set the chosen one and the training. GUI thread only.

#include <QMainWindow>
#include <set>
#include <string>

#include "ui/session/SessionController.h"
#include "ui/widgets/Gestures.h"

class QDockWidget;
class QLabel;

namespace perceptory::canvas {
class LayerPalette;
class OverviewMap;
class Outline;
class NetworkScene;
class NetworkView;
}  // namespace perceptory::canvas

namespace perceptory::window {

class InsidePanel;
class LayerInspector;
class RunsPanel;
class TrainingPanel;

class Studio : public QMainWindow {
    Q_OBJECT

public:
    Studio(document::Document& document, session::SessionController& session, QWidget* parent = nullptr);

    canvas::NetworkScene* scene() const { return m_scene; }
    canvas::NetworkView* view() const { return m_view; }
    canvas::LayerPalette* palette() const { return m_palette; }
    canvas::Outline* outline() const { return m_outline; }
    LayerInspector* inspector() const { return m_inspector; }
    TrainingPanel* training() const { return m_training; }
    InsidePanel* inside() const { return m_inside; }
    RunsPanel* runs() const { return m_runs; }
    // The panel of runs, open and in front.
    void showRuns();
    QWidget* trail() const { return m_trail; }

    // What a problem is about here, in words: a layer, or a value of the training; empty: neither.
    QString placeName(const std::string& where) const;
    // Takes the keyboard there, a layer is chosen too; false where there is no such place.
    bool showPlace(const std::string& where);

    // Of the one layer that is chosen; null: none, several, or of no known type.
    const base::KindType* chosenType() const;

    // All panels where they are at first.
    void resetPanels();
    // Where the panels are, for the next time.
    void keepPanels() const;

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildCanvas();
    void buildPanels();
    QDockWidget* addPanel(const QString& name, const QString& title, QWidget* inside, Qt::DockWidgetArea area);
    void setPanelWidths();
    void watchNewLayers(bool offers);
    QWidget* buildTrail();
    void showTrail();
    void showReason(const QString& reason);

    canvas::NetworkScene* m_scene;
    canvas::NetworkView* m_view;
    canvas::LayerPalette* m_palette;
    canvas::Outline* m_outline;
    canvas::OverviewMap* m_map;
    LayerInspector* m_inspector;
    TrainingPanel* m_training;
    InsidePanel* m_inside;
    RunsPanel* m_runs;
    QLabel* m_reason;
    QWidget* m_trail;  // from the network to the open block
    QLabel* m_trailEnd;
    session::SessionController& m_session;
    std::set<std::string> m_known;  // layers there were before the last change
    QByteArray m_usual;             // where the panels are at first
    bool m_wasShown = false;
};

}  // namespace perceptory::window
