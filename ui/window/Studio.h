#pragma once
// The workspace for networks of any form: layers to choose from, the canvas, and the form of what is chosen. GUI thread
// only.

#include <QWidget>

#include "ui/session/SessionController.h"
#include "ui/widgets/Gestures.h"

class QLabel;

namespace perceptory::canvas {
class LayerPalette;
class OverviewMap;
class Outline;
class NetworkScene;
class NetworkView;
}  // namespace perceptory::canvas

namespace perceptory::window {

class LayerInspector;

class Studio : public QWidget {
    Q_OBJECT

public:
    Studio(document::Document& document, session::SessionController& session, QWidget* parent = nullptr);

    canvas::NetworkScene* scene() const { return m_scene; }
    canvas::NetworkView* view() const { return m_view; }
    canvas::LayerPalette* palette() const { return m_palette; }
    canvas::Outline* outline() const { return m_outline; }
    LayerInspector* inspector() const { return m_inspector; }

    // Whether a problem's place is a layer here.
    bool knows(const std::string& where) const;
    // Chooses the layer that a problem is about and takes the keyboard there; false where there is none.
    bool showPlace(const std::string& where);

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void showEvent(QShowEvent* event) override;

private:
    QWidget* buildCanvas();
    void showReason(const QString& reason);
    std::string layerOf(const std::string& where) const;

    canvas::NetworkScene* m_scene;
    canvas::NetworkView* m_view;
    canvas::LayerPalette* m_palette;
    canvas::Outline* m_outline;
    canvas::OverviewMap* m_map;
    LayerInspector* m_inspector;
    QLabel* m_reason;
    bool m_wasShown = false;
};

}  // namespace perceptory::window
