#include "ui/views/playground/NetworkModel.h"

#include <QCoreApplication>
#include <algorithm>
#include <map>
#include <utility>

#include "engine/data/features/Feature.h"
#include "engine/data/generators/Generator.h"
#include "engine/layers/Layer.h"
#include "ui/document/EngineText.h"

namespace perceptory::views {

namespace {

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }

int unitsOf(const network::NodeSpec& node) {
    const auto found = node.parameters.find("units");
    return found != node.parameters.end() && found->is_number() ? std::max(found->get<int>(), 0) : 4;
}

std::string activationOf(const network::NodeSpec& node) {
    const auto found = node.parameters.find("activation");
    if (found == node.parameters.end()) return "linear";
    if (found->is_string()) return found->get<std::string>();
    return found->is_object() ? found->value("type", "linear") : "linear";
}

bool hasBias(const network::NodeSpec& node) {
    const auto found = node.parameters.find("bias");
    return found == node.parameters.end() || !found->is_boolean() || found->get<bool>();
}

std::vector<InputTile> planeTiles(const data::DataSpec& data) {
    std::vector<InputTile> tiles;
    for (const data::FeatureType* type : data::features().members())
        tiles.push_back({document::shelfText(type->label), document::shelfText(type->help), type->id, {}, -1});
    const auto position = [&](const std::string& id) {
        return std::ranges::find_if(tiles, [&](const InputTile& tile) { return tile.id == id; });
    };
    std::vector<data::FeatureSpec> active = data.features;
    if (active.empty()) active = {{"x1", {}}, {"x2", {}}};
    for (std::size_t i = 0; i < active.size(); ++i) {
        if (!active[i].formula.empty())
            tiles.push_back({text(active[i].formula),
                             QCoreApplication::translate("NetworkModel", "Your own formula."),
                             {},
                             active[i].formula,
                             static_cast<int>(i)});
        else if (const auto tile = position(active[i].id); tile != tiles.end())
            tile->unit = static_cast<int>(i);
    }
    return tiles;
}

// Of larger images single pixels say nothing, and there is no room for them.
constexpr std::int64_t kFewPixels = 16;

bool startsWithImage(const data::Dataset& dataset) {
    const data::Field& field = dataset.pipeline.featureFields().front();
    return field.shape.size() == 3 && field.size() > kFewPixels &&
           field.size() <= static_cast<std::int64_t>(dataset.rawNames.size());
}

InputTile imageTile(const data::Dataset& dataset) {
    const std::vector<std::int64_t>& shape = dataset.pipeline.featureFields().front().shape;
    InputTile tile;
    tile.label = QCoreApplication::translate("NetworkModel", "%1 × %2 image").arg(shape[1]).arg(shape[0]);
    tile.help = QCoreApplication::translate("NetworkModel",
                                            "The network gets every pixel. The picture is the chosen sample, or else "
                                            "the first one of the training data.");
    tile.units = static_cast<int>(dataset.pipeline.fields().front().size());
    tile.isImage = true;
    return tile;
}

// As the network gets the data where no features are chosen. An image comes first, and columns may follow it.
std::vector<InputTile> wholeTiles(const data::Dataset& dataset) {
    std::vector<InputTile> tiles;
    std::size_t column = 0;
    if (startsWithImage(dataset)) {
        tiles.push_back(imageTile(dataset));
        column = static_cast<std::size_t>(dataset.pipeline.featureFields().front().size());
    }
    for (; column < dataset.rawNames.size(); ++column)
        tiles.push_back({text(dataset.rawNames[column]), {}, dataset.rawNames[column], {}, -1});
    int unit = 0;
    for (InputTile& tile : tiles) tile.unit = std::exchange(unit, unit + tile.units);
    return tiles;
}

std::vector<InputTile> tableTiles(const data::DataSpec& data, const data::Dataset* dataset) {
    if (data.features.empty()) return dataset ? wholeTiles(*dataset) : std::vector<InputTile>{};
    std::vector<InputTile> tiles;
    const std::vector<std::string> columns = dataset ? dataset->rawNames : std::vector<std::string>{};
    for (const std::string& name : columns) tiles.push_back({text(name), {}, name, {}, -1});
    for (std::size_t i = 0; i < data.features.size(); ++i) {
        const data::FeatureSpec& feature = data.features[i];
        const auto known = std::ranges::find_if(
            tiles, [&](const InputTile& tile) { return feature.formula.empty() && tile.id == feature.id; });
        if (known != tiles.end())
            known->unit = static_cast<int>(i);
        else
            tiles.push_back({text(feature.formula.empty() ? feature.id : feature.formula),
                             {},
                             feature.id,
                             feature.formula,
                             static_cast<int>(i)});
    }
    return tiles;
}

// Follows nodes from the input on, and remembers which drawn units each node hands on.
class Walk {
public:
    Walk(const training::RunSpec& spec, NetworkModel& model) : m_spec(spec), m_model(model) {}

    void run() {
        m_model.columns.push_back({NetworkColumn::Kind::Inputs, "", "", static_cast<int>(m_model.inputs.size())});
        for (const network::NodeSpec& node : m_spec.network.nodes) unitsFrom(node.id, 0);
        if (m_model.columns.size() > 1) m_model.columns.back().kind = NetworkColumn::Kind::Output;
    }

private:
    using Units = std::vector<UnitRef>;

