// Arrays of NumPy, a file for each input and each target. Images are [N, C, H, W], sequences [N, T, F] or whole numbers
// [N, T]; whole numbers as targets are classes, others are numbers to predict.

#include <algorithm>
#include <cmath>

#include "engine/base/Text.h"
#include "engine/data/Labels.h"
#include "engine/data/MemoryLimit.h"
#include "engine/data/readers/NpyFile.h"
#include "engine/data/readers/Reader.h"

namespace perceptory::data {

namespace {

std::string withoutPoint(float value) {
    return value == std::floor(value) && std::abs(value) < 1e15f ? std::to_string(static_cast<std::int64_t>(value))
                                                                 : std::to_string(value);
}

class NpyReader {
public:
    NpyReader(const ReadRequest& request, base::Problems& problems)
        : m_request(request),
          m_problems(problems),
          m_values(reader_members::Npy.parameters, request.parameters),
          m_channelsFirst(m_values.text("layout") == "NCHW") {}

    std::optional<Table> run() {
        if (!readInputs() || !placeInputs()) return {};
        if (m_request.needsTarget && !readTargets()) return {};
        return std::move(m_table);
    }

private:
    bool refuse(const std::string& where, std::string sentence, std::string fix) {
        m_problems.push_back({where, base::Severity::Error, std::move(sentence), std::move(fix)});
        return false;
    }

    // Without names: the first file is the input x, the second one the target y.
    std::vector<NamedFile> inputFiles() const {
        if (!m_request.inputFiles.empty()) return m_request.inputFiles;
        return {{"x", m_request.paths.front().string()}};
    }

    std::vector<NamedFile> targetFiles() const {
        if (!m_request.inputFiles.empty()) return m_request.targetFiles;
        if (m_request.paths.size() < 2) return {};
        return {{"y", m_request.paths[1].string()}};
    }

    std::vector<std::int64_t> rowShape(const NpyArray& array) const {
        std::vector<std::int64_t> shape(array.shape.begin() + 1, array.shape.end());
        if (shape.empty()) shape = {1};
        if (shape.size() == 3 && m_channelsFirst) std::rotate(shape.begin(), shape.begin() + 1, shape.end());
        return shape;
    }

    // Values of one row as they lie here: channels last.
    void takeRow(const NpyArray& array, std::int64_t row, float* into) const {
        const std::int64_t size = array.rowSize();
        const float* from = array.values.data() + row * size;
        if (array.shape.size() != 4 || !m_channelsFirst) {
            std::copy_n(from, size, into);
            return;
        }
        const std::int64_t channels = array.shape[1], pixels = array.shape[2] * array.shape[3];
        for (std::int64_t p = 0; p < pixels; ++p)
            for (std::int64_t c = 0; c < channels; ++c) into[p * channels + c] = from[c * pixels + p];
    }

    bool sound(const NpyArray& array, const std::string& where) {
        if (std::ranges::find(array.shape, 0) != array.shape.end())
            return refuse(where, base::sentence("{0} is empty.", array.path), base::sentence("Name another file."));
        if (m_table.count == 0) m_table.count = static_cast<std::size_t>(array.rows());
        if (static_cast<std::size_t>(array.rows()) == m_table.count) return true;
        return refuse(
            where,
            base::sentence("{0} has {1} rows, but the first input has {2}.", array.path, array.rows(), m_table.count),
            base::sentence("Name files that belong together."));
    }

    bool readInputs() {
        for (const NamedFile& file : inputFiles()) {
            m_arrays.push_back(readNpy(file.path, m_request.memoryLimit));
            if (!sound(m_arrays.back(), "data.inputs." + file.name)) return false;
            m_table.fields.push_back({file.name, rowShape(m_arrays.back())});
        }
        if (!m_request.pipeline || m_request.pipeline->fields() == m_table.fields) return true;
        return refuse("data.inputs", base::sentence("The model was trained with other inputs than these."),
                      base::sentence("Name files of the same names and shapes as in training."));
    }

