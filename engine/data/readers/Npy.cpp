// Arrays of NumPy, a file or a member of an archive for each input and each target, or a file for each class. Images
// are [N, C, H, W], sequences [N, T, F] or whole numbers [N, T]; whole numbers as targets are classes, others are
// numbers to predict.

#include <algorithm>
#include <cmath>

#include "engine/base/Text.h"
#include "engine/data/Counts.h"
#include "engine/data/Labels.h"
#include "engine/data/readers/NpyProblems.h"
#include "engine/data/readers/NpyTargets.h"
#include "engine/data/readers/NpzNames.h"
#include "engine/data/readers/TableColumns.h"
#include "engine/data/readers/Utf8.h"

namespace perceptory::data {

namespace {

struct NamedArray {
    std::string name;
    ArrayPath path;
};

class NpyReader {
public:
    NpyReader(const ReadRequest& request, base::Problems& problems)
        : m_request(request),
          m_problems(problems),
          m_values(reader_members::Npy.parameters, request.parameters),
          m_byFile(m_values.text("label") == "file"),
          m_scale(static_cast<float>(m_values.number("scale"))),
          m_view{m_values.text("layout") == "NCHW", {}} {}

    std::optional<Table> run() {
        if (!readShape() || !(m_byFile ? openClasses() : openInputs()) || !fitsModel()) return {};
        if (!readInputs()) return {};
        if (m_request.needsTarget && !(m_byFile ? nameClasses() : readTargets())) return {};
        if (!m_request.pipeline) noteOtherParts(m_request.paths, m_table.notes);
        return std::move(m_table);
    }

private:
    bool refuse(const std::string& where, std::string sentence, std::string fix) {
        m_problems.push_back({where, base::Severity::Error, std::move(sentence), std::move(fix)});
        return false;
    }

    bool readShape() {
        const std::string text = m_values.text("shape");
        const auto sizes = sizesOf(text);
        m_view.shape = sizes.value_or(m_view.shape);
        return sizes ||
               refuse("data.reader.parameters.shape", base::sentence("\"{0}\" are no sizes of a row.", quotable(text)),
                      base::sentence("Write up to three whole numbers such as 28x28x1, or nothing."));
    }

    // The view belongs to the field x; other inputs and the targets are as they are stored.
    NpyView viewOf(const std::string& name) const { return name == "x" ? m_view : NpyView{m_view.channelsFirst, {}}; }

    // Without names: the first file is the input x, the second one the target y; an archive holds both.
    std::vector<NamedFile> inputFiles() const {
        if (!m_request.inputFiles.empty()) return m_request.inputFiles;
        return {{"x", m_request.paths.front().string()}};
    }

    // The rows of an input, or null after a problem.
    const NpyRows* open(const NamedFile& input, const NpyView& view) {
        if (const auto array = inputArray(input.path, input.name)) return &m_inputs.emplace_back(*array, view);
        m_problems.push_back(noInput(input));
        return nullptr;
    }

    std::vector<NamedArray> targetArrays() const {
        const std::size_t second = m_request.paths.size() > 1 ? 1 : 0;
        std::vector<NamedFile> files = m_request.targetFiles;
        if (m_request.inputFiles.empty()) files = {{"y", m_request.paths[second].string()}};
        std::vector<NamedArray> arrays;
        for (const NamedFile& file : files) {
            const auto array = targetArray(file.path, file.name);
            const bool isInput = m_request.inputFiles.empty() && second == 0 && array == inputArray(file.path, "x");
            if (array && !isInput) arrays.push_back({file.name, *array});
        }
        return arrays;
    }

    bool isWhole(const NpyFile& file, const std::string& where) {
        if (std::ranges::count(file.shape(), 0) == 0) return true;
        return refuse(where, base::sentence("{0} is empty.", file.path()), base::sentence("Name another file."));
    }

    bool sound(const NpyFile& file, const std::string& where) {
        if (!isWhole(file, where)) return false;
        if (m_table.count == 0) m_table.count = static_cast<std::size_t>(file.rows());
        if (static_cast<std::size_t>(file.rows()) == m_table.count) return true;
        return refuse(where,
                      base::sentence("{0} has {1}, but the first input has {2}.", file.path(), rowsText(file.rows()),
                                     m_table.count),
                      base::sentence("Name files that belong together."));
    }

