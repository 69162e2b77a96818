#pragma once
// The contract of the commands: each adds itself to the command line, and says there what is to be done once the
// arguments are read.

#include <CLI/CLI.hpp>
#include <charconv>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "app/cli/Errors.h"

namespace perceptory::cli {

// `chosen` is set when the command stands on the command line; it returns an exit code, or throws.
struct CommandLine {
    CLI::App& app;
    Globals& globals;
    std::function<int()>& chosen;

    // A command with its example. `prepare` binds options to the values, which live as long as the command line.
    template <class Values>
    void add(const std::string& name, const std::string& help, const std::string& example,
             const std::function<void(CLI::App&, Values&)>& prepare,
             const std::function<int(const Values&, const Globals&)>& run) {
        CLI::App* command = app.add_subcommand(name, help);
        command->footer("Example:\n  perceptory-cli " + example);
        const auto values = std::make_shared<Values>();
        prepare(*command, *values);
        command->callback([chosen = &chosen, globals = &globals, values, run] {
            *chosen = [globals, values, run] { return run(*values, *globals); };
        });
    }
};

// For options that count: digits only, because the parser would take -3 for a very large number, and a
// larger one for the largest.
inline std::string isCount(const std::string& text) {
    const bool digits = !text.empty() && text.find_first_not_of("0123456789") == std::string::npos;
    if (!digits) return "\"" + text + "\" is no whole number from 0 on";
    std::uint64_t value = 0;
    const bool fits = std::from_chars(text.data(), text.data() + text.size(), value).ec == std::errc{};
    return fits ? std::string() : text + " is larger than 18446744073709551615";
}

#define COMMAND(Name) void add##Name(CommandLine& line);
#include "app/cli/commands.def"
#undef COMMAND

}  // namespace perceptory::cli
