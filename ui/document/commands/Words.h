#pragma once
// What the commands are called in the undo menu.

#include <QCoreApplication>
#include <string>
#include <vector>

namespace perceptory::document {

class Words {
    Q_DECLARE_TR_FUNCTIONS(document)

public:
    static QString layer(const std::string& id) { return QString::fromStdString(id); }
    // The id of a single one, else how many there are.
    static QString layers(const std::vector<std::string>& ids) {
        return ids.size() == 1 ? layer(ids[0]) : tr("%n layers", nullptr, static_cast<int>(ids.size()));
    }
};

}  // namespace perceptory::document
