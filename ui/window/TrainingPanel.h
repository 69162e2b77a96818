#pragma once
// How to train, as a form: loss, optimizer, schedule, batches, when to stop. GUI thread only.

#include <string>
#include <vector>

#include "ui/document/DragGesture.h"
#include "ui/window/FormArea.h"

class QLabel;

namespace perceptory::forms {
class ParamForm;
}

namespace perceptory::window {

class TrainingPanel : public FormArea {
    Q_OBJECT

public:
    explicit TrainingPanel(document::Document& document, QWidget* parent = nullptr);

    forms::ParamForm* form() const { return m_form; }

private:
    void showTraining();
    void makeForm(const std::vector<base::ParamType>& params);

    document::Document& m_document;
    document::DragGesture m_drag;
    QLabel *m_left, *m_legend;  // what only the file can say
    forms::ParamForm* m_form = nullptr;
    std::vector<std::string> m_shown;  // ids of the form's parameters
};

}  // namespace perceptory::window
