#pragma once
// A number chosen from useful steps or typed freely, such as a learning rate: 0.001, 0.003, 0.01 … Accepts a point or a
// comma. Arrow keys and the wheel (when focused) walk the steps. Wrong text is refused in words and the last good value
// comes back. GUI thread only.

#include <QComboBox>
#include <vector>

namespace perceptory::widgets {

class SteppedBox : public QComboBox {
    Q_OBJECT

public:
    explicit SteppedBox(QWidget* parent = nullptr);

    void setSteps(const std::vector<double>& steps);
    void setLimits(double least, double most);  ///< for typed values; default 0 … 1e9
    double value() const { return m_value; }
    void setValue(double value);  ///< emits nothing

signals:
    void valueChosen(double value);         ///< the user chose another value
    void refused(const QString& sentence);  ///< the user typed something that is no such number

protected:
    void keyPressEvent(QKeyEvent*) override;
    void wheelEvent(QWheelEvent*) override;
    void focusOutEvent(QFocusEvent*) override;

private:
    void takeText();
    void choose(double value);
    void walk(int steps);
    void showValue();

    std::vector<double> m_steps;
    double m_least = 0;
    double m_most = 1e9;
    double m_value = 0;
};

}  // namespace perceptory::widgets
