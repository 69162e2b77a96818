#include "ui/views/playground/DataTiles.h"

#include <QGridLayout>
#include <array>

#include "engine/data/bundled/BundledSet.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/document/commands/PointCommands.h"
#include "ui/document/commands/TableCommands.h"
#include "ui/views/playground/DataTile.h"

namespace perceptory::views {

using data::SourceKind;

namespace {

constexpr int kTilesInRow = 4;

// Generated tables that a chain of dense layers can learn. Masks and ratings need networks of another kind.
constexpr std::array kTables{"shapes", "shapes_boxes", "waves", "series"};

}  // namespace

DataTiles::DataTiles(document::Document& document, QWidget* parent)
    : QWidget(parent), m_document(document), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setSpacing(3);
    for (const data::GeneratorType* type : data::generators().members())
        if (!type->table) add(new DataTile(*type), SourceKind::Generator, type->id, type->task);
    for (const data::BundledSetType* type : data::bundledSets().members())
        if (data::isInstalled(*type)) add(new DataTile(*type), SourceKind::Dataset, type->id, type->task);
    for (const char* id : kTables) {
        const data::GeneratorType& type = data::generators().get(id, "tiles");
        add(new DataTile(type), SourceKind::Generator, id, type.task);
    }
    add(new DataTile(Glyph::Points, tr("Own points"), tr("Paint points with the brushes below")), SourceKind::Points,
        {}, std::nullopt);
    add(new DataTile(Glyph::Table, tr("Table (CSV)…"), tr("Open a table of your own")), SourceKind::File, {},
        std::nullopt);
}

void DataTiles::add(DataTile* tile, SourceKind source, std::string id, std::optional<data::Task> task) {
    // Tiles that do not fit the task stand in no layout; without a parent they would be windows of their own.
    tile->setParent(this);
    const std::size_t place = m_tiles.size();
    m_tiles.push_back({tile, source, std::move(id), task});
    connect(tile, &QToolButton::clicked, this, [this, place] { chosen(m_tiles[place]); });
}

void DataTiles::chosen(const Tile& tile) {
    switch (tile.source) {
        case SourceKind::Generator:
            document::chooseGenerator(m_document, tile.id);
            break;
        case SourceKind::Dataset:
            document::chooseDataset(m_document, tile.id);
            break;
        case SourceKind::Points:
            document::startPoints(m_document);
            break;
        case SourceKind::File:
            emit tableWanted();
            break;
    }
    showDocument();
}

QString DataTiles::showDocument() {
    const data::DataSpec& data = m_document.spec().data;
    const data::Task task = document::taskOf(m_document);
    QString title;
    int place = 0;
    for (const Tile& tile : m_tiles) {
        const bool fits = !tile.task || *tile.task == task;
        const bool now = tile.source == data.source && (tile.id.empty() || tile.id == data.id);
        m_grid->removeWidget(tile.tile);
        tile.tile->setVisible(fits);
        tile.tile->setChecked(now);
        if (now) title = tile.tile->text();
        if (!fits) continue;
        m_grid->addWidget(tile.tile, place / kTilesInRow, place % kTilesInRow);
        ++place;
    }
    return title;
}

}  // namespace perceptory::views
