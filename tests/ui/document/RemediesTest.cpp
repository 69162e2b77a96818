// Remedies at one click: for faulty networks of many kinds the first one offered is the sensible one, applying it
// leaves no error, and undo brings the bytes back. Whatever is wrong, no remedy adds an error.

#include <QTest>
#include <algorithm>
#include <ctime>
#include <random>

#include "engine/layers/Layer.h"
#include "engine/training/RunCheck.h"
#include "tests/ui/document/RemedyCases.h"
#include "ui/document/commands/Remedies.h"

using namespace perceptory;
using namespace perceptory::document;
using base::Json;
using base::Problem;
using base::Problems;
using base::Severity;

using namespace perceptory::tests;

namespace {

Json faulty(Json project, const char* edits) {
    for (const Json& edit : Json::parse(edits)) {
        const Json::json_pointer place(edit[0].get<std::string>());
        Json& parent = project[place.parent_pointer()];
        if (!edit[1].is_null())
            project[place] = edit[1];
        else if (parent.is_array())
            parent.erase(std::stoul(place.back()));
        else
            parent.erase(place.back());
    }
    return project;
}

Problems problemsOf(const Json& project, const data::Dataset& dataset) {
    Problems problems;
    const auto spec = training::RunSpec::fromJson(project, problems);
    const training::RunCheck check = training::checkRun(spec, dataset);
    problems.insert(problems.end(), check.problems.begin(), check.problems.end());
    return problems;
}

QString text(const Problems& problems) {
    QString text;
    for (const Problem& problem : problems) text += QString::fromStdString(base::describe(problem)) + "\n";
    return text;
}

std::ptrdiff_t errorsIn(const Problems& problems) {
    return std::ranges::count(problems, Severity::Error, &Problem::severity);
}

std::ptrdiff_t times(const Problems& problems, const Problem& one) {
    return std::ranges::count_if(
        problems, [&](const Problem& other) { return other.where == one.where && other.sentence == one.sentence; });
}

// Which layer a problem of shapes is about: it reads only sound layers.
std::string unfitIn(const network::NetworkCheck& check, const network::NetworkSpec& spec, const Problem& problem) {
    const network::NodeSpec* node = spec.find(problem.where);
    const auto isSound = [&](const std::string& id) { return check.find(id) != nullptr; };
    return node && !check.find(node->id) && std::ranges::all_of(node->inputs, isSound) ? node->id : std::string();
}

network::NetworkCheck networkIn(const Document& document, const data::Dataset& dataset) {
    return training::checkFit(document.spec(), dataset).network;
}

// Damage at random places, as a careless hand or another program may do it.
class Damage {
public:
    explicit Damage(unsigned seed) : m_random(seed) {}

    Json project(Data& data) {
        struct Start {
            Json (*project)();
            Data (*data)();
        };
        const Start start = oneOf<Start>({{forImages, images},
                                          {forNumbers, numbers},
                                          {forBranches, images},
                                          {forBlocks, images},
                                          {forWords, words},
                                          {forTwoLosses, numbers},
                                          {forImages, numbers}});
        data = start.data();
        Json project = start.project();
        for (std::size_t count = 1 + below(4); count > 0; --count) damage(project);
        return project;
    }

private:
    std::size_t below(std::size_t bound) { return m_random() % bound; }
    template <class T>
    T oneOf(const std::vector<T>& list) {
        return list[below(list.size())];
    }

    std::string id(const Json& nodes) {
        const Json& node = nodes[below(nodes.size())];
        const bool known = node.is_object() && node.contains("id") && node["id"].is_string();
        return known && below(8) > 0 ? node["id"].get<std::string>() : oneOf<std::string>({"none", "pool:indices", ""});
    }

    Json value() {
        return oneOf<Json>({0, 1, 3, 7, -2, 1e9, 0.5, "same", "relu", "x", nullptr, true, Json::array(), Json::object(),
                            Json::array({1, 2}), Json::array({0, "a"}), Json{{"type", "selu"}}, Json{{"type", 3}}});
    }

