#pragma once
// What the network says about the samples of a part, beside what is true: what the probes of results share. Of the
// first output.

#include "engine/training/probes/Probe.h"
#include "engine/training/probes/Ranking.h"

namespace perceptory::training {

// "part" and "samples".
std::vector<base::ParamType> partParameters();

// Rows of the part, at most so many as the settings say.
struct PartRows {
    std::string part;
    std::size_t of = 0;  // how many the part has
    std::vector<std::uint32_t> rows;

    base::Json facts() const { return {{"part", part}, {"samples", rows.size()}, {"of", of}}; }
};
PartRows partRows(const ProbeContext& context, const base::ParamValues& settings);

// What a node puts out for each row, [rows][its units]; empty: the first output, OutputReading::width() numbers.
std::vector<float> outputsOf(const ProbeContext& context, std::span<const std::uint32_t> rows,
                             const std::string& node = {});

// Rows whose class is not known are left out.
struct ClassPredictions {
    PartRows part;
    std::size_t classes = 0;
    std::vector<std::uint32_t> rows;
    std::vector<int> actual, said;     // by row
    std::vector<float> probabilities;  // [rows][classes]
    std::vector<float> scores;         // [rows][classes]: in the order of the probabilities, never cut short

    std::size_t count() const { return rows.size(); }
};
// Throws base::Error when the network does not say one class for a sample.
ClassPredictions classPredictions(const ProbeContext& context, const base::ParamValues& settings);

// "class"; throws base::Error when there is no such class.
std::size_t oneClass(const ClassPredictions& predictions, const base::ParamValues& settings);

// Of one class against all others: partParameters() and "class".
std::vector<base::ParamType> curveParameters();
struct RankedCurve {
    Ranking ranking;
    ProbeResult result;  // values: [points, 3]: x, y, threshold; facts: part, samples, of, class, cases, auc
};
// Throws base::Error as classPredictions(), and when there is no such class.
RankedCurve rankedCurve(const ProbeContext& context, const base::ParamValues& settings,
                        std::vector<CurvePoint> (*curveOf)(const Ranking&));

}  // namespace perceptory::training
