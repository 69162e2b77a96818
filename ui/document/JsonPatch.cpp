#include "ui/document/JsonPatch.h"

#include <algorithm>
#include <ranges>

namespace perceptory::document {

using base::Json;

namespace {

Json* find(Json& root, const JsonPlace& place) {
    Json* at = &root;
    for (const auto& step : place)
        at = std::holds_alternative<std::string>(step) ? &(*at)[std::get<std::string>(step)]
                                                       : &(*at)[std::get<std::size_t>(step)];
    return at;
}

std::vector<std::string> sharedNames(const Json& of, const Json& with) {
    std::vector<std::string> names;
    for (const auto& [name, value] : of.items())
        if (with.contains(name)) names.push_back(name);
    return names;
}

void insertMember(Json& object, std::size_t index, const std::string& name, const Json& value) {
    auto& members = object.get_ref<Json::object_t&>();
    const auto at = static_cast<std::ptrdiff_t>(std::min(index, members.size()));
    // Pairs with constant names cannot be moved aside inside the list, so it is made anew.
    Json::object_t made;
    for (auto member = members.begin(); member != members.begin() + at; ++member)
        made.emplace_back(member->first, member->second);
    made.emplace_back(name, value);
    for (auto member = members.begin() + at; member != members.end(); ++member)
        made.emplace_back(member->first, member->second);
    members = std::move(made);
}

}  // namespace

JsonPatch JsonPatch::between(const Json& before, const Json& after) {
    JsonPatch patch;
    JsonPlace place;
    patch.compare(before, after, place);
    return patch;
}

void JsonPatch::compare(const Json& before, const Json& after, JsonPlace& place) {
    if (before == after) return;
    if (before.is_object() && after.is_object() && sharedNames(before, after) == sharedNames(after, before))
        compareObjects(before, after, place);
    else if (before.is_array() && after.is_array())
        compareLists(before, after, place);
    else
        m_steps.push_back({place, Replace{before, after}});
}

void JsonPatch::compareObjects(const Json& before, const Json& after, JsonPlace& place) {
    std::vector<Step> removals;
    std::size_t index = 0;
    for (const auto& [name, value] : before.items()) {
        if (!after.contains(name)) removals.push_back({place, Member{index, name, value, false}});
        ++index;
    }
    std::ranges::move(removals | std::views::reverse, std::back_inserter(m_steps));
    index = 0;
    for (const auto& [name, value] : after.items()) {
        if (before.contains(name)) {
            place.emplace_back(name);
            compare(before[name], value, place);
            place.pop_back();
        } else {
            m_steps.push_back({place, Member{index, name, value, true}});
        }
        ++index;
    }
}

void JsonPatch::compareLists(const Json& before, const Json& after, JsonPlace& place) {
    const std::size_t shorter = std::min(before.size(), after.size());
    std::size_t head = 0, tail = 0;
    while (head < shorter && before[head] == after[head]) ++head;
    while (tail < shorter - head && before[before.size() - 1 - tail] == after[after.size() - 1 - tail]) ++tail;
    if (before.size() == after.size()) {
        for (std::size_t i = head; i < before.size() - tail; ++i) {
            place.emplace_back(i);
            compare(before[i], after[i], place);
            place.pop_back();
        }
        return;
    }
    const auto middle = [&](const Json& list) {
        Json part = Json::array();
        for (std::size_t i = head; i < list.size() - tail; ++i) part.push_back(list[i]);
        return part;
    };
    m_steps.push_back({place, Splice{head, middle(before), middle(after)}});
}

void JsonPatch::run(const Step& step, Json& json, bool forward) {
    Json& at = *find(json, step.place);
    if (const auto* replace = std::get_if<Replace>(&step.what)) {
        at = forward ? replace->after : replace->before;
    } else if (const auto* member = std::get_if<Member>(&step.what)) {
        if (member->insert == forward)
            insertMember(at, member->index, member->name, member->value);
        else
            at.erase(member->name);
    } else if (const auto* splice = std::get_if<Splice>(&step.what)) {
        const Json& out = forward ? splice->removed : splice->inserted;
        const Json& in = forward ? splice->inserted : splice->removed;
        const auto begin = at.begin() + static_cast<std::ptrdiff_t>(splice->index);
        const auto place = at.erase(begin, begin + static_cast<std::ptrdiff_t>(out.size()));
        at.insert(place, in.begin(), in.end());
    }
}

void JsonPatch::apply(Json& json) const {
    for (const Step& step : m_steps) run(step, json, true);
}

void JsonPatch::revert(Json& json) const {
    for (const Step& step : m_steps | std::views::reverse) run(step, json, false);
}

std::vector<std::string> JsonPatch::roots() const {
    std::vector<std::string> names;
    for (const Step& step : m_steps) {
        std::string name;
        if (!step.place.empty())
            name = std::get<std::string>(step.place.front());
        else if (const auto* member = std::get_if<Member>(&step.what))
            name = member->name;
        if (!std::ranges::count(names, name)) names.push_back(name);
    }
    return names;
}

}  // namespace perceptory::document
