#pragma once
// A plain training loop for chains of dense layers in double, to compare the executor for tiny networks with.

#include <cmath>
#include <string>
#include <vector>

#include "engine/activations/Activation.h"
#include "engine/backends/KernelLibrary.h"
#include "engine/base/Json.h"
#include "engine/base/Random.h"
#include "engine/optimizers/Optimizer.h"

namespace perceptory::tests {

struct TinyCase {
    std::string name;
    std::vector<int> widths;
    std::string activation = "tanh";      // of all but the last layer
    std::string lastActivation = "tanh";  // of the last layer
    std::string loss = "mean_squared_error";
    std::string optimizer = "sgd";
    base::Json parameters = base::Json::object();
    int batch = 10;
    bool bias = true;
    double l1 = 0, l2 = 0;  // on the first layer's weights
    bool weighted = false;  // samples of unequal weight
    int steps = 500;
};

template <class Row>
int indexOf(const Row* rows, int count, const std::string& id) {
    for (int i = 0; i < count; ++i)
        if (id == rows[i].id) return i;
    return -1;
}

// The net's layers, offsets and first weights; data of one batch after another.
struct TinyProblem {
    const TinyCase& what;
    std::vector<backends::TinyLayer> layers;
    int units = 0, parameters = 0, targets = 1;
    std::vector<double> weights;
    std::vector<std::vector<double>> inputs, wanted;  // per sample
    std::vector<double> sampleWeights;

    explicit TinyProblem(const TinyCase& given) : what(given) {
        base::RandomStream random(3, 1);
        lay();
        for (int i = 0; i < parameters; ++i) weights.push_back(static_cast<float>(random.uniform(-0.7, 0.7)));
        const bool classes = what.loss == "softmax_cross_entropy";
        targets = classes ? 1 : what.widths.back();
        for (int s = 0; s < 7 * what.batch; ++s) draw(random, classes);
    }

    static const activations::ActivationType& activation(const std::string& id) {
        return activations::shelf().get(id, "test");
    }
    static double p(const std::string& id) { return activation(id).p(base::Json::object()); }

private:
    void lay() {
        for (std::size_t l = 0; l + 1 < what.widths.size(); ++l) {
            backends::TinyLayer layer;
            layer.inputs = what.widths[l];
            layer.outputs = what.widths[l + 1];
            layer.firstInput = units;
            units += layer.inputs;
            layer.firstOutput = units;
            layer.weights = parameters;
            parameters += layer.inputs * layer.outputs;
            if (what.bias) layer.bias = parameters;
            if (what.bias) parameters += layer.outputs;
            const std::string& id = l + 2 == what.widths.size() ? what.lastActivation : what.activation;
            const backends::KernelTable& table = backends::doubleKernels();
            layer.activation = indexOf(table.unary, table.unaryCount, id);
            layer.p = static_cast<float>(p(id));
            layers.push_back(layer);
        }
        units += what.widths.back();
    }

    void draw(base::RandomStream& random, bool classes) {
        std::vector<double> x, t;
        for (int i = 0; i < what.widths[0]; ++i) x.push_back(static_cast<float>(random.uniform(-1, 1)));
        for (int i = 0; i < targets; ++i) {
            const double wave = std::sin(3 * x[0] + i) * x.back();
            if (classes)
                t.push_back(wave > 0 ? what.widths.back() - 1 : wave < -0.2 ? 0 : 1);
            else
                t.push_back(what.loss == "mean_squared_error" ? static_cast<float>(wave) : wave > 0);
        }
        inputs.push_back(x);
        wanted.push_back(t);
        sampleWeights.push_back(what.weighted ? static_cast<float>(random.uniform(0.5, 2)) : 1);
    }
};

// Runs all steps; returns the loss of each.
class TinyReference {
public:
    explicit TinyReference(TinyProblem& problem) : m_problem(problem), m_gradients(problem.weights.size()) {
        for (auto& slot : m_slots) slot.assign(problem.weights.size(), 0);
    }

    std::vector<double> train() {
        std::vector<double> losses;
        for (int step = 0; step < m_problem.what.steps; ++step) losses.push_back(trainStep(step));
        return losses;
    }

private:
    double trainStep(int step) {
        const int batch = m_problem.what.batch, first = step % 7 * batch;
        std::fill(m_gradients.begin(), m_gradients.end(), 0);
        double total = 0, loss = 0;
        for (int s = first; s < first + batch; ++s) total += m_problem.sampleWeights[std::size_t(s)];
        for (int s = first; s < first + batch; ++s) loss += sample(s, m_problem.sampleWeights[std::size_t(s)] / total);
        const backends::TinyLayer& layer = m_problem.layers[0];
        for (int i = layer.weights; i < layer.weights + layer.inputs * layer.outputs; ++i) {
            const double w = m_problem.weights[std::size_t(i)];
            m_gradients[std::size_t(i)] += m_problem.what.l2 * w + m_problem.what.l1 * ((w > 0) - (w < 0));
        }
        update(step);
        return loss;
    }

