#pragma once
// The Playground's top row: playing and stepping on the left, how to learn on the right; two rows where the window is
// narrow. Reads the document, changes it by commands; what concerns the running training are signals. GUI thread.

#include <QWidget>

#include "engine/training/Snapshot.h"
#include "ui/document/Document.h"
#include "ui/views/playground/Choice.h"

class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QToolButton;

namespace perceptory::widgets {
class SteppedBox;
}

namespace perceptory::views {

class Toolbar : public QWidget {
    Q_OBJECT

public:
    explicit Toolbar(document::Document& document, QWidget* parent = nullptr);

    void showSnapshot(const training::Snapshot& snapshot);
    void showPlaying(bool playing);
    // A pause was asked for: a long batch may still be worked on. Until showPlaying() or a snapshot tells otherwise.
    void showPausing();

    // Other data is on its way: no old epoch, and Play must wait.
    void showWaiting();
    // Why there is nothing to train, for the tool tip of Play; empty when nothing is wrong.
    void setHindrance(const QString& reason);

    // Narrow enough for two rows.
    QSize minimumSizeHint() const override;

signals:
    void playRequested();
    void pauseRequested();
    void stepBatchRequested();
    void stepEpochRequested();
    void resetRequested();
    void newSeedRequested();
    void paceRequested(double epochsPerSecond);
    void refused(const QString& sentence);

protected:
    void resizeEvent(QResizeEvent*) override;

private:
    QWidget* buildTransport();
    QWidget* buildSettings();
    void connectSettings();
    void takeTheme();
    void showDocument();
    void showTransport();
    void showReady();
    void seedEntered();
    void regularizerChosen();
    void arrange();

    document::Document& m_document;
    bool m_playing = false, m_isPausing = false;
    bool m_stacked = false;
    bool m_isReady = true, m_isLoading = false;
    QString m_hindrance;
    quint64 m_epoch = ~quint64{0};

    QGridLayout* m_grid;
    QWidget* m_transport;
    QWidget* m_settings;
    QPushButton* m_play;
    QToolButton* m_stepBatch;
    QToolButton* m_stepEpoch;
    QToolButton* m_reset;
    QToolButton* m_dice;
    QLineEdit* m_seed;
    QLabel* m_epochText;
    QComboBox* m_speed;
    widgets::SteppedBox* m_rate;
    QComboBox* m_activation;
    QComboBox* m_regularizer;
    widgets::SteppedBox* m_penalty;
    QComboBox* m_optimizer;
    QComboBox* m_loss;
    QComboBox* m_task;
};

// "000,124": six digits at least, in groups of three.
QString epochText(quint64 epoch);

}  // namespace perceptory::views
