#include "tests/app/GoldenWeights.h"

#include <doctest/doctest.h>

#include <cmath>

#include "engine/exchange/Safetensors.h"

namespace perceptory::test {

tensor::NamedTensors weightsAfter(const base::Json& project, int steps, const std::string& initial) {
    const support::Folder folder;
    const std::string model = folder / "m.perceptory-model", weights = folder / "w.safetensors";
    const Outcome outcome = run({"train", put(folder, project), "--steps", std::to_string(steps), "--initial", initial,
                                 "--model", model, "--threads", "1"});
    REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
    REQUIRE(run({"export", model, "--format", "safetensors", "--output", weights}).code == 0);
    return exchange::readSafetensors(weights);
}

double distance(const tensor::NamedTensor& ours, const base::Json& theirs) {
    REQUIRE(static_cast<std::size_t>(ours.values.size()) == theirs.size());
    double difference = 0, size = 0;
    for (std::size_t i = 0; i < theirs.size(); ++i) {
        const double b = theirs[i].get<double>();
        difference += std::pow(ours.values.get(static_cast<std::int64_t>(i)) - b, 2);
        size += b * b;
    }
    return std::sqrt(difference) / std::max(std::sqrt(size), 1e-6);
}

}  // namespace perceptory::test