    void damage(Json& project) {
        Json& network = project["network"];
        Json& nodes = network.contains("blocks") && below(2) ? network["blocks"][0]["nodes"] : network["nodes"];
        if (nodes.empty()) return;
        Json& node = nodes[below(nodes.size())];
        const std::size_t choice = below(10);
        if (choice == 0) node = value();
        if (choice == 1) nodes.erase(below(nodes.size()));
        if (choice == 2)
            nodes.push_back({{"id", id(nodes)}, {"type", oneOf(layers::shelf().ids())}, {"inputs", {id(nodes)}}});
        if (choice == 3) damageTraining(project["training"]);
        if (choice < 4 || !node.is_object()) return;
        if (choice == 4) node["type"] = below(3) ? Json(oneOf(layers::shelf().ids())) : value();
        if (choice == 5) node["id"] = below(3) ? Json(id(nodes)) : value();
        if (choice == 6) node["inputs"] = below(4) ? Json{id(nodes), id(nodes)} : value();
        if (choice == 7) node["inputs"] = Json::array({id(nodes)});
        if (choice == 8)
            node[oneOf<std::string>({"bypass", "trainable", "learning_rate_factor", "parameters"})] = value();
        if (choice == 9) damageParameter(node);
    }

    void damageParameter(Json& node) {
        Json& parameters = node["parameters"];
        if (!parameters.is_object()) parameters = Json::object();
        parameters[oneOf<std::string>({"units", "filters", "kernel_size", "size", "stride", "padding", "activation",
                                       "entries", "kernel_initializer", "unit"})] = value();
    }

    void damageTraining(Json& training) {
        if (training.contains("losses") && below(2) == 0)
            training["losses"][below(2)][oneOf<std::string>({"output", "target", "type", "weight"})] = value();
        else
            training[oneOf<std::string>({"loss", "optimizer", "batch_size", "metrics", "stopping", "schedule", "clip",
                                         "class_weights", "losses", "seed"})] =
                below(2) ? value() : Json(oneOf<std::string>({"hinge", "cross_entropy", "lbfgs", "adam", "balanced"}));
    }

    std::mt19937 m_random;
};

}  // namespace

class RemediesTest : public QObject {
    Q_OBJECT

private slots:
    void theFirstRemedyIsTheSensibleOne_data() {
        QTest::addColumn<int>("number");
        for (int i = 0; i < static_cast<int>(std::size(cases)); ++i) QTest::newRow(cases[i].name) << i;
    }

    void theFirstRemedyIsTheSensibleOne() {
        QFETCH(int, number);
        const Case& one = cases[number];
        Document document;
        document.open(faulty(one.project(), one.edits), {}, "test");
        const Data data = one.data();
        const Problems problems = problemsOf(document.json(), *data);
        const auto problem = std::ranges::find_if(problems, [&](const Problem& other) {
            return other.where == one.where && other.sentence.starts_with(one.sentence);
        });
        QVERIFY2(problem != problems.end(), qPrintable(text(problems)));
        const std::vector<Remedy> remedies = remediesFor(document, *problem, data.get());
        QVERIFY(!remedies.empty() && remedies.size() <= 3);
        QCOMPARE(remedies[0].label, QString(one.label));
        const std::string before = document.json().dump();
        apply(document, remedies[0]);
        QCOMPARE(document.undoStack().undoText(), remedies[0].label);
        QCOMPARE(document.json().dump(), remedies[0].project.dump());
        const Problems after = problemsOf(document.json(), *data);
        QVERIFY2(errorsIn(after) == 0 && times(after, *problem) == 0, qPrintable(text(after)));
        document.undoStack().undo();
        QCOMPARE(document.json().dump(), before);
    }

    void allOfThemMend_data() { theFirstRemedyIsTheSensibleOne_data(); }

    void allOfThemMend() {
        QFETCH(int, number);
        Document document;
        document.open(faulty(cases[number].project(), cases[number].edits), {}, "test");
        const Data data = cases[number].data();
        mendsEach(document, data);
    }

    void severalFaultsAreMendedOneAfterTheOther_data() {
        QTest::addColumn<int>("number");
        for (int i = 0; i < static_cast<int>(std::size(chains)); ++i) QTest::newRow(chains[i].name) << i;
    }

