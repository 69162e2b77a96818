#pragma once
// Tries changes of a project against the engine's checks. Inside of remediesFor() alone.

#include <functional>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "engine/data/Dataset.h"
#include "engine/training/RunCheck.h"
#include "ui/document/commands/Remedies.h"

namespace perceptory::document {

// What the checks say of a project.
struct Verdict {
    base::Problems problems;
    std::size_t ofRun = 0;         // from this one on they are told only where the network is sound
    std::set<std::string> unseen;  // layers that could not be looked at, because what they read is faulty
    network::NetworkCheck network;
};

class RemedyTrials {
public:
    // `problem` is copied; document and data must outlive this.
    RemedyTrials(const Document& document, const base::Problem& problem, const data::Dataset* dataset);

    // Whether the checks say this of the document.
    bool canTry() const { return m_canTry; }
    // Whether it is of the run, so that the network by itself is sound.
    bool isOfRun() const { return m_isOfRun; }

    // Whether it is inside of a block: project() then is what graphOf() makes of the open block.
    bool isInBlock() const { return !m_block.empty(); }
    // The graph that the problem is in, "network" and "training" alone.
    const base::Json& project() const { return m_project; }
    const data::Dataset* dataset() const { return m_dataset; }
    const std::string& where() const { return m_where; }  // in this graph
    // The layer at this place, and what follows behind a point: "conv1" and "kernel_size". Ids may have points.
    const std::string& node() const { return m_node; }
    const std::string& rest() const { return m_rest; }
    // Of one sample; null: unknown.
    const tensor::Shape* outputOf(const std::string& id) const;

    // True when the change is a remedy. One that throws, or changes nothing, is none.
    bool offer(const QString& label, const std::function<void(base::Json& project)>& change);
    bool enough() const;
    // Whether a remedy was found that leaves no error, so that none of last resort is wanted.
    bool isMended() const;

    // The best three.
    std::vector<Remedy> take() const;

private:
    enum class Rank { Clean, Warns, Uncovers };  // what comes up instead: nothing, a warning, an error hidden before

    struct Judgement {
        Rank rank = Rank::Clean;
        std::ptrdiff_t errorsLeft = 0, unseen = 0;

        auto operator<=>(const Judgement&) const = default;
    };

    struct Found {
        Judgement judgement;
        QString label;
        base::Json project;
    };

    Verdict judge(const base::Json& graph, bool withRows);
    const Verdict& before(bool withRows);
    std::optional<Judgement> judgeChange(const base::Json& project);
    std::optional<Judgement> compare(const Verdict& before, const Verdict& after) const;
    bool findIn(const Verdict& verdict);
    bool blinds(const Verdict& before, const Verdict& after) const;
    bool isHidden(const Verdict& before, const Verdict& after, std::size_t problem) const;
    void findPlace();
    std::string placeInGraph(const std::string& where) const;
    base::Json whole(const base::Json& graph) const;
    std::string nameInNetwork(const std::string& node) const;
    std::string layerOf(const std::string& where) const;

    const Document& m_document;
    const data::Dataset* m_dataset;
    base::Problem m_problem;
    std::string m_block;  // that the problem is inside of; empty: none
    base::Json m_project;
    std::string m_where, m_node, m_rest;
    training::RunSpec m_spec;  // of the document; each trial has its own network and training in it
    std::optional<data::Dataset> m_withoutRows;
    std::optional<Verdict> m_quick, m_full;
    std::vector<Found> m_found;
    std::size_t m_trials = 0;
    bool m_canTry = false, m_isOfRun = false;
    bool m_needsRows = false;  // the problem is told only by the check that reads them
};

}  // namespace perceptory::document
