#pragma once
// Errors the world makes: disks, drivers, memory, broken files. What a user can mend in a form is a Problem instead.

#include <stdexcept>
#include <string>

namespace perceptory::base {

// Thrown from anywhere, caught in three places: the top of the session thread, document open and save, each CLI main.
// `sentence` names the place, the reason and the remedy for the user; `detail` is for the log.
class Error : public std::runtime_error {
public:
    explicit Error(const std::string& sentence, std::string detail = {})
        : std::runtime_error(sentence), m_detail(std::move(detail)) {}

    std::string sentence() const { return what(); }
    const std::string& detail() const { return m_detail; }

private:
    std::string m_detail;
};

}  // namespace perceptory::base