    void severalFaultsAreMendedOneAfterTheOther() {
        QFETCH(int, number);
        Document document;
        document.open(faulty(forImages(), chains[number].edits), {}, "test");
        const Data data = images();
        QStringList labels;
        for (int step = 0; step < 10; ++step) {
            const Problems problems = problemsOf(document.json(), *data);
            const auto error = std::ranges::find(problems, Severity::Error, &Problem::severity);
            if (error == problems.end()) break;
            const std::vector<Remedy> remedies = remediesFor(document, *error, data.get());
            QVERIFY2(!remedies.empty(), qPrintable(text(problems)));
            apply(document, remedies[0]);
            labels << remedies[0].label;
        }
        const Problems left = problemsOf(document.json(), *data);
        QVERIFY2(errorsIn(left) == 0, qPrintable(labels.join(", ") + "\n" + text(left)));
        if (*chains[number].labels) QCOMPARE(labels.join(", "), QString(chains[number].labels));
    }

    // What reads a faulty layer is not looked at, so connecting to one would silence any complaint.
    void aProblemIsNotHiddenBehindAnother() {
        Document document;
        document.open(faulty(forBranches(), R"([["/network/nodes/2/parameters/stride", 2],
                                                ["/network/nodes/4/inputs", ["wide"]],
                                                ["/network/nodes/6", {"id": "wide", "type": "conv2d", "inputs": ["b"],
                                                                      "parameters": {"kernel_size": 20}}]])"),
                      {}, "test");
        const Data data = images();
        const Problems problems = problemsOf(document.json(), *data);
        QCOMPARE(errorsIn(problems), 3);  // sum, wide, two ends
        for (const Problem& problem : problems)
            for (const Remedy& remedy : remediesFor(document, problem, data.get()))
                QVERIFY2(!remedy.label.startsWith("Connect out") && !remedy.label.startsWith("Connect sum with wide"),
                         qPrintable(remedy.label));
        mendsEach(document, data);
    }

    void withoutDataWhatTheFileSaysIsMended() {
        Document document;
        document.open(faulty(forImages(), R"([["/training/loss", "crossentropy"], ["/network/nodes/4/bypass", 3]])"),
                      {}, "test");
        QCOMPARE(document.problems().size(), 2u);
        for (const Problem& problem : Problems(document.problems())) {
            const std::vector<Remedy> remedies = remediesFor(document, problem, nullptr);
            QVERIFY(!remedies.empty());
            apply(document, remedies[0]);
        }
        QVERIFY(document.problems().empty());
        QCOMPARE(document.value("training.loss"), Json("cross_entropy"));
        const Problem shape{"out", Severity::Error, "A dense layer needs a row of numbers.", "Insert a flatten layer."};
        QVERIFY(remediesFor(document, shape, nullptr).empty());
    }

    void whatNobodySaysIsNotMended() {
        Document document;
        document.open(faulty(forImages(), R"([["/network/nodes/5/parameters/units", 3]])"), {}, "test");
        const Data data = images();
        for (const char* where : {"", "out", "network", "data.path", "training.losses[9].weight", "network.nodes[77]"})
            QVERIFY(remediesFor(document, {where, Severity::Error, "No.", "Never."}, data.get()).empty());
    }

    void whatHappenedMeanwhileStays() {
        Document document;
        document.open(faulty(forImages(), R"([["/network/nodes/5/parameters/units", 3]])"), {}, "test");
        const Data data = images();
        const std::vector<Remedy> remedies =
            remediesFor(document, problemsOf(document.json(), *data).front(), data.get());
        document.setValue("data.seed", "5", "seed");
        document.setView("place", 7);
        apply(document, remedies.at(0));
        QCOMPARE(document.value("data.seed"), Json("5"));
        QCOMPARE(document.value("view.place"), Json(7));
        QVERIFY(problemsOf(document.json(), *data).empty());
    }

    void noRemedyAddsAnErrorWhateverIsWrong() {
        int offered = 0, told = 0;
        for (unsigned seed = 0; seed < 150; ++seed) {
            Data data;
            Document document;
            document.open(Damage(seed).project(data), {}, "test");
            const Counts counts = mendsEach(document, data);
            if (QTest::currentTestFailed()) qWarning() << "seed" << seed << document.json().dump(1).c_str();
            if (QTest::currentTestFailed()) return;
            offered += counts.mended;
            told += counts.told;
        }
        qInfo("%d of %d problems can be mended", offered, told);
        QVERIFY(offered > told / 2);
    }

    void aLargeNetworkIsMendedSoon() {
        Json project = forImages();
        Json& nodes = project["network"]["nodes"];
        std::string last = "in";
        for (int i = 0; i < 12; ++i) {
            const std::string conv = "c" + std::to_string(i), norm = "b" + std::to_string(i);
            const Json filters{{"filters", 8}, {"padding", "same"}};
            nodes.insert(nodes.begin() + 1 + 2 * i, Json{{"id", norm}, {"type", "batch_norm"}, {"inputs", {conv}}});
            nodes.insert(nodes.begin() + 1 + 2 * i,
                         Json{{"id", conv}, {"type", "conv2d"}, {"inputs", {last}}, {"parameters", filters}});
            last = norm;
        }
        nodes[25]["inputs"] = {last};
        const char* faults[] = {
            R"([["/network/nodes/29/inputs", ["pool"]], ["/network/nodes/28", null]])",
            R"([["/network/nodes/29/parameters/units", 3]])",
            R"([["/network/nodes/13/parameters/kernel_size", 20], ["/network/nodes/13/parameters/padding", 0]])",
            R"([["/network/nodes/13/inputs", ["nobody"]]])", R"([["/network/nodes/13/inputs", ["b9"]]])"};
        const Data data = images();
        for (const char* fault : faults) {
            Document document;
            document.open(faulty(project, fault), {}, "test");
            const Problems problems = problemsOf(document.json(), *data);
            QVERIFY(!problems.empty());
            const std::clock_t start = std::clock();
            const std::size_t count = remediesFor(document, problems.front(), data.get()).size();
            const double milliseconds = 1000.0 * static_cast<double>(std::clock() - start) / CLOCKS_PER_SEC;
            qInfo("%.0f ms for %zu remedies: %s", milliseconds, count, base::describe(problems.front()).c_str());
            QVERIFY(count > 0);
            QVERIFY(milliseconds < 1000);  // of a build that searches faults
        }
    }

