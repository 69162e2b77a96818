#pragma once
// A small field over the network picture to set one weight or bias: Enter sets it, Escape or a click elsewhere leaves.

#include <QFrame>

class QLabel;
class QLineEdit;

namespace perceptory::views {

class WeightEditor : public QFrame {
    Q_OBJECT

public:
    explicit WeightEditor(QWidget* parent);

    // Shows the field near `place`, inside the parent.
    void open(const QString& title, double value, QPoint place);
    QLineEdit* field() const { return m_field; }

signals:
    void entered(double value);
    void left();  // closed, whether or not a value was entered

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void accept();
    void leave();

    QLabel* m_title;
    QLineEdit* m_field;
    QString m_shown;  // the value as it was written when the field opened
};

}  // namespace perceptory::views
