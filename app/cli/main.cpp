// perceptory-cli: reads the command line, runs one command, turns what went wrong into a line and an exit code.

#include <algorithm>
#include <iostream>
#include <new>

#include "app/cli/Command.h"
#include "app/cli/Messages.h"
#include "engine/base/Error.h"
#include "engine/base/Params.h"

namespace {

using namespace perceptory;

// The parser would only say that a command is missing.
void insistOnCommand(const CLI::App& app, int count, char** arguments) {
    std::vector<std::string> known;
    for (const CLI::App* command : app.get_subcommands(nullptr)) known.push_back(command->get_name());
    for (int i = 1; i < count; ++i) {
        const std::string word = arguments[i];
        if (word == "--isa") ++i;
        if (word.starts_with("-")) continue;
        if (std::ranges::count(known, word)) return;
        const std::string guess = base::nearest(word, known);
        std::string list;
        for (const std::string& name : known) list += (list.empty() ? "" : ", ") + name;
        throw cli::UsageError("There is no command \"" + word + "\". " +
                              (guess.empty() ? "The commands are " + list + "." : "Did you mean \"" + guess + "\"?"));
    }
}

int parseAndRun(int count, char** arguments) {
    CLI::App app{"Trains and examines neural networks without a window.", "perceptory-cli"};
    app.require_subcommand(1);
    app.fallthrough();
    app.footer("Example:\n  perceptory-cli train circle.perceptory --model circle.perceptory-model");
    cli::Globals globals;
    app.add_option("--isa", globals.isa, "Library of vector kernels; default: the best this machine runs")
        ->check(CLI::IsMember({"base", "v3", "v4"}));
    std::function<int()> chosen;
    cli::CommandLine line{app, globals, chosen};
#define COMMAND(Name) cli::add##Name(line);
#include "app/cli/commands.def"
#undef COMMAND
    insistOnCommand(app, count, arguments);
    try {
        app.parse(count, arguments);
    } catch (const CLI::ParseError& problem) {
        return app.exit(problem, std::cout, std::cerr) == 0 ? cli::exitDone : cli::exitUsage;
    }
    const int code = chosen();
    std::cout.flush();
    if (!std::cout) throw cli::OutputError("The results could not be written. Make room where they go.");
    return code;
}

}  // namespace

int main(int count, char** arguments) {
    try {
        return parseAndRun(count, arguments);
    } catch (const cli::UsageError& error) {
        cli::say(error.what());
        return cli::exitUsage;
    } catch (const cli::Refused&) {
        return cli::exitInput;
    } catch (const cli::OutputError& error) {
        cli::say(error.what());
        return cli::exitFailed;
    } catch (const base::Error& error) {
        cli::say(error.sentence());
        return cli::exitInput;
    } catch (const std::bad_alloc&) {
        cli::say("The memory of this machine is not enough. Choose smaller layers, batches or data.");
        return cli::exitFailed;
    } catch (const std::exception& error) {
        cli::say(std::string("An unexpected error ended the program: ") + error.what());
        return cli::exitFailed;
    }
}
