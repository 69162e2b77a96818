#pragma once
// How the text of a table is written: what separates cells, whether names come first, how numbers look. Each is found
// automatically unless the user says it.

#include <QWidget>
#include <vector>

#include "engine/base/Json.h"

class QComboBox;
class QGridLayout;

namespace perceptory::window {

class TableStyle : public QWidget {
    Q_OBJECT

public:
    // `parameters` of the reader, to begin with.
    explicit TableStyle(const base::Json& parameters, QWidget* parent = nullptr);

    base::Json parameters() const;            // what the user says
    void showFound(const base::Json& found);  // "Automatic: Comma ,"

signals:
    void changed();

private:
    void add(const QString& name, const QString& id, const std::vector<std::pair<QString, QString>>& items,
             const base::Json& parameters);

    QGridLayout* m_grid;
    std::vector<QComboBox*> m_boxes;  // object names are the reader's parameters
};

}  // namespace perceptory::window
