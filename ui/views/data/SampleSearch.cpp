#include "ui/views/data/SampleSearch.h"

#include <QCoreApplication>
#include <QRegularExpression>
#include <algorithm>
#include <cmath>
#include <numeric>

#include "ui/widgets/Numbers.h"

namespace perceptory::views {

namespace {

constexpr std::size_t rowsBetweenStops = 1024;

// Blanks part words, unless they stand in quotes or around a sign of comparison.
QStringList wordsIn(QString text) {
    static const QRegularExpression aroundSigns(QStringLiteral(R"(\s*(<=|>=|!=|=|<|>)\s*)"));
    text.replace(aroundSigns, QStringLiteral("\\1"));
    QStringList words{QString()};
    bool quoted = false;
    for (const QChar letter : text) {
        if (letter == QLatin1Char('"'))
            quoted = !quoted;
        else if (letter.isSpace() && !quoted)
            words += QString();
        else
            words.back() += letter;
    }
    words.removeAll(QString());
    return words;
}

std::vector<bool> fitting(const std::vector<std::string>& names, const QString& text, bool whole) {
    std::vector<bool> fit;
    for (const std::string& name : names) {
        const QString own = QString::fromStdString(name);
        fit.push_back(whole ? own.compare(text, Qt::CaseInsensitive) == 0 : own.contains(text, Qt::CaseInsensitive));
    }
    return fit;
}

bool at(const std::vector<bool>& fit, double place) {
    return place >= 0 && place < static_cast<double>(fit.size()) && fit[static_cast<std::size_t>(place)];
}

QString typed(const QString& name) {
    static const QRegularExpression others(QStringLiteral("[^\\p{L}\\p{N}]+"));
    QString text = name.toLower();
    text.replace(others, QStringLiteral("_"));
    while (text.endsWith(QLatin1Char('_'))) text.chop(1);
    while (text.startsWith(QLatin1Char('_'))) text.remove(0, 1);
    return text;
}

bool isCalled(const std::string& own, const QString& name) { return searchName(own) == typed(name); }

// By the whole name, else by the beginning of just one.
std::optional<std::size_t> columnCalled(const std::vector<std::string>& names, const QString& name) {
    std::optional<std::size_t> found;
    int beginnings = 0;
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (isCalled(names[i], name)) return i;
        if (!searchName(names[i]).startsWith(typed(name))) continue;
        found = i;
        ++beginnings;
    }
    return beginnings == 1 ? found : std::nullopt;
}

}  // namespace

QString searchName(const std::string& column) { return typed(QString::fromStdString(column)); }

SampleSearch::SampleSearch(const QString& text, const data::Dataset& dataset) : m_dataset(dataset) {
    for (const QString& word : wordsIn(text)) addTerm(word);
}

void SampleSearch::addTerm(const QString& text) {
    static const QRegularExpression comparison(QStringLiteral("^(.+?)(<=|>=|!=|=|<|>)(.+)$"));
    const QRegularExpressionMatch match = comparison.match(text);
    if (match.hasMatch())
        addComparison(match.captured(1), match.captured(2), match.captured(3));
    else
        addWord(text);
}

void SampleSearch::addWord(const QString& text) {
    Term term;
    if (hasClasses(m_dataset)) term.classes = fitting(m_dataset.classNames, text, false);
    for (const auto& words : m_dataset.words) {
        term.words.push_back(fitting(words, text, false));
        m_needsValues = m_needsValues || !words.empty();
    }
    if (term.classes.empty() && !m_needsValues)
        m_fault = QCoreApplication::translate("SampleSearch",
                                              "There are no words in these data. Write a column and a value: %1>0.5")
                      .arg(m_dataset.rawNames.empty() ? QStringLiteral("x1") : searchName(m_dataset.rawNames.front()));
    m_terms.push_back(std::move(term));
}

// The whole name of the target counts before the beginning of a column's.
bool SampleSearch::findSubject(const QString& name, Term& term) {
    for (std::size_t i = 0; i < m_dataset.targetNames.size(); ++i)
        if (isCalled(m_dataset.targetNames[i], name)) {
            term.subject = Subject::Target;
            term.column = i;
            return true;
        }
    if (hasClasses(m_dataset) &&
        (isCalled(m_dataset.targetName, name) || name == QCoreApplication::translate("SampleSearch", "class"))) {
        term.subject = Subject::Class;
        return true;
    }
    if (const auto column = columnCalled(m_dataset.rawNames, name)) {
        term.subject = Subject::Column;
        term.column = *column;
        m_needsValues = true;
        return true;
    }
    if (name != QCoreApplication::translate("SampleSearch", "row")) return false;
    term.subject = Subject::Row;
    return true;
}

