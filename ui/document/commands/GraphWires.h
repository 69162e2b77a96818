#pragma once
// Connections between layers. Each function is one undo step, and none makes a circle.

#include <QString>
#include <string>
#include <vector>

#include "ui/document/Document.h"

namespace perceptory::document {

// Input number `input` of `to` reads `from`.
struct Wire {
    std::string from;
    std::string port;  // of the outputs of `from`; empty: the main one
    std::string to;
    std::size_t input = 0;

    bool operator==(const Wire&) const = default;
};

// In the order of the nodes. In a foreign file `from` may be no node at all.
std::vector<Wire> wiresOf(const Document& document);
bool hasWire(const base::Json& project, const Wire& wire);

// Why `to` cannot read `from`, in a sentence for the user; empty: it can.
QString whyNotConnect(const Document& document, const std::string& from, const std::string& port,
                      const std::string& to);

// These do nothing where there is a reason not to, and return it; empty: done.

// A further input of `to` when its type takes more, else in place of the last one; an output with a name ("indices")
// in place of such a one.
QString connectLayers(Document& document, const std::string& from, const std::string& port, const std::string& to);
// The wire comes from another output.
QString reconnectLayers(Document& document, const Wire& wire, const std::string& from, const std::string& port);
// Each to the next one. All or none.
QString joinLayers(Document& document, const std::vector<std::string>& ids);

// The layer at its end has one input less. Nothing happens when there is no such wire.
void disconnectLayers(Document& document, const Wire& wire);

}  // namespace perceptory::document
