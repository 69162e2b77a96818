#pragma once
// What might be changed to mend a problem, by kind of change. Each function offers all it can think of at the problem's
// place, the smallest change first; the trials judge. Inside of remediesFor() alone.

#include <QString>
#include <string>
#include <vector>

#include "engine/base/Params.h"
#include "ui/document/commands/RemedyTrials.h"

namespace perceptory::document {

void offerValues(RemedyTrials& trials);       // the value named by the place: nearest word, default, nearest allowed
void offerNames(RemedyTrials& trials);        // ids and types
void offerConnections(RemedyTrials& trials);  // what the layer reads
void offerEnds(RemedyTrials& trials);         // layers that nobody reads
void offerParameters(RemedyTrials& trials);   // of the layer and of those before it
void offerLayers(RemedyTrials& trials);       // a layer in front, another type
void offerMerges(RemedyTrials& trials);       // shapes that meet and differ
void offerEndings(RemedyTrials& trials);      // last layers and losses, as the data want them
void offerLosses(RemedyTrials& trials);       // losses that name outputs
void offerRows(RemedyTrials& trials);         // of a layer that looks up whole numbers
void offerOptimizer(RemedyTrials& trials);    // where it asks for what others do not
void offerRemoval(RemedyTrials& trials);      // of a layer without weights

// What connections and losses name without such a layer.
std::vector<std::string> namesOfNone(const base::Json& project);

// All three by name; of more only the number.
QString removalText(const std::vector<std::string>& ids);
// "Connect conv1 with add1": the second reads the first.
QString connectText(const std::string& from, const std::string& to);
// "Set Stride of conv1 to 2"; the value as a person writes it.
QString setText(const base::ParamType& type, const QString& owner, const base::Json& value);

// Default and "same" of windows, the other position of switches.
void offerUsual(RemedyTrials& trials, const std::string& node, const base::ParamType& type);

// The layer's parameter; the default is not written down.
void setParameter(base::Json& node, const base::ParamType& type, const base::Json& value);
bool offerParameter(RemedyTrials& trials, const std::string& node, const base::ParamType& type,
                    const base::Json& value);
// As given, else the default.
base::Json parameterOf(const base::Json& node, const base::ParamType& type);

// What says how many values the layer puts out for a row or a pixel: "units", "filters". Null: nothing does.
const base::ParamType* widthOf(const base::Json& node);

// `id` and what stands before it, along the first inputs, at most `most` of them.
std::vector<std::string> chainBefore(const base::Json& project, const std::string& id, std::size_t most);

}  // namespace perceptory::document
