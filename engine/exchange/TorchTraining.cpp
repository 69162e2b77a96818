#include "engine/exchange/TorchTraining.h"

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/exchange/TorchTexts.h"
#include "engine/losses/Loss.h"
#include "engine/regularizers/Regularizer.h"

namespace perceptory::exchange {

namespace {

using ir::pythonNumber;
using ir::pythonText;
using training::Head;

std::string filledIn(std::string text, const std::string& place, const std::string& by) {
    const std::size_t at = text.find(place);
    return text.replace(at, place.size(), by);
}

std::string function(const std::string& heading, const std::string& body) {
    return "def " + heading + ":\n" + ir::indented(body) + "\n\n";
}

class Script {
public:
    Script(const TorchModule& module, const training::Trainer& trainer, base::Problems& problems)
        : m_module(module),
          m_trainer(trainer),
          m_spec(trainer.spec().training),
          m_problems(problems),
          m_names(headNames(trainer)) {}

    std::string text() {
        findDifferences();
        const std::string losses = lossesText(), rules = penaltyText() + holdText() + optimizerText() + scheduleText();
        std::string text;
        for (const std::string& definition : m_code.definitions()) text += definition + "\n\n";
        text += losses + rules + orderText() + modesText() + stepText() + closing();
        const bool counts = text.find("math.") != std::string::npos;
        return filledIn(opening(), "{math}", counts ? "import math\n" : "") + trainProcesses + text;
    }

private:
    const network::Network& network() const { return m_trainer.network(); }

    // What is told and left out.

    void leaveOut(const std::string& where, std::string sentence) {
        m_left.push_back(sentence);
        m_problems.push_back({where, base::Severity::Warning, std::move(sentence), ""});
    }

    void refuse(const std::string& where, std::string sentence) {
        m_problems.push_back({where, base::Severity::Error, std::move(sentence),
                              base::sentence("Export without training: --set training=false.")});
    }

    void findDifferences() {
        for (const base::Problem& difference : m_module.differences) leaveOut(difference.where, difference.sentence);
        for (const base::KindSpec& augmentation : m_trainer.spec().data.augmentation)
            leaveOut("data.augmentation",
                     base::sentence("train.py does not augment: it leaves out {0}.", augmentation.type));
        for (const base::KindSpec& rule : m_spec.stopping)
            leaveOut("training.stopping",
                     base::sentence("train.py goes on to the end: it leaves out the rule {0}.", rule.type));
        for (const network::NodeCheck& node : network().nodes())
            if (!node.spec.activityRegularizer.type.empty())
                refuse(node.spec.id, base::sentence("train.py cannot express the penalty {0} on what \"{1}\" puts out.",
                                                    node.spec.activityRegularizer.type, node.spec.id));
    }

    std::string opening() const {
        std::string differences;
        for (const std::string& sentence : m_left) differences += sentence + "\n";
        std::string text = filledIn(trainOpening, "{differences}", differences);
        text = filledIn(text, "{epochs}", pythonNumber(m_spec.epochs));
        text = filledIn(text, "{batch}", std::to_string(m_spec.batchSize));
        return filledIn(text, "{seed}", std::to_string(m_spec.seed));
    }

    // Losses.

    static const losses::LossType& typeOf(const Head& head) { return losses::shelf().get(head.loss.type, "loss"); }

    // A loss that weighs classes inside the units: then their weights only divide.
    static bool weighsItself(const Head& head) {
        const losses::LossType& type = typeOf(head);
        return !head.reading.classWeights.empty() && type.parameter("label_smoothing") &&
               base::ParamValues(type.parameters, head.loss.parameters).number("label_smoothing") > 0;
    }

