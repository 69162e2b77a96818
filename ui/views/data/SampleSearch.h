#pragma once
// Which rows are wanted, and in which order: a part, a class, and words typed by the user, such as
// "setosa petal_width_cm<0.3". Any thread.

#include <QString>
#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "ui/views/data/Samples.h"

namespace perceptory::views {

struct SampleFilter {
    std::optional<SamplePart> part;
    std::optional<int> cls;
    QString search;
    bool operator==(const SampleFilter&) const = default;
};

// A column's name as it is easily typed: "petal_length_cm" for "petal length (cm)".
QString searchName(const std::string& column);

struct SampleOrder {
    enum class By { Source, Part, Target, Column };
    By by = By::Source;
    std::size_t column = 0;
    bool prepared = false;
    bool descending = false;
    bool operator==(const SampleOrder&) const = default;
};

// The typed words, understood. All must hold. A word alone is looked for in the class and in columns of words; a column
// name with = != < > <= >= is compared: of words equality alone. The target and "row" count as columns. Quotes hold
// together what has blanks; of a name the beginning is enough where it is the only one, and _ stands for blanks.
class SampleSearch {
public:
    SampleSearch(const QString& text, const data::Dataset& dataset);

    // What is wrong with the text, and how to write it; then nothing matches.
    const QString& fault() const { return m_fault; }
    bool needsValues() const { return m_needsValues; }
    // `raw` may be empty unless values are needed.
    bool matches(std::uint32_t row, std::span<const float> raw) const;

private:
    enum class Subject { Anywhere, Column, Class, Target, Row };
    enum class Compare { Equal, Unequal, Less, More, AtMost, AtLeast };
    struct Term {
        Subject subject = Subject::Anywhere;
        Compare compare = Compare::Equal;
        std::size_t column = 0;
        double number = 0;
        std::vector<bool> classes;             // that fit
        std::vector<std::vector<bool>> words;  // of each column, that fit; for Column of one
    };

    void addTerm(const QString& text);
    void addWord(const QString& text);
    void addComparison(const QString& name, const QString& sign, const QString& value);
    bool findSubject(const QString& name, Term& term);
    bool holds(const Term& term, std::uint32_t row, std::span<const float> raw) const;

    const data::Dataset& m_dataset;
    std::vector<Term> m_terms;
    QString m_fault;
    bool m_needsValues = false;
};

struct FoundSamples {
    std::vector<std::uint32_t> rows;
    QString fault;
};

// Gives up early, with whatever it has, once `stop` is set.
FoundSamples findSamples(const data::Dataset& dataset, std::span<const SamplePart> parts, const SampleFilter& filter,
                         const SampleOrder& order, const std::atomic<bool>& stop);
// How many numbers that looks at.
std::size_t costOfFinding(const data::Dataset& dataset, const SampleFilter& filter, const SampleOrder& order);

}  // namespace perceptory::views
