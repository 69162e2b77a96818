#include "ui/views/playground/NetworkPanel.h"

#include <QLabel>
#include <QPushButton>
#include <QToolButton>
#include <QVBoxLayout>
#include <algorithm>

#include "engine/activations/Activation.h"
#include "engine/base/Error.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/views/Places.h"
#include "ui/views/playground/FormulaEditor.h"

namespace perceptory::views {

namespace {

QToolButton* stepper(const QString& text, const QString& name) {
    auto* button = new QToolButton;
    button->setText(text);
    button->setFixedSize(28, 26);
    button->setFocusPolicy(Qt::StrongFocus);
    button->setAccessibleName(name);
    button->setToolTip(name);
    return button;
}

}  // namespace

NetworkPanel::NetworkPanel(document::Document& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_picture(new NetworkPicture(choicesOf(activations::kinds()), this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(buildTitle());
    column->addWidget(buildLeftOut());
    column->addWidget(m_picture, 1000);
    column->addStretch(1);
    setAddresses(m_picture, {"network", "data.features"});
    m_formula = new QPushButton(tr("+ Form&ula…"), m_picture);
    m_formula->setAutoDefault(false);
    m_formula->setAccessibleName(tr("Add a feature of your own"));
    m_formula->setToolTip(tr("A feature of your own, such as x1^2 + x2^2"));
    m_editor = new FormulaEditor(this);
    connect(m_formula, &QPushButton::clicked, this, &NetworkPanel::openFormula);
    connect(m_editor, &FormulaEditor::entered, this, &NetworkPanel::addFormula);
    connect(m_fewer, &QToolButton::clicked, this, [this] { document::removeHiddenLayer(m_document); });
    connect(m_more, &QToolButton::clicked, this, [this] { document::addHiddenLayer(m_document); });
    connectPicture();
}

QWidget* NetworkPanel::buildTitle() {
    auto* title = new QWidget;
    auto* row = new QHBoxLayout(title);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_title = new QLabel(tr("Features"));
    m_layers = new QLabel;
    QFont bold = m_title->font();
    bold.setBold(true);
    m_title->setFont(bold);
    m_layers->setFont(bold);
    m_fewer = stepper(QStringLiteral("−"), tr("Remove the last hidden layer"));
    m_more = stepper(QStringLiteral("+"), tr("Add a hidden layer"));
    row->addWidget(m_title);
    row->addStretch(1);
    row->addWidget(m_fewer);
    row->addWidget(m_layers);
    row->addWidget(m_more);
    row->addStretch(1);
    return title;
}

QWidget* NetworkPanel::buildLeftOut() {
    m_leftOut = new QWidget;
    auto* row = new QHBoxLayout(m_leftOut);
    row->setContentsMargins(0, 0, 0, 0);
    m_leftOutWords = new QLabel;
    m_leftOutWords->setWordWrap(true);
    m_leftOutWords->setTextFormat(Qt::PlainText);
    m_leftOutWords->setMinimumWidth(1);  // it wraps where there is little room
    auto* studio = new QPushButton(tr("Open in the Studio"));
    studio->setAutoDefault(false);
    studio->setAccessibleName(studio->text());
    studio->setToolTip(tr("The workspace that shows every layer"));
    row->addWidget(m_leftOutWords, 1);
    row->addWidget(studio);
    m_leftOut->hide();
    connect(studio, &QPushButton::clicked, this, [this] { m_document.setView("workspace", "studio"); });
    return m_leftOut;
}

void NetworkPanel::showLeftOut(const QStringList& layers) {
    constexpr auto most = qsizetype{3};
    const QString named = layers.mid(0, most).join(QStringLiteral(", "));
    m_leftOutWords->setText(layers.size() > most
                                ? tr("Not drawn here: %1 and %2 more.").arg(named).arg(layers.size() - most)
                                : tr("Not drawn here: %1.").arg(named));
    m_leftOut->setVisible(!layers.isEmpty());
}

void NetworkPanel::connectPicture() {
    connect(m_picture, &NetworkPicture::inputToggled, this, &NetworkPanel::toggleInput);
    connect(m_picture, &NetworkPicture::unitsWanted, this, [this](const QString& node, int units) {
        attempt([&] { document::setUnits(m_document, node.toStdString(), units); });
    });
    connect(m_picture, &NetworkPicture::activationWanted, this, [this](const QString& node, const QString& id) {
        attempt([&] { document::setActivation(m_document, node.toStdString(), id.toStdString()); });
    });
    connect(m_picture, &NetworkPicture::laidOut, this, [this] {
        QRect foot = m_picture->footRect();
        foot.setWidth(std::max(foot.width(), m_formula->sizeHint().width()));
        m_formula->setGeometry(foot);
    });
}

void NetworkPanel::attempt(const std::function<void()>& command) {
    try {
        command();
    } catch (const base::Error& error) {
        emit refused(QString::fromStdString(error.what()));
    }
}

void NetworkPanel::toggleInput(const InputTile& tile, bool on) {
    const auto& inputs = m_picture->sight().model().inputs;
    const auto active = std::ranges::count_if(inputs, [](const InputTile& input) { return input.unit >= 0; });
    if (!on && active <= 1) {
        emit refused(tr("The network needs one input at least. Switch another one on first."));
        return;
    }
    const std::vector<std::string> plane;  // its features are known without a list
    attempt([&] {
        if (tile.formula.empty())
            document::setFeature(m_document, tile.id, on, isPlaneSource(m_document.spec().data) ? plane : m_columns);
        else
            document::removeFeature(m_document, tile.unit);
    });
}

void NetworkPanel::openFormula() {
    m_editor->open(m_columns, m_picture->mapTo(this, m_picture->footRect().topLeft()) - QPoint(0, 4));
}

void NetworkPanel::addFormula(const QString& formula) {
    attempt([&] { document::addFormula(m_document, formula.toStdString()); });
    m_picture->setFocus();
}

void NetworkPanel::showDocument(const data::Dataset* dataset) {
    const training::RunSpec& spec = m_document.spec();
    NetworkModel model = networkModel(spec, dataset);
    const bool plane = isPlaneSource(spec.data);
    m_title->setText(plane ? tr("Features") : tr("Inputs"));
    m_columns = plane || !dataset ? std::vector<std::string>{"x1", "x2"} : dataset->rawNames;
    m_formula->setEnabled(plane || (dataset && !model.isImage({0, 0})));  // formulas take columns
    const int layers = model.hiddenLayers();
    m_layers->setText(layers == 1 ? tr("1 hidden layer") : tr("%n hidden layers", nullptr, layers));
    m_fewer->setEnabled(layers > 0);
    showLeftOut(model.leftOut);
    m_picture->setVisible(model.columns.size() > 1 || model.leftOut.isEmpty());  // else there is nothing to be seen
    m_picture->setModel(std::move(model));
}

}  // namespace perceptory::views
