#pragma once
// The Playground: data, network and result on one screen. Reads the document and snapshots, changes the document by
// commands, asks the running training by signals. GUI thread.

#include <QWidget>
#include <memory>
#include <optional>
#include <vector>

#include "engine/training/MetricsLog.h"
#include "engine/training/Snapshot.h"
#include "ui/document/Document.h"
#include "ui/views/playground/NetworkSight.h"
#include "ui/views/playground/PlaneSight.h"
#include "ui/widgets/Gestures.h"

class QHBoxLayout;

namespace perceptory::views {

class DataPanel;
class DataWait;
class NetworkPanel;
class OutputPanel;
class PointBrush;
class Toolbar;

class PlaygroundPage : public QWidget {
    Q_OBJECT

public:
    explicit PlaygroundPage(document::Document& document, QWidget* parent = nullptr);
    ~PlaygroundPage() override;

    // What the page wants measured now; nothing while it is hidden.
    std::vector<training::ProbeRequest> wanted() const;

    // The place on the page that a problem is about, "training.loss" or a node: its name, empty where there is none,
    // and the keyboard taken there.
    QString placeName(const std::string& where) const;
    void showPlace(const std::string& where);

    // Another workspace in the place of data and network, below the same toolbar and beside the same result: shown
    // while the document's view says so. Takes it over.
    void setStudio(QWidget* studio);
    bool showsStudio() const;

    // What mouse and keys do in the pictures, for the page of keys.
    static std::vector<widgets::GestureGroup> gestures();

    Toolbar* toolbar() const { return m_toolbar; }
    DataPanel* dataPanel() const { return m_data; }
    NetworkPanel* networkPanel() const { return m_network; }
    OutputPanel* outputPanel() const { return m_output; }

public slots:
    void showSnapshot(std::shared_ptr<const perceptory::training::Snapshot> snapshot);
    void showLog(const perceptory::training::MetricsLog& log);
    // The training gets the document: what it could not take before is being read now.
    void awaitData();
    // The training cannot take the document as it is.
    void showRefusal(const perceptory::base::Problems& problems);

signals:
    void playRequested();
    void pauseRequested();
    void stepBatchRequested();
    void stepEpochRequested();
    void resetRequested();
    void newSeedRequested();
    void paceRequested(double epochsPerSecond);  // 0: as fast as the machine can
    void wantedChanged(std::vector<perceptory::training::ProbeRequest> requests);
    // A wish that could not be met, for the message bar.
    void refused(const QString& sentence);

protected:
    void showEvent(QShowEvent*) override;
    void hideEvent(QHideEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void resizeEvent(QResizeEvent*) override;

private:
    void build();
    void connectToolbar();
    void connectPanels();
    void documentChanged(const document::Change& change);
    void showViewState();
    void showWorkspace();
    void setOutputWidth();
    void showSpec();
    void fitChoice();
    void updateScene();
    void updateRequests();
    void choosePlane(const PlaneChoice& choice);
    void setWeight(const QString& parameter, qint64 index, double value);
    void mapClicked(QPointF plane, Qt::MouseButton button);
    void mapHovered(QPointF plane);
    std::optional<std::uint32_t> rowNear(QPointF plane, double share) const;  // of the plane's width
    void chooseSample(std::optional<Sample> sample);
    void showUnit();
    void showNote();
    bool leaveEverything();
    void showWaiting();
    // The loaded data when it belongs to the document as it is.
    const data::Dataset* knownDataset() const;

    document::Document& m_document;
    DataWait* m_wait;
    Toolbar* m_toolbar = nullptr;
    DataPanel* m_data = nullptr;
    NetworkPanel* m_network = nullptr;
    OutputPanel* m_output = nullptr;
    QWidget* m_studio = nullptr;
    QHBoxLayout* m_row = nullptr;
    PointBrush* m_brush = nullptr;

    std::shared_ptr<const training::Snapshot> m_snapshot;
    std::shared_ptr<const PlaneScene> m_scene;          // null until the worker has measured its plane
    std::shared_ptr<const data::Dataset> m_choiceData;  // the one that m_choice fits
    const data::Dataset* m_shownDataset = nullptr;
    PlaneChoice m_choice;
    SightRequests m_requests;
    std::optional<Sample> m_sample;
    std::optional<UnitRef> m_hoveredUnit, m_pinnedUnit;
};

}  // namespace perceptory::views
