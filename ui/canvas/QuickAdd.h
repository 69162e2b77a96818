#pragma once
// Type a few letters, press Enter: a layer. A menu at a place of the canvas that lists what fits there first. GUI
// thread only.

#include <QFrame>

#include "ui/canvas/LayerSearch.h"

class QLineEdit;
class QListWidget;

namespace perceptory::canvas {

class QuickAdd : public QFrame {
    Q_OBJECT

public:
    explicit QuickAdd(QWidget* parent);

    // `behind`: words for the place, such as "behind conv1"; empty: nowhere in particular.
    void openAt(QPoint global, const std::optional<tensor::Shape>& source, const QString& behind);

    QLineEdit* field() const { return m_field; }
    QListWidget* list() const { return m_list; }
    void take();  // the layer that is lit

signals:
    void chosen(const QString& type);

private:
    void fill();
    void describe();

    QLineEdit* m_field;
    QListWidget* m_list;
    std::optional<tensor::Shape> m_source;
};

}  // namespace perceptory::canvas
