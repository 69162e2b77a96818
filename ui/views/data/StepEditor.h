#pragma once
// One of the project's two lists of steps, the preprocessing or the augmentation: add, remove, reorder, and the
// parameters of the chosen step. Reads the document and changes it by commands. GUI thread only.

#include <QWidget>
#include <optional>

#include "ui/document/commands/PreparationCommands.h"
#include "ui/views/data/FormMaker.h"

class QLabel;
class QListWidget;
class QPushButton;
class QScrollArea;

namespace perceptory::views {

class StepEditor : public QWidget {
    Q_OBJECT

public:
    StepEditor(document::Document& document, document::StepList list, FormMaker maker, QWidget* parent = nullptr);

    // The document's, and what a slider that is being dragged makes of them.
    std::vector<base::KindSpec> steps() const;
    // What is wrong with the list or its steps, shown below it.
    void showProblems(const base::Problems& problems);

    QListWidget* list() const { return m_list; }
    QString faults() const;

signals:
    void stepsChanged();

private:
    struct Draft {
        std::size_t index;
        std::string id;
        base::Json value;
    };

    QLayout* buildButtons();
    void fillMenu(QPushButton& add);
    void buildKeys();
    void add(const std::string& id);
    void removeChosen();
    void moveChosen(int by);
    void showDocument();
    void showList(const std::vector<std::string>& types);
    void showStep();
    void makeForm(const base::KindType& type, std::size_t index);
    void take(std::size_t index, const std::string& id, const base::Json& value, bool final);

    document::Document& m_document;
    const document::StepList m_kind;
    const FormMaker m_maker;
    std::vector<std::string> m_types;  // of the steps in the list
    int m_shownStep = -1;              // whose form is shown
    std::function<void(const base::Json&)> m_showValues;
    std::optional<Draft> m_draft;

    QListWidget* m_list;
    QPushButton *m_remove, *m_up, *m_down;
    QLabel *m_faults, *m_help;
    QScrollArea* m_form;
};

}  // namespace perceptory::views
