#include <cmath>

#include "engine/exchange/cpp/Kernel.h"
#include "engine/tensor/Recurrence.h"

namespace perceptory::exchange::cpp {

// <text>
// Every step of a sequence: h = tanh(z + h_before * u + v). z is [steps][units], u [units][units], v [units] or
// nullptr; where mask is 0 the step is padding and the state stays. y gets the states, [steps][units].
inline void simpleRnn(const float* z, const float* u, const float* v, const float* mask, float* y, int steps, int units,
                      int backwards) {
    const float* before = nullptr;
    for (int step = 0; step < steps; ++step) {
        const int t = backwards ? steps - 1 - step : step;
        float* h = y + t * units;
        for (int i = 0; i < units; ++i) h[i] = z[t * units + i] + (v ? v[i] : 0.0f);
        for (int k = 0; before && k < units; ++k)
            for (int i = 0; i < units; ++i) h[i] += before[k] * u[k * units + i];
        const bool padding = mask && mask[t] == 0.0f;
        for (int i = 0; i < units; ++i) h[i] = !padding ? std::tanh(h[i]) : before ? before[i] : 0.0f;
        before = h;
    }
}

inline float gate(float x) { return 1.0f / (1.0f + std::exp(-x)); }

// Every step of an LSTM (Hochreiter, Schmidhuber 1997): gates i f g o of z + h_before * u + v, c = f * c + i * g,
// h = o * tanh(c). z is [steps][4 * units], u [units][4 * units], v [4 * units] or nullptr; work has 5 * units places.
inline void lstm(const float* z, const float* u, const float* v, const float* mask, float* y, float* work, int steps,
                 int units, int backwards) {
    const float* before = nullptr;
    float* c = work + 4 * units;
    for (int i = 0; i < units; ++i) c[i] = 0.0f;
    for (int step = 0; step < steps; ++step) {
        const int t = backwards ? steps - 1 - step : step;
        float* h = y + t * units;
        const bool padding = mask && mask[t] == 0.0f;
        for (int i = 0; i < 4 * units; ++i) work[i] = z[t * 4 * units + i] + (v ? v[i] : 0.0f);
        for (int k = 0; before && k < units; ++k)
            for (int i = 0; i < 4 * units; ++i) work[i] += before[k] * u[k * 4 * units + i];
        for (int i = 0; i < units; ++i) {
            const float in = gate(work[i]), forget = gate(work[units + i]), out = gate(work[3 * units + i]);
            if (!padding) c[i] = forget * c[i] + in * std::tanh(work[2 * units + i]);
            h[i] = !padding ? out * std::tanh(c[i]) : before ? before[i] : 0.0f;
        }
        before = h;
    }
}

// Every step of a GRU (Cho et al. 2014): r and u are gates, n = tanh(z_n + r * (h_before * u_n + v_n)),
// h = (1 - u) * n + u * h_before. z is [steps][3 * units], u [units][3 * units], v [3 * units] or nullptr; work has
// 3 * units places.
inline void gru(const float* z, const float* u, const float* v, const float* mask, float* y, float* work, int steps,
                int units, int backwards) {
    const float* before = nullptr;
    for (int step = 0; step < steps; ++step) {
        const int t = backwards ? steps - 1 - step : step;
        const float* x = z + t * 3 * units;
        float* h = y + t * units;
        const bool padding = mask && mask[t] == 0.0f;
        for (int i = 0; i < 3 * units; ++i) work[i] = v ? v[i] : 0.0f;
        for (int k = 0; before && k < units; ++k)
            for (int i = 0; i < 3 * units; ++i) work[i] += before[k] * u[k * 3 * units + i];
        for (int i = 0; i < units; ++i) {
            const float old = before ? before[i] : 0.0f;
            const float reset = gate(x[i] + work[i]), update = gate(x[units + i] + work[units + i]);
            const float next = std::tanh(x[2 * units + i] + reset * work[2 * units + i]);
            h[i] = padding ? old : (1.0f - update) * next + update * old;
        }
        before = h;
    }
}
// </text>

namespace {

// The work is done where training keeps what its gradient needs: there is room enough.
Call call(const Source& s) {
    const tensor::Recurrence r = tensor::Recurrence::of(s.operation().integers);
    const int steps = s.integer(0), units = s.integer(1), backwards = r.backwards ? 1 : 0;
    if (r.cell == tensor::Cell::Simple)
        return {"simpleRnn", {s.in(0), s.in(1), s.in(2), s.in(3), s.out(0), steps, units, backwards}};
    return {r.cell == tensor::Cell::Lstm ? "lstm" : "gru",
            {s.in(0), s.in(1), s.in(2), s.in(3), s.out(0), s.out(1), steps, units, backwards}};
}

}  // namespace

const Kernel RecurrentKernel{"recurrent", call, {CPP_FUNCTION(simpleRnn), CPP_FUNCTION(lstm), CPP_FUNCTION(gru)}};

}  // namespace perceptory::exchange::cpp
