#pragma once
// The form of what is chosen on the canvas: name, what it does, shapes, its parameters and how it trains. Of several
// layers of one type all get what is changed. GUI thread only.

#include <QScrollArea>
#include <set>
#include <string>
#include <vector>

#include "ui/canvas/NetworkScene.h"

class QCheckBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;
class QTimer;
class QVBoxLayout;

namespace perceptory::forms {
class ParamForm;
}

namespace perceptory::window {

class RemedyButtons;

class LayerInspector : public QScrollArea {
    Q_OBJECT

public:
    explicit LayerInspector(canvas::NetworkScene& scene, QWidget* parent = nullptr);

    QLineEdit* nameField() const { return m_name; }
    forms::ParamForm* form() const { return m_form; }
    QSpinBox* repeatField() const { return m_repeat; }
    QCheckBox* leavesField() const { return m_leaves; }
    RemedyButtons* remedies() const { return m_remedies; }
    void takeKeyboard();  // to the first parameter

private:
    void showLayers();
    void showWords(const std::vector<const canvas::NodeSight*>& nodes);
    void showBlock(const std::vector<const canvas::NodeSight*>& nodes);
    void showForm(const std::vector<std::string>& ids);
    std::set<std::string> mixedOf(const std::vector<std::string>& ids) const;
    void change(const std::vector<std::string>& ids, const QString& id, const base::Json& value, bool final);
    void rename();
    void findRemedies();

    canvas::NetworkScene& m_scene;
    std::vector<std::string> m_shown;  // whose form is there
    std::string m_type;                // of it
    QLabel *m_title, *m_help, *m_facts, *m_trouble;
    RemedyButtons* m_remedies;
    QTimer* m_remedyTimer;
    QLineEdit* m_name;
    QSpinBox* m_repeat;  // of a block
    QCheckBox *m_frozen, *m_bypass, *m_leaves;
    QLineEdit* m_note;
    QVBoxLayout* m_column;
    forms::ParamForm* m_form = nullptr;
    bool m_isDragging = false;
};

}  // namespace perceptory::window
