#include <set>

#include "engine/base/AtomicFile.h"
#include "engine/base/Error.h"
#include "engine/base/Sha256.h"
#include "engine/base/Text.h"
#include "engine/project/ModelFile.h"
#include "engine/project/ModelFileFormat.h"
#include "engine/project/RunStateArchive.h"

namespace perceptory::project {

using base::Error;
using base::Json;
using Bytes = std::span<const std::byte>;

namespace {

Bytes bytesOf(std::string_view text) { return std::as_bytes(std::span(text.data(), text.size())); }

template <class Number>
std::string littleEndian(Number value) {
    return {reinterpret_cast<const char*>(&value), sizeof value};
}

class Writer {
public:
    Writer(const Model& model, std::string path) : m_model(model), m_path(std::move(path)) {}

    void write(base::Previous previous) {
        m_project = sectionText("project", m_model.project);
        m_state = stateBytes();
        addSection("project", m_project);
        addSection("state", m_state);
        if (!m_model.history.is_null()) {
            m_history = sectionText("history", m_model.history);
            addSection("history", m_history);
        }
        addTensors();
        const std::string front = makeFront();
        base::replaceFile(
            m_path, [&](base::FileSink& sink) { writeTo(sink, front); }, previous);
    }

private:
    std::string stateBytes() const {
        sectionText("class names", m_model.classNames);  // refuses what is not UTF-8
        return archived({m_model.epoch, m_model.step, m_model.instructionSet, m_model.classNames,
                         sectionText("target", m_model.target), sectionText("pipeline", m_model.pipeline),
                         sectionText("counters", m_model.counters)});
    }

    std::string sectionText(const std::string& name, const Json& value) const {
        std::string text;
        try {
            text = value.dump();
        } catch (const Json::exception& error) {
            refuse(base::sentence("a text in its section \"{0}\" is not UTF-8", name), base::sentence("Correct it."),
                   error.what());
        }
        return text;
    }

    void addSection(const std::string& name, const std::string& text) {
        if (text.size() > static_cast<std::size_t>(format::largestSection))
            refuse(base::sentence("its section \"{0}\" is larger than 16 MiB", name),
                   base::sentence("Keep the points of the project in a CSV file."));
        m_header["sections"].push_back(entry(name, bytesOf(text)));
    }

    void addTensors() {
        m_header["tensors"] = Json::array();
        if (m_model.tensors.size() > format::mostTensors)
            refuse(base::sentence("it has more than 100,000 tensors"), base::sentence("Use fewer layers."));
        std::set<std::string> names;
        for (const tensor::NamedTensor& tensor : m_model.tensors) {
            if (tensor.name.empty() || tensor.name.size() > format::longestName || !names.insert(tensor.name).second)
                refuse(base::sentence("a tensor's name \"{0}\" is empty, too long or stands twice",
                                      tensor.name.substr(0, 40)),
                       base::sentence("Give the layer another id."));
            const tensor::Buffer& values = tensor.values;
            if (tensor.shape.size() > format::mostDimensions || tensor::elementCount(tensor.shape) != values.size())
                refuse(base::sentence("the tensor \"{0}\" does not have the numbers of its shape", tensor.name),
                       base::sentence("Report this."));
            Json row = entry(tensor.name, {static_cast<const std::byte*>(values.data()), values.bytes()});
            row["dtype"] = values.precision() == tensor::Precision::Float32 ? "f32" : "f64";
            row["shape"] = tensor.shape;
            m_header["tensors"].push_back(std::move(row));
        }
    }

    // Appends to the body what the row describes.
    Json entry(const std::string& name, Bytes bytes) {
        const std::int64_t offset = format::aligned(m_bodyEnd);
        m_bodyEnd = offset + static_cast<std::int64_t>(bytes.size());
        m_body.push_back(bytes);
        return {{"name", name}, {"offset", offset}, {"bytes", bytes.size()}, {"crc", format::crc32Of(bytes)}};
    }

    std::string makeFront() const {
        Json ordered = {{"byte_order", "little"},
                        {"archive", archiveVersion()},
                        {"sections", m_header["sections"]},
                        {"tensors", m_header["tensors"]}};
        const std::string header = ordered.dump();
        if (header.size() > static_cast<std::size_t>(format::largestHeader))
            refuse(base::sentence("its table of tensors is larger than 1 MiB"),
                   base::sentence("Use fewer layers, or shorter ids."));
        const std::int64_t length = format::aligned(format::headerAt + static_cast<std::int64_t>(header.size()) + 4) +
                                    m_bodyEnd + format::trailerBytes;
        std::string front(format::magic);
        front += littleEndian(format::major) + littleEndian(format::minor) + littleEndian(format::major);
        front += littleEndian(static_cast<std::uint64_t>(length));
        front += littleEndian(static_cast<std::uint32_t>(header.size())) + header;
        return front + littleEndian(format::crc32Of(bytesOf(front)));
    }

    void writeTo(base::FileSink& sink, const std::string& front) const {
        base::Sha256 sum;
        std::int64_t written = 0;
        const auto put = [&](Bytes bytes) {
            sum.update(bytes);
            sink.write(bytes);
            written += static_cast<std::int64_t>(bytes.size());
        };
        put(bytesOf(front));
        for (const Bytes part : m_body) {
            put(bytesOf(std::string(static_cast<std::size_t>(format::aligned(written) - written), '\0')));
            put(part);
        }
        const auto digest = sum.digest();
        sink.write(std::as_bytes(std::span(digest)));
        sink.write(format::endMagic);
    }

    [[noreturn]] void refuse(const std::string& reason, const std::string& fix, const std::string& detail = {}) const {
        throw Error(base::sentence("{0}: the model cannot be saved, because {1}. {2}", m_path, reason, fix), detail);
    }

    const Model& m_model;
    std::string m_path;
    std::string m_project, m_state, m_history;
    Json m_header;
    std::vector<Bytes> m_body;
    std::int64_t m_bodyEnd = 0;
};

}  // namespace

void writeModel(const Model& model, const std::string& path, base::Previous previous) {
    Writer(model, path).write(previous);
}

}  // namespace perceptory::project
