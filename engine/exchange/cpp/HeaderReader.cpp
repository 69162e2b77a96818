#include <algorithm>
#include <charconv>

#include "engine/base/Error.h"
#include "engine/base/Text.h"
#include "engine/exchange/cpp/ProgramText.h"

namespace perceptory::exchange::cpp {

namespace {

[[noreturn]] void refuse(std::string_view text) {
    throw base::Error(
        base::sentence("\"{0}\" is nothing that the C++ export writes.", std::string(text.substr(0, 80))));
}

// A number at the start of `text`, which is shortened by it.
template <class Number>
Number numberIn(std::string_view& text) {
    Number number{};
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc()) refuse(text);
    text.remove_prefix(static_cast<std::size_t>(end - text.data()));
    return number;
}

// Takes `word` off the start, if it stands there.
bool take(std::string_view& text, std::string_view word) {
    if (!text.starts_with(word)) return false;
    text.remove_prefix(word.size());
    return true;
}

// Up to the first of `letters`.
std::string_view takeUntil(std::string_view& text, std::string_view letters) {
    const std::size_t end = std::min(text.find_first_of(letters), text.size());
    const std::string_view taken = text.substr(0, end);
    text.remove_prefix(end);
    return taken;
}

Argument argumentIn(std::string_view& text) {
    if (take(text, "{")) {
        WindowNumbers numbers;
        do {
            numbers.push_back(numberIn<int>(text));
        } while (take(text, ", "));
        if (!take(text, "}")) refuse(text);
        return numbers;
    }
    if (text.starts_with('-') || (!text.empty() && text[0] >= '0' && text[0] <= '9')) {
        std::string_view number = takeUntil(text, ",)");
        if (!number.ends_with('f')) return numberIn<int>(number);
        return numberIn<float>(number);
    }
    Pointer pointer{std::string(takeUntil(text, " ,)"))};
    if (pointer.array == "nullptr") return Pointer{};
    if (take(text, " + ")) pointer.offset = numberIn<std::int64_t>(text);
    return pointer;
}

// Behind "detail::": "each<detail::relu>(arena_, arena_ + 16, 8, 0.0f);"
Call callIn(std::string_view text, const std::string& node) {
    Call call{std::string(takeUntil(text, "<("))};
    if (take(text, "<detail::")) call.formula = std::string(takeUntil(text, ">"));
    take(text, ">");
    if (!take(text, "(")) refuse(text);
    do {
        call.arguments.push_back(argumentIn(text));
    } while (take(text, ", "));
    if (text != ");") refuse(text);
    call.node = node;
    return call;
}

// Reads line by line.
class Reader {
public:
    Reader(const std::string& text, std::span<const float> weights) : m_text(text), m_weights(weights) {}

    Program run(const Program& written) {
        m_program.inputs = written.inputs;
        m_program.outputs = written.outputs;
        while (!m_text.empty()) {
            std::string_view text = line();
            if (take(text, "inline const float "))
                readArray(text);
            else if (take(text, "    alignas(64) float " + arenaName + "["))
                m_program.arena = numberIn<std::int64_t>(text);
            else if (take(text, "        const float* const "))
                findArray(text);
            else if (take(text, "        // "))
                m_node = std::string(text);
            else if (take(text, "        detail::"))
                m_program.calls.push_back(callIn(text, m_node));
        }
        setEnds();
        return std::move(m_program);
    }

private:
    std::string_view line() {
        const std::string_view result = takeUntil(m_text, "\n");
        take(m_text, "\n");
        return result;
    }

    // "h1_weight[32] = {", then lines of numbers.
    void readArray(std::string_view text) {
        Array array{std::string(takeUntil(text, "[")), {}, {}, {}};
        take(text, "[");
        const auto count = numberIn<std::size_t>(text);
        for (std::string_view row = line(); row != "};"; row = line()) {
            if (m_text.empty()) refuse(row);
            while (take(row, " ") || take(row, ",")) {
            }
            while (!row.empty()) {
                array.values.push_back(numberIn<float>(row));
                if (!take(row, "f")) refuse(row);
                while (take(row, " ") || take(row, ",")) {
                }
            }
        }
        if (array.values.size() != count) refuse(array.name);
        m_program.arrays.push_back(std::move(array));
    }

    // "h1_weight = weights_.data() + 0;  // h1.weight [4][8]"; how long it is shows where the next one begins.
    void findArray(std::string_view text) {
        Array array{std::string(takeUntil(text, " ")), {}, {}, {}};
        if (!take(text, " = weights_.data() + ")) refuse(text);
        m_firsts.push_back(numberIn<std::size_t>(text));
        m_program.arrays.push_back(std::move(array));
    }

    void setEnds() {
        for (std::size_t i = 0; i < m_firsts.size(); ++i) {
            const std::size_t end = i + 1 < m_firsts.size() ? m_firsts[i + 1] : m_weights.size();
            if (end < m_firsts[i] || end > m_weights.size()) refuse(m_program.arrays[i].name);
            const auto values = m_weights.subspan(m_firsts[i], end - m_firsts[i]);
            m_program.arrays[i].values.assign(values.begin(), values.end());
        }
    }

    std::string_view m_text;
    std::span<const float> m_weights;
    Program m_program;
    std::string m_node;
    std::vector<std::size_t> m_firsts;
};

}  // namespace

Program readHeader(const std::string& text, std::span<const float> weights, const Program& program) {
    return Reader(text, weights).run(program);
}

}  // namespace perceptory::exchange::cpp
