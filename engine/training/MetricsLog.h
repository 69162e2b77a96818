#pragma once
// Everything a run measured, as named series over its steps: loss, test_loss, accuracy, learning_rate … and where in
// epochs those steps stand. Memory is bounded and extremes are never lost, however long the run.

#include <cstdint>
#include <map>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/training/ChunkedColumn.h"
#include "engine/training/EpochMap.h"

namespace perceptory::training {

// A series is exact up to 2^20 points of one step each. Then neighbours become buckets, again and again merged by two,
// and so they do earlier in the largest series when all together would take more than `largestBytes` (points of several
// steps take four times the room of points of one step). Values are kept with the precision of a float.
//
// One thread appends, marks, places and clears; any number of others read meanwhile. Neither holds the other up for
// more than microseconds: what is long is done on chunks that never change.
class MetricsLog {
public:
    static constexpr std::size_t exactPoints = std::size_t{1} << 20;
    static constexpr std::size_t largestBytes = std::size_t{60} << 20;
    static constexpr std::size_t mostMarks = 10'000;

    // What was measured in the `count` steps from firstStep on. Minimum, maximum and mean leave out what is not finite
    // and are NaN when nothing is; `last` is kept as it came.
    struct Bucket {
        std::int64_t firstStep = 0;
        std::int64_t count = 1;
        double minimum = 0;
        double maximum = 0;
        double mean = 0;
        double last = 0;
    };

    // How far a reader has read one series. A new one starts at the beginning.
    struct Cursor {
        std::uint64_t generation = 0;
        std::size_t position = 0;
    };

    // When `reload` is set, what was read before is no longer what the log holds: forget it, `buckets` is everything.
    // The last bucket may still be filling; it then comes again with the same firstStep.
    struct News {
        std::vector<Bucket> buckets;
        bool reload = false;
        Cursor next;
    };

    struct Mark {
        std::int64_t step = 0;
        std::string text;
    };

    // Steps that are there already are forgotten from `step` on: the run was set back.
    void append(std::string_view series, std::int64_t step, double value);
    void append(std::string_view series, std::int64_t firstStep, std::span<const double> values);
    void append(std::string_view series, const Bucket& bucket);
    // Something happened at a step: "learning rate 0.03 → 0.1". The oldest are dropped beyond mostMarks.
    void mark(std::int64_t step, std::string text);
    // Where the run stands and how long its epochs are now; cheap when nothing changed.
    void place(const EpochMap::Place& place);
    void place(EpochMap epochs);
    void clear();

    std::vector<std::string> series() const;
    // A reload brings at most `most` buckets; neighbours are merged for that.
    News readSince(std::string_view series, Cursor cursor, std::size_t most = exactPoints) const;
    // Steps fromStep … toStep, both included, in at most `most` buckets; those at the ends may reach beyond.
    std::vector<Bucket> buckets(std::string_view series, std::int64_t fromStep, std::int64_t toStep,
                                std::size_t most) const;
    std::vector<Mark> marks() const;
    EpochMap epochs() const;
    std::size_t bytes() const;

private:
    struct Point {
        std::uint32_t step;  // behind the first step of the series
        float value;
    };
    struct Packed {
        std::int64_t firstStep;
        double mean;
        float minimum, maximum, last;
        std::uint32_t count;
    };
    struct Series {
        std::uint64_t generation = 0;
        std::int64_t firstStep = 0;
        std::int64_t end = 0;  // the step after the last one
        bool exact = true;     // in `points`; else in `packed`, and behind them the one still filling
        ChunkedColumn<Point> points;
        ChunkedColumn<Packed> packed;
        Packed filling{};
        std::uint32_t filled = 0;  // points in `filling`
        std::uint32_t width = 1;   // points that make one bucket

        std::size_t size() const { return exact ? points.size() : packed.size(); }
        std::size_t bytes() const { return points.bytes() + packed.bytes(); }
    };
    // What a reader took with it under the lock.
    struct View {
        std::uint64_t generation = 0;  // 0: there is no such series
        std::int64_t firstStep = 0;
        bool exact = true;
        ChunkedColumn<Point>::View points;
        ChunkedColumn<Packed>::View packed;
        Packed filling{};
        std::uint32_t filled = 0;

        std::size_t size() const { return (exact ? points.size : packed.size) + (filled > 0 ? 1 : 0); }
        Packed at(std::size_t index) const;
        std::size_t firstIndexFrom(std::int64_t step) const;
    };

    static Packed pack(std::int64_t step, double value);
    static Packed pack(const Bucket& bucket);
    static Bucket unpack(const Packed& packed);
    static void merge(Packed& into, const Packed& next);
    static Packed entryOf(const Series& series, std::size_t index);
    static std::vector<Bucket> coarsened(const View& view, std::size_t first, std::size_t end, std::size_t most);

    Series& seriesFor(std::string_view name, std::int64_t firstStep);
    void pushPoint(Series& series, std::int64_t step, double value);
    void pushPacked(Series& series, const Packed& entry);
    std::size_t bytesHeld() const;
    std::size_t roomFor(const Series& series) const;
    void makeRoom(Series& series);
    void shrink(Series& series, std::size_t allowedBytes, std::size_t factor);
    void rewind(Series& series, std::int64_t step);
    View view(std::string_view name, Cursor cursor) const;

    mutable std::mutex m_mutex;  // guards all below against readers; the writer reads without it
    std::map<std::string, Series, std::less<>> m_series;
    std::vector<Mark> m_marks;
    EpochMap m_epochs;
    std::uint64_t m_generation = 0;
};

}  // namespace perceptory::training
