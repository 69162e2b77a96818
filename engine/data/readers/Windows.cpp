// A series of numbers in a column of a table, cut into windows: some values in a row are the input, those that follow
// are to be predicted. Row t of a window holds the values of all channels at that time, the oldest first.

#include <algorithm>
#include <cmath>

#include "engine/base/Text.h"
#include "engine/data/Counts.h"
#include "engine/data/MemoryLimit.h"
#include "engine/data/readers/TableColumns.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

constexpr std::int64_t mostSteps = 10'000, mostAhead = 1000;
constexpr std::size_t mostValues = 1 << 16;  // of a window, as many as columns of a table

std::vector<std::string> partedByCommas(const std::string& text) {
    std::vector<std::string> parts;
    for (std::size_t at = 0; at < text.size();) {
        const std::size_t end = std::min(text.find(',', at), text.size());
        const std::size_t first = text.find_first_not_of(' ', at), last = text.find_last_not_of(' ', end - 1);
        if (first < end) parts.push_back(text.substr(first, last + 1 - first));
        at = end + 1;
    }
    return parts;
}

std::string windowsText(std::size_t count) {
    return base::counted("{0} window", "{0} windows", static_cast<std::int64_t>(count));
}

class WindowsReader {
public:
    WindowsReader(const ReadRequest& request, base::Problems& problems)
        : m_request(request),
          m_problems(problems),
          m_values(reader_members::Windows.parameters, request.parameters),
          m_length(static_cast<std::size_t>(m_values.integer("length"))),
          m_ahead(request.needsTarget ? static_cast<std::size_t>(m_values.integer("horizon")) : 0),
          m_stride(static_cast<std::size_t>(m_values.integer("stride"))) {}

    std::optional<Table> run() {
        if (!(m_request.pipeline ? takeModelChannels() : chooseChannels()) || !isSmallEnough()) return {};
        const auto series = reader_members::Csv.read(inside(), m_problems);
        if (!series || !isLongEnough(series->count)) return {};
        return cut(*series);
    }

private:
    bool refuse(const std::string& where, std::string sentence, std::string fix) {
        m_problems.push_back({where, base::Severity::Error, std::move(sentence), std::move(fix)});
        return false;
    }

    std::string place() const { return m_request.path.filename().string(); }

    bool chooseChannels() {
        const FilePreview look = previewTable(m_request.path, m_request.parameters);
        std::string name = m_values.text("column");
        if (name.empty()) {
            const auto found = std::ranges::find(look.columns, true, &ColumnSummary::isNumeric);
            if (found == look.columns.end())
                return refuse("data.path", base::sentence("{0}: no column holds numbers.", place()),
                              base::sentence("Check the delimiter and the decimal sign, or choose another file."));
            name = found->name;
        }
        bool good = addChannel(look, name, "column");
        for (const std::string& more : partedByCommas(m_values.text("columns")))
            good = addChannel(look, more, "columns") && good;
        return good;
    }

    bool addChannel(const FilePreview& look, const std::string& name, const std::string& id) {
        const auto column = placeOfColumn(look, name, id, m_problems);
        if (column && std::ranges::count(m_channels, name) == 0) m_channels.push_back(name);
        return column.has_value();
    }

    // Length and channels as the names tell them that were given in training.
    bool takeModelChannels() {
        const std::vector<std::string>& names = m_request.pipeline->rawNames();
        const std::string now = " 0";
        for (std::size_t i = names.size(); i > 0 && names[i - 1].ends_with(now); --i)
            m_channels.insert(m_channels.begin(), names[i - 1].substr(0, names[i - 1].size() - now.size()));
        if (!m_channels.empty()) m_length = names.size() / m_channels.size();
        if (inputNames() == names) return true;
        return refuse("data.reader", base::sentence("The model was not trained with windows of a series."),
                      base::sentence("Choose data of the kind it was trained with."));
    }

    bool isSmallEnough() {
        if (m_length * m_channels.size() <= mostValues) return true;
        return refuse("data.reader.parameters.length",
                      base::sentence("Windows of {0} rows and {1} columns have more than {2} values.", m_length,
                                     m_channels.size(), mostValues),
                      base::sentence("Choose a shorter length or fewer columns."));
    }

    // The columns alone, as numbers and without a target.
    ReadRequest inside() const {
        ReadRequest request;
        request.path = m_request.path;
        request.paths = {m_request.path};
        request.parameters = csvParameters(m_request.parameters);
        for (const std::string& name : m_channels) {
            request.columns.push_back({name, ColumnUse::Number});
            request.features.push_back({name, ""});
        }
        request.needsTarget = false;
        request.numberStyle = m_request.usualNumbers();
        request.memoryLimit = m_request.memoryLimit;
        request.progress = m_request.progress;
        return request;
    }

    bool isLongEnough(std::size_t rows) {
        if (rows >= m_length + m_ahead) return true;
        if (m_ahead == 0)
            return refuse(
                "data.path",
                base::sentence("{0}: it has {1}, fewer than the {2} of a window.", place(), rowsText(rows), m_length),
                base::sentence("Choose a file with more rows."));
        return refuse("data.path",
                      base::sentence("{0}: it has {1}, too few for windows of {2} and {3} more to predict.", place(),
                                     rowsText(rows), m_length, m_ahead),
                      base::sentence("Choose a file with more rows, or a shorter length or horizon."));
    }

