#include "ui/views/playground/Toolbar.h"

#include <QBoxLayout>
#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QRegularExpressionValidator>
#include <QSignalBlocker>
#include <QToolButton>

#include "engine/activations/Activation.h"
#include "engine/losses/Loss.h"
#include "engine/optimizers/Optimizer.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/NetworkCommands.h"
#include "ui/document/commands/TrainingCommands.h"
#include "ui/views/playground/Glyphs.h"
#include "ui/views/playground/NetworkModel.h"
#include "ui/widgets/SteppedBox.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

using widgets::ColourRole;
using widgets::themed;

namespace {

// TensorFlow Playground's steps.
const std::vector<double> kRates{0.00001, 0.0001, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};
const std::vector<double> kPenalties{0, 0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1, 3, 10};
constexpr double kUsualPace = 60;  // one epoch for each picture
constexpr int kButtonSide = 32;

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
    field->setAccessibleName(plain.remove(QLatin1Char('&')));
    field->setMinimumHeight(26);
    if (width > 0) field->setFixedWidth(width);
    column->addWidget(label);
    column->addWidget(field);
    return box;
}

QToolButton* button(const QString& name, const QString& help) {
    auto* result = new QToolButton;
    result->setAccessibleName(name);
    result->setToolTip(help);
    result->setFixedSize(kButtonSide, kButtonSide);
    result->setIconSize(QSize(18, 18));
    result->setFocusPolicy(Qt::StrongFocus);
    return result;
}

std::string common(const NetworkModel& model) {
    std::string found;
    for (const NetworkColumn& column : model.columns) {
        if (column.kind != NetworkColumn::Kind::Hidden) continue;
        if (!found.empty() && found != column.activation) return {};
        found = column.activation;
    }
    return found;
}

}  // namespace

QString epochText(quint64 epoch) {
    QString digits = QStringLiteral("%1").arg(epoch, 6, 10, QLatin1Char('0'));
    for (qsizetype place = digits.size() - 3; place > 0; place -= 3) digits.insert(place, QLocale().groupSeparator());
    return digits;
}

Toolbar::Toolbar(document::Document& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(10, 6, 10, 6);
    m_grid->setVerticalSpacing(6);
    m_transport = buildTransport();
    m_settings = buildSettings();
    m_grid->addWidget(m_transport, 0, 0, Qt::AlignLeft | Qt::AlignBottom);
    m_grid->addWidget(m_settings, 0, 1, Qt::AlignRight | Qt::AlignBottom);
    m_grid->setColumnStretch(1, 1);
    connectSettings();
    connect(&m_document, &document::Document::changed, this, &Toolbar::showDocument);
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, &Toolbar::takeTheme);
    takeTheme();
    showDocument();
}

QWidget* Toolbar::buildTransport() {
    auto* group = new QWidget;
    auto* row = new QHBoxLayout(group);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    m_play = new QPushButton;
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
    row->addWidget(captioned(tr("S&peed"), m_speed, 112));
    row->addSpacing(6);
    row->addWidget(captioned(tr("Seed"), m_seed, 60));
    row->addWidget(m_dice, 0, Qt::AlignBottom);
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
    m_activation->setPlaceholderText(tr("mixed"));
    m_activation->setToolTip(tr("Activation of all hidden layers"));
    for (QComboBox* box : {m_activation, m_regularizer, m_optimizer, m_loss, m_task})
        box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    row->addWidget(captioned(tr("&Learning rate"), m_rate, 88));
    row->addWidget(captioned(tr("&Activation"), m_activation, 92));
    row->addWidget(captioned(tr("Re&gularization"), m_regularizer, 92));
    row->addWidget(captioned(tr("Its &rate"), m_penalty, 76));
    row->addWidget(captioned(tr("Optimi&zer"), m_optimizer, 96));
    row->addWidget(captioned(tr("Lo&ss"), m_loss, 148));
    row->addWidget(captioned(tr("Tas&k"), m_task, 88));
    m_penalty->setAccessibleName(tr("Regularization rate"));
    return group;
}

void Toolbar::connectSettings() {
    connect(m_play, &QPushButton::clicked, this, [this] { m_playing ? emit pauseRequested() : emit playRequested(); });
    connect(m_stepBatch, &QToolButton::clicked, this, &Toolbar::stepBatchRequested);
    connect(m_stepEpoch, &QToolButton::clicked, this, &Toolbar::stepEpochRequested);
    connect(m_reset, &QToolButton::clicked, this, &Toolbar::resetRequested);
    connect(m_dice, &QToolButton::clicked, this, &Toolbar::newSeedRequested);
    connect(m_seed, &QLineEdit::editingFinished, this, &Toolbar::seedEntered);
    connect(m_speed, &QComboBox::activated, this, [this] { emit paceRequested(m_speed->currentData().toDouble()); });
    connect(m_rate, &widgets::SteppedBox::valueChosen, this,
            [this](double rate) { document::setLearningRate(m_document, rate); });
    connect(m_rate, &widgets::SteppedBox::refused, this, &Toolbar::refused);
    connect(m_penalty, &widgets::SteppedBox::refused, this, &Toolbar::refused);
    connect(m_penalty, &widgets::SteppedBox::valueChosen, this, &Toolbar::regularizerChosen);
    connect(m_regularizer, &QComboBox::activated, this, &Toolbar::regularizerChosen);
    connect(m_activation, &QComboBox::activated, this,
            [this] { document::setAllActivations(m_document, m_activation->currentData().toString().toStdString()); });
    connect(m_optimizer, &QComboBox::activated, this,
            [this] { document::setOptimizer(m_document, m_optimizer->currentData().toString().toStdString()); });
    connect(m_loss, &QComboBox::activated, this,
            [this] { document::setLoss(m_document, m_loss->currentData().toString().toStdString()); });
    connect(m_task, &QComboBox::activated, this,
            [this] { document::setTask(m_document, static_cast<data::Task>(m_task->currentData().toInt())); });
}

