#pragma once
// All problems of the project: where, what is wrong, what to do about it. Choosing one closes the list and leads there.

#include <QDialog>
#include <functional>
#include <string>

#include "engine/base/Problem.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace perceptory::window {

// What the page calls the place that a problem is about; empty: it has none.
using PlaceName = std::function<QString(const std::string& where)>;

class ProblemList : public QDialog {
    Q_OBJECT

public:
    explicit ProblemList(PlaceName placeName, QWidget* parent = nullptr);

    void showProblems(const base::Problems& problems);
    QTableWidget* table() const { return m_table; }

signals:
    void placeChosen(const std::string& where);

private:
    void addRow(const base::Problem& problem);
    void showChoice();
    void choose();
    void copyAll() const;

    PlaceName m_placeName;
    base::Problems m_problems;
    QLabel* m_head;
    QTableWidget* m_table;
    QPushButton *m_go, *m_copy;
};

}  // namespace perceptory::window
