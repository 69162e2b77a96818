#pragma once
// Copies of a document whose changes no file has, in a folder of its own: what a crash leaves, the next start offers.
// A folder belongs to one document of one program, which holds its lock as long as it lives.
//
//   FOLDER/lock            QLockFile
//   FOLDER/gen-N/          copies; the highest number counts, never the time of a file
//     project.perceptory, project.perceptory-model (when something was learned), note.json

#include <QDateTime>
#include <QLockFile>
#include <filesystem>
#include <memory>
#include <vector>

#include "ui/document/Document.h"
#include "ui/session/SavedWeights.h"

namespace perceptory::session {

// A document as it was.
struct RecoveryNote {
    QString title;
    QString path;                               // of its file; empty: it had none
    std::vector<std::filesystem::path> barred;  // data files it was not to read
    qint64 step = 0;                            // of its training
};

// The newest sound copy in a folder.
struct RecoveryCopy {
    std::filesystem::path folder;   // of the document
    std::filesystem::path project;  // its project file
    RecoveryNote note;
    std::filesystem::path base;  // what paths in the project were relative to
    QDateTime saved;
    qint64 bytes = 0;
};

class RecoveryFolder {
public:
    static constexpr std::uint64_t mostCopies = 5;

    // In the user's data.
    static std::filesystem::path usualRoot();
    // A new one. Throws base::Error.
    static std::shared_ptr<RecoveryFolder> make(const std::filesystem::path& root);
    // One that was left. Null when another program has it, or had it meanwhile and gave it up.
    static std::shared_ptr<RecoveryFolder> adopt(const std::filesystem::path& folder);
    // Of all documents that nobody works on, the last saved first.
    static std::vector<RecoveryCopy> abandoned(const std::filesystem::path& root);

    const std::filesystem::path& folder() const { return m_folder; }

    // One more copy; the oldest beyond mostCopies go once it is safe on disk. Without new `weights` those of the copy
    // before are kept. Any thread, one call after the other. Throws base::Error; the copies before are then untouched.
    void keep(const document::Draft& draft, const RecoveryNote& note, const TrainedWeights* weights);
    // Removes all copies and the folder. Only when the user has saved, or given up, what is in them.
    void clear();

private:
    RecoveryFolder(std::filesystem::path folder, std::unique_ptr<QLockFile> lock);

    base::Json weightsBefore(const std::filesystem::path& copy) const;

    std::filesystem::path m_folder;
    std::unique_ptr<QLockFile> m_lock;
    std::uint64_t m_generation = 0;  // of the last copy
    base::Json m_weights;            // its entry in the project
};

// What is in a copy, with paths as they were.
struct Recovered {
    document::Draft draft;
    SavedRun run;
    QString weightsFault;  // why there are none, where there should be
};

// Any thread. Throws base::Error.
Recovered readCopy(const RecoveryCopy& copy);

}  // namespace perceptory::session
