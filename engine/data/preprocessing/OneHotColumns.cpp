#include "engine/data/preprocessing/OneHotColumns.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <sstream>

#include "engine/data/preprocessing/FittedNumbers.h"
#include "engine/ir/Algebra.h"

namespace perceptory::data {

namespace {

std::string trimmed(const std::string& text) {
    const std::size_t first = text.find_first_not_of(" \t");
    return first == text.npos ? "" : text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

std::string shortest(float value) {
    char text[32];
    return {text, std::to_chars(text, text + sizeof text, value).ptr};
}

bool isWhole(float value) { return std::isfinite(value) && value == std::floor(value); }

}  // namespace

OneHotChoice::OneHotChoice(const FitRequest& request)
    : m_request(request),
      m_limit(static_cast<std::size_t>(request.values.integer("limit"))),
      m_columns(request.shape.width()) {}

bool OneHotChoice::report(const std::string& sentence, const std::string& fix) const {
    m_request.problems.push_back({m_request.where + ".columns", base::Severity::Error, sentence, fix});
    return false;
}

bool OneHotChoice::readNames() {
    const std::string text = trimmed(m_request.values.text("columns"));
    m_named = !text.empty();
    if (m_named) m_columns.assign(m_columns.size(), Column{false, {}});
    const std::vector<std::string>& names = m_request.shape.names;
    std::istringstream list(text);
    for (std::string name; std::getline(list, name, ',');) {
        const auto found = std::ranges::find(names, name = trimmed(name));
        if (found == names.end()) {
            const std::string guess = base::nearest(name, names);
            return report(base::sentence("There is no column called \"{0}\".", name),
                          guess.empty() ? base::sentence("Use the names of columns, with commas between them.")
                                        : base::sentence("Did you mean \"{0}\"?", guess));
        }
        m_columns[static_cast<std::size_t>(found - names.begin())].chosen = true;
    }
    return true;
}

// A value too many ends the search in its column, so that numbers of a large table are not all kept.
void OneHotChoice::look(const float* row) {
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        Column& column = m_columns[i];
        if (!column.chosen || isFull(column)) continue;
        if (!m_named && !isWhole(row[i]))
            column.chosen = false;
        else if (std::isfinite(row[i]))
            column.values.insert(row[i]);
    }
}

std::optional<Categories> OneHotChoice::categories() const {
    Categories result(m_columns.size());
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        const Column& column = m_columns[i];
        if (!column.chosen || (!m_named && (isFull(column) || column.values.size() <= 2))) continue;
        if (isFull(column)) {
            report(base::sentence("\"{0}\" has more than {1} different values.", m_request.shape.names[i], m_limit),
                   base::sentence("Leave the column out, or raise the limit."));
            return {};
        }
        result[i].assign(column.values.begin(), column.values.end());
    }
    if (std::ranges::all_of(result, [](const auto& values) { return values.empty(); }))
        m_request.problems.push_back({m_request.where, base::Severity::Warning,
                                      base::sentence("No column has a few different whole numbers."),
                                      base::sentence("Remove the step, or name the columns.")});
    return result;
}

PreparedShape OneHotColumns::outputs(const PreparedShape& in) const {
    if (std::ranges::all_of(m_categories, [](const auto& values) { return values.empty(); })) return in;
    PreparedShape out;
    for (std::size_t i = 0; i < m_categories.size(); ++i) {
        if (m_categories[i].empty()) out.names.push_back(in.names[i]);
        for (const float value : m_categories[i]) out.names.push_back(in.names[i] + "=" + shortest(value));
    }
    out.shape = {static_cast<std::int64_t>(out.width())};
    return out;
}

// Left to right, each value read before its columns are written: where no row grows, the two may be the same memory.
void OneHotColumns::apply(const ConstRows& from, const Rows& to) const {
    for (std::size_t row = 0; row < to.count; ++row) {
        float* y = to[row];
        for (std::size_t i = 0; i < m_categories.size(); ++i) {
            const float x = from[row][i];
            if (m_categories[i].empty()) *y++ = x;
            for (const float value : m_categories[i]) *y++ = std::isnan(x) ? x : static_cast<float>(x == value);
        }
    }
}

