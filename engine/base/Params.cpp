#include "engine/base/Params.h"

#include <algorithm>
#include <cmath>
#include <locale>
#include <sstream>
#include <utility>

#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::base {

namespace {

const ParamType& typeOf(const std::vector<ParamType>& types, const std::string& id) {
    for (const ParamType& type : types)
        if (type.id == id) return type;
    throw std::logic_error("no parameter is described as " + id);
}

std::string plain(double number) {
    std::ostringstream text;
    text.imbue(std::locale::classic());
    text << number;
    return text.str();
}

std::string rangeFix(const ParamType& type) {
    return sentence("Use a value from {0} to {1}.", plain(type.minimum), plain(type.maximum));
}

void checkNumber(const ParamType& type, const Json& value, const std::string& where, Problems& problems) {
    const bool whole = type.kind == ParamKind::Integer;
    if (!value.is_number() || (whole && !value.is_number_integer())) {
        problems.push_back({where, Severity::Error,
                            whole ? sentence("This must be a whole number, but it is {0}.", value.dump())
                                  : sentence("This must be a number, but it is {0}.", value.dump()),
                            rangeFix(type)});
        return;
    }
    const double number = value.get<double>();
    if (!std::isfinite(number) || number < type.minimum || number > type.maximum)
        problems.push_back(
            {where, Severity::Error, sentence("The value {0} is out of range.", value.dump()), rangeFix(type)});
}

void checkKind(const ParamType& type, const Json& value, const std::string& where, Problems& problems) {
    if (value.is_null() && type.optional) return;
    const std::size_t before = problems.size();
    const KindSpec spec = KindSpec::fromJson(value, where, problems);
    if (problems.size() != before) return;
    std::vector<std::string> ids;
    for (const KindType* kind : type.kinds()) {
        if (kind->id == spec.type) return checkParams(*kind, spec.parameters, where, problems);
        ids.push_back(kind->id);
    }
    problems.push_back({where, Severity::Error, sentence("There is no \"{0}\" to choose here.", spec.type),
                        choiceRemedy(spec.type, ids)});
}

void checkChoice(const ParamType& type, const Json& value, const std::string& where, Problems& problems) {
    if (value.is_string() && std::ranges::count(type.choices, value.get<std::string>())) return;
    std::string list;
    for (const std::string& choice : type.choices) list += (list.empty() ? "" : ", ") + choice;
    problems.push_back({where, Severity::Error, sentence("{0} is not one of the choices.", value.dump()),
                        sentence("Use one of: {0}.", list)});
}

void checkPair(const ParamType& type, const Json& value, const std::string& where, Problems& problems) {
    if (value.is_string() && std::ranges::count(type.choices, value.get<std::string>())) return;
    const auto fits = [&](const Json& number) {
        return number.is_number_integer() && number.get<double>() >= type.minimum &&
               number.get<double>() <= type.maximum;
    };
    const bool both = value.is_array() && value.size() == 2 && std::ranges::all_of(value, fits);
    if (both || fits(value)) return;
    std::string words;
    for (const std::string& choice : type.choices) words += (words.empty() ? "\"" : ", \"") + choice + "\"";
    const std::string low = plain(type.minimum), high = plain(type.maximum);
    problems.push_back({where, Severity::Error, sentence("This cannot be {0}.", value.dump()),
                        words.empty()
                            ? sentence("Use a whole number from {0} to {1}, or two as [height, width].", low, high)
                            : sentence("Use a whole number from {0} to {1}, two as [height, width], or one of {2}.",
                                       low, high, words)});
}

void checkValue(const ParamType& type, const Json& value, const std::string& where, Problems& problems) {
    switch (type.kind) {
        case ParamKind::Number:
        case ParamKind::Integer:
            return checkNumber(type, value, where, problems);
        case ParamKind::Pair:
            return checkPair(type, value, where, problems);
        case ParamKind::Kind:
            return checkKind(type, value, where, problems);
        case ParamKind::Choice:
            return checkChoice(type, value, where, problems);
        case ParamKind::Switch:
            if (!value.is_boolean())
                problems.push_back({where, Severity::Error, sentence("This must be true or false."),
                                    sentence("Write true or false.")});
            return;
        case ParamKind::Text:
            if (!value.is_string())
                problems.push_back(
                    {where, Severity::Error, sentence("This must be a text."), sentence("Put it in quotes.")});
            return;
    }
}

// Letters put in, left out, written for another, or two neighbours for each other.
std::size_t editDistance(const std::string& a, const std::string& b) {
    std::vector<std::size_t> before, last(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        before = std::exchange(last, row);
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            row[j] = std::min({last[j] + 1, row[j - 1] + 1, last[j - 1] + (a[i - 1] != b[j - 1])});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                row[j] = std::min(row[j], before[j - 2] + 1);
        }
    }
    return row[b.size()];
}

