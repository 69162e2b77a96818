#include "engine/data/readers/NpyProblems.h"

#include "engine/base/Text.h"
#include "engine/data/readers/NpzNames.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

base::Problem error(const std::string& where, std::string sentence, std::string fix) {
    return {where, base::Severity::Error, std::move(sentence), std::move(fix)};
}

std::string fieldText(const Field& field) {
    return base::sentence("\"{0}\" of the shape {1}", quotable(field.name), sizesText(field.shape));
}

std::string joined(const std::vector<std::string>& parts) {
    std::string list;
    for (const std::string& part : parts) list += (list.empty() ? "" : ", ") + part;
    return list;
}

}  // namespace

base::Problem noInput(const NamedFile& input) {
    return error("data.inputs." + input.name,
                 base::sentence("{0}: none of its arrays is called \"{1}\"; it holds {2}.", input.path,
                                quotable(input.name), arraysText(input.path)),
                 base::sentence("Name one in \"inputs\", as FILE.npz:NAME."));
}

base::Problem noTarget(const std::string& path) {
    const std::string there = arraysText(path);
    if (there.empty())
        return error("data.targets", base::sentence("There is no file with what is to be predicted."),
                     base::sentence("Name one in \"targets\"."));
    return error("data.targets",
                 base::sentence("{0}: it is not told which array is to be predicted; it holds {1}.", path, there),
                 base::sentence("Name it in \"targets\", as FILE.npz:NAME, or call it y."));
}

base::Problem otherInputs(const std::vector<Field>& fields, std::span<const NpyRows> inputs,
                          const std::vector<Field>& trained, const std::string& path) {
    std::vector<std::string> found, wanted;
    for (std::size_t i = 0; i < fields.size(); ++i)
        found.push_back(base::sentence("{0} ({1})", fieldText(fields[i]), inputs[i].file().path()));
    for (const Field& field : trained) wanted.push_back(fieldText(field));
    const std::string there = arraysText(path);
    return error(
        "data.inputs",
        base::sentence("The inputs are {0}, but the model was trained with {1}.", joined(found), joined(wanted)),
        there.empty() ? base::sentence("Name files of the same names and shapes as in training.")
                      : base::sentence("The archive holds {0}: name arrays of the same names and shapes as in "
                                       "training, as FILE.npz:NAME.",
                                       there));
}

base::Problem infiniteInput(const NpyRows& rows, std::int64_t row, std::size_t value) {
    return error("data.path",
                 base::sentence("{0}, {1}: the value is infinite, or too large for float32.", rows.file().path(),
                                rows.placeOf(row, value)),
                 base::sentence("Write another number there, such as with numpy.nan_to_num, or leave out the row."));
}

base::Problem notFiniteTarget(const std::string& where, const NpyFile& array, const std::string& place) {
    return error(where, base::sentence("{0}, {1}: the value to predict is not a finite number.", array.path(), place),
                 base::sentence("Leave out the row, or write another number there."));
}

void warnOfRounded(const std::string& where, const NpyFile& array, base::Problems& problems) {
    if (array.rounded().empty()) return;
    problems.push_back({where, base::Severity::Warning,
                        base::sentence("{0}, {1}: the number has more digits than are kept, about 7, so that numbers "
                                       "near it may become equal.",
                                       array.path(), array.rounded()),
                        base::sentence("Subtract what all have in common before the array is saved.")});
}

base::Problem tooManyClasses(const std::string& where, const NpyFile& array, std::size_t most) {
    return error(where,
                 base::sentence("{0} has more than {1} different values, too many for classes.", array.path(), most),
                 base::sentence("Write \"task\": \"regression\", or store numbers as float32."));
}

}  // namespace perceptory::data
