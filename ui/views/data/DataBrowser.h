#pragma once
// A window of its own to look at the data: samples as pictures or as a table, how many there are of each class, what is
// in every column, and all of them as points; one sample large beside it, to be given another class or left out.
// Follows the data of the running session while it is seen. GUI thread.

#include <QWidget>

#include "engine/training/Snapshot.h"
#include "ui/document/Document.h"
#include "ui/views/data/SampleList.h"

class QLabel;
class QStackedWidget;
class QTabWidget;

namespace perceptory::views {

class ClassPanel;
class DataWait;
class FilterRow;
class SampleDetail;
class SampleGrid;
class SampleTable;
class ScatterPanel;
class StatisticsPanel;

class DataBrowser : public QWidget {
    Q_OBJECT

public:
    explicit DataBrowser(document::Document& document, QWidget* parent = nullptr);
    ~DataBrowser() override;

    void showSnapshot(const training::Snapshot& snapshot);
    // There will be no data, and why.
    void showRefusal(const base::Problems& problems);

    SampleList& list() const { return *m_list; }
    FilterRow& filters() const { return *m_filters; }
    SampleDetail& detail() const { return *m_detail; }
    SampleGrid* grid() const { return m_grid; }     // null for tables
    SampleTable* table() const { return m_table; }  // null for images
    QTabWidget& tabs() const { return *m_tabs; }
    ClassPanel& classes() const { return *m_classes; }
    StatisticsPanel& statistics() const { return *m_statistics; }
    ScatterPanel& scatter() const { return *m_scatter; }
    QString stateText() const;
    // Said in the place of the samples; empty while they are shown.
    QString waitText() const;

protected:
    void showEvent(QShowEvent* event) override;
    void keyPressEvent(QKeyEvent* event) override;

private:
    void build();
    void addUndoKeys();
    void take(SampleList::SharedDataset dataset);
    void showView();
    void showState();
    void say(const QString& sentence);  // in the place of the samples; empty: the samples

    document::Document& m_document;
    SampleList* m_list;
    DataWait* m_wait;
    SampleList::SharedDataset m_waiting;  // came while hidden
    QString m_reason;                     // why there are no data, or none that are newer
    bool m_isBehind = false;              // the project's data are newer than those shown
    FilterRow* m_filters;
    SampleDetail* m_detail;
    QStackedWidget* m_stack;
    QLabel* m_sentence;
    QTabWidget* m_tabs;
    QWidget* m_samples;  // holds the grid or the table
    SampleGrid* m_grid = nullptr;
    SampleTable* m_table = nullptr;
    ClassPanel* m_classes;
    StatisticsPanel* m_statistics;
    ScatterPanel* m_scatter;
    QLabel* m_state;
};

}  // namespace perceptory::views
