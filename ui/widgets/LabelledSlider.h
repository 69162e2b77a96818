#pragma once
// A compact line: name, slider, value as text. For a few dozen even or hand-picked values. GUI thread only.

#include <QWidget>
#include <functional>
#include <vector>

class QLabel;
class QSlider;

namespace perceptory::widgets {

class LabelledSlider : public QWidget {
    Q_OBJECT

public:
    explicit LabelledSlider(const QString& name, QWidget* parent = nullptr);

    /// Even values from `least` to `most`, both included where the step fits.
    void setRange(double least, double most, double step);
    /// Hand-picked values in rising order, such as 0, 0.5, 0.9, 0.99, 0.999. None at all changes nothing.
    void setValues(std::vector<double> values);
    void setFormat(std::function<QString(double)> format);  ///< default: the number
    void setColumnWidths(int name, int text);               ///< so that sliders below each other line up
    double value() const;
    void setValue(double value);  ///< the nearest possible one; emits nothing

signals:
    void valueMoved(double value);   ///< the user moves it, many times in a gesture
    void valueChosen(double value);  ///< once at the end of a gesture, if it changed something: one step of undo

private:
    void moved();
    void settle();
    void showValue();

    QLabel* m_name;
    QSlider* m_slider;
    QLabel* m_text;
    int m_textColumn = 0;
    std::vector<double> m_values;
    std::function<QString(double)> m_format;
    double m_settled = 0;
};

}  // namespace perceptory::widgets
