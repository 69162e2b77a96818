#pragma once
// One curve's values over a whole run, kept so that any stretch can be drawn at a cost that depends on its width in
// pixels and not on the length of the run. Smoothing comes first, thinning out second, and extremes are never lost.
// Memory is bounded: above kMostEntries neighbours are merged by two. Any one thread.

#include <QtGlobal>
#include <limits>
#include <optional>
#include <span>
#include <vector>

namespace perceptory::widgets {

/// What a run recorded over the steps first … first + count − 1.
struct CurveBucket {
    quint64 first = 0;
    quint64 count = 1;
    float minimum = 0;
    float maximum = 0;
    float mean = 0;
    float last = 0;
};

/// The same for one value of one step.
CurveBucket singleValue(quint64 step, float value);

/// Lowest and highest of what was met, leaving out what is not finite.
struct CurveSpan {
    float low = std::numeric_limits<float>::infinity();
    float high = -std::numeric_limits<float>::infinity();
    float lowestPositive = std::numeric_limits<float>::infinity();

    void add(float value);
    void add(const CurveSpan& other);
    bool empty() const { return low > high; }
};

/// A stretch of a curve to be drawn at one place: the recorded values from lowest to highest, the smoothed ones as one
/// point, since a band of them would hide what smoothing is to show.
struct CurvePiece {
    quint64 first = 0;
    quint64 last = 0;
    CurveSpan raw;
    float smooth = 0;         ///< mean of the smoothed values that are finite
    quint32 smoothCount = 0;  ///< how many those are; 0: `smooth` means nothing
    bool notFinite = false;   ///< something in it is NaN or infinite

    void add(const CurvePiece& next);
    double middle() const { return (static_cast<double>(first) + static_cast<double>(last)) / 2; }
};

class CurveHistory {
public:
    static constexpr std::size_t kMostEntries = std::size_t{1} << 17;

    /// Buckets in the order of their steps. One that starts where the last one starts replaces it (a bucket still being
    /// filled); one that starts before is dropped.
    void append(std::span<const CurveBucket> buckets);
    void clear();

    /// Weight of the past in the bias-corrected exponential mean, 0 (none) … 0.999, for each recorded point; a merged
    /// bucket counts as many points as it holds, so the line does not depend on merging.
    void setSmoothing(double weight);

    std::size_t size() const { return m_entries.size(); }
    std::optional<quint64> firstStep() const;
    std::optional<quint64> lastStep() const;
    CurveBucket bucket(std::size_t index) const { return m_entries[index].bucket; }
    float smoothed(std::size_t index) const { return m_entries[index].smooth; }
    /// The entry whose middle is nearest to the step; only for a history that is not empty.
    std::size_t nearest(double step) const;

    /// Pieces that cover [from, to] and one neighbour on each side, at most about 2·columns + 2 of them.
    void pieces(double from, double to, int columns, std::vector<CurvePiece>& out) const;

private:
    struct Entry {
        CurveBucket bucket;
        float smooth = 0;
    };
    struct Smoother {
        double sum = 0;
        double weightLeft = 1;  ///< w^n over all points so far
    };
    struct Undo {
        Smoother smoother;
        std::optional<Entry> entry;  ///< the last entry before a bucket was merged into it
        std::size_t held = 0;
        quint64 bucketFirst = 0;
    };

    void add(const CurveBucket& bucket);
    void takeBackLast();
    float smoothNext(const CurveBucket& bucket);
    void resmooth();
    static Entry joined(const Entry& a, const Entry& b);
    void mergeByTwo();
    void updateLevels() const;
    CurvePiece pieceOf(const Entry& entry) const;
    std::size_t firstNotBefore(double step) const;

    std::vector<Entry> m_entries;
    double m_weight = 0;
    double m_pointSteps = 1;  ///< steps of one recorded point
    Smoother m_now;
    std::size_t m_perEntry = 1;  ///< buckets merged into one entry; doubles when there are too many entries
    std::size_t m_held = 0;      ///< buckets in the last entry
    Undo m_undo;

    // Level k holds pieces of 4^(k+1) entries; brought up to date when asked.
    mutable std::vector<std::vector<CurvePiece>> m_levels;
    mutable std::size_t m_changedFrom = 0;
};

}  // namespace perceptory::widgets