    std::string lossesText() {
        std::string functions, sums, parts;
        for (std::size_t h = 0; h < m_names.size(); ++h) {
            functions += headText(h);
            sums += (h ? ",\n        " : "") + m_names[h] + "_sums(outputs[" + std::to_string(outputOf(h)) +
                    "], batch, share)";
            parts += (h ? "\n    + " : "") + partText(h);
        }
        functions += function("sums_of(outputs, batch, share)",
                              "\"\"\"Of each loss the weighted sum over a batch, and the sum of the weights.\"\"\"\n"
                              "return [" +
                                  sums + "]\n");
        const std::string several = m_names.size() > 1 ? "return (" + parts + ")\n" : "return " + parts + "\n";
        return functions + function("loss_of(sums)",
                                    "means = [total / weight.clamp(min=1e-30) for total, weight in "
                                    "sums]\n" +
                                        several);
    }

    std::string partText(std::size_t h) const {
        const Head& head = m_trainer.heads()[h];
        std::string mean = "means[" + std::to_string(h) + "]";
        if (typeOf(head).rootOfMean) mean = "torch.sqrt(" + mean + ".clamp(min=1e-30))";
        return head.weight == 1 ? mean : pythonNumber(head.weight) + " * " + mean;
    }

    std::size_t outputOf(std::size_t h) const {
        const auto found = std::ranges::find(m_module.outputs, m_trainer.heads()[h].output, &TorchPort::id);
        return static_cast<std::size_t>(found - m_module.outputs.begin());
    }

    // Losses of the units of a head, and their weighted sums.
    std::string headText(std::size_t h) {
        const Head& head = m_trainer.heads()[h];
        const losses::LossType& type = typeOf(head);
        const std::string weights = classWeightsOf(h);
        const losses::LossTorch loss{base::ParamValues(type.parameters, head.loss.parameters),
                                     head.reading.encoding == training::Encoding::Values,
                                     weighsItself(head) ? weights + ".to(output.device)" : ""};
        const std::string each = m_names[h] + "_losses";
        std::string text = function(each + "(output, target)", type.torch(loss));
        if (!weights.empty()) text = constant(weights, head.reading.classWeights) + text;
        std::string body = outputLine(h) + targetLines(head, m_names[h]);
        body += "each = " + each + "(output, target)\n" + weightLines(h, weights);
        return text + function(m_names[h] + "_sums(output, batch, share)", body);
    }

    std::string classWeightsOf(std::size_t h) const {
        return m_trainer.heads()[h].reading.classWeights.empty() ? "" : m_names[h] + "_class_weights";
    }

    static std::string constant(const std::string& name, const std::vector<float>& numbers) {
        std::string list;
        for (const float number : numbers)
            list += (list.empty() ? "" : ", ") + base::wordOf(static_cast<double>(number));
        return name + " = torch.tensor([" + list + "])\n\n\n";
    }

    std::string outputLine(std::size_t h) const {
        return m_module.outputs[outputOf(h)].engine.size() == 2 ? "output = output.transpose(1, 2)\n" : "";
    }

    static std::string targetLines(const Head& head, const std::string& name) {
        using training::Encoding;
        const std::string read = "batch[" + pythonText("targets." + name) + "]";
        const training::OutputReading& reading = head.reading;
        if (reading.encoding == Encoding::Values)
            return "target = " + read + (reading.unitShape.size() == 1 ? ".transpose(1, 2)\n" : "\n");
        std::string lines = "label = " + read + ".long()\n";
        if (reading.encoding == Encoding::Index) return lines + "target = label\n";
        const std::string on = reading.outputs == 1 ? "(label == 1).unsqueeze(1).to(output.dtype)"
                                                    : "F.one_hot(label, " + std::to_string(reading.outputs) +
                                                          ").movedim(-1, 1).to(output.dtype)";
        return lines + "target = " + (reading.encoding == Encoding::PlusMinusOne ? "2 * " + on + " - 1" : on) + "\n";
    }

