#include "ui/document/DataFiles.h"

#include <QDir>
#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>
#include <map>

#include "ui/document/DataKind.h"
#include "ui/document/OutsideFiles.h"

namespace perceptory::document {

using base::Json;

namespace {

constexpr int mostNames = 4000;

std::string absolute(const QString& path) { return QFileInfo(path).absoluteFilePath().toStdString(); }

Json listOf(const QStringList& files) {
    Json list = Json::array();
    for (const QString& file : files) list.push_back(absolute(file));
    return list;
}

Json oneOrMore(const QStringList& files) {
    return files.size() == 1 ? Json{{"path", absolute(files.front())}} : Json{{"paths", listOf(files)}};
}

// Files by the part in their names; those without one train.
using Parted = std::map<std::string, QStringList>;

Json splitByFiles(const Parted& parted) {
    if (!parted.contains("train") || !parted.contains("test")) return nullptr;
    Json paths = Json::object();
    for (const char* part : {"train", "validation", "test"})
        if (const auto found = parted.find(part); found != parted.end()) paths[part] = listOf(found->second);
    return Json{{"split", {{"mode", "files"}, {"paths", paths}}}};
}

Parted partsOf(const QStringList& files) {
    Parted parted;
    for (const QString& file : files) {
        const std::string part = partInName(QFileInfo(file).fileName());
        parted[part.empty() ? "train" : part] += file;
    }
    return parted;
}

DataFiles plain(const QStringList& files) {
    return {oneOrMore(files), splitByFiles(partsOf(files)), Json::object(), {}};
}

// The folder whose parts these are, or the one that was chosen.
QString folderOf(const QStringList& files) {
    const bool areParts = std::ranges::all_of(files, [&](const QString& file) {
        const QString name = QFileInfo(file).fileName();
        return !partInName(name).empty() && QFileInfo(file).path() == QFileInfo(files.front()).path();
    });
    return files.size() > 1 && areParts ? QFileInfo(files.front()).path() : files.front();
}

// A folder with sub-folders train and test, which are then the parts.
DataFiles folders(const QStringList& files) {
    const QString folder = folderOf(files);
    int left = mostNames;
    const QStringList names = namesIn(folder, left).folders;
    if ((files.size() > 1 && folder == files.front()) || !names.contains("train"))
        return {oneOrMore(files), nullptr, Json::object(), {}};
    QStringList parts;
    for (const char* name : {"train", "validation", "val", "test"})
        if (names.contains(name)) parts += folder + "/" + name;
    const Json own{{"path", absolute(folder)}, {"split", {{"mode", "files"}}}};
    return {Json{{"paths", listOf(parts)}}, parts.size() > 1 ? own : Json(), Json::object(), {}};
}

// "train-images-idx3-ubyte.gz" and "train-labels-idx1-ubyte.gz" without what tells them apart.
QString pairName(const QString& file) {
    static const QRegularExpression role(QStringLiteral("(images?|labels?|idx[1-4])"));
    return QFileInfo(file).fileName().toLower().remove(role);
}

// Images and their labels in turn.
DataFiles idx(const QStringList& files) {
    std::map<QString, QStringList> images, labels;
    for (const QString& file : files) {
        const QString name = QFileInfo(file).fileName();
        (name.contains("idx1") || name.contains("label") ? labels : images)[pairName(file)] += file;
    }
    QStringList ordered;
    for (const auto& [name, list] : images)
        for (const QString& file : list) {
            // A single pair belongs together, whatever it is called.
            QStringList& partners = files.size() == 2 && !labels.empty() ? labels.begin()->second : labels[name];
            ordered += file;
            if (!partners.isEmpty()) ordered += partners.takeFirst();
        }
    QStringList leftOut = files;
    for (const QString& file : ordered) leftOut.removeAll(file);
    DataFiles result = plain(ordered);
    result.leftOut = leftOut;
    return result;
}

enum class ArrayRole { None, Input, Target };

ArrayRole roleOf(const QString& file) {
    static const QRegularExpression input(QStringLiteral("(^|_|-)(x|inputs?|images?|features?|data)(_|-|$)")),
        target(QStringLiteral("(^|_|-)(y|targets?|labels?|classes|masks?)(_|-|$)"));
    const QString name = QFileInfo(file).completeBaseName().toLower();
    if (target.match(name).hasMatch()) return ArrayRole::Target;
    return input.match(name).hasMatch() ? ArrayRole::Input : ArrayRole::None;
}

// x.npy and y.npy, of several parts those that train; else each file is a class.
DataFiles arrays(const QStringList& files) {
    if (files.size() == 1) return plain(files);
    QString input, target;
    for (const QString& file : files) {
        const std::string part = partInName(QFileInfo(file).fileName());
        if (!part.empty() && part != "train") continue;
        if (input.isEmpty() && roleOf(file) == ArrayRole::Input) input = file;
        if (target.isEmpty() && roleOf(file) == ArrayRole::Target) target = file;
    }
    if (input.isEmpty() || target.isEmpty())
        return {Json{{"paths", listOf(files)}}, nullptr, Json{{"label", "file"}}, {}};
    QStringList leftOut = files;
    leftOut.removeAll(input);
    leftOut.removeAll(target);
    return {Json{{"inputs", absolute(input)}, {"targets", absolute(target)}}, nullptr, Json::object(), leftOut};
}

// Of one file the classes can only stand in it.
DataFiles texts(const QStringList& files) {
    DataFiles result = plain(files);
    if (files.size() == 1 && !QFileInfo(files.front()).isDir()) result.parameters["label"] = "last_column";
    return result;
}

}  // namespace

DataFiles arrangeFiles(const std::string& reader, const QStringList& files) {
    if (reader == "image_folder" || reader == "image_masks") return folders(files);
    if (reader == "idx") return idx(files);
    if (reader == "npy") return arrays(files);
    if (reader == "text_lines") return texts(files);
    return plain(files);
}

QStringList filesInUse(const Json& project, const std::filesystem::path& folder) {
    QStringList files;
    for (const std::filesystem::path& file : dataFiles(project, folder))
        files += QString::fromStdString(file.lexically_normal().string());
    return files;
}

QString nameOfFiles(const QStringList& files) {
    const QString name = files.value(0).section(QLatin1Char('/'), -1);
    return files.size() < 2 ? name : QStringLiteral("%1 +%2").arg(name).arg(files.size() - 1);
}

std::vector<TableFile> tableFiles(const QStringList& files) {
    std::vector<TableFile> tables;
    for (const QString& file : files) {
        const std::string part = partInName(QFileInfo(file).fileName());
        tables.push_back({file, part.empty() ? "train" : part});
    }
    if (std::ranges::none_of(tables, [](const TableFile& table) { return table.part == "train"; }))
        for (TableFile& table : tables) table.part = "train";
    return tables;
}

}  // namespace perceptory::document
