#include "engine/data/DataSpec.h"

#include <algorithm>
#include <cmath>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/data/readers/Reader.h"

namespace perceptory::data {

using base::Json;
using base::Problems;
using base::Severity;

namespace {

// Reads values of one object and reports those of the wrong type.
class ObjectReader {
public:
    ObjectReader(const Json& object, std::string where, Problems& problems)
        : m_object(object), m_where(std::move(where)), m_problems(problems) {}

    const Json* find(const char* key) const {
        const auto found = m_object.find(key);
        return found == m_object.end() || found->is_null() ? nullptr : &*found;
    }

    void text(const char* key, std::string& into) const {
        const Json* value = find(key);
        if (!value) return;
        if (value->is_string())
            into = value->get<std::string>();
        else
            report(key, base::sentence("This must be a text."), base::sentence("Put it in quotes."));
    }

    void number(const char* key, std::optional<double>& into) const {
        const Json* value = find(key);
        if (!value) return;
        if (value->is_number() && std::isfinite(value->get<double>()))
            into = value->get<double>();
        else
            report(key, base::sentence("This must be a number."), base::sentence("Write a number such as 0.5."));
    }

    void whole(const char* key, std::int64_t& into) const {
        const Json* value = find(key);
        if (!value) return;
        if (value->is_number_integer())
            into = value->get<std::int64_t>();
        else
            report(key, base::sentence("This must be a whole number."), base::sentence("Write a number such as 5."));
    }

    void choice(const char* key, const std::vector<std::string>& choices, std::string& into) const {
        std::string value = into;
        text(key, value);
        if (std::ranges::count(choices, value)) {
            into = value;
            return;
        }
        std::string list;
        for (const std::string& word : choices) list += (list.empty() ? "" : ", ") + word;
        report(key, base::sentence("\"{0}\" is not one of the choices.", value),
               base::sentence("Use one of: {0}.", list));
    }

    const Json* list(const char* key) const {
        const Json* value = find(key);
        if (!value || value->is_array()) return value;
        report(key, base::sentence("This must be a list."), base::sentence("Write [ … ]."));
        return nullptr;
    }

    void report(const std::string& key, const std::string& sentence, const std::string& fix,
                Severity severity = Severity::Error) const {
        m_problems.push_back({m_where + "." + key, severity, sentence, fix});
    }

