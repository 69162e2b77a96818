#include "engine/training/OutputReading.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "engine/base/Text.h"
#include "engine/losses/Loss.h"
#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::training {

using base::Severity;

namespace {

float sigmoid(float x) { return x >= 0 ? 1 / (1 + std::exp(-x)) : std::exp(x) / (1 + std::exp(x)); }

std::string units(std::int64_t count) { return base::counted("{0} unit", "{0} units", count); }

Encoding encodingOf(const std::string& name, const losses::LossType& loss, int outputs, const std::string& last) {
    if (name == "index") return Encoding::Index;
    if (name == "one_hot") return Encoding::OneHot;
    if (name == "zero_one") return Encoding::ZeroOne;
    if (name == "plus_minus_one") return Encoding::PlusMinusOne;
    switch (loss.encodingFor(outputs, last == "sigmoid")) {
        case losses::TargetEncoding::Index:
            return Encoding::Index;
        case losses::TargetEncoding::ZeroOne:
            return outputs == 1 ? Encoding::ZeroOne : Encoding::OneHot;
        case losses::TargetEncoding::PlusMinusOne:
            break;
    }
    return Encoding::PlusMinusOne;
}

Link linkOf(Encoding encoding, const losses::LossType& loss) {
    if (loss.reads == losses::Outputs::LogProbabilities) return Link::Softmax;
    if (loss.classIndices) return loss.reads == losses::Outputs::Probabilities ? Link::Share : Link::Softmax;
    if (loss.reads == losses::Outputs::Logits) return Link::Sigmoid;
    const bool signs = encoding == Encoding::Values && loss.reads == losses::Outputs::Scores;
    return encoding == Encoding::PlusMinusOne || signs ? Link::Rescale : Link::Share;
}

class Reader {
public:
    Reader(const Comparison& comparison, base::Problems& problems)
        : m_target(comparison.target),
          m_problems(problems),
          m_place(comparison.place),
          m_node(comparison.network.nodes[comparison.node].spec.id),
          m_last(finalActivation(comparison.network, comparison.node)),
          m_shape(comparison.network.nodes[comparison.node].output),
          m_loss(losses::shelf().get(comparison.loss.type, comparison.place)) {
        m_reading.task = m_target.task;
        m_reading.classes = static_cast<int>(m_target.classes());
        m_reading.names = m_target.task == data::Task::Classification ? m_target.classNames : m_target.targetNames;
        if (m_loss.parameter("ignored_class"))
            m_reading.ignoredClass = static_cast<int>(
                base::ParamValues(m_loss.parameters, comparison.loss.parameters).integer("ignored_class"));
    }

    OutputReading run(const std::string& encoding) {
        if (!findUnits()) return m_reading;
        if (m_target.task == data::Task::Regression)
            readRegression();
        else
            readClasses(encoding);
        warnAboutLastLayer();
        warnAboutTargets();
        return m_reading;
    }

private:
    void report(const std::string& where, std::string sentence, std::string fix, Severity severity = Severity::Error) {
        m_problems.push_back({where, severity, std::move(sentence), std::move(fix)});
    }

    // Splits the output into units, when the target has them too.
    bool findUnits() {
        const bool classes = m_target.task == data::Task::Classification;
        const bool line = m_shape.size() == 1;
        const tensor::Shape before(m_shape.begin(), m_shape.end() - (m_shape.empty() ? 0 : 1));
        m_reading.outputs = m_shape.empty() ? 1 : static_cast<int>(m_shape.back());
        if (line && (!classes || m_target.targetShape.empty())) return true;
        tensor::Shape wanted = m_target.targetShape;
        if (classes) dropAxes(wanted, before.size());
        if (!classes && wanted.empty()) wanted = {static_cast<std::int64_t>(m_target.targetNames.size())};
        const bool single = !m_shape.empty() && m_shape.back() == 1;
        m_reading.unitShape = before;
        if (classes ? !line && before == wanted : m_shape == wanted || (single && before == wanted)) return true;
        if (m_target.targetShape.empty())
            report(m_node,
                   base::sentence("The last layer puts out {0}, but the loss needs a row of numbers.",
                                  tensor::shapeText(m_shape)),
                   base::sentence("Insert a flatten layer behind it."));
        else if (classes && m_shape == wanted)
            report(m_node,
                   base::sentence("The data has {0} classes for each row, but the last layer puts out one row of {0}.",
                                  wanted[0]),
                   base::sentence("For answers of 0 and 1 write \"task\": \"regression\" in \"data\" and use "
                                  "sigmoid_cross_entropy."));
        else if (classes)
            report(m_node,
                   base::sentence("The last layer puts out {0}, but the data has a class for each of {1} places.",
                                  tensor::shapeText(m_shape), tensor::shapeText(wanted)),
                   base::sentence("Let it put out one value for each class at every place."));
        else
            report(m_node,
                   base::sentence("The last layer puts out {0}, but the data has {1} to predict.",
                                  tensor::shapeText(m_shape), tensor::shapeText(wanted)),
                   base::sentence("Use layers that end in that shape."));
        return false;
    }

