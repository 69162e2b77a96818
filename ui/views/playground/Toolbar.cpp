#include "ui/views/playground/Toolbar.h"

#include <QGridLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSignalBlocker>
#include <QToolButton>

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
    for (const QPalette::ColorGroup group : {QPalette::Active, QPalette::Inactive}) {
        palette.setColor(group, QPalette::Button, themed(ColourRole::Accent));
        palette.setColor(group, QPalette::ButtonText, themed(ColourRole::AccentText));
    }
    m_play->setPalette(palette);
    QFont font = this->font();
    font.setBold(true);
    m_play->setFont(font);
    m_stepBatch->setIcon(glyphIcon(Glyph::StepBatch));
    m_stepEpoch->setIcon(glyphIcon(Glyph::StepEpoch));
    m_reset->setIcon(glyphIcon(Glyph::Reset));
    m_dice->setIcon(glyphIcon(Glyph::Dice));
    showTransport();
}

void Toolbar::showPlaying(bool playing) {
    m_playing = playing;
    m_isPausing = false;
    showTransport();
}

// The button stays enabled, so that it keeps the keyboard.
void Toolbar::showPausing() {
    m_isPausing = m_playing;
    showTransport();
}

void Toolbar::showTransport() {
    const Glyph glyph = m_playing ? Glyph::Pause : Glyph::Play;
    QIcon icon = glyphIcon(glyph, 18, themed(ColourRole::AccentText));
    icon.addPixmap(glyphIcon(glyph, 18, themed(ColourRole::MutedText)).pixmap(18), QIcon::Disabled);
    m_play->setIcon(m_isPausing ? QIcon() : icon);
    m_play->setText(m_isPausing ? tr("Pausing…") : m_playing ? tr("Pause") : tr("Play"));
    m_play->setAccessibleName(m_play->text());
    showReady();
}

void Toolbar::setHindrance(const QString& reason) {
    m_hindrance = reason;
    m_isLoading = false;
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
    m_isLoading = false;
    m_isReady = snapshot.state != training::RunState::Empty;
    showReady();
    if (snapshot.progress.epoch == m_epoch) return;
    m_epoch = snapshot.progress.epoch;
    m_epochText->setText(epochText(m_epoch));
}

void Toolbar::showDocument() {
    const training::RunSpec& spec = m_document.spec();
    const optimizers::OptimizerType& optimizer =
        optimizers::shelf().get(spec.training.optimizer.type, "training.optimizer");
    if (const base::ParamType* rate = optimizer.parameter("learning_rate"))
        m_rate->setLimits(rate->minimum, rate->maximum);
    m_rate->setValue(document::learningRateOf(m_document));
    const NetworkModel network = networkModel(spec, nullptr);
    m_activation->setPlaceholderText(network.hiddenLayers() > 0 ? tr("mixed") : tr("none"));
    m_activation->setEnabled(network.hiddenLayers() > 0);
    showChoice(*m_activation, common(network));
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
