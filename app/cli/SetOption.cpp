#include "app/cli/SetOption.h"

#include <algorithm>

#include "app/cli/Errors.h"
#include "engine/base/Params.h"
#include "engine/data/generators/Generator.h"
#include "engine/data/preprocessing/Preprocessing.h"
#include "engine/data/readers/Reader.h"
#include "engine/layers/Layer.h"
#include "engine/losses/Loss.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/regularizers/Regularizer.h"
#include "engine/schedules/Schedule.h"

namespace perceptory::cli {

using base::Json;
using Kinds = std::vector<const base::KindType*>;
using Names = std::vector<std::string>;

namespace {

const Names dataNames{"source",     "id",      "seed",     "path",          "paths",           "task",
                      "target",     "missing", "features", "points",        "balance",         "edits",
                      "inputs",     "targets", "scale",    "layout",        "target_encoding", "augmentation",
                      "parameters", "split",   "reader",   "preprocessing", "columns"};
const Names splitNames{"mode", "train", "validation", "test", "paths", "column", "folds", "fold"};
const Names nodeNames{"type",  "inputs",     "trainable",        "learning_rate_factor",
                      "note",  "position",   "bypass",           "field",
                      "shape", "parameters", "bias_regularizer", "activity_regularizer"};
const Names blockNames{"repeat", "inputs", "outputs", "nodes", "note", "position"};
const Names trainingNames{"batch_size",    "epochs", "shuffle", "seed", "metrics",   "stopping",
                          "class_weights", "losses", "clip",    "loss", "optimizer", "schedule"};

class Setter {
public:
    Setter(std::string path, Json value) : m_path(std::move(path)), m_rest(m_path), m_value(std::move(value)) {}

    void run(Json& project) {
        const std::string part = next({"data", "network", "training", "name", "notes", "view"});
        if (part == "data") return setData(object(project, part));
        if (part == "network") return setNode(object(project, part));
        if (part == "training") return setTraining(object(project, part));
        setLeaf(project[part]);
    }

private:
    [[noreturn]] void refuse(const std::string& name, const Names& known) const {
        std::string list;
        for (const std::string& word : known) list += (list.empty() ? "" : ", ") + word;
        throw UsageError("--set " + m_path + ": there is no \"" + name + "\"" +
                         (known.empty() ? "." : " here. Known names: " + list + "."));
    }

    // Takes the next name off the path.
    std::string next() {
        const std::size_t dot = m_rest.find('.');
        const std::string name = m_rest.substr(0, dot);
        m_rest = dot == std::string::npos ? "" : m_rest.substr(dot + 1);
        return name;
    }
    std::string next(const Names& known) {
        const std::string name = next();
        if (!std::ranges::count(known, name)) refuse(name, known);
        return name;
    }
    bool atEnd() const { return m_rest.empty(); }

    static Json& object(Json& parent, const std::string& name) {
        Json& child = parent[name];
        if (!child.is_object()) child = Json::object();
        return child;
    }

    void setLeaf(Json& place) {
        if (!atEnd()) refuse(next(), {});
        place = m_value;
    }

    void setData(Json& data) {
        if (atEnd()) return setLeaf(data);
        const std::string name = next(dataNames);
        if (atEnd()) return setLeaf(data[name]);
        if (name == "split") return setSplit(object(data, name));
        if (name == "parameters") return setDataParameter(data);
        if (name == "reader") return setKind(data[name], data::readers().kinds(), "csv");
        if (name == "preprocessing") return setKind(entry(data[name]), data::preprocessing().kinds(), "");
        setLeaf(data[name]);
    }

    void setSplit(Json& split) {
        const std::string name = next(splitNames);
        if (name != "paths" || atEnd()) return setLeaf(split[name]);
        const std::string part = next({"train", "validation", "test"});
        setLeaf(object(split, name)[part]);
    }

    void setDataParameter(Json& data) {
        const bool file = data.value("source", Json("generator")) == "file";
        const Json choice = file ? data.value("reader", Json("csv")) : data.value("id", Json("circle"));
        const Kinds kinds = file ? data::readers().kinds() : data::generators().kinds();
        for (const base::KindType* kind : kinds)
            if (choice == kind->id) return setParameter(object(data, "parameters"), *kind);
        refuse(next(), {});
    }

    Json& entry(Json& list) {
        const std::string index = next();
        const bool number = !index.empty() && index.size() < 6 && index.find_first_not_of("0123456789") == index.npos;
        if (!number || !list.is_array() || std::stoul(index) >= list.size()) refuse(index, {});
        return list[std::stoul(index)];
    }

    void setNode(Json& network) {
        const std::string list = next({"nodes", "blocks"});
        if (!network.contains(list) || !network[list].is_array()) refuse(list, {});
        if (list == "blocks") return setBlock(findNode(network[list]));
        setNodeIn(network[list]);
    }