void SampleSearch::addComparison(const QString& name, const QString& sign, const QString& value) {
    static const QStringList signs{QStringLiteral("="), QStringLiteral("!="), QStringLiteral("<"),
                                   QStringLiteral(">"), QStringLiteral("<="), QStringLiteral(">=")};
    Term term;
    term.compare = static_cast<Compare>(signs.indexOf(sign));
    if (!findSubject(name, term)) {
        m_fault = QCoreApplication::translate(
                      "SampleSearch", "There is no single column “%1”. Write more of its name, with _ for blanks.")
                      .arg(name);
        return;
    }
    const std::vector<std::string>* words = term.subject == Subject::Class ? &m_dataset.classNames : nullptr;
    if (term.subject == Subject::Column) words = wordsOf(m_dataset, term.column);
    const bool isEquality = term.compare == Compare::Equal || term.compare == Compare::Unequal;
    const auto number = widgets::readNumber(value);
    if (words && !isEquality)
        m_fault = QCoreApplication::translate("SampleSearch", "“%1” has words. Compare them by = or !=.").arg(name);
    else if (words)
        term.words = {fitting(*words, value, true)};
    else if (!number)
        m_fault = QCoreApplication::translate("SampleSearch", "“%1” has numbers. Write one behind the sign.").arg(name);
    else
        term.number = *number;
    m_terms.push_back(std::move(term));
}

bool SampleSearch::matches(std::uint32_t row, std::span<const float> raw) const {
    return m_fault.isEmpty() && std::ranges::all_of(m_terms, [&](const Term& term) { return holds(term, row, raw); });
}

bool SampleSearch::holds(const Term& term, std::uint32_t row, std::span<const float> raw) const {
    if (term.subject == Subject::Anywhere) {
        if (at(term.classes, classOf(m_dataset, row))) return true;
        for (std::size_t i = 0; i < std::min(term.words.size(), raw.size()); ++i)
            if (at(term.words[i], static_cast<double>(raw[i]))) return true;
        return false;
    }
    double value = 0;
    if (term.subject == Subject::Column && term.column < raw.size()) value = static_cast<double>(raw[term.column]);
    if (term.subject == Subject::Class) value = classOf(m_dataset, row);
    if (term.subject == Subject::Row) value = m_dataset.sourceRow(row) + 1.0;
    if (term.subject == Subject::Target)
        value = static_cast<double>(m_dataset.targets[row * m_dataset.targetNames.size() + term.column]);
    const bool equal = term.words.empty()
                           // What is typed has fewer digits than a float has.
                           ? static_cast<float>(value) == static_cast<float>(term.number)
                           : at(term.words.front(), value);
    switch (term.compare) {
        case Compare::Equal:
            return equal;
        case Compare::Unequal:
            return !equal;
        case Compare::Less:
            return value < term.number && !equal;
        case Compare::More:
            return value > term.number && !equal;
        case Compare::AtMost:
            return value < term.number || equal;
        case Compare::AtLeast:
            return value > term.number || equal;
    }
    return false;
}

namespace {

float keyOf(const data::Dataset& dataset, std::span<const SamplePart> parts, const SampleOrder& order,
            std::uint32_t row, std::vector<float>& scratch) {
    if (order.by == SampleOrder::By::Part) return static_cast<float>(parts[row]);
    if (order.by == SampleOrder::By::Target) return targetNumber(dataset, row);
    const std::span<const float> values = valuesOf(dataset, row, order.prepared, scratch);
    const float value = order.column < values.size() ? values[order.column] : 0;
    return std::isnan(value) ? std::numeric_limits<float>::max() : value;
}

void sortRows(const data::Dataset& dataset, std::span<const SamplePart> parts, const SampleOrder& order,
              std::vector<std::uint32_t>& rows, const std::atomic<bool>& stop) {
    if (order.by == SampleOrder::By::Source) {
        if (order.descending) std::ranges::reverse(rows);
        return;
    }
    std::vector<std::pair<float, std::uint32_t>> keyed;
    keyed.reserve(rows.size());
    std::vector<float> scratch;
    for (const std::uint32_t row : rows) {
        if (keyed.size() % rowsBetweenStops == 0 && stop) return;
        const float key = keyOf(dataset, parts, order, row, scratch);
        keyed.emplace_back(order.descending ? -key : key, row);
    }
    std::ranges::sort(keyed);
    for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = keyed[i].second;
}

}  // namespace

FoundSamples findSamples(const data::Dataset& dataset, std::span<const SamplePart> parts, const SampleFilter& filter,
                         const SampleOrder& order, const std::atomic<bool>& stop) {
    const SampleSearch search(filter.search, dataset);
    FoundSamples found{{}, search.fault()};
    std::vector<float> scratch;
    for (std::uint32_t row = 0; row < dataset.count; ++row) {
        if (row % rowsBetweenStops == 0 && stop) return found;
        if (filter.part && parts[row] != *filter.part) continue;
        if (filter.cls && classOf(dataset, row) != *filter.cls) continue;
        const auto raw = search.needsValues() ? valuesOf(dataset, row, false, scratch) : std::span<const float>();
        if (search.matches(row, raw)) found.rows.push_back(row);
    }
    sortRows(dataset, parts, order, found.rows, stop);
    return found;
}

std::size_t costOfFinding(const data::Dataset& dataset, const SampleFilter& filter, const SampleOrder& order) {
    std::size_t width = 0;
    if (SampleSearch(filter.search, dataset).needsValues()) width += dataset.rawNames.size();
    if (order.by == SampleOrder::By::Column) width += columnNames(dataset, order.prepared).size();
    return dataset.count * (width + 1);
}

}  // namespace perceptory::views
