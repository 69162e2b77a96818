#include "ui/widgets/CurveHistory.h"

#include <algorithm>
#include <cmath>

namespace perceptory::widgets {

namespace {

constexpr std::size_t kFan = 4;

bool finite(const CurveBucket& bucket) {
    return std::isfinite(bucket.mean) && std::isfinite(bucket.minimum) && std::isfinite(bucket.maximum);
}

double middleOf(const CurveBucket& bucket) {
    return static_cast<double>(bucket.first) + static_cast<double>(bucket.count - 1) / 2;
}

CurveBucket merged(const CurveBucket& a, const CurveBucket& b) {
    const double share = static_cast<double>(b.count) / static_cast<double>(a.count + b.count);
    return {a.first,
            b.first + b.count - a.first,
            std::min(a.minimum, b.minimum),
            std::max(a.maximum, b.maximum),
            static_cast<float>(std::lerp(static_cast<double>(a.mean), static_cast<double>(b.mean), share)),
            b.last};
}

}  // namespace

CurveBucket singleValue(quint64 step, float value) { return {step, 1, value, value, value, value}; }

void CurveSpan::add(float value) {
    if (!std::isfinite(value)) {
        return;
    }
    low = std::min(low, value);
    high = std::max(high, value);
    if (value > 0) {
        lowestPositive = std::min(lowestPositive, value);
    }
}

void CurveSpan::add(const CurveSpan& other) {
    low = std::min(low, other.low);
    high = std::max(high, other.high);
    lowestPositive = std::min(lowestPositive, other.lowestPositive);
}

void CurvePiece::add(const CurvePiece& next) {
    last = next.last;
    raw.add(next.raw);
    if (next.smoothCount > 0) {
        const auto share = static_cast<float>(next.smoothCount) / static_cast<float>(smoothCount + next.smoothCount);
        smooth = smoothCount == 0 ? next.smooth : smooth + (next.smooth - smooth) * share;
        smoothCount += next.smoothCount;
    }
    notFinite = notFinite || next.notFinite;
}

void CurveHistory::append(std::span<const CurveBucket> buckets) {
    for (const CurveBucket& bucket : buckets) {
        if (bucket.count == 0 || (!m_entries.empty() && bucket.first < m_undo.bucketFirst)) {
            continue;
        }
        if (!m_entries.empty() && bucket.first == m_undo.bucketFirst) {
            takeBackLast();
        }
        add(bucket);
        if (m_entries.size() > kMostEntries) {
            mergeByTwo();
        }
    }
}

void CurveHistory::add(const CurveBucket& bucket) {
    if (m_entries.empty()) {
        m_pointSteps = static_cast<double>(bucket.count);
    }
    m_undo = {m_now, std::nullopt, m_held, bucket.first};
    const float smooth = smoothNext(bucket);
    if (m_entries.empty() || m_held >= m_perEntry) {
        m_changedFrom = std::min(m_changedFrom, m_entries.size());
        m_entries.push_back({bucket, smooth});
        m_held = 1;
        return;
    }
    m_undo.entry = m_entries.back();
    m_changedFrom = std::min(m_changedFrom, m_entries.size() - 1);
    m_entries.back() = joined(m_entries.back(), {bucket, smooth});
    ++m_held;
}

void CurveHistory::takeBackLast() {
    m_now = m_undo.smoother;
    m_held = m_undo.held;
    if (m_undo.entry) {
        m_entries.back() = *m_undo.entry;
    } else {
        m_entries.pop_back();
    }
}

void CurveHistory::clear() {
    const double weight = m_weight;
    *this = {};
    m_weight = weight;
}

// Exponential mean started at zero and divided by the weight it has seen (as in D. Kingma, J. Ba, "Adam", §3).
float CurveHistory::smoothNext(const CurveBucket& bucket) {
    if (m_weight <= 0 || !finite(bucket)) {
        return finite(bucket) ? bucket.mean : std::numeric_limits<float>::quiet_NaN();
    }
    const double points = static_cast<double>(bucket.count) / m_pointSteps;
    const double keep = points == 1 ? m_weight : std::pow(m_weight, points);
    m_now.sum = keep * m_now.sum + (1 - keep) * static_cast<double>(bucket.mean);
    m_now.weightLeft *= keep;
    return static_cast<float>(m_now.sum / (1 - m_now.weightLeft));
}

void CurveHistory::setSmoothing(double weight) {
    weight = std::isfinite(weight) ? std::clamp(weight, 0.0, 0.999) : 0.0;
    if (weight != m_weight) {
        m_weight = weight;
        resmooth();
    }
}

void CurveHistory::resmooth() {
    m_now = {};
    m_undo.smoother = {};
    for (Entry& entry : m_entries) {
        m_undo.smoother = m_now;
        entry.smooth = smoothNext(entry.bucket);
    }
    m_changedFrom = 0;
}

CurveHistory::Entry CurveHistory::joined(const Entry& a, const Entry& b) {
    Entry both{merged(a.bucket, b.bucket), b.smooth};
    if (!finite(a.bucket) || !finite(b.bucket)) {
        both.bucket.mean = both.smooth = std::numeric_limits<float>::quiet_NaN();
    }
    return both;
}

// The last entry, which may still be filling, is left as it is: appending happens one at a time, so their number is
// odd.
void CurveHistory::mergeByTwo() {
    std::size_t kept = 0;
    for (std::size_t i = 0; i + 1 < m_entries.size(); i += 2) {
        m_entries[kept++] = joined(m_entries[i], m_entries[i + 1]);
    }
    m_entries[kept++] = m_entries.back();
    m_entries.resize(kept);
    m_perEntry *= 2;
    m_changedFrom = 0;
}

std::optional<quint64> CurveHistory::firstStep() const {
    return m_entries.empty() ? std::nullopt : std::optional(m_entries.front().bucket.first);
}

std::optional<quint64> CurveHistory::lastStep() const {
    return m_entries.empty() ? std::nullopt
                             : std::optional(m_entries.back().bucket.first + m_entries.back().bucket.count - 1);
}

std::size_t CurveHistory::firstNotBefore(double step) const {
    const auto found = std::lower_bound(m_entries.begin(), m_entries.end(), step,
                                        [](const Entry& entry, double at) { return middleOf(entry.bucket) < at; });
    return static_cast<std::size_t>(found - m_entries.begin());
}

std::size_t CurveHistory::nearest(double step) const {
    const std::size_t right = firstNotBefore(step);
    if (right == 0) {
        return 0;
    }
    if (right == m_entries.size()) {
        return right - 1;
    }
    const double before = step - middleOf(m_entries[right - 1].bucket);
    return before <= middleOf(m_entries[right].bucket) - step ? right - 1 : right;
}

CurvePiece CurveHistory::pieceOf(const Entry& entry) const {
    CurvePiece piece;
    piece.first = entry.bucket.first;
    piece.last = entry.bucket.first + entry.bucket.count - 1;
    piece.raw.add(entry.bucket.minimum);
    piece.raw.add(entry.bucket.maximum);
    if (std::isfinite(entry.smooth)) {
        piece.smooth = entry.smooth;
        piece.smoothCount = 1;
    }
    piece.notFinite = !finite(entry.bucket);
    return piece;
}

void CurveHistory::updateLevels() const {
    std::size_t children = m_entries.size();
    std::size_t from = m_changedFrom;
    std::size_t level = 0;
    for (; children > kFan; ++level) {
        if (m_levels.size() <= level) {
            m_levels.emplace_back();
        }
        std::vector<CurvePiece>& here = m_levels[level];
        const std::size_t count = (children + kFan - 1) / kFan;
        here.resize(count);
        for (std::size_t i = std::min(from / kFan, count); i < count; ++i) {
            const auto child = [&](std::size_t at) {
                return level == 0 ? pieceOf(m_entries[at]) : m_levels[level - 1][at];
            };
            here[i] = child(i * kFan);
            for (std::size_t at = i * kFan + 1; at < std::min((i + 1) * kFan, children); ++at) {
                here[i].add(child(at));
            }
        }
        children = count;
        from /= kFan;
    }
    m_levels.resize(level);  // one left over would be stale when it is needed again
    m_changedFrom = m_entries.size();
}

void CurveHistory::pieces(double from, double to, int columns, std::vector<CurvePiece>& out) const {
    out.clear();
    if (m_entries.empty() || !(to > from) || columns < 1) {
        return;
    }
    updateLevels();
    const std::size_t begin = firstNotBefore(from) - (firstNotBefore(from) > 0 ? 1 : 0);
    const std::size_t end = std::min(firstNotBefore(to) + 1, m_entries.size());
    const auto most = static_cast<std::size_t>(columns) * 2;
    if (end - begin <= most) {
        for (std::size_t i = begin; i < end; ++i) {
            out.push_back(pieceOf(m_entries[i]));
        }
        return;
    }
    // The coarsest level that still has two pieces for each column, then one piece for each column from it.
    std::size_t level = 0;
    std::size_t size = 1;
    while ((end - begin) / (size * kFan) >= most && level < m_levels.size()) {
        size *= kFan;
        ++level;
    }
    const double perStep = columns / (to - from);
    double column = -std::numeric_limits<double>::infinity();
    for (std::size_t i = begin / size; i * size < end; ++i) {
        const CurvePiece piece = level == 0 ? pieceOf(m_entries[i]) : m_levels[level - 1][i];
        const double at = std::floor((piece.middle() - from) * perStep);
        if (at == column) {
            out.back().add(piece);
        } else {
            out.push_back(piece);
            column = at;
        }
    }
}

}  // namespace perceptory::widgets