    bool placeInputs() {
        std::size_t width = 0;
        for (const Field& field : m_table.fields) width += static_cast<std::size_t>(field.size());
        checkMemory(m_table.count, 2 * width, m_request.memoryLimit, m_arrays.front().path);
        m_table.values.resize(m_table.count * width);
        const auto scale = static_cast<float>(m_values.number("scale"));
        std::size_t first = 0;
        for (std::size_t i = 0; i < m_arrays.size(); ++i) {
            const Field& field = m_table.fields[i];
            for (std::int64_t k = 0; k < field.size(); ++k)
                m_table.columns.push_back(field.name + "_" + std::to_string(k));
            for (std::size_t row = 0; row < m_table.count; ++row)
                takeRow(m_arrays[i], static_cast<std::int64_t>(row), m_table.values.data() + row * width + first);
            if (field.name == "x" && scale != 1)
                divide({m_table.values.data() + first, m_table.count, static_cast<std::size_t>(field.size()), width},
                       scale);
            first += static_cast<std::size_t>(field.size());
        }
        if (m_table.fields.size() == 1 && m_table.fields[0].name == "x") {
            m_table.shape = m_table.fields[0].shape;
            m_table.fields.clear();
        }
        m_arrays.clear();
        return true;
    }

    static void divide(const Rows& rows, float scale) {
        for (std::size_t row = 0; row < rows.count; ++row)
            for (std::size_t k = 0; k < rows.width; ++k) rows[row][k] /= scale;
    }

    bool readTargets() {
        const std::vector<NamedFile> files = targetFiles();
        if (files.empty())
            return refuse("data.targets", base::sentence("There is no file with what is to be predicted."),
                          base::sentence("Name one in \"targets\"."));
        for (std::size_t i = 0; i < files.size(); ++i) {
            const NpyArray array = readNpy(files[i].path, m_request.memoryLimit);
            const std::string where = "data.targets." + files[i].name;
            if (!sound(array, where)) return false;
            Target& target = i == 0 ? m_table : m_table.moreTargets.emplace_back();
            target.targetName = files[i].name;
            target.task = m_request.task.value_or(array.whole ? Task::Classification : Task::Regression);
            if (target.task == Task::Regression)
                takeNumbers(array, target);
            else if (!takeClasses(array, knownClasses(files[i].name, i == 0), where, target))
                return false;
        }
        return true;
    }

    void takeNumbers(const NpyArray& array, Target& target) const {
        const std::int64_t size = array.rowSize();
        target.targets.resize(array.values.size());
        for (std::int64_t row = 0; row < array.rows(); ++row) takeRow(array, row, target.targets.data() + row * size);
        if (array.shape.size() > 2) target.targetShape = rowShape(array);
        for (std::int64_t k = 0; k < size; ++k)
            target.targetNames.push_back(target.targetName + (size > 1 ? "_" + std::to_string(k) : ""));
    }

    // The model's classes of a target; empty in training.
    std::vector<std::string> knownClasses(const std::string& name, bool first) const {
        if (!m_request.pipeline) return {};
        if (first) return m_request.classNames;
        for (const Target& target : m_request.moreTargets)
            if (target.targetName == name) return target.classNames;
        return {};
    }

    bool takeClasses(const NpyArray& array, const std::vector<std::string>& known, const std::string& where,
                     Target& target) {
        LabelCounter counter;
        std::map<float, std::int32_t> numbers;
        for (const float value : array.values) {
            auto [found, isNew] = numbers.try_emplace(value, 0);
            if (isNew) found->second = counter.add(withoutPoint(value));
            target.labels.push_back(found->second);
            if (numbers.size() > mostClasses)
                return refuse(
                    where, base::sentence("It has more than {0} different values, too many for classes.", mostClasses),
                    base::sentence("Write \"task\": \"regression\", or store numbers as float32."));
        }
        const LabelCounter::Classes classes = known.empty() ? counter.classes() : counter.classes(known);
        for (std::int32_t& label : target.labels) label = classes.indexOf[static_cast<std::size_t>(label)];
        target.classNames = classes.names;
        target.targetShape.assign(array.shape.begin() + 1, array.shape.end());
        if (target.targetShape == std::vector<std::int64_t>{1}) target.targetShape.clear();
        return true;
    }

    static constexpr std::size_t mostClasses = 10'000;

    const ReadRequest& m_request;
    base::Problems& m_problems;
    base::ParamValues m_values;
    bool m_channelsFirst;
    Table m_table;
    std::vector<NpyArray> m_arrays;
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
     "others are numbers to predict.",
     {base::choiceParam("layout", "Layout", "Where images have their channels.", "NCHW", {"NCHW", "NHWC"}),
      base::numberParam("scale", "Scale", "Divides the input x: 255 for pixels that are bytes.", 1, 1e-6, 1e6,
                        base::Changes::Rebuild)}},
    {".npy"},
    read,
    true,
    nullptr,
    true};

}  // namespace perceptory::data
