#include "engine/project/Shelves.h"

#include "engine/activations/Activation.h"
#include "engine/data/augmentation/Augmentation.h"
#include "engine/data/bundled/BundledSet.h"
#include "engine/data/generators/Generator.h"
#include "engine/data/preprocessing/Preprocessing.h"
#include "engine/data/readers/Reader.h"
#include "engine/exchange/Exporter.h"
#include "engine/initializers/Initializer.h"
#include "engine/layers/Layer.h"
#include "engine/losses/Loss.h"
#include "engine/metrics/Metric.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/regularizers/Regularizer.h"
#include "engine/schedules/Schedule.h"
#include "engine/training/probes/Probe.h"
#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::project {

namespace {

const base::KindType cpu{"cpu", "Processor",
                         "The vector kernels of this machine's processor, on any number of threads."};

}  // namespace

const std::vector<ShelfListing>& shelves() {
    static const std::vector<ShelfListing> all{
        {"layers", "Layers", layers::shelf().kinds()},
        {"activations", "Activations", activations::shelf().kinds()},
        {"initializers", "Initializers", initializers::shelf().kinds()},
        {"regularizers", "Regularizers", regularizers::shelf().kinds()},
        {"losses", "Losses", losses::shelf().kinds()},
        {"metrics", "Metrics", metrics::shelf().kinds()},
        {"optimizers", "Optimizers", optimizers::shelf().kinds()},
        {"schedules", "Learning rate schedules", schedules::shelf().kinds()},
        {"stopping", "Stopping rules", training::stoppingRules().kinds()},
        {"generators", "Generated data", data::generators().kinds()},
        {"readers", "File formats", data::readers().kinds()},
        {"datasets", "Bundled data", data::bundledSets().kinds()},
        {"preprocessing", "Preparation steps", data::preprocessing().kinds()},
        {"augmentation", "Augmentations", data::augmentations().kinds()},
        {"probes", "Measurements inside the network", training::probes().kinds()},
        {"exporters", "Exports", exchange::exporters().kinds()},
        {"importers", "Imports", {}},
        {"devices", "Devices", {&cpu}},
    };
    return all;
}

}  // namespace perceptory::project
