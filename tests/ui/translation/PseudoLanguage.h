#pragma once
// A language that is easy to tell: every Latin letter of a translated text becomes a Cyrillic one, so a Latin letter on
// the screen is data, or was never translated. Elided, wrapped and joined texts can still be told.

#include <QTranslator>
#include <mutex>
#include <set>

namespace perceptory::tests {

class PseudoLanguage : public QTranslator {
public:
    using Asked = std::pair<std::string, std::string>;  // context and source text

    bool isEmpty() const override { return false; }
    QString translate(const char* context, const char* source, const char*, int) const override;

    // Everything that was asked for so far. Any thread.
    std::set<Asked> asked() const;

    static QString letters(const QString& text);

private:
    mutable std::mutex m_mutex;
    mutable std::set<Asked> m_asked;
};

}  // namespace perceptory::tests
