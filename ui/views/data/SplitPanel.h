#pragma once
// Which rows train, which validate, which test, and what is done about classes of unequal size. Reads the document and
// changes it by commands. GUI thread only.

#include <QWidget>

#include "engine/data/Dataset.h"
#include "ui/document/Document.h"

class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace perceptory::views {

class SplitPanel : public QWidget {
    Q_OBJECT

public:
    explicit SplitPanel(document::Document& document, QWidget* parent = nullptr);

    // How many rows each part got; null while there are none.
    void showDataset(const data::Dataset* dataset);
    void showProblems(const base::Problems& problems);

private:
    void buildMode();
    void buildShares();
    void buildSeed();
    void buildBalance();
    void addRow(const QString& name, QWidget* field, const QString& help);
    QSpinBox* spin(int least, int most, const QString& suffix);
    void showDocument();
    void offer(const char* mode, bool possible);  // in the list of ways to part
    void showFields(const data::SplitSpec& split);
    void setShare();

    document::Document& m_document;
    QFormLayout* m_rows;
    QComboBox *m_mode, *m_column, *m_balance;
    QSpinBox *m_train, *m_validation, *m_folds, *m_fold;
    QLabel *m_test, *m_counts, *m_faults;
    QWidget* m_seedRow;
    QLineEdit* m_seed;
};

}  // namespace perceptory::views
