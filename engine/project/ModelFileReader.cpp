#include <algorithm>
#include <cstring>
#include <set>

#include "engine/base/Error.h"
#include "engine/base/FileKind.h"
#include "engine/base/RegularFile.h"
#include "engine/base/Sha256.h"
#include "engine/base/Text.h"
#include "engine/project/ModelFile.h"
#include "engine/project/ModelFileFormat.h"
#include "engine/project/Project.h"
#include "engine/project/RunStateArchive.h"

namespace perceptory::project {

using base::Error;
using base::Json;

namespace {

// Where a row of a table says its bytes are; offsets are in the file.
struct Part {
    std::string name;
    std::int64_t offset = 0;
    std::int64_t bytes = 0;
    std::uint32_t crc = 0;
};

struct TensorPart : Part {
    tensor::Precision precision = tensor::Precision::Float32;
    tensor::Shape shape;
};

std::string foreignKindOf(std::string_view head) {
    if (head.empty()) return base::sentence("an empty file");
    if (head.find("\"perceptory-project\"") != head.npos) return base::sentence("a project of Perceptory");
    const std::string kind = base::foreignKind(head);
    return kind.empty() ? base::sentence("something else") : kind;
}

class Reader {
public:
    explicit Reader(const std::string& path) : m_file(path) {}

    Model read() {
        checkMagic();
        checkVersion();
        const Json header = readHeader();
        try {
            readTables(header);
        } catch (const Json::exception& error) {
            damaged(base::sentence("its table of contents cannot be read"), error.what());
        }
        checkSum();
        Model model;
        readSections(model);
        readTensors(model);
        return model;
    }

private:
    [[noreturn]] void damaged(const std::string& reason, const std::string& detail = {}) const {
        throw Error(
            base::sentence(
                "{0}: the model file is damaged: {1}. Get it again from where it came from, or train and save anew.",
                m_file.path(), reason),
            detail);
    }

    template <class Number>
    Number numberAt(std::int64_t offset) const {
        Number value;
        m_file.read(offset, std::as_writable_bytes(std::span(&value, 1)));
        return value;
    }

    std::string textAt(std::int64_t offset, std::int64_t bytes) const {
        std::string text(static_cast<std::size_t>(bytes), '\0');
        m_file.read(offset, std::as_writable_bytes(std::span(text)));
        return text;
    }

    void checkMagic() const {
        const std::string head = m_file.head(512);
        if (!head.starts_with(format::magic)) {
            throw Error(
                base::sentence("{0}: this is {1}, not a model file of Perceptory. Choose a file *.perceptory-model.",
                               m_file.path(), foreignKindOf(head)));
        }
        if (m_file.size() < format::headerAt + 4 + format::trailerBytes)
            damaged(base::sentence("it was cut off at its beginning"));
    }

    void checkVersion() {
        const auto major = numberAt<std::uint32_t>(format::versionAt);
        const auto needed = numberAt<std::uint32_t>(format::versionAt + 8);
        const std::uint32_t newest = std::max(major, needed);
        if (newest > format::major)
            throw Error(
                base::sentence("{0}: a newer version of Perceptory made this model file (format {1}; this one reads up "
                               "to {2}). Update the program.",
                               m_file.path(), newest, format::major));
        m_major = major;
        if (major == 0 || needed == 0) damaged(base::sentence("it has the format number 0"));
        const auto length = numberAt<std::uint64_t>(format::lengthAt);
        const auto size = static_cast<std::uint64_t>(m_file.size());
        if (length != size)
            damaged(size < length
                        ? base::sentence("it has {0} bytes instead of {1}; it was cut off", size, length)
                        : base::sentence("it has {0} bytes instead of {1}; something was added", size, length));
    }

