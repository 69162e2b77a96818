#pragma once
// What data a project asks for: the `data` object of the project file as plain values.

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/base/Params.h"
#include "engine/data/Batcher.h"
#include "engine/data/Split.h"
#include "engine/data/Task.h"

namespace perceptory::data {

// One input of the network: a column or a feature of the plane by id, or a formula. Exactly one of the two is set.
struct FeatureSpec {
    std::string id;
    std::string formula;

    base::Json toJson() const;
};

struct PointSpec {
    float x = 0, y = 0;
    std::string label;  // class, or the value as text for regression
};

// A file for one of several inputs or targets.
struct NamedFile {
    std::string name;
    std::string path;  // relative to the project file
};

// What becomes of a column of a table. Auto: numbers as they are, texts of a few kinds as OneHot, dates and texts of
// many kinds left out, all said in the notes.
enum class ColumnUse { Auto, Number, OneHot, Index, Ignore };
// The words in files: auto, number, one_hot, index, ignore.
const std::vector<std::string>& columnUseWords();

struct ColumnSpec {
    std::string name;
    ColumnUse use = ColumnUse::Auto;
};

// Of a row of the source, counted from 0: left out, or of another class than the source says.
struct RowEdit {
    std::uint64_t row = 0;
    bool exclude = false;
    std::optional<std::string> label;
};

enum class SourceKind { Generator, Dataset, File, Points };

struct DataSpec {
    SourceKind source = SourceKind::Generator;
    std::string id = "circle";  // of the generator or the bundled set
    base::Json parameters = base::Json::object();
    std::uint64_t seed = 1;
    std::vector<PointSpec> points;

    base::KindSpec reader{"csv", base::Json::object()};
    std::string path;                                // relative to the project file
    std::vector<std::string> paths;                  // several files that are read as one, instead of `path`
    std::vector<NamedFile> inputFiles, targetFiles;  // of readers that take a file for each field and target
    std::string targetName;                          // of a file; empty and no index: the last column
    std::vector<std::string> moreTargetNames;        // of a table: numbers to predict besides
    std::optional<std::int64_t> targetIndex;         // counted from 0
    std::optional<Task> task;                        // unset: deduced, and said in the notes
    std::string missing = "drop";  // drop: leave such rows out; mean: fill with the mean of the training part

    std::vector<ColumnSpec> columns;    // those not listed: Auto
    std::vector<FeatureSpec> features;  // empty: every column but the target
    SplitSpec split;
    std::vector<base::KindSpec> preprocessing;
    std::vector<base::KindSpec> augmentation;  // of images, while training
    Balance balance = Balance::None;
    std::vector<RowEdit> edits;
    std::string targetEncoding = "auto";

    // Reports wrong types at "data.KEY" and goes on with the default. Unknown keys are left alone.
    static DataSpec fromJson(const base::Json& json, base::Problems& problems);
};

// All that can be said without opening a file: unknown ids, parameters out of range, formulas of the plane, the split.
void checkData(const DataSpec& spec, base::Problems& problems);

}  // namespace perceptory::data
