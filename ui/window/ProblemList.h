#pragma once
// All problems of the project: where, what is wrong, what to do about it. Choosing one closes the list and leads there;
// below it stand the remedies of the one that is marked.

#include <QDialog>
#include <functional>
#include <string>

#include "engine/base/Problem.h"
#include "ui/document/commands/Remedies.h"

class QLabel;
class QPushButton;
class QTableWidget;

namespace perceptory::window {

// What the page calls the place that a problem is about; empty: it has none.
using PlaceName = std::function<QString(const std::string& where)>;
using RemediesOf = std::function<std::vector<document::Remedy>(const base::Problem& problem)>;

class RemedyButtons;

class ProblemList : public QDialog {
    Q_OBJECT

public:
    ProblemList(PlaceName placeName, RemediesOf remediesOf, QWidget* parent = nullptr);

    void showProblems(const base::Problems& problems);
    QTableWidget* table() const { return m_table; }
    RemedyButtons* remedies() const { return m_remedies; }

signals:
    void placeChosen(const std::string& where);
    // The list is to be shown anew when the document has changed.
    void remedyChosen(const perceptory::document::Remedy& remedy);

private:
    void addRow(const base::Problem& problem);
    void showChoice();
    void choose();
    void copyAll() const;

    PlaceName m_placeName;
    RemediesOf m_remediesOf;
    base::Problems m_problems;
    QLabel* m_head;
    QTableWidget* m_table;
    QLabel* m_remedyHead;
    RemedyButtons* m_remedies;
    QPushButton *m_go, *m_copy;
};

}  // namespace perceptory::window
