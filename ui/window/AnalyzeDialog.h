#pragma once
// Network ▸ Analyze…: every layer with what it puts out, its parameters and multiply-adds, and the sums. Copied and
// saved as CSV. GUI thread only.

#include <QDialog>

#include "ui/document/Document.h"

class QLabel;
class QTableWidget;

namespace perceptory::data {
struct Dataset;
}

namespace perceptory::window {

class AnalyzeDialog : public QDialog {
    Q_OBJECT

public:
    // `dataset`: what the network is fed with; null: only what can be said without it.
    AnalyzeDialog(const document::Document& document, const data::Dataset* dataset, QWidget* parent = nullptr);

    QTableWidget* table() const { return m_table; }
    QString totals() const;
    // Comma-separated, with a header and a last row of sums.
    QString csv() const;

private:
    void fill(const document::Document& document, const data::Dataset* dataset);
    void addRow(const QStringList& cells);

    QTableWidget* m_table;
    QLabel* m_totals;
    QList<QStringList> m_rows;  // as they are saved: numbers without groups
};

}  // namespace perceptory::window
