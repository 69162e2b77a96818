#include "ui/canvas/NodeWords.h"

#include <QCoreApplication>
#include <QLocale>

#include "engine/layers/Layer.h"

namespace perceptory::canvas {

namespace {

class Words {
    Q_DECLARE_TR_FUNCTIONS(NodeWords)
};

QString nameOf(const NodeSight& node) { return QString::fromStdString(node.id); }

// What it reads, in the order of its inputs.
QStringList sourcesOf(const GraphSight& sight, std::size_t node) {
    QStringList names;
    for (const WireSight& wire : sight.wires) {
        if (wire.to != node) continue;
        const QString name = nameOf(sight.nodes[wire.from]);
        names << (wire.port.empty() ? name : QStringLiteral("%1 (%2)").arg(name, QString::fromStdString(wire.port)));
    }
    return names;
}

QStringList readersOf(const GraphSight& sight, std::size_t node) {
    QStringList names;
    for (const WireSight& wire : sight.wires)
        if (wire.from == node) names << nameOf(sight.nodes[wire.to]);
    names.removeDuplicates();
    return names;
}

bool couldRead(const NodeSight& node) {
    const layers::LayerType* type = layers::shelf().find(node.type);
    return !type || type->maximumInputs > 0;
}

QStringList connectionsOf(const GraphSight& sight, std::size_t node) {
    const QStringList sources = sourcesOf(sight, node), readers = readersOf(sight, node);
    QStringList words;
    if (!sources.isEmpty())
        words << Words::tr("reads %1").arg(QLocale().createSeparatedList(sources));
    else if (couldRead(sight.nodes[node]))
        words << Words::tr("reads no layer");
    words << (readers.isEmpty() ? Words::tr("read by no layer")
                                : Words::tr("read by %1").arg(QLocale().createSeparatedList(readers)));
    return words;
}

QString troubleOf(const NodeSight& node) {
    QString trouble = node.trouble;
    trouble.replace('\n', ' ');
    return node.isError ? Words::tr("Error: %1").arg(trouble) : Words::tr("Warning: %1").arg(trouble);
}

}  // namespace

QString nodeWords(const GraphSight& sight, std::size_t index) {
    const NodeSight& node = sight.nodes[index];
    QStringList words;
    if (!node.trouble.isEmpty()) words << troubleOf(node);
    words << node.kind;
    if (!node.facts.isEmpty()) words << node.facts;
    if (!node.shape.isEmpty()) words << Words::tr("puts out %1").arg(node.shape);
    if (!node.parameters.isEmpty()) words << node.parameters;
    words << connectionsOf(sight, index);
    if (node.bypassed) words << Words::tr("bypassed");
    if (node.frozen) words << Words::tr("frozen");
    if (!node.note.isEmpty()) words << Words::tr("note: %1").arg(node.note);
    return words.join(QStringLiteral(", "));
}

}  // namespace perceptory::canvas
