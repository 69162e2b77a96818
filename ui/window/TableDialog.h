#pragma once
// How a table is to be read: its first rows, which column is predicted from which others, and what to do with what is
// missing or odd. Guesses are made; one press of Enter takes them. Files are read on threads of their own; nothing in
// the document changes before all of the table was read without fault.

#include <QDialog>
#include <stop_token>
#include <vector>

#include "ui/document/commands/TableCommands.h"
#include "ui/window/TableModels.h"

class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QProgressBar;
class QTableView;

namespace perceptory::window {

class SplitFields;
class TableCheck;
class TableFiles;
class TableStyle;
class TableTargets;
class WarningList;
struct TableFound;

class TableDialog : public QDialog {
    Q_OBJECT

public:
    // `choices`: to begin with, such as those in force, or paths alone.
    TableDialog(document::Document& document, document::TableChoices choices, QWidget* parent = nullptr);
    ~TableDialog() override;

    // The readers that fit the file too; with more than one the user can change.
    void setReaders(const std::vector<std::string>& readers);

    // What stands in the fields.
    document::TableChoices choices() const;
    bool isReady() const { return m_ready; }
    // All faults shown, a line each.
    QString faults() const;
    // What is suspicious, as far as it was found.
    QStringList warnings() const;

public slots:
    void apply();

signals:
    void readerWanted(const QString& id);  // another kind of reader, which has a dialog of its own

private:
    QWidget* buildReader();
    QWidget* buildUse();
    QWidget* buildInputs();
    QLabel* fault();
    void look();
    QStringList readingOrder() const;  // of the files; none where none trains
    void refuseWithoutTraining();
    void showPreview(const data::FilePreview& preview);
    void judge();                      // what was looked at, for the choices made
    base::Problems obstacles() const;  // that no reading of the whole table would overcome
    bool isOneClass() const;           // the target, in all of the file
    void tell(const TableFound& found);
    void begin(const data::FilePreview& preview);
    std::vector<std::size_t> askedTargets() const;  // that are there
    InputsModel::Choice firstChoice(const data::FilePreview& preview, bool asked);
    void fillTarget(document::TableChoices& choices) const;
    void showFaults(const base::Problems& problems);
    void setReading(bool reading);
    void setReady(bool ready);
    void targetChosen();
    void showTask();
    void inputsTicked();
    void showShares();
    base::Json features() const;
    base::Json parameters() const;

    document::Document& m_document;
    document::TableChoices m_asked;
    std::vector<std::string> m_names;  // of the columns
    base::Json m_formulas;             // features that are no columns
    std::stop_source m_stop;
    unsigned m_looks = 0;
    bool m_begun = false, m_readable = false, m_ready = false;
    // What the project says of these columns, to be left as it is where nobody changed it.
    std::vector<std::size_t> m_keptTargets;
    std::vector<bool> m_keptInputs;
    base::Json m_keptUses;

    PreviewModel* m_preview;
    InputsModel* m_inputs;
    QWidget* m_fields;
    QTableView* m_rows;
    QLabel* m_size;
    QWidget* m_readerRow;
    QComboBox* m_reader;
    TableFiles* m_files;
    TableStyle* m_style;
    TableTargets* m_targets;
    SplitFields* m_split;
    TableCheck* m_check;
    WarningList* m_warnings;
    QComboBox *m_task, *m_missing, *m_badRows;
    QLabel *m_fileFault, *m_targetFault, *m_inputsFault, *m_missingFault;
    QProgressBar* m_busy;
    QDialogButtonBox* m_buttons;
};

}  // namespace perceptory::window