    std::string weightLines(std::size_t h, const std::string& classWeights) {
        const Head& head = m_trainer.heads()[h];
        std::string counted;  // which units count, 0 or 1
        if (head.reading.ignoredClass >= 0)
            counted += " * (label != " + std::to_string(head.reading.ignoredClass) + ")";
        const TorchPort& output = m_module.outputs[outputOf(h)];
        const bool steps = head.reading.unitShape.size() == 1 && !typeOf(head).wholeSamples;
        if (steps && output.maskInside)
            refuse(output.id, base::sentence("train.py cannot tell which steps of \"{0}\" are padding.", output.id));
        else if (steps && !output.mask.empty())
            counted += " * (batch[" + pythonText("inputs." + output.mask) + "] != 0)";
        const std::string weight =
            classWeights.empty() ? "torch.full_like(each, share)" : classWeights + ".to(each.device)[label] * share";
        std::string lines = "weight = " + weight + counted + "\n";
        if (!weighsItself(head)) return lines + "return (each * weight).sum(), weight.sum()\n";
        return lines + "return (each * share" + counted + ").sum(), weight.sum()\n";
    }

    // Penalties and constraints.

    template <class Wanted>
    std::string linesOf(const Wanted& wanted) const {
        std::string lines;
        for (const network::Parameter& parameter : network().parameters()) {
            const base::KindSpec& choice = parameter.spec.regularizer;
            if (!parameter.trainable || choice.type.empty() || !m_module.has(parameter)) continue;
            const auto& type = regularizers::shelf().get(choice.type, parameter.name);
            lines += wanted(type, type.torch(base::ParamValues(type.parameters, choice.parameters)),
                            "weights[" + pythonText(m_module.nameOf(parameter)) + "]");
        }
        return lines;
    }

    std::string penaltyText() {
        const std::string lines = linesOf([](const auto& type, const std::string& formula, const std::string& w) {
            return type.scale ? "" : "w = " + w + "\ntotal = total + " + formula + "\n";
        });
        m_penalty = !lines.empty();
        if (!m_penalty) return "";
        return function("penalty(model)",
                        "weights, total = dict(model.named_parameters()), 0.0\n" + lines + "return total\n");
    }

    std::string holdText() {
        const std::string lines = linesOf([](const auto& type, const std::string& formula, const std::string& w) {
            return type.scale ? "w = " + w + "\nw.copy_(" + formula + ")\n" : "";
        });
        m_hold = !lines.empty();
        if (!m_hold) return "";
        return "@torch.no_grad()\n" + function("hold(model)",
                                               "\"\"\"Scales weights back to their limits.\"\"\"\n"
                                               "weights = dict(model.named_parameters())\n" +
                                                   lines);
    }

    // Optimizer and schedule.

    const optimizers::OptimizerType& optimizer() const {
        return optimizers::shelf().get(m_spec.optimizer.type, "training.optimizer");
    }

    std::string optimizerText() {
        const base::ParamValues values(optimizer().parameters, m_spec.optimizer.parameters);
        const std::string made = optimizer().torch(m_code, values);
        std::string factors;
        for (const network::Parameter& parameter : network().parameters())
            if (parameter.trainable && parameter.learningRateFactor != 1 && !optimizer().solver &&
                m_module.has(parameter))
                factors += "    " + pythonText(m_module.nameOf(parameter)) + ": " +
                           pythonNumber(parameter.learningRateFactor) + ",\n";
        if (factors.empty())
            return function(
                "make_optimizer(model)",
                "groups = [{\"params\": [w for w in model.parameters() if w.requires_grad]}]\nreturn " + made + "\n");
        return "RATE_FACTORS = {\n" + factors + "}\n\n\n" +
               function(
                   "make_optimizer(model)",
                   "by_factor = {}\n"
                   "for name, w in model.named_parameters():\n"
                   "    if w.requires_grad:\n"
                   "        by_factor.setdefault(RATE_FACTORS.get(name, 1), []).append(w)\n"
                   "groups = [{\"params\": weights, \"factor\": factor} for factor, weights in by_factor.items()]\n"
                   "optimizer = " +
                       made +
                       "\n"
                       "for group in optimizer.param_groups:\n"
                       "    group[\"lr\"] *= group[\"factor\"]\n"
                       "return optimizer\n");
    }

