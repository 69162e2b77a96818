#pragma once
// A plan is a graph bound to a batch size: the operations somebody asked for, in order, with a place in memory for
// every value. It knows no device; a backend turns it into calls.

#include <map>
#include <vector>

#include "engine/ir/Graph.h"

namespace perceptory::ir {

enum class Region { Arena, Weights, Gradients };

// Where a value lies, as a matrix: rows (the batch) × columns (one sample's values).
struct Place {
    Region region = Region::Arena;
    std::int64_t offset = 0;  // elements from the start of the region
    std::int64_t rows = 0;
    std::int64_t columns = 0;
    std::int64_t stride = 0;  // elements from row to row, ≥ columns
    std::int64_t halo = 0;    // zero pixels around an image inside the row; 0 so far, kernels with borders read it
};

struct PlanStep {
    Operation operation;
    std::vector<Place> inputs;  // columns = 0 where an optional input is left out
    std::vector<Place> outputs;
    double work = 0;  // estimated multiply-adds
    // outputs[0] is a gradient in its final place, and no later step reads it or the weights it belongs to.
    bool lastWord = false;
};

struct Plan {
    std::int64_t batch = 0;
    std::int64_t arena = 0;  // elements
    std::vector<PlanStep> steps;
    std::map<ValueId, Place> places;  // of inputs, constants and the kept values
    std::vector<std::pair<Place, std::vector<double>>> constants;
};

// Which kernels a plan may use: the fastest, or only those that compute one primitive each in the order of its formula,
// as other frameworks do, for comparisons.
enum class Kernels { Fast, Parity };

struct PlanRequest {
    std::int64_t batch = 1;
    std::vector<ValueId> keep{};  // results that must survive the run
    // Gradients: the value, and the offset in the gradient buffer (that of its parameter) where it must end up.
    std::vector<std::pair<ValueId, std::int64_t>> gradients{};
    Kernels kernels = Kernels::Fast;
};

// Which operations somebody asked for, by index.
std::vector<bool> operationsThatRun(const Graph& graph, const PlanRequest& request);

// Prunes what nobody asked for, gives values whose lifetimes do not overlap the same memory (largest first), and marks
// reshapes as aliases. Throws base::Error when the sizes overflow.
Plan compilePlan(const Graph& graph, const PlanRequest& request);

}  // namespace perceptory::ir
