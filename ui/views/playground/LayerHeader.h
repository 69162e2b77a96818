#pragma once
// The head of a layer's column: fewer and more neurons, and the layer's activation. Folds into one button where there
// is little room. Shows what it is told; every wish is a signal.

#include <QWidget>

#include "ui/views/playground/Choice.h"
#include "ui/views/playground/NetworkModel.h"

class QLabel;
class QToolButton;

namespace perceptory::views {

class LayerHeader : public QWidget {
    Q_OBJECT

public:
    LayerHeader(const std::vector<Choice>& activations, QWidget* parent);

    // `number`: of the layer, counted from 1.
    void showColumn(const NetworkColumn& column, int number);
    // Its fields take the keyboard after `before`; returns the last of them.
    QWidget* setTabOrderAfter(QWidget* before);
    QSize minimumSizeHint() const override { return {0, 0}; }

signals:
    void unitsWanted(int units);
    void activationWanted(const QString& id);

protected:
    void resizeEvent(QResizeEvent*) override;

private:
    void nameForReaders(const QString& layer);
    void arrange();
    void openMenu();

    QToolButton* m_fewer;
    QToolButton* m_more;
    QToolButton* m_folded;
    QLabel* m_count;
    QComboBox* m_activation;
    QLabel* m_activationName;
    std::vector<Choice> m_choices;
    int m_units = 0;
    bool m_isOutput = false;
};

}  // namespace perceptory::views
