#pragma once
// The network as a list, the canvas' equal partner: what is chosen, added, deleted, moved, connected and renamed here
// is so there. Made for the keyboard and for screen readers. GUI thread only.

#include <QTreeWidget>

#include "ui/canvas/NetworkScene.h"

namespace perceptory::canvas {

class Outline : public QTreeWidget {
    Q_OBJECT

public:
    enum Column { Name, Kind, Output, Parameters, Trouble };

    explicit Outline(NetworkScene& scene, QWidget* parent = nullptr);

    // Layers by what they are called; null: none. A block has its layers below it, to be opened.
    QTreeWidgetItem* item(const std::string& id) const;

signals:
    void addWanted();                       // behind the chosen layer
    void refused(const QString& sentence);  // why something was not done

protected:
    void keyPressEvent(QKeyEvent* event) override;
    void contextMenuEvent(QContextMenuEvent* event) override;

private:
    void showNetwork();
    void showChosen();
    void takeChosen();
    void rename(QTreeWidgetItem* item, int column);
    void open(QTreeWidgetItem* row);
    static void fill(QTreeWidgetItem& row, const NodeSight& node);
    void move(int step);
    void remove(bool heal);
    void fillMenu(QMenu& menu);

    NetworkScene& m_scene;
    bool m_showing = false;
};

}  // namespace perceptory::canvas
