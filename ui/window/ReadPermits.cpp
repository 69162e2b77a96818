#include "ui/window/ReadPermits.h"

#include <QFileInfo>
#include <QSettings>

namespace perceptory::window {

namespace {

constexpr int most = 500;
constexpr const char* key = "readPermits";

// No path without links and ".." holds two slashes in a row.
QString entryOf(const QString& project, const document::OutsideFile& file) {
    return QFileInfo(project).canonicalFilePath() + QStringLiteral("//") + QString::fromStdString(file.real.string());
}

}  // namespace

std::vector<document::OutsideFile> ReadPermits::missing(const QString& project,
                                                        const std::vector<document::OutsideFile>& files) {
    std::vector<document::OutsideFile> missing;
    if (files.empty()) return missing;
    const QStringList permits = QSettings().value(key).toStringList();
    for (const document::OutsideFile& file : files)
        if (!permits.contains(entryOf(project, file))) missing.push_back(file);
    return missing;
}

void ReadPermits::add(const QString& project, const std::vector<document::OutsideFile>& files) {
    if (files.empty()) return;
    QStringList permits = QSettings().value(key).toStringList();
    for (const document::OutsideFile& file : files) {
        permits.removeAll(entryOf(project, file));
        permits.prepend(entryOf(project, file));
    }
    QSettings().setValue(key, permits.mid(0, most));
}

}  // namespace perceptory::window