    std::string scheduleText() {
        const auto& type = schedules::shelf().get(m_spec.schedule.type, "training.schedule");
        m_schedule = type.torch(m_code, base::ParamValues(type.parameters, m_spec.schedule.parameters));
        const std::string unit = m_spec.schedulePerStep ? "steps" : "epochs";
        std::string text;
        if (type.id != "constant" && m_schedule.watcher.empty())
            text += function("rate_factor(time)", "\"\"\"What the learning rate is multiplied by; time counts " + unit +
                                                      ".\"\"\"\n" + m_schedule.factor);
        m_scheduled = !text.empty();
        const bool beta = optimizer().parameter("beta1") != nullptr;
        m_moves = !m_schedule.momentum.empty() && (beta || optimizer().parameter("momentum"));
        if (!m_moves) return text;
        text += function("momentum_at(time)", m_schedule.momentum);
        return text + function("set_momentum(optimizer, time)",
                               std::string("momentum = momentum_at(time)\n"
                                           "for group in optimizer.param_groups if momentum is not None else []:\n") +
                                   (beta ? "    group[\"betas\"] = (momentum, group[\"betas\"][1])\n"
                                         : "    group[\"momentum\"] = momentum\n"));
    }

    // The walk through the rows.

    std::string orderText() const {
        using data::Balance;
        const Balance balance = m_trainer.spec().data.balance;
        const bool balanced = balance != Balance::None && !m_trainer.dataset().classNames.empty();
        std::string body = "\"\"\"The rows of an epoch, one behind the other.\"\"\"\n";
        if (!balanced && !m_spec.shuffle) body += "return torch.arange(len(next(iter(part.values()))))\n";
        if (balanced || m_spec.shuffle) body += "generator = torch.Generator().manual_seed((SEED + epoch) % 2**63)\n";
        if (!balanced && m_spec.shuffle)
            body += "return torch.randperm(len(next(iter(part.values()))), generator=generator)\n";
        if (balanced) body += balancedLines(balance);
        return function("order_of(epoch, part)", body);
    }

    std::string balancedLines(data::Balance balance) const {
        std::string lines = "label = part[\"classes\"].long()\nsizes = torch.bincount(label)\n";
        if (balance == data::Balance::WeightedSampling) {
            lines +=
                "chances = 1 / sizes[label].double()\n"
                "rows = torch.multinomial(chances, len(label), replacement=True, generator=generator)\n";
        } else {
            const bool more = balance == data::Balance::Oversample;
            lines += std::string("count = int(sizes[sizes > 0].") + (more ? "max" : "min") + "())\nrows = []\n" +
                     "for one in label.unique():\n"
                     "    members = (label == one).nonzero().flatten()\n"
                     "    mixed = members[torch.randperm(len(members), generator=generator)]\n"
                     "    rows += [members] * (count // len(members)) + [mixed[:count % len(members)]]\n"
                     "rows = torch.cat(rows)\n";
        }
        return lines + (m_spec.shuffle ? "return rows[torch.randperm(len(rows), generator=generator)]\n"
                                       : "return rows.sort().values\n");
    }

    std::string modesText() const {
        std::string lines;
        if (normalizes())
            lines +=
                "    if rows == 1:  # one value for each channel has no spread: the running one stands in\n"
                "        for part in model.modules():\n"
                "            if isinstance(part, nn.BatchNorm1d):\n"
                "                part.eval()\n";
        for (const network::NodeCheck& node : network().nodes())
            if (node.type == &layers::BatchNormLayer && !node.spec.trainable && !node.spec.bypass)
                lines +=
                    "    model.get_submodule(" + pythonText(m_module.paths.at(node.spec.id)) + ").eval()  # frozen\n";
        return filledIn(trainSteps, "{modes}\n", lines);
    }

    // Whether what a row becomes depends on the batch.
    bool normalizes() const {
        return std::ranges::any_of(network().nodes(), [](const network::NodeCheck& node) {
            return node.type == &layers::BatchNormLayer && !node.spec.bypass;
        });
    }

