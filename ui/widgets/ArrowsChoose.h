#pragma once
// Up and Down in a field choose in the list below it, past rows that are disabled: letters go on being typed.

#include <QObject>

class QLineEdit;
class QListWidget;

namespace perceptory::widgets {

class ArrowsChoose : public QObject {
public:
    // Goes with the field.
    ArrowsChoose(QLineEdit* field, QListWidget* list);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    QListWidget* m_list;
};

}  // namespace perceptory::widgets
