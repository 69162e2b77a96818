// perceptory-cli describe: what exists, out of the same tables that forms and checks read.

#include <algorithm>
#include <fstream>
#include <iostream>
#include <thread>

#include "app/cli/Command.h"
#include "app/cli/Numbers.h"
#include "engine/backends/KernelLibrary.h"
#include "engine/project/Shelves.h"
#include "engine/training/MemoryEstimate.h"

namespace perceptory::cli {

using base::Json;
using project::ShelfListing, project::shelves;

namespace {

struct Values {
    std::string kind, id;
    bool json = false;
};

struct Entry {
    std::string kind;
    const base::KindType* member;
};

const char* kindName(base::ParamKind kind) {
    switch (kind) {
        case base::ParamKind::Number:
            return "number";
        case base::ParamKind::Integer:
            return "integer";
        case base::ParamKind::Pair:
            return "pair";
        case base::ParamKind::Switch:
            return "switch";
        case base::ParamKind::Choice:
            return "choice";
        case base::ParamKind::Kind:
            return "kind";
        case base::ParamKind::Text:
            return "text";
    }
    return "";
}

const char* changesName(base::Changes changes) {
    switch (changes) {
        case base::Changes::NextBatch:
            return "next_batch";
        case base::Changes::NextEpoch:
            return "next_epoch";
        case base::Changes::Rebuild:
            return "rebuild";
    }
    return "";
}

std::vector<std::string> choicesOf(const base::ParamType& type) {
    if (type.kind != base::ParamKind::Kind) return type.choices;
    std::vector<std::string> ids;
    for (const base::KindType* kind : type.kinds()) ids.push_back(kind->id);
    return ids;
}

bool hasRange(const base::ParamType& type) {
    return type.kind == base::ParamKind::Number || type.kind == base::ParamKind::Integer ||
           type.kind == base::ParamKind::Pair;
}

Json limit(const base::ParamType& type, double value) {
    if (!hasRange(type)) return nullptr;
    if (type.kind != base::ParamKind::Number) return static_cast<std::int64_t>(value);
    return value;
}

Json toJson(const base::ParamType& type) {
    return {{"id", type.id},
            {"kind", kindName(type.kind)},
            {"label", type.label},
            {"help", type.help},
            {"default", type.fallback},
            {"minimum", limit(type, type.minimum)},
            {"maximum", limit(type, type.maximum)},
            {"choices", choicesOf(type)},
            {"unit", type.unit},
            {"changes", changesName(type.changes)}};
}

std::string processorName() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);)
        if (line.starts_with("model name")) return line.substr(std::min(line.find(": ") + 2, line.size()));
    return "";
}

// What the processor is, what it can do, and which of it is in use.
Json machine(const Globals& globals) {
    return {{"processor", processorName()},
            {"instruction_set", backends::kernels(globals.isa).isa},
            {"instruction_sets", backends::supportedInstructionSets()},
            {"threads", std::thread::hardware_concurrency()},
            {"free_memory", training::freeMemory()}};
}

std::string machineText(const Globals& globals) {
    const Json facts = machine(globals);
    std::string can;
    for (const Json& isa : facts["instruction_sets"]) can += (can.empty() ? "" : ", ") + isa.get<std::string>();
    return facts["processor"].get<std::string>() + ", instruction set " + facts["instruction_set"].get<std::string>() +
           " in use (it has " + can + "), " + facts["threads"].dump() + " threads, " +
           training::sizeText(facts["free_memory"].get<std::int64_t>()) + " of memory free";
}

Json toJson(const Entry& entry, const Globals& globals) {
    Json parameters = Json::array();
    for (const base::ParamType& type : entry.member->parameters) parameters.push_back(toJson(type));
    Json json{{"kind", entry.kind},
              {"id", entry.member->id},
              {"label", entry.member->label},
              {"help", entry.member->help},
              {"parameters", parameters}};
    if (!entry.member->exports.empty()) json["exports"] = entry.member->exports;
    if (entry.kind == "devices") json.update(machine(globals));
    return json;
}

void printInFull(const Entry& entry, const Globals& globals) {
    std::cout << entry.kind << ' ' << entry.member->id << ": " << entry.member->label << "\n  " << entry.member->help
              << '\n';
    if (!entry.member->exports.empty()) std::cout << "  exports: " << entry.member->exports << '\n';
    if (entry.kind == "devices") std::cout << "  " << machineText(globals) << '\n';
    for (const base::ParamType& type : entry.member->parameters) {
        std::cout << "  " << type.id << " = " << type.fallback.dump();
        if (hasRange(type))
            std::cout << "  (" << roundedText(type.minimum, 12) << " to " << roundedText(type.maximum, 12) << ')';
        std::cout << "  " << type.help << '\n';
        std::string list;
        for (const std::string& choice : choicesOf(type)) list += " " + choice;
        if (!list.empty()) std::cout << "     one of:" << list << '\n';
    }
}

std::vector<Entry> wanted(const Values& values) {
    std::vector<Entry> entries;
    for (const ShelfListing& shelf : shelves())
        if (values.kind.empty() || shelf.kind == values.kind)
            for (const base::KindType* member : shelf.members)
                if (values.id.empty() || member->id == values.id) entries.push_back({shelf.kind, member});
    return entries;
}

void insistOnKind(const std::string& kind) {
    std::string list;
    for (const ShelfListing& shelf : shelves()) {
        if (kind.empty() || shelf.kind == kind) return;
        list += " " + shelf.kind;
    }
    throw UsageError("There is no kind \"" + kind + "\". Choose one of:" + list + ".");
}

int run(const Values& values, const Globals& globals) {
    insistOnKind(values.kind);
    const std::vector<Entry> entries = wanted(values);
    if (entries.empty() && !values.id.empty())
        throw UsageError("There is no \"" + values.id + "\" among the " + values.kind +
                         ". See `perceptory-cli describe " + values.kind + "`.");
    Json array = Json::array();
    for (const Entry& entry : entries)
        if (values.json)
            array.push_back(toJson(entry, globals));
        else if (!values.id.empty())
            printInFull(entry, globals);
        else
            std::cout << (values.kind.empty() ? entry.kind + " " : "") << entry.member->id << ": "
                      << entry.member->label << (entry.kind == "devices" ? ", " + machineText(globals) : std::string())
                      << '\n';
    if (values.json) std::cout << array.dump() << '\n';
    return exitDone;
}

}  // namespace

void addDescribe(CommandLine& line) {
    line.add<Values>(
        "describe", "Lists what exists: layers, activations, losses, data sets …", "describe optimizers adam",
        [](CLI::App& command, Values& values) {
            std::string kinds;
            for (const ShelfListing& shelf : shelves()) kinds += (kinds.empty() ? "" : ", ") + shelf.kind;
            command.add_option("KIND", values.kind, "One of: " + kinds);
            command.add_option("ID", values.id, "One member of it, with its parameters");
            command.add_flag("--json", values.json, "A JSON array");
        },
        run);
}

}  // namespace perceptory::cli
