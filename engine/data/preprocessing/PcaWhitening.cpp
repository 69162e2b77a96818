#include "engine/data/preprocessing/LinearMap.h"
#include "engine/data/preprocessing/PrincipalAxes.h"

namespace perceptory::data {

namespace {

// (x - mean) · U / sqrt(variance + epsilon): components with variance 1 and no correlation between them.
std::shared_ptr<const Preprocessor> fit(const FitRequest& request) {
    auto found = principalAxes(request, keptBy(request.values));
    if (!found) return nullptr;
    const std::vector<double> spreads = spreadsOf(*found, request.values.number("epsilon"));
    return std::make_shared<LinearMap>(LinearMap::Output::Components, found->mean, ontoAxes(*found, spreads),
                                       fromAxes(*found, spreads));
}

}  // namespace

const PreprocessingType preprocessing_members::PcaWhitening{
    {"pca_whitening",
     "PCA whitening",
     "Principal components, each divided by its standard deviation: all of them get variance 1, and none is correlated "
     "with another. Measured on at most 20,000 rows, evenly spaced, and at most 4096 columns.",
     {componentsParam(), varianceParam(1), epsilonParam()}},
    fit,
    LinearMap::restore<LinearMap::Output::Components>};

}  // namespace perceptory::data
