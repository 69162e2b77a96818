#include "ui/document/LayerPlace.h"

#include <QRegularExpression>

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

}  // namespace perceptory::document
