#include "ui/document/commands/RowCommands.h"

#include <algorithm>
#include <charconv>
#include <vector>

#include "ui/document/commands/OutputLayer.h"
#include "ui/document/commands/PointCommands.h"
#include "ui/document/commands/Words.h"

namespace perceptory::document {

using base::Json;

namespace {

class Rows {
public:
    explicit Rows(std::span<const std::uint32_t> rows) : m_rows(rows.begin(), rows.end()) {
        std::ranges::sort(m_rows);
        const auto twice = std::ranges::unique(m_rows);
        m_rows.erase(twice.begin(), twice.end());
    }

    const std::vector<std::uint32_t>& all() const { return m_rows; }
    bool has(std::uint64_t row) const {
        return std::ranges::binary_search(m_rows, row, {}, [](std::uint32_t own) { return std::uint64_t{own}; });
    }

private:
    std::vector<std::uint32_t> m_rows;
};

bool isOf(const Json& edit, const Rows& rows) {
    return edit.is_object() && edit.contains("row") && edit["row"].is_number_unsigned() &&
           rows.has(edit["row"].get<std::uint64_t>());
}

// `change` null: the rows have no edit afterwards.
void setEdits(Json& project, const Rows& rows, const Json& change) {
    Json& data = project["data"];
    Json edits = Json::array();
    if (data.contains("edits") && data["edits"].is_array())
        for (const Json& edit : data["edits"])
            if (!isOf(edit, rows)) edits.push_back(edit);
    if (!change.is_null())
        for (const std::uint32_t row : rows.all()) {
            Json edit{{"row", row}};
            edit.update(change);
            edits.push_back(std::move(edit));
        }
    if (edits.empty())
        data.erase("edits");
    else
        data["edits"] = std::move(edits);
}

template <class Change>
void changePoints(Json& project, const Change& change) {
    Json& points = project["data"]["points"];
    if (!points.is_array()) return;
    const DataFacts before = factsOf(project);
    change(points);
    fitOutput(project, before, factsOf(project));
}

void erasePoints(Json& project, const Rows& rows) {
    changePoints(project, [&](Json& points) {
        Json kept = Json::array();
        for (std::size_t i = 0; i < points.size(); ++i)
            if (!rows.has(i)) kept.push_back(points[i]);
        points = std::move(kept);
    });
}

// A class that is a number is written as one, as the brush does.
Json labelOf(const std::string& text) {
    std::int64_t number = 0;
    const char* end = text.data() + text.size();
    const auto read = std::from_chars(text.data(), end, number);
    return read.ec == std::errc() && read.ptr == end ? Json(number) : Json(text);
}

void relabelPoints(Json& project, const Rows& rows, const std::string& label) {
    changePoints(project, [&](Json& points) {
        for (const std::uint32_t row : rows.all())
            if (row < points.size() && points[row].is_array() && points[row].size() == 3)
                points[row][2] = labelOf(label);
    });
}

QString counted(const Rows& rows, const QString& one, const QString& many) {
    return rows.all().size() == 1 ? one.arg(std::uint64_t{rows.all().front()} + 1) : many;
}

int countOf(const Rows& rows) { return static_cast<int>(rows.all().size()); }

}  // namespace

void excludeRows(Document& document, std::span<const std::uint32_t> rows) {
    const Rows chosen(rows);
    if (chosen.all().empty()) return;
    const bool points = hasPoints(document);
    document.edit(
        counted(chosen, Words::tr("Leave out row %1"), Words::tr("Leave out %Ln rows", nullptr, countOf(chosen))),
        [&](Json& project) {
            if (points) return erasePoints(project, chosen);
            setEdits(project, chosen, Json{{"exclude", true}});
        });
}

void relabelRows(Document& document, std::span<const std::uint32_t> rows, const std::string& label) {
    const Rows chosen(rows);
    if (chosen.all().empty()) return;
    const bool points = hasPoints(document);
    // Without the class: steps that become one keep the name of the first.
    const QString text = counted(chosen, Words::tr("Give row %1 another class"),
                                 Words::tr("Give %Ln rows another class", nullptr, countOf(chosen)));
    const QString key = QStringLiteral("class of %1 rows from %2").arg(countOf(chosen)).arg(chosen.all().front());
    document.edit(
        text,
        [&](Json& project) {
            if (points) return relabelPoints(project, chosen, label);
            setEdits(project, chosen, Json{{"label", label}});
        },
        key);
}

void takeBackEdits(Document& document, std::span<const std::uint32_t> rows) {
    const Rows chosen(rows);
    if (chosen.all().empty()) return;
    document.edit(counted(chosen, Words::tr("Take back the edit of row %1"),
                          Words::tr("Take back the edits of %Ln rows", nullptr, countOf(chosen))),
                  [&](Json& project) { setEdits(project, chosen, nullptr); });
}

void takeBackAllEdits(Document& document) {
    document.edit(Words::tr("Take back all edits of rows"), [](Json& project) { project["data"].erase("edits"); });
}

}  // namespace perceptory::document
