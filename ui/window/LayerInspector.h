#pragma once
// The form of what is chosen on the canvas: name, what it does, shapes, its parameters and how it trains. Of several
// layers of one type all get what is changed. GUI thread only.

#include <string>
#include <vector>

#include "ui/canvas/NetworkScene.h"
#include "ui/document/DragGesture.h"
#include "ui/forms/KindSketch.h"
#include "ui/window/FormArea.h"

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QSpinBox;
class QTimer;

namespace perceptory::forms {
class ParamForm;
}
namespace perceptory::layers {
struct LayerType;
}

namespace perceptory::window {

class RemedyButtons;

class LayerInspector : public FormArea {
    Q_OBJECT

public:
    explicit LayerInspector(canvas::NetworkScene& scene, QWidget* parent = nullptr);

    QLineEdit* nameField() const { return m_name; }
    forms::ParamForm* form() const { return m_form; }
    forms::ParamForm* nodeForm() const { return m_nodeForm; }
    QString facts() const;
    QSpinBox* repeatField() const { return m_repeat; }
    QCheckBox* leavesField() const { return m_leaves; }
    RemedyButtons* remedies() const { return m_remedies; }
    void takeKeyboard();  // to the first parameter
    // While this new layer is chosen there is a button to start it as identity, where it can.
    void offerIdentity(const std::string& id);

private:
    void showLayers();
    void showWords(const std::vector<const canvas::NodeSight*>& nodes);
    void showBlock(const std::vector<const canvas::NodeSight*>& nodes);
    void showFacts();
    void showForms(const std::vector<std::string>& ids);
    void makeForms(const std::vector<std::string>& ids, const layers::LayerType& type);
    forms::ParamForm* makeForm(const std::vector<base::ParamType>& params, int place);
    void fillForms(const std::vector<std::string>& ids);
    void rename();
    void findRemedies();
    void showIdentity();

    canvas::NetworkScene& m_scene;
    std::vector<std::string> m_shown;  // whose form is there
    std::string m_type;                // of it
    QLabel *m_title, *m_help, *m_facts, *m_trouble;
    RemedyButtons* m_remedies;
    QTimer* m_remedyTimer;
    QLineEdit* m_name;
    QPushButton* m_identity;
    std::string m_offered;  // the layer it is for
    QSpinBox* m_repeat;     // of a block
    QCheckBox *m_frozen, *m_bypass, *m_leaves;
    QLineEdit* m_note;
    QLabel* m_legend;
    document::DragGesture m_drag;
    forms::ParamForm* m_form = nullptr;      // of its own parameters
    forms::ParamForm* m_nodeForm = nullptr;  // of what all layers have
    forms::SketchContext m_sketch;           // of the chosen layer
};

}  // namespace perceptory::window
