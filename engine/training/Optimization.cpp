#include "engine/training/Optimization.h"

#include <algorithm>
#include <cmath>

#include "engine/base/Text.h"
#include "engine/regularizers/Regularizer.h"

namespace perceptory::training {

namespace {

template <class Row>
int indexOf(const Row* rows, int count, const std::string& id) {
    for (int i = 0; i < count; ++i)
        if (id == rows[i].id) return i;
    throw base::Error(base::sentence(
        "The kernel library has no formula for \"{0}\". Reinstall the program, so that its parts fit together.", id));
}

template <class Buffer>
auto* at(Buffer& buffer, std::int64_t offset) {
    using Byte = std::conditional_t<std::is_const_v<Buffer>, const std::byte, std::byte>;
    return static_cast<Byte*>(buffer.data()) + offset * static_cast<std::int64_t>(buffer.precision());
}

// Sharing fewer weights costs more than it saves.
constexpr std::int64_t sharedWeights = 16 * 1024;

void updatePart(const void* context, int part, int parts) {
    constexpr std::int64_t grain = 64;  // whole registers and cache lines
    const WeightUpdate& update = *static_cast<const WeightUpdate*>(context);
    const std::int64_t grains = (update.count + grain - 1) / grain;
    const std::int64_t begin = grains * part / parts * grain;
    const std::int64_t end = std::min(update.count, grains * (part + 1) / parts * grain);
    const std::int64_t skipped = begin * update.elementSize;
    void* slots[backends::mostSlots] = {};
    for (std::size_t i = 0; i < update.states.size(); ++i)
        if (update.states[i]) slots[i] = update.states[i] + skipped;
    const backends::cpu::FlushDenormals flush;
    update.rule(update.weights + skipped, update.gradients + skipped, slots, end - begin, update.numbers);
}

}  // namespace

Optimization::Optimization(const TrainSpec& spec, const network::Network& network,
                           const backends::cpu::Processor& processor)
    : m_optimizer(spec.optimizer),
      m_schedule(spec.schedule),
      m_optimizerType(optimizers::shelf().get(spec.optimizer.type, "training.optimizer")),
      m_scheduleType(schedules::shelf().get(spec.schedule.type, "training.schedule")),
      m_clip(spec.clip),
      m_rate(base::ParamValues(m_optimizerType.parameters, m_optimizer.parameters).number("learning_rate")),
      m_perStep(spec.schedulePerStep),
      m_table(processor.table),
      m_pool(processor.pool),
      m_update(indexOf(m_table.updates, m_table.updateCount, spec.optimizer.type)) {
    for (const network::Parameter& parameter : network.parameters()) {
        m_allTrainable = m_allTrainable && parameter.trainable;
        if (!parameter.trainable) continue;
        addRange(parameter);
        if (!parameter.spec.regularizer.type.empty()) addRegularizer(parameter);
    }
    for (const Stretch& range : m_ranges)
        if (std::ranges::find(m_factors, range.rateFactor) == m_factors.end()) m_factors.push_back(range.rateFactor);
    m_facts.resize(m_factors.size());
    setSolver(nullptr);
    if (m_scheduleType.momentum) findMomentum();
    for (int slot = 0; slot < m_optimizerType.slotCount; ++slot)
        m_slots.emplace_back(network.parameterCount(), static_cast<tensor::Precision>(m_table.elementSize));
}

void Optimization::addRange(const network::Parameter& parameter) {
    const double factor = parameter.learningRateFactor;
    const bool goesOn = !m_ranges.empty() && m_ranges.back().rateFactor == factor &&
                        m_ranges.back().offset + m_ranges.back().count == parameter.offset;
    if (goesOn)
        m_ranges.back().count += parameter.count;
    else
        m_ranges.push_back({parameter.offset, parameter.count, factor});
}

void Optimization::addRegularizer(const network::Parameter& parameter) {
    const base::KindSpec& choice = parameter.spec.regularizer;
    const regularizers::RegularizerType& type = regularizers::shelf().get(choice.type, parameter.name);
    if (type.scale) {
        const std::int64_t columns = parameter.spec.shape.back();
        m_constraints.push_back(
            {type.scale, &type.parameters, choice.parameters, {parameter.offset, parameter.count / columns, columns}});
        m_norms.resize(std::max(m_norms.size(), static_cast<std::size_t>(columns)));
        return;
    }
    const auto [a, b] = type.rates(base::ParamValues(type.parameters, choice.parameters));
    m_penalties.push_back(
        {indexOf(m_table.penalties, m_table.penaltyCount, type.id), parameter.offset, parameter.count, a, b});
}

bool Optimization::plain() const {
    const bool oneRate = m_ranges.size() == 1 && m_ranges.front().rateFactor == 1;
    return !m_solver && m_allTrainable && oneRate && m_constraints.empty() && m_clip.type == Clip::Type::None;
}

double Optimization::penalise(const tensor::Buffer& weights, tensor::Buffer* gradients) const {
    double sum = 0;
    for (const Penalty& penalty : m_penalties)
        sum += m_table.penalties[penalty.kernel].apply(at(weights, penalty.offset),
                                                       gradients ? at(*gradients, penalty.offset) : nullptr,
                                                       penalty.count, penalty.a, penalty.b);
    return sum;
}

void Optimization::update(tensor::Buffer& weights, tensor::Buffer& gradients, double rate, std::uint64_t step) {
    clip(gradients);
    beginUpdate(weights, gradients, rate, step);
    finishUpdate(m_ranges);
    constrain(weights);
}

WeightUpdate Optimization::updateOf(const Stretch& stretch) {
    const auto factor = std::ranges::find(m_factors, stretch.rateFactor);
    WeightUpdate update{.rule = m_table.updates[m_update].update,
                        .weights = at(*m_weightsNow, stretch.offset),
                        .gradients = at(*m_gradientsNow, stretch.offset),
                        .count = stretch.count,
                        .elementSize = m_table.elementSize,
                        .numbers = m_facts[static_cast<std::size_t>(factor - m_factors.begin())].data()};
    for (std::size_t i = 0; i < m_slots.size(); ++i) update.states[i] = at(m_slots[i], stretch.offset);
    return update;
}

bool Optimization::canBeginEarly() const {
    return !m_solver && m_clip.type == Clip::Type::None && m_penalties.empty() && m_constraints.empty();
}

void Optimization::beginUpdate(tensor::Buffer& weights, const tensor::Buffer& gradients, double rate,
                               std::uint64_t step) {
    m_weightsNow = &weights;
    m_gradientsNow = &gradients;
    for (std::size_t i = 0; i < m_factors.size(); ++i) m_facts[i] = numbers(rate * m_factors[i], step);
}

void Optimization::updateEarly(std::int64_t offset, std::int64_t count) {
    const auto owner = std::ranges::find_if(
        m_ranges, [&](const Stretch& range) { return offset >= range.offset && offset < range.offset + range.count; });
    const WeightUpdate update = updateOf({offset, count, owner->rateFactor});
    updatePart(&update, 0, 1);
}

void Optimization::finishUpdate(std::span<const Stretch> rest) {
    for (const Stretch& stretch : rest) {
        const WeightUpdate update = updateOf(stretch);
        if (stretch.count >= sharedWeights)
            m_pool.run(updatePart, &update);
        else
            updatePart(&update, 0, 1);
    }
}

std::vector<Stretch> Optimization::without(std::span<const std::pair<std::int64_t, std::int64_t>> early) const {
    std::vector<Stretch> rest = m_ranges;
    for (const auto& [offset, count] : early)
        for (std::size_t i = 0; i < rest.size(); ++i) {
            Stretch& range = rest[i];
            if (offset < range.offset || offset >= range.offset + range.count) continue;
            const std::int64_t end = range.offset + range.count;
            const Stretch behind{offset + count, end - offset - count, range.rateFactor};
            range.count = offset - range.offset;
            if (behind.count > 0) rest.push_back(behind);
            break;
        }
    std::erase_if(rest, [](const Stretch& range) { return range.count == 0; });
    return rest;
}

void Optimization::solve(tensor::Buffer& weights, const tensor::Buffer& gradients, double rate,
                         const std::function<double()>& evaluate) {
    const auto forEach = [this](const auto& work) {
        std::size_t i = 0;
        for (const Stretch& range : m_ranges)
            for (std::int64_t at = range.offset; at < range.offset + range.count; ++at) work(i++, at);
    };
    std::size_t count = 0;
    forEach([&](std::size_t, std::int64_t) { ++count; });
    std::vector<double> values(count);
    forEach([&](std::size_t i, std::int64_t at) { values[i] = weights.get(at); });
    m_solver->step(values, rate, [&](std::span<const double> moved, std::span<double> gradient) {
        forEach([&](std::size_t i, std::int64_t at) { weights.set(at, moved[i]); });
        const double loss = evaluate();
        forEach([&](std::size_t i, std::int64_t at) { gradient[i] = gradients.get(at); });
        return loss;
    });
    forEach([&](std::size_t i, std::int64_t at) { weights.set(at, values[i]); });
    constrain(weights);
}

std::shared_ptr<const optimizers::Solver> Optimization::solver() const {
    return m_solver ? std::shared_ptr<const optimizers::Solver>(m_solver->copy()) : nullptr;
}

void Optimization::setSolver(const std::shared_ptr<const optimizers::Solver>& solver) {
    if (!m_optimizerType.solver) return;
    const base::ParamValues values(m_optimizerType.parameters, m_optimizer.parameters);
    m_solver = solver ? solver->copy() : m_optimizerType.solver(values);
}

void Optimization::recall(const tensor::NamedTensors& memory) {
    std::size_t count = 0;
    for (const Stretch& range : m_ranges) count += static_cast<std::size_t>(range.count);
    if (m_solver && !memory.empty()) m_solver->recall(memory, count);
}

void Optimization::clip(tensor::Buffer& gradients) const {
    if (m_clip.type == Clip::Type::Norm) clipByNorm(gradients, m_ranges, m_clip.limit);
    if (m_clip.type == Clip::Type::Value) clipByValue(gradients, m_ranges, m_clip.limit);
}

void Optimization::constrain(tensor::Buffer& weights) {
    for (const Constraint& constraint : m_constraints) {
        const base::ParamValues values(*constraint.types, constraint.given);
        scaleUnits(
            weights, constraint.units, [&](double norm) { return constraint.scale(values, norm); }, m_norms);
    }
}

void Optimization::observe(double loss) {
    if (m_scheduleType.observe)
        m_scheduleType.observe(base::ParamValues(m_scheduleType.parameters, m_schedule.parameters), loss,
                               m_scheduleState);
}

double Optimization::learningRate(double time) const {
    return m_rate * m_scheduleState.factor *
           m_scheduleType.factor(base::ParamValues(m_scheduleType.parameters, m_schedule.parameters), time);
}

void Optimization::findMomentum() {
    for (const char* id : {"momentum", "beta1"})
        if (m_optimizerType.parameter(id)) m_momentum = id;
    if (m_momentum.empty()) return;
    m_ownMomentum = base::ParamValues(m_optimizerType.parameters, m_optimizer.parameters).number(m_momentum);
    m_optimizer.parameters[m_momentum] = m_ownMomentum;
}

double Optimization::beginStep(double time) {
    if (!m_momentum.empty()) {
        const double moved =
            m_scheduleType.momentum(base::ParamValues(m_scheduleType.parameters, m_schedule.parameters), time);
        m_optimizer.parameters[m_momentum] = std::isnan(moved) ? m_ownMomentum : moved;
    }
    return learningRate(time);
}

std::array<double, 8> Optimization::numbers(double rate, std::uint64_t step) const {
    return m_optimizerType.numbers(base::ParamValues(m_optimizerType.parameters, m_optimizer.parameters), rate, step);
}

}  // namespace perceptory::training
