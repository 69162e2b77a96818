#include "app/cli/Shelves.h"

#include "engine/activations/Activation.h"
#include "engine/data/augmentation/Augmentation.h"
#include "engine/data/bundled/BundledSet.h"
#include "engine/data/generators/Generator.h"
#include "engine/data/preprocessing/Preprocessing.h"
#include "engine/data/readers/Reader.h"
#include "engine/initializers/Initializer.h"
#include "engine/layers/Layer.h"
#include "engine/losses/Loss.h"
#include "engine/metrics/Metric.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/regularizers/Regularizer.h"
#include "engine/schedules/Schedule.h"
#include "engine/training/probes/Probe.h"
#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::cli {

namespace {

const base::KindType safetensors{"safetensors", "Safetensors",
                                 "The weights under PyTorch's names and in its layouts, as safetensors reads them."};
const base::KindType npz{"npz", "NumPy archive",
                         "The weights under PyTorch's names and in its layouts, for numpy.load."};
const base::KindType cpu{"cpu", "Processor",
                         "The vector kernels of this machine's processor, on any number of threads."};

}  // namespace

const std::vector<ShelfListing>& shelves() {
    static const std::vector<ShelfListing> all{
        {"layers", layers::shelf().kinds()},
        {"activations", activations::shelf().kinds()},
        {"initializers", initializers::shelf().kinds()},
        {"regularizers", regularizers::shelf().kinds()},
        {"losses", losses::shelf().kinds()},
        {"metrics", metrics::shelf().kinds()},
        {"optimizers", optimizers::shelf().kinds()},
        {"schedules", schedules::shelf().kinds()},
        {"stopping", training::stoppingRules().kinds()},
        {"generators", data::generators().kinds()},
        {"readers", data::readers().kinds()},
        {"datasets", data::bundledSets().kinds()},
        {"preprocessing", data::preprocessing().kinds()},
        {"augmentation", data::augmentations().kinds()},
        {"probes", training::probes().kinds()},
        {"exporters", {&safetensors, &npz}},
        {"importers", {}},
        {"devices", {&cpu}},
    };
    return all;
}

}  // namespace perceptory::cli
