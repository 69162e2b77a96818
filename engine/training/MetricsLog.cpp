#include "engine/training/MetricsLog.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace perceptory::training {

namespace {

float finiteOrNaN(double value) {
    const auto narrow = static_cast<float>(value);
    return std::isfinite(narrow) ? narrow : std::numeric_limits<float>::quiet_NaN();
}

}  // namespace

MetricsLog::Packed MetricsLog::pack(std::int64_t step, double value) {
    const float finite = finiteOrNaN(value);
    return {step, finite, finite, finite, static_cast<float>(value), 1};
}

MetricsLog::Packed MetricsLog::pack(const Bucket& bucket) {
    const double mean = std::isfinite(bucket.mean) ? bucket.mean : std::numeric_limits<double>::quiet_NaN();
    const auto count = std::clamp<std::int64_t>(bucket.count, 1, std::numeric_limits<std::uint32_t>::max());
    return {bucket.firstStep,
            mean,
            finiteOrNaN(bucket.minimum),
            finiteOrNaN(bucket.maximum),
            static_cast<float>(bucket.last),
            static_cast<std::uint32_t>(count)};
}

MetricsLog::Bucket MetricsLog::unpack(const Packed& packed) {
    return {packed.firstStep, packed.count, packed.minimum, packed.maximum, packed.mean, packed.last};
}

// Written so that NaN, which stands for "nothing finite", gives way.
void MetricsLog::merge(Packed& into, const Packed& next) {
    const double weight = next.count / (static_cast<double>(into.count) + next.count);
    if (std::isnan(into.mean))
        into.mean = next.mean;
    else if (!std::isnan(next.mean))
        into.mean += (next.mean - into.mean) * weight;
    if (!(into.minimum <= next.minimum) && !std::isnan(next.minimum)) into.minimum = next.minimum;
    if (!(into.maximum >= next.maximum) && !std::isnan(next.maximum)) into.maximum = next.maximum;
    into.last = next.last;
    into.count += std::min(next.count, std::numeric_limits<std::uint32_t>::max() - into.count);
}

MetricsLog::Packed MetricsLog::entryOf(const Series& series, std::size_t index) {
    if (!series.exact) return series.packed[index];
    return pack(series.firstStep + series.points[index].step, series.points[index].value);
}

MetricsLog::Packed MetricsLog::View::at(std::size_t index) const {
    if (index == (exact ? points.size : packed.size)) return filling;
    return exact ? pack(firstStep + points[index].step, points[index].value) : packed[index];
}