    // Masks may have one channel, which their classes have not.
    static void dropAxes(tensor::Shape& shape, std::size_t axes) {
        while (shape.size() > axes) {
            const auto one = std::ranges::find(shape, 1);
            if (one == shape.end()) return;
            shape.erase(one);
        }
    }

    void readRegression() {
        m_reading.encoding = Encoding::Values;
        m_reading.classes = 0;
        m_reading.answers = Answers::Numbers;
        const auto targets = static_cast<std::int64_t>(m_target.targetNames.size());
        if (m_loss.reads != losses::Outputs::Numbers) readAnswers();
        if (m_loss.classIndices && (!m_loss.takesShares || m_reading.outputs < 2))
            report(m_place,
                   base::sentence("The loss {0} is for classes, but the data has numbers to predict.", m_loss.id),
                   base::sentence("Use mean_squared_error."));
        if (m_reading.width() != targets)
            report(m_node,
                   base::sentence("The last layer has {0}, but the data has {1} to predict.", units(m_reading.outputs),
                                  base::counted("{0} number", "{0} numbers", targets)),
                   base::sentence("Use {0}.", units(targets)));
    }

    // Numbers for a loss that compares probabilities or scores: shares, or answers to yes-or-no questions.
    void readAnswers() {
        const float low = m_loss.reads == losses::Outputs::Scores ? -1 : 0;
        m_reading.link = linkOf(Encoding::Values, m_loss);
        insistOnRange(low);
        if (m_reading.ignoredClass >= 0)
            report(m_place + ".ignored_class", base::sentence("The data has numbers, so there is no class to ignore."),
                   base::sentence("Remove \"ignored_class\"."));
        const bool shares = m_loss.classIndices || m_loss.reads == losses::Outputs::LogProbabilities;
        const bool answers = std::ranges::all_of(m_target.targets, [low](float t) { return t == low || t == 1; });
        m_reading.answers = shares || !answers ? Answers::Shares : Answers::Labels;
        if (m_reading.answers == Answers::Shares)
            report(m_place, base::sentence("Of targets that are shares only the loss is told, no metrics."),
                   base::sentence("Use classes, or targets that are all yes or no, if you need metrics."),
                   Severity::Hint);
    }

    void insistOnRange(float low) {
        const auto odd = std::ranges::find_if(m_target.targets, [low](float t) { return !(t >= low && t <= 1); });
        if (odd == m_target.targets.end()) return;
        const std::size_t row = static_cast<std::size_t>(odd - m_target.targets.begin()) / m_target.targetNames.size();
        report(m_place,
               base::sentence("The loss {0} takes targets from {1} to 1, but row {2} has {3}.", m_loss.id,
                              low < 0 ? "−1" : "0", row + 1, numberText(*odd)),
               base::sentence("Use mean_squared_error, or bring the targets into this range."));
    }

    void readClasses(const std::string& encoding) {
        m_reading.encoding = encodingOf(encoding, m_loss, m_reading.outputs, m_last);
        m_reading.link = linkOf(m_reading.encoding, m_loss);
        m_reading.threshold = m_reading.link == Link::Share ? 0.5 : 0;
        if (m_reading.encoding == Encoding::Index && !m_loss.classIndices)
            report("data.target_encoding", base::sentence("The loss {0} cannot read class indices.", m_loss.id),
                   base::sentence("Use \"auto\"."));
        if (m_loss.classIndices && m_reading.encoding != Encoding::Index)
            report("data.target_encoding", base::sentence("The loss {0} needs class indices.", m_loss.id),
                   base::sentence("Use \"auto\"."));
        checkCount();
    }

