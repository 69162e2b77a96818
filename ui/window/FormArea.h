#pragma once
// A form that scrolls up and down and is never narrower than its fields. GUI thread only.

#include <QScrollArea>
#include <functional>

class QVBoxLayout;

namespace perceptory::window {

class FormArea : public QScrollArea {
    Q_OBJECT

public:
    explicit FormArea(QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    QVBoxLayout* column() const { return m_column; }
    // Does the work, which may show or hide what is above `inside`, and scrolls so that `inside` stays where it is: the
    // mouse may be turning the wheel over one of its fields.
    void keepInPlace(const QWidget& inside, const std::function<void()>& work);
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QVBoxLayout* m_column;
};

}  // namespace perceptory::window
