#include "engine/training/Trainer.h"

#include <doctest/doctest.h>
#include <malloc.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdlib>
#include <limits>
#include <new>

#include "engine/backends/KernelLibrary.h"
#include "engine/training/RunCheck.h"
#include "tests/engine/training/Fixtures.h"

using namespace perceptory;
using namespace perceptory::training;
using base::Json;

namespace {

thread_local long allocations = 0;
thread_local std::int64_t held = 0, mostHeld = 0;  // bytes

}  // namespace

// Counts what a training step allocates, in every way there is to ask for memory.
namespace {

void* counted(std::size_t size, std::size_t alignment = alignof(std::max_align_t)) {
    ++allocations;
    void* memory =
        std::aligned_alloc(alignment, (std::max<std::size_t>(size, 1) + alignment - 1) / alignment * alignment);
    held += static_cast<std::int64_t>(malloc_usable_size(memory));
    mostHeld = std::max(mostHeld, held);
    return memory;
}

void* orThrow(void* memory) {
    if (!memory) throw std::bad_alloc();
    return memory;
}

}  // namespace

#define COUNTED [[gnu::noinline]] void*
COUNTED operator new(std::size_t size) { return orThrow(counted(size)); }
COUNTED operator new[](std::size_t size) { return orThrow(counted(size)); }
COUNTED operator new(std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
COUNTED operator new[](std::size_t size, const std::nothrow_t&) noexcept { return counted(size); }
COUNTED operator new(std::size_t size, std::align_val_t a) {
    return orThrow(counted(size, static_cast<std::size_t>(a)));
}
COUNTED operator new[](std::size_t size, std::align_val_t a) {
    return orThrow(counted(size, static_cast<std::size_t>(a)));
}
#undef COUNTED
namespace {

void released(void* memory) {
    held -= static_cast<std::int64_t>(malloc_usable_size(memory));
    std::free(memory);
}

}  // namespace

#define RELEASED [[gnu::noinline]] void
RELEASED operator delete(void* memory) noexcept { released(memory); }
RELEASED operator delete[](void* memory) noexcept { released(memory); }
RELEASED operator delete(void* memory, std::size_t) noexcept { released(memory); }
RELEASED operator delete[](void* memory, std::size_t) noexcept { released(memory); }
RELEASED operator delete(void* memory, const std::nothrow_t&) noexcept { released(memory); }
RELEASED operator delete[](void* memory, const std::nothrow_t&) noexcept { released(memory); }
RELEASED operator delete(void* memory, std::align_val_t) noexcept { released(memory); }
RELEASED operator delete[](void* memory, std::align_val_t) noexcept { released(memory); }
#undef RELEASED

namespace {

void fill(Trainer& trainer, const std::string& parameter, float value) {
    for (const network::Parameter& known : trainer.network().parameters())
        if (known.name == parameter)
            std::ranges::fill(trainer.weights().floats().subspan(static_cast<std::size_t>(known.offset),
                                                                 static_cast<std::size_t>(known.count)),
                              value);
}

}  // namespace

TEST_CASE("a circle is learned") {
    Trainer trainer = makeTrainer(planeProject("circle", {4, 2}));
    const double before = trainer.evaluate(trainer.dataset().parts.test).loss;
    trainSteps(trainer, 3000);
    const Evaluation after = trainer.evaluate(trainer.dataset().parts.test);
    CHECK(before > 0.7);
    CHECK(after.loss < 0.35);
    CHECK(after.metrics.at("accuracy") > 0.85);
}

TEST_CASE("a run holds as many bytes as the check says, within 15 %") {
    const Json convolution{{"filters", 16}, {"padding", "same"}, {"activation", "relu"}};
    Json images = planeProject("circle", {});
    images["data"] = {{"source", "dataset"}, {"id", "digits"}, {"seed", "1"}};
    images["network"]["nodes"] = {{{"id", "in"}, {"type", "input"}},
                                  {{"id", "c"}, {"type", "conv2d"}, {"inputs", {"in"}}, {"parameters", convolution}},
                                  {{"id", "p"}, {"type", "max_pool"}, {"inputs", {"c"}}},
                                  {{"id", "n"}, {"type", "batch_norm"}, {"inputs", {"p"}}},
                                  {{"id", "f"}, {"type", "flatten"}, {"inputs", {"n"}}},
                                  {{"id", "o"}, {"type", "dense"}, {"inputs", {"f"}}, {"parameters", {{"units", 10}}}}};
    images["training"] = {{"loss", "softmax_cross_entropy"}, {"optimizer", "adam"}, {"batch_size", 128}, {"seed", "1"}};
    const Json wide = planeProject("spiral", {700, 700}, {{"optimizer", "adam"}, {"batch_size", 100}});
    // A class for every pixel.
    Json masks = images;
    masks["data"] = {
        {"source", "generator"}, {"id", "shapes_masks"}, {"parameters", {{"samples", 300}}}, {"seed", "1"}};
    masks["network"]["nodes"] = {
        {{"id", "in"}, {"type", "input"}},
        {{"id", "c"}, {"type", "conv2d"}, {"inputs", {"in"}}, {"parameters", convolution}},
        {{"id", "o"}, {"type", "conv2d"}, {"inputs", {"c"}}, {"parameters", {{"filters", 5}, {"kernel_size", 1}}}}};
    masks["training"]["batch_size"] = 16;
    masks["training"]["metrics"] = {"accuracy", "iou"};
    for (const Json& project : {images, wide, masks}) {
        const RunSpec spec = runSpec(project);
        const auto dataset = loadData(spec);
        const std::int64_t before = mostHeld = held;
        Trainer trainer(spec, dataset);
        RestorePoint point = trainer.save();
        trainSteps(trainer, static_cast<int>(trainer.stepsPerEpoch()));
        for (const auto* part : {&dataset->parts.train, &dataset->parts.test}) trainer.evaluate(*part);
        trainer.save(point);
        std::ranges::fill(trainer.weights().floats(), std::numeric_limits<float>::quiet_NaN());
        trainer.save(point);
        const Divergence found = trainer.locate(std::move(point));
        CHECK(!found.node.empty());
        const MemoryEstimate told = checkRun(spec, *dataset).memory;
        const auto most = static_cast<double>(mostHeld - before),
                   expected = static_cast<double>(told.total() - told.data);
        CAPTURE(most);
        CAPTURE(expected);
        CHECK(std::abs(most - expected) <= 0.15 * most);
    }
}

TEST_CASE("equal seeds give equal bits with one thread and with two, other seeds do not") {
    // Wide enough for the general plan to use both threads.
    Json project = planeProject("spiral", {300, 300}, {{"batch_size", 100}});
    TrainerOptions two{.threads = 2};
    Trainer a = makeTrainer(project), b = makeTrainer(project, two);
    REQUIRE(!a.tiny());
    trainSteps(a, 20);
    trainSteps(b, 20);
    CHECK(weightsOf(a) == weightsOf(b));
    project["training"]["seed"] = "43";
    Trainer c = makeTrainer(project);
    trainSteps(c, 20);
    CHECK(weightsOf(a) != weightsOf(c));
}

TEST_CASE("the tiny plan and the general plan agree") {
    const std::vector<Json> variants{
        {},
        {{"optimizer", "adam"}},
        {{"optimizer", {{"type", "rmsprop"}}}, {"batch_size", 30}},
        {{"optimizer", {{"type", "momentum"}, {"parameters", {{"learning_rate", 0.01}}}}}, {"batch_size", 7}},
        {{"loss", "hinge"}},
        {{"schedule", {{"type", "step"}, {"parameters", {{"every", 3}}}}}},
        {{"schedule", {{"type", "exponential"}, {"per", "step"}, {"parameters", {{"gamma", 0.99}}}}}},
        {{"class_weights", {1, 3}}},
        {{"class_weights", "balanced"}, {"optimizer", "adam"}},
        {{"schedule", {{"type", "one_cycle"}, {"per", "step"}, {"parameters", {{"length", 60}}}}},
         {"optimizer", "momentum"}},
        {{"schedule", {{"type", "cyclic"}, {"parameters", {{"up", 2}, {"down", 3}}}}}, {"optimizer", "adam"}},
    };
    for (const Json& variant : variants) {
        CAPTURE(variant.dump());
        for (const char* isa : {"base", "v3", "v4"}) {
            CAPTURE(isa);
            Json project = planeProject("xor", {5, 3}, variant);
            project["network"]["nodes"][1]["parameters"]["regularizer"] = {{"type", "l2"},
                                                                           {"parameters", {{"rate", 0.01}}}};
            TrainerOptions tiny{.isa = isa}, general{.isa = isa, .tinyPlans = false};
            try {
                backends::kernels(isa);
            } catch (const base::Error&) {
                continue;  // this machine cannot run it
            }
            Trainer a = makeTrainer(project, tiny), b = makeTrainer(project, general);
            REQUIRE(a.tiny());
            REQUIRE(!b.tiny());
            trainSteps(a, 50);
            trainSteps(b, 50);
            REQUIRE(a.progress() == b.progress());
            const auto wa = weightsOf(a), wb = weightsOf(b);
            double largest = 0;
            for (std::size_t i = 0; i < wa.size(); ++i) largest = std::max(largest, double(std::abs(wa[i] - wb[i])));
            CHECK(largest < 2e-5);
        }
    }
}

TEST_CASE("a training step allocates nothing") {
    const Json cycling{{"optimizer", "adam"}, {"schedule", {{"type", "one_cycle"}, {"per", "step"}}}};
    const struct {
        bool tiny;
        Json training;
    } cases[] = {{true, {}}, {false, {}}, {true, cycling}, {false, cycling}};
    for (const auto& [tiny, training] : cases) {
        CAPTURE(tiny);
        CAPTURE(training.dump());
        Trainer trainer = makeTrainer(planeProject("gauss", {8, 8}, training), {.tinyPlans = tiny});
        std::vector<double> losses(100);
        trainSteps(trainer, 25);  // plans are built, buffers have grown
        const long before = allocations;
        for (int i = 0; i < 20; ++i) trainer.runSteps(100, losses.data());
        CHECK(allocations - before == 0);
    }
}

TEST_CASE("a restored run goes on as the first did") {
    Trainer trainer = makeTrainer(planeProject("moons", {6}, {{"optimizer", "adam"}}));
    trainSteps(trainer, 33);
    const RestorePoint point = trainer.save();
    trainSteps(trainer, 40);
    const auto first = weightsOf(trainer);
    trainer.restore(point);
    CHECK(trainer.progress() == point.progress);
    trainSteps(trainer, 40);
    CHECK(weightsOf(trainer) == first);
}

TEST_CASE(
    "L-BFGS learns a circle in a few full-batch steps, with equal bits for one thread and two, and after a restore") {
    const Json searching{{"type", "lbfgs"}, {"parameters", {{"line_search", true}}}};
    const Json project = planeProject("circle", {80}, {{"optimizer", searching}, {"batch_size", 100}});
    Trainer one = makeTrainer(project), two = makeTrainer(project, {.threads = 2});
    REQUIRE(!one.tiny());
    trainSteps(one, 3);
    trainSteps(two, 3);
    const RestorePoint point = one.save();
    trainSteps(one, 3);
    trainSteps(two, 3);
    CHECK(weightsOf(one) == weightsOf(two));
    CHECK(one.evaluate(one.dataset().parts.train).loss < 0.05);
    two.restore(point);
    trainSteps(two, 3);
    CHECK(weightsOf(one) == weightsOf(two));
}

TEST_CASE("divergence names the node and leaves the last finite weights") {
    for (const bool tiny : {true, false}) {
        CAPTURE(tiny);
        Json project =
            planeProject("plane", {4}, {{"optimizer", {{"type", "sgd"}, {"parameters", {{"learning_rate", 10.0}}}}}});
        project["network"]["nodes"][1]["parameters"]["activation"] = "linear";
        project["network"]["nodes"][2]["parameters"]["activation"] = "linear";
        Trainer trainer = makeTrainer(project, {.tinyPlans = tiny});
        const RestorePoint start = trainer.save();
        std::vector<double> losses(1000);
        bool finite = true;
        while (finite && trainer.progress().step < 5000) {
            const int done = trainer.runSteps(100, losses.data());
            for (int i = 0; i < done; ++i) finite = finite && std::isfinite(losses[static_cast<std::size_t>(i)]);
            finite = finite && trainer.finite();
        }
        REQUIRE(!finite);
        const Divergence found = trainer.locate(start);
        CHECK(trainer.finite());
        CHECK(trainer.progress().step + 1 == found.step);
        CHECK(found.calm.progress.step < found.step);
        CHECK(found.sentence.find("step " + std::to_string(found.step)) != std::string::npos);
        CHECK(found.sentence.find("learning rate") != std::string::npos);
        trainSteps(trainer, 1);
        CHECK(!(trainer.finite() && std::isfinite(trainer.evaluate(trainer.dataset().parts.train).loss)));
    }
}

TEST_CASE("divergence names the first node that overflows") {
    struct Case {
        float hidden, out;  // the bias of every hidden unit, the weights of the output
        const char* node;
    };
    // 3e38 is finite and twice it is not; 1e25 is finite and its square is not.
    for (const auto& [hidden, out, node] : {Case{1, 3e38f, "out"}, Case{3e38f, 2, "out"}, Case{1e25f, 1, "loss"}})
        for (const bool tiny : {true, false}) {
            CAPTURE(node);
            CAPTURE(tiny);
            Json project = planeProject("plane", {4}, {{"optimizer", "sgd"}});
            for (const std::size_t layer : {1, 2})
                project["network"]["nodes"][layer]["parameters"]["activation"] = "linear";
            Trainer trainer = makeTrainer(project, {.tinyPlans = tiny});
            fill(trainer, "h1.bias", hidden);
            fill(trainer, "out.weight", out);
            const Divergence found = trainer.locate(trainer.save());
            CHECK(found.node == node);
            CHECK(found.sentence.find("in step 1. Nothing was learned yet: ") != std::string::npos);
            fill(trainer, "h1.weight", 3e38f);
            CHECK(trainer.locate(trainer.save()).node == "h1");
        }
}

TEST_CASE("a changed batch size waits for the next epoch") {
    Json project = planeProject("circle", {4});
    Trainer before = makeTrainer(project);
    trainSteps(before, 3);
    project["training"]["batch_size"] = 50;
    Trainer after = makeTrainer(project);
    Attic attic;
    after.take(before, attic);
    CHECK(after.stepsPerEpoch() == 10);
    trainSteps(after, 7);
    CHECK(after.progress().epoch == 1);
    trainSteps(after, 2);
    CHECK(after.progress().epoch == 2);
}

TEST_CASE("frozen layers stay as they are") {
    Json project = planeProject("circle", {4});
    project["network"]["nodes"][1]["trainable"] = false;
    Trainer trainer = makeTrainer(project);
    const auto before = weightsOf(trainer);
    trainSteps(trainer, 20);
    const auto after = weightsOf(trainer);
    for (const network::Parameter& parameter : trainer.network().parameters()) {
        bool same = true;
        for (std::int64_t i = 0; i < parameter.count; ++i)
            same = same && before[static_cast<std::size_t>(parameter.offset + i)] ==
                               after[static_cast<std::size_t>(parameter.offset + i)];
        CHECK(same == (parameter.node == "h1"));
    }
}
