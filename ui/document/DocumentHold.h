#pragma once
// A project file can be open in one window of one program only: a lock file beside it tells the others. GUI thread
// only.

#include <QLockFile>
#include <QString>
#include <memory>

namespace perceptory::document {

class DocumentHold {
public:
    // False when another window has the file; what was held before is then still held. In a folder that cannot be
    // written nothing is locked and nobody hindered. A lock whose program has died does not count.
    bool take(const QString& path);
    void release() { *this = {}; }
    // As take() was given it; empty: nothing is held.
    const QString& path() const { return m_path; }

private:
    QString m_path;
    std::unique_ptr<QLockFile> m_lock;
};

}  // namespace perceptory::document
