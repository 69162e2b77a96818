#pragma once
// Parameters as data. A shelf member describes its parameters once; forms, undo, files, `describe`, help and checks
// read that description.

#include <array>
#include <functional>
#include <string>
#include <vector>

#include "engine/base/Json.h"
#include "engine/base/Problem.h"

namespace perceptory::base {

// Pair: one whole number for height and width, or [height, width], or one of the choices.
enum class ParamKind { Number, Integer, Pair, Switch, Choice, Kind, Text };

// When a changed value takes effect in a running training.
enum class Changes { NextBatch, NextEpoch, Rebuild };

struct KindType;
class ParamValues;

struct ParamType {
    std::string id;
    std::string label;
    std::string help;
    ParamKind kind = ParamKind::Number;
    Json fallback;       // the default
    double minimum = 0;  // Number, Integer, Pair: allowed range, both ends included
    double maximum = 0;
    double step = 0;  // what one click of a spin box adds; 0: chosen by the form
    bool logScale = false;
    std::string unit;
    std::vector<std::string> choices;                     // Choice, Pair
    std::function<std::vector<const KindType*>()> kinds;  // Kind: the shelf it is chosen from
    bool optional = false;                                // Kind: null ("none") is allowed
    Changes changes = Changes::Rebuild;
    std::string visibleIf;  // id of a Switch of the same member; empty: always visible
};

// What every shelf member is: something with an id, words and parameters.
struct KindType {
    std::string id;  // stable lower-case word; files contain it
    std::string label;
    std::string help;  // formula, effect, source; Markdown
    std::vector<ParamType> parameters;
    // What becomes of it in PyTorch and, where it is a part of the model, in ONNX. Empty: it is not exported.
    std::string exports{};
    // Reports values that are in range each by itself and make no sense together. Null: none do.
    void (*agree)(const ParamValues& values, const std::string& where, Problems& problems) = nullptr;

    const ParamType* parameter(const std::string& parameterId) const;
};

// A choice from a shelf as files hold it: {"type": id, "parameters": {...}}, or the bare id.
struct KindSpec {
    std::string type;
    Json parameters = Json::object();

    // Problems are reported at `where`; the result is then whatever could be read.
    static KindSpec fromJson(const Json& value, const std::string& where, Problems& problems);
    Json toJson() const;
    bool operator==(const KindSpec&) const = default;
};

// The parameters of one member with defaults filled in. Only for values that passed checkParams.
class ParamValues {
public:
    ParamValues(const std::vector<ParamType>& types, const Json& given) : m_types(&types), m_given(&given) {}

    double number(const std::string& id) const;
    std::int64_t integer(const std::string& id) const;
    std::array<std::int64_t, 2> pair(const std::string& id) const;  // of a Pair that is no word
    bool flag(const std::string& id) const;
    std::string text(const std::string& id) const;
    // For ParamKind::Kind; the type is empty when the choice is "none".
    KindSpec kind(const std::string& id) const;
    const Json& value(const std::string& id) const;

private:
    const std::vector<ParamType>* m_types;
    const Json* m_given;
};

// Reports unknown ids (with the nearest known one), wrong types and values out of range, nested kinds included.
void checkParams(const std::vector<ParamType>& types, const Json& given, const std::string& where, Problems& problems);
// The same for a member, and whether its values make sense together.
void checkParams(const KindType& kind, const Json& given, const std::string& where, Problems& problems);

// The word of `words` that is most like `word`, or empty when none is close.
std::string nearest(const std::string& word, const std::vector<std::string>& words);
// What to do about a word that is none of them.
std::string choiceRemedy(const std::string& word, const std::vector<std::string>& words);

// Short constructors for the tables of shelf members.
ParamType numberParam(std::string id, std::string label, std::string help, double fallback, double minimum,
                      double maximum, Changes changes = Changes::NextBatch);
ParamType integerParam(std::string id, std::string label, std::string help, std::int64_t fallback, std::int64_t minimum,
                       std::int64_t maximum, Changes changes = Changes::Rebuild);
ParamType pairParam(std::string id, std::string label, std::string help, Json fallback, std::int64_t minimum,
                    std::int64_t maximum, std::vector<std::string> choices = {}, Changes changes = Changes::Rebuild);
ParamType switchParam(std::string id, std::string label, std::string help, bool fallback,
                      Changes changes = Changes::Rebuild);
ParamType kindParam(std::string id, std::string label, std::string help, Json fallback,
                    std::function<std::vector<const KindType*>()> kinds, Changes changes = Changes::Rebuild);
ParamType choiceParam(std::string id, std::string label, std::string help, std::string fallback,
                      std::vector<std::string> choices, Changes changes = Changes::Rebuild);

}  // namespace perceptory::base
