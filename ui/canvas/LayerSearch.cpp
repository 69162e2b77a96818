#include "ui/canvas/LayerSearch.h"

#include <QRegularExpression>
#include <algorithm>
#include <array>

#include "ui/document/EngineText.h"

namespace perceptory::canvas {

namespace {

// How well a word is met: 0 is best; nothing: not at all.
std::optional<int> rankIn(const QString& word, const QString& typed) {
    const QString lower = word.toLower();
    if (lower == typed) return 0;
    if (lower.startsWith(typed)) return 1;
    for (const QString& part : lower.split(QRegularExpression(QStringLiteral("[ _]"))))
        if (part.startsWith(typed)) return 2;
    return lower.contains(typed) ? std::optional(3) : std::nullopt;
}

std::optional<int> rank(const layers::LayerType& type, const QString& typed) {
    std::optional<int> best;
    const auto look = [&](const QString& word) {
        const auto found = rankIn(word, typed);
        if (found && (!best || *found < *best)) best = found;
    };
    look(QString::fromStdString(type.id));
    look(document::shelfText(type.label));
    for (const std::string& synonym : type.synonyms) look(QString::fromStdString(synonym));
    return best;
}

// With the parameters it begins with. A layer of several inputs may get the others later.
QString refusalOf(const layers::LayerType& type, const std::optional<tensor::Shape>& source) {
    if (!source || source->empty() || type.minimumInputs > 1) return {};
    if (type.maximumInputs == 0) return QString::fromStdString(base::sentence("It reads no other layer."));
    const std::vector<tensor::Shape> inputs{*source};
    const base::Json given = base::Json::object();
    const layers::ShapeResult result = type.shape({inputs, base::ParamValues(type.parameters, given)});
    return result.shape ? QString() : QString::fromStdString(result.sentence);
}

// What people put behind such a thing most often, by the number of its axes.
int usualPlace(const layers::LayerType& type, std::size_t axes) {
    static constexpr std::array row{"dense", "dropout", "batch_norm", "activation"};
    static constexpr std::array sequence{"lstm", "gru", "conv1d", "multi_head_attention"};
    static constexpr std::array image{"conv2d", "max_pool", "batch_norm", "flatten"};
    const auto& usual = axes == 3 ? image : axes == 2 ? sequence : row;
    return static_cast<int>(std::ranges::find(usual, type.id) - usual.begin());
}

}  // namespace

std::vector<FoundLayer> findLayers(const QString& typed, const std::optional<tensor::Shape>& source) {
    struct Candidate {
        FoundLayer found;
        std::array<int, 3> order{};
    };
    const QString wanted = typed.trimmed().toLower();
    std::vector<Candidate> candidates;
    for (const layers::LayerType* type : layers::shelf().members()) {
        const auto match = wanted.isEmpty() ? std::optional(0) : rank(*type, wanted);
        if (!match) continue;
        Candidate candidate{{type, refusalOf(*type, source)}, {}};
        candidate.order = {candidate.found.refusal.isEmpty() ? 0 : 1, *match,
                           usualPlace(*type, source ? source->size() : 0)};
        candidates.push_back(std::move(candidate));
    }
    std::ranges::stable_sort(candidates, {}, &Candidate::order);
    std::vector<FoundLayer> result;
    for (Candidate& candidate : candidates) result.push_back(std::move(candidate.found));
    return result;
}

}  // namespace perceptory::canvas
