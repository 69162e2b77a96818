// probe: the options of the contract on each probe, and refusals where one makes no sense.
#include <doctest/doctest.h>

#include <numeric>

#include <cstring>

#include "app/cli/Errors.h"
#include "app/cli/OutputFile.h"
#include "engine/base/Error.h"
#include "engine/exchange/Numpy.h"
#include "engine/exchange/WrittenWeights.h"
#include "tests/app/Projects.h"

using namespace perceptory;
using test::Outcome;

namespace {

struct Array {
    std::string shape;
    std::vector<float> values;
};

Array arrayIn(const std::string& path) {
    const std::string bytes = support::contentOf(path);
    const std::size_t begin = bytes.find('(', 0), end = bytes.find(')', begin);
    REQUIRE(end != std::string::npos);
    const std::size_t header = 10 + static_cast<unsigned char>(bytes[8]) + 256u * static_cast<unsigned char>(bytes[9]);
    Array array{bytes.substr(begin, end - begin + 1), std::vector<float>((bytes.size() - header) / 4)};
    std::memcpy(array.values.data(), bytes.data() + header, bytes.size() - header);
    return array;
}

struct Probed {
    support::Folder folder;
    std::string model;

    explicit Probed(const base::Json& project) : model(test::trained(folder, project, 3)) {}

    Outcome run(std::vector<std::string> more, const std::string& name = "o.npy") const {
        std::vector<std::string> all{"probe", model, "--output", folder / name, "--what"};
        all.insert(all.end(), more.begin(), more.end());
        return test::run(all);
    }
    Array array(const std::vector<std::string>& more) const {
        const Outcome outcome = run(more);
        REQUIRE_MESSAGE(outcome.code == 0, outcome.err);
        return arrayIn(folder / "o.npy");
    }
    void refused(const std::vector<std::string>& more, const std::string& words) const {
        const Outcome outcome = run(more, "refused.npy");
        CAPTURE(outcome.err);
        CHECK(outcome.code == 2);
        CHECK(outcome.says(words));
        CHECK(!std::filesystem::exists(folder / "refused.npy"));
    }
};

}  // namespace

TEST_CASE("--node picks the maps and the activations of one node") {
    const Probed probe(test::circleProject());
    const Array all = probe.array({"neuron_maps", "--set", "size=10"});
    const Array second = probe.array({"neuron_maps", "--node", "h2", "--set", "size=10"});
    CHECK(all.shape == "(7, 1, 10, 10)");
    CHECK(second.shape == "(2, 1, 10, 10)");
    CHECK(second.values == std::vector(all.values.begin() + 400, all.values.begin() + 600));
    const Array sample = probe.array({"activations", "--sample", "3"});
    const Array hidden = probe.array({"activations", "--sample", "3", "--node", "h1"});
    CHECK(hidden.shape == "(4, )");
    CHECK(hidden.values == std::vector(sample.values.begin() + 2, sample.values.begin() + 6));
    CHECK(probe.run({"neuron_maps", "--node", "h1"}, "n.png").code == 0);
}

TEST_CASE("--split and --input give the activations of all their rows") {
    const Probed probe(test::circleProject());
    const Array part = probe.array({"activations", "--split", "train", "--node", "h1"});
    CHECK(part.shape == "(30, 4)");
    const Array fifth = probe.array({"activations", "--split", "train", "--sample", "5", "--node", "h1"});
    CHECK(fifth.values == std::vector(part.values.begin() + 20, part.values.begin() + 24));
    support::writeContent(probe.folder / "new.csv", "x2,x1\n0.25,0.5\n4,-4\n");
    const Array file = probe.array({"activations", "--input", probe.folder / "new.csv"});
    CHECK(file.shape == "(2, 9)");
    CHECK(file.values[0] == 0.5f);
    const Array place = probe.array({"activations", "--set", "x=0.5", "--set", "y=0.25"});
    CHECK(place.values == std::vector(file.values.begin(), file.values.begin() + 9));
}

