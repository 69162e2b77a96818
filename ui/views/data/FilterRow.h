#pragma once
// Which samples are shown and how: part, class, words to search, as read or as the network sees them. GUI thread.

#include <QWidget>

#include "ui/views/data/SampleList.h"

class QAbstractButton;
class QButtonGroup;
class QComboBox;
class QLabel;
class QLineEdit;

namespace perceptory::views {

class FilterRow : public QWidget {
    Q_OBJECT

public:
    explicit FilterRow(SampleList& list, QWidget* parent = nullptr);

    QComboBox* partBox() const { return m_part; }
    QComboBox* classBox() const { return m_class; }
    QLineEdit* searchField() const { return m_search; }
    QAbstractButton* lookButton(bool prepared) const;
    QString faultText() const;

private:
    void buildFields();
    void buildLooks();
    void showDataset();
    void showFault();
    void apply();

    SampleList& m_list;
    QComboBox* m_part;
    QLabel* m_classLabel;
    QComboBox* m_class;
    QLineEdit* m_search;
    QButtonGroup* m_looks;
    QLabel* m_fault;
};

}  // namespace perceptory::views