std::string inSmallLetters(std::string word) {
    for (char& c : word)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return word;
}

}  // namespace

const ParamType* KindType::parameter(const std::string& parameterId) const {
    for (const ParamType& type : parameters)
        if (type.id == parameterId) return &type;
    return nullptr;
}

KindSpec KindSpec::fromJson(const Json& value, const std::string& where, Problems& problems) {
    KindSpec spec;
    if (value.is_string()) {
        spec.type = value.get<std::string>();
        return spec;
    }
    if (!value.is_object() || !value.contains("type") || !value["type"].is_string()) {
        problems.push_back({where, Severity::Error, sentence("This choice has no type."),
                            sentence("Write its id, or {\"type\": id, \"parameters\": {...}}.")});
        return spec;
    }
    spec.type = value["type"].get<std::string>();
    if (const auto found = value.find("parameters"); found != value.end()) {
        if (found->is_object())
            spec.parameters = *found;
        else
            problems.push_back({where + ".parameters", Severity::Error, sentence("This must be an object."),
                                sentence("Write {...}.")});
    }
    return spec;
}

Json KindSpec::toJson() const {
    if (parameters.empty()) return type;
    return Json{{"type", type}, {"parameters", parameters}};
}

const Json& ParamValues::value(const std::string& id) const {
    const auto found = m_given->find(id);
    return found != m_given->end() ? *found : typeOf(*m_types, id).fallback;
}

// A value of another kind was told by checkParams(); whoever looks further meanwhile reads the usual one.
double ParamValues::number(const std::string& id) const {
    const Json& given = value(id);
    return (given.is_number() ? given : typeOf(*m_types, id).fallback).get<double>();
}

std::int64_t ParamValues::integer(const std::string& id) const {
    const Json& given = value(id);
    return (given.is_number() ? given : typeOf(*m_types, id).fallback).get<std::int64_t>();
}

std::array<std::int64_t, 2> ParamValues::pair(const std::string& id) const {
    const Json& given = value(id);
    if (given.is_array()) return {given[0].get<std::int64_t>(), given[1].get<std::int64_t>()};
    return {given.get<std::int64_t>(), given.get<std::int64_t>()};
}

bool ParamValues::flag(const std::string& id) const { return value(id).get<bool>(); }
std::string ParamValues::text(const std::string& id) const { return value(id).get<std::string>(); }

KindSpec ParamValues::kind(const std::string& id) const {
    const Json& chosen = value(id);
    Problems ignored;
    return chosen.is_null() ? KindSpec{} : KindSpec::fromJson(chosen, id, ignored);
}

void checkParams(const std::vector<ParamType>& types, const Json& given, const std::string& where, Problems& problems) {
    if (!given.is_object()) {
        problems.push_back(
            {where, Severity::Error, sentence("The parameters must be an object."), sentence("Write {...}.")});
        return;
    }
    std::vector<std::string> ids;
    for (const ParamType& type : types) ids.push_back(type.id);
    for (const auto& [id, value] : given.items()) {
        const auto type = std::ranges::find(types, id, &ParamType::id);
        if (type != types.end()) {
            checkValue(*type, value, where + "." + id, problems);
            continue;
        }
        const std::string guess = nearest(id, ids);
        problems.push_back({where + "." + id, Severity::Warning,
                            sentence("No parameter is called \"{0}\"; it has no effect.", id),
                            guess.empty() ? sentence("Remove it.") : sentence("Did you mean \"{0}\"?", guess)});
    }
}

