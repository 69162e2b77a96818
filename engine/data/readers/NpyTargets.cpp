#include "engine/data/readers/NpyTargets.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>

#include "engine/base/Text.h"
#include "engine/data/Labels.h"
#include "engine/data/MemoryLimit.h"
#include "engine/data/readers/NpyProblems.h"

namespace perceptory::data {

namespace {

constexpr std::size_t mostClasses = 10'000;
constexpr std::size_t rowsBetween = 4096;  // after as many it may be called off

// As written in every country: 3, -0.5.
std::string classNameOf(double value) {
    char text[64];
    const bool whole = value == std::floor(value) && std::abs(value) < 1e15;
    const auto end = whole ? std::to_chars(text, text + sizeof text, static_cast<std::int64_t>(value))
                           : std::to_chars(text, text + sizeof text, value);
    return {text, end.ptr};
}

// The classes of an array, in order of first sight.
class ClassNumbers {
public:
    bool add(double value, std::vector<std::int32_t>& labels) {
        auto [found, isNew] = m_numbers.try_emplace(value, 0);
        if (isNew) found->second = m_counter.add(classNameOf(value));
        labels.push_back(found->second);
        return m_numbers.size() <= mostClasses;
    }
    const LabelCounter& counter() const { return m_counter; }

private:
    LabelCounter m_counter;
    std::map<double, std::int32_t> m_numbers;
};

// The first of the values that is no finite number; as many as there are when all are.
template <class T>
std::size_t firstNotFinite(std::span<const T> values) {
    const auto found = std::ranges::find_if(values, [](T value) { return !std::isfinite(value); });
    return static_cast<std::size_t>(found - values.begin());
}

}  // namespace

bool takeNumbers(const NpyRows& rows, const ReadRequest& request, const std::string& where, Target& target,
                 base::Problems& problems) {
    const auto count = static_cast<std::size_t>(rows.file().rows()), size = rows.width();
    checkMemory(count, size, request.memoryLimit, rows.file().path());
    target.targets.resize(count * size);
    for (std::size_t row = 0; row < count; ++row) {
        if (row % rowsBetween == 0) base::tell(request.progress, 1);
        const std::span<float> values = std::span(target.targets).subspan(row * size, size);
        const auto number = static_cast<std::int64_t>(row);
        rows.read(number, values);
        const std::size_t bad = firstNotFinite(std::span<const float>(values));
        if (bad == size) continue;
        problems.push_back(notFiniteTarget(where, rows.file(), rows.placeOf(number, bad)));
        return false;
    }
    warnOfRounded(where, rows.file(), problems);
    if (rows.file().shape().size() > 2) target.targetShape = rows.shape();
    for (std::size_t k = 0; k < size; ++k)
        target.targetNames.push_back(target.targetName + (size > 1 ? "_" + std::to_string(k) : ""));
    return true;
}

bool takeClasses(const NpyRows& rows, const ReadRequest& request, const std::vector<std::string>& known,
                 const std::string& where, Target& target, base::Problems& problems) {
    const NpyFile& array = rows.file();
    const auto count = static_cast<std::size_t>(array.rows());
    checkMemory(count, rows.width(), request.memoryLimit, array.path());
    ClassNumbers numbers;
    std::vector<double> row(rows.width());
    target.labels.reserve(count * row.size());
    for (std::size_t i = 0; i < count; ++i) {
        if (i % rowsBetween == 0) base::tell(request.progress, 1);
        // As stored: classes of pixels have no channels.
        const auto number = static_cast<std::int64_t>(i);
        array.read(number, std::span(row));
        if (const std::size_t bad = firstNotFinite(std::span<const double>(row)); bad < row.size()) {
            problems.push_back(notFiniteTarget(where, array, array.placeOf(number, bad)));
            return false;
        }
        for (const double value : row) {
            if (numbers.add(value, target.labels)) continue;
            problems.push_back(tooManyClasses(where, array, mostClasses));
            return false;
        }
    }
    const LabelCounter& counter = numbers.counter();
    const LabelCounter::Classes classes = known.empty() ? counter.classes() : counter.classes(known);
    for (std::int32_t& label : target.labels) label = classes.indexOf[static_cast<std::size_t>(label)];
    target.classNames = classes.names;
    target.targetShape.assign(array.shape().begin() + 1, array.shape().end());
    if (target.targetShape == std::vector<std::int64_t>{1}) target.targetShape.clear();
    return true;
}

}  // namespace perceptory::data