    // A node met again while it is followed closes a circle, which the check reports elsewhere; it hands on nothing.
    // The depth guards the stack against a long chain that is listed from its end.
    const Units& unitsFrom(const std::string& id, int depth) {
        static const Units none;
        if (const auto known = m_units.find(id); known != m_units.end()) return known->second;
        const network::NodeSpec* node = m_spec.network.find(id);
        if (!node || depth > 1000) return none;
        m_units[id] = {};
        Units units = follow(*node, depth);
        return m_units[id] = std::move(units);
    }

    Units follow(const network::NodeSpec& node, int depth) {
        if (node.type == "input") return inputUnits(node);
        std::vector<Units> sources;
        for (const std::string& input : node.inputs) sources.push_back(unitsFrom(input, depth + 1));
        if (sources.empty()) return {};
        if (node.type == "dense" && !node.bypass) return addColumn(node, sources.front());
        if (!node.bypass && node.type != "flatten" && node.type != "concatenate") leaveOut(node);
        if (node.type != "concatenate") return sources.front();
        Units all;
        for (const Units& source : sources) all.insert(all.end(), source.begin(), source.end());
        return all;
    }

    void leaveOut(const network::NodeSpec& node) {
        const layers::LayerType* type = layers::shelf().find(node.type);
        m_model.leftOut << QStringLiteral("%1 (%2)").arg(text(node.id),
                                                         type ? document::shelfText(type->label) : text(node.type));
    }

    Units inputUnits(const network::NodeSpec& node) {
        m_model.columns.front().node = node.id;
        Units units;
        for (std::size_t tile = 0; tile < m_model.inputs.size(); ++tile) {
            const InputTile& input = m_model.inputs[tile];
            if (input.unit < 0) continue;
            const auto first = static_cast<std::size_t>(input.unit), count = static_cast<std::size_t>(input.units);
            units.resize(std::max(units.size(), first + count));
            std::fill_n(units.begin() + input.unit, count, UnitRef{0, static_cast<int>(tile)});
        }
        return units;
    }

    Units addColumn(const network::NodeSpec& node, const Units& from) {
        const int units = unitsOf(node), column = static_cast<int>(m_model.columns.size());
        m_model.columns.push_back({NetworkColumn::Kind::Hidden, node.id, activationOf(node), units});
        m_model.links.push_back(
            {column, node.id + ".weight", hasBias(node) ? node.id + ".bias" : std::string(), from, units});
        Units own;
        for (int unit = 0; unit < units; ++unit) own.push_back({column, unit});
        return own;
    }

    const training::RunSpec& m_spec;
    NetworkModel& m_model;
    std::map<std::string, Units> m_units;
};

}  // namespace

bool isPlaneSource(const data::DataSpec& data) {
    if (data.source != data::SourceKind::Generator) return data.source == data::SourceKind::Points;
    const data::GeneratorType* type = data::generators().find(data.id);
    return !type || !type->table;
}

const LinkMatrix* NetworkModel::linksInto(int column) const {
    const auto found = std::ranges::find_if(links, [&](const LinkMatrix& link) { return link.column == column; });
    return found == links.end() ? nullptr : &*found;
}

int NetworkModel::unitCount() const {
    int units = 0;
    for (const InputTile& input : inputs) units += input.units;
    for (const NetworkColumn& column : columns)
        if (column.kind != NetworkColumn::Kind::Inputs) units += column.units;
    return units;
}

double NetworkModel::linkCount() const {
    double count = 0;
    for (const LinkMatrix& matrix : links) count += static_cast<double>(matrix.from.size()) * matrix.units;
    return count;
}

bool NetworkModel::isImage(UnitRef ref) const {
    return ref.column == 0 && ref.unit >= 0 && ref.unit < static_cast<int>(inputs.size()) &&
           inputs[static_cast<std::size_t>(ref.unit)].isImage;
}

QString NetworkModel::unitName(UnitRef ref) const {
    if (!ref.valid() || ref.column >= static_cast<int>(columns.size())) return {};
    const NetworkColumn& column = columns[static_cast<std::size_t>(ref.column)];
    switch (column.kind) {
        case NetworkColumn::Kind::Inputs:
            return inputs[static_cast<std::size_t>(ref.unit)].label;
        case NetworkColumn::Kind::Output:
            if (column.units == 1) return QCoreApplication::translate("NetworkModel", "output");
            return QCoreApplication::translate("NetworkModel", "output %1")
                .arg(ref.unit < classNames.size() ? classNames[ref.unit] : QString::number(ref.unit + 1));
        case NetworkColumn::Kind::Hidden:
            break;
    }
    return QCoreApplication::translate("NetworkModel", "layer %1, neuron %2").arg(ref.column).arg(ref.unit + 1);
}

QString NetworkModel::nodeName(const std::string& node) const {
    const auto found = std::ranges::find(columns, node, &NetworkColumn::node);
    if (found == columns.end()) return text(node);
    switch (found->kind) {
        case NetworkColumn::Kind::Inputs:
            return QCoreApplication::translate("NetworkModel", "inputs");
        case NetworkColumn::Kind::Output:
            return QCoreApplication::translate("NetworkModel", "output");
        case NetworkColumn::Kind::Hidden:
            break;
    }
    return QCoreApplication::translate("NetworkModel", "layer %1").arg(found - columns.begin());
}

NetworkModel networkModel(const training::RunSpec& spec, const data::Dataset* dataset) {
    NetworkModel model;
    model.inputs = isPlaneSource(spec.data) ? planeTiles(spec.data) : tableTiles(spec.data, dataset);
    if (dataset)
        for (const std::string& name : dataset->classNames) model.classNames << text(name);
    Walk(spec, model).run();
    return model;
}

}  // namespace perceptory::views