private:
    struct Counts {
        int told = 0, mended = 0;
    };

    // For every problem: each remedy takes it away and adds no error, and undo leads back.
    static Counts mendsEach(Document& document, const Data& data) {
        Counts counts;
        const Problems problems = problemsOf(document.json(), *data);
        const std::string before = document.json().dump();
        const network::NetworkCheck network = networkIn(document, *data);
        for (const Problem& problem : problems) {
            const std::string unfit = unfitIn(network, document.spec().network, problem);
            const std::vector<Remedy> remedies = remediesFor(document, problem, data.get());
            ++counts.told;
            counts.mended += !remedies.empty();
            for (const Remedy& remedy : remedies) {
                apply(document, remedy);
                const Problems after = problemsOf(document.json(), *data);
                const QString told = remedy.label + " for " + text({problem}) + "leaves\n" + text(after);
                [&] {
                    QVERIFY2(!remedy.label.isEmpty() && !remedy.label.contains("%1"), qPrintable(told));
                    QVERIFY2(errorsIn(after) <= errorsIn(problems), qPrintable(told));
                    QVERIFY2(times(after, problem) < times(problems, problem), qPrintable(told));
                    // It is not hidden behind another one.
                    const auto isOfIt = [&](const Problem& other) {
                        return other.severity == Severity::Error &&
                               (other.where == unfit || other.where.starts_with(unfit + "."));
                    };
                    QVERIFY2(unfit.empty() || !document.spec().network.find(unfit) ||
                                 networkIn(document, *data).find(unfit) || std::ranges::any_of(after, isOfIt),
                             qPrintable(told));
                }();
                document.undoStack().undo();
                [&] { QCOMPARE(document.json().dump(), before); }();
            }
        }
        return counts;
    }
};

QTEST_GUILESS_MAIN(RemediesTest)
#include "RemediesTest.moc"