    // One output for every class, or one for two; the last class needs none when it is ignored.
    void checkCount() {
        int& classes = m_reading.classes;
        const int outputs = m_reading.outputs;
        const bool single = outputs == 1;
        if (m_reading.ignoredClass == classes - 1 && outputs == classes - 1) classes = outputs;
        if (single && m_loss.classIndices)
            report(m_node,
                   base::sentence("The loss {0} needs one unit for every class, but the last layer has 1 unit.",
                                  m_loss.id),
                   base::sentence("Use {0}, or the loss sigmoid_cross_entropy.", units(std::max(2, classes))));
        else if (single && classes > 2)
            report(m_node, base::sentence("One unit tells two classes apart, but the data has {0} classes.", classes),
                   base::sentence("Use {0}.", units(classes)));
        else if (!single && outputs != classes)
            report(m_node,
                   base::sentence("The last layer has {0}, but the data has {1}.", units(outputs),
                                  base::counted("{0} class", "{0} classes", classes)),
                   base::sentence("Use {0}.", units(classes)));
    }

    static bool isShare(const std::string& activation) { return activation == "sigmoid" || activation == "softmax"; }

    // How the last layer puts out raw scores.
    std::string withoutLast() const {
        if (m_last == "softmax" || m_last == "log_softmax") return base::sentence("Remove the {0} layer.", m_last);
        return base::sentence("Set its activation to linear.");
    }

    void warnAboutTargets() {
        const auto warn = [&](const std::string& where, const std::string& sentence, const std::string& fix) {
            report(where, sentence, fix, Severity::Warning);
        };
        const auto count = static_cast<int>(m_target.classes());
        if (count > 0 && m_reading.ignoredClass >= count)
            warn(m_place + ".ignored_class",
                 base::sentence("The data has no class {0}: its classes count from 0 to {1}.", m_reading.ignoredClass,
                                count - 1),
                 base::sentence("Use one of them, or -1 for none."));
        const bool zeros =
            count > 0 ? m_reading.encoding != Encoding::PlusMinusOne : std::ranges::count(m_target.targets, 0.0f) > 0;
        if (m_loss.dividesByTarget && zeros)
            warn(m_place, base::sentence("The loss {0} divides by the targets, but some of them are 0.", m_loss.id),
                 base::sentence("Use mean_squared_error, or targets other than 0."));
    }

    void warnAboutLastLayer() {
        const auto warn = [&](const std::string& sentence, const std::string& fix) {
            report(m_node, sentence, fix, Severity::Warning);
        };
        if (m_loss.reads == losses::Outputs::Logits && m_last != "linear")
            warn(base::sentence("The loss {0} expects raw scores, but the last layer applies {1}.", m_loss.id, m_last),
                 withoutLast());
        const bool squeezed = isShare(m_last) || m_last == "hard_sigmoid";
        if (m_loss.reads == losses::Outputs::Scores && squeezed)
            warn(base::sentence("The loss {0} expects scores below and above 0, but the last layer applies {1}.",
                                m_loss.id, m_last),
                 withoutLast());
        if (m_loss.wholeSamples && !squeezed)
            warn(base::sentence("The loss {0} expects values from 0 to 1, but the last layer applies {1}.", m_loss.id,
                                m_last),
                 base::sentence("Set its activation to sigmoid."));
        if (m_loss.reads == losses::Outputs::LogProbabilities && m_last != "log_softmax")
            warn(base::sentence("The loss {0} expects log-probabilities, but the last layer is no log_softmax.",
                                m_loss.id),
                 base::sentence("Add a log_softmax layer behind it, or use softmax_cross_entropy."));
        if (m_loss.id == "cross_entropy" && m_last != "softmax")
            warn(base::sentence("The loss cross_entropy expects probabilities, but the last layer is no softmax."),
                 base::sentence("Add a softmax layer behind it, or use softmax_cross_entropy."));
        if (m_loss.id == "binary_cross_entropy" && m_last != "sigmoid")
            warn(base::sentence(
                     "The loss binary_cross_entropy expects values from 0 to 1, but the last layer applies {0}.",
                     m_last),
                 base::sentence("Set its activation to sigmoid, or use sigmoid_cross_entropy."));
        if (m_target.task == data::Task::Classification && m_loss.reads == losses::Outputs::Numbers &&
            m_last == "relu" && m_reading.encoding == Encoding::PlusMinusOne)
            warn(base::sentence("The last layer applies relu, which cannot reach the target −1 of one class."),
                 base::sentence("Set its activation to tanh."));
    }

