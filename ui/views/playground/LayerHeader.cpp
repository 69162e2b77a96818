#include "ui/views/playground/LayerHeader.h"

#include <QLabel>
#include <QMenu>
#include <QToolButton>

namespace perceptory::views {

namespace {

constexpr int kRow = 26, kButton = 26, kNarrow = 82, kWidest = 116;

}  // namespace

LayerHeader::LayerHeader(const std::vector<Choice>& activations, QWidget* parent)
    : QWidget(parent),
      m_fewer(new QToolButton(this)),
      m_more(new QToolButton(this)),
      m_folded(new QToolButton(this)),
      m_count(new QLabel(this)),
      m_activation(new QComboBox(this)),
      m_activationName(new QLabel(this)),
      m_choices(activations) {
    m_fewer->setText(QStringLiteral("−"));
    m_more->setText(QStringLiteral("+"));
    for (QToolButton* button : {m_fewer, m_more, m_folded}) button->setFocusPolicy(Qt::StrongFocus);
    m_count->setAlignment(Qt::AlignCenter);
    m_activationName->setBuddy(m_activation);  // for screen readers, which otherwise take the choice for the name
    m_activationName->hide();
    fillChoices(*m_activation, activations);
    m_activation->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_activation->setMinimumContentsLength(4);
    connect(m_fewer, &QToolButton::clicked, this, [this] { emit unitsWanted(m_units - 1); });
    connect(m_more, &QToolButton::clicked, this, [this] { emit unitsWanted(m_units + 1); });
    connect(m_folded, &QToolButton::clicked, this, &LayerHeader::openMenu);
    connect(m_activation, &QComboBox::activated, this,
            [this](int index) { emit activationWanted(m_activation->itemData(index).toString()); });
}

void LayerHeader::showColumn(const NetworkColumn& column, int number) {
    m_units = column.units;
    m_isOutput = column.kind == NetworkColumn::Kind::Output;
    m_fewer->setEnabled(m_units > 1);
    m_count->setText(m_isOutput ? tr("Output") : QString::number(m_units));
    m_folded->setText(m_isOutput ? tr("Out") : QString::number(m_units));
    showChoice(*m_activation, column.activation);
    nameForReaders(m_isOutput ? tr("the output") : tr("layer %1").arg(number));
    arrange();
}

QWidget* LayerHeader::setTabOrderAfter(QWidget* before) {
    for (QWidget* field : std::initializer_list<QWidget*>{m_fewer, m_more, m_folded, m_activation}) {
        setTabOrder(before, field);
        before = field;
    }
    return before;
}

void LayerHeader::nameForReaders(const QString& layer) {
    const auto name = [](QWidget* widget, const QString& text) {
        widget->setAccessibleName(text);
        widget->setToolTip(text);
    };
    name(m_fewer, tr("Remove a neuron from %1").arg(layer));
    name(m_more, tr("Add a neuron to %1").arg(layer));
    name(m_folded, m_isOutput ? tr("Activation of %1").arg(layer) : tr("Neurons and activation of %1").arg(layer));
    name(m_activation, tr("Activation of %1").arg(layer));
    m_activationName->setText(m_activation->accessibleName());
    m_count->setToolTip(m_isOutput ? tr("As many outputs as the data needs") : tr("Neurons in %1").arg(layer));
}

void LayerHeader::resizeEvent(QResizeEvent*) { arrange(); }

void LayerHeader::arrange() {
    const bool narrow = width() < kNarrow;
    m_folded->setVisible(narrow);
    m_activation->setVisible(!narrow);
    m_count->setVisible(!narrow);
    m_fewer->setVisible(!narrow && !m_isOutput);
    m_more->setVisible(!narrow && !m_isOutput);
    const int wide = std::min(width() - 6, kWidest), left = (width() - wide) / 2;
    m_folded->setGeometry((width() - std::min(width() - 2, 44)) / 2, kRow / 2, std::min(width() - 2, 44), kRow);
    m_fewer->setGeometry(left, 0, kButton, kRow);
    m_more->setGeometry(left + wide - kButton, 0, kButton, kRow);
    m_count->setGeometry(m_isOutput ? QRect(left, 0, wide, kRow) : QRect(left + kButton, 0, wide - 2 * kButton, kRow));
    m_activation->setGeometry(left, kRow + 4, wide, kRow);
}

void LayerHeader::openMenu() {
    QMenu menu(this);
    if (!m_isOutput) {
        menu.addAction(tr("Add a neuron"), this, [this] { emit unitsWanted(m_units + 1); });
        QAction* fewer = menu.addAction(tr("Remove a neuron"), this, [this] { emit unitsWanted(m_units - 1); });
        fewer->setEnabled(m_units > 1);
        menu.addSeparator();
    }
    for (const Choice& choice : m_choices) {
        QAction* action = menu.addAction(choice.label, this, [this, id = choice.id] { emit activationWanted(id); });
        action->setCheckable(true);
        action->setChecked(choice.id == m_activation->currentData().toString());
    }
    menu.exec(m_folded->mapToGlobal(QPoint(0, m_folded->height())));
}

}  // namespace perceptory::views