void OneHotColumns::undo(const ConstRows& from, const Rows& to) const {
    for (std::size_t row = 0; row < to.count; ++row) {
        const float* y = from[row];
        for (std::size_t i = 0; i < m_categories.size(); ++i) {
            const std::size_t size = m_categories[i].size();
            to[row][i] = size == 0 ? *y : m_categories[i][static_cast<std::size_t>(std::max_element(y, y + size) - y)];
            y += std::max<std::size_t>(1, size);
        }
    }
}

std::string OneHotColumns::onnx(ir::OnnxGraph& graph, const std::string& x, const PreparedShape& in) const {
    if (outputs(in) == in) return x;
    std::vector<std::int64_t> sources;
    std::vector<float> values, compared;  // of each column that comes out: what it is compared with, and whether it is
    for (std::size_t i = 0; i < m_categories.size(); ++i)
        for (std::size_t k = 0; k < std::max<std::size_t>(1, m_categories[i].size()); ++k) {
            sources.push_back(static_cast<std::int64_t>(i));
            compared.push_back(m_categories[i].empty() ? 0 : 1);
            values.push_back(m_categories[i].empty() ? 0 : m_categories[i][k]);
        }
    const auto width = static_cast<std::int64_t>(values.size());
    const std::string row = in.shape.size() == 1
                                ? x
                                : graph.add("Reshape", {x, graph.integers({0, static_cast<std::int64_t>(in.width())})});
    const std::string all = graph.add("Gather", {row, graph.integers(sources)}, {{"axis", std::int64_t{1}}});
    const std::string equal = graph.add("Equal", {all, graph.constant({width}, std::move(values))});
    const std::string chosen = graph.add("Equal", {graph.constant({width}, std::move(compared)), graph.number(1)});
    return graph.add("Where", {chosen, graph.add("Cast", {equal}, {{"to", ir::onnxFloat}}), all});
}

// Columns that stay go together; of another one y_k = 1 where x − value_k is 0.
ir::ValueId OneHotColumns::lower(ir::Graph& graph, ir::ValueId x, const PreparedShape& in) const {
    if (outputs(in) == in) return x;
    x = ir::reshape(graph, x, {static_cast<std::int64_t>(in.width())});
    ir::ValueId all = ir::none;
    for (std::size_t i = 0; i < m_categories.size();) {
        std::size_t end = i + 1;
        while (m_categories[i].empty() && end < m_categories.size() && m_categories[end].empty()) ++end;
        ir::ValueId part = ir::cut(graph, x, 0, static_cast<std::int64_t>(i), static_cast<std::int64_t>(end - i));
        if (!m_categories[i].empty()) {
            std::vector<double> back;
            for (const float value : m_categories[i]) back.push_back(-static_cast<double>(value));
            const tensor::Shape shape{std::ssize(back)};
            part = graph.add("repeat", {part}, {.integers = {1, 1}, .reshaped = shape});
            const ir::ValueId shift = graph.constant(shape, back);
            part = ir::apply(graph, "is_zero", ir::scaleShift(graph, part, ir::none, shift, shape[0]));
        }
        all = all == ir::none ? part : ir::join(graph, all, part, 0);
        i = end;
    }
    return all;
}

Fitted OneHotColumns::fitted() const { return {{{"categories", m_categories}}, {}}; }

std::shared_ptr<const Preprocessor> OneHotColumns::restore(const Fitted& fitted, const PreparedShape& in,
                                                           const std::string& place) {
    const base::Json columns =
        fitted.values.is_object() ? fitted.values.value("categories", base::Json()) : base::Json();
    if (!columns.is_array() || columns.size() != in.width())
        refuseFitted(place, base::sentence("\"{0}\" needs {1}", "categories",
                                           base::counted("{0} list of numbers", "{0} lists of numbers",
                                                         static_cast<std::int64_t>(in.width()))));
    Categories categories;
    for (const base::Json& column : columns) {
        const std::vector<double> values =
            readNumbers({{{"categories", column}}, {}}, "categories", column.size(), place);
        categories.emplace_back(values.begin(), values.end());
        if (std::ranges::adjacent_find(categories.back(), std::greater_equal<>()) != categories.back().end())
            refuseFitted(place, base::sentence("values of a column do not ascend"));
    }
    return std::make_shared<OneHotColumns>(std::move(categories));
}

}  // namespace perceptory::data
