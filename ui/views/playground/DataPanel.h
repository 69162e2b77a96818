#pragma once
// The left side of the Playground: which data, how much, how noisy, what is kept for testing, and the brushes to paint
// points with. Reads the document and changes it by commands. GUI thread.

#include <QWidget>
#include <optional>
#include <string>
#include <vector>

#include "engine/data/Dataset.h"
#include "ui/document/Document.h"

class QButtonGroup;
class QGridLayout;
class QHBoxLayout;
class QLabel;
class QLineEdit;
class QToolButton;

namespace perceptory::widgets {
class LabelledSlider;
}

namespace perceptory::views {

class DataTile;

// What the mouse does on the map while painting.
struct Brush {
    bool erases = false;
    std::string label;  // class, or the value as text
    bool operator==(const Brush&) const = default;
};

class DataPanel : public QWidget {
    Q_OBJECT

public:
    explicit DataPanel(document::Document& document, QWidget* parent = nullptr);

    // Class names and notes of the loaded data; null while there is none.
    void showDataset(const data::Dataset* dataset);
    const std::optional<Brush>& brush() const { return m_brush; }
    void dropBrush();

signals:
    void brushChanged();
    void refused(const QString& sentence);
    void tableWanted();         // a table of the user's own
    void tableChoicesWanted();  // how the loaded one is read

private:
    struct Tile {
        DataTile* tile;
        data::SourceKind source;
        std::string id;
        std::optional<data::Task> task;  // unset: fits both
    };
    void buildTiles();
    void buildSliders();
    void buildSeed();
    void buildBrushes();
    void connectGestures(widgets::LabelledSlider* slider);
    void addTile(DataTile* tile, data::SourceKind source, std::string id, std::optional<data::Task> task);
    void chosen(const Tile& tile);
    void showDocument();
    void showTiles();
    void showOwnParameter();
    void showBrushes();
    void rebuildBrushes(const std::vector<Brush>& brushes);
    std::vector<Brush> wantedBrushes() const;

    document::Document& m_document;
    std::vector<Tile> m_tiles;
    std::vector<std::string> m_classNames;
    std::optional<Brush> m_brush;
    std::vector<Brush> m_brushes;
    std::string m_ownParameter;

    QLabel* m_title;
    QToolButton* m_choices;
    QGridLayout* m_grid;
    widgets::LabelledSlider* m_train;
    widgets::LabelledSlider* m_noise;
    widgets::LabelledSlider* m_batch;
    widgets::LabelledSlider* m_samples;
    widgets::LabelledSlider* m_own;
    QWidget* m_seedRow;
    QLineEdit* m_seed;
    QWidget* m_brushRow;
    QHBoxLayout* m_brushLayout;
    std::vector<QToolButton*> m_brushButtons;
    QLabel* m_brushHelp;
    QLabel* m_notes;
};

}  // namespace perceptory::views
