#include "ui/document/LayerPlace.h"

#include <QRegularExpression>
#include <algorithm>

#include "ui/document/Document.h"

namespace perceptory::document {

std::string layerAt(const std::string& where, const std::function<bool(const std::string& id)>& isLayer) {
    std::string id = where;
    while (!id.empty() && !isLayer(id)) {
        const std::size_t point = id.rfind('.');
        id = point == id.npos ? std::string() : id.substr(0, point);
    }
    return id;
}

std::string layerAt(const std::string& where, const network::NetworkSpec& network) {
    static const QRegularExpression entry(QStringLiteral("^network\\.nodes\\[(\\d+)\\]"));
    const QRegularExpressionMatch match = entry.match(QString::fromStdString(where));
    if (!match.hasMatch()) return layerAt(where, [&](const std::string& id) { return network.find(id) != nullptr; });
    const auto place = match.captured(1).toULongLong();
    return place < network.nodes.size() ? network.nodes[place].id : std::string();
}

LayerPlace placeIn(const Document& document, const std::string& where) {
    const network::NetworkSpec& network = document.spec().network;
    if (const auto inside = network.inside(where)) {
        const auto isLayer = [&](const std::string& id) { return std::ranges::count(inside->block->nodes, id) > 0; };
        return {inside->block->id, layerAt(inside->rest, isLayer)};
    }
    static const QRegularExpression entry(
        QStringLiteral("^network\\.(nodes|blocks)\\[(\\d+)\\](?:\\.nodes\\[(\\d+)\\])?"));
    const QRegularExpressionMatch match = entry.match(QString::fromStdString(where));
    if (!match.hasMatch()) {
        const auto isLayer = [&](const std::string& id) { return network.find(id) || network.findBlock(id); };
        const std::string id = layerAt(where, isLayer);
        return network.find(id) ? LayerPlace{{}, id} : LayerPlace{id, {}};
    }
    const auto idAt = [&](const std::string& path) {
        const base::Json id = document.value(path + ".id");
        return id.is_string() ? id.get<std::string>() : std::string();
    };
    const std::string list = "network." + match.captured(1).toStdString() + "." + match.captured(2).toStdString();
    if (match.captured(1) == QLatin1String("nodes")) return {{}, idAt(list)};
    const std::string inner = match.captured(3).toStdString();
    return {idAt(list), inner.empty() ? std::string() : idAt(list + ".nodes." + inner)};
}

std::string idInNetwork(const Document& document, const std::string& layer) {
    const std::string& open = document.openBlock();
    return open.empty() ? layer : open + ".0." + layer;
}

}  // namespace perceptory::document