    bool openInputs() {
        for (const NamedFile& input : inputFiles()) {
            const NpyRows* rows = open(input, viewOf(input.name));
            if (!rows || !sound(rows->file(), "data.inputs." + input.name)) return false;
            m_table.fields.push_back({input.name, rows->shape()});
        }
        return true;
    }

    // All of them are the input x, one behind the other.
    bool openClasses() {
        if (!m_request.inputFiles.empty())
            return refuse("data.inputs", base::sentence("With a class for each file there are no inputs and targets."),
                          base::sentence("Name the files in \"paths\"."));
        for (const auto& path : m_request.paths) {
            const NpyRows* rows = open({"x", path.string()}, m_view);
            if (!rows || !isWhole(rows->file(), "data.paths")) return false;
            if (rows->shape() != m_inputs.front().shape())
                return refuse(
                    "data.paths",
                    base::sentence("The rows of {0} have the shape {1}, but those of {2} {3}.", rows->file().path(),
                                   sizesText(rows->shape()), m_inputs[0].file().path(), sizesText(m_inputs[0].shape())),
                    base::sentence("Name files that belong together."));
            m_table.count += static_cast<std::size_t>(rows->file().rows());
        }
        m_table.fields = {{"x", m_inputs.front().shape()}};
        return true;
    }

    bool fitsModel() {
        if (!m_request.pipeline || m_request.pipeline->featureFields() == m_table.fields) return true;
        const std::string path = unnamed(m_request.paths.front());
        m_problems.push_back(otherInputs(m_table.fields, m_inputs, m_request.pipeline->featureFields(), path));
        return false;
    }

    // The path where its arrays were not chosen by name; else empty.
    std::string unnamed(const std::filesystem::path& path) const {
        return m_request.inputFiles.empty() ? path.string() : std::string();
    }

    bool readInputs() {
        for (const Field& field : m_table.fields)
            for (std::int64_t k = 0; k < field.size(); ++k)
                m_table.columns.push_back(field.name + "_" + std::to_string(k));
        const bool isX = m_table.fields.size() == 1 && m_table.fields[0].name == "x";
        const auto appendFile = [this](const NpyRows& rows) { return append(std::span(&rows, 1)); };
        if (!(m_byFile ? std::ranges::all_of(m_inputs, appendFile) : append(m_inputs))) return false;
        if (!isX) return true;
        m_table.shape = m_table.fields[0].shape;
        m_table.fields.clear();
        return true;
    }

    // Rows of arrays that stand side by side. False after a problem.
    bool append(std::span<const NpyRows> inputs) {
        const bool bytes = std::ranges::all_of(m_inputs, [](const NpyRows& rows) { return rows.file().bytes(); });
        const bool isX = m_table.fields.size() == 1 && m_table.fields[0].name == "x";
        return bytes && isX ? appendBytes(inputs.front()) : appendFloats(inputs);
    }

    bool appendBytes(const NpyRows& rows) {
        RowStore& values = m_table.values;
        if (values.count() == 0) values = RowStore(rows.width(), RowStore::Number::Byte, m_scale);
        std::vector<std::uint8_t> row(rows.width());
        for (std::int64_t i = 0; i < rows.file().rows(); ++i) {
            rows.read(i, std::span(row));
            values.append(row);
            tellRow();
        }
        return true;
    }

    bool appendFloats(std::span<const NpyRows> inputs) {
        RowStore& values = m_table.values;
        if (values.count() == 0) values = RowStore(m_table.columns.size());
        std::vector<float> row(m_table.columns.size());
        for (std::int64_t i = 0; i < inputs.front().file().rows(); ++i) {
            std::span<float> rest(row);
            for (std::size_t f = 0; f < inputs.size(); ++f) {
                const std::span<float> part = rest.first(inputs[f].width());
                rest = rest.subspan(part.size());
                inputs[f].read(i, part);
                if (m_table.fields[f].name == "x" && m_scale != 1)
                    for (float& value : part) value /= m_scale;
                if (!isBounded(inputs[f], i, part)) return false;
            }
            values.append(row);
            tellRow();
        }
        for (std::size_t f = 0; f < inputs.size(); ++f)
            warnOfRounded("data.inputs." + m_table.fields[f].name, inputs[f].file(), m_problems);
        return true;
    }

