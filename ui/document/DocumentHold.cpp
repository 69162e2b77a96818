#include "ui/document/DocumentHold.h"

#include <QFileInfo>
#include <chrono>

namespace perceptory::document {

bool DocumentHold::take(const QString& path) {
    if (path == m_path) return true;
    const QFileInfo named(path), file(named.exists() ? named.canonicalFilePath() : named.absoluteFilePath());
    auto lock = std::make_unique<QLockFile>(file.path() + "/." + file.fileName() + ".lock");
    lock->setStaleLockTime(std::chrono::milliseconds(0));
    if (!lock->tryLock(0) && lock->error() == QLockFile::LockFailedError) return false;
    m_lock = std::move(lock);
    m_path = path;
    return true;
}

}  // namespace perceptory::document
