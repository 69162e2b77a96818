#include "tests/architecture/Walls.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>

namespace perceptory::architecture {

namespace {

// A room includes rooms of a lower level only; rooms of one level do not know each other. `backends/isa` is a room of
// its own: it turns formulas into kernels, and shelf members call it from below, while the rest of `backends` runs
// plans.
const std::map<std::string, int, std::less<>>& levels() {
    static const std::map<std::string, int, std::less<>> table{
        {"engine/base", 0},     {"engine/tensor", 1},      {"engine/ir", 2},           {"engine/backends/isa", 2},
        {"engine/backends", 3}, {"engine/activations", 3}, {"engine/initializers", 3}, {"engine/losses", 3},
        {"engine/metrics", 3},  {"engine/optimizers", 3},  {"engine/schedules", 3},    {"engine/regularizers", 3},
        {"engine/layers", 4},   {"engine/data", 4},        {"engine/network", 5},      {"engine/training", 6},
        {"engine/exchange", 7}, {"engine/project", 8},     {"ui/widgets", 0},          {"ui/document", 1},
        {"ui/canvas", 2},       {"ui/forms", 2},           {"ui/session", 2},          {"ui/views", 3},
        {"ui/window", 4},
    };
    return table;
}

// They meet in the Document and the Snapshot only.
bool isStranger(std::string_view room) {
    constexpr std::array strangers{"ui/canvas", "ui/forms", "ui/session", "ui/views"};
    return std::ranges::find(strangers, room) != strangers.end();
}

std::string boxOf(std::string_view path) { return std::string(path.substr(0, path.find('/'))); }

// Takes comments out and keeps the line breaks. Text in quotes is left alone, so "//" in a path survives.
std::string withoutComments(std::string_view source) {
    std::string result;
    bool inQuotes = false;
    for (std::size_t i = 0; i < source.size(); ++i) {
        const std::string_view rest = source.substr(i);
        if (!inQuotes && rest.starts_with("//")) {
            i += rest.find('\n') == std::string_view::npos ? rest.size() - 1 : rest.find('\n') - 1;
        } else if (!inQuotes && rest.starts_with("/*")) {
            const std::size_t end = std::min(rest.find("*/", 2), rest.size() - 2) + 2;
            result.append(static_cast<std::size_t>(std::ranges::count(rest.substr(0, end), '\n')), '\n');
            i += end - 1;
        } else {
            if (source[i] == '"' || source[i] == '\n') inQuotes = source[i] == '"' && !inQuotes;
            result += source[i];
        }
    }
    return result;
}

// The words behind the # of a directive; empty for other lines.
std::string_view directiveOf(std::string_view line) {
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    if (!line.starts_with('#')) return {};
    line.remove_prefix(1);
    line.remove_prefix(std::min(line.find_first_not_of(" \t"), line.size()));
    return line;
}

// Reads `include "path"` or `include <path>`; the path stays empty for anything else.
Include readInclude(std::string_view directive, int number) {
    if (!directive.starts_with("include")) return {};
    directive.remove_prefix(7);
    directive.remove_prefix(std::min(directive.find_first_not_of(" \t"), directive.size()));
    if (directive.empty() || (directive[0] != '"' && directive[0] != '<')) return {};
    const bool quoted = directive[0] == '"';
    const std::size_t end = directive.find(quoted ? '"' : '>', 1);
    if (end == std::string_view::npos) return {};
    return {number, std::string(directive.substr(1, end - 1)), quoted};
}

// Follows #if … #endif as far as PERCEPTORY_KERNELS goes.
class Conditions {
public:
    void read(std::string_view directive) {
        if (directive.starts_with("ifdef PERCEPTORY_KERNELS"))
            m_open.push_back('+');
        else if (directive.starts_with("ifndef PERCEPTORY_KERNELS"))
            m_open.push_back('-');
        else if (directive.starts_with("if"))
            m_open.push_back(' ');
        else if (m_open.empty())
            return;
        else if (directive.starts_with("endif"))
            m_open.pop_back();
        else if (directive.starts_with("else") && m_open.back() != ' ')
            m_open.back() = m_open.back() == '+' ? '-' : '+';
    }
    bool kernelsOnly() const { return m_open.find('+') != std::string::npos; }

private:
    std::string m_open;  // one sign for each open #if: + with, - without PERCEPTORY_KERNELS
};

std::string breachOfWall(std::string_view room, std::string_view box, std::string_view wanted) {
    const std::string wantedBox = boxOf(wanted);
    if (wantedBox == "tests") return "nothing but tests includes tests";
    if (box == "engine" && wantedBox != "engine") return "the engine knows neither the window nor the programs";
    if (box == "ui" && wantedBox == "app") return "the window does not know the programs";
    if (room == "app/cli" && wantedBox == "ui") return "the command line runs without the window";
    if (wantedBox == "app" && roomOf(wanted) != room) return "the two programs do not know each other";
    if (room == "ui/widgets" && wantedBox == "engine") return "widgets know nothing of the engine";
    return {};
}

std::string breachOfLevel(const std::string& room, const std::string& wantedRoom) {
    for (const std::string& one : {room, wantedRoom})
        if (!levels().contains(one)) return one + " has no level yet: give it one in tests/architecture/Walls.cpp";
    if (isStranger(room) && isStranger(wantedRoom))
        return room + " and " + wantedRoom + " meet in the Document and the Snapshot only";
    const int level = levels().at(room);
    const int wantedLevel = levels().at(wantedRoom);
    if (wantedLevel < level) return {};
    return room + " (level " + std::to_string(level) + ") includes only lower levels, and " + wantedRoom +
           " has level " + std::to_string(wantedLevel);
}

std::string breachOfLibraries(std::string_view room, std::string_view box, const Include& include) {
    if ((box == "engine" || room == "app/cli") && isQt(include.path)) return "no Qt here";
    if ((box == "ui" || room == "app/gui") && isEngineLibrary(include.path))
        return "Eigen, OpenCL and Boost stay inside the engine";
    if (include.quoted && !include.path.ends_with(".moc"))
        return "include our own files by their full path from the root, others in angle brackets";
    return {};
}

}  // namespace

std::vector<Include> includesOf(std::string_view source) {
    const std::string text = withoutComments(source);
    std::vector<Include> result;
    Conditions conditions;
    int number = 0;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find('\n', begin), text.size());
        const std::string_view directive = directiveOf(std::string_view(text).substr(begin, end - begin));
        conditions.read(directive);
        Include include = readInclude(directive, ++number);
        include.kernelsOnly = conditions.kernelsOnly();
        if (!include.path.empty()) result.push_back(std::move(include));
        begin = end + 1;
    }
    return result;
}

