// Looks for files that break a reader: fuzz_readers READER [option of libFuzzer…] [folder of inputs…]
//
// An input is which sample of ReaderSamples.cpp (a byte), which of its files is replaced (a byte), and that file's
// content. The samples themselves are the first inputs.

#include <cstdio>
#include <cstdlib>
#include <optional>

#include "engine/base/Error.h"
#include "tests/engine/data/ReaderCase.h"

using namespace perceptory;

namespace {

const data::ReaderType* reader = nullptr;
std::vector<ReaderSample> samples;
std::vector<std::unique_ptr<ReaderCase>> cases;

// libFuzzer's first inputs, in a folder that goes when the program ends.
const support::Folder& firstInputs() {
    static const support::Folder folder;
    return folder;
}

void writeFirstInputs() {
    for (std::size_t s = 0; s < samples.size(); ++s) {
        int which = 0;
        for (const auto& [name, bytes] : samples[s].files) {
            const std::string head{char(s), char(which)};
            support::writeContent(firstInputs() / (std::to_string(s) + "-" + std::to_string(which++)), head + bytes);
        }
    }
}

[[noreturn]] void explain(const char* reason) {
    std::fprintf(stderr, "%s\nUsage: fuzz_readers READER [option of libFuzzer…] [folder of inputs…]\n", reason);
    std::exit(2);
}

}  // namespace

// libFuzzer looks at these counters after each input to see whether it reached anything new.
[[gnu::section("__libfuzzer_extra_counters")]] static std::uint8_t counters[1 << 16];
extern "C" char __executable_start;

extern "C" {

void __wrap___sanitizer_cov_trace_pc();
int LLVMFuzzerInitialize(int* argc, char*** argv);
int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

void __wrap___sanitizer_cov_trace_pc() {
    const auto place = static_cast<char*>(__builtin_return_address(0)) - &__executable_start;
    std::uint8_t& counter = counters[(static_cast<std::size_t>(place) * 0x9e3779b97f4a7c15u) >> 48];
    if (counter < 255) ++counter;
}

int LLVMFuzzerInitialize(int* argc, char*** argv) {
    if (*argc < 2) explain("Which reader?");
    try {
        reader = &data::readers().get((*argv)[1], "READER");
    } catch (const base::Error& error) {
        explain(error.what());
    }
    samples = readerSamples(reader->id);
    for (const ReaderSample& sample : samples) cases.push_back(std::make_unique<ReaderCase>(*reader, sample));
    writeFirstInputs();
    static std::string folder = firstInputs().path().string();
    static std::vector<char*> arguments(*argv, *argv + *argc);
    arguments.erase(arguments.begin() + 1);
    arguments.push_back(folder.data());  // last: what libFuzzer finds goes to the first folder
    arguments.push_back(nullptr);
    *argc = static_cast<int>(arguments.size()) - 1;
    *argv = arguments.data();
    return 0;
}

int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
    if (size < 2) return -1;
    const std::size_t which = bytes[0] % samples.size();
    const ReaderSample& sample = samples[which];
    const auto& [name, sound] = *std::next(sample.files.begin(), bytes[1] % std::ssize(sample.files));
    cases[which]->write(name, {reinterpret_cast<const char*>(bytes) + 2, size - 2});
    const ReaderCase::Outcome outcome = cases[which]->read(size % 4 != 0);
    cases[which]->write(name, sound);
    for (const std::string& fault : outcome.faults) std::fprintf(stderr, "%s: %s\n", name.c_str(), fault.c_str());
    if (!outcome.faults.empty()) std::abort();
    return 0;
}
}
