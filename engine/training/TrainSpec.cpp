#include "engine/training/TrainSpec.h"

#include <cmath>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/losses/Loss.h"
#include "engine/metrics/Metric.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/schedules/Schedule.h"
#include "engine/training/stopping/StoppingRule.h"

namespace perceptory::training {

using base::Json;
using base::Problems;
using base::Severity;

namespace {

constexpr int formatVersion = 1;

class Reader {
public:
    Reader(const Json& json, Problems& problems) : m_json(json), m_problems(problems) {}

    TrainSpec read() {
        TrainSpec spec;
        chooseFrom(losses::shelf(), "loss", spec.loss);
        chooseFrom(optimizers::shelf(), "optimizer", spec.optimizer);
        readSchedule(spec);
        readClip(spec);
        readStopping(spec);
        readCounts(spec);
        readSwitch("shuffle", spec.shuffle);
        readSeed(spec);
        readMetrics(spec);
        readLosses(spec);
        readClassWeights(spec);
        return spec;
    }

private:
    void report(const std::string& key, std::string sentence, std::string fix, Severity severity = Severity::Error) {
        m_problems.push_back({"training." + key, severity, std::move(sentence), std::move(fix)});
    }

    template <class Shelf>
    void chooseFrom(const Shelf& shelf, const std::string& key, base::KindSpec& into) {
        if (m_json.contains(key)) choose(shelf, m_json[key], "training." + key, into);
    }

    template <class Shelf>
    bool choose(const Shelf& shelf, const Json& json, const std::string& where, base::KindSpec& into) {
        const std::size_t before = m_problems.size();
        base::KindSpec read = base::KindSpec::fromJson(json, where, m_problems);
        if (m_problems.size() != before || !shelf.check(read, where, m_problems)) return false;
        into = std::move(read);
        return true;
    }

    void readSchedule(TrainSpec& spec) {
        chooseFrom(schedules::shelf(), "schedule", spec.schedule);
        if (!m_json.contains("schedule") || !m_json["schedule"].is_object()) return;
        const Json per = m_json["schedule"].value("per", Json("epoch"));
        if (per == "step")
            spec.schedulePerStep = true;
        else if (per != "epoch")
            report("schedule.per", base::sentence("The schedule counts in \"epoch\" or \"step\", not {0}.", per.dump()),
                   base::sentence("Use one of the two."));
    }

    void readClip(TrainSpec& spec) {
        if (!m_json.contains("clip") || m_json["clip"].is_null()) return;
        const Json& clip = m_json["clip"];
        const Json type = clip.is_object() ? clip.value("type", Json()) : clip;
        if (type != "norm" && type != "value")
            return report("clip", base::sentence("Gradients cannot be clipped by {0}.", type.dump()),
                          base::sentence("Write {\"type\": \"norm\", \"limit\": 1}, or \"value\"."));
        const Json limit = clip.is_object() ? clip.value("limit", Json(1)) : Json(1);
        if (!limit.is_number() || !(limit.get<double>() > 0) || !std::isfinite(limit.get<double>()))
            return report("clip.limit", base::sentence("{0} is not possible here.", limit.dump()),
                          base::sentence("Use a number above 0."));
        spec.clip = {type == "norm" ? Clip::Type::Norm : Clip::Type::Value, limit.get<double>()};
    }

    void readStopping(TrainSpec& spec) {
        if (!m_json.contains("stopping") || m_json["stopping"].is_null()) return;
        if (!m_json["stopping"].is_array())
            return report("stopping", base::sentence("This must be a list of stopping rules."),
                          base::sentence("Write [\"early_stopping\"]."));
        for (std::size_t i = 0; i < m_json["stopping"].size(); ++i) {
            const std::string where = "training.stopping[" + std::to_string(i) + "]";
            const std::size_t before = m_problems.size();
            base::KindSpec rule = base::KindSpec::fromJson(m_json["stopping"][i], where, m_problems);
            if (m_problems.size() == before && stoppingRules().check(rule, where, m_problems) &&
                m_problems.size() == before)
                spec.stopping.push_back(std::move(rule));
        }
    }

    void readCounts(TrainSpec& spec) {
        double batch = spec.batchSize;
        readNumber("batch_size", batch, 1, 1'000'000);
        spec.batchSize = static_cast<int>(batch);
        readNumber("epochs", spec.epochs, 0, 1e9);
    }

    void readNumber(const std::string& key, double& into, double minimum, double maximum) {
        if (!m_json.contains(key)) return;
        const Json& value = m_json[key];
        const double number = value.is_number() ? value.get<double>() : std::nan("");
        if (number >= minimum && number <= maximum && number == std::floor(number))
            into = number;
        else
            report(key, base::sentence("{0} is not possible here.", value.dump()),
                   base::sentence("Use a whole number from {0} to {1}.", static_cast<long>(minimum),
                                  static_cast<long>(maximum)));
    }

    void readSwitch(const std::string& key, bool& into) {
        if (!m_json.contains(key)) return;
        if (m_json[key].is_boolean())
            into = m_json[key].get<bool>();
        else
            report(key, base::sentence("This must be true or false."), base::sentence("Correct it in the file."));
    }

    void readSeed(TrainSpec& spec) {
        if (!m_json.contains("seed")) return;
        try {
            spec.seed = base::readSeed(m_json["seed"], "training.seed");
        } catch (const base::Error&) {
            report("seed",
                   base::sentence("The seed {0} is not a whole number from 0 to 18446744073709551615.",
                                  m_json["seed"].dump()),
                   base::sentence("Write it as \"42\"."));
        }
    }

