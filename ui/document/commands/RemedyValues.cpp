// The value that a problem names, wherever in the project it stands.

#include <algorithm>
#include <charconv>
#include <cmath>
#include <span>

#include "engine/layers/Layer.h"
#include "engine/losses/Loss.h"
#include "engine/metrics/Metric.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/regularizers/Regularizer.h"
#include "engine/schedules/Schedule.h"
#include "engine/training/stopping/StoppingRule.h"
#include "ui/document/EngineText.h"
#include "ui/document/commands/GraphJson.h"
#include "ui/document/commands/NodeMaking.h"
#include "ui/document/commands/RemedyCandidates.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;
using base::KindType;
using base::ParamKind;
using base::ParamType;
using Pointer = Json::json_pointer;
using Kinds = std::vector<const KindType*>;
using WordList = std::vector<std::string>;
using Rest = std::span<const std::string>;  // of a place: {"kernel_initializer", "deviation"}

namespace {

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

WordList split(const std::string& place) {
    WordList words;
    for (std::size_t from = 0; from < place.size();) {
        const std::size_t point = std::min(place.find('.', from), place.size());
        words.push_back(place.substr(from, point - from));
        from = point + 1;
    }
    return words;
}

// "losses" and 2 of "losses[2]".
struct Entry {
    std::string list;
    std::optional<std::size_t> index;
};

Entry entryOf(const std::string& word) {
    const std::size_t bracket = word.find('[');
    if (bracket == word.npos) return {word, {}};
    std::size_t index = 0;
    const auto read = std::from_chars(word.data() + bracket + 1, word.data() + word.size(), index);
    return {word.substr(0, bracket), read.ec == std::errc() ? std::optional(index) : std::nullopt};
}

Kinds kindsOf(const std::string& key) {
    if (key == "loss" || key == "losses") return losses::shelf().kinds();
    if (key == "optimizer") return optimizers::shelf().kinds();
    if (key == "schedule") return schedules::shelf().kinds();
    if (key == "metrics") return metrics::shelf().kinds();
    if (key == "stopping") return training::stoppingRules().kinds();
    return {};
}

std::string typeOf(const Json& choice) {
    return choice.is_string() ? choice.get<std::string>() : textOf(choice, "type");
}

const KindType* kindOf(const Kinds& kinds, const Json& choice) {
    const auto found = std::ranges::find(kinds, typeOf(choice), [](const KindType* kind) { return kind->id; });
    return found == kinds.end() ? nullptr : *found;
}

bool has(const Json& object, const std::string& key) { return object.is_object() && object.contains(key); }

// Of a number, or of both of a pair; null where the value is neither, or allowed already.
Json nearestAllowed(const ParamType& type, const Json& value) {
    if (value.is_array() && value.size() == 2) {
        Json pair = Json::array({nearestAllowed(type, value[0]), nearestAllowed(type, value[1])});
        for (std::size_t i = 0; i < 2; ++i)
            if (pair[i].is_null()) pair[i] = value[i];
        return pair == value ? Json() : pair;
    }
    const bool isNumber =
        type.kind == ParamKind::Number || type.kind == ParamKind::Integer || type.kind == ParamKind::Pair;
    if (!isNumber || !value.is_number() || !std::isfinite(value.get<double>())) return nullptr;
    const double given = value.get<double>(), inside = std::clamp(given, type.minimum, type.maximum);
    if (type.kind == ParamKind::Number) return inside == given ? Json() : Json(inside);
    const Json whole = static_cast<std::int64_t>(std::llround(inside));
    return whole == value && value.is_number_integer() ? Json() : whole;
}

class Values {
public:
    explicit Values(RemedyTrials& trials) : m_trials(trials) {}

    void run() {
        ofLayers();
        const WordList words = split(m_trials.where());
        if (words.size() > 1 && words[0] == "training") ofTraining(Rest(words).subspan(1));
        if (words.size() > 1 && words[0] == "network") ofFile(words);
    }

private:
    const Json& at(const Pointer& place) const { return m_trials.project().at(place); }

    void offerErase(const Pointer& object, const std::string& key, const QString& label) {
        m_trials.offer(label, [&](Json& project) { project[object].erase(key); });
    }

    void offerSet(const Pointer& object, const std::string& key, const Json& value, const QString& label) {
        m_trials.offer(label, [&](Json& project) { project[object][key] = value; });
    }

    QString removeText(const std::string& key, const QString& owner) const {
        return Words::tr("Remove \"%1\" from %2").arg(text(key), owner);
    }

    // Of all layers of that name: two may have it.
    void ofLayers() {
        const Nodes* nodes = nodesOf(m_trials.project());
        for (std::size_t i = 0; nodes && !m_trials.node().empty() && i < nodes->size(); ++i)
            if (idOf((*nodes)[i]) == m_trials.node()) ofLayer("/network/nodes"_json_pointer / i);
    }

