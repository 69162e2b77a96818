#include "engine/data/Labels.h"

#include <algorithm>
#include <cfloat>
#include <charconv>
#include <cmath>
#include <numeric>

namespace perceptory::data {

std::optional<double> readNumber(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    if (text.size() > 1 && text.front() == '+' && text[1] != '-') text.remove_prefix(1);
    if (text.empty()) return {};
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (end != text.data() + text.size()) return {};
    if (error == std::errc::result_out_of_range) {
        // Too close to zero for a double is zero; too large is refused.
        const std::size_t exponent = text.find_first_of("eE");
        const bool tiny = exponent != std::string_view::npos && text.substr(exponent + 1).starts_with('-');
        return tiny ? std::optional(0.0) : std::nullopt;
    }
    if (error != std::errc() || !(std::abs(value) <= static_cast<double>(FLT_MAX))) return {};
    return value;
}

std::int32_t LabelCounter::add(std::string_view label) {
    if (const auto found = m_numbers.find(label); found != m_numbers.end()) return found->second;
    const auto number = static_cast<std::int32_t>(m_names.size());
    m_names.emplace_back(label);
    m_numbers.emplace(m_names.back(), number);
    return number;
}

namespace {

constexpr double mostWhole = 9007199254740992;  // 2⁵³

// All labels as numbers, or nothing when one is none, or so large that whole numbers beside it would be the same.
std::optional<std::vector<double>> asNumbers(const std::vector<std::string>& names) {
    std::vector<double> result;
    for (const std::string& name : names) {
        const auto number = readNumber(name);
        if (!number || std::abs(*number) >= mostWhole) return {};
        result.push_back(*number);
    }
    return result;
}

}  // namespace

LabelCounter::Classes LabelCounter::classes() const {
    std::vector<std::int32_t> order(m_names.size());
    std::iota(order.begin(), order.end(), 0);
    const auto numbers = asNumbers(m_names);
    const auto at = [](const auto& items, std::int32_t i) { return items[static_cast<std::size_t>(i)]; };
    std::ranges::stable_sort(order, [&](std::int32_t a, std::int32_t b) {
        return numbers ? at(*numbers, a) < at(*numbers, b) : at(m_names, a) < at(m_names, b);
    });
    Classes result;
    result.indexOf.resize(m_names.size());
    for (std::size_t i = 0; i < order.size(); ++i) {
        const bool same = i > 0 && numbers && at(*numbers, order[i]) == at(*numbers, order[i - 1]);
        if (!same) result.names.push_back(at(m_names, order[i]));
        result.indexOf[static_cast<std::size_t>(order[i])] = static_cast<std::int32_t>(result.names.size()) - 1;
    }
    return result;
}

LabelCounter::Classes LabelCounter::classes(const std::vector<std::string>& known) const {
    const auto knownNumbers = asNumbers(known);
    Classes result{known, {}};
    for (const std::string& name : m_names) {
        auto found = std::ranges::find(known, name) - known.begin();
        const auto number = readNumber(name);
        if (found == std::ssize(known) && knownNumbers && number)
            found = std::ranges::find(*knownNumbers, *number) - knownNumbers->begin();
        result.indexOf.push_back(found == std::ssize(known) ? -1 : static_cast<std::int32_t>(found));
    }
    return result;
}

}  // namespace perceptory::data
