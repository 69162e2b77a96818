#pragma once
// A small field to type a feature of one's own. What is wrong, and at which character, is said while typing.

#include <QFrame>
#include <string>
#include <vector>

class QLabel;
class QLineEdit;
class QPushButton;

namespace perceptory::views {

class FormulaEditor : public QFrame {
    Q_OBJECT

public:
    explicit FormulaEditor(QWidget* parent);

    // Shows the field with its lower left corner at `place`, inside the parent. `columns`: what formulas may read.
    void open(std::vector<std::string> columns, QPoint place);
    QLineEdit* field() const { return m_field; }
    QString message() const;

signals:
    void entered(const QString& formula);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    bool check();
    void fitMessage();
    void accept();

    std::vector<std::string> m_columns;
    QPoint m_place;  // of the lower left corner
    QLineEdit* m_field;
    QPushButton* m_add;
    QLabel* m_message;
};

}  // namespace perceptory::views
