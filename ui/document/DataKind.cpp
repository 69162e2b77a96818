#include "ui/document/DataKind.h"

#include <QCoreApplication>
#include <QDirIterator>
#include <QFileInfo>
#include <QRegularExpression>
#include <algorithm>
#include <map>
#include <optional>

#include "engine/data/readers/ImageTree.h"
#include "ui/document/DataFiles.h"

namespace perceptory::document {

namespace {

constexpr int mostNames = 4000;      // looked at for one answer, and as many again inside sub-folders
constexpr int namesUntilImage = 40;  // of a sub-folder, before it is no class
constexpr qint64 cifar10Record = 1 + 3072, cifar100Record = 2 + 3072;

enum class FileKind { Project, Table, Text, Array, Idx, Cifar, Image, Packed, Other };

class Told {
    Q_DECLARE_TR_FUNCTIONS(document)
};

FileKind kindOfFile(const QString& path) {
    static const QRegularExpression idx(QStringLiteral("(idx[1-4]-ubyte|\\.idx|[.-]ubyte)(\\.gz)?$"));
    const QString name = QFileInfo(path).fileName().toLower(), ending = QFileInfo(path).suffix().toLower();
    if (ending == "perceptory") return FileKind::Project;
    if (QStringList{"csv", "tsv", "data", "train", "test"}.contains(ending)) return FileKind::Table;
    if (ending == "txt") return FileKind::Text;
    if (ending == "npy" || ending == "npz") return FileKind::Array;
    if (ending == "bin") return FileKind::Cifar;
    if (idx.match(name).hasMatch()) return FileKind::Idx;
    if (data::isImageName(path.toStdString())) return FileKind::Image;
    return QStringList{"gz", "zip", "tar", "tgz", "xz", "bz2", "7z"}.contains(ending) ? FileKind::Packed
                                                                                      : FileKind::Other;
}

QStringList ofKind(const QStringList& files, FileKind kind) {
    QStringList found;
    for (const QString& file : files)
        if (kindOfFile(file) == kind) found += file;
    return found;
}

// Nothing where they differ; a text beside a table is one too.
std::optional<FileKind> kindOfAll(const QStringList& files) {
    const auto tables = ofKind(files, FileKind::Table).size(), texts = ofKind(files, FileKind::Text).size();
    if (tables > 0 && tables + texts == files.size()) return FileKind::Table;
    const FileKind kind = kindOfFile(files.front());
    return ofKind(files, kind).size() == files.size() ? std::optional(kind) : std::nullopt;
}

QString nameOf(const QString& path) { return QFileInfo(path).fileName(); }

DropAnswer foreign(const QString& sentence) { return {DropKind::Foreign, {}, {}, sentence}; }

DropAnswer unknown() {
    return foreign(
        Told::tr("Perceptory opens projects (.perceptory), tables (.csv, .tsv, .txt), arrays (.npy, .npz), images in "
                 "folders, idx and CIFAR files, and texts (.txt)"));
}

DropAnswer tableAnswer(const QString& file) {
    return {DropKind::Table, "csv", {file}, Told::tr("Let go to use the table %1 as data").arg(nameOf(file))};
}

// "a.csv", "a.csv and b.csv", "a.csv, b.csv and 3 more"
QString listOf(const QStringList& files) {
    constexpr int shown = 2;
    QStringList names;
    for (const QString& file : files.mid(0, shown)) names += nameOf(file);
    if (const auto more = static_cast<int>(files.size()) - shown; more > 0)
        return Told::tr("%1 and %n more", nullptr, more).arg(names.join(QStringLiteral(", ")));
    return names.size() < 2 ? names.join(QString()) : Told::tr("%1 and %2").arg(names[0], names[1]);
}

DropAnswer tablesAnswer(const QStringList& files) {
    std::map<std::string, QStringList> parts;
    for (const TableFile& file : tableFiles(files)) parts[file.part] += file.path;
    QStringList uses{Told::tr("%1 to train").arg(listOf(parts["train"]))};
    if (parts.contains("validation")) uses += Told::tr("%1 to validate").arg(listOf(parts["validation"]));
    if (parts.contains("test")) uses += Told::tr("%1 to test").arg(listOf(parts["test"]));
    const QString sentence =
        uses.size() == 1 ? Told::tr("Let go to use the rows of %1 as one table").arg(listOf(files))
                         : Told::tr("Let go to use these tables as data: %1").arg(uses.join(QStringLiteral(", ")));
    return {DropKind::Table, "csv", files, sentence};
}

DropAnswer textsAnswer(const QStringList& files, int count, const QString& name) {
    const QString sentence =
        name.isEmpty() ? Told::tr("Let go to use %n text files as data", nullptr, count)
                       : Told::tr("Let go to use the texts in %1 as data: %n files", nullptr, count).arg(name);
    return {DropKind::Data, "text_lines", files, sentence};
}

bool isLabels(const QString& file) { return nameOf(file).contains("idx1") || nameOf(file).contains("label"); }

DropAnswer idxAnswer(const QStringList& files) {
    const auto labels = std::ranges::count_if(files, isLabels);
    if (labels == 0)
        return foreign(Told::tr("The labels are missing: drop the file of images together with that of their labels"));
    if (2 * labels != files.size())
        return foreign(Told::tr("Each file of images needs its file of labels: drop them together"));
    return {DropKind::Data, "idx", files,
            Told::tr("Let go to use these images with their labels as data: %n files", nullptr,
                     static_cast<int>(files.size()))};
}

DropAnswer cifarAnswer(const QStringList& files) {
    const auto holds = [&](qint64 record) {
        return std::ranges::all_of(files, [&](const QString& file) {
            const qint64 size = QFileInfo(file).size();
            return size > 0 && size % record == 0;
        });
    };
    const int count = static_cast<int>(files.size());
    if (holds(cifar10Record))
        return {DropKind::Data, "cifar10", files,
                Told::tr("Let go to use these CIFAR-10 images as data: %n files", nullptr, count)};
    if (holds(cifar100Record))
        return {DropKind::Data, "cifar100", files,
                Told::tr("Let go to use these CIFAR-100 images as data: %n files", nullptr, count)};
    return foreign(Told::tr("Of files .bin, only those of CIFAR-10 and CIFAR-100 can be read"));
}

DropAnswer arraysAnswer(const QStringList& files) {
    const bool single = files.size() == 1;
    if (single && files.front().endsWith(".npy", Qt::CaseInsensitive))
        return foreign(Told::tr(
            "One array alone has no targets: drop it with the array of its targets, or a file for each class"));
    if (single)
        return {DropKind::Data, "npy", files,
                Told::tr("Let go to use the arrays in %1 as data").arg(nameOf(files.front()))};
    return {DropKind::Data, "npy", files,
            Told::tr("Let go to use these arrays as data: %n files", nullptr, static_cast<int>(files.size()))};
}

DropAnswer imagesRefused() {
    return foreign(
        Told::tr("Images alone have no classes: drop a folder with a sub-folder for each class, or one with the "
                 "sub-folders images and masks"));
}

bool isPartName(const QString& name) { return QStringList{"train", "validation", "val", "test"}.contains(name); }

bool holdsMasks(const QStringList& folders) {
    return folders.contains("images") && (folders.contains("masks") || folders.contains("labels"));
}

// A look at one folder; `left` is what may still be looked at.
class FolderLook {
public:
    explicit FolderLook(const QString& folder) : m_folder(folder) {}

