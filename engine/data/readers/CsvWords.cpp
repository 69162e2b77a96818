#include "engine/data/readers/CsvWords.h"

#include <algorithm>

#include "engine/data/Words.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

CsvWords::CsvWords(const std::vector<ColumnUse>& uses, std::vector<std::vector<std::string>> known)
    : m_known(std::move(known)) {
    for (const ColumnUse use : uses) m_columns.push_back({use, {}});
}

float CsvWords::number(std::size_t column, std::string_view cell) {
    return static_cast<float>(m_columns[column].words.add(asUtf8(cell)));
}

void CsvWords::finish(Table& table) const {
    const auto isWords = [](const Column& column) { return column.use != ColumnUse::Number; };
    if (std::ranges::none_of(m_columns, isWords)) return;
    table.categories.resize(m_columns.size());
    table.asIndex.resize(m_columns.size());
    std::vector<std::vector<std::int32_t>> numbers(m_columns.size());
    for (std::size_t i = 0; i < m_columns.size(); ++i) {
        if (!isWords(m_columns[i])) continue;
        const LabelCounter& words = m_columns[i].words;
        const auto classes = m_known.empty() ? words.classes() : words.classes(m_known[i]);
        table.categories[i] = classes.names;
        table.asIndex[i] = m_columns[i].use == ColumnUse::Index;
        numbers[i] = classes.indexOf;
    }
    renumberWords(table, numbers);
}

}  // namespace perceptory::data
