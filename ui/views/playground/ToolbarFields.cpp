// The fields and buttons of the Toolbar, from left to right.

#include <QBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPainter>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QToolButton>
#include <algorithm>

#include "engine/activations/Activation.h"
#include "engine/losses/Loss.h"
#include "engine/optimizers/Optimizer.h"
#include "ui/views/Places.h"
#include "ui/views/playground/Toolbar.h"
#include "ui/widgets/SteppedBox.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

namespace {

// TensorFlow Playground's steps.
const std::vector<double> kRates{0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};
const std::vector<double> kPenalties{0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};
constexpr double kUsualPace = 60;  // one epoch for each picture
constexpr int kButtonSide = 32;

// The line of an editable box takes the keyboard in its place.
void nameForReaders(QWidget* field, const QString& name) {
    field->setAccessibleName(name);
    if (auto* line = field->findChild<QLineEdit*>()) line->setAccessibleName(name);
}

// A name above its field.
QWidget* captioned(const QString& name, QWidget* field, int width) {
    auto* box = new QWidget;
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(1);
    auto* label = new QLabel(name);
    label->setForegroundRole(QPalette::PlaceholderText);
    label->setBuddy(field);
    QString plain = name;
    nameForReaders(field, plain.remove(QLatin1Char('&')));
    field->setMinimumHeight(26);
    if (width > 0) field->setFixedWidth(width);
    column->addWidget(label);
    column->addWidget(field);
    return box;
}

// On its strong colour the style's focus frame is hardly seen.
class PlayButton : public QPushButton {
protected:
    void paintEvent(QPaintEvent* event) override {
        QPushButton::paintEvent(event);
        if (!hasFocus()) return;
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        painter.setPen(QPen(widgets::themed(widgets::ColourRole::AccentText), 2));
        painter.drawRoundedRect(QRectF(rect()).adjusted(4, 4, -4, -4), 2, 2);
    }
};

QToolButton* button(const QString& name, const QString& help) {
    auto* result = new QToolButton;
    result->setAccessibleName(name);
    result->setToolTip(help);
    result->setFixedSize(kButtonSide, kButtonSide);
    result->setIconSize(QSize(18, 18));
    result->setFocusPolicy(Qt::StrongFocus);
    return result;
}

}  // namespace

QWidget* Toolbar::buildTransport() {
    auto* group = new QWidget;
    auto* row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    m_play = new PlayButton;
    m_play->setFixedSize(96, 40);
    m_play->setIconSize(QSize(18, 18));
    m_play->setAutoDefault(false);
    m_stepBatch = button(tr("Step one batch"), tr("Learn from one batch"));
    m_stepEpoch = button(tr("Step one epoch"), tr("Learn from all training data once"));
    m_reset = button(tr("Reset"), tr("Back to the same first weights"));
    m_dice = button(tr("New seed"), tr("Draw other first weights"));
    m_seed = new QLineEdit;
    m_seed->setValidator(new QRegularExpressionValidator(QRegularExpression(QStringLiteral("\\d{1,18}")), m_seed));
    m_seed->setToolTip(tr("The number all chance of this training comes from: the same seed gives the same run"));
    m_epochText = new QLabel;
    QFont font = m_epochText->font();
    font.setPointSizeF(font.pointSizeF() * 1.35);
    font.setBold(true);
    m_epochText->setFont(font);
    m_epochText->setMinimumWidth(QFontMetrics(font).horizontalAdvance(epochText(0)) + 6);
    m_epochText->setText(epochText(0));
    m_speed = new QComboBox;
    m_speed->addItem(tr("1 epoch/s"), 1.0);
    for (const int pace : {5, 20, 60}) m_speed->addItem(tr("%1 epochs/s").arg(pace), double(pace));
    m_speed->addItem(tr("Max"), 0.0);
    m_speed->setCurrentIndex(m_speed->findData(kUsualPace));
    m_speed->setToolTip(tr("How fast to train; 60 epochs/s is one for each picture"));
    row->addWidget(m_play, 0, Qt::AlignBottom);
    row->addSpacing(4);
    for (QToolButton* step : {m_stepBatch, m_stepEpoch, m_reset}) row->addWidget(step, 0, Qt::AlignBottom);
    row->addSpacing(8);
    row->addWidget(captioned(tr("Epoch"), m_epochText, 0));
    row->addSpacing(6);
    row->addWidget(captioned(tr("S&peed"), m_speed, std::max(112, m_speed->sizeHint().width())));
    row->addSpacing(6);
    row->addWidget(captioned(tr("Seed"), m_seed, 60));
    row->addWidget(m_dice, 0, Qt::AlignBottom);
    setAddresses(m_seed, {"training.seed"});
    return group;
}

QWidget* Toolbar::buildSettings() {
    auto* group = new QWidget;
    auto* row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(6);
    m_rate = new widgets::SteppedBox;
    m_rate->setSteps(kRates);
    m_rate->setToolTip(tr("How far each update goes"));
    m_penalty = new widgets::SteppedBox;
    m_penalty->setSteps(kPenalties);
    m_penalty->setToolTip(tr("How much large weights cost"));
    m_activation = new QComboBox;
    m_regularizer = new QComboBox;
    m_optimizer = new QComboBox;
    m_loss = new QComboBox;
    m_task = new QComboBox;
    fillChoices(*m_activation, choicesOf(activations::kinds()));
    m_regularizer->addItem(tr("None"), QString());
    fillChoices(*m_regularizer, penaltyChoices());
    fillChoices(*m_optimizer, choicesOf(optimizers::kinds()));
    fillChoices(*m_loss, choicesOf(losses::kinds()));
    m_task->addItem(tr("Classes"), static_cast<int>(data::Task::Classification));
    m_task->addItem(tr("Numbers"), static_cast<int>(data::Task::Regression));
    m_task->setItemData(0, tr("Classification: which of several kinds a point is"), Qt::ToolTipRole);
    m_task->setItemData(1, tr("Regression: which number belongs to a point"), Qt::ToolTipRole);
    m_activation->setToolTip(tr("Activation of all hidden layers"));
    for (QComboBox* box : {m_activation, m_regularizer, m_optimizer, m_loss, m_task})
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row->addWidget(captioned(tr("&Learning rate"), m_rate, 88));
    row->addWidget(captioned(tr("&Activation"), m_activation, 92));
    row->addWidget(captioned(tr("Re&gularization"), m_regularizer, 92));
    row->addWidget(captioned(tr("Its &rate"), m_penalty, 76));
    row->addWidget(captioned(tr("Optimi&zer"), m_optimizer, 96));
    row->addWidget(captioned(tr("Lo&ss"), m_loss, 176));
    row->addWidget(captioned(tr("Tas&k"), m_task, 88));
    nameForReaders(m_penalty, tr("Regularization rate"));
    setAddresses(m_rate, {"training.optimizer.parameters.learning_rate"});
    setAddresses(m_optimizer, {"training.optimizer"});
    setAddresses(m_loss, {"training.loss"});
    setAddresses(m_task, {"data.task"});
    return group;
}

}  // namespace perceptory::views