    DropAnswer answer() {
        const FolderNames names = namesIn(m_folder, m_left);
        if (holdsMasks(names.folders)) return masks();
        if (names.folders.contains("train")) {
            const QString train = m_folder + "/train";
            const FolderNames inside = namesIn(train, m_left);
            if (holdsMasks(inside.folders)) return masks();
            if (const int classes = classesIn(train, inside)) return images(classes, inside.isAll);
        }
        if (const int classes = classesIn(m_folder, names)) return images(classes, names.isAll);
        return files(names);
    }

private:
    // Of sub-folders that hold an image.
    int classesIn(const QString& folder, const FolderNames& names) {
        int classes = 0;
        for (const QString& name : names.folders) {
            if (m_leftInside <= 0) break;
            if (!isPartName(name) && holdsImage(folder + "/" + name)) ++classes;
        }
        return classes;
    }

    bool holdsImage(const QString& folder) {
        QDirIterator it(folder, QDir::Files);
        for (int seen = 0; it.hasNext() && seen < namesUntilImage; ++seen) {
            --m_leftInside;
            if (data::isImageName(it.next().toStdString())) return true;
        }
        return false;
    }

    DropAnswer masks() const {
        return {DropKind::Data,
                "image_masks",
                {m_folder},
                Told::tr("Let go to use the images and masks in %1 as data").arg(nameOf(m_folder))};
    }

    DropAnswer images(int classes, bool isAll) const {
        const QString sentence =
            isAll && m_leftInside > 0
                ? Told::tr("Let go to use the images in %1 as data: %n classes", nullptr, classes)
                : Told::tr("Let go to use the images in %1 as data: more than %n classes", nullptr, classes);
        return {DropKind::Data, "image_folder", {m_folder}, sentence.arg(nameOf(m_folder))};
    }

    DropAnswer files(const FolderNames& names) const {
        QStringList paths;
        for (const QString& name : names.files) paths += m_folder + "/" + name;
        for (const FileKind kind : {FileKind::Idx, FileKind::Cifar, FileKind::Array})
            if (const QStringList found = ofKind(paths, kind); !found.isEmpty()) return ofFiles(kind, found);
        if (!ofKind(paths, FileKind::Image).isEmpty()) return imagesRefused();
        const QStringList tables = ofKind(paths, FileKind::Table), texts = ofKind(paths, FileKind::Text);
        if (tables.size() == 1) return tableAnswer(tables.front());
        if (tables.size() > 1) return ofTables(tables);
        if (!texts.isEmpty()) return textsAnswer({m_folder}, static_cast<int>(texts.size()), nameOf(m_folder));
        return foreign(Told::tr("%1 holds neither sub-folders of images nor other data Perceptory can read")
                           .arg(nameOf(m_folder)));
    }