std::string roomOf(std::string_view path) {
    // The function table is what shelf members and the kernels' users share.
    if (path.starts_with("engine/backends/isa/") || path == "engine/backends/Kernels.h") return "engine/backends/isa";
    const std::size_t box = path.find('/');
    if (box == std::string_view::npos) return {};
    const std::size_t room = path.find('/', box + 1);
    return std::string(path.substr(0, room == std::string_view::npos ? box : room));
}

bool isOurs(std::string_view path) {
    constexpr std::array boxes{"engine", "ui", "app", "tests"};
    return path.find('/') != std::string_view::npos && std::ranges::find(boxes, boxOf(path)) != boxes.end();
}

bool isQt(std::string_view header) {
    const auto isUpper = [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; };
    if (header.starts_with("Qt") || header.starts_with("qt")) return true;
    if (header.starts_with('q') && header.ends_with(".h")) return true;
    return header.size() > 1 && header[0] == 'Q' && isUpper(header[1]);
}

bool isEngineLibrary(std::string_view header) {
    constexpr std::array prefixes{"Eigen/", "unsupported/Eigen/", "CL/", "clblast", "boost/"};
    return std::ranges::any_of(prefixes, [header](const char* prefix) { return header.starts_with(prefix); });
}

std::string breach(std::string_view file, const Include& include) {
    const std::string box = boxOf(file);
    const std::string room = roomOf(file);
    if (box == "tests") return {};
    if (!isOurs(include.path)) return breachOfLibraries(room, box, include);
    const std::string wantedRoom = roomOf(include.path);
    if (const std::string wall = breachOfWall(room, box, include.path); !wall.empty()) return wall;
    if (box == "app" || boxOf(include.path) != box || room == wantedRoom) return {};
    return breachOfLevel(room, wantedRoom);
}

}  // namespace perceptory::architecture