    double sample(int s, double factor) {
        m_a = m_problem.inputs[std::size_t(s)];
        m_z = m_a;
        for (const backends::TinyLayer& layer : m_problem.layers) forward(layer);
        m_d.assign(m_a.size(), 0);
        const double loss = factor * lossAndError(m_problem.wanted[std::size_t(s)], factor);
        for (std::size_t l = m_problem.layers.size(); l-- > 0;) backward(m_problem.layers[l], l);
        return loss;
    }

    const activations::ActivationType& activationOf(const backends::TinyLayer& layer) const {
        return *activations::shelf().members()[std::size_t(layer.activation)];
    }

    void forward(const backends::TinyLayer& layer) {
        for (int o = 0; o < layer.outputs; ++o) {
            double z = layer.bias >= 0 ? m_problem.weights[std::size_t(layer.bias + o)] : 0;
            for (int i = 0; i < layer.inputs; ++i)
                z += m_a[std::size_t(layer.firstInput + i)] *
                     m_problem.weights[std::size_t(layer.weights + i * layer.outputs + o)];
            m_z.push_back(z);
            m_a.push_back(activationOf(layer).forward(z, layer.p));
        }
    }

    // Sets the error terms of the outputs, without the activation's slope.
    double lossAndError(const std::vector<double>& t, double factor) {
        const backends::TinyLayer& last = m_problem.layers.back();
        const double* o = &m_a[std::size_t(last.firstOutput)];
        double* d = &m_d[std::size_t(last.firstOutput)];
        double loss = 0;
        if (m_problem.what.loss == "softmax_cross_entropy") {
            double sum = 0;
            for (int k = 0; k < last.outputs; ++k) sum += std::exp(o[k]);
            for (int k = 0; k < last.outputs; ++k) d[k] = factor * (std::exp(o[k]) / sum - (k == t[0]));
            return std::log(sum) - o[int(t[0])];
        }
        for (int k = 0; k < last.outputs; ++k) {
            const double e = o[k] - t[std::size_t(k)];
            const bool squared = m_problem.what.loss == "mean_squared_error";
            const double p = 1 / (1 + std::exp(-o[k]));
            loss += squared ? e * e : -t[std::size_t(k)] * std::log(p) - (1 - t[std::size_t(k)]) * std::log(1 - p);
            d[k] = factor * (squared ? 2 * e : p - t[std::size_t(k)]) / last.outputs;
        }
        return loss / last.outputs;
    }

    void backward(const backends::TinyLayer& layer, std::size_t) {
        for (int o = 0; o < layer.outputs; ++o) {
            const auto unit = std::size_t(layer.firstOutput + o);
            m_d[unit] *= activationOf(layer).derivative(m_z[unit], m_a[unit], layer.p);
            if (layer.bias >= 0) m_gradients[std::size_t(layer.bias + o)] += m_d[unit];
            for (int i = 0; i < layer.inputs; ++i) {
                const auto at = std::size_t(layer.weights + i * layer.outputs + o);
                m_gradients[at] += m_a[std::size_t(layer.firstInput + i)] * m_d[unit];
                m_d[std::size_t(layer.firstInput + i)] += m_problem.weights[at] * m_d[unit];
            }
        }
    }

    void update(int step) {
        const auto& type = optimizers::shelf().get(m_problem.what.optimizer, "test");
        const base::ParamValues values(type.parameters, m_problem.what.parameters);
        const auto numbers = type.numbers(values, values.number("learning_rate"), std::uint64_t(step) + 1);
        const backends::KernelTable& table = backends::doubleKernels();
        void* const slots[] = {m_slots[0].data(), m_slots[1].data(), m_slots[2].data()};
        table.updates[indexOf(table.updates, table.updateCount, type.id)].update(
            m_problem.weights.data(), m_gradients.data(), slots, std::ssize(m_gradients), numbers.data());
    }

    TinyProblem& m_problem;
    std::vector<double> m_gradients, m_slots[backends::mostSlots], m_a, m_z, m_d;
};

}  // namespace perceptory::tests