    Json readHeader() {
        const std::int64_t bytes = numberAt<std::uint32_t>(format::headerLengthAt);
        if (bytes > format::largestHeader || bytes > m_file.size() - format::headerAt - 4 - format::trailerBytes)
            damaged(base::sentence("the length of its header is impossible"));
        const std::string front = textAt(0, format::headerAt + bytes);
        if (format::crc32Of(std::as_bytes(std::span(front))) != numberAt<std::uint32_t>(format::headerAt + bytes))
            damaged(base::sentence("its header does not have the right checksum"));
        m_bodyStart = format::aligned(format::headerAt + bytes + 4);
        return base::parseJson(front.substr(format::headerAt), m_file.path());
    }

    void readTables(const Json& header) {
        if (header.at("byte_order") != "little") damaged(base::sentence("it has another byte order"));
        if (m_major > 1 && whole(header.at("archive"), INT32_MAX) > archiveVersion())
            throw Error(
                base::sentence("{0}: a program with a newer Boost made this model file (archives {1}; this one "
                               "reads up to {2}). Update the program.",
                               m_file.path(), header["archive"].get<int>(), archiveVersion()));
        std::int64_t end = m_bodyStart;
        for (const Json& row : table(header, "sections", format::mostSections))
            m_sections.push_back(readPart(row, end));
        std::set<std::string> names;
        for (const Json& row : table(header, "tensors", format::mostTensors)) {
            m_tensors.push_back(readTensorPart(row, end));
            if (!names.insert(m_tensors.back().name).second)
                damaged(base::sentence("the tensor \"{0}\" stands twice", row["name"].get<std::string>()));
        }
        if (end != m_file.size() - format::trailerBytes) damaged(base::sentence("its contents do not fill it"));
    }

    const Json& table(const Json& header, const char* key, std::size_t most) const {
        const Json& rows = header.at(key);
        if (!rows.is_array() || rows.size() > most) damaged(base::sentence("its list of {0} is impossible", key));
        return rows;
    }

    // A whole number from 0 to `most`.
    std::int64_t whole(const Json& value, std::int64_t most) const {
        if (!value.is_number_unsigned() || value.get<std::uint64_t>() > static_cast<std::uint64_t>(most))
            damaged(base::sentence("a size in it is impossible"));
        return value.get<std::int64_t>();
    }

    // Rows follow one another without holes, so nothing can overlap; `end` moves on behind the row's bytes.
    Part readPart(const Json& row, std::int64_t& end) const {
        Part part;
        part.name = row.at("name").get<std::string>();
        if (part.name.empty() || part.name.size() > format::longestName)
            damaged(base::sentence("a name in it is impossible"));
        part.offset = m_bodyStart + whole(row.at("offset"), m_file.size());
        part.bytes = whole(row.at("bytes"), m_file.size());
        part.crc = static_cast<std::uint32_t>(whole(row.at("crc"), UINT32_MAX));
        if (part.offset != format::aligned(end))
            damaged(base::sentence("\"{0}\" is not where it should be", part.name));
        if (part.bytes > m_file.size() - format::trailerBytes - part.offset)
            damaged(base::sentence("\"{0}\" reaches beyond the end", part.name));
        end = part.offset + part.bytes;
        return part;
    }

    TensorPart readTensorPart(const Json& row, std::int64_t& end) const {
        TensorPart part{readPart(row, end)};
        const Json& dtype = row.at("dtype");
        if (dtype != "f32" && dtype != "f64")
            damaged(base::sentence("\"{0}\" holds an unknown kind of number", part.name));
        part.precision = dtype == "f32" ? tensor::Precision::Float32 : tensor::Precision::Float64;
        const Json& shape = row.at("shape");
        if (!shape.is_array() || shape.size() > format::mostDimensions)
            damaged(base::sentence("\"{0}\" has an impossible shape", part.name));
        std::int64_t expected = static_cast<int>(part.precision);
        for (const Json& size : shape) {
            part.shape.push_back(whole(size, m_file.size()));
            if (__builtin_mul_overflow(expected, part.shape.back(), &expected))
                damaged(base::sentence("\"{0}\" has an impossible shape", part.name));
        }
        if (expected != part.bytes) damaged(base::sentence("the shape of \"{0}\" does not fit its size", part.name));
        return part;
    }

