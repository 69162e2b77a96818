// Every reader on the shelf with files cut off at every byte and damaged in many ways: a table or words, in little
// memory and time.

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>

#include "engine/base/Random.h"
#include "tests/engine/data/ReaderCase.h"
#include "tests/support/PeakMemory.h"

using namespace perceptory;
using namespace perceptory::data;

namespace {

constexpr long mostMemory = 64l << 20;  // beside three times the files
constexpr int togetherAtMost = 10;      // readings whose memory is measured at once: what they free is kept back
constexpr auto mostTime = std::chrono::seconds(10);

constexpr int mutants = 25000;  // of each reader

// All of them, or the one that is named by the environment.
std::vector<const ReaderType*> wantedReaders() {
    const char* wanted = std::getenv("PERCEPTORY_READER");
    if (wanted) return {&readers().get(wanted, "PERCEPTORY_READER")};
    return readers().members();
}

std::uint32_t below(base::RandomStream& random, std::size_t count) {
    return random.below(static_cast<std::uint32_t>(std::max<std::size_t>(1, count)));
}

// What fields of sizes, counts and types are most sensitive to.
std::string boundaryField(base::RandomStream& random) {
    static constexpr std::uint64_t values[] = {
        0, 1, 0x7f, 0x80, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xffffffff, 0x7fffffffffffffff, 0xffffffffffffffff};
    const std::uint64_t value = values[below(random, std::size(values))];
    const std::size_t size = std::size_t{1} << random.below(4);
    const bool bigEndian = random.below(2);
    std::string bytes;
    for (std::size_t i = 0; i < size; ++i) bytes += char(value >> (8 * (bigEndian ? size - 1 - i : i)));
    return bytes;
}

void damage(std::string& bytes, base::RandomStream& random) {
    for (std::uint32_t i = 1 + random.below(4); i > 0; --i) {
        const std::size_t at = below(random, bytes.size());
        const std::string field = boundaryField(random);
        switch (random.below(6)) {
            case 0:
            case 1:
                if (!bytes.empty()) bytes[at] = char(bytes[at] ^ (1 << random.below(8)));
                break;
            case 2:
            case 3:
                bytes.replace(at, field.size(), field);
                break;
            case 4:
                bytes.insert(at, field);
                break;
            default:
                bytes.erase(at, 1 + random.below(8));
        }
    }
}

// Nothing but a table or words, and soon. True: a table.
bool readOrSay(const ReaderCase& files, bool needsTarget) {
    const auto before = std::chrono::steady_clock::now();
    const ReaderCase::Outcome outcome = files.read(needsTarget);
    CHECK(std::chrono::steady_clock::now() - before < mostTime);
    for (const std::string& fault : outcome.faults) FAIL_CHECK(fault);
    return outcome.isTable;
}

// All readings while it lives need little memory.
class Thrift {
public:
    explicit Thrift(const ReaderCase& files) : m_size(files.size()) {}
    ~Thrift() { CHECK(m_memory.growth().value_or(0) <= mostMemory + 3 * m_size); }

private:
    const long m_size;
    const support::PeakMemory m_memory;
};

void cutEverywhere(const ReaderType& type, const ReaderSample& sample) {
    ReaderCase files(type, sample);
    for (const auto& [name, bytes] : sample.files) {
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            CAPTURE(name);
            CAPTURE(size);
            const Thrift thrift(files);
            files.write(name, bytes.substr(0, size));
            readOrSay(files, true);
        }
        files.write(name, bytes);
    }
}

void damageOften(const ReaderType& type, const ReaderSample& sample, int count) {
    ReaderCase files(type, sample);
    base::RandomStream random(7, base::stableHash(type.id));
    for (int begin = 0; begin < count; begin += togetherAtMost) {
        CAPTURE(begin);
        const Thrift thrift(files);
        for (int i = begin; i < std::min(begin + togetherAtMost, count); ++i) {
            const auto& [name, bytes] = *std::next(sample.files.begin(), below(random, sample.files.size()));
            std::string damaged = bytes;
            damage(damaged, random);
            CAPTURE(i);
            CAPTURE(name);
            files.write(name, damaged);
            readOrSay(files, i % 4 != 0);
            files.write(name, bytes);
        }
    }
}

}  // namespace

TEST_CASE("every reader reads its samples") {
    for (const ReaderType* type : wantedReaders()) {
        CAPTURE(type->id);
        const auto samples = readerSamples(type->id);
        CHECK_MESSAGE(!samples.empty(), "a new reader brings a sample in ReaderSamples.cpp");
        for (const ReaderSample& sample : samples) {
            CAPTURE(&sample - samples.data());
            CHECK(readOrSay({*type, sample}, true));
        }
    }
}

TEST_CASE("files cut off at any byte give a table or words") {
    for (const ReaderType* type : wantedReaders()) {
        CAPTURE(type->id);
        for (const ReaderSample& sample : readerSamples(type->id)) cutEverywhere(*type, sample);
    }
}

TEST_CASE("damaged files give a table or words") {
    for (const ReaderType* type : wantedReaders()) {
        CAPTURE(type->id);
        const auto samples = readerSamples(type->id);
        for (const ReaderSample& sample : samples)
            damageOften(*type, sample, (mutants + int(samples.size()) - 1) / int(samples.size()));
    }
}