void Toolbar::takeTheme() {
    QPalette palette = m_play->palette();
    palette.setColor(QPalette::Button, themed(ColourRole::Accent));
    palette.setColor(QPalette::ButtonText, themed(ColourRole::AccentText));
    m_play->setPalette(palette);
    QFont font = this->font();
    font.setBold(true);
    m_play->setFont(font);
    m_stepBatch->setIcon(glyphIcon(Glyph::StepBatch));
    m_stepEpoch->setIcon(glyphIcon(Glyph::StepEpoch));
    m_reset->setIcon(glyphIcon(Glyph::Reset));
    m_dice->setIcon(glyphIcon(Glyph::Dice));
    showPlaying(m_playing);
}

void Toolbar::showPlaying(bool playing) {
    m_playing = playing;
    m_play->setIcon(glyphIcon(playing ? Glyph::Pause : Glyph::Play, 18, themed(ColourRole::AccentText)));
    m_play->setText(playing ? tr("Pause") : tr("Play"));
    m_play->setAccessibleName(m_play->text());
    showReady();
}

void Toolbar::setHindrance(const QString& reason) {
    m_hindrance = reason;
    showReady();
}

void Toolbar::showReady() {
    const QString usual = m_playing ? tr("Stop after the running batch") : tr("Train, and go on until you pause");
    const QString hindrance =
        m_isLoading ? tr("The data is being read. Then you can train.")
                    : tr("There is nothing to train: %1")
                          .arg(m_hindrance.isEmpty() ? tr("no data is loaded.") : m_hindrance.toHtmlEscaped());
    for (QWidget* widget : std::initializer_list<QWidget*>{m_play, m_stepBatch, m_stepEpoch, m_reset})
        widget->setEnabled(m_isReady);
    m_play->setToolTip(m_isReady ? usual : hindrance);
    m_play->setAccessibleDescription(m_isReady ? QString() : hindrance);
}

void Toolbar::showWaiting() {
    m_isReady = false;
    m_isLoading = true;
    showReady();
    m_epoch = 0;
    m_epochText->setText(epochText(0));
}

void Toolbar::showSnapshot(const training::Snapshot& snapshot) {
    const bool playing = snapshot.state == training::RunState::Running;
    if (playing != m_playing) showPlaying(playing);
    m_isLoading = snapshot.state == training::RunState::Loading;
    m_isReady = snapshot.state != training::RunState::Empty && !m_isLoading;
    showReady();
    if (snapshot.progress.epoch == m_epoch) return;
    m_epoch = snapshot.progress.epoch;
    m_epochText->setText(epochText(m_epoch));
}

void Toolbar::showDocument() {
    const training::RunSpec& spec = m_document.spec();
    m_rate->setValue(document::learningRateOf(m_document));
    showChoice(*m_activation, common(networkModel(spec, nullptr)));
    const std::string regularizer = document::regularizerOf(m_document);
    showChoice(*m_regularizer, regularizer);
    m_penalty->setValue(document::regularizationRateOf(m_document));
    m_penalty->setEnabled(!regularizer.empty());
    showChoice(*m_optimizer, spec.training.optimizer.type);
    showChoice(*m_loss, spec.training.loss.type);
    const QSignalBlocker quiet(m_task);
    m_task->setCurrentIndex(m_task->findData(static_cast<int>(document::taskOf(m_document))));
    if (!m_seed->hasFocus()) m_seed->setText(QString::number(spec.training.seed));
}

void Toolbar::seedEntered() {
    bool ok = false;
    const qulonglong seed = m_seed->text().toULongLong(&ok);
    if (ok && seed != m_document.spec().training.seed) document::setTrainingSeed(m_document, seed);
}

void Toolbar::regularizerChosen() {
    const std::string kind = m_regularizer->currentData().toString().toStdString();
    double rate = m_penalty->value();
    if (!kind.empty() && rate == 0) rate = sender() == m_regularizer ? 0.001 : 0;
    document::setRegularizer(m_document, kind, rate);
}

QSize Toolbar::minimumSizeHint() const {
    const QMargins margins = m_grid->contentsMargins();
    const int wide = std::max(m_transport->minimumSizeHint().width(), m_settings->minimumSizeHint().width());
    return {wide + margins.left() + margins.right(), m_grid->minimumSize().height()};
}

void Toolbar::resizeEvent(QResizeEvent*) { arrange(); }

void Toolbar::arrange() {
    const bool stacked = m_transport->sizeHint().width() + m_settings->sizeHint().width() + 36 > width();
    if (stacked == m_stacked) return;
    m_stacked = stacked;
    m_grid->removeWidget(m_settings);
    if (stacked)
        m_grid->addWidget(m_settings, 1, 0, 1, 2, Qt::AlignLeft);
    else
        m_grid->addWidget(m_settings, 0, 1, Qt::AlignRight | Qt::AlignBottom);
}

}  // namespace perceptory::views