TEST_CASE("--class gives the probability of one class, by name or number") {
    const Probed probe(test::irisProject());
    std::vector<float> sum(100);
    for (const char* name : {"setosa", "1", "virginica"}) {
        const Array array = probe.array({"decision_boundary", "--class", name, "--set", "size=10"});
        CHECK(array.shape == "(1, 1, 10, 10)");
        for (std::size_t i = 0; i < sum.size(); ++i) sum[i] += array.values[i];
    }
    for (const float share : sum) CHECK(share == doctest::Approx(1));
    CHECK(probe.run({"decision_boundary", "--class", "setosa"}, "one.png").code == 0);
    CHECK(probe.run({"decision_boundary"}, "all.png").code == 0);
    CHECK(support::contentOf(probe.folder / "one.png") != support::contentOf(probe.folder / "all.png"));
}

TEST_CASE("a boundary can show one part of the data, or the rows of a file") {
    const Probed probe(test::circleProject());
    for (const char* split : {"train", "test"})
        CHECK(probe.run({"decision_boundary", "--split", split}, std::string(split) + ".png").code == 0);
    CHECK(support::contentOf(probe.folder / "train.png") != support::contentOf(probe.folder / "test.png"));
    support::writeContent(probe.folder / "new.csv", "x1,x2,label\n10,20,1\n30,-20,0\n");
    const Outcome outcome = probe.run({"decision_boundary", "--input", probe.folder / "new.csv"}, "file.png");
    CHECK_MESSAGE(outcome.code == 0, outcome.err);
    CHECK(support::contentOf(probe.folder / "file.png") != support::contentOf(probe.folder / "train.png"));
}

TEST_CASE("what a class rests on comes as images, of one sample or of a part, and as a picture") {
    base::Json project = test::circleProject();
    project["data"] = {{"source", "dataset"}, {"id", "digits"}, {"seed", "1"}};
    project["network"]["nodes"] = {
        {{"id", "in"}, {"type", "input"}},
        {{"id", "c"}, {"type", "conv2d"}, {"inputs", {"in"}}, {"parameters", {{"filters", 2}}}},
        {{"id", "f"}, {"type", "flatten"}, {"inputs", {"c"}}},
        {{"id", "o"}, {"type", "dense"}, {"inputs", {"f"}}, {"parameters", {{"units", 10}}}}};
    project["training"] = {{"loss", "softmax_cross_entropy"}, {"optimizer", "adam"}};
    const Probed probe(project);
    const Array one = probe.array({"saliency", "--sample", "3", "--class", "7"});
    CHECK(one.shape == "(1, 1, 8, 8)");
    CHECK(one.values != probe.array({"saliency", "--sample", "3", "--class", "2"}).values);
    CHECK(probe.array({"integrated_gradients", "--split", "test"}).shape == "(359, 1, 8, 8)");
    CHECK(probe.array({"grad_cam", "--sample", "3", "--node", "c"}).shape == "(1, 1, 6, 6)");
    CHECK(probe.run({"saliency", "--sample", "3"}, "s.png").code == 0);
    probe.refused({"saliency", "--node", "c"}, "not about a layer");
    CHECK(probe.array({"guided_grad_cam", "--sample", "3", "--node", "c"}).shape == "(1, 1, 8, 8)");
    CHECK(probe.array({"distributions", "--set", "of=gradients", "--set", "bins=8"}).shape == "(2, 8)");
    CHECK(probe.array({"distributions", "--node", "c", "--set", "bins=8"}).shape == "(1, 8)");
    probe.refused({"distributions", "--split", "test"}, "Leave --split out");
    CHECK(probe.array({"class_report", "--split", "test"}).shape == "(10, 4)");
    CHECK(probe.array({"top_losses", "--set", "most=5"}).shape == "(5, 4)");
    probe.refused({"top_losses", "--node", "c"}, "Leave --node out");
    CHECK(probe.array({"embedding", "--node", "f", "--set", "method=pca", "--set", "samples=50"}).shape == "(50, 2)");
    const auto samplesIn = [&](const char* part) {
        const Array counts = probe.array({"confusion", "--split", part});
        return std::accumulate(counts.values.begin(), counts.values.end(), 0.0f);
    };
    CHECK(samplesIn("test") == 359);
    CHECK(samplesIn("train") == 1438);
    probe.refused({"confusion", "--sample", "3"}, "leave --sample out");
}

