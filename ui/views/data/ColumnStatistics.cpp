#include "ui/views/data/ColumnStatistics.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/views/data/Samples.h"

namespace perceptory::views {

namespace {

constexpr std::size_t rowsBetweenStops = 256;

class Measuring {
public:
    Measuring(const data::Dataset& dataset, bool prepared) : m_dataset(dataset), m_prepared(prepared) {
        for (const std::string& name : columnNames(dataset, prepared)) {
            const std::vector<std::string>* words = prepared ? nullptr : wordsOf(dataset, m_columns.size());
            ColumnStatistics column;
            column.name = name;
            column.hasWords = words != nullptr;
            m_columns.push_back(std::move(column));
            m_words.emplace_back(words ? words->size() : 0, 0);
        }
        m_sums.resize(m_columns.size());
    }

    // False: called off.
    bool read(std::span<const std::uint32_t> rows, const std::atomic<bool>& stop, bool second) {
        std::vector<float> scratch;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            if (i % rowsBetweenStops == 0 && stop) return false;
            const auto values = valuesOf(m_dataset, rows[i], m_prepared, scratch);
            for (std::size_t column = 0; column < values.size(); ++column)
                second ? place(column, values[column]) : count(column, values[column]);
        }
        return true;
    }

    // Between the two readings.
    void sumUp() {
        for (std::size_t i = 0; i < m_columns.size(); ++i) {
            ColumnStatistics& column = m_columns[i];
            column.histogram.assign(column.hasWords ? std::min(histogramBins, m_words[i].size()) : histogramBins, 0);
            column.distinct = static_cast<std::size_t>(std::ranges::count_if(m_words[i], [](auto n) { return n > 0; }));
            for (std::size_t bin = 0; column.hasWords && bin < column.histogram.size(); ++bin)
                column.histogram[bin] = m_words[i][bin];
            if (m_sums[i].count > 0) column.mean = m_sums[i].sum / m_sums[i].count;
            column.minimum = m_sums[i].count > 0 ? m_sums[i].low : 0;
            column.maximum = m_sums[i].count > 0 ? m_sums[i].high : 0;
        }
    }

    std::vector<ColumnStatistics> finish() {
        for (std::size_t i = 0; i < m_columns.size(); ++i)
            if (m_sums[i].count > 0) m_columns[i].deviation = std::sqrt(m_sums[i].squares / m_sums[i].count);
        return std::move(m_columns);
    }

private:
    struct Sums {
        double sum = 0, squares = 0, count = 0;
        double low = std::numeric_limits<double>::infinity(), high = -low;
    };

    bool isMissing(std::size_t column, float value) const {
        return std::isnan(value) ||
               (m_columns[column].hasWords && (value < 0 || static_cast<std::size_t>(value) >= m_words[column].size()));
    }

    void count(std::size_t column, float value) {
        if (isMissing(column, value)) {
            ++m_columns[column].missing;
        } else if (m_columns[column].hasWords) {
            ++m_words[column][static_cast<std::size_t>(value)];
        } else {
            Sums& sums = m_sums[column];
            const auto number = static_cast<double>(value);
            sums.sum += number;
            ++sums.count;
            sums.low = std::min(sums.low, number);
            sums.high = std::max(sums.high, number);
        }
    }

    void place(std::size_t index, float value) {
        ColumnStatistics& column = m_columns[index];
        if (column.hasWords || isMissing(index, value)) return;
        const double number = static_cast<double>(value), away = number - column.mean;
        m_sums[index].squares += away * away;
        const double span = column.maximum - column.minimum;
        const double share = span > 0 ? (number - column.minimum) / span : 0.5;
        const auto bin = static_cast<std::size_t>(share * static_cast<double>(histogramBins));
        ++column.histogram[std::min(bin, histogramBins - 1)];
    }

    const data::Dataset& m_dataset;
    bool m_prepared;
    std::vector<ColumnStatistics> m_columns;
    std::vector<Sums> m_sums;
    std::vector<std::vector<std::size_t>> m_words;  // how often each occurs
};

}  // namespace

std::vector<ColumnStatistics> columnStatistics(const data::Dataset& dataset, bool prepared,
                                               std::span<const std::uint32_t> rows, const std::atomic<bool>& stop) {
    Measuring measuring(dataset, prepared);
    if (!measuring.read(rows, stop, false)) return {};
    measuring.sumUp();
    if (!measuring.read(rows, stop, true)) return {};
    return measuring.finish();
}

}  // namespace perceptory::views
