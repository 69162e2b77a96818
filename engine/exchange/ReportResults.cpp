#include "engine/exchange/ReportResults.h"

#include <algorithm>
#include <set>

#include "engine/exchange/ReportDrawing.h"

namespace perceptory::exchange {

namespace {

constexpr std::size_t mostSamples = 16, mostColumns = 8, mostClassesInMatrix = 30;

struct Part {
    const char* name;
    const std::vector<std::uint32_t>* rows;
};

std::vector<Part> partsOf(const data::Dataset& dataset) {
    std::vector<Part> parts;
    for (const Part& part : {Part{"training", &dataset.parts.train}, Part{"validation", &dataset.parts.validation},
                             Part{"test", &dataset.parts.test}})
        if (!part.rows->empty()) parts.push_back(part);
    return parts;
}

std::string row(const char* tag, const std::vector<std::string>& cells) {
    std::string text = "<tr>";
    for (const std::string& cell : cells) text += std::string("<") + tag + '>' + cell + "</" + tag + '>';
    return text + "</tr>\n";
}

using Matrix = std::vector<std::vector<std::int64_t>>;

std::string className(const std::vector<std::string>& names, std::size_t index) {
    return htmlText(index < names.size() ? names[index] : std::to_string(index));
}

// Precision TP / (TP + FP), recall TP / (TP + FN), F1 their harmonic mean; a quotient of nothing is a dash.
std::string classesHtml(const Matrix& matrix, const std::vector<std::string>& names) {
    std::string text = "<table>\n" + row("th", {"class", "samples", "precision", "recall", "F1"});
    const auto share = [](double part, double whole) {
        return whole > 0 ? htmlNumber(part / whole) : std::string("–");
    };
    for (std::size_t i = 0; i < matrix.size(); ++i) {
        double actual = 0, predicted = 0;
        for (std::size_t k = 0; k < matrix.size(); ++k) {
            actual += static_cast<double>(matrix[i][k]);
            predicted += static_cast<double>(matrix[k][i]);
        }
        const auto right = static_cast<double>(matrix[i][i]);
        text += row("td", {className(names, i), htmlNumber(actual), share(right, predicted), share(right, actual),
                           share(2 * right, actual + predicted)});
    }
    return text + "</table>\n";
}

std::string confusionHtml(const Matrix& matrix, const std::vector<std::string>& names) {
    if (matrix.size() > mostClassesInMatrix) return {};
    std::vector<std::string> head{"is ╲ told"};
    for (std::size_t i = 0; i < matrix.size(); ++i) head.push_back(className(names, i));
    std::string text = "<div class=\"wide\"><table class=\"matrix\">\n" + row("th", head);
    for (std::size_t i = 0; i < matrix.size(); ++i) {
        text += "<tr><th>" + className(names, i) + "</th>";
        for (std::size_t k = 0; k < matrix.size(); ++k)
            text += std::string(i == k             ? "<td class=\"right\">"
                                : matrix[i][k] > 0 ? "<td class=\"wrong\">"
                                                   : "<td>") +
                    std::to_string(matrix[i][k]) + "</td>";
        text += "</tr>\n";
    }
    return text + "</table></div>\n";
}

// The first values of a row, or its picture.
std::string inputHtml(const data::Dataset& dataset, std::size_t index) {
    std::vector<float> scratch;
    const std::span<const float> raw = dataset.rawRow(index, scratch);
    const data::Field& field = dataset.pipeline.featureFields().front();
    const auto size = static_cast<std::size_t>(field.size());
    if (field.shape.size() == 3 && raw.size() >= size)
        if (std::string picture = imageTag(raw.first(size), field.shape, "row " + std::to_string(index));
            !picture.empty())
            return picture;
    std::string text;
    for (std::size_t i = 0; i < std::min(raw.size(), mostColumns); ++i) {
        const std::string name = i < dataset.rawNames.size() ? htmlText(dataset.rawNames[i]) + ' ' : std::string();
        text += (text.empty() ? "" : ", ") + name + htmlNumber(raw[i]);
    }
    return raw.size() > mostColumns ? text + " …" : text;
}

std::string numbersHtml(std::span<const float> values) {
    std::string text;
    for (std::size_t i = 0; i < std::min(values.size(), mostColumns); ++i)
        text += (i > 0 ? ", " : "") + htmlNumber(values[i]);
    return values.size() > mostColumns ? text + " …" : text;
}

// {what is right, what is told}
std::vector<std::string> answerHtml(const training::OutputReading& reading, const data::Target& target,
                                    std::size_t index, std::span<const float> output) {
    if (target.task == data::Task::Regression) {
        const std::size_t width = target.targetNames.size();
        return {numbersHtml(std::span(target.targets).subspan(index * width, width)), numbersHtml(output)};
    }
    const auto right = static_cast<std::size_t>(target.labels[index]);
    const auto told = static_cast<std::size_t>(reading.classOf(output.data()));
    std::vector<float> shares(static_cast<std::size_t>(reading.classes));
    reading.probabilities(output.data(), shares.data());
    return {className(target.classNames, right), std::string("<span class=\"") + (right == told ? "right" : "wrong") +
                                                     "\">" + className(target.classNames, told) + "</span> " +
                                                     htmlNumber(100 * shares[told]) + " %"};
}

}  // namespace

std::string resultsHtml(training::Trainer& trainer) {
    const std::vector<Part> parts = partsOf(trainer.dataset());
    if (parts.empty()) return {};
    std::vector<training::Evaluation> measured;
    std::set<std::string> metrics;
    for (const Part& part : parts) {
        measured.push_back(trainer.evaluate(*part.rows));
        for (const auto& [name, value] : measured.back().metrics) metrics.insert(name);
    }
    std::vector<std::string> head{"part", "samples", "loss"};
    for (const std::string& name : metrics) head.push_back(htmlText(name));
    std::string text = "<h2>Results</h2>\n<div class=\"wide\"><table>\n" + row("th", head);
    for (std::size_t i = 0; i < parts.size(); ++i) {
        std::vector<std::string> cells{parts[i].name, std::to_string(measured[i].samples),
                                       htmlNumber(measured[i].loss)};
        for (const std::string& name : metrics) {
            const auto found = measured[i].metrics.find(name);
            cells.push_back(found == measured[i].metrics.end() ? "–" : htmlNumber(found->second));
        }
        text += row("td", cells);
    }
    text += "</table></div>\n";
    const Matrix& matrix = measured.back().confusion;
    if (matrix.empty()) return text;
    const std::vector<std::string>& names = trainer.dataset().target(trainer.heads().front().target).classNames;
    return text + "<h3>Classes, " + parts.back().name + " part</h3>\n" + classesHtml(matrix, names) +
           confusionHtml(matrix, names);
}

std::string samplesHtml(training::Trainer& trainer, std::size_t& rows) {
    rows = 0;
    const data::Dataset& dataset = trainer.dataset();
    const std::vector<Part> parts = partsOf(dataset);
    const training::Head& head = trainer.heads().front();
    const data::Target& target = dataset.target(head.target);
    const bool isLabelled = target.task == data::Task::Regression || target.units() == 1;
    if (parts.empty() || head.reading.units() != 1 || !target.targetShape.empty() || !isLabelled) return {};
    const std::vector<std::uint32_t>& from = *parts.back().rows;
    rows = std::min(mostSamples, from.size());
    std::vector<float> inputs, scratch;
    for (std::size_t i = 0; i < rows; ++i) {
        const std::span<const float> one = dataset.input(from[i], scratch);
        inputs.insert(inputs.end(), one.begin(), one.end());
    }
    const std::vector<float> outputs = trainer.forward().outputs(inputs, static_cast<std::int64_t>(rows), head.output);
    const std::size_t width = outputs.size() / rows;
    std::string text = "<h2>Samples</h2>\n<p>The first rows of the " + std::string(parts.back().name) +
                       " part.</p>\n<table>\n" + row("th", {"row", "input", "is", "told"});
    for (std::size_t i = 0; i < rows; ++i) {
        std::vector<std::string> cells{std::to_string(from[i]), inputHtml(dataset, from[i])};
        for (std::string& cell :
             answerHtml(head.reading, target, from[i], std::span(outputs).subspan(i * width, width)))
            cells.push_back(std::move(cell));
        text += row("td", cells);
    }
    return text + "</table>\n";
}

}  // namespace perceptory::exchange
