#pragma once
// The left side of the Playground: which data, how much, how noisy, what is kept for testing, and the brushes to paint
// points with. Reads the document and changes it by commands. GUI thread.

#include <QWidget>
#include <optional>
#include <string>

#include "engine/data/Dataset.h"
#include "ui/document/Document.h"
#include "ui/views/playground/BrushRow.h"

class QComboBox;
class QLabel;
class QLineEdit;
class QToolButton;

namespace perceptory::widgets {
class LabelledSlider;
}

namespace perceptory::views {

class DataTiles;

class DataPanel : public QWidget {
    Q_OBJECT

public:
    explicit DataPanel(document::Document& document, QWidget* parent = nullptr);

    // Class names and notes of the loaded data; null while there is none.
    void showDataset(const data::Dataset* dataset);
    void dropBrush() { m_brushes->drop(); }
    const std::optional<Brush>& brush() const { return m_brushes->brush(); }

signals:
    void brushChanged();
    void refused(const QString& sentence);
    void tableWanted();         // a table of the user's own
    void tableChoicesWanted();  // how the loaded one is read

private:
    void buildSliders();
    void buildSplit();
    void buildSeed();
    void connectGestures(widgets::LabelledSlider* slider);
    void showDocument();
    void showTitle(const QString& chosen);
    void showSplit();
    void showSamples();
    void showOwnParameter();
    void setOwnParameter(const std::string& name, const base::ParamType* own);  // null: the data have none

    document::Document& m_document;
    std::string m_ownParameter;

    QLabel* m_title;
    QToolButton* m_choices;
    DataTiles* m_tiles;
    QComboBox* m_split;
    widgets::LabelledSlider* m_train;
    widgets::LabelledSlider* m_noise;
    widgets::LabelledSlider* m_batch;
    widgets::LabelledSlider* m_samples;
    widgets::LabelledSlider* m_own;
    QWidget* m_seedRow;
    QLineEdit* m_seed;
    BrushRow* m_brushes;
    QLabel* m_notes;
};

}  // namespace perceptory::views