TEST_CASE("options a probe has no use for are refused with what to do instead") {
    const Probed probe(test::circleProject());
    probe.refused({"activations", "--class", "1"}, "--class 1: what neurons put out does not depend on a class");
    probe.refused({"neuron_maps", "--class", "1"}, "Leave --class out");
    probe.refused({"decision_boundary", "--class", "7"}, "Choose one of: 0, 1.");
    probe.refused({"decision_boundary", "--node", "h1"}, "--what neuron_maps --node");
    probe.refused({"decision_boundary", "--sample", "1"}, "leave --sample out");
    probe.refused({"decision_boundary", "--split", "test"}, "Write a .png");
    probe.refused({"neuron_maps", "--split", "test"}, "Leave --split out");
    probe.refused({"neuron_maps", "--node", "h9"}, "Choose one of: h1, h2, out.");
    probe.refused({"activations", "--node", "h9"}, "Choose one of: in, h1, h2, out.");
    probe.refused({"activations", "--split", "validation"}, "no rows");
    probe.refused({"activations", "--sample", "60"}, "--sample 60: choose a row from 0 to 59.");
    const Probed plane(test::planeProject());
    plane.refused({"decision_boundary", "--class", "1"}, "predicts numbers");
}

TEST_CASE("an archive that reads back differently is removed, whatever is wrong with it") {
    const support::Folder folder;
    const std::string path = folder / "w.npz";
    tensor::NamedTensors tensors;
    tensors.push_back({"h1.weight", {2, 3}, tensor::Buffer(6)});
    for (int i = 0; i < 6; ++i) tensors[0].values.set(i, i + 0.5);
    tensors.push_back({"h1.bias", {2}, tensor::Buffer(2)});
    std::vector<exchange::ArchiveEntry> entries;
    for (const tensor::NamedTensor& tensor : tensors)
        entries.push_back({tensor.name + ".npy", exchange::npyBytes(tensor.shape, tensor.values.floats())});
    const std::string good = exchange::zipBytes(entries);
    cli::writeOutput(path, good);
    exchange::checkedWeights(tensors, path, exchange::readNpz);
    CHECK(exchange::readNpz(path)[0].shape == tensor::Shape{2, 3});
    CHECK(std::filesystem::exists(path));

    std::vector<std::string> bad{good.substr(0, good.size() / 2), good.substr(0, good.size() - 1), "", "PK\x03\x04"};
    for (const std::size_t at : {std::size_t{100}, std::size_t{180}, good.size() - 4}) {
        bad.push_back(good);
        bad.back()[at] ^= 1;
    }
    bad.push_back(exchange::zipBytes({entries[0]}));
    bad.push_back(
        exchange::zipBytes({entries[0], {"h1.bias.npy", exchange::npyBytes({1, 2}, tensors[1].values.floats())}}));
    for (const std::string& bytes : bad) {
        cli::writeOutput(path, bytes);
        CHECK_THROWS_AS(exchange::checkedWeights(tensors, path, exchange::readNpz), base::Error);
        CHECK(!std::filesystem::exists(path));
    }
}

TEST_CASE("both formats of weights say that they were read back") {
    const support::Folder folder;
    const std::string model = test::trained(folder, test::irisProject(), 1);
    for (const char* format : {"npz", "safetensors"}) {
        const Outcome outcome = test::run({"export", model, "--format", format, "--output", folder / "w"});
        CHECK(outcome.code == 0);
        CHECK(outcome.out.find("read back and found equal") != std::string::npos);
    }
}
