#pragma once
// The command line program as a user meets it: started, its output read, its exit code looked at.

#include <string>
#include <vector>

#include "engine/base/Json.h"
#include "tests/support/Folder.h"

namespace perceptory::test {

struct Outcome {
    int code = -1;  // 128 + signal when a signal ended it
    std::string out, err;

    // Every line of the output as JSON.
    std::vector<base::Json> lines() const;
    base::Json json() const { return base::Json::parse(out); }
    bool says(const std::string& words) const { return err.find(words) != std::string::npos; }
};

class CliProcess {
public:
    // `environment`: NAME=VALUE, added to this program's.
    explicit CliProcess(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {});

    void signal(int number) const;
    // What has been written to stdout so far.
    std::string outputSoFar() const;
    // Waits for its end.
    Outcome finish();

private:
    support::Folder m_folder;
    int m_process = -1;
};

Outcome run(const std::vector<std::string>& arguments, const std::vector<std::string>& environment = {});

}  // namespace perceptory::test
