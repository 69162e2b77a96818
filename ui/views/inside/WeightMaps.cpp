// The weights of a layer: the windows of a convolution, in colour where they read one; what a unit behind an image
// looks for, as an image; any other matrix as one picture.

#include <QCoreApplication>
#include <algorithm>
#include <numeric>

#include "ui/views/inside/SheetView.h"

namespace perceptory::views {

namespace {

using network::Parameter;
using widgets::Maps;

constexpr std::int64_t mostMaps = 4096;

// A tensor in PyTorch's order of axes.
struct Tensor {
    tensor::Shape shape;
    std::vector<float> values;
};

Tensor inTorchOrder(std::span<const float> values, const layers::WeightSpec& spec) {
    std::vector<int> axes = spec.torchAxes;
    if (axes.empty()) {
        axes.resize(spec.shape.size());
        std::iota(axes.begin(), axes.end(), 0);
    }
    std::vector<std::int64_t> strides(spec.shape.size(), 1);
    for (std::size_t axis = spec.shape.size() - 1; axis > 0; --axis)
        strides[axis - 1] = strides[axis] * spec.shape[axis];
    Tensor result;
    for (const int axis : axes) result.shape.push_back(spec.shape[static_cast<std::size_t>(axis)]);
    result.values.resize(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
        auto rest = static_cast<std::int64_t>(i);
        std::int64_t place = 0;
        for (std::size_t axis = axes.size(); axis > 0; --axis) {
            place += rest % result.shape[axis - 1] * strides[static_cast<std::size_t>(axes[axis - 1])];
            rest /= result.shape[axis - 1];
        }
        result.values[i] = values[static_cast<std::size_t>(place)];
    }
    return result;
}

// The one with the most numbers: the kernel beside its bias.
const Parameter* largestOf(const training::Snapshot& snapshot, const std::string& layer) {
    const Parameter* largest = nullptr;
    for (const Parameter& parameter : snapshot.parameters)
        if (parameter.node == layer && parameter.spec.shape.size() > 1 &&
            (!largest || parameter.count > largest->count))
            largest = &parameter;
    return largest;
}

class WeightMaps : public SheetView {
    Q_DECLARE_TR_FUNCTIONS(WeightMaps)

public:
    std::vector<training::ProbeRequest> wanted(const Look&) const override { return {}; }

    void show(const training::Snapshot& snapshot, const Look& look) override {
        if (look.layer.empty()) return showNothing(tr("Choose a layer to see its weights."));
        const Parameter* parameter = largestOf(snapshot, look.layer);
        if (!parameter) return showNothing(tr("\"%1\" has no weights.").arg(QString::fromStdString(look.layer)));
        const auto all = std::span(snapshot.weights);
        if (static_cast<std::size_t>(parameter->offset + parameter->count) > all.size()) return;
        const auto own =
            all.subspan(static_cast<std::size_t>(parameter->offset), static_cast<std::size_t>(parameter->count));
        const Tensor tensor = inTorchOrder(own, parameter->spec);
        const std::int64_t rows = tensor.shape[0];
        const tensor::Shape& image = parameter->image;
        if (tensor.shape.size() == 4) return showWindows(tensor);
        if (tensor.shape.size() == 2 && image.size() == 3 && rows <= mostMaps && (image[2] == 1 || image[2] == 3))
            return showTemplates(tensor, image);
        showMatrix(tensor);
    }

    std::vector<ShownArray> numbers(const training::Snapshot& snapshot, const Look& look) const override {
        const Parameter* parameter = largestOf(snapshot, look.layer);
        if (!parameter || static_cast<std::size_t>(parameter->offset + parameter->count) > snapshot.weights.size())
            return {};
        const auto own =
            std::span(snapshot.weights)
                .subspan(static_cast<std::size_t>(parameter->offset), static_cast<std::size_t>(parameter->count));
        Tensor tensor = inTorchOrder(own, parameter->spec);
        return {{parameter->name, std::move(tensor.shape), std::move(tensor.values)}};
    }

private:
    static QString factsOf(std::span<const float> values) {
        double sum = 0, squares = 0;
        for (const float value : values) {
            sum += value;
            squares += double(value) * value;
        }
        const double count = static_cast<double>(values.size()), mean = sum / count;
        return tr("%1 weights, mean %2, standard deviation %3")
            .arg(values.size())
            .arg(mean, 0, 'g', 3)
            .arg(std::sqrt(std::max(0.0, squares / count - mean * mean)), 0, 'g', 3);
    }

    void showWindows(const Tensor& tensor) {
        const std::int64_t filters = tensor.shape[0], channels = tensor.shape[1];
        Maps maps{.height = static_cast<int>(tensor.shape[2]), .width = static_cast<int>(tensor.shape[3])};
        if (channels == 3) {
            maps.channels = 3;
            maps.count = static_cast<int>(std::min(filters, mostMaps));
        } else {
            maps.count = static_cast<int>(std::min(filters * channels, mostMaps));
            for (int i = 0; channels > 1 && i < maps.count; ++i)
                maps.names << tr("filter %1, channel %2").arg(i / channels).arg(i % channels);
        }
        maps.values.assign(
            tensor.values.begin(),
            tensor.values.begin() +
                static_cast<std::ptrdiff_t>(maps.pixels() * static_cast<std::size_t>(maps.channels * maps.count)));
        showMaps(std::move(maps), widgets::ColourMap::Kind::BlueOrange, factsOf(tensor.values));
    }

    // The inputs of a unit stand as {H, W, C}.
    void showTemplates(const Tensor& tensor, const tensor::Shape& image) {
        Maps maps{.count = static_cast<int>(tensor.shape[0]),
                  .height = static_cast<int>(image[0]),
                  .width = static_cast<int>(image[1]),
                  .channels = static_cast<int>(image[2])};
        const auto pixels = static_cast<std::int64_t>(maps.pixels()), channels = image[2];
        maps.values.resize(tensor.values.size());
        for (std::int64_t unit = 0; unit < tensor.shape[0]; ++unit)
            for (std::int64_t pixel = 0; pixel < pixels; ++pixel)
                for (std::int64_t channel = 0; channel < channels; ++channel)
                    maps.values[static_cast<std::size_t>((unit * channels + channel) * pixels + pixel)] =
                        tensor.values[static_cast<std::size_t>((unit * pixels + pixel) * channels + channel)];
        showMaps(std::move(maps), widgets::ColourMap::Kind::BlueOrange, factsOf(tensor.values));
    }

    void showMatrix(const Tensor& tensor) {
        const std::int64_t height = tensor.shape[0], width = static_cast<std::int64_t>(tensor.values.size()) / height;
        if (height > 65536 || width > 65536) return showNothing(tr("These are too many weights for one picture."));
        Maps maps{.count = 1,
                  .height = static_cast<int>(height),
                  .width = static_cast<int>(width),
                  .values = tensor.values,
                  .names = {tr("weights")}};
        showMaps(std::move(maps), widgets::ColourMap::Kind::BlueOrange, factsOf(tensor.values));
    }
};

}  // namespace

const InsideViewType WeightMapsView{
    "weight_maps", QT_TRANSLATE_NOOP("InsideView", "Filters and weights"),
    QT_TRANSLATE_NOOP(
        "InsideView",
        "The weights W of y = f(W·x + b): the windows of a convolution, what a unit looks for in an image, or "
        "the whole matrix with a row for each unit."),
    [] { return static_cast<InsideView*>(new WeightMaps); }};

}  // namespace perceptory::views
