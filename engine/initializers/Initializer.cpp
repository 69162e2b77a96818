#include "engine/initializers/Initializer.h"

#include <Eigen/Dense>
#include <cmath>

namespace perceptory::initializers {

const base::Shelf<InitializerType>& shelf() {
    static const base::Shelf<InitializerType> all("initializer", {
#define INITIALIZER(Name) &Name##Initializer,
#include "engine/initializers/initializers.def"
#undef INITIALIZER
                                                                 });
    return all;
}

std::vector<double> InitializerType::draw(const base::ParamValues& values, const WeightShape& weight,
                                          base::RandomStream& random) const {
    std::vector<double> result(static_cast<std::size_t>(tensor::elementCount(weight.shape)));
    if (fill) {
        fill(values, weight, random, result);
    } else {
        const Draw next = prepare(values, weight);
        for (double& value : result) value = next(random);
    }
    return result;
}

base::ParamType gainParam() {
    return base::numberParam("gain", "Gain", "Factor on all values: 1 for linear units and sigmoids, 5/3 for tanh.", 1,
                             0, 1000, base::Changes::Rebuild);
}

std::vector<base::ParamType> heParams() {
    return {base::choiceParam("mode", "Mode", "Keep the spread of values (fan_in) or of gradients (fan_out).", "fan_in",
                              {"fan_in", "fan_out"}),
            base::numberParam("slope", "Slope", "Slope of the activation below 0: 0 for ReLU.", 0, 0, 1000,
                              base::Changes::Rebuild)};
}

double heDeviation(const base::ParamValues& values, const WeightShape& weight) {
    const double slope = values.number("slope");
    const auto fan = static_cast<double>(values.text("mode") == "fan_in" ? weight.fanIn : weight.fanOut);
    return std::sqrt(2 / (1 + slope * slope) / fan);
}

Matrices::Matrices(const tensor::Shape& shape) {
    if (!shape.empty()) columns = shape.back();
    if (shape.size() > 1) rows = shape[shape.size() - 2];
    std::int64_t step = 1;
    for (std::size_t i = shape.size(); i-- > 2;) {
        const std::int64_t size = shape[i - 2];
        centre += (size - 1) / 2 * step;
        step *= size;
    }
    taps = step;
}

void fillOrthogonal(base::RandomStream& random, std::int64_t rows, std::int64_t columns, double gain,
                    std::span<double> into) {
    const bool wide = rows < columns;
    Eigen::MatrixXd normal(std::max(rows, columns), std::min(rows, columns));
    for (double& value : normal.reshaped()) value = random.normal();
    const Eigen::HouseholderQR<Eigen::MatrixXd> decomposition(normal);
    Eigen::MatrixXd q = decomposition.householderQ() * Eigen::MatrixXd::Identity(normal.rows(), normal.cols());
    for (Eigen::Index i = 0; i < q.cols(); ++i)
        if (decomposition.matrixQR()(i, i) < 0) q.col(i) *= -1;
    for (std::int64_t r = 0; r < rows; ++r)
        for (std::int64_t c = 0; c < columns; ++c)
            into[static_cast<std::size_t>(r * columns + c)] = gain * (wide ? q(c, r) : q(r, c));
}

}  // namespace perceptory::initializers
