#pragma once
// A project's nodes as a graph, inside the JSON of one edit. What is damaged in a foreign file, such as inputs that are
// no list of texts, counts as not there, as NetworkSpec::fromJson reads it, and is left as it is.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "engine/base/Json.h"

namespace perceptory::document {

using Nodes = base::Json::array_t;

// What an input reads: "pool1:indices".
struct Source {
    std::string node, port;  // port empty: the main output

    static Source of(const std::string& text);
    std::string text() const { return port.empty() ? node : node + ":" + port; }
    bool operator==(const Source&) const = default;
};

// The text under `key`; empty when there is none.
std::string textOf(const base::Json& object, const char* key);

// Null when the project has no list of nodes.
Nodes* nodesOf(base::Json& project);
const Nodes* nodesOf(const base::Json& project);
const Nodes* blocksOf(const base::Json& project);
Nodes* blocksOf(base::Json& project);
// Makes the list where there is none.
Nodes& madeNodesOf(base::Json& project);

std::string idOf(const base::Json& node);
std::vector<Source> inputsOf(const base::Json& node);
void setInputs(base::Json& node, const std::vector<Source>& inputs);
// Of a type nobody knows: 1. A block takes as many as its layers read.
int fewestInputs(const base::Json& node);
int mostInputs(const base::Json& node);
// Outputs with a name; the main one is not among them.
std::vector<std::string> portsOf(const base::Json& node);

// Null when there is none.
base::Json* nodeOf(Nodes& nodes, const std::string& id);
const base::Json* nodeOf(const Nodes& nodes, const std::string& id);

// At any output.
bool isRead(const Nodes& nodes, const std::string& id);
// `id` and all nodes that it reads, directly or through others.
std::set<std::string> allReadBy(const Nodes& nodes, const std::string& id);
bool hasCircle(const Nodes& nodes);

// Puts new nodes, each behind those of them that it reads, in front of the first node that reads one of them. Where
// nobody does, they stand in front of the last node, so that this one stays the network's output, unless they read it.
void insertInOrder(Nodes& nodes, const Nodes& fresh);
// Brings `from` and what it reads in front of `to`, which reads it now. All others keep their order.
void bringInFront(Nodes& nodes, const std::string& from, const std::string& to);

// Names for new nodes: none that a node has, nor one that a connection or a loss names without such a node, since the
// new one would be connected at once.
class FreeIds {
public:
    explicit FreeIds(const base::Json& project);

    bool isFree(const std::string& id) const { return !m_taken.contains(id); }
    // `wanted`, or when it is taken the next number: conv1, conv2; out, out2. Taken from now on.
    std::string take(const std::string& wanted);

private:
    std::set<std::string> m_taken;
    std::map<std::string, int> m_next;  // number to try behind a word
};

}  // namespace perceptory::document
