#pragma once
// The canvas: the network as cards and wires, edited with mouse and keys. What it does stands in gestures(). GUI thread
// only.

#include <QGraphicsView>
#include <memory>
#include <optional>

#include "ui/canvas/CanvasGesture.h"
#include "ui/document/commands/GraphWires.h"
#include "ui/widgets/Gestures.h"

namespace perceptory::canvas {

class QuickAdd;

// A layer dragged from a palette: its id, in UTF-8.
inline constexpr const char* layerMimeType = "application/x-perceptory-layer";

class NetworkView : public QGraphicsView {
    Q_OBJECT

public:
    explicit NetworkView(NetworkScene& scene, QWidget* parent = nullptr);
    ~NetworkView() override;

    // What mouse and keys do here, for the page of keys.
    static std::vector<widgets::GestureGroup> gestures();

    NetworkScene& scene() const { return m_scene; }
    QuickAdd* quickAdd() const { return m_quickAdd; }
    std::string current() const;           // the layer the keyboard is at; empty: none
    void openMenu(const std::string& id);  // of a layer, once the loop of events comes round
    double zoom() const { return transform().m11(); }

public slots:
    void fitAll();
    void showStart();  // all of it where it can be read so, else its beginning
    void fitChosen();
    void zoomBy(double factor);
    void zoomToFull();    // 100 %
    void openQuickAdd();  // behind the chosen layer
    void deleteChosen(bool heal);
    void cut();
    void copy();
    void paste(bool keepInputs = false);
    void duplicate();
    void toggleBypass();
    void toggleFrozen();
    void joinChosen();
    void fold();
    void unfold();
    bool openChosen();  // the block that is chosen
    void turn();        // the direction of the flow

signals:
    void currentChanged();
    void renameWanted(const QString& id);
    void mapWanted();                     // the overview is to come or go
    void settingsWanted();                // the keyboard is to go to the form of the chosen layer
    void refused(const QString& reason);  // why a wire cannot end where it is; empty: no longer

protected:
    void keyPressEvent(QKeyEvent* event) override;
    bool event(QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;
    void mouseMoveEvent(QMouseEvent* event) override;
    void mouseReleaseEvent(QMouseEvent* event) override;
    void mouseDoubleClickEvent(QMouseEvent* event) override;
    void wheelEvent(QWheelEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dragMoveEvent(QDragMoveEvent* event) override;
    void dragLeaveEvent(QDragLeaveEvent* event) override;
    void dropEvent(QDropEvent* event) override;
    void drawBackground(QPainter* painter, const QRectF& rect) override;

private:
    // Where the layer chosen in the menu goes.
    struct Spot {
        std::string behind, port;
        std::optional<QPointF> place;   // of the scene
        std::optional<WireSight> wire;  // it is put on
    };

    void beginGesture(QMouseEvent* event);
    void press(NodeItem& node, QPointF place, Qt::KeyboardModifiers modifiers);
    void aimUnder(const QDropEvent& event);
    void askFor(Spot spot, QPoint global);
    void addAsked(const QString& type);
    bool pressKey(const QKeyEvent& event);
    bool walk(int key, Qt::KeyboardModifiers modifiers);
    bool connectByKey(int key);
    void stopConnecting();
    std::optional<document::Wire> wireToTarget() const;
    void takeNextPort();
    void tellTarget();
    void showChosen();
    void showEmpty(QPainter& painter) const;

    NetworkScene& m_scene;
    QuickAdd* m_quickAdd;
    Spot m_spot;
    std::unique_ptr<CanvasGesture> m_gesture;
    std::optional<QPoint> m_panFrom;
    std::string m_connectFrom;  // a connection is being made by keys
    std::string m_connectPort;  // of its outputs; empty: the main one
    std::string m_connectTo;    // what would read it, once an arrow has chosen
    std::string m_walker;       // where the arrows are
};

}  // namespace perceptory::canvas
