#include "ui/document/commands/RemedyTrials.h"

#include <algorithm>
#include <exception>
#include <map>

#include "engine/network/Blocks.h"
#include "ui/document/LayerPlace.h"
#include "ui/document/commands/BlockGraph.h"

namespace perceptory::document {

using base::Json;
using base::Problem;
using base::Problems;
using base::Severity;

namespace {

constexpr std::ptrdiff_t mostRemedies = 3;
constexpr std::size_t mostTrials = 80;        // some milliseconds for a network of 30 layers
constexpr std::size_t mostTrialsOfRows = 20;  // each may read all data

const Json nothing;

const Json& partOf(const Json& project, const char* key) {
    return project.is_object() && project.contains(key) ? project[key] : nothing;
}

bool isSame(const Problem& a, const Problem& b) {
    return a.where == b.where && a.severity == b.severity && a.sentence == b.sentence;
}

std::ptrdiff_t countAsBadAs(const Problems& problems, Severity severity) {
    return std::ranges::count_if(problems, [&](const Problem& problem) { return problem.severity >= severity; });
}

// Indices of those that are not in `before`, or less often.
std::vector<std::size_t> newOnes(const Problems& before, const Problems& after) {
    std::map<std::pair<std::string, std::string>, int> known;
    for (const Problem& problem : before) ++known[{problem.where, problem.sentence}];
    std::vector<std::size_t> fresh;
    for (std::size_t i = 0; i < after.size(); ++i)
        if (--known[{after[i].where, after[i].sentence}] < 0) fresh.push_back(i);
    return fresh;
}

data::Target withoutRows(const data::Target& target) {
    data::Target copy;
    copy.targetName = target.targetName;
    copy.task = target.task;
    copy.targetShape = target.targetShape;
    copy.classNames = target.classNames;
    copy.classCounts = target.classCounts;
    copy.targetNames = target.targetNames;
    return copy;
}

data::Dataset withoutRows(const data::Dataset& dataset) {
    data::Dataset copy;
    static_cast<data::Target&>(copy) = withoutRows(static_cast<const data::Target&>(dataset));
    copy.featureNames = dataset.featureNames;
    copy.inputShape = dataset.inputShape;
    copy.fields = dataset.fields;
    for (const data::Target& target : dataset.moreTargets) copy.moreTargets.push_back(withoutRows(target));
    return copy;
}

}  // namespace

RemedyTrials::RemedyTrials(const Document& document, const Problem& problem, const data::Dataset* dataset)
    : m_document(document), m_dataset(dataset), m_problem(problem), m_spec(document.spec()) {
    if (dataset) m_withoutRows = withoutRows(*dataset);
    findPlace();
    try {
        m_canTry = findIn(before(false));
        if (m_canTry || !dataset) return;
        m_needsRows = true;
        m_canTry = findIn(before(true));
    } catch (const std::exception&) {
        m_canTry = false;  // what cannot even be checked cannot be tried
    }
}

// How much memory is free is told anew each time, so the remedy counts where the sentence is another.
bool RemedyTrials::findIn(const Verdict& verdict) {
    const auto search = [&](auto fits) { return std::ranges::find_if(verdict.problems, fits); };
    auto found = search([&](const Problem& other) { return isSame(other, m_problem); });
    if (found == verdict.problems.end())
        found = search([&](const Problem& other) {
            return other.where == m_problem.where && other.severity == m_problem.severity &&
                   other.fix == m_problem.fix && !other.fix.empty();
        });
    if (found == verdict.problems.end()) return false;
    m_isOfRun = static_cast<std::size_t>(found - verdict.problems.begin()) >= verdict.ofRun;
    m_problem = *found;
    return true;
}

void RemedyTrials::findPlace() {
    const LayerPlace place = placeIn(m_document, m_problem.where);
    if (!place.layer.empty()) m_block = place.block;
    m_project = graphOf(m_document.json(), m_block);
    m_where = placeInGraph(m_problem.where);
    const Nodes* nodes = nodesOf(m_project);
    m_node = layerAt(m_where, [&](const std::string& id) { return nodes && nodeOf(*nodes, id); });
    if (!m_node.empty() && m_where.size() > m_node.size()) m_rest = m_where.substr(m_node.size() + 1);
}

// "conv.units" of "block1.0.conv.units", and "network.nodes[1].inputs" of "network.blocks[0].nodes[0].inputs": in the
// graph of a block there is a node for what enters.
std::string RemedyTrials::placeInGraph(const std::string& where) const {
    if (!hasBlocks(m_document.json())) return where;
    if (const auto inside = m_document.spec().network.inside(where)) return inside->rest;
    const LayerPlace place = placeIn(m_document, where);
    const std::string& id = place.layer.empty() ? place.block : place.layer;
    const bool isEntry = where.starts_with("network.nodes[") || where.starts_with("network.blocks[");
    const Nodes* nodes = isEntry && !id.empty() ? nodesOf(m_project) : nullptr;
    const auto found = nodes ? std::ranges::find(*nodes, id, idOf) : Nodes::const_iterator();
    if (!nodes || found == nodes->end()) return where;
    const auto isText = [](const Json& input) { return input.is_string(); };
    const Json inputs = found->value("inputs", Json::array());
    if (where.ends_with("].inputs") && isBlock(*found) && std::ranges::all_of(inputs, isText)) return id;
    std::size_t end = where.find(']');
    if (isInBlock()) end = where.find(']', end + 1);
    return "network.nodes[" + std::to_string(found - nodes->begin()) + where.substr(end);
}

Json RemedyTrials::whole(const Json& graph) const {
    if (!hasBlocks(m_document.json())) return graph;
    Json project = Json::object();
    for (const char* key : {"network", "training"})
        if (const Json& part = partOf(m_document.json(), key); !part.is_null()) project[key] = part;
    putGraph(project, m_block, graph);
    return project;
}

std::string RemedyTrials::nameInNetwork(const std::string& node) const {
    const network::NetworkSpec& network = m_document.spec().network;
    const network::BlockSpec* inside = isInBlock() ? network.findBlock(m_block) : nullptr;
    if (inside && node == network::blockEntry) return inside->inputs.empty() ? node : inside->inputs.front();
    if (inside) return inside->copyOf(node, 0);
    const network::BlockSpec* block = network.find(node) ? nullptr : network.findBlock(node);
    return block && !block->outputs.empty() ? block->outputs.front() : node;
}

// As the network calls it.
std::string RemedyTrials::layerOf(const std::string& where) const {
    const Nodes* nodes = isInBlock() ? nullptr : nodesOf(m_project);
    return layerAt(where, [&](const std::string& id) {
        return (nodes && nodeOf(*nodes, id)) || m_document.spec().network.find(id);
    });
}

const tensor::Shape* RemedyTrials::outputOf(const std::string& id) const {
    const network::NodeCheck* node = m_quick ? m_quick->network.find(nameInNetwork(id)) : nullptr;
    return node ? &node->output : nullptr;
}

Verdict RemedyTrials::judge(const Json& graph, bool withRows) {
    const Json project = whole(graph);
    Verdict verdict;
    m_spec.network = network::NetworkSpec::fromJson(partOf(project, "network"), verdict.problems);
    m_spec.training = training::TrainSpec::fromJson(partOf(project, "training"), verdict.problems);
    verdict.ofRun = verdict.problems.size();
    if (!m_dataset) return verdict;
    training::RunCheck check =
        withRows ? training::checkRun(m_spec, *m_dataset) : training::checkFit(m_spec, *m_withoutRows);
    verdict.ofRun += check.network.problems.size();
    verdict.problems.insert(verdict.problems.end(), check.problems.begin(), check.problems.end());
    verdict.network = std::move(check.network);
    for (const network::NodeSpec& node : m_spec.network.nodes) {
        const auto isOfIt = [&](const Problem& problem) {
            return problem.severity == Severity::Error &&
                   (problem.where == node.id || problem.where.starts_with(node.id + "."));
        };
        if (!verdict.network.find(node.id) && std::ranges::none_of(verdict.problems, isOfIt))
            verdict.unseen.insert(node.id);
    }
    return verdict;
}

const Verdict& RemedyTrials::before(bool withRows) {
    std::optional<Verdict>& verdict = withRows ? m_full : m_quick;
    if (!verdict) verdict = judge(m_project, withRows);
    return *verdict;
}

// Of a layer behind a faulty one nothing is told, of one with a faulty parameter not whether it fits, and of the run
// nothing before the network is sound.
bool RemedyTrials::isHidden(const Verdict& before, const Verdict& after, std::size_t problem) const {
    if (problem >= after.ofRun) return !before.network.ok();
    const std::string id = layerOf(after.problems[problem].where);
    const auto isOfIt = [&](const Problem& other) { return other.where == id; };
    return !id.empty() && !before.network.find(id) && std::ranges::none_of(before.problems, isOfIt);
}

// A problem is not mended by hiding it: what reads a faulty layer from now on is not looked at. Of the layer itself
// something could be wrong that is told without a look at what it reads.
bool RemedyTrials::blinds(const Verdict& before, const Verdict& after) const {
    const Nodes* nodes = nodesOf(m_project);
    return std::ranges::any_of(after.unseen, [&](const std::string& id) {
        if (layerOf(id) != id || before.unseen.contains(id)) return false;
        const Json* node = nodes && id == nameInNetwork(m_node) ? nodeOf(*nodes, m_node) : nullptr;
        if (!node) return true;
        const auto isSound = [&](const Source& input) {
            return before.network.find(nameInNetwork(input.node)) != nullptr;
        };
        return m_rest.empty() && std::ranges::all_of(inputsOf(*node), isSound);
    });
}

std::optional<RemedyTrials::Judgement> RemedyTrials::compare(const Verdict& before, const Verdict& after) const {
    const auto times = [&](const Verdict& verdict) {
        return std::ranges::count_if(verdict.problems, [&](const Problem& one) { return isSame(one, m_problem); });
    };
    if (times(after) >= times(before)) return {};
    if (countAsBadAs(after.problems, Severity::Error) > countAsBadAs(before.problems, Severity::Error)) return {};
    if (blinds(before, after)) return {};
    const bool isError = m_problem.severity == Severity::Error;
    if (!isError &&
        countAsBadAs(after.problems, m_problem.severity) >= countAsBadAs(before.problems, m_problem.severity))
        return {};
    Judgement result{Rank::Clean, countAsBadAs(after.problems, Severity::Error), 0};
    for (const std::size_t i : newOnes(before.problems, after.problems)) {
        const Severity severity = after.problems[i].severity;
        const bool hidden = isHidden(before, after, i);
        if (severity == Severity::Error && !(hidden && isError)) return {};
        if (severity == Severity::Error)
            result = {Rank::Uncovers, result.errorsLeft, std::ssize(after.unseen)};
        else if (severity == Severity::Warning && !hidden)
            result.rank = std::max(result.rank, Rank::Warns);
    }
    return result;
}

// The check without rows is quick and finds out most; what it lets pass is looked at as the training will.
std::optional<RemedyTrials::Judgement> RemedyTrials::judgeChange(const Json& project) {
    std::optional<Judgement> quick = Judgement();
    if (!m_needsRows) quick = compare(before(false), judge(project, false));
    if (!quick || !m_dataset) return quick;
    std::optional<Judgement> full = compare(before(true), judge(project, true));
    return full ? std::max(quick, full) : full;
}

bool RemedyTrials::offer(const QString& label, const std::function<void(Json&)>& change) {
    if (enough()) return false;
    try {
        Json after = m_project;
        change(after);
        const auto isThere = [&](const Found& found) { return found.label == label || found.project == after; };
        if (after == m_project || std::ranges::any_of(m_found, isThere)) return false;
        ++m_trials;
        const std::optional<Judgement> judgement = judgeChange(after);
        if (judgement) m_found.push_back({*judgement, label, std::move(after)});
        return judgement.has_value();
    } catch (const std::exception&) {
        return false;  // a foreign file may hold anything; a change that trips over it is no remedy
    }
}

bool RemedyTrials::enough() const {
    return m_trials >= (m_needsRows ? mostTrialsOfRows : mostTrials) ||
           std::ranges::count_if(m_found, [](const Found& found) { return found.judgement.rank == Rank::Clean; }) ==
               mostRemedies;
}

bool RemedyTrials::isMended() const {
    return std::ranges::any_of(m_found, [](const Found& found) { return found.judgement == Judgement{}; });
}

std::vector<Remedy> RemedyTrials::take() const {
    std::vector<const Found*> best;
    for (const Found& found : m_found) best.push_back(&found);
    std::ranges::stable_sort(best, {}, &Found::judgement);
    std::vector<Remedy> remedies;
    for (const Found* found : best) {
        const bool uncovers = found->judgement.rank == Rank::Uncovers && best.front()->judgement.rank != Rank::Uncovers;
        if (std::ssize(remedies) == mostRemedies || uncovers) break;
        remedies.push_back({found->label, m_document.json()});
        putGraph(remedies.back().project, m_block, found->project);
    }
    return remedies;
}

}  // namespace perceptory::document
