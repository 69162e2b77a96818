#pragma once
// What files of data are to become: how they are read and split. They are read at once, aside, so that all of it can be
// seen and judged: pictures, classes, size, warnings. Nothing in the document changes before the button is pressed.

#include <QDialog>
#include <QTimer>
#include <atomic>
#include <memory>
#include <stop_token>

#include "ui/document/commands/DataFileCommands.h"

class QComboBox;
class QDialogButtonBox;
class QLabel;
class QProgressBar;
class QVBoxLayout;

namespace perceptory::forms {
class ParamForm;
}

namespace perceptory::window {

class ImportPreview;
class SplitFields;
struct ImportLook;

class ImportDialog : public QDialog {
    Q_OBJECT

public:
    // `readers`: those that fit the files. `choices`: to begin with; without a split the files' own parts are taken
    // where there are some.
    ImportDialog(document::Document& document, document::DataChoices choices, const std::vector<std::string>& readers,
                 QWidget* parent = nullptr);
    ~ImportDialog() override;

    const document::DataChoices& choices() const { return m_choices; }
    bool isReady() const { return m_loaded.dataset != nullptr; }
    bool isReading() const { return m_reading; }
    QString faults() const;
    QString previewText() const;

public slots:
    void apply();

signals:
    void tableWanted(const QString& path);  // it is to be read as a plain table, which is asked about elsewhere

private:
    QWidget* buildChoices(const std::vector<std::string>& readers);
    QWidget* buildSight();
    void chooseReader(int index);
    void showReader();
    void takeShares();
    void readSoon();
    void read();
    void stop();
    void take(document::LoadedData loaded, ImportLook look);
    void setReading(bool reading);
    void showFault(const QString& text);

    document::Document& m_document;
    document::DataChoices m_choices;
    document::LoadedData m_loaded;  // by these choices; empty while they are being read
    document::DataUse m_use;
    QStringList m_leftOut;  // files that have no place in the data
    std::stop_source m_stop;
    std::shared_ptr<std::atomic<double>> m_share;  // of the reading that is going on
    QTimer m_patience, m_clock;                    // after a change; while reading
    unsigned m_reads = 0;
    bool m_reading = false;

    QComboBox* m_reader;
    QLabel* m_help;
    QVBoxLayout* m_formPlace;
    forms::ParamForm* m_form = nullptr;
    SplitFields* m_split;
    ImportPreview* m_preview;
    QLabel* m_fault;
    QProgressBar* m_progress;
    QDialogButtonBox* m_buttons;
};

}  // namespace perceptory::window