    void readMetrics(TrainSpec& spec) {
        if (!m_json.contains("metrics")) return;
        if (!m_json["metrics"].is_array())
            return report("metrics", base::sentence("This must be a list of metrics."),
                          base::sentence("Write [\"accuracy\"]."));
        for (const Json& entry : m_json["metrics"]) {
            base::KindSpec metric;
            if (choose(metrics::shelf(), entry, "training.metrics", metric)) spec.metrics.push_back(std::move(metric));
        }
    }

    void readLosses(TrainSpec& spec) {
        if (!m_json.contains("losses") || m_json["losses"].is_null()) return;
        const Json& list = m_json["losses"];
        if (!list.is_array() || list.empty())
            return report("losses", base::sentence("This must be a list of losses."),
                          base::sentence("Write [{\"output\": …, \"target\": …, \"type\": …}, …]."));
        if (m_json.contains("loss"))
            report("loss", base::sentence("There are \"losses\" too, so this one is not used."),
                   base::sentence("Remove one of the two."), Severity::Warning);
        for (std::size_t i = 0; i < list.size(); ++i) readLoss(list[i], "losses[" + std::to_string(i) + "]", spec);
    }

    void readLoss(const Json& json, const std::string& key, TrainSpec& spec) {
        if (!json.is_object() || !json.value("output", Json()).is_string())
            return report(key, base::sentence("A loss must name the output it looks at."),
                          base::sentence("Write {\"output\": …, \"target\": …, \"type\": …}."));
        LossSpec loss{json["output"].get<std::string>(), "", {}, 1};
        const Json target = json.value("target", Json()), weight = json.value("weight", Json(1));
        if (target.is_string())
            loss.target = target.get<std::string>();
        else if (!target.is_null())
            report(key + ".target", base::sentence("This must be a text."), base::sentence("Put it in quotes."));
        if (weight.is_number() && weight.get<double>() >= 0 && std::isfinite(weight.get<double>()))
            loss.weight = weight.get<double>();
        else
            report(key + ".weight", base::sentence("{0} is not possible here.", weight.dump()),
                   base::sentence("Use a number from 0 on."));
        if (choose(losses::shelf(), json, "training." + key, loss.loss)) spec.losses.push_back(std::move(loss));
    }

    void readClassWeights(TrainSpec& spec) {
        const Json value = m_json.value("class_weights", Json());
        if (value.is_null() || value == "none") return;
        const auto refuse = [&] {
            report("class_weights", base::sentence("{0} is not possible here.", value.dump()),
                   base::sentence("Use \"none\", \"balanced\", or a list with a number from 0 on for each class."));
        };
        if (value == "balanced") {
            spec.classWeights.type = ClassWeights::Type::Balanced;
            return;
        }
        if (!value.is_array()) return refuse();
        double sum = 0;
        for (const Json& weight : value) {
            if (!weight.is_number() || !(weight.get<double>() >= 0) || weight.get<double>() > 1e6) return refuse();
            sum += weight.get<double>();
        }
        if (!(sum > 0)) return refuse();
        spec.classWeights = {ClassWeights::Type::Listed, value.get<std::vector<double>>()};
    }

    const Json& m_json;
    Problems& m_problems;
};

// What losses and stopping rules call by the name of a block is a node of its last copy.
void nameOutputs(const network::NetworkSpec& network, TrainSpec& training) {
    for (LossSpec& loss : training.losses) loss.output = network.outputOf(loss.output);
    for (base::KindSpec& rule : training.stopping) {
        if (!rule.parameters.is_object() || !rule.parameters.contains("monitor")) continue;
        const std::string monitor = rule.parameters["monitor"].get<std::string>();
        for (const network::BlockSpec& block : network.blocks)
            if (monitor.starts_with(block.id + ".") && !network.inside(monitor))
                rule.parameters["monitor"] = network.outputOf(block.id) + monitor.substr(block.id.size());
    }
}

}  // namespace

TrainSpec TrainSpec::fromJson(const Json& json, Problems& problems) {
    if (json.is_object()) return Reader(json, problems).read();
    problems.push_back({"training", Severity::Error, base::sentence("The project does not say how to train."),
                        base::sentence("Write \"training\": {…}.")});
    return {};
}

RunSpec RunSpec::fromJson(const Json& project, Problems& problems) {
    RunSpec spec;
    if (!project.is_object() || project.value("format", Json()) != "perceptory-project") {
        problems.push_back({"format", Severity::Error, base::sentence("This is not a project of Perceptory."),
                            base::sentence("Choose a file that begins with \"format\": \"perceptory-project\".")});
        return spec;
    }
    const Json version = project.value("format_version", Json());
    if (!version.is_number_integer() || version.get<std::int64_t>() > formatVersion ||
        version.get<std::int64_t>() < 1) {
        problems.push_back({"format_version", Severity::Error,
                            base::sentence("The project has format {0}; this program reads format 1.", version.dump()),
                            base::sentence("Open it with a newer version of Perceptory.")});
        return spec;
    }
    const Json none;
    const auto part = [&](const char* key) -> const Json& { return project.contains(key) ? project[key] : none; };
    spec.data = data::DataSpec::fromJson(part("data"), problems);
    spec.network = network::NetworkSpec::fromJson(part("network"), problems);
    spec.training = TrainSpec::fromJson(part("training"), problems);
    if (!spec.network.blocks.empty()) nameOutputs(spec.network, spec.training);
    return spec;
}

}  // namespace perceptory::training
