// Samples as places in a plane, by what a layer puts out for them: those that the layer takes for alike lie close
// together. Values: [samples, 2]. Facts: as LayerRows.h has them.

#include "engine/training/probes/Embed.h"
#include "engine/training/probes/LayerRows.h"

namespace perceptory::training {

namespace {

ProbeResult measure(const ProbeContext& context, const base::ParamValues& settings) {
    ProbeResult result = layerRows(context, settings);
    const std::int64_t samples = result.shape[0];
    const TsneSettings tsneSettings{.perplexity = settings.number("perplexity"),
                                    .iterations = static_cast<int>(settings.integer("iterations"))};
    result.values = settings.text("method") == "pca" ? principalComponents(result.values, samples, 2)
                                                     : tsne(result.values, samples, tsneSettings);
    result.shape[1] = 2;
    return result;
}

std::vector<base::ParamType> parameters() {
    std::vector<base::ParamType> all = layerRowParameters();
    all.push_back(base::choiceParam("method", "Method", "Principal components, or t-SNE.", "tsne", {"pca", "tsne"},
                                    base::Changes::NextBatch));
    all.push_back(base::numberParam("perplexity", "Perplexity", "How many neighbours count, about.", 30, 1, 1000));
    all.push_back(base::integerParam("iterations", "Iterations", "Of t-SNE.", 750, 1, 100'000));
    return all;
}

}  // namespace

const ProbeType EmbeddingProbe{
    {"embedding", "Embedding", "A layer's outputs in a plane, by principal components or t-SNE (van der Maaten 2014).",
     parameters()},
    measure};

}  // namespace perceptory::training