    const data::Target& m_target;
    base::Problems& m_problems;
    std::string m_place, m_node, m_last;
    tensor::Shape m_shape;
    const losses::LossType& m_loss;
    OutputReading m_reading;
};

}  // namespace

int OutputReading::classOf(const float* output) const {
    if (outputs == 1) return output[0] > threshold ? 1 : 0;
    return static_cast<int>(std::max_element(output, output + outputs) - output);
}

float OutputReading::probability(float output) const {
    if (link == Link::Sigmoid) return sigmoid(output);
    return std::clamp(link == Link::Rescale ? (output + 1) / 2 : output, 0.0f, 1.0f);
}

// Of a softmax log p − log(1 − p) = o − log Σ exp of the others; 1 − p would round to 0 where p is large.
void OutputReading::scores(const float* output, float* into) const {
    if (outputs == 1) {
        into[1] = output[0];
        into[0] = -output[0];
        return;
    }
    std::copy_n(output, outputs, into);
    for (int k = 0; link == Link::Softmax && k < outputs; ++k) {
        float largest = -std::numeric_limits<float>::infinity(), sum = 0;
        for (int j = 0; j < outputs; ++j)
            if (j != k) largest = std::max(largest, output[j]);
        for (int j = 0; j < outputs; ++j)
            if (j != k) sum += std::exp(output[j] - largest);
        into[k] = output[k] - largest - std::log(sum);
    }
}

void OutputReading::probabilities(const float* output, float* into) const {
    if (outputs == 1) {
        into[1] = probability(output[0]);
        into[0] = 1 - into[1];
        return;
    }
    const float largest = *std::max_element(output, output + outputs);
    float sum = 0;
    for (int k = 0; k < outputs; ++k) {
        into[k] = link == Link::Softmax ? std::exp(output[k] - largest) : probability(output[k]);
        sum += into[k];
    }
    for (int k = 0; k < outputs; ++k) into[k] = sum > 0 ? into[k] / sum : 1.0f / static_cast<float>(outputs);
}

const char* OutputReading::encodingName() const {
    switch (encoding) {
        case Encoding::Index:
            return "index";
        case Encoding::OneHot:
            return "one_hot";
        case Encoding::ZeroOne:
            return "zero_one";
        case Encoding::PlusMinusOne:
            return "plus_minus_one";
        case Encoding::Values:
            return "values";
    }
    return "values";
}

OutputReading readOutput(const Comparison& comparison, const std::string& encoding, base::Problems& problems) {
    return Reader(comparison, problems).run(encoding);
}

void encodeLabels(std::span<const std::int32_t> labels, const OutputReading& reading, float* into) {
    if (reading.encoding == Encoding::Index) {
        std::ranges::copy(labels, into);
        return;
    }
    const auto width = static_cast<std::size_t>(reading.outputs);
    const float off = reading.encoding == Encoding::PlusMinusOne ? -1.0f : 0.0f;
    std::fill_n(into, labels.size() * width, off);
    for (std::size_t unit = 0; unit < labels.size(); ++unit) {
        const auto label = static_cast<std::size_t>(labels[unit]);
        if (width == 1)
            into[unit] = label == 1 ? 1.0f : off;
        else
            into[unit * width + label] = 1.0f;
    }
}

std::vector<float> encodeTargets(const data::Target& target, const OutputReading& reading) {
    if (reading.encoding == Encoding::Values) return target.targets;
    const int each = reading.encoding == Encoding::Index ? 1 : reading.outputs;
    std::vector<float> encoded(target.labels.size() * static_cast<std::size_t>(each));
    encodeLabels(target.labels, reading, encoded.data());
    return encoded;
}

std::string finalActivation(const network::NetworkCheck& network, std::size_t index) {
    const network::NodeCheck* node = &network.nodes[index];
    while (!node->inputs.empty()) {
        const bool ends = node->type->id == "softmax" || node->type->id == "log_softmax";
        if (!node->spec.bypass && ends) return node->type->id;
        if (!node->spec.bypass && node->type->parameter("activation"))
            return base::ParamValues(node->type->parameters, node->spec.parameters).kind("activation").type;
        if (node->type->weights) break;
        node = &network.nodes[node->inputs.front()];
    }
    return "linear";
}

}  // namespace perceptory::training
