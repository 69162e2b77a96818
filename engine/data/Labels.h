#pragma once
// Class indices from the words of a target column. Classes stand in ascending order: as numbers when every label is
// one, else by their UTF-8 bytes.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace perceptory::data {

// The whole text as a number, with a point; blanks around it and a leading + are allowed. Empty: it is none, or it is
// beyond what a float holds. "inf" and "nan" are none.
std::optional<double> readNumber(std::string_view text);

class LabelCounter {
public:
    // Returns a number for the label in order of first sight.
    std::int32_t add(std::string_view label);
    std::size_t distinct() const { return m_names.size(); }
    const std::vector<std::string>& seen() const { return m_names; }

    struct Classes {
        std::vector<std::string> names;     // in class order
        std::vector<std::int32_t> indexOf;  // from the number add() returned to the class index
    };
    // Labels that are the same number, such as 1 and 1.0, are one class.
    Classes classes() const;
    // In the order a model was trained with; -1 for a label it does not know.
    Classes classes(const std::vector<std::string>& known) const;

private:
    std::map<std::string, std::int32_t, std::less<>> m_numbers;
    std::vector<std::string> m_names;
};

}  // namespace perceptory::data