    // What is not a number counts as missing.
    bool isBounded(const NpyRows& rows, std::int64_t row, std::span<const float> values) {
        const auto found = std::ranges::find_if(values, [](float value) { return std::isinf(value); });
        if (found == values.end()) return true;
        m_problems.push_back(infiniteInput(rows, row, static_cast<std::size_t>(found - values.begin())));
        return false;
    }

    void tellRow() const {
        const std::size_t done = m_table.values.count();
        if (done % 256 == 0)
            base::tell(m_request.progress, static_cast<double>(done) / static_cast<double>(m_table.count));
    }

    // The class of a row is the name of its file.
    bool nameClasses() {
        LabelCounter counter;
        for (std::size_t i = 0; i < m_inputs.size(); ++i) {
            const std::int32_t label = counter.add(asUtf8(m_request.paths[i].stem().string()));
            m_table.labels.resize(m_table.labels.size() + static_cast<std::size_t>(m_inputs[i].file().rows()), label);
        }
        const auto classes = m_request.pipeline ? counter.classes(m_request.classNames) : counter.classes();
        for (std::int32_t& label : m_table.labels) label = classes.indexOf[static_cast<std::size_t>(label)];
        m_table.classNames = classes.names;
        return true;
    }

    bool readTargets() {
        const std::vector<NamedArray> arrays = targetArrays();
        if (arrays.empty()) {
            m_problems.push_back(noTarget(unnamed(m_request.paths.back())));
            return false;
        }
        for (std::size_t i = 0; i < arrays.size(); ++i) {
            const NpyRows rows(arrays[i].path, {m_view.channelsFirst, {}});
            const std::string where = "data.targets." + arrays[i].name;
            if (!sound(rows.file(), where)) return false;
            Target& target = i == 0 ? m_table : m_table.moreTargets.emplace_back();
            target.targetName = arrays[i].name;
            target.task = m_request.task.value_or(rows.file().whole() ? Task::Classification : Task::Regression);
            const bool good =
                target.task == Task::Regression
                    ? takeNumbers(rows, m_request, where, target, m_problems)
                    : takeClasses(rows, m_request, knownClasses(arrays[i].name, i == 0), where, target, m_problems);
            if (!good) return false;
        }
        return true;
    }

    // The model's classes of a target; empty in training.
    std::vector<std::string> knownClasses(const std::string& name, bool first) const {
        if (!m_request.pipeline) return {};
        if (first) return m_request.classNames;
        for (const Target& target : m_request.moreTargets)
            if (target.targetName == name) return target.classNames;
        return {};
    }

    const ReadRequest& m_request;
    base::Problems& m_problems;
    base::ParamValues m_values;
    bool m_byFile;
    float m_scale;
    NpyView m_view;
    Table m_table;
    std::vector<NpyRows> m_inputs;
};

std::optional<Table> read(const ReadRequest& request, base::Problems& problems) {
    return NpyReader(request, problems).run();
}

}  // namespace

const ReaderType reader_members::Npy{
    {"npy",
     "Arrays (NumPy)",
     "Arrays that numpy.save wrote, one file for each input and each target. The first axis counts rows. Images are "
     "[N, C, H, W], sequences [N, T, F]. Targets of whole numbers are classes, for each row or for each pixel or step; "
     "others are numbers to predict. An array of an archive (numpy.savez) is named FILE.npz:NAME; of an archive alone "
     "x and y, or x_train and y_train, are taken. With the split by files, arrays called x_test and y_test, or "
     "x_validation and y_validation, are those parts: in an archive, in a folder, or of the files named.",
     {base::choiceParam("layout", "Layout", "Where images have their channels.", "NCHW", {"NCHW", "NHWC"}),
      base::numberParam("scale", "Scale", "Divides the input x: 255 for pixels that are bytes.", 1, 1e-6, 1e6,
                        base::Changes::Rebuild),
      base::choiceParam(
          "label", "Class",
          "Where the classes stand: in files of targets, or there is a file for each class, which is called "
          "as the file is.",
          "targets", {"targets", "file"}),
      columnParameter(
          "shape", "Shape",
          "What a row of the input x is, where it is stored flat: height, width and channels such as 28x28x1, "
          "or steps and features. The layout tells whether the file has the channels first. Empty: as "
          "stored.")}},
    {".npy", ".npz"},
    read,
    true,
    nullptr,
    true,
    partArrays};

}  // namespace perceptory::data