    void ofLayer(const Pointer& place) {
        const Json& node = at(place);
        const QString owner = text(m_trials.node());
        const WordList words = split(m_trials.rest());
        if (words.empty()) {
            if (node.contains("parameters") && !node["parameters"].is_object())
                offerErase(place, "parameters", removeText("parameters", owner));
            return;
        }
        const layers::LayerType* type = layers::shelf().find(textOf(node, "type"));
        if (type && node.contains("parameters") && has(node["parameters"], words[0]))
            ofParameter(place / "parameters", words, type->parameters, owner);
        if (!node.contains(words[0])) return;
        if (words[0].ends_with("_regularizer"))
            ofChoice(place / words[0], Rest(words).subspan(1), regularizers::shelf().kinds(), owner);
        offerErase(place, words[0], removeText(words[0], owner));
    }

    void ofParameter(const Pointer& object, Rest words, const std::vector<ParamType>& types, const QString& owner) {
        const std::string& key = words[0];
        const auto type = std::ranges::find(types, key, &ParamType::id);
        if (type == types.end()) return ofUnknown(object, key, types, owner);
        const Json& value = at(object)[key];
        if (type->kind == ParamKind::Kind) ofChoice(object / key, words.subspan(1), type->kinds(), owner);
        if (const std::string word = base::nearest(typeOf(value), type->choices); !word.empty())
            offerSet(object, key, word, setText(*type, owner, word));
        offerErase(object, key, setText(*type, owner, type->fallback));
        if (const Json inside = nearestAllowed(*type, value); !inside.is_null() && inside != type->fallback)
            offerSet(object, key, inside, setText(*type, owner, inside));
    }

    void ofUnknown(const Pointer& object, const std::string& key, const std::vector<ParamType>& types,
                   const QString& owner) {
        WordList free;
        for (const ParamType& type : types)
            if (!at(object).contains(type.id)) free.push_back(type.id);
        if (const std::string meant = base::nearest(key, free); !meant.empty())
            m_trials.offer(Words::tr("Write \"%1\" of %2 as \"%3\"").arg(text(key), owner, text(meant)),
                           [&](Json& project) {
                               Json& parameters = project[object];
                               const Json value = parameters[key];
                               parameters.erase(key);
                               parameters[meant] = value;
                           });
        offerErase(object, key, removeText(key, owner));
    }

    // A choice from a shelf: the word, or something inside of it.
    void ofChoice(const Pointer& place, Rest words, const Kinds& kinds, const QString& owner) {
        const Json& choice = at(place);
        const KindType* kind = kindOf(kinds, choice);
        if (words.empty()) {
            if (!kind) ofWord(place, kinds);
        } else if (has(choice, "parameters") && has(choice["parameters"], words[0])) {
            if (kind) ofParameter(place / "parameters", words, kind->parameters, shelfText(kind->label));
        } else if (has(choice, words[0]) && words[0] != "type" && !(words[0] == "target" && m_trials.isOfRun())) {
            offerErase(place, words[0], removeText(words[0], owner));
        }
    }

    void ofWord(const Pointer& place, const Kinds& kinds) {
        WordList ids;
        for (const KindType* kind : kinds) ids.push_back(kind->id);
        const std::string given = typeOf(at(place)), meant = base::nearest(given, ids);
        if (meant.empty()) return;
        m_trials.offer(Words::tr("Write \"%1\" as \"%2\"").arg(text(given), text(meant)), [&](Json& project) {
            Json& choice = project[place];
            (choice.is_string() ? choice : choice["type"]) = meant;
        });
    }

    void ofTraining(Rest words) {
        const Entry entry = entryOf(words[0]);
        const Pointer training("/training");
        if (!has(m_trials.project(), "training") || !has(at(training), entry.list)) return;
        const Json& value = at(training)[entry.list];
        const Kinds kinds = kindsOf(entry.list);
        if (value.is_array() && !kinds.empty()) return ofList(entry, words.subspan(1), kinds);
        if (!kinds.empty()) ofChoice(training / entry.list, words.subspan(1), kinds, text(entry.list));
        if (kinds.empty() && words.size() > 1 && has(value, words[1]))
            offerErase(training / entry.list, words[1], removeText(words[1], text(entry.list)));
        if (entry.list == "batch_size" || entry.list == "epochs") return ofCount(entry.list, value);
        // With data there are losses that fit them: offerEndings().
        const bool isLoss = entry.list == "loss" && m_trials.dataset() && !has(at(training), "losses");
        if (!m_trials.isMended() && !isLoss)
            offerErase(training, entry.list,
                       Words::tr("Set \"%1\" of the training back to its default").arg(text(entry.list)));
    }

