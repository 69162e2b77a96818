#pragma once
// The contract of readers: one kind of file each, to a table of numbers with a target.

#include <filesystem>
#include <optional>

#include "engine/base/Progress.h"
#include "engine/base/Shelf.h"
#include "engine/data/DataSpec.h"
#include "engine/data/InputPipeline.h"
#include "engine/data/Table.h"

namespace perceptory::data {

struct ReadRequest {
    std::filesystem::path path;
    std::vector<std::filesystem::path> paths;        // all of them, `path` the first; readers of one file look at that
    std::vector<NamedFile> inputFiles, targetFiles;  // of each field and target; whole paths
    base::Json parameters = base::Json::object();    // of the reader; must have passed the check of the shelf
    std::string targetName;                          // empty and no index: the last column
    std::optional<std::int64_t> targetIndex;         // from 0; negative: from the end
    std::optional<Task> task;
    std::vector<std::string> moreTargetNames;  // numbers to predict besides `targetName`
    std::vector<ColumnSpec> columns;           // what becomes of those named
    std::string groupColumn;                   // tells which rows stay together; no input unless a feature
    std::vector<FeatureSpec> features;         // which columns are wanted; empty: all but the target

    // Set for data that a trained model meets: the columns are then the model's, whatever else the file has.
    const InputPipeline* pipeline = nullptr;
    std::vector<std::string> classNames;  // with a pipeline: the model's classes in their order
    std::optional<Tokens> tokens;         // of the rows read before, or the model's: texts are to become numbers alike
    std::vector<std::vector<std::string>> words;  // likewise of columns of words, by column of the table
    std::vector<Target> moreTargets;              // with a pipeline: the model's others, without rows
    bool needsTarget = true;                      // false: there is no target, or nobody wants it
    // How numbers were written in the file read before: "point", "comma", with " grouped" behind where thousands are.
    // For files that may be read either way, such as one whose only number is 1.234. Empty: unknown.
    std::string numberStyle;
    bool fillsMissing = false;     // inputs that are missing are filled in later
    std::int64_t memoryLimit = 0;  // bytes
    base::Progress progress;       // told while reading
    std::int64_t beginning = 0;    // of a csv file no more than about so many bytes; 0: all

    // That of the model, where there is one.
    const std::string& usualNumbers() const;
};

// The first cell of a column that is neither missing nor a number.
struct OddCell {
    std::string text;
    std::size_t line = 0;     // where its row begins, counted from 1; 0 when there is no such cell
    bool isInfinite = false;  // such as "inf" or "-Infinity"
};

// What a form needs to offer a column: as target, as input, or as neither.
struct ColumnSummary {
    std::string name;
    bool isNumeric = false;    // nothing but numbers and missing values in the rows looked at
    std::size_t missing = 0;   // of the rows looked at
    std::size_t distinct = 0;  // different cells in the rows looked at
    OddCell odd{};             // why it is not numeric
    std::size_t texts = 0;     // cells that are neither missing nor numbers
    std::size_t dates = 0;     // of them, those that are dates

    // What the reader makes of it unless it is told: Number, OneHot or Ignore.
    ColumnUse guess(std::size_t looked) const;
};

// The beginning of a file, for a form that asks how to read it.
struct FilePreview {
    base::Json parameters;  // of the reader, with what "auto" was found to be
    std::vector<ColumnSummary> columns;
    std::vector<std::vector<std::string>> rows;  // the first few as they stand, without the header; may be ragged
    std::size_t looked = 0;                      // rows looked at
    bool isAll = false;                          // they are the whole file
    base::Problems problems;                     // what already stops the rows looked at from being read
};

struct ReaderType : base::KindType {
    std::vector<std::string> extensions;  // ".csv", for file dialogs
    // Nothing when a problem of severity Error was reported. Throws Error when the file cannot be read, is of another
    // kind, is broken in its form, or is too large.
    std::optional<Table> (*read)(const ReadRequest&, base::Problems&) = nullptr;
    bool severalFiles = false;  // reads `paths`
    // Takes as long for a huge file as for a small one. Throws Error as read does. Null for files without columns.
    FilePreview (*preview)(const std::filesystem::path&, const base::Json& parameters) = nullptr;
    bool namedFiles = false;  // reads `inputFiles` and `targetFiles`
    // Which files, folders or arrays in those of the project are the training, validation and test part, by their names
    // and as whole paths, as those given are; no training part where none is called so. Throws Error when one cannot be
    // read. Null: no source of this reader has parts.
    SplitSpec (*ownParts)(const std::vector<std::string>& paths) = nullptr;
};

const base::Shelf<ReaderType>& readers();

namespace reader_members {
#define READER(Member) extern const ReaderType Member;
#include "engine/data/readers/readers.def"
#undef READER
}  // namespace reader_members

}  // namespace perceptory::data
