#include "engine/training/AugmentedBatch.h"

#include "engine/base/Text.h"
#include "engine/data/augmentation/AugmentationCheck.h"

namespace perceptory::training {

namespace {

bool hasMasks(const data::Target& target, const data::Field& field) {
    return target.task == data::Task::Classification && target.targetShape.size() == 2 && field.shape.size() == 3 &&
           target.targetShape[0] == field.shape[0] && target.targetShape[1] == field.shape[1];
}

}  // namespace

std::shared_ptr<const data::AugmentationPolicy> augmentationOf(const RunSpec& spec) {
    if (spec.data.augmentation.empty()) return nullptr;
    return data::AugmentationPolicy::make(spec.data.augmentation);
}

void checkAugmented(const RunSpec& spec, const data::Dataset& dataset, base::Problems& problems) {
    if (spec.data.balance != data::Balance::None && dataset.labels.size() != dataset.count)
        problems.push_back({"data.balance", base::Severity::Error,
                            base::sentence("Rows can be balanced where each has one class, and these have none."),
                            base::sentence("Remove \"balance\".")});
    if (spec.data.augmentation.empty()) return;
    const auto& fields = dataset.pipeline.featureFields();
    const auto x = std::ranges::find(fields, "x", &data::Field::name);
    const data::Field& field = x == fields.end() ? fields.front() : *x;
    data::checkSubject(spec.data.augmentation,
                       {field, dataset.pipeline.tokens().has_value(), dataset.task, dataset.targetShape},
                       "data.augmentation", problems);
}

AugmentedBatch::AugmentedBatch(const data::Dataset& dataset, const data::AugmentationPolicy& policy,
                               const std::vector<Head>& heads, const BatchLoader& loader)
    : m_dataset(dataset), m_heads(heads), m_loader(loader), m_policy(policy) {
    for (const data::Field& field : dataset.pipeline.featureFields()) {
        m_field = field;
        if (field.name == "x") break;
        m_first += static_cast<std::size_t>(field.size());
    }
    if (!dataset.rawMinimum.empty()) {
        m_low = std::ranges::min(dataset.rawMinimum);
        m_high = std::max(m_low + 1e-6f, std::ranges::max(dataset.rawMaximum));
    }
    if (hasMasks(dataset, m_field)) m_pixels = dataset.units();
}

data::AugmentedImage AugmentedBatch::image(Samples& samples, std::size_t i) const {
    const auto& shape = m_field.shape;
    const bool isImage = shape.size() == 3;
    const std::size_t width = m_dataset.pipeline.featureCount();
    data::AugmentedImage result{
        isImage ? shape[0] : 1, isImage ? shape[1] : 1, isImage ? shape[2] : m_field.size(), {}};
    result.values = std::span(samples.features).subspan(i * width + m_first, static_cast<std::size_t>(m_field.size()));
    result.low = m_low;
    result.high = m_high;
    result.mask = std::span(samples.masks).subspan(i * m_pixels, m_pixels);
    return result;
}

void AugmentedBatch::resize(std::size_t rows) {
    const std::size_t width = m_dataset.pipeline.featureCount();
    m_own.features.resize(rows * width);
    m_own.masks.resize(rows * m_pixels);
    if (!m_policy.mixes()) return;
    m_mixed.features.resize(rows * width);
    m_mixed.masks.resize(rows * m_pixels);
    m_partners.resize(rows);
    m_shares.resize(rows);
}

void AugmentedBatch::change(std::size_t i, std::uint32_t row, const BatchTime& time) {
    thread_local std::vector<float> raw;
    const std::size_t width = m_dataset.pipeline.featureCount();
    m_dataset.pipeline.applyFeatures(m_dataset.rawRow(row, raw), 1,
                                     std::span(m_own.features).subspan(i * width, width));
    data::AugmentedImage changed = image(m_own, i);
    std::copy_n(m_dataset.labels.begin() + static_cast<std::ptrdiff_t>(row * m_pixels), m_pixels, changed.mask.begin());
    m_policy.apply(changed, time.seed, time.epoch, time.firstPlace + static_cast<std::uint32_t>(i));
}

void AugmentedBatch::mix(std::size_t i, std::size_t count, const BatchTime& time) {
    const data::BatchPlace place{time.seed, time.epoch, time.batch, static_cast<std::uint32_t>(i),
                                 static_cast<std::uint32_t>(count)};
    const std::size_t width = m_dataset.pipeline.featureCount();
    std::copy_n(m_own.features.begin() + static_cast<std::ptrdiff_t>(i * width), width,
                m_mixed.features.begin() + static_cast<std::ptrdiff_t>(i * width));
    std::copy_n(m_own.masks.begin() + static_cast<std::ptrdiff_t>(i * m_pixels), m_pixels,
                m_mixed.masks.begin() + static_cast<std::ptrdiff_t>(i * m_pixels));
    const auto partner = m_policy.partner(place);
    m_partners[i] = partner.value_or(static_cast<std::uint32_t>(i));
    m_shares[i] = 1;
    if (!partner) return;
    data::AugmentedImage mixed = image(m_mixed, i);
    m_shares[i] = m_policy.mix(mixed, image(m_own, *partner), place);
}

void AugmentedBatch::load(backends::cpu::Executable& executable, const Objective& objective,
                          std::span<const std::uint32_t> rows, const BatchTime& time) {
    resize(rows.size());
    const std::size_t width = m_dataset.pipeline.featureCount(), numbers = rows.size() * width;
    shareRows(executable.pool(), rows.size(), numbers, [&](std::size_t i) { change(i, rows[i], time); });
    if (m_policy.mixes())
        shareRows(executable.pool(), rows.size(), numbers, [&](std::size_t i) { mix(i, rows.size(), time); });
    const std::vector<float>& features = m_policy.mixes() ? m_mixed.features : m_own.features;
    loadInputs(executable, objective.lowered, rows.size(), [&](std::size_t i) {
        thread_local std::vector<float> inputs;
        inputs.resize(m_dataset.features());
        m_dataset.pipeline.prepare(std::span(features).subspan(i * width, width), 1, inputs);
        return inputs.data();
    });
    for (std::size_t h = 0; h < m_heads.size(); ++h) loadHead(executable, objective, h, rows);
}

void AugmentedBatch::loadHead(backends::cpu::Executable& executable, const Objective& objective, std::size_t head,
                              std::span<const std::uint32_t> rows) {
    const HeadLoss& loss = objective.heads[head];
    const bool masks = m_pixels > 0 && m_heads[head].target == 0;
    m_loader.loadTargets(executable, head, loss.target, loss.weight, rows);
    if (masks) loadMasks(executable, m_heads[head], loss, rows.size(), false);
    if (loss.share == ir::none) return;
    std::vector<std::uint32_t> others(rows.size());
    for (std::size_t i = 0; i < rows.size(); ++i) others[i] = rows[m_partners[i]];
    m_loader.loadTargets(executable, head, loss.otherTarget, loss.otherWeight, others);
    if (masks) loadMasks(executable, m_heads[head], loss, rows.size(), true);
    if (!executable.plan().places.contains(loss.share)) return;
    const backends::MatrixView view = executable.view(loss.share);
    for (std::size_t i = 0; i < rows.size(); ++i) *rowOf(view, i) = m_shares[i];
}

void AugmentedBatch::loadMasks(backends::cpu::Executable& executable, const Head& head, const HeadLoss& loss,
                               std::size_t rows, bool others) const {
    const ir::ValueId target = others ? loss.otherTarget : loss.target,
                      weight = others ? loss.otherWeight : loss.weight;
    const std::vector<std::int32_t>& masks = m_policy.mixes() && !others ? m_mixed.masks : m_own.masks;
    for (std::size_t i = 0; i < rows; ++i) {
        const std::size_t from = others ? m_partners[i] : i;
        const std::span<const std::int32_t> mask = std::span(masks).subspan(from * m_pixels, m_pixels);
        if (executable.plan().places.contains(target))
            encodeLabels(mask, head.reading, rowOf(executable.view(target), i));
        if (head.reading.classWeights.empty() || !executable.plan().places.contains(weight)) continue;
        float* weights = rowOf(executable.view(weight), i);
        for (std::size_t p = 0; p < m_pixels; ++p)
            weights[p] = head.reading.classWeights[static_cast<std::size_t>(mask[p])];
    }
}

}  // namespace perceptory::training
