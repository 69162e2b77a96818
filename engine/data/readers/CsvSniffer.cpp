#include "engine/data/readers/CsvSniffer.h"

#include <algorithm>
#include <array>
#include <map>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/data/Labels.h"
#include "engine/data/readers/CsvScanner.h"
#include "engine/data/readers/Reader.h"

namespace perceptory::data {

namespace {

constexpr std::size_t sampledRows = 100;
using SampleRows = std::vector<std::vector<std::string>>;

// The first rows under one delimiter; what cannot be read so ends the sample.
SampleRows sample(std::string_view head, bool isAll, char delimiter) {
    SampleRows rows;
    CsvScanner scanner(delimiter, "");
    const auto sink = [&](const CsvRow& row) {
        if (rows.size() < sampledRows) rows.emplace_back(row.cells.begin(), row.cells.end());
    };
    try {
        constexpr std::size_t piece = 4096;
        std::size_t at = 0;
        for (; at < head.size() && rows.size() < sampledRows; at += piece) scanner.feed(head.substr(at, piece), sink);
        if (isAll && at >= head.size()) scanner.finish(sink);
    } catch (const base::Error&) {
        // The full reading meets it again and reports it, with the delimiter chosen.
    }
    return rows;
}

// The share of rows that have as many cells as most rows have; 0 when that is one cell.
double agreement(const SampleRows& rows) {
    std::map<std::size_t, std::size_t> widths;
    for (const auto& row : rows) ++widths[row.size()];
    std::size_t best = 0, bestWidth = 1;
    for (const auto& [width, count] : widths)
        if (count > best) {
            best = count;
            bestWidth = width;
        }
    return bestWidth < 2 ? 0 : static_cast<double>(best) / static_cast<double>(rows.size());
}

// At a tie the rarer character wins: commas also stand inside decimals and texts. Blanks stand in most texts, so they
// count only where nothing else separates and every row has as many cells.
char bestDelimiter(std::string_view head, bool isAll) {
    char best = ',';
    double bestAgreement = 0;
    for (const char delimiter : {'\t', '|', ';', ','}) {
        const double found = agreement(sample(head, isAll, delimiter));
        if (found <= bestAgreement) continue;
        bestAgreement = found;
        best = delimiter;
    }
    return bestAgreement == 0 && agreement(sample(head, isAll, ' ')) == 1 ? ' ' : best;
}

char chosenDelimiter(const std::string& word, std::string_view head, bool isAll) {
    for (const CsvDelimiter& each : csvDelimiters)
        if (word == each.word) return each.character;
    // The scanner passes over a first line that names its delimiter.
    const std::string_view first = head.substr(0, head.find_first_of("\r\n"));
    if (first.find("sep=") != first.npos || first.find("SEP=") != first.npos)
        for (const CsvDelimiter& each : csvDelimiters)
            if (sample(first, true, each.character).empty()) return each.character;
    return bestDelimiter(head, isAll);
}

bool hasDecimalComma(const std::string& cell) {
    if (std::ranges::count(cell, ',') != 1 || cell.find('.') != std::string::npos) return false;
    std::string point = cell;
    std::ranges::replace(point, ',', '.');
    return readNumber(point).has_value();
}

bool usesDecimalCommas(const SampleRows& rows) {
    bool commas = false;
    for (const auto& row : rows)
        for (const std::string& cell : row) {
            if (cell.find('.') != std::string::npos && readNumber(cell)) return false;
            commas = commas || hasDecimalComma(cell);
        }
    return commas;
}

// 1,234 or -12,345,678.9 with commas as `group`: one to three digits, then groups of three.
bool isGrouped(std::string_view cell, char group) {
    if (cell.starts_with('-') || cell.starts_with('+')) cell.remove_prefix(1);
    const std::string_view whole = cell.substr(0, cell.find_first_of(group == ',' ? "." : group == '.' ? "," : ".,"));
    std::size_t digits = 0, groups = 0;
    for (const char c : whole) {
        if (c >= '0' && c <= '9') {
            ++digits;
        } else if (c == group && digits >= 1 && (groups == 0 ? digits <= 3 : digits == 3)) {
            ++groups;
            digits = 0;
        } else {
            return false;
        }
    }
    return groups > 0 && digits == 3;
}

// Two groups, or a group and decimals, can be nothing else.
bool isSurelyGrouped(const std::string& cell, char group) {
    const char decimal = group == ',' ? '.' : ',';
    return isGrouped(cell, group) && (std::ranges::count(cell, group) > 1 || cell.find(decimal) != std::string::npos);
}

template <class Test>
bool anyCell(const SampleRows& rows, const Test& test) {
    return std::ranges::any_of(rows, [&](const auto& row) { return std::ranges::any_of(row, test); });
}

bool anySurelyGrouped(const SampleRows& rows, char group) {
    return anyCell(rows, [&](const std::string& cell) { return isSurelyGrouped(cell, group); });
}

// Between commas a number with a comma stands in quotes: "1,5" and "1.234,5" have decimals, "1,234" alone is one
// thousand and more.
bool quotesDecimals(const SampleRows& rows) {
    return anyCell(rows, [](const std::string& cell) { return hasDecimalComma(cell) && !isGrouped(cell, ','); });
}

bool quotesGroupsAndDecimals(const SampleRows& rows) {
    return anyCell(rows, [](const std::string& cell) { return isGrouped(cell, '.') && cell.find(',') != cell.npos; });
}

bool quotesThousands(const SampleRows& rows) {
    return anyCell(rows, [](const std::string& cell) { return isGrouped(cell, ','); });
}

void replaceAll(std::string& text, std::string_view what, std::string_view with) {
    for (std::size_t at = 0; (at = text.find(what, at)) != text.npos; at += with.size())
        text.replace(at, what.size(), with);
}

constexpr std::string_view signsOfUnits[] = {"$", "\u20ac", "\u00a3", "\u00a5", "%"};

// The cell without a sign of money or percent at either end, with the minus of ASCII, and without blanks or
// apostrophes between groups of three digits.
std::string withoutSigns(std::string_view cell) {
    std::string text(cell);
    replaceAll(text, "\u2212", "-");
    for (const char* blank : {"\u00a0", "\u2009", "\u202f"}) replaceAll(text, blank, " ");
    replaceAll(text, "\u2019", "'");
    for (const std::string_view sign : signsOfUnits) {
        const std::size_t at = text.find(sign);
        const bool first = at == 0 || (at == 1 && (text[0] == '-' || text[0] == '+'));
        if (at != text.npos && (first || at + sign.size() == text.size())) text.erase(at, sign.size());
    }
    while (text.ends_with(' ')) text.pop_back();
    while (text.starts_with(' ')) text.erase(0, 1);
    for (const char group : {' ', '\''})
        if (isGrouped(text, group)) std::erase(text, group);
    return text;
}

// What looks to be a number once its signs are gone, without them; all else as it is.
SampleRows withoutSigns(SampleRows rows) {
    for (auto& row : rows)
        for (std::string& cell : row) {
            std::string plain = withoutSigns(cell);
            if (plain.find_first_not_of("+-.,0123456789eE") == plain.npos) cell = std::move(plain);
        }
    return rows;
}

// Whether some number can be read in one way only. 1.234 and 1,234 may both be more than a thousand, or little more
// than one.
bool tellsStyle(const SampleRows& rows) {
    return anyCell(rows, [](const std::string& cell) {
        if (cell.find_first_of(".,") == cell.npos || cell.find_first_not_of("+-.,0123456789eE") != cell.npos)
            return false;
        const bool single = std::ranges::count(cell, '.') + std::ranges::count(cell, ',') == 1;
        return !(single && (isGrouped(cell, '.') || isGrouped(cell, ',')));
    });
}

bool signsMatter(const SampleRows& rows, CsvStyle style) {
    style.signs = true;
    return anyCell(rows, [&](const std::string& cell) {
        return !isMissing(cell) && withoutSigns(cell) != cell && style.number(cell);
    });
}

bool looksLikeHeader(const std::vector<std::string>& row, const CsvStyle& style) {
    bool text = false;
    for (const std::string& cell : row) {
        if (readNumber(cell) || style.number(cell)) return false;
        text = text || !isMissing(cell);
    }
    return text;
}

}  // namespace

base::ParamType delimiterParameter() {
    std::vector<std::string> words{"auto"};
    for (const CsvDelimiter& each : csvDelimiters) words.push_back(each.word);
    return base::choiceParam("delimiter", "Delimiter", "What separates cells.", "auto", words);
}

bool skipsBadRows(const base::Json& parameters) {
    return base::ParamValues(reader_members::Csv.parameters, parameters).text("bad_rows") == "skip";
}

std::string_view signOf(std::string_view cell) {
    for (const std::string_view sign : signsOfUnits)
        if (cell.find(sign) != cell.npos) return sign;
    return {};
}

bool isMissing(std::string_view cell) {
    if (cell.empty() || cell == "?" || cell == "-") return true;
    if (cell.size() > 3) return false;
    std::string lower(cell);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower == "na" || lower == "nan";
}

std::optional<double> CsvStyle::number(std::string_view cell) const {
    const auto plain = plainNumber(cell);
    return plain || !signs ? plain : plainNumber(withoutSigns(cell));
}

std::optional<double> CsvStyle::plainNumber(std::string_view cell) const {
    const char group = decimalComma ? '.' : ',';
    const bool grouped = cell.find(group) != std::string_view::npos;
    if (!decimalComma && !grouped) return readNumber(cell);
    if (grouped && (!groups || !isGrouped(cell, group))) return {};
    std::string point(cell);
    std::erase(point, group);
    std::ranges::replace(point, ',', '.');
    return readNumber(point);
}

namespace {

std::string lowered(std::string_view text) {
    std::string lower(text);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return lower;
}

// A whole name in English, or its first three letters.
template <std::size_t N>
bool isName(std::string_view word, const std::array<std::string_view, N>& names) {
    return std::ranges::any_of(names, [&](std::string_view name) { return word == name || word == name.substr(0, 3); });
}

bool isMonth(std::string_view word) {
    static constexpr std::array<std::string_view, 12> months{"january",   "february", "march",    "april",
                                                             "may",       "june",     "july",     "august",
                                                             "september", "october",  "november", "december"};
    return isName(word, months) || word == "sept";
}

bool isWeekday(std::string_view word) {
    static constexpr std::array<std::string_view, 7> days{"monday", "tuesday",  "wednesday", "thursday",
                                                          "friday", "saturday", "sunday"};
    return isName(word, days);
}

bool isDigits(std::string_view text, std::size_t most) {
    return !text.empty() && text.size() <= most && text.find_first_not_of("0123456789") == text.npos;
}

// 1 Mar 2020, Mar 1, 2020, 01-Mar-20, March 2020, Sun, 01 Mar 2020 18:15
bool isNamedDate(const std::string& cell) {
    int months = 0, numbers = 0, days = 0, times = 0;
    for (std::size_t at = 0; at < cell.size();) {
        const std::size_t end = std::min(cell.find_first_of(" ,-/.", at), cell.size());
        const std::string_view word = std::string_view(cell).substr(at, end - at);
        at = end + 1;
        if (word.empty()) continue;
        if (isMonth(word))
            ++months;
        else if (isWeekday(word))
            ++days;
        else if (isDigits(word, 4))
            ++numbers;
        else if (isTimeOfDay(word))
            ++times;
        else if (word != "am" && word != "pm")
            return false;
    }
    return months == 1 && days <= 1 && times <= 1 && (numbers == 1 || numbers == 2);
}

}  // namespace

bool isTimeOfDay(std::string_view cell) {
    std::string text = lowered(cell);
    for (const char* half : {"am", "pm"})
        if (text.ends_with(half)) text.resize(text.size() - 2);
    while (text.ends_with(' ')) text.pop_back();
    std::vector<std::string_view> parts;
    for (std::size_t at = 0; at <= text.size();) {
        const std::size_t end = std::min(text.find(':', at), text.size());
        parts.push_back(std::string_view(text).substr(at, end - at));
        at = end + 1;
    }
    if (parts.size() < 2 || parts.size() > 3 || !isDigits(parts[0], 2)) return false;
    if (parts[0].size() == 2 && parts[0] > "24") return false;
    const std::string_view seconds = parts.size() == 3 ? parts[2].substr(0, parts[2].find('.')) : "00";
    const auto isSixtieth = [](std::string_view part) { return part.size() == 2 && isDigits(part, 2) && part < "60"; };
    return isSixtieth(parts[1]) && isSixtieth(seconds);
}

bool isDate(std::string_view cell) {
    if (isNamedDate(lowered(cell))) return true;
    if (const std::size_t time = cell.find_first_of("T "); time != cell.npos) {
        if (cell.find(':', time) == cell.npos) return false;
        cell = cell.substr(0, time);
    }
    const std::size_t first = cell.find_first_of("-./");
    if (first == cell.npos || first == 0) return false;
    int numbers = 1, digits = 0;
    for (const char c : cell) {
        if (c >= '0' && c <= '9') {
            if (++digits > 4) return false;
        } else if (c == cell[first] && digits > 0) {
            ++numbers;
            digits = 0;
        } else {
            return false;
        }
    }
    // Two numbers alone may be many things, unless the first is a year.
    return digits > 0 && (numbers == 3 || (numbers == 2 && first == 4 && cell[first] == '-'));
}

std::string CsvStyle::words() const {
    const std::string name = delimiter == ','   ? base::sentence("separated by commas")
                             : delimiter == ';' ? base::sentence("separated by semicolons")
                             : delimiter == '|' ? base::sentence("separated by bars")
                             : delimiter == ' ' ? base::sentence("separated by blanks")
                                                : base::sentence("separated by tabs");
    const std::string text =
        header ? base::sentence("{0}, with a header", name) : base::sentence("{0}, without a header", name);
    const std::string decimals = decimalComma ? base::sentence("{0}, with decimal commas", text) : text;
    const std::string thousands = groups ? base::sentence("{0}, thousands grouped", decimals) : decimals;
    return signs ? base::sentence("{0}, signs such as $ and % passed over", thousands) : thousands;
}

std::string CsvStyle::numbers() const {
    return std::string(decimalComma ? "comma" : "point") + (groups ? " grouped" : "");
}

CsvStyle sniffCsv(std::string_view head, bool isAll, const base::ParamValues& parameters, const std::string& place,
                  const std::string& usual) {
    CsvStyle style;
    style.delimiter = chosenDelimiter(parameters.text("delimiter"), head, isAll);
    const SampleRows asWritten = sample(head, isAll, style.delimiter), rows = withoutSigns(asWritten);
    if (rows.empty() && isAll && head.find_first_not_of(" \t\r\n") == std::string_view::npos)
        throw base::Error(base::sentence("{0}: there is no row with anything in it. Choose another file.", place));
    const std::string decimal = parameters.text("decimal"), header = parameters.text("header"),
                      thousands = parameters.text("thousands");
    const bool betweenCommas = style.delimiter == ',';
    const bool groupedByCommas = thousands != "plain" && anySurelyGrouped(rows, ',');
    const bool commas = usesDecimalCommas(rows) && (!betweenCommas || quotesDecimals(rows));
    const bool groupedByPoints = betweenCommas ? quotesGroupsAndDecimals(rows) : anySurelyGrouped(rows, '.');
    style.decimalComma = decimal == "comma" || (decimal == "auto" && !groupedByCommas && (commas || groupedByPoints));
    const bool grouped = anySurelyGrouped(rows, style.decimalComma ? '.' : ',') ||
                         (betweenCommas && !style.decimalComma && quotesThousands(rows));
    style.groups = thousands == "grouped" || (thousands == "auto" && grouped);
    if (!usual.empty() && !tellsStyle(rows)) {
        if (decimal == "auto") style.decimalComma = usual.starts_with("comma");
        if (thousands == "auto") style.groups = usual.ends_with("grouped");
    }
    style.signs = signsMatter(asWritten, style);
    style.header = header == "yes" || (header == "auto" && !rows.empty() && looksLikeHeader(rows[0], style));
    return style;
}

}  // namespace perceptory::data
