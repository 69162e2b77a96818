#pragma once
// The data to choose from, as pictures: points made by formula, the sets that are here, generated pictures and
// sequences, points and tables of one's own. Those that do not fit the task are hidden. GUI thread.

#include <QWidget>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/DataSpec.h"
#include "ui/document/Document.h"

class QGridLayout;

namespace perceptory::views {

class DataTile;

class DataTiles : public QWidget {
    Q_OBJECT

public:
    explicit DataTiles(document::Document& document, QWidget* parent = nullptr);

    // Follows the document; what is chosen now, by name.
    QString showDocument();

signals:
    void tableWanted();  // a table of the user's own

private:
    struct Tile {
        DataTile* tile;
        data::SourceKind source;
        std::string id;
        std::optional<data::Task> task;  // unset: fits both
    };
    void add(DataTile* tile, data::SourceKind source, std::string id, std::optional<data::Task> task);
    void chosen(const Tile& tile);

    document::Document& m_document;
    std::vector<Tile> m_tiles;
    QGridLayout* m_grid;
};

}  // namespace perceptory::views
