#pragma once
// What dropped or chosen files are, by their names alone, so that it can be said before anything is read.

#include <QStringList>
#include <string>
#include <vector>

namespace perceptory::document {

enum class DropKind { Foreign, Project, Table, Data };

struct DropAnswer {
    DropKind kind = DropKind::Foreign;
    std::string reader;  // of Table and Data
    QStringList files;   // what to open: what was dropped, or what a dropped folder holds of one kind
    QString sentence;    // what letting go will do, or why nothing can be done and what to drop instead
};

// Opens no file, and looks at a few thousand names in folders at most, so it may be asked while files hover.
DropAnswer dropKindOf(const QStringList& paths);

// The readers that may make sense of such files, the likeliest one first: a table may also be a time series.
std::vector<std::string> fittingReaders(const DropAnswer& answer);

// "train", "validation" or "test" for a name that says so ("test_batch.bin", "t10k-images…"), else empty.
std::string partInName(const QString& name);

// Names in a folder, without hidden ones, ascending.
struct FolderNames {
    QStringList folders, files;
    bool isAll = true;  // there are no more than `left` names
};
FolderNames namesIn(const QString& folder, int& left);

}  // namespace perceptory::document