    // Tables that happen to lie in one folder need not belong together.
    DropAnswer ofTables(const QStringList& tables) const {
        if (std::ranges::any_of(tableFiles(tables), [](const TableFile& file) { return file.part != "train"; }))
            return tablesAnswer(tables);
        return foreign(
            Told::tr("%1 holds several tables: drop one of them, or those that are one table").arg(nameOf(m_folder)));
    }

    static DropAnswer ofFiles(FileKind kind, const QStringList& files) {
        return kind == FileKind::Idx     ? idxAnswer(files)
               : kind == FileKind::Cifar ? cifarAnswer(files)
                                         : arraysAnswer(files);
    }

    QString m_folder;
    int m_left = mostNames, m_leftInside = mostNames;
};

DropAnswer ofOne(FileKind kind, const QString& file) {
    switch (kind) {
        case FileKind::Project:
            return {DropKind::Project, {}, {file}, Told::tr("Let go to open the project %1").arg(nameOf(file))};
        case FileKind::Table:
        case FileKind::Text:
            return tableAnswer(file);
        case FileKind::Array:
            return arraysAnswer({file});
        case FileKind::Idx:
            return idxAnswer({file});
        case FileKind::Cifar:
            return cifarAnswer({file});
        case FileKind::Image:
            return imagesRefused();
        case FileKind::Packed:
            return foreign(Told::tr("%1 is packed: unpack it first, and drop the folder").arg(nameOf(file)));
        case FileKind::Other:
            break;
    }
    return unknown();
}

DropAnswer ofSeveral(FileKind kind, const QStringList& files) {
    switch (kind) {
        case FileKind::Project:
            return foreign(Told::tr("One project at a time, please"));
        case FileKind::Table:
            return tablesAnswer(files);
        case FileKind::Text:
            return textsAnswer(files, static_cast<int>(files.size()), {});
        case FileKind::Array:
            return arraysAnswer(files);
        case FileKind::Idx:
            return idxAnswer(files);
        case FileKind::Cifar:
            return cifarAnswer(files);
        case FileKind::Image:
            return imagesRefused();
        case FileKind::Packed:
        case FileKind::Other:
            break;
    }
    return unknown();
}

}  // namespace

FolderNames namesIn(const QString& folder, int& left) {
    FolderNames names;
    QDirIterator it(folder, QDir::Dirs | QDir::Files | QDir::NoDotAndDotDot);
    while (it.hasNext() && left-- > 0) {
        it.next();
        (it.fileInfo().isDir() ? names.folders : names.files) += it.fileName();
    }
    names.isAll = !it.hasNext();
    names.folders.sort();
    names.files.sort();
    return names;
}

std::string partInName(const QString& name) {
    static const QRegularExpression test(QStringLiteral("(^|[^a-z])(test|t10k)([^a-z]|$)")),
        validation(QStringLiteral("(^|[^a-z])(val|valid|validation|dev)([^a-z]|$)")),
        train(QStringLiteral("(^|[^a-z])(train|training)([^a-z]|$)"));
    const QString lower = name.toLower();
    if (test.match(lower).hasMatch()) return "test";
    if (validation.match(lower).hasMatch()) return "validation";
    return train.match(lower).hasMatch() ? "train" : "";
}

DropAnswer dropKindOf(const QStringList& paths) {
    if (paths.isEmpty() || paths.contains(QString())) return unknown();
    const auto isFolder = [](const QString& path) { return QFileInfo(path).isDir(); };
    if (paths.size() == 1 && isFolder(paths.front())) return FolderLook(QDir::cleanPath(paths.front())).answer();
    if (std::ranges::any_of(paths, isFolder))
        return foreign(Told::tr("One folder at a time, please, and no files beside it"));
    if (paths.size() == 1) return ofOne(kindOfFile(paths.front()), paths.front());
    if (const auto kind = kindOfAll(paths)) return ofSeveral(*kind, paths);
    return foreign(Told::tr("These files are of different kinds: drop files of one kind, or one folder"));
}

std::vector<std::string> fittingReaders(const DropAnswer& answer) {
    if (answer.kind == DropKind::Table && answer.files.size() > 1) return {"csv"};
    if (answer.kind == DropKind::Table)
        return kindOfFile(answer.files.front()) == FileKind::Text
                   ? std::vector<std::string>{"csv", "text_lines", "windows", "ratings"}
                   : std::vector<std::string>{"csv", "windows", "ratings", "text_lines"};
    if (answer.kind != DropKind::Data) return {};
    if (answer.reader == "cifar10" || answer.reader == "cifar100")
        return answer.reader == "cifar10" ? std::vector<std::string>{"cifar10", "cifar100"}
                                          : std::vector<std::string>{"cifar100", "cifar10"};
    return {answer.reader};
}

}  // namespace perceptory::document
