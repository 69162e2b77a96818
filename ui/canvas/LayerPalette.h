#pragma once
// All layers, by what they are for: dragged onto the canvas, or added behind the chosen layer by double-click or Enter.
// GUI thread only.

#include <QTreeWidget>
#include <QWidget>

class QLineEdit;

namespace perceptory::canvas {

// The list itself; hands out ids of layers to whoever drags them away.
class LayerTree : public QTreeWidget {
    Q_OBJECT

public:
    explicit LayerTree(QWidget* parent = nullptr);

    // Hides what does not match.
    void filter(const QString& typed);
    static QString typeOf(const QTreeWidgetItem& item);

protected:
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QList<QTreeWidgetItem*>& items) const override;
};

class LayerPalette : public QWidget {
    Q_OBJECT

public:
    explicit LayerPalette(QWidget* parent = nullptr);

    QLineEdit* field() const { return m_field; }
    LayerTree* tree() const { return m_tree; }

signals:
    void chosen(const QString& type);

private:
    void takeFirst();

    QLineEdit* m_field;
    LayerTree* m_tree;
};

}  // namespace perceptory::canvas