    // The names of the inputs, in the order of the values.
    std::vector<std::string> inputNames() const {
        std::vector<std::string> names;
        for (std::size_t i = 0; i < m_length; ++i)
            for (const std::string& channel : m_channels)
                names.push_back(channel + (i + 1 < m_length ? " -" : " ") + std::to_string(m_length - 1 - i));
        return names;
    }

    // The rows with the values of a channel each, in the order of the channels: the table has that of the file.
    std::vector<float> valuesOf(const Table& series) const {
        std::vector<std::size_t> order;
        for (const std::string& name : m_channels)
            order.push_back(static_cast<std::size_t>(std::ranges::find(series.columns, name) - series.columns.begin()));
        std::vector<float> values, row(m_channels.size());
        values.reserve(series.count * row.size());
        for (std::size_t i = 0; i < series.count; ++i) {
            series.values.read(i, row.data());
            for (const std::size_t column : order) values.push_back(row[column]);
        }
        return values;
    }

    // Where windows begin. New rows: also the last window, whose future nobody knows.
    std::vector<std::size_t> starts(std::size_t rows) const {
        const std::size_t last = rows - m_length - m_ahead;
        std::vector<std::size_t> result;
        for (std::size_t start = 0; start <= last; start += m_stride) result.push_back(start);
        if (!m_request.needsTarget && result.back() != last) result.push_back(last);
        return result;
    }

    Table emptyTable() const {
        Table table;
        table.columns = inputNames();
        table.shape = {static_cast<std::int64_t>(m_length), static_cast<std::int64_t>(m_channels.size())};
        table.values = RowStore(table.columns.size());
        table.task = Task::Regression;
        table.rowsOverlap = m_stride < m_length + m_ahead;
        for (std::size_t i = 1; i <= m_ahead; ++i)
            table.targetNames.push_back(m_channels.front() + " +" + std::to_string(i));
        return table;
    }

    Table cut(const Table& series) const {
        const std::vector<float> values = valuesOf(series);
        const std::vector<std::size_t> first = starts(series.count);
        Table table = emptyTable();
        checkMemory(first.size(), table.columns.size(), m_request.memoryLimit, m_request.path.string(),
                    base::sentence("Set a shorter \"length\", or a larger \"stride\"."));
        table.notes = series.notes;
        table.numberStyle = series.numberStyle;
        for (std::size_t i = 0; i < first.size(); ++i) {
            if (i % 1024 == 0) base::tell(m_request.progress, 1);
            if (!take(values, first[i], table)) continue;
            table.lines.push_back(series.lines[first[i] + m_length - 1]);
            table.addRow(i);
        }
        table.sourceCount = first.size();
        note(table, first.size() - table.count);
        return table;
    }

    // False when the window is left out.
    bool take(std::span<const float> values, std::size_t start, Table& table) const {
        const std::size_t channels = m_channels.size();
        const auto inputs = values.subspan(start * channels, m_length * channels);
        std::vector<float> targets;
        for (std::size_t i = 0; i < m_ahead; ++i) targets.push_back(values[(start + m_length + i) * channels]);
        const auto isMissing = [](float value) { return std::isnan(value); };
        // Every new window needs its answer, so the model fills what is missing, or the row is refused.
        const bool needsInputs = m_request.needsTarget && !m_request.fillsMissing;
        if ((needsInputs && std::ranges::any_of(inputs, isMissing)) || std::ranges::any_of(targets, isMissing))
            return false;
        table.values.append(inputs);
        table.targets.insert(table.targets.end(), targets.begin(), targets.end());
        return true;
    }

    void note(Table& table, std::size_t leftOut) const {
        table.notes.push_back(base::sentence("{0} of {1} of {2}, as the shape {3} × {4}.", windowsText(table.count),
                                             rowsText(m_length), quotable(m_channels.front()), m_length,
                                             m_channels.size()));
        if (leftOut > 0)
            table.notes.push_back(base::sentence("{0} left out: a value is missing.", windowsText(leftOut)));
    }

    const ReadRequest& m_request;
    base::Problems& m_problems;
    base::ParamValues m_values;
    std::size_t m_length, m_ahead, m_stride;
    std::vector<std::string> m_channels;  // the first one is predicted
};

std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    return WindowsReader(request, problems).run();
}

}  // namespace

const ReaderType reader_members::Windows{
    {"windows", "Time series (windows)",
     "Columns of numbers in a table (CSV) whose rows follow each other in time. The network sees the values of some "
     "rows, "
     "of the shape length × columns, and predicts those of the rows that follow. Windows with missing values are left "
     "out.",
     withTableParameters(
         {columnParameter("column", "Column", "What is predicted, from its own past; empty: the first one of numbers."),
          columnParameter("columns", "More columns", "Names of further inputs, with commas between them."),
          base::integerParam("length", "Length", "How many rows the network sees.", 30, 1, mostSteps),
          base::integerParam("horizon", "Horizon", "How many of the values that follow are predicted.", 1, 1,
                             mostAhead),
          base::integerParam("stride", "Stride", "How many rows further the next window begins.", 1, 1, mostSteps)})},
    {".csv", ".tsv"},
    read,
    false,
    previewTable};

}  // namespace perceptory::data
