// r = sum over k of w[u][k] v[i][k]: each user u mixes a few tastes with weights w that add up to 1, and taste k rates
// item i with v[i][k] of 0.5 to 5. So the whole matrix has rank k and never leaves that range.

#include <algorithm>
#include <array>
#include <cmath>
#include <numeric>

#include "engine/data/generators/Generator.h"

namespace perceptory::data {

namespace {

constexpr double lowest = 0.5, highest = 5;

// Most users lean to one taste: squares of exponential deviates, made to add up to 1.
std::vector<double> mixture(std::size_t factors, base::RandomStream& random) {
    std::vector<double> weights(factors);
    for (double& weight : weights) weight = std::pow(std::log1p(-random.uniform()), 2);
    const double sum = std::accumulate(weights.begin(), weights.end(), 0.0);
    for (double& weight : weights) weight = sum > 0 ? weight / sum : 1 / static_cast<double>(factors);
    return weights;
}

std::vector<double> ratingsOf(std::size_t factors, base::RandomStream& random) {
    std::vector<double> ratings(factors);
    for (double& rating : ratings) rating = random.uniform(lowest, highest);
    return ratings;
}

// Numbers of the cells that are known, in random order.
std::vector<std::uint32_t> knownCells(std::size_t cells, double density, base::RandomStream& random) {
    std::vector<std::uint32_t> all(cells);
    std::iota(all.begin(), all.end(), 0u);
    random.shuffle(all);
    all.resize(std::max<std::size_t>(10, static_cast<std::size_t>(std::llround(density * static_cast<double>(cells)))));
    return all;
}

std::vector<std::string> numbered(std::size_t count) {
    std::vector<std::string> names;
    for (std::size_t i = 1; i <= count; ++i) names.push_back(std::to_string(i));
    return names;
}

Table make(const base::ParamValues& values, base::RandomStream& random) {
    const auto users = static_cast<std::size_t>(values.integer("users"));
    const auto items = static_cast<std::size_t>(values.integer("items"));
    const auto factors = static_cast<std::size_t>(values.integer("factors"));
    Table table;
    table.columns = {"user", "item"};
    table.categories = {numbered(users), numbered(items)};
    table.asIndex = {true, true};
    table.values = RowStore(2);
    table.targetName = "rating";
    table.task = Task::Regression;
    table.targetNames = {"rating"};
    std::vector<std::vector<double>> weights, ratings;
    for (std::size_t user = 0; user < users; ++user) weights.push_back(mixture(factors, random));
    for (std::size_t item = 0; item < items; ++item) ratings.push_back(ratingsOf(factors, random));
    for (const std::uint32_t cell : knownCells(users * items, values.number("density"), random)) {
        const std::size_t user = cell / items, item = cell % items;
        const double rating =
            std::inner_product(weights[user].begin(), weights[user].end(), ratings[item].begin(), 0.0);
        const double noise = values.number("noise") * random.normal();
        table.values.append(std::array{static_cast<float>(user), static_cast<float>(item)});
        table.targets.push_back(static_cast<float>(std::clamp(rating + noise, lowest, highest)));
    }
    table.count = table.targets.size();
    return table;
}

std::vector<base::ParamType> parameters() {
    base::ParamType density = base::numberParam("density", "Density", "The share of all pairs that has a rating.", 0.2,
                                                0.01, 1, base::Changes::Rebuild);
    base::ParamType noise = base::numberParam("noise", "Noise", "The deviation of the normal noise on every rating.",
                                              0.1, 0, 0.5, base::Changes::Rebuild);
    density.step = noise.step = 0.05;
    return {base::integerParam("users", "Users", "How many people rate.", 200, 10, 2000),
            base::integerParam("items", "Items", "How many things are rated.", 100, 10, 2000),
            base::integerParam("factors", "Factors", "How many tastes there are: the rank of all ratings.", 3, 1, 10),
            density, noise};
}

}  // namespace

const GeneratorType generator_members::Ratings{
    {"ratings", "Ratings",
     "Who rates what and how, from 0.5 to 5. Each user mixes a few hidden tastes, each taste has its own opinion of "
     "every item; only some pairs of user and item are known. Columns user and item, read by embeddings.",
     parameters()},
    Task::Regression,
    generators_detail::noClasses,
    nullptr,
    make};

}  // namespace perceptory::data
