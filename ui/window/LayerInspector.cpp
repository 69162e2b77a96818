#include "ui/window/LayerInspector.h"

#include <QCheckBox>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>
#include <QVBoxLayout>
#include <algorithm>
#include <set>
#include <utility>

#include "engine/layers/Layer.h"
#include "engine/network/Blocks.h"
#include "engine/network/NodeParams.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/BlockCommands.h"
#include "ui/document/commands/GraphCommands.h"
#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/IdentityStart.h"
#include "ui/document/commands/LayerValues.h"
#include "ui/document/commands/Remedies.h"
#include "ui/forms/ParamForm.h"
#include "ui/widgets/Theme.h"
#include "ui/window/LayerFacts.h"
#include "ui/window/RemedyButtons.h"

namespace perceptory::window {

using canvas::NodeSight;

namespace {

constexpr int remedyPatience = 150;  // milliseconds after an edit: a slider is dragged, a number typed
constexpr std::size_t mostRemedies = 3;
constexpr qsizetype mostTroubles = 4;  // of several layers

QLabel* words(QPalette::ColorRole role) {
    auto* label = new QLabel;
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->setForegroundRole(role);
    return label;
}

using Params = std::vector<base::ParamType>;

// Parameters in which the objects differ.
std::set<std::string> mixedIn(const Params& params, const std::vector<base::Json>& values) {
    std::set<std::string> mixed;
    for (const base::ParamType& param : params)
        for (const base::Json& each : values)
            if (each.value(param.id, param.fallback) != values.front().value(param.id, param.fallback))
                mixed.insert(param.id);
    return mixed;
}

// Of a block, which the engine knows only by its copies.
QStringList blockLines(const NodeSight& sight) {
    QStringList lines;
    if (!sight.shape.isEmpty()) lines << LayerInspector::tr("Puts out %1").arg(sight.shape);
    if (!sight.parameters.isEmpty()) lines << sight.parameters;
    return lines;
}

// Its own or, for a block, perhaps those of its layers.
bool hasWeights(const NodeSight& sight) {
    const layers::LayerType* type = layers::shelf().find(sight.type);
    return sight.repeat > 0 || (type && type->weights);
}

// Of what all layers have, what means something to this one.
Params nodeParamsOf(const layers::LayerType& type) {
    Params params = network::nodeParams();
    if (type.maximumInputs == 0) params.clear();
    if (!type.weights) std::erase_if(params, [](const auto& param) { return param.id != "activity_regularizer"; });
    return params;
}

}  // namespace

LayerInspector::LayerInspector(canvas::NetworkScene& scene, QWidget* parent)
    : FormArea(parent),
      m_scene(scene),
      m_title(words(QPalette::WindowText)),
      m_help(words(QPalette::PlaceholderText)),
      m_facts(words(QPalette::WindowText)),
      m_trouble(words(QPalette::WindowText)),
      m_remedies(new RemedyButtons),
      m_remedyTimer(new QTimer(this)),
      m_name(new QLineEdit),
      m_identity(new QPushButton(tr("Start as identity"))),
      m_repeat(new QSpinBox),
      m_frozen(new QCheckBox(tr("Keep its weights as they are"))),
      m_bypass(new QCheckBox(tr("Bypass: hand the input on"))),
      m_leaves(new QCheckBox(tr("Its output leaves the block"))),
      m_note(new QLineEdit),
      m_legend(words(QPalette::PlaceholderText)),
      m_drag(scene.document()) {
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_name->setAccessibleName(tr("Name of the layer"));
    for (QWidget* widget : std::initializer_list<QWidget*>{m_title, m_name}) column()->addWidget(widget);
    for (QWidget* widget : std::initializer_list<QWidget*>{m_trouble, m_remedies, m_facts}) foot()->addWidget(widget);
    m_identity->setToolTip(
        tr("It hands its input on unchanged at first, so that what the layers behind it have learned "
           "still holds."));
    m_repeat->setRange(1, network::mostRepeats);
    m_repeat->setPrefix(QStringLiteral("× "));
    m_repeat->setKeyboardTracking(false);
    m_repeat->setAccessibleName(tr("Repeats"));
    m_repeat->setToolTip(tr("How many times the layers of the block follow one another"));
    for (QWidget* widget :
         std::initializer_list<QWidget*>{m_identity, m_repeat, m_frozen, m_bypass, m_leaves, m_note, m_legend})
        column()->addWidget(widget);
    m_note->setPlaceholderText(tr("A note, shown below it"));
    m_note->setAccessibleName(tr("Note"));
    column()->addWidget(m_help);
    column()->addStretch();
    connect(m_name, &QLineEdit::editingFinished, this, &LayerInspector::rename);
    connect(m_note, &QLineEdit::editingFinished, this, [this] {
        if (m_shown.size() == 1) document::setNote(m_scene.document(), m_shown.front(), m_note->text());
    });
    connect(m_frozen, &QCheckBox::clicked, this,
            [this](bool frozen) { document::setTrainable(m_scene.document(), m_shown, !frozen); });
    connect(m_bypass, &QCheckBox::clicked, this,
            [this](bool bypass) { document::setBypass(m_scene.document(), m_shown, bypass); });
    connect(m_identity, &QPushButton::clicked, this, [this] {
        document::startAsIdentity(m_scene.document(), m_scene.dataset(), std::exchange(m_offered, {}));
        showIdentity();
    });
    connect(m_repeat, &QSpinBox::valueChanged, this, [this](int repeat) {
        if (m_shown.size() == 1) document::setRepeat(m_scene.document(), m_shown.front(), repeat);
    });
    connect(m_leaves, &QCheckBox::clicked, this, [this](bool leaves) {
        if (m_shown.size() == 1) document::setLeavesBlock(m_scene.document(), m_shown.front(), leaves);
    });
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
    const std::vector<std::string> ids = m_scene.chosen();
    std::vector<const NodeSight*> nodes;
    for (const std::string& id : ids) nodes.push_back(&m_scene.sight().nodes[*m_scene.sight().find(id)]);
    showWords(nodes);
    showBlock(nodes);
    const bool sameType = !nodes.empty() && std::ranges::all_of(nodes, [&](const NodeSight* node) {
        return node->type == nodes[0]->type;
    });
    showFacts();
    showForms(sameType ? ids : std::vector<std::string>());
    if (ids != m_shown && m_shown == std::vector<std::string>{m_offered}) m_offered.clear();
    m_shown = ids;
    showIdentity();
    m_remedies->showRemedies({});  // they are of the network as it was
    if (ids.size() == 1 && !nodes[0]->trouble.isEmpty())
        m_remedyTimer->start();
    else
        m_remedyTimer->stop();
}

void LayerInspector::offerIdentity(const std::string& id) {
    m_offered = id;
    showIdentity();
}

void LayerInspector::showIdentity() {
    m_identity->setVisible(!m_offered.empty() && m_shown == std::vector<std::string>{m_offered} &&
                           document::identityParameters(m_scene.document(), m_scene.dataset(), m_offered));
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
    m_frozen->setVisible(std::ranges::any_of(nodes, [](const NodeSight* node) { return hasWeights(*node); }));
    m_bypass->setVisible(std::ranges::any_of(nodes, [](const NodeSight* node) { return node->mostInputs > 0; }));
    m_help->setVisible(one || nodes.empty());
    if (nodes.empty()) {
        m_title->setText(tr("Network"));
        m_facts->setText(tr("%1 layers, %2 parameters")
                             .arg(m_scene.sight().layers)
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
    QStringList trouble;
    for (const NodeSight* node : nodes)
        if (!node->trouble.isEmpty()) trouble << node->trouble;
    trouble.removeDuplicates();
    if (trouble.size() > mostTroubles) trouble = trouble.mid(0, mostTroubles) << QStringLiteral("…");
    m_trouble->setVisible(!trouble.isEmpty());
    m_trouble->setText(trouble.join('\n'));
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText, widgets::themed(widgets::ColourRole::Error));
    m_trouble->setPalette(colours);
}

void LayerInspector::showBlock(const std::vector<const NodeSight*>& nodes) {
    const NodeSight* one = nodes.size() == 1 ? nodes[0] : nullptr;
    const std::string& open = m_scene.document().openBlock();
    m_repeat->setVisible(one && one->repeat > 0);
    if (one && one->repeat > 0) {
        const QSignalBlocker quiet(m_repeat);
        m_repeat->setValue(one->repeat);
        m_help->setText(
            tr("Layers that follow one another several times, each time with weights of their own. Enter or "
               "a double-click opens it."));
    }
    const bool isEntry = one && one->id == network::blockEntry;
    m_leaves->setVisible(one && !open.empty() && !isEntry);
    m_leaves->setChecked(one && document::leavesBlock(m_scene.document(), one->id));
    if (open.empty() || !isEntry) return;
    for (QWidget* widget : std::initializer_list<QWidget*>{m_frozen, m_bypass, m_name}) widget->hide();
    m_help->setText(
        tr("What the block reads, in the first of its copies. Each further copy reads what the one before it "
           "puts out."));
}

// Of a single layer.
void LayerInspector::showFacts() {
    const std::vector<std::string> ids = m_scene.chosen();
    const LayerFacts facts =
        ids.size() == 1 ? layerFacts(m_scene.document(), m_scene.dataset(), ids.front()) : LayerFacts();
    m_sketch = facts.sketch;
    if (ids.empty()) return;
    QStringList lines = facts.lines;
    if (lines.isEmpty() && ids.size() == 1)
        lines = blockLines(m_scene.sight().nodes[*m_scene.sight().find(ids.front())]);
    m_facts->setVisible(!lines.isEmpty());
    m_facts->setText(lines.join('\n'));
}

QString LayerInspector::facts() const { return m_facts->text(); }

// The forms stay as long as the same layers are chosen: the keyboard may be in one of their fields.
void LayerInspector::showForms(const std::vector<std::string>& ids) {
    const auto* node = ids.empty() ? nullptr : m_scene.document().graphSpec().find(ids.front());
    const std::string typeId = node ? node->type : std::string();
    if (m_form && ids == m_shown && typeId == m_type) return fillForms(ids);
    // A field that still has something to tell tells it when it is hidden.
    for (forms::ParamForm** form : {&m_form, &m_nodeForm}) {
        if (!*form) continue;
        (*form)->hide();
        (*form)->deleteLater();
        *form = nullptr;
    }
    m_type = typeId;
    m_legend->hide();
    if (const layers::LayerType* type = node ? layers::shelf().find(typeId) : nullptr) makeForms(ids, *type);
}

void LayerInspector::makeForms(const std::vector<std::string>& ids, const layers::LayerType& type) {
    const Params nodeParams = nodeParamsOf(type);
    document::Document& document = m_scene.document();
    m_form = makeForm(type.parameters, column()->indexOf(m_frozen));
    m_nodeForm = makeForm(nodeParams, column()->indexOf(m_note));
    connect(m_form, &forms::ParamForm::changed, this,
            [=, this, &document](const QString& id, const base::Json& value, bool final) {
                m_drag.edit(final, [&] { document::setParameterOfMany(document, ids, id.toStdString(), value); });
            });
    connect(m_nodeForm, &forms::ParamForm::changed, this,
            [=, this, &document](const QString& id, const base::Json& value, bool final) {
                m_drag.edit(final, [&] { document::setNodeValueOfMany(document, ids, id.toStdString(), value); });
            });
    fillForms(ids);
    Params all = type.parameters;
    all.insert(all.end(), nodeParams.begin(), nodeParams.end());
    m_legend->setText(forms::changesLegend(all));
    m_legend->setVisible(!all.empty());
}

forms::ParamForm* LayerInspector::makeForm(const Params& params, int place) {
    auto* form = new forms::ParamForm(params, base::Json::object(), {.tellsChanges = true});
    form->setVisible(!params.empty());
    column()->insertWidget(place, form);
    return form;
}

void LayerInspector::fillForms(const std::vector<std::string>& ids) {
    const layers::LayerType& type = layers::shelf().get(m_type, "network");
    std::vector<base::Json> own, common;
    for (const base::Json& node : *document::nodesOf(m_scene.document().graph())) {
        if (std::ranges::find(ids, document::idOf(node)) == ids.end()) continue;
        common.push_back(node);
        const base::Json parameters = node.value("parameters", base::Json());
        own.push_back(parameters.is_object() ? parameters : base::Json::object());
    }
    if (own.empty()) return;
    m_form->setSketch(m_sketch);
    m_form->setValues(own.front());
    m_form->setMixed(mixedIn(type.parameters, own));
    m_nodeForm->setValues(common.front());
    m_nodeForm->setMixed(mixedIn(nodeParamsOf(type), common));
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
