#pragma once
// A form that scrolls up and down and is never narrower than its fields. Below it stands a foot for what comes and goes
// with the values: the field under the mouse stays where it is. GUI thread only.

#include <QWidget>

class QScrollArea;
class QVBoxLayout;

namespace perceptory::window {

class FormArea : public QWidget {
    Q_OBJECT

public:
    explicit FormArea(QWidget* parent = nullptr);

protected:
    QVBoxLayout* column() const { return m_column; }
    QVBoxLayout* foot() const { return m_footColumn; }  // takes up to half of the height
    void resizeEvent(QResizeEvent* event) override;

private:
    QScrollArea* m_foot;
    QVBoxLayout *m_column, *m_footColumn;
};

}  // namespace perceptory::window
