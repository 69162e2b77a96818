#pragma once
// Layers as text, for the clipboard and for copies in place:
//   {"perceptory": "layers", "nodes": [as a project has them, with the connections among them],
//    "incoming": [{"to": "add1", "input": 0, "from": "conv1"}]}

#include <QPointF>
#include <QString>
#include <string>
#include <vector>

#include "ui/document/Document.h"

namespace perceptory::document {

// Empty when there are no such layers.
QString copyText(const Document& document, const std::vector<std::string>& ids);

// One undo step. Names that are taken get the next number. `keepInputs`: the copies read what the layers read that were
// copied, where there is a layer of that name. `offset` is added to their places. Returns the new ids; none, and
// nothing happens, when the text is not ours, is damaged, or the network would become larger than networks may be.
std::vector<std::string> pasteText(Document& document, const QString& text, bool keepInputs, const QPointF& offset);

// One undo step. The copies read what the layers read.
std::vector<std::string> duplicateLayers(Document& document, const std::vector<std::string>& ids,
                                         const QPointF& offset);

}  // namespace perceptory::document
