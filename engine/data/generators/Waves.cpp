#include <cmath>
#include <numbers>

#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

const std::vector<std::string> forms{"sine", "square", "sawtooth", "noise"};

std::int64_t classes(const base::ParamValues&) { return std::ssize(forms); }

// One period is 0 … 1; all but the noise have the power 1, and so has the noise on average.
double valueAt(std::int32_t form, double phase, base::RandomStream& random) {
    phase -= std::floor(phase);
    switch (form) {
        case 0:
            return std::numbers::sqrt2 * std::sin(2 * std::numbers::pi * phase);
        case 1:
            return phase < 0.5 ? 1 : -1;
        case 2:
            return std::numbers::sqrt3 * (2 * phase - 1);
        default:
            return random.normal();
    }
}

std::vector<float> sequence(std::int32_t form, const base::ParamValues& values, base::RandomStream& random) {
    const std::int64_t length = values.integer("length");
    const double noise = values.number("noise"), start = random.uniform(), amplitude = random.uniform(0.5, 1);
    // At most one period in eight steps: what is quicker could not be told from other forms.
    const double periods = random.uniform(1.5, std::max(1.5, static_cast<double>(length) / 8));
    std::vector<float> result;
    for (std::int64_t t = 0; t < length; ++t) {
        const double phase = start + periods * static_cast<double>(t) / static_cast<double>(length);
        const double value = valueAt(form, phase, random);
        result.push_back(static_cast<float>(amplitude * value + noise * random.normal()));
    }
    return result;
}

Table make(const base::ParamValues& values, base::RandomStream& random) {
    const std::int64_t length = values.integer("length");
    Table table;
    table.shape = {length, 1};
    table.values = RowStore(static_cast<std::size_t>(length));
    for (std::int64_t t = 0; t < length; ++t) table.columns.push_back("t" + std::to_string(t));
    table.classNames = forms;
    table.labels = generators_detail::mixedClasses(values.integer("samples"), classes(values), random);
    table.count = table.labels.size();
    for (const std::int32_t label : table.labels) table.values.append(sequence(label, values, random));
    return table;
}

}  // namespace

const GeneratorType generator_members::Waves{
    {"waves", "Wave forms",
     "Sequences of numbers: sine, square or sawtooth waves of random phase, amplitude and length of period, or nothing "
     "but noise; the class is which of the four.",
     generators_detail::parameters(1000, "Adds a normal deviate of this deviation to every number.",
                                   {base::integerParam("length", "Length", "Numbers in a sequence.", 64, 16, 512)})},
    Task::Classification,
    classes,
    nullptr,
    make};

}  // namespace perceptory::data
