// What a layer puts out for one sample: a map for each channel of an image, time along and units up for a sequence, a
// bar for each unit of a row.

#include <QCoreApplication>
#include <algorithm>

#include "engine/training/probes/ActivationEnds.h"
#include "ui/views/SampleImage.h"
#include "ui/views/inside/SheetView.h"

namespace perceptory::views {

namespace {

using widgets::ColourMap;
using widgets::Maps;

// A unit that says the same at every place, at an end of its activation, learns nothing from this sample.
bool isStuck(std::span<const float> values, const training::ActivationEnds& ends) {
    return std::ranges::all_of(values, [&](float value) { return ends.isNear(value); });
}

// {H, W, C} with the channels last, as C maps; {T, F} as one, time from left to right.
Maps mapsOf(std::span<const float> values, const tensor::Shape& shape) {
    const auto channels = static_cast<std::size_t>(shape.back());
    const std::size_t places = values.size() / channels;
    Maps maps;
    const bool sequence = shape.size() == 2;
    maps.count = sequence ? 1 : static_cast<int>(channels);
    maps.height = static_cast<int>(sequence ? shape[1] : shape[0]);
    maps.width = static_cast<int>(sequence ? shape[0] : shape[1]);
    maps.values.resize(values.size());
    for (std::size_t place = 0; place < places; ++place)
        for (std::size_t channel = 0; channel < channels; ++channel)
            maps.values[channel * places + place] = values[place * channels + channel];
    return maps;
}

class ActivationMaps : public SheetView {
    Q_DECLARE_TR_FUNCTIONS(ActivationMaps)

public:
    std::vector<training::ProbeRequest> wanted(const Look& look) const override {
        if (look.layer.empty()) return {};
        return {{"activations", {{"row", look.row}, {"node", look.layer}}}};
    }

    void show(const training::Snapshot& snapshot, const Look& look) override {
        const std::vector<training::ProbeRequest> requests = wanted(look);
        if (requests.empty()) return showNothing(tr("Choose a layer to see what it puts out."));
        const training::ProbeResult* result = snapshot.probe(requests.front());
        if (result && result->facts.contains("error"))
            return showNothing(QString::fromStdString(result->facts["error"].get<std::string>()));
        const network::NodeCheck* node = snapshot.network ? snapshot.network->find(look.layer) : nullptr;
        if (!result || !node || !snapshot.dataset ||
            result->values.size() != static_cast<std::size_t>(tensor::elementCount(node->output)))
            return;
        if (node->output.size() == 1)
            return showBars(result->values, factsOf(result->values, 1, training::activationEnds(node->spec)));
        Maps maps = mapsOf(result->values, node->output);
        const auto units = static_cast<std::size_t>(node->output.back());
        std::vector<bool> stuck;
        for (std::size_t unit = 0; unit < units; ++unit) {
            const std::size_t size = maps.values.size() / units;
            stuck.push_back(
                isStuck(std::span(maps.values).subspan(unit * size, size), training::activationEnds(node->spec)));
        }
        const bool isSigned = std::ranges::any_of(maps.values, [](float value) { return value < 0; });
        const QString facts = factsOf(maps.values, maps.values.size() / units, training::activationEnds(node->spec));
        if (maps.count == 1) stuck.clear();
        setUnderlay(node->output.size() == 3 ? imageOf(*snapshot.dataset, static_cast<std::uint32_t>(look.row))
                                             : QImage());
        showMaps(std::move(maps), isSigned ? ColourMap::Kind::BlueOrange : ColourMap::Kind::Viridis, facts,
                 std::move(stuck));
    }

private:
    // Values come unit by unit, `each` of them a unit.
    static QString factsOf(std::span<const float> values, std::size_t each, const training::ActivationEnds& ends) {
        int stuck = 0, silent = 0, units = 0;
        for (std::size_t first = 0; first + each <= values.size(); first += each, ++units) {
            const auto own = values.subspan(first, each);
            if (std::ranges::all_of(own, [](float value) { return value == 0; }))
                ++silent;
            else if (isStuck(own, ends))
                ++stuck;
        }
        if (silent == 0 && stuck == 0) return tr("%1 units, all of them say something about this sample.").arg(units);
        return tr("%1 units: %2 put out 0 alone, %3 are at an end of their activation.")
            .arg(units)
            .arg(silent)
            .arg(stuck);
    }
};

}  // namespace

const InsideViewType ActivationMapsView{
    "activation_maps", QT_TRANSLATE_NOOP("InsideView", "Activation maps"),
    QT_TRANSLATE_NOOP("InsideView",
                      "What the layer puts out for this sample: a = f(W·x + b), a picture for each channel. "
                      "Dashed frames: the unit is stuck at an end of its activation."),
    [] { return static_cast<InsideView*>(new ActivationMaps); }, widgets::MapSheet::gestures};

}  // namespace perceptory::views