void checkParams(const KindType& kind, const Json& given, const std::string& where, Problems& problems) {
    Problems fresh;
    checkParams(kind.parameters, given, where, fresh);
    if (kind.agree && !hasError(fresh)) kind.agree(ParamValues(kind.parameters, given), where, fresh);
    problems.insert(problems.end(), fresh.begin(), fresh.end());
}

std::string nearest(const std::string& word, const std::vector<std::string>& words) {
    if (word.empty()) return {};
    // Of three letters one may be wrong; a word of one letter is like no other.
    const std::size_t allowed = std::min(word.size() - 1, std::max<std::size_t>(1, word.size() / 3));
    const std::string meant = inSmallLetters(word);
    std::string best;
    std::size_t bestDistance = allowed + 1;
    for (const std::string& candidate : words) {
        const std::size_t distance = editDistance(meant, inSmallLetters(candidate));
        if (distance < bestDistance) {
            bestDistance = distance;
            best = candidate;
        }
    }
    return best;
}

std::string choiceRemedy(const std::string& word, const std::vector<std::string>& words) {
    if (const std::string guess = nearest(word, words); !guess.empty()) return sentence("Did you mean \"{0}\"?", guess);
    std::string list;
    for (const std::string& one : words) list += (list.empty() ? "" : ", ") + one;
    return sentence("Choose one of: {0}.", list);
}

ParamType numberParam(std::string id, std::string label, std::string help, double fallback, double minimum,
                      double maximum, Changes changes) {
    ParamType type{std::move(id), std::move(label), std::move(help), ParamKind::Number, fallback, minimum, maximum};
    type.changes = changes;
    return type;
}

ParamType integerParam(std::string id, std::string label, std::string help, std::int64_t fallback, std::int64_t minimum,
                       std::int64_t maximum, Changes changes) {
    ParamType type{std::move(id),
                   std::move(label),
                   std::move(help),
                   ParamKind::Integer,
                   fallback,
                   static_cast<double>(minimum),
                   static_cast<double>(maximum),
                   1};
    type.changes = changes;
    return type;
}

ParamType pairParam(std::string id, std::string label, std::string help, Json fallback, std::int64_t minimum,
                    std::int64_t maximum, std::vector<std::string> choices, Changes changes) {
    ParamType type{std::move(id),
                   std::move(label),
                   std::move(help),
                   ParamKind::Pair,
                   std::move(fallback),
                   static_cast<double>(minimum),
                   static_cast<double>(maximum),
                   1};
    type.choices = std::move(choices);
    type.changes = changes;
    return type;
}

ParamType switchParam(std::string id, std::string label, std::string help, bool fallback, Changes changes) {
    ParamType type{std::move(id), std::move(label), std::move(help), ParamKind::Switch, fallback};
    type.changes = changes;
    return type;
}

ParamType kindParam(std::string id, std::string label, std::string help, Json fallback,
                    std::function<std::vector<const KindType*>()> kinds, Changes changes) {
    ParamType type{std::move(id), std::move(label), std::move(help), ParamKind::Kind, std::move(fallback)};
    type.optional = type.fallback.is_null();
    type.kinds = std::move(kinds);
    type.changes = changes;
    return type;
}

ParamType choiceParam(std::string id, std::string label, std::string help, std::string fallback,
                      std::vector<std::string> choices, Changes changes) {
    ParamType type{std::move(id), std::move(label), std::move(help), ParamKind::Choice, std::move(fallback)};
    type.choices = std::move(choices);
    type.changes = changes;
    return type;
}

}  // namespace perceptory::base
