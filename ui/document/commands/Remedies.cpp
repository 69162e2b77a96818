#include "ui/document/commands/Remedies.h"

#include "ui/document/commands/RemedyCandidates.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

namespace {

// A block has neither data nor losses of its own.
void offerInBlock(RemedyTrials& trials) {
    offerValues(trials);
    offerNames(trials);
    offerConnections(trials);
    offerMerges(trials);
    offerParameters(trials);
    offerLayers(trials);
    offerRemoval(trials);
}

void offerAll(RemedyTrials& trials) {
    if (trials.isInBlock()) return offerInBlock(trials);
    offerValues(trials);
    offerEndings(trials);
    if (trials.isOfRun()) {
        offerRows(trials);
        offerLayers(trials);
    } else {
        offerNames(trials);
        offerConnections(trials);
        offerEnds(trials);
        offerMerges(trials);
        offerParameters(trials);
        offerLayers(trials);
    }
    offerLosses(trials);
    offerRemoval(trials);
    offerOptimizer(trials);
}

}  // namespace

QString removalText(const std::vector<std::string>& ids) {
    QStringList names;
    for (const std::string& id : ids) names << Words::layer(id);
    return Words::tr("Remove %1").arg(names.size() > 3 ? Words::layers(ids) : names.join(QStringLiteral(", ")));
}

QString connectText(const std::string& from, const std::string& to) {
    return Words::tr("Connect %1 with %2").arg(Words::layer(from), Words::layer(to));
}

std::vector<Remedy> remediesFor(const Document& document, const base::Problem& problem, const data::Dataset* dataset) {
    RemedyTrials trials(document, problem, dataset);
    try {
        if (trials.canTry()) offerAll(trials);
    } catch (const base::Json::exception&) {
        // A foreign file may hold anything at any place. What was found until then is right.
    }
    return trials.take();
}

void apply(Document& document, const Remedy& remedy) {
    document.edit(remedy.label, [&](base::Json& project) {
        for (const char* key : {"network", "training"})
            if (remedy.project.contains(key)) project[key] = remedy.project[key];
    });
}

}  // namespace perceptory::document
