#pragma once
// The current sample large: its picture or its values, where it stands and what is true of it. Gives the chosen samples
// another class or leaves them out, by edits of the project. GUI thread.

#include <QAbstractTableModel>
#include <QWidget>

#include "ui/document/Document.h"
#include "ui/views/data/SampleList.h"

class QComboBox;
class QLabel;
class QPushButton;
class QTableView;

namespace perceptory::views {

class SamplePicture;

// The values of the current sample by column.
class SampleValues : public QAbstractTableModel {
    Q_OBJECT

public:
    explicit SampleValues(SampleList& list, QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    int columnCount(const QModelIndex& parent = {}) const override { return parent.isValid() ? 0 : 2; }
    QVariant data(const QModelIndex& index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    SampleList& m_list;
    std::vector<float> m_values;
};

class SampleDetail : public QWidget {
    Q_OBJECT

public:
    SampleDetail(document::Document& document, SampleList& list, QWidget* parent = nullptr);

    QComboBox* classBox() const { return m_class; }
    QPushButton* leaveOutButton() const { return m_leaveOut; }
    QPushButton* editsButton() const { return m_edits; }
    const SamplePicture& picture() const { return *m_picture; }

    void leaveOut();

private:
    void build();
    void showDataset();
    void showSample();
    void showClass();
    void showEdits();
    void openEdits();
    std::vector<std::uint32_t> chosenSourceRows() const;
    void relabel();

    document::Document& m_document;
    SampleList& m_list;
    QLabel* m_head;
    QLabel* m_where;
    QLabel* m_target;
    SamplePicture* m_picture;
    QTableView* m_values;
    QLabel* m_classLabel;
    QComboBox* m_class;
    QPushButton* m_leaveOut;
    QPushButton* m_edits;
};

}  // namespace perceptory::views