    void ofCount(const std::string& key, const Json& value) {
        const training::TrainSpec usual;
        const auto offerCount = [&](const QString& label, double count) {
            offerSet(Pointer("/training"), key, static_cast<std::int64_t>(count),
                     label.arg(static_cast<qlonglong>(count)));
        };
        if (key == "epochs") return offerCount(Words::tr("Set the number of epochs to %1"), usual.epochs);
        const QString label = Words::tr("Set the batch size to %1");
        if (m_trials.dataset() && m_trials.isOfRun())
            offerCount(label, static_cast<double>(m_trials.dataset()->parts.train.size()));
        const double given = value.is_number() ? value.get<double>() : 0;
        if (m_trials.isOfRun()) return;
        if (given > usual.batchSize && std::isfinite(given)) offerCount(label, std::min(std::round(given), 1e6));
        offerCount(label, usual.batchSize);
    }

    // A list of choices: losses, metrics, stopping rules.
    void ofList(const Entry& entry, Rest words, const Kinds& kinds) {
        const Pointer list = Pointer("/training") / entry.list;
        for (std::size_t i = 0; i < at(list).size(); ++i) {
            if (entry.index && i != *entry.index) continue;
            const Json& choice = at(list)[i];
            const QString owner = entry.list == "losses"
                                      ? Words::tr("the loss on %1").arg(text(textOf(choice, "output")))
                                      : text(typeOf(choice));
            ofChoice(list / i, words, kinds, owner);
            const KindType* kind = kindOf(kinds, choice);
            const bool hasParameters = has(choice, "parameters") && choice["parameters"].is_object();
            if (words.empty() && kind && hasParameters)
                for (const auto& parameter : choice["parameters"].items()) {
                    const WordList key{parameter.key()};
                    ofParameter(list / i / "parameters", key, kind->parameters, shelfText(kind->label));
                }
            if (entry.list == "losses" && !entry.index) continue;  // which of them, offerLosses() knows
            m_trials.offer(entryText(entry.list, choice), [&](Json& project) { project[list].erase(i); });
        }
    }

    static QString entryText(const std::string& list, const Json& choice) {
        if (list == "metrics") return Words::tr("Remove \"%1\" from the metrics").arg(text(typeOf(choice)));
        if (list == "stopping") return Words::tr("Remove the stopping rule \"%1\"").arg(text(typeOf(choice)));
        return Words::tr("Remove the loss on %1").arg(text(textOf(choice, "output")));
    }

    // What cannot be read of a node: "network.nodes[2].inputs".
    void ofFile(const WordList& words) {
        const Entry entry = entryOf(words[1]);
        const Nodes* nodes = nodesOf(m_trials.project());
        if (!nodes || entry.list != "nodes" || !entry.index || *entry.index >= nodes->size()) return;
        const Pointer list = "/network/nodes"_json_pointer, place = list / *entry.index;
        const Json& node = at(place);
        const QString owner = idOf(node).empty() ? Words::tr("layer %1").arg(*entry.index + 1) : text(idOf(node));
        if (!node.is_object())
            m_trials.offer(Words::tr("Remove %1").arg(owner),
                           [&](Json& project) { project[list].erase(*entry.index); });
        if (!node.is_object() || words.size() < 3) return;
        if (words[2] == "inputs" && node.contains("inputs"))
            offerSet(place, "inputs", textsIn(node["inputs"]), Words::tr("Repair the connections of %1").arg(owner));
        if (words[2] == "id") offerId(place, node, owner);
        if (words[2] == "id" || words[2] == "inputs") return;
        for (const Pointer& object : {place, place / "parameters"})
            if (m_trials.project().contains(object) && has(at(object), words[2]))
                offerErase(object, words[2], removeText(words[2], owner));
    }

    static Json textsIn(const Json& inputs) {
        Json texts = Json::array();
        for (const Json& input : inputs.is_array() ? inputs : Json::array({inputs}))
            if (input.is_string()) texts.push_back(input);
        return texts;
    }

    void offerId(const Pointer& place, const Json& node, const QString& owner) {
        const Json fresh = freshNode(m_trials.project(), textOf(node, "type"));
        WordList names = namesOfNone(m_trials.project());
        names.push_back(fresh.is_null() ? FreeIds(m_trials.project()).take("layer1") : idOf(fresh));
        for (const std::string& name : names)
            offerSet(place, "id", name, Words::tr("Call %1 \"%2\"").arg(owner, text(name)));
    }

    RemedyTrials& m_trials;
};

}  // namespace

void offerValues(RemedyTrials& trials) { Values(trials).run(); }

void offerOptimizer(RemedyTrials& trials) {
    const optimizers::OptimizerType* usual = optimizers::shelf().find("adam");
    if (!trials.isOfRun() || !has(trials.project(), "training")) return;
    trials.offer(Words::tr("Use the optimizer \"%1\"").arg(shelfText(usual->label)),
                 [&](Json& project) { project["training"]["optimizer"] = usual->id; });
}

}  // namespace perceptory::document
