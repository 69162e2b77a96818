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

    // `title`: which weight it is. Shows the field above `target`, or below where there is no room: both in the
    // parent's coordinates.
    void open(const QString& title, double value, const QRect& target, const QRect& room);
    QLineEdit* field() const { return m_field; }
    QString message() const;  // what is wrong with the text that was entered; empty: nothing

signals:
    void entered(double value);
    void left();  // closed, whether or not a value was entered

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;
    void mousePressEvent(QMouseEvent* event) override;

private:
    void accept();
    void leave();
    void say(const QString& message);
    void place();

    QLabel* m_title;
    QLineEdit* m_field;
    QLabel* m_message;
    QRect m_target, m_room;
    QString m_shown;  // the value as it was written when the field opened
};

}  // namespace perceptory::views
