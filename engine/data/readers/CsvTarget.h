#pragma once
// The target column of a file: classes or values, as asked or as the cells suggest.

#include "engine/data/Labels.h"
#include "engine/data/readers/Reader.h"

namespace perceptory::data {

class CsvTarget {
public:
    static constexpr std::size_t mostClasses = 1000;

    // Unless the task is given, texts are classes, and so are whole numbers if there are two different ones, or up to
    // this many with several rows each.
    static constexpr std::size_t mostNumberClasses = 20;

    // `name` is the column's, for messages.
    CsvTarget(const ReadRequest& request, std::string name) : m_request(request), m_name(std::move(name)) {}

    // One cell per row, never a missing one. `number` is the cell read as a number, if it is one.
    void add(std::string_view cell, std::optional<double> number, std::size_t line);

    // Fills task, labels or targets, names and notes. Reports and returns false when the column cannot be the target.
    bool finish(Table& table, base::Problems& problems);

private:
    Task chooseTask(Table& table) const;
    bool finishClasses(Table& table, base::Problems& problems);
    bool finishValues(Table& table, base::Problems& problems);

    const ReadRequest& m_request;
    std::string m_name;
    LabelCounter m_labels;
    std::vector<std::int32_t> m_numbers;  // of the label of each row, until there are too many labels
    std::vector<float> m_values;          // of each row, until a text comes
    bool m_allWhole = true;
    std::string m_text;  // the first cell that is no number
    std::size_t m_textLine = 0;
};

// Several columns of numbers to predict.
class CsvNumbers {
public:
    // The cells of a row in the order of the columns, never missing ones.
    void add(const std::string& name, std::string_view cell, std::optional<double> number, std::size_t line);
    // Nothing to do when nothing was added. Reports and returns false when a cell was no number.
    bool finish(Table& table, const std::string& place, base::Problems& problems);

private:
    std::vector<std::string> m_names;
    std::vector<float> m_values;
    std::string m_text, m_textName;  // the first cell that is no number
    std::size_t m_textLine = 0;
};

}  // namespace perceptory::data