    std::string place(const std::string& key) const { return m_where + "." + key; }
    Problems& problems() const { return m_problems; }

private:
    const Json& m_object;
    std::string m_where;
    Problems& m_problems;
};

void readSource(const ObjectReader& in, DataSpec& spec) {
    const std::vector<std::string> words{"generator", "dataset", "file", "points"};
    std::string word = words[0];
    in.choice("source", words, word);
    spec.source = static_cast<SourceKind>(std::ranges::find(words, word) - words.begin());
    in.text("id", spec.id);
    if (const Json* value = in.find("parameters")) {
        if (value->is_object())
            spec.parameters = *value;
        else
            in.report("parameters", base::sentence("This must be an object."), base::sentence("Write {...}."));
    }
    if (const Json* value = in.find("seed")) {
        try {
            spec.seed = base::readSeed(*value, in.place("seed"));
        } catch (const base::Error&) {
            in.report(
                "seed",
                base::sentence("The seed {0} is not a whole number from 0 to 18446744073709551615.", value->dump()),
                base::sentence("Write it as \"42\"."));
        }
    }
}

void readTarget(const ObjectReader& in, DataSpec& spec) {
    if (const Json* target = in.find("target")) {
        if (target->is_string())
            spec.targetName = target->get<std::string>();
        else if (target->is_number_integer())
            spec.targetIndex = target->get<std::int64_t>();
        else if (target->is_array() && !target->empty() && std::ranges::all_of(*target, &Json::is_string))
            spec.moreTargetNames = target->get<std::vector<std::string>>();
        else
            in.report("target", base::sentence("This must be the name of a column or its number, or a list of names."),
                      base::sentence("Write a name in quotes, or 0 for the first column."));
    }
    for (std::size_t i = 1; i < spec.moreTargetNames.size(); ++i) {
        const auto now = spec.moreTargetNames.begin() + static_cast<std::ptrdiff_t>(i);
        if (std::find(spec.moreTargetNames.begin(), now, *now) != now)
            in.report("target", base::sentence("The column \"{0}\" is named twice.", *now),
                      base::sentence("Name each column once."));
    }
    if (!spec.moreTargetNames.empty()) {
        spec.targetName = spec.moreTargetNames.front();
        spec.moreTargetNames.erase(spec.moreTargetNames.begin());
    }
    std::string word;
    in.text("task", word);
    if (word.empty()) return;
    in.choice("task", {"classification", "regression"}, word);
    spec.task = word == "regression" ? Task::Regression : Task::Classification;
}

void readPaths(const ObjectReader& in, const char* key, std::vector<std::string>& into) {
    const Json* value = in.find(key);
    if (!value) return;
    if (value->is_string()) into = {value->get<std::string>()};
    const Json* list = value->is_string() ? nullptr : in.list(key);
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        if ((*list)[i].is_string())
            into.push_back((*list)[i].get<std::string>());
        else
            in.report(std::string(key) + "[" + std::to_string(i) + "]", base::sentence("This must be a text."),
                      base::sentence("Put it in quotes."));
    }
}

// {"NAME": "file", …}, or one file for the name `usual`.
void readNamedFiles(const ObjectReader& in, const char* key, const char* usual, std::vector<NamedFile>& into) {
    const Json* value = in.find(key);
    if (!value) return;
    if (value->is_string()) {
        into = {{usual, value->get<std::string>()}};
        return;
    }
    const std::string fix = base::sentence("Write {\"{0}\": \"FILE\"}.", usual);
    if (!value->is_object() || value->empty()) return in.report(key, base::sentence("This must name files."), fix);
    for (const auto& [name, path] : value->items()) {
        if (path.is_string())
            into.push_back({name, path.get<std::string>()});
        else
            in.report(std::string(key) + "." + name, base::sentence("This must be a text."), fix);
    }
}

// Parameters of the reader may stand in "parameters", or beside "reader" itself.
void readReader(const ObjectReader& in, DataSpec& spec) {
    const Json* reader = in.find("reader");
    if (!reader) return;
    spec.reader = base::KindSpec::fromJson(*reader, in.place("reader"), in.problems());
    if (!reader->is_string() || spec.source != SourceKind::File) return;
    spec.reader.parameters = spec.parameters;
    const ReaderType* type = readers().find(spec.reader.type);
    if (!type || !spec.reader.parameters.is_object()) return;
    for (const base::ParamType& parameter : type->parameters)
        if (const Json* value = in.find(parameter.id.c_str())) spec.reader.parameters[parameter.id] = *value;
}

void readFile(const ObjectReader& in, DataSpec& spec) {
    in.text("path", spec.path);
    readPaths(in, "paths", spec.paths);
    readReader(in, spec);
    readNamedFiles(in, "inputs", "x", spec.inputFiles);
    readNamedFiles(in, "targets", "y", spec.targetFiles);
    in.choice("missing", {"drop", "mean"}, spec.missing);
    readTarget(in, spec);
}

void readFeatures(const ObjectReader& in, DataSpec& spec) {
    const Json* list = in.list("features");
    if (!list) return;
    if (list->empty())
        in.report("features", base::sentence("No feature is chosen, so the network would see nothing."),
                  base::sentence("Choose at least one."));
    for (std::size_t i = 0; i < list->size(); ++i) {
        const Json& value = (*list)[i];
        if (value.is_string())
            spec.features.push_back({value.get<std::string>(), ""});
        else if (value.is_object() && value.contains("formula") && value["formula"].is_string())
            spec.features.push_back({"", value["formula"].get<std::string>()});
        else
            in.report("features[" + std::to_string(i) + "]", base::sentence("This is no feature."),
                      base::sentence("Write an id such as \"x1\", or {\"formula\": \"x1 * x2\"}."));
    }
}

void readSplit(const ObjectReader& in, DataSpec& spec) {
    const Json* value = in.find("split");
    if (!value) return;
    if (!value->is_object())
        return in.report("split", base::sentence("This must be an object."),
                         base::sentence("Write {\"train\": 0.8, …}."));
    const ObjectReader shares(*value, in.place("split"), in.problems());
    shares.text("mode", spec.split.mode);
    if (const Json* paths = shares.find("paths"); paths && paths->is_object()) {
        const ObjectReader parts(*paths, shares.place("paths"), in.problems());
        readPaths(parts, "train", spec.split.trainPaths);
        readPaths(parts, "validation", spec.split.validationPaths);
        readPaths(parts, "test", spec.split.testPaths);
    } else if (paths) {
        shares.report("paths", base::sentence("This must be an object."),
                      base::sentence("Write {\"train\": [ … ], \"test\": [ … ]}."));
    }
    shares.text("column", spec.split.column);
    shares.whole("folds", spec.split.folds);
    shares.whole("fold", spec.split.fold);
    std::optional<double> train, validation, test;
    shares.number("train", train);
    shares.number("validation", validation);
    shares.number("test", test);
    if (spec.split.mode == "k_fold") spec.split.validation = validation.value_or(0);
    if (!train && !test) return;
    spec.split.validation = validation.value_or(0);
    spec.split.train = train.value_or(1 - spec.split.validation - test.value_or(0));
    spec.split.test = test.value_or(std::max(0.0, 1 - spec.split.validation - spec.split.train));
}

void readSteps(const ObjectReader& in, const char* key, std::vector<base::KindSpec>& into) {
    const Json* list = in.list(key);
    for (std::size_t i = 0; list && i < list->size(); ++i)
        into.push_back(
            base::KindSpec::fromJson((*list)[i], in.place(key + ("[" + std::to_string(i) + "]")), in.problems()));
}

bool readPoint(const Json& value, PointSpec& point) {
    if (!value.is_array() || value.size() != 3 || !value[0].is_number() || !value[1].is_number()) return false;
    point.x = value[0].get<float>();
    point.y = value[1].get<float>();
    point.label = value[2].is_string() ? value[2].get<std::string>() : value[2].dump();
    return std::isfinite(point.x) && std::isfinite(point.y) && (value[2].is_string() || value[2].is_number());
}

void readPoints(const ObjectReader& in, DataSpec& spec) {
    const Json* list = in.list("points");
    if (!list) return;
    for (std::size_t i = 0; i < list->size(); ++i) {
        PointSpec point;
        if (readPoint((*list)[i], point))
            spec.points.push_back(std::move(point));
        else
            in.report("points[" + std::to_string(i) + "]", base::sentence("This is no point."),
                      base::sentence("Write [x, y, class]."));
    }
}

// {"NAME": "number", …}
void readColumns(const ObjectReader& in, DataSpec& spec) {
    const Json* value = in.find("columns");
    if (!value) return;
    if (!value->is_object())
        return in.report("columns", base::sentence("This must be an object."),
                         base::sentence("Write {\"NAME\": \"one_hot\"}."));
    const ObjectReader columns(*value, in.place("columns"), in.problems());
    for (const auto& [name, use] : value->items()) {
        std::string word = "auto";
        columns.choice(name.c_str(), columnUseWords(), word);
        const auto found = std::ranges::find(columnUseWords(), word);
        spec.columns.push_back({name, static_cast<ColumnUse>(found - columnUseWords().begin())});
    }
}

void readBalance(const ObjectReader& in, DataSpec& spec) {
    std::string word = balanceWords().front();
    in.choice("balance", balanceWords(), word);
    spec.balance = static_cast<Balance>(std::ranges::find(balanceWords(), word) - balanceWords().begin());
}

bool readEdit(const Json& value, RowEdit& edit) {
    if (!value.is_object() || !value.contains("row") || !value["row"].is_number_integer() || value["row"] < 0)
        return false;
    edit.row = value["row"].get<std::uint64_t>();
    edit.exclude = value.contains("exclude") && value["exclude"] == true;
    if (value.contains("label") && value["label"].is_string()) edit.label = value["label"].get<std::string>();
    return edit.exclude != edit.label.has_value();
}

void readEdits(const ObjectReader& in, DataSpec& spec) {
    const Json* list = in.list("edits");
    for (std::size_t i = 0; list && i < list->size(); ++i) {
        RowEdit edit;
        if (readEdit((*list)[i], edit))
            spec.edits.push_back(std::move(edit));
        else
            in.report("edits[" + std::to_string(i) + "]", base::sentence("This is no edit of a row."),
                      base::sentence("Write {\"row\": 12, \"exclude\": true} or {\"row\": 12, \"label\": \"CLASS\"}."));
    }
}

}  // namespace

const std::vector<std::string>& columnUseWords() {
    static const std::vector<std::string> words{"auto", "number", "one_hot", "index", "ignore"};
    return words;
}

Json FeatureSpec::toJson() const { return formula.empty() ? Json(id) : Json{{"formula", formula}}; }

DataSpec DataSpec::fromJson(const Json& json, Problems& problems) {
    DataSpec spec;
    if (!json.is_object()) {
        problems.push_back({"data", Severity::Error, base::sentence("The description of the data must be an object."),
                            base::sentence("Write {...}.")});
        return spec;
    }
    const ObjectReader in(json, "data", problems);
    readSource(in, spec);
    readFile(in, spec);
    readFeatures(in, spec);
    readSplit(in, spec);
    readColumns(in, spec);
    readSteps(in, "preprocessing", spec.preprocessing);
    readSteps(in, "augmentation", spec.augmentation);
    readBalance(in, spec);
    readEdits(in, spec);
    readPoints(in, spec);
    in.choice("target_encoding", {"auto", "index", "one_hot", "zero_one", "plus_minus_one"}, spec.targetEncoding);
    return spec;
}

}  // namespace perceptory::data
