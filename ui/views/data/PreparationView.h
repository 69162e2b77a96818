#pragma once
// How the data is prepared, augmented and parted, with pictures of what that does to an image. Reads the document and
// changes it by commands; the pictures come from the data that the training has. GUI thread only.

#include <QWidget>

#include "engine/training/Snapshot.h"
#include "ui/document/Document.h"
#include "ui/views/data/FormMaker.h"

class QTabWidget;

namespace perceptory::views {

class AugmentationPreview;
class PreparedPreview;
class SplitPanel;
class StepEditor;

class PreparationView : public QWidget {
    Q_OBJECT

public:
    PreparationView(document::Document& document, FormMaker maker, QWidget* parent = nullptr);

    StepEditor* preprocessing() const { return m_preprocessing; }
    StepEditor* augmentation() const { return m_augmentation; }
    AugmentationPreview* augmented() const { return m_augmented; }
    PreparedPreview* prepared() const { return m_prepared; }
    QTabWidget* pages() const { return m_pages; }

public slots:
    void showSnapshot(const std::shared_ptr<const perceptory::training::Snapshot>& snapshot);
    // What the training said against the document; empty: it has taken it.
    void showRefusal(const perceptory::base::Problems& problems);

private:
    QWidget* page(StepEditor* editor, QWidget* preview) const;
    void documentChanged(const document::Change& change);
    void showDataset(std::shared_ptr<const data::Dataset> dataset);
    void showProblems();
    base::Problems unsuitable() const;

    document::Document& m_document;
    std::shared_ptr<const data::Dataset> m_dataset;  // as shown; null while that of another source is all there is
    std::shared_ptr<const data::Dataset> m_latest;   // the training keeps the last one while it refuses the next
    base::Json m_latestSource;
    base::Problems m_refusal;
    base::Json m_source;           // of the data, as the document has it
    std::uint64_t m_revision = 0;  // of the document when that source was chosen; older data are others

    QTabWidget* m_pages;
    StepEditor *m_preprocessing, *m_augmentation;
    PreparedPreview* m_prepared;
    AugmentationPreview* m_augmented;
    SplitPanel* m_split;
};

}  // namespace perceptory::views
