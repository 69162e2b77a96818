#pragma once
// A point on a line with the strong Wolfe conditions, found by brackets and cubic interpolation (Nocedal, Wright 2006,
// algorithms 3.5 and 3.6).

#include <functional>
#include <vector>

namespace perceptory::optimizers {

// A place on the line from the weights along a direction.
struct LinePlace {
    double length = 0, loss = 0, slope = 0;
    std::vector<double> gradient;
};

class WolfeSearch {
public:
    // `at` measures at a length; `size` is the largest number of the direction. The search ends where moves are smaller
    // than `tolerance`.
    WolfeSearch(std::function<LinePlace(double)> at, LinePlace start, double size, double tolerance)
        : m_at(std::move(at)), m_start(std::move(start)), m_size(size), m_tolerance(tolerance) {}

    // Begins with this length.
    LinePlace run(double length);

private:
    static constexpr double sufficientDecrease = 1e-4, curvature = 0.9;
    static constexpr int mostTries = 25;

    bool tooHigh(const LinePlace& place) const {
        return place.loss > m_start.loss + sufficientDecrease * place.length * m_start.slope;
    }
    bool flat(const LinePlace& place) const;
    void between(LinePlace a, LinePlace b);
    // True when a good place was met already; else it lies between m_low and m_high.
    bool bracket(double length);
    void narrow();
    // Inside the bracket, and not for the second time close to one of its ends.
    double tryLength(bool& stuck) const;

    std::function<LinePlace(double)> m_at;
    LinePlace m_start, m_low, m_high;
    double m_size = 0, m_tolerance = 0;
    int m_tries = 0;
};

}  // namespace perceptory::optimizers
