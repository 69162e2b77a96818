#pragma once
// Where in epochs each step of a run stands, though batch size and data set change on the way: a line through knots
// that rises everywhere, straight between them and on beyond the last. Memory is bounded. One thread at a time.

#include <cstdint>
#include <vector>

namespace perceptory::training {

class EpochMap {
public:
    static constexpr std::size_t mostKnots = 1000;

    struct Knot {
        std::int64_t step = 0;
        double epoch = 0;
        bool operator==(const Knot&) const = default;
    };

    // A run at `step` with `epoch` whole epochs behind it and `batch` of the `stepsPerEpoch` of the running one.
    struct Place {
        std::int64_t step = 0;
        std::uint64_t epoch = 0;
        std::size_t batch = 0;
        std::size_t stepsPerEpoch = 1;
    };

    EpochMap() = default;
    // Through `knots` as they were saved, as far as they rise; empty when they do not make a map.
    explicit EpochMap(const std::vector<Knot>& knots);

    // True when the map leads elsewhere from there.
    bool turnsAt(const Place& place) const;
    // Steps before `place` stay where they are; the running epoch ends when it will, and the next ones are as long.
    // Beyond mostKnots every second one goes.
    void turn(const Place& place);

    double epochAt(double step) const;
    // None, or two and more, rising in step and epoch; the first is step 0.
    const std::vector<Knot>& knots() const { return m_knots; }

private:
    void push(std::int64_t step, double epoch);
    void thinOut();

    std::vector<Knot> m_knots;
};

}  // namespace perceptory::training