    std::string stepText() const {
        std::string clip;
        if (m_spec.clip.type == training::Clip::Type::Norm)
            clip = "    nn.utils.clip_grad_norm_(model.parameters(), " + pythonNumber(m_spec.clip.limit) + ")\n";
        if (m_spec.clip.type == training::Clip::Type::Value)
            clip = "    nn.utils.clip_grad_value_(model.parameters(), " + pythonNumber(m_spec.clip.limit) + ")\n";
        std::string text = optimizer().solver ? trainSolverStep : filledIn(trainPlainStep, "{clip}", clip);
        text = filledIn(text, "{objective}", objectiveText());
        return filledIn(text, "{hold}", m_hold ? "    hold(model)\n" : "");
    }

    std::string objectiveText() const {
        if (!m_penalty) return "loss";
        return optimizer().solver ? "loss + penalty(model)" : "(loss + penalty(model))";
    }

    std::string closing() const {
        std::string frozen;
        for (const network::Parameter& parameter : network().parameters())
            if (!parameter.trainable && !parameter.spec.state && m_module.has(parameter))
                frozen +=
                    "    model.get_parameter(" + pythonText(m_module.nameOf(parameter)) + ").requires_grad_(False)\n";
        const std::string time = m_spec.schedulePerStep ? "done" : "epoch";
        const bool perStep = m_spec.schedulePerStep;
        std::string text = filledIn(trainClosing, "{freeze}", frozen);
        text = filledIn(text, "{sync}",
                        normalizes() ? "        if device.type == \"cuda\":\n"
                                       "            model = nn.SyncBatchNorm.convert_sync_batchnorm(model)\n"
                                     : "");
        text = filledIn(text, "{unused}", hasDeadEnds() ? ", find_unused_parameters=True" : "");
        std::string begin;
        if (m_scheduled) begin += "    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, rate_factor)\n";
        if (!m_schedule.watcher.empty()) begin += ir::indented("watcher = " + m_schedule.watcher);
        text = filledIn(text, "{begin}\n", begin);
        text = filledIn(text, "{before}", m_moves ? "            set_momentum(optimizer, " + time + ")\n" : "");
        text = filledIn(text, "{afterStep}", m_scheduled && perStep ? "            schedule.step()\n" : "");
        std::string after = m_scheduled && !perStep ? "        schedule.step()\n" : "";
        if (!m_schedule.watcher.empty())
            after +=
                "        watched = parts.get(\"validation\", parts.get(\"test\", parts[\"train\"]))\n"
                "        watcher.step(evaluate(model, watched, device))\n";
        return filledIn(text, "{afterEpoch}", after);
    }

    // Whether some weights lead to no loss.
    bool hasDeadEnds() const {
        const auto& nodes = network().nodes();
        std::vector<bool> leads(nodes.size(), false);
        for (const std::size_t output : network().outputs()) leads[output] = true;
        for (std::size_t i = nodes.size(); i-- > 0;)
            for (const std::size_t input : nodes[i].inputs)
                if (leads[i]) leads[input] = true;
        for (std::size_t i = 0; i < nodes.size(); ++i)
            if (!leads[i] && !nodes[i].weights.empty()) return true;
        return false;
    }

    const TorchModule& m_module;
    const training::Trainer& m_trainer;
    const training::TrainSpec& m_spec;
    base::Problems& m_problems;
    const std::vector<std::string> m_names;  // of the heads
    ir::TorchCode m_code{ir::PythonNames()};
    std::vector<std::string> m_left;  // what the script leaves out, in sentences
    schedules::TorchSchedule m_schedule;
    bool m_penalty = false, m_hold = false, m_scheduled = false, m_moves = false;
};

}  // namespace

std::string trainingText(const TorchModule& module, const training::Trainer& trainer, base::Problems& problems) {
    return Script(module, trainer, problems).text();
}

}  // namespace perceptory::exchange
