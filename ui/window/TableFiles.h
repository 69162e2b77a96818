#pragma once
// Which of the files of a table train, validate and test. Hidden where there is only one.

#include <QWidget>
#include <vector>

#include "ui/document/DataFiles.h"

class QComboBox;
class QFormLayout;
class QLabel;

namespace perceptory::window {

class TableFiles : public QWidget {
    Q_OBJECT

public:
    explicit TableFiles(std::vector<document::TableFile> files, QWidget* parent = nullptr);

    // With the parts chosen.
    const std::vector<document::TableFile>& files() const { return m_files; }
    // Their paths, the first one that trains in front; none where no file trains.
    QStringList inReadingOrder() const;

signals:
    void changed();

private:
    void add(QFormLayout& form, std::size_t place);
    void showNote();

    std::vector<document::TableFile> m_files;
    QLabel* m_note;
};

}  // namespace perceptory::window
