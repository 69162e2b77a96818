#pragma once
// How a table is to be read: its first rows, which column is predicted from which others, and what to do with what is
// missing or odd. Guesses are made; one press of Enter takes them. Files are read on threads of their own; nothing in
// the document changes before all of the table was read without fault.

#include <QDialog>
#include <stop_token>

#include "ui/document/commands/TableCommands.h"
#include "ui/window/TableModels.h"

class QComboBox;
class QDialogButtonBox;
class QFormLayout;
class QLabel;
class QListView;
class QProgressBar;
class QStringListModel;
class QTableView;

namespace perceptory::window {

class TableDialog : public QDialog {
    Q_OBJECT

public:
    // `choices`: to begin with, such as those in force, or a path alone.
    TableDialog(document::Document& document, document::TableChoices choices, QWidget* parent = nullptr);
    ~TableDialog() override;

    // What stands in the fields.
    document::TableChoices choices() const;
    bool isReady() const { return m_ready; }
    // All faults shown, a line each.
    QString faults() const;

public slots:
    void apply();

private:
    QWidget* buildStyle();
    QWidget* buildUse();
    QWidget* buildInputs();
    QLabel* fault();
    void look();
    void showPreview(const data::FilePreview& preview);
    void tellPreview();       // what is wrong with what was looked at, for the choices made
    bool isOneClass() const;  // the target, in all of the file
    void begin(const data::FilePreview& preview);
    void showFound(const base::Json& found);
    void showFaults(const base::Problems& problems);
    void setReading(bool reading);
    void setReady(bool ready);
    void targetChosen();
    void inputsTicked();
    base::Json features() const;
    base::Json parameters() const;
    QComboBox* style(const QString& name, const QString& id);

    document::Document& m_document;
    document::TableChoices m_asked;
    std::vector<std::string> m_names;  // of the columns
    base::Json m_formulas;             // features that are no columns
    std::stop_source m_stop;
    unsigned m_looks = 0;
    bool m_begun = false, m_ready = false;

    PreviewModel* m_preview;
    InputsModel* m_inputs;
    QStringListModel* m_targets;
    QWidget* m_fields;
    QTableView* m_rows;
    QLabel* m_size;
    std::vector<QComboBox*> m_styles;  // object names are the reader's parameters
    QComboBox *m_target, *m_task, *m_missing, *m_badRows;
    QListView* m_columns;
    QLabel *m_fileFault, *m_targetFault, *m_inputsFault, *m_missingFault;
    QProgressBar* m_busy;
    QDialogButtonBox* m_buttons;
};

}  // namespace perceptory::window