// The entry that holds `step`, or the first behind it.
std::size_t MetricsLog::View::firstIndexFrom(std::int64_t step) const {
    std::size_t low = 0;
    for (std::size_t high = size(); low < high;) {
        const std::size_t middle = low + (high - low) / 2;
        const Packed entry = at(middle);
        if (entry.firstStep + entry.count <= step)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

void MetricsLog::append(std::string_view name, std::int64_t step, double value) { append(name, step, {&value, 1}); }

void MetricsLog::append(std::string_view name, std::int64_t firstStep, std::span<const double> values) {
    Series& series = seriesFor(name, firstStep);
    while (!values.empty()) {
        if (firstStep - series.firstStep > std::numeric_limits<std::uint32_t>::max() - (1ll << 20) && series.exact)
            shrink(series, roomFor(series), 1);
        makeRoom(series);
        // Short enough that readers wait for microseconds only, and that room was made for.
        const std::size_t count = std::min({values.size(), std::size_t{1024}, exactPoints - series.size()});
        const std::lock_guard lock(m_mutex);
        for (const double value : values.first(count)) pushPoint(series, firstStep++, value);
        values = values.subspan(count);
    }
}

void MetricsLog::append(std::string_view name, const Bucket& bucket) {
    if (bucket.count <= 1) return append(name, bucket.firstStep, bucket.last);
    Series& series = seriesFor(name, bucket.firstStep);
    if (series.exact) shrink(series, roomFor(series), 1);
    makeRoom(series);
    const std::lock_guard lock(m_mutex);
    pushPacked(series, pack(bucket));
}

MetricsLog::Series& MetricsLog::seriesFor(std::string_view name, std::int64_t firstStep) {
    auto found = m_series.find(name);
    if (found == m_series.end()) {
        const std::lock_guard lock(m_mutex);
        found = m_series.emplace(name, Series{}).first;
        found->second.generation = ++m_generation;
        found->second.firstStep = found->second.end = firstStep;
    }
    if (firstStep < found->second.end) rewind(found->second, firstStep);
    return found->second;
}

void MetricsLog::pushPoint(Series& series, std::int64_t step, double value) {
    if (!series.exact) return pushPacked(series, pack(step, value));
    series.points.push({static_cast<std::uint32_t>(step - series.firstStep), static_cast<float>(value)});
    series.end = step + 1;
}

void MetricsLog::pushPacked(Series& series, const Packed& entry) {
    if (series.filled == 0)
        series.filling = entry;
    else
        merge(series.filling, entry);
    series.end = entry.firstStep + entry.count;
    if (++series.filled < series.width) return;
    series.packed.push(series.filling);
    series.filled = 0;
}

// What this series may take of what the others leave.
std::size_t MetricsLog::roomFor(const Series& series) const {
    const std::size_t others = bytesHeld() - series.bytes() + sizeof(ChunkedColumn<Packed>::Chunk);
    return std::max(series.bytes() / 2, largestBytes - std::min(others, largestBytes));
}

// Leaves room for at least one more chunk in all and one more entry in this series.
void MetricsLog::makeRoom(Series& series) {
    constexpr std::size_t reserve = sizeof(ChunkedColumn<Packed>::Chunk);
    if (series.size() >= exactPoints) shrink(series, roomFor(series), 2);
    while (bytesHeld() + reserve > largestBytes) {
        const auto largest =
            std::ranges::max_element(m_series, {}, [](const auto& entry) { return entry.second.bytes(); });
        if (largest->second.size() <= ChunkedColumn<Packed>::chunkEntries) return;
        shrink(largest->second, largest->second.bytes() / 2, 2);
    }
}

// Merges so many neighbours, at least `factor`, that the series takes at most so many bytes.
void MetricsLog::shrink(Series& series, std::size_t allowedBytes, std::size_t factor) {
    const std::size_t entries = series.size();
    while (factor < entries && entries / factor * sizeof(Packed) > allowedBytes) factor *= 2;
    // Built beside the old, which readers go on using; the lock is for the exchange alone.
    Series smaller;
    smaller.generation = ++m_generation;
    smaller.firstStep = series.firstStep;
    smaller.exact = false;
    smaller.width = static_cast<std::uint32_t>(series.width * factor);
    std::size_t index = 0;
    for (; index + factor <= entries; index += factor) {
        Packed merged = entryOf(series, index);
        for (std::size_t i = 1; i < factor; ++i) merge(merged, entryOf(series, index + i));
        smaller.packed.push(merged);
    }
    for (; index < entries; ++index) {
        smaller.filled ? merge(smaller.filling, entryOf(series, index))
                       : void(smaller.filling = entryOf(series, index));
        smaller.filled += series.width;
    }
    if (series.filled > 0) {
        smaller.filled ? merge(smaller.filling, series.filling) : void(smaller.filling = series.filling);
        smaller.filled += series.filled;
    }
    smaller.end = series.end;
    const std::lock_guard lock(m_mutex);
    std::swap(series, smaller);
}

void MetricsLog::rewind(Series& series, std::int64_t step) {
    std::size_t size = series.size();
    while (size > 0 && entryOf(series, size - 1).firstStep + entryOf(series, size - 1).count > step) --size;
    const std::lock_guard lock(m_mutex);
    series.generation = ++m_generation;
    series.exact ? series.points.truncate(size) : series.packed.truncate(size);
    const bool keepsFilling = series.filled > 0 && series.filling.firstStep + series.filling.count <= step;
    if (!keepsFilling) series.filled = 0;
    series.firstStep = std::min(series.firstStep, step);
    series.end = step;
}

void MetricsLog::mark(std::int64_t step, std::string text) {
    const std::lock_guard lock(m_mutex);
    if (m_marks.size() == mostMarks) m_marks.erase(m_marks.begin());
    m_marks.push_back({step, std::move(text)});
}

void MetricsLog::place(const EpochMap::Place& place) {
    if (!m_epochs.turnsAt(place)) return;
    const std::lock_guard lock(m_mutex);
    m_epochs.turn(place);
}

void MetricsLog::place(EpochMap epochs) {
    const std::lock_guard lock(m_mutex);
    m_epochs = std::move(epochs);
}

void MetricsLog::clear() {
    std::map<std::string, Series, std::less<>> old;  // freed without the lock
    const std::lock_guard lock(m_mutex);
    old.swap(m_series);
    m_marks.clear();
    m_epochs = {};
}

std::vector<std::string> MetricsLog::series() const {
    const std::lock_guard lock(m_mutex);
    std::vector<std::string> names;
    for (const auto& [name, series] : m_series) names.push_back(name);
    return names;
}

MetricsLog::View MetricsLog::view(std::string_view name, Cursor cursor) const {
    const std::lock_guard lock(m_mutex);
    const auto found = m_series.find(name);
    if (found == m_series.end()) return {};
    const Series& series = found->second;
    const std::size_t from = cursor.generation == series.generation ? cursor.position : 0;
    View result{series.generation, series.firstStep, series.exact, {}, {}, series.filling, series.filled};
    series.exact ? void(result.points = series.points.view(from)) : void(result.packed = series.packed.view(from));
    return result;
}

std::vector<MetricsLog::Bucket> MetricsLog::coarsened(const View& view, std::size_t first, std::size_t end,
                                                      std::size_t most) {
    std::vector<Bucket> result;
    if (first >= end || most == 0) return result;
    const std::size_t group = (end - first + most - 1) / most;
    result.reserve((end - first + group - 1) / group);
    for (std::size_t index = first; index < end; index += group) {
        Packed merged = view.at(index);
        for (std::size_t i = index + 1; i < std::min(index + group, end); ++i) merge(merged, view.at(i));
        result.push_back(unpack(merged));
    }
    return result;
}

MetricsLog::News MetricsLog::readSince(std::string_view name, Cursor cursor, std::size_t most) const {
    const View view = this->view(name, cursor);
    News news;
    news.reload = view.generation != cursor.generation;
    news.next = {view.generation, view.size() - (view.filled > 0 ? 1 : 0)};
    news.buckets = news.reload ? coarsened(view, 0, view.size(), most)
                               : coarsened(view, cursor.position, view.size(), exactPoints + 1);
    return news;
}

std::vector<MetricsLog::Bucket> MetricsLog::buckets(std::string_view name, std::int64_t fromStep, std::int64_t toStep,
                                                    std::size_t most) const {
    const View view = this->view(name, {});
    const std::size_t first = view.firstIndexFrom(fromStep);
    std::size_t end = view.firstIndexFrom(toStep);
    if (end < view.size() && view.at(end).firstStep <= toStep) ++end;
    return coarsened(view, first, end, most);
}

std::vector<MetricsLog::Mark> MetricsLog::marks() const {
    const std::lock_guard lock(m_mutex);
    return m_marks;
}

EpochMap MetricsLog::epochs() const {
    const std::lock_guard lock(m_mutex);
    return m_epochs;
}

std::size_t MetricsLog::bytes() const {
    const std::lock_guard lock(m_mutex);
    return bytesHeld();
}

std::size_t MetricsLog::bytesHeld() const {
    std::size_t sum = m_epochs.knots().size() * sizeof(EpochMap::Knot);
    for (const auto& [name, series] : m_series) sum += series.bytes();
    return sum;
}

}  // namespace perceptory::training
