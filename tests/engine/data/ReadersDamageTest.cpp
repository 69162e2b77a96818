// Every reader on the shelf with files cut off at every byte and damaged in many ways: a table or words, in little
// memory and time.

#include <doctest/doctest.h>

#include <chrono>
#include <cstdlib>

#include "engine/base/Random.h"
#include "tests/engine/data/ReaderSamples.h"
#include "tests/support/Folder.h"
#include "tests/support/PeakMemory.h"

using namespace perceptory;
using namespace perceptory::data;

namespace fs = std::filesystem;

namespace {

constexpr long mostMemory = 64l << 20;  // beside three times the files
constexpr auto mostTime = std::chrono::seconds(10);

std::size_t mutants() {
    const char* wanted = std::getenv("PERCEPTORY_MUTANTS");
    return wanted ? std::strtoull(wanted, nullptr, 10) : 2000;
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

void checkTarget(const Table& table, const Target& target) {
    if (target.task == Task::Regression) {
        CHECK(target.targets.size() == table.count * target.targetNames.size());
        return;
    }
    CHECK(target.labels.size() == table.count * target.units());
    for (const std::int32_t label : target.labels)
        if (label < -1 || label >= std::ssize(target.classNames)) FAIL_CHECK("a label without a class");
}

void checkTable(const Table& table, bool hasTarget) {
    CHECK(table.values.count() == table.count);
    CHECK(table.values.width() == table.columns.size());
    std::vector<float> row(table.columns.size());
    if (table.count > 0) table.values.read(table.count - 1, row.data());
    if (!hasTarget) return;
    checkTarget(table, table);
    for (const Target& target : table.moreTargets) checkTarget(table, target);
}

// A sample in a folder, as a reader is given it.
class Case {
public:
    Case(const ReaderType& type, const ReaderSample& sample) : m_type(type), m_sample(sample) {
        for (const auto& [name, bytes] : sample.files) {
            fs::create_directories((m_folder.path() / name).parent_path());
            write(name, bytes);
        }
    }

    void write(const std::string& name, const std::string& bytes) {
        support::writeContent(m_folder / name, bytes);
        m_sizes[name] = static_cast<long>(bytes.size());
    }

    // Either a table, or words about what is wrong; nothing else may happen. True: a table.
    bool readOrSay(bool needsTarget) const {
        const auto before = std::chrono::steady_clock::now();
        const support::PeakMemory memory;
        const bool read = attempt(needsTarget);
        CHECK(std::chrono::steady_clock::now() - before < mostTime);
        long size = 0;
        for (const auto& [name, bytes] : m_sizes) size += bytes;
        CHECK(memory.growth().value_or(0) <= mostMemory + 3 * size);
        return read;
    }

private:
    std::vector<NamedFile> named(const std::map<std::string, std::string>& files) const {
        std::vector<NamedFile> result;
        for (const auto& [name, path] : files) result.push_back({name, m_folder / path});
        return result;
    }

    ReadRequest request(bool needsTarget) const {
        ReadRequest request;
        for (const std::string& path : m_sample.paths) request.paths.push_back(m_folder.path() / path);
        request.inputFiles = named(m_sample.inputs);
        request.targetFiles = named(m_sample.targets);
        if (request.paths.empty()) request.paths = {m_folder.path()};
        request.path = request.paths.front();
        request.parameters = m_sample.parameters;
        request.needsTarget = needsTarget;
        request.memoryLimit = std::int64_t{1} << 30;
        return request;
    }

    bool attempt(bool needsTarget) const try {
        base::Problems problems;
        const auto table = m_type.read(request(needsTarget), problems);
        CHECK(table.has_value() != base::hasError(problems));
        // Text that is no UTF-8 makes dump() throw.
        for (const base::Problem& problem : problems) CHECK_FALSE(base::Json(problem.sentence).dump().empty());
        if (table) checkTable(*table, needsTarget);
        return table.has_value();
    } catch (const base::Error& error) {
        CHECK_FALSE(error.sentence().empty());
        CHECK_FALSE(base::Json(error.sentence()).dump().empty());
        return false;
    }

    const ReaderType& m_type;
    const ReaderSample& m_sample;
    support::Folder m_folder;
    std::map<std::string, long> m_sizes;
};

void cutEverywhere(const ReaderType& type, const ReaderSample& sample) {
    Case files(type, sample);
    for (const auto& [name, bytes] : sample.files) {
        for (std::size_t size = 0; size < bytes.size(); ++size) {
            CAPTURE(name);
            CAPTURE(size);
            files.write(name, bytes.substr(0, size));
            files.readOrSay(true);
        }
        files.write(name, bytes);
    }
}

void damageOften(const ReaderType& type, const ReaderSample& sample, std::size_t count) {
    Case files(type, sample);
    base::RandomStream random(7, base::stableHash(type.id));
    for (std::size_t i = 0; i < count; ++i) {
        const auto& [name, bytes] = *std::next(sample.files.begin(), below(random, sample.files.size()));
        std::string damaged = bytes;
        damage(damaged, random);
        CAPTURE(i);
        CAPTURE(name);
        files.write(name, damaged);
        files.readOrSay(i % 4 != 0);
        files.write(name, bytes);
    }
}

}  // namespace

TEST_CASE("every reader reads its samples") {
    for (const ReaderType* type : readers().members()) {
        CAPTURE(type->id);
        const auto samples = readerSamples(type->id);
        CHECK_MESSAGE(!samples.empty(), "a new reader brings a sample in ReaderSamples.cpp");
        for (const ReaderSample& sample : samples) {
            CAPTURE(&sample - samples.data());
            CHECK(Case(*type, sample).readOrSay(true));
        }
    }
}

TEST_CASE("files cut off at any byte give a table or words") {
    for (const ReaderType* type : readers().members()) {
        CAPTURE(type->id);
        for (const ReaderSample& sample : readerSamples(type->id)) cutEverywhere(*type, sample);
    }
}

TEST_CASE("damaged files give a table or words") {
    for (const ReaderType* type : readers().members()) {
        CAPTURE(type->id);
        const auto samples = readerSamples(type->id);
        for (const ReaderSample& sample : samples) damageOften(*type, sample, mutants() / samples.size());
    }
}