    void setBlock(Json& block) {
        const std::string name = next(blockNames);
        if (name != "nodes" || atEnd() || !block.contains(name) || !block[name].is_array()) return setLeaf(block[name]);
        setNodeIn(block[name]);
    }

    void setNodeIn(Json& nodes) {
        Json& node = findNode(nodes);
        const std::string name = next(nodeNames);
        if (atEnd()) return setLeaf(node[name]);
        if (name.ends_with("regularizer")) return setKind(node[name], regularizers::shelf().kinds(), "l2");
        if (name != "parameters") refuse(next(), {});
        for (const base::KindType* kind : layers::shelf().kinds())
            if (node.value("type", Json()) == kind->id) return setParameter(object(node, "parameters"), *kind);
        refuse(next(), {});
    }

    // Ids may contain points, so the longest one that fits is meant.
    Json& findNode(Json& nodes) {
        Json* found = nullptr;
        std::string foundId;
        Names ids;
        for (Json& node : nodes) {
            if (!node.is_object() || !node.value("id", Json()).is_string()) continue;
            const std::string id = node["id"].get<std::string>();
            ids.push_back(id);
            if (!m_rest.starts_with(id + ".") || id.size() < foundId.size()) continue;
            found = &node;
            foundId = id;
        }
        if (!found) refuse(next(), ids);
        m_rest = m_rest.substr(foundId.size() + 1);
        return *found;
    }

    void setTraining(Json& training) {
        if (atEnd()) return setLeaf(training);
        const std::string name = next(trainingNames);
        if (atEnd()) return setLeaf(training[name]);
        if (name == "loss") return setKind(training[name], losses::shelf().kinds(), "mean_squared_error");
        if (name == "optimizer") return setKind(training[name], optimizers::shelf().kinds(), "sgd");
        if (name == "clip") return setLeaf(object(training, name)[next({"type", "limit"})]);
        if (name != "schedule") refuse(next(), {});
        if (m_rest == "per") return setLeaf(object(training, name)[next()]);
        setKind(training[name], schedules::shelf().kinds(), "constant");
    }

    // `fallback`: what an absent choice means.
    void setKind(Json& choice, const Kinds& kinds, const std::string& fallback) {
        if (atEnd()) return setLeaf(choice);
        if (choice.is_null()) choice = fallback;
        if (choice.is_string()) choice = Json{{"type", choice}};
        if (!choice.is_object()) refuse(next(), {});
        const std::string name = next({"type", "parameters"});
        if (name == "type" || atEnd()) return setLeaf(choice[name]);
        for (const base::KindType* kind : kinds)
            if (choice.value("type", Json()) == kind->id) return setParameter(object(choice, name), *kind);
        refuse(next(), {});
    }

    void setParameter(Json& parameters, const base::KindType& kind) {
        Names ids;
        for (const base::ParamType& type : kind.parameters) ids.push_back(type.id);
        const std::string name = next(ids);
        const base::ParamType& type = *kind.parameter(name);
        if (atEnd() || type.kind != base::ParamKind::Kind) return setLeaf(parameters[name]);
        if (!parameters.contains(name)) parameters[name] = type.fallback;
        setKind(parameters[name], type.kinds(), "");
    }

    std::string m_path, m_rest;
    Json m_value;
};

}  // namespace

void setValue(Json& project, const std::string& assignment) {
    const std::size_t equals = assignment.find('=');
    if (equals == std::string::npos || equals == 0)
        throw UsageError("--set " + assignment + ": write PATH=VALUE, such as training.batch_size=32.");
    const std::string text = assignment.substr(equals + 1);
    Json value = Json::parse(text, nullptr, false);
    if (value.is_discarded()) value = text;
    Setter(assignment.substr(0, equals), std::move(value)).run(project);
}

base::Json settingsOf(const base::KindType& member, const std::vector<std::string>& assignments,
                      const std::string& what) {
    base::Json settings = base::Json::object();
    for (const std::string& assignment : assignments) {
        const std::size_t equals = assignment.find('=');
        if (equals == std::string::npos || equals == 0)
            throw UsageError("--set " + assignment + ": write NAME=VALUE, such as size=200.");
        const std::string id = assignment.substr(0, equals), text = assignment.substr(equals + 1);
        if (!member.parameter(id)) {
            std::string known;
            for (const base::ParamType& parameter : member.parameters)
                known += (known.empty() ? "" : ", ") + parameter.id;
            throw UsageError("--set " + assignment + ": " + what +
                             " has no such setting. It knows: " + (known.empty() ? "none" : known) + ".");
        }
        const base::Json value = base::Json::parse(text, nullptr, false);
        settings[id] = value.is_discarded() ? base::Json(text) : value;
    }
    return settings;
}

}  // namespace perceptory::cli
