#include "ui/window/LayerInspector.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "engine/layers/Layer.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/GraphCommands.h"
#include "ui/document/commands/LayerValues.h"
#include "ui/document/commands/Remedies.h"
#include "ui/forms/ParamForm.h"
#include "ui/widgets/Theme.h"
#include "ui/window/RemedyButtons.h"

namespace perceptory::window {

using canvas::NodeSight;

namespace {

constexpr int remedyPatience = 150;  // milliseconds after an edit: a slider is dragged, a number typed
constexpr std::size_t mostRemedies = 3;

QLabel* words(QPalette::ColorRole role) {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(role);
    return label;
}

}  // namespace

LayerInspector::LayerInspector(canvas::NetworkScene& scene, QWidget* parent)
    : QScrollArea(parent),
      m_scene(scene),
      m_title(words(QPalette::WindowText)),
      m_help(words(QPalette::PlaceholderText)),
      m_facts(words(QPalette::WindowText)),
      m_trouble(words(QPalette::WindowText)),
      m_remedies(new RemedyButtons),
      m_remedyTimer(new QTimer(this)),
      m_name(new QLineEdit),
      m_frozen(new QCheckBox(tr("Keep its weights as they are"))),
      m_bypass(new QCheckBox(tr("Bypass: hand the input on"))),
      m_note(new QLineEdit) {
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_name->setAccessibleName(tr("Name of the layer"));
    auto* inside = new QWidget;
    m_column = new QVBoxLayout(inside);
    m_column->setContentsMargins(10, 6, 10, 6);
    m_column->setSpacing(8);
    // What comes and goes with a value stands below the form, so that the field under the mouse stays where it is.
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_name, m_frozen, m_bypass, m_note, m_trouble,
                                                           m_remedies, m_facts, m_help})
        m_column->addWidget(widget);
    m_note->setPlaceholderText(tr("A note, shown below it"));
    m_note->setAccessibleName(tr("Note"));
    m_column->addStretch();
    setWidget(inside);
    connect(m_name, &QLineEdit::editingFinished, this, &LayerInspector::rename);
    connect(m_note, &QLineEdit::editingFinished, this, [this] {
        if (m_shown.size() == 1) document::setNote(m_scene.document(), m_shown.front(), m_note->text());
    });
    connect(m_frozen, &QCheckBox::clicked, this,
            [this](bool frozen) { document::setTrainable(m_scene.document(), m_shown, !frozen); });
    connect(m_bypass, &QCheckBox::clicked, this,
            [this](bool bypass) { document::setBypass(m_scene.document(), m_shown, bypass); });
    m_remedyTimer->setSingleShot(true);
    m_remedyTimer->setInterval(remedyPatience);
    connect(m_remedyTimer, &QTimer::timeout, this, &LayerInspector::findRemedies);
    connect(m_remedies, &RemedyButtons::chosen, this,
            [this](const document::Remedy& remedy) { document::apply(m_scene.document(), remedy); });
    connect(&scene, &canvas::NetworkScene::chosenChanged, this, &LayerInspector::showLayers);
    connect(&scene, &canvas::NetworkScene::shown, this, &LayerInspector::showLayers);
    showLayers();
}

// To the first field, past what only holds it. What is typed takes the place of its value.
void LayerInspector::takeKeyboard() {
    QWidget* first = m_name;
    for (QWidget* next = m_form ? m_form->nextInFocusChain() : m_name; m_form && next != m_form;
         next = next->nextInFocusChain()) {
        if (!m_form->isAncestorOf(next) || !(next->focusPolicy() & Qt::TabFocus) || !next->isVisibleTo(m_form))
            continue;
        first = next;
        break;
    }
    first->setFocus(Qt::TabFocusReason);
}

void LayerInspector::showLayers() {
    std::vector<const NodeSight*> nodes;
    const std::vector<std::string> ids = m_scene.chosen();
    for (const std::string& id : ids) nodes.push_back(&m_scene.sight().nodes[*m_scene.sight().find(id)]);
    showWords(nodes);
    const bool sameType = !nodes.empty() && std::ranges::all_of(nodes, [&](const NodeSight* node) {
        return node->type == nodes[0]->type;
    });
    showForm(sameType ? ids : std::vector<std::string>());
    m_shown = ids;
    m_remedies->showRemedies({});  // they are of the network as it was
    if (ids.size() == 1 && !nodes[0]->trouble.isEmpty())
        m_remedyTimer->start();
    else
        m_remedyTimer->stop();
}

// Of each problem of the layer in turn, until there are enough.
void LayerInspector::findRemedies() {
    std::vector<document::Remedy> all;
    const auto& problems = m_scene.sight().problems;
    const auto own = m_shown.size() == 1 ? problems.find(m_shown.front()) : problems.end();
    if (own == problems.end()) return;
    for (const base::Problem& problem : own->second) {
        if (all.size() >= mostRemedies) break;
        for (document::Remedy& remedy : document::remediesFor(m_scene.document(), problem, m_scene.dataset()))
            all.push_back(std::move(remedy));
    }
    m_remedies->showRemedies(std::move(all));
}

