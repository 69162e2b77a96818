#pragma once
// A form that scrolls up and down and is never narrower than its fields. GUI thread only.

#include <QScrollArea>

class QVBoxLayout;

namespace perceptory::window {

class FormArea : public QScrollArea {
    Q_OBJECT

public:
    explicit FormArea(QWidget* parent = nullptr);

    QSize minimumSizeHint() const override;

protected:
    QVBoxLayout* column() const { return m_column; }
    // What comes and goes with a value stands here, below what scrolls: the field under the mouse stays where it is.
    QVBoxLayout* foot() const { return m_footColumn; }
    void showFoot();  // after a change of what is in it
    void resizeEvent(QResizeEvent* event) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QVBoxLayout* m_column;
    QWidget* m_foot;
    QVBoxLayout* m_footColumn;
};

}  // namespace perceptory::window
