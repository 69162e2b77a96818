#pragma once
// Networks in a line, and what every wish about them promises.

#include <QTest>
#include <functional>

#include "ui/document/Document.h"

namespace perceptory::tests {

using base::Json;
using document::Document;

inline QStringList words(const QString& text, const char* separator) {
    QStringList list;
    for (const QString& word : text.split(separator, Qt::SkipEmptyParts)) list += word.trimmed();
    return list;
}

// "in input, h1 dense in, out dense h1 in": the id, the type, what it reads.
inline Json nodesOf(const QString& text) {
    Json nodes = Json::array();
    for (const QString& line : words(text, ",")) {
        const QStringList parts = words(line, " ");
        Json node{{"id", parts[0].toStdString()}, {"type", parts[1].toStdString()}};
        if (parts[1] != "input") node["inputs"] = Json::array();
        for (const QString& input : parts.mid(2)) node["inputs"].push_back(input.toStdString());
        nodes.push_back(node);
    }
    return nodes;
}

// "out mse a": output, type, target.
inline Json lossesOf(const QString& text) {
    Json losses = Json::array();
    for (const QString& line : words(text, ",")) {
        const QStringList parts = words(line, " ");
        Json loss{{"output", parts[0].toStdString()}, {"type", parts[1].toStdString()}, {"weight", 0.5}};
        if (parts.size() > 2) loss["target"] = parts[2].toStdString();
        losses.push_back(loss);
    }
    return losses;
}

inline void open(Document& document, const QString& nodes, const QString& losses = {}) {
    document.newDocument();
    Json project = document.json();
    project["network"] = {{"more", 1}, {"nodes", nodesOf(nodes)}, {"behind", {2}}};
    if (!losses.isEmpty()) {
        project["training"].erase("loss");
        project["training"]["losses"] = lossesOf(losses);
    }
    document.open(project, {}, "test");
}

// As nodesOf() reads it, without the types.
inline QString net(const Document& document) {
    QStringList lines;
    for (const network::NodeSpec& node : document.spec().network.nodes) {
        QString line = QString::fromStdString(node.id);
        for (std::size_t i = 0; i < node.inputs.size(); ++i)
            line += " " + QString::fromStdString(node.inputs[i] + (node.port(i).empty() ? "" : ":" + node.port(i)));
        lines += line;
    }
    return lines.join(", ");
}

// The outputs they look at.
inline QString losses(const Document& document) {
    QStringList outputs;
    for (const Json& loss : document.value("training.losses"))
        outputs += QString::fromStdString(loss.value("output", ""));
    return outputs.join(", ");
}

// One undo step, there and back and there again.
inline void once(Document& document, const std::function<void()>& act) {
    const std::string before = document.json().dump();
    const int steps = document.undoStack().index();
    act();
    const std::string after = document.json().dump();
    QCOMPARE(document.undoStack().index(), steps + 1);
    QVERIFY(!document.undoStack().undoText().isEmpty());
    document.undoStack().undo();
    QCOMPARE(document.json().dump(), before);
    document.undoStack().redo();
    QCOMPARE(document.json().dump(), after);
}

inline void never(Document& document, const std::function<void()>& act) {
    const std::string before = document.json().dump();
    const int steps = document.undoStack().index();
    act();
    QCOMPARE(document.undoStack().index(), steps);
    QCOMPARE(document.json().dump(), before);
}

}  // namespace perceptory::tests
