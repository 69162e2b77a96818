#include "tests/ui/translation/PseudoLanguage.h"

#include <QRegularExpression>

namespace perceptory::tests {

namespace {

// What a translator leaves as it is: places for values, keys, file patterns, tags and entities of rich text.
const QRegularExpression& kept() {
    static const QRegularExpression pattern(
        R"(%n|%L?\d+|\{\d\}|((Ctrl|Alt|Shift)\+)+\S+|\bF\d+\b|\*\.\w+|</?\w+[^<>]*>|&\w+;)");
    return pattern;
}

QChar other(QChar letter) {
    if (letter >= u'a' && letter <= u'z') return QChar(0x0430 + (letter.unicode() - 'a'));
    if (letter >= u'A' && letter <= u'Z') return QChar(0x0410 + (letter.unicode() - 'A'));
    return letter;
}

}  // namespace

QString PseudoLanguage::letters(const QString& text) {
    QString result;
    qsizetype at = 0;
    const auto take = [&](qsizetype end) {
        for (; at < end; ++at) result += other(text[at]);
    };
    for (auto found = kept().globalMatch(text); found.hasNext();) {
        const QRegularExpressionMatch match = found.next();
        take(match.capturedStart());
        result += match.captured();
        at = match.capturedEnd();
    }
    take(text.size());
    return result;
}

QString PseudoLanguage::translate(const char* context, const char* source, const char*, int) const {
    const std::lock_guard lock(m_mutex);
    m_asked.emplace(context ? context : "", source);
    return letters(QString::fromUtf8(source));
}

std::set<PseudoLanguage::Asked> PseudoLanguage::asked() const {
    const std::lock_guard lock(m_mutex);
    return m_asked;
}

}  // namespace perceptory::tests
