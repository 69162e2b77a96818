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
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QVBoxLayout* m_column;
};

}  // namespace perceptory::window