    void checkSum() const {
        const std::int64_t end = m_file.size() - format::trailerBytes;
        base::Sha256 sum;
        std::string block;
        for (std::int64_t at = 0; at < end; at += static_cast<std::int64_t>(block.size())) {
            block = textAt(at, std::min<std::int64_t>(end - at, 1 << 20));
            sum.update(block);
        }
        const auto digest = sum.digest();
        const std::string trailer = textAt(end, format::trailerBytes);
        if (std::memcmp(trailer.data(), digest.data(), digest.size()) != 0 || !trailer.ends_with(format::endMagic))
            damaged(base::sentence("its contents do not have the right checksum"));
    }

    void check(const Part& part, std::span<const std::byte> bytes) const {
        if (format::crc32Of(bytes) != part.crc)
            damaged(base::sentence("\"{0}\" does not have the right checksum", part.name));
    }

    std::string readBytes(const std::string& name) const {
        const auto part = std::ranges::find(m_sections, name, &Part::name);
        if (part == m_sections.end()) damaged(base::sentence("its section \"{0}\" is missing", name));
        if (part->bytes > format::largestSection)
            damaged(base::sentence("its section \"{0}\" is larger than 16 MiB", name));
        const std::string text = textAt(part->offset, part->bytes);
        check(*part, std::as_bytes(std::span(text)));
        return text;
    }

    Json jsonOf(const std::string& text, const std::string& name) const {
        return base::parseJson(text, base::sentence("{0}, section \"{1}\"", m_file.path(), name));
    }

    Json readSection(const std::string& name) const { return jsonOf(readBytes(name), name); }

    RunState readState() const {
        const std::string bytes = readBytes("state");
        try {
            return runStateOf(bytes);
        } catch (const base::Error& error) {
            damaged(base::sentence("its section \"state\" cannot be read, {0}", error.sentence()), error.detail());
        }
    }

    // As format 1 has it.
    RunState readOldState() const {
        const Json state = readSection("state");
        try {
            return {state.at("epoch").get<double>(),
                    whole(state.at("step"), INT64_MAX),
                    state.at("instruction_set").get<std::string>(),
                    state.at("class_names").get<std::vector<std::string>>(),
                    state.value("target", Json()).dump(),
                    state.value("pipeline", Json()).dump(),
                    state.value("counters", Json()).dump()};
        } catch (const Json::exception& error) {
            damaged(base::sentence("its section \"state\" cannot be read"), error.what());
        }
    }

    void readSections(Model& model) const {
        model.project = readSection("project");
        checkProjectFormat(model.project, base::sentence("{0}, section \"project\"", m_file.path()));
        RunState state = m_major == 1 ? readOldState() : readState();
        if (state.step < 0) damaged(base::sentence("a size in it is impossible"));
        model.epoch = state.epoch;
        model.step = state.step;
        model.instructionSet = std::move(state.instructionSet);
        model.classNames = std::move(state.classNames);
        model.target = jsonOf(state.target, "state");
        model.pipeline = jsonOf(state.pipeline, "state");
        model.counters = jsonOf(state.counters, "state");
        if (std::ranges::find(m_sections, "history", &Part::name) != m_sections.end())
            model.history = readSection("history");
    }

    void readTensors(Model& model) const {
        for (const TensorPart& part : m_tensors) {
            tensor::Buffer values(part.bytes / static_cast<int>(part.precision), part.precision);
            const std::span bytes(static_cast<std::byte*>(values.data()), values.bytes());
            m_file.read(part.offset, bytes);
            check(part, bytes);
            model.tensors.push_back({part.name, part.shape, std::move(values)});
        }
    }

    base::RegularFile m_file;
    std::uint32_t m_major = 0;
    std::int64_t m_bodyStart = 0;
    std::vector<Part> m_sections;
    std::vector<TensorPart> m_tensors;
};

}  // namespace

Model readModel(const std::string& path) { return Reader(path).read(); }

}  // namespace perceptory::project
