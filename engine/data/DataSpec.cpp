#include "engine/data/DataSpec.h"

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/data/InputPipeline.h"
#include "engine/data/augmentation/AugmentationCheck.h"
#include "engine/data/bundled/BundledSet.h"
#include "engine/data/generators/Generator.h"
#include "engine/data/readers/Reader.h"

namespace perceptory::data {

using base::Problems;
using base::Severity;

namespace {

void warnOfDoubles(const DataSpec& spec, Problems& problems) {
    for (std::size_t i = 0; i < spec.features.size(); ++i) {
        const auto same = [&](const FeatureSpec& other) { return other.toJson() == spec.features[i].toJson(); };
        const auto before = spec.features.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::any_of(spec.features.begin(), before, same))
            problems.push_back({"data.features[" + std::to_string(i) + "]", Severity::Warning,
                                base::sentence("This feature is chosen twice."),
                                base::sentence("Remove one of the two.")});
    }
}

// The columns of a generated table are known once it is made.
void checkPlane(const DataSpec& spec, Problems& problems) {
    const GeneratorType* type = spec.source == SourceKind::Generator ? generators().find(spec.id) : nullptr;
    if (type && type->table) return;
    InputPipeline::make({{"x1", "x2"}}, spec.features, problems);
}

void checkFiles(const DataSpec& spec, Problems& problems) {
    const ReaderType* type = readers().find(spec.reader.type);
    const bool named = type && type->namedFiles;
    if (!named && (!spec.inputFiles.empty() || !spec.targetFiles.empty()))
        problems.push_back({"data.inputs", Severity::Error,
                            base::sentence("The reader {0} takes no files for inputs and targets.", spec.reader.type),
                            base::sentence("Name a file in \"path\".")});
    else if (spec.inputFiles.empty() != spec.targetFiles.empty())
        problems.push_back({spec.inputFiles.empty() ? "data.inputs" : "data.targets", Severity::Error,
                            base::sentence("No file is chosen."),
                            base::sentence("Name files in \"inputs\" and in \"targets\".")});
    else if (spec.path.empty() && spec.paths.empty() && spec.inputFiles.empty() && spec.split.mode != "files")
        problems.push_back({named ? "data.inputs" : "data.path", Severity::Error, base::sentence("No file is chosen."),
                            named ? base::sentence("Name files in \"inputs\" and in \"targets\".")
                                  : base::sentence("Name a file in \"path\".")});
    if (!spec.inputFiles.empty() && spec.split.mode == "files")
        problems.push_back({"data.split.mode", Severity::Error,
                            base::sentence("Splitting by files needs \"paths\" instead of \"inputs\" and \"targets\"."),
                            base::sentence("Use \"random\" or \"ordered\".")});
}

void checkSource(const DataSpec& spec, Problems& problems) {
    if (spec.source == SourceKind::Generator) {
        const GeneratorType* type = generators().find(spec.id);
        if (type)
            base::checkParams(*type, spec.parameters, "data.parameters", problems);
        else
            generators().check({spec.id, {}}, "data.id", problems);
        checkPlane(spec, problems);
    } else if (spec.source == SourceKind::Points) {
        if (spec.points.size() < 2)
            problems.push_back({"data.points", Severity::Error,
                                base::sentence("There are too few points to learn from."),
                                base::sentence("Paint at least two points of different classes.")});
        checkPlane(spec, problems);
    } else if (spec.source == SourceKind::Dataset) {
        if (!bundledSets().find(spec.id)) bundledSets().check({spec.id, {}}, "data.id", problems);
    } else {
        readers().check(spec.reader, "data.reader", problems);
        checkFiles(spec, problems);
    }
}

SourceParts partsOf(const DataSpec& spec) {
    const BundledSetType* set = spec.source == SourceKind::Dataset ? bundledSets().find(spec.id) : nullptr;
    if (set && set->hasParts) return SourceParts::Own;
    if (spec.source != SourceKind::File) return SourceParts::None;
    const ReaderType* type = readers().find(spec.reader.type);
    return type && type->ownParts && !(spec.path.empty() && spec.paths.empty()) ? SourceParts::Own : SourceParts::Named;
}

}  // namespace

void checkData(const DataSpec& spec, Problems& problems) {
    checkSource(spec, problems);
    if (spec.features.size() <= 1000) warnOfDoubles(spec, problems);
    checkSplit(spec.split, partsOf(spec), problems);
    for (std::size_t i = 0; i < spec.preprocessing.size(); ++i)
        preprocessing().check(spec.preprocessing[i], "data.preprocessing[" + std::to_string(i) + "]", problems);
    checkAugmentation(spec.augmentation, "data.augmentation", problems);
}

}  // namespace perceptory::data
