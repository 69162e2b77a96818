// Who rated what and how: two columns of words, the fields user and item, for an embedding each (Koren, Bell, Volinsky
// 2009, "Matrix Factorization Techniques for Recommender Systems"), and the rating as a number to predict.

#include <algorithm>

#include "engine/base/Text.h"
#include "engine/data/Counts.h"
#include "engine/data/readers/TableColumns.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

struct Column {
    std::string name;
    std::size_t place = 0;  // in the file
};

class RatingsReader {
public:
    RatingsReader(const ReadRequest& request, base::Problems& problems)
        : m_request(request),
          m_problems(problems),
          m_values(reader_members::Ratings.parameters, request.parameters),
          m_look(previewTable(request.path, request.parameters)) {}

    std::optional<Table> run() {
        if (!fitsModel() || !hasColumns() || !choose("user", 0, m_user) || !choose("item", 1, m_item)) return {};
        if (m_request.needsTarget && !choose("rating", 2, m_rating)) return {};
        if (!areDifferent()) return {};
        auto table = reader_members::Csv.read(inside(), m_problems);
        if (!table) return {};
        if (itemFirst()) turn(*table);
        table->columns = names();
        note(*table);
        return table;
    }

private:
    static std::vector<std::string> names() { return {"user", "item"}; }

    bool refuse(const std::string& where, std::string sentence, std::string fix) {
        m_problems.push_back({where, base::Severity::Error, std::move(sentence), std::move(fix)});
        return false;
    }

    bool fitsModel() {
        if (!m_request.pipeline || m_request.pipeline->rawNames() == names()) return true;
        return refuse("data.reader", base::sentence("The model was not trained with ratings."),
                      base::sentence("Choose data of the kind it was trained with."));
    }

    bool hasColumns() {
        const std::size_t needed = m_request.needsTarget ? 3 : 2;
        if (m_look.columns.size() >= needed) return true;
        return refuse("data.path",
                      base::sentence("{0}: the file has {1}, and ratings need a user, an item and a rating.",
                                     m_request.path.filename().string(), columnsText(m_look.columns.size())),
                      base::sentence("Check the delimiter, or choose another file."));
    }

    bool choose(const std::string& id, std::size_t usual, Column& column) {
        column.name = m_values.text(id);
        if (column.name.empty() && id == "rating") column.name = m_request.targetName;
        if (column.name.empty()) column.name = m_look.columns[usual].name;
        const auto place = placeOfColumn(m_look, column.name, id, m_problems);
        column.place = place.value_or(0);
        return place.has_value();
    }

    bool areDifferent() {
        const bool rated = m_request.needsTarget && (m_user.place == m_rating.place || m_item.place == m_rating.place);
        if (m_user.place != m_item.place && !rated) return true;
        return refuse("data.reader.parameters",
                      base::sentence("The column \"{0}\" is chosen for two of user, item and rating.",
                                     quotable(rated ? m_rating.name : m_item.name)),
                      base::sentence("Name a column of its own for each."));
    }

    bool itemFirst() const { return m_item.place < m_user.place; }

    // The csv reader gives columns in the order of the file; those of a model are found by the names used here.
    ReadRequest inside() const {
        ReadRequest request = m_request;
        request.parameters = csvParameters(m_request.parameters);
        request.numberStyle = m_request.usualNumbers();
        request.pipeline = nullptr;
        request.targetName = m_rating.name;
        request.targetIndex.reset();
        request.task = Task::Regression;
        request.columns = {{m_user.name, ColumnUse::Index}, {m_item.name, ColumnUse::Index}};
        request.features = {{m_user.name, ""}, {m_item.name, ""}};
        if (itemFirst()) std::ranges::reverse(request.words);
        return request;
    }

    static void turn(Table& table) {
        table.values = table.values.changed([](std::span<float> row) { std::swap(row[0], row[1]); });
        std::ranges::reverse(table.categories);
        std::ranges::reverse(table.sourcePositions);
    }

    static void note(Table& table) {
        const std::size_t users = table.categories[0].size(), items = table.categories[1].size();
        table.notes.push_back(base::sentence(
            "{0} and {1}; the embedding of the field user needs {2} entries, that of item {3}.",
            base::counted("{0} user", "{0} users", static_cast<std::int64_t>(users)),
            base::counted("{0} item", "{0} items", static_cast<std::int64_t>(items)), users + 1, items + 1));
    }

    const ReadRequest& m_request;
    base::Problems& m_problems;
    base::ParamValues m_values;
    FilePreview m_look;
    Column m_user, m_item, m_rating;
};

std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    return RatingsReader(request, problems).run();
}

}  // namespace

const ReaderType reader_members::Ratings{
    {"ratings", "Ratings (user, item, rating)",
     "A table (CSV) with a rating in each row, such as MovieLens': who rated, what was rated, and the number that was "
     "given. The network gets the fields user and item: whole numbers for an embedding each, 0 for whom or what the "
     "training rows did not have.",
     withTableParameters(
         {columnParameter("user", "User", "The column that tells who rated; empty: the first one."),
          columnParameter("item", "Item", "The column that tells what was rated; empty: the second one."),
          columnParameter("rating", "Rating", "The column with the rating, a number; empty: the third one.")})},
    {".csv", ".tsv"},
    read,
    false,
    previewTable};

}  // namespace perceptory::data
