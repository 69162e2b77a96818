#pragma once
// What the user wants: the project, and every change to it. The one copy of a value on the window's side. Views read
// it, change it by commands (ui/document/commands) and redraw on changed(). GUI thread only.

#include <QObject>
#include <QString>
#include <QUndoStack>
#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "engine/base/Json.h"
#include "engine/training/TrainSpec.h"

namespace perceptory::document {

// Top-level parts of the project, for views that care for one of them.
enum Part : unsigned { DataPart = 1, NetworkPart = 2, TrainingPart = 4, ViewPart = 8, OtherPart = 16, AllParts = 31 };

struct Change {
    unsigned parts = AllParts;   // of Part
    std::uint64_t revision = 0;  // the document's, after the change
    QString text;                // as undo names it
    bool opened = false;         // another project took the place of the last one
    bool affectsRun() const { return parts & (DataPart | NetworkPart | TrainingPart); }
};

// The project at one moment; any thread may read and keep it.
struct Draft {
    base::Json json;
    std::filesystem::path folder;  // what paths in it are relative to
};

// Any thread. Throws base::Error; the file is then untouched. `weights`: the entry {path, sha256} of the model file, or
// null.
void writeDraft(const Draft& draft, const QString& path, const base::Json& weights);

class Document : public QObject {
    Q_OBJECT

public:
    explicit Document(QObject* parent = nullptr);
    ~Document() override;

    const base::Json& json() const { return m_json; }
    const training::RunSpec& spec() const { return m_spec; }
    // Everything that is wrong with the project as far as it can be said without its data.
    const base::Problems& problems() const { return m_problems; }
    std::uint64_t revision() const { return m_revision; }

    // "training.batch_size", "network.nodes.h1.parameters.units"; null when it is not set.
    base::Json value(const std::string& path) const;

    // One undo step called `text`; nothing happens when nothing changes. Steps in a row with the same non-empty
    // `mergeKey` become one, as do all steps of a gesture. Throws base::Error when the path leads nowhere.
    void setValue(const std::string& path, const base::Json& value, const QString& text, const QString& mergeKey = {});
    // The same for changes of many values: `change` gets a copy of the project.
    void edit(const QString& text, const std::function<void(base::Json&)>& change, const QString& mergeKey = {});

    // "network" and "training" as the Studio edits them, see commands/BlockGraph.h: blocks are single nodes, or only
    // the layers of the open block are there.
    const base::Json& graph() const;
    const network::NetworkSpec& graphSpec() const;
    void editGraph(const QString& text, const std::function<void(base::Json&)>& change, const QString& mergeKey = {});
    // Empty: none. Neither saved nor undone; a block that goes is left.
    const std::string& openBlock() const { return m_openBlock; }
    void setOpenBlock(const std::string& id);

    // From here on until endGesture() all edits are one undo step: the drag of a slider, the stroke of a brush. May be
    // nested; the outermost counts.
    void beginGesture();
    void endGesture();
    // Commands that are not edits of the project merge by this; -1 outside of a gesture.
    int gestureId() const { return m_gestures > 0 ? m_lastMergeId : -1; }

    // How it looks ("view.KEY"): saved, but no undo step, and something to save only where there is a file.
    void setView(const std::string& key, const base::Json& value);

    QUndoStack& undoStack() { return m_undo; }

    // The default project: resources/examples/circle.perceptory.
    void newDocument();
    // A project that has no file yet, such as an example; paths in it are relative to `folder`. The data files
    // `barred`, see dataFiles(), must not be read: while the project names one of them, that is a problem.
    void open(base::Json project, const std::filesystem::path& folder, const QString& title,
              std::vector<std::filesystem::path> barred = {});
    // A project as it was read from the file `path`.
    void openRead(base::Json project, const QString& path, std::vector<std::filesystem::path> barred = {});
    // What a crash left of a document: it has no file, and is something to save until it is saved.
    void openRecovered(Draft draft, const QString& title, std::vector<std::filesystem::path> barred);
    // Those the project names now.
    std::vector<std::filesystem::path> barredFiles() const;
    void allowFiles(const std::vector<std::filesystem::path>& files);
    // Throws base::Error; the document is then untouched.
    void load(const QString& path);
    // Throws base::Error; the file is then untouched.
    void save(const QString& path);

    Draft draft() const { return {m_json, m_folder}; }

    // The same in two halves, so that the file can be written on another thread: what was changed since beginSave() is
    // not in the draft and has still to be saved after endSave(). Another project opened meanwhile is left alone.
    Draft beginSave();
    void endSave(const QString& path);
    void giveUpSave();

    // The weights have been learning, for so long altogether. In a document that has a file, or that was edited, they
    // are something to save at once. In one that stands as it was opened, the same Play gives the same weights again,
    // so leaving it asks only when that would take longer than `longestPlay`.
    void noteTraining(std::chrono::milliseconds spent);
    static constexpr std::chrono::seconds longestPlay{60};
    bool isModified() const { return m_hasUnwritten || !m_undo.isClean() || m_changedBesides; }
    // Empty: never saved.
    const QString& path() const { return m_path; }
    // Of the file; before there is one, as it was opened, or what an edit has called it since.
    QString title() const;
    // Paths in the project are relative to this, where it was opened from; undo brings back such ones after Save As
    // too.
    const std::filesystem::path& folder() const { return m_folder; }

signals:
    // A weight set by hand, or undone: "h1.weight", index row by row. The running training holds the weights.
    void weightSet(const QString& parameter, qint64 index, double value);
    void changed(const perceptory::document::Change& change);
    void modifiedChanged(bool modified);
    void pathChanged();
    void openBlockChanged();
    // Something for the message bar that is no fault of the project, such as a table that could not be read.
    void noted(const QString& sentence, bool isError);

private:
    class EditCommand;
    void replaceAll(base::Json project, const QString& path, const std::filesystem::path& folder, const QString& title);
    void noteChangeBesides();
    void changedBy(unsigned parts, const QString& text, bool opened = false);
    void parse();
    void showGraph() const;
    void checkBarred();

    base::Json m_json;
    training::RunSpec m_spec;
    base::Problems m_problems;
    // Made when they are asked for. Null: the same as the project's, which has no blocks.
    mutable base::Json m_graph;
    mutable network::NetworkSpec m_graphSpec;
    mutable bool m_graphIsOld = true;
    std::string m_openBlock;
    std::uint64_t m_revision = 0;
    QUndoStack m_undo;
    QString m_path, m_title;
    base::Json m_nameAsOpened;
    std::filesystem::path m_folder;
    std::vector<std::filesystem::path> m_barred;
    int m_gestures = 0;     // depth
    int m_lastMergeId = 0;  // ids of gestures and of runs of merge keys; never used twice
    QString m_lastMergeKey;
    bool m_changedBesides = false;  // the view or the weights, which undo does not count
    bool m_isSaving = false;
    bool m_hasUnwritten = false;  // there was something to save when the save that runs began
};

}  // namespace perceptory::document

Q_DECLARE_METATYPE(perceptory::document::Change)