void LayerInspector::showWords(const std::vector<const NodeSight*>& nodes) {
    const bool one = nodes.size() == 1;
    m_name->setVisible(one);
    m_note->setVisible(one);
    m_frozen->setVisible(!nodes.empty());
    m_bypass->setVisible(!nodes.empty());
    m_help->setVisible(one || nodes.empty());
    if (nodes.empty()) {
        m_title->setText(tr("Network"));
        m_facts->setText(tr("%1 layers, %2 parameters")
                             .arg(m_scene.nodes().size())
                             .arg(QLocale().toString(qlonglong{m_scene.sight().parameters})));
        m_trouble->hide();
        m_help->setText(tr("Choose a layer to see and change what it is set to."));
        return;
    }
    m_title->setText(one ? nodes[0]->kind : tr("%1 layers chosen").arg(nodes.size()));
    m_frozen->setChecked(std::ranges::all_of(nodes, &NodeSight::frozen));
    m_bypass->setChecked(std::ranges::all_of(nodes, &NodeSight::bypassed));
    const layers::LayerType* type = one ? layers::shelf().find(nodes[0]->type) : nullptr;
    m_help->setText(type ? document::shelfText(type->help) : QString());
    if (one && !m_name->hasFocus()) m_name->setText(QString::fromStdString(nodes[0]->id));
    if (one && !m_note->hasFocus()) m_note->setText(nodes[0]->note);
    QStringList facts, trouble;
    for (const NodeSight* node : nodes) {
        if (one && !node->shape.isEmpty()) facts << tr("Puts out %1").arg(node->shape);
        if (one && !node->parameters.isEmpty()) facts << node->parameters;
        if (!node->trouble.isEmpty()) trouble << node->trouble;
    }
    m_facts->setVisible(!facts.isEmpty());
    m_facts->setText(facts.join(QStringLiteral(" · ")));
    m_trouble->setVisible(!trouble.isEmpty());
    m_trouble->setText(trouble.join('\n'));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, widgets::themed(widgets::ColourRole::Error));
    m_trouble->setPalette(colours);
}

// Parameters in which the layers, all of one type, differ.
std::set<std::string> LayerInspector::mixedOf(const std::vector<std::string>& ids) const {
    std::set<std::string> mixed;
    const network::NetworkSpec& network = m_scene.document().spec().network;
    const layers::LayerType* type = layers::shelf().find(network.find(ids.front())->type);
    for (const base::ParamType& parameter : type ? type->parameters : std::vector<base::ParamType>()) {
        const auto valueOf = [&](const std::string& id) {
            const auto given = network.find(id)->parameters.find(parameter.id);
            return given == network.find(id)->parameters.end() ? parameter.fallback : *given;
        };
        for (const std::string& id : ids)
            if (valueOf(id) != valueOf(ids.front())) mixed.insert(parameter.id);
    }
    return mixed;
}

// The form stays as long as the same layers are chosen: the keyboard may be in one of its fields.
void LayerInspector::showForm(const std::vector<std::string>& ids) {
    const auto* node = ids.empty() ? nullptr : m_scene.document().spec().network.find(ids.front());
    const std::string typeId = node ? node->type : std::string();
    if (m_form && ids == m_shown && typeId == m_type) {
        m_form->setValues(node->parameters);
        return m_form->setMixed(mixedOf(ids));
    }
    // A field that still has something to tell tells it when it is hidden.
    if (m_form) {
        m_form->hide();
        m_form->deleteLater();
        m_form = nullptr;
    }
    m_type = typeId;
    const layers::LayerType* type = node ? layers::shelf().find(typeId) : nullptr;
    if (!type || type->parameters.empty()) return;
    m_form = new forms::ParamForm(type->parameters, node->parameters);
    m_form->setMixed(mixedOf(ids));
    m_column->insertWidget(m_column->indexOf(m_frozen), m_form);
    connect(m_form, &forms::ParamForm::changed, this,
            [this, ids](const QString& id, const base::Json& value, bool final) { change(ids, id, value, final); });
}

// What a slider says while it is dragged is one undo step.
void LayerInspector::change(const std::vector<std::string>& ids, const QString& id, const base::Json& value,
                            bool final) {
    document::Document& document = m_scene.document();
    if (!final && !std::exchange(m_isDragging, true)) document.beginGesture();
    document::setParameterOfMany(document, ids, id.toStdString(), value);
    if (final && std::exchange(m_isDragging, false)) document.endGesture();
}

void LayerInspector::rename() {
    if (m_shown.size() != 1) return;
    const std::string before = m_shown.front(), now = m_name->text().trimmed().toStdString();
    if (now == before) return;
    const QString reason = document::renameLayer(m_scene.document(), before, now);
    if (reason.isEmpty()) return m_scene.choose({now});
    emit m_scene.document().noted(reason, true);
    m_name->setText(QString::fromStdString(before));
}

}  // namespace perceptory::window
