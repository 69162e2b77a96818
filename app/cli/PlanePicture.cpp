#include "app/cli/PlanePicture.h"

#include <algorithm>
#include <cmath>

namespace perceptory::cli {

namespace {

constexpr int smallestWidth = 600;
constexpr std::size_t mostPoints = 5000;
const Colour low{237, 129, 33}, middle{232, 234, 235}, high{24, 119, 188};
const Colour white{255, 255, 255}, dark{40, 44, 52};
// Told apart by people who see few colours too (after Okabe and Ito, 2008).
const std::vector<Colour> classColours{{230, 159, 0}, {0, 114, 178},  {0, 158, 115},  {204, 121, 167}, {86, 180, 233},
                                       {213, 94, 0},  {240, 228, 66}, {120, 94, 240}, {130, 130, 130}, {150, 90, 40}};

// From -1 to 1.
Colour diverging(double value) { return value < 0 ? mixed(middle, low, -value) : mixed(middle, high, value); }

const Colour& classColour(std::size_t index) { return classColours[index % classColours.size()]; }

class Painter {
public:
    Painter(const training::ProbeResult& outputs, const training::Trainer& trainer, const training::Plane& plane,
            const PlaneChoice& choice)
        : m_outputs(outputs),
          m_trainer(trainer),
          m_plane(plane),
          m_choice(choice),
          m_size(static_cast<int>(outputs.shape.back())),
          m_scale(std::max(1, (smallestWidth + m_size - 1) / m_size)),
          m_picture(m_size * m_scale, m_size * m_scale) {
        const std::vector<float>& targets = trainer.dataset().targets;
        if (targets.empty()) return;
        const auto [lowest, highest] = std::ranges::minmax(targets);
        m_centre = (static_cast<double>(lowest) + static_cast<double>(highest)) / 2;
        m_reach = std::max(1e-12, (static_cast<double>(highest) - static_cast<double>(lowest)) / 2);
    }

    Picture run() {
        for (int y = 0; y < m_picture.height(); ++y)
            for (int x = 0; x < m_picture.width(); ++x) m_picture.set(x, y, background(x / m_scale, y / m_scale));
        const data::Parts& parts = m_trainer.dataset().parts;
        if (shows("train")) points(parts.train, white);
        if (shows("validation")) points(parts.validation, dark);
        if (shows("test")) points(parts.test, dark);
        return std::move(m_picture);
    }

private:
    bool shows(const char* split) const { return m_choice.split == "all" || m_choice.split == split; }

    Colour background(int x, int y) const {
        const std::size_t cells = static_cast<std::size_t>(m_size) * static_cast<std::size_t>(m_size);
        const std::size_t at =
            static_cast<std::size_t>(y) * static_cast<std::size_t>(m_size) + static_cast<std::size_t>(x);
        std::vector<float> output;
        for (std::size_t k = 0; k * cells < m_outputs.values.size(); ++k)
            output.push_back(m_outputs.values[k * cells + at]);
        const training::OutputReading& reading = m_trainer.reading();
        if (reading.classes == 0) return valueColour(static_cast<double>(output[0]));
        if (output.size() != static_cast<std::size_t>(reading.outputs)) return middle;
        std::vector<float> shares(static_cast<std::size_t>(reading.classes));
        reading.probabilities(output.data(), shares.data());
        if (m_choice.classIndex) return diverging(2 * static_cast<double>(shares[*m_choice.classIndex]) - 1);
        if (reading.classes == 2) return diverging(2 * static_cast<double>(shares[1]) - 1);
        const std::size_t best = static_cast<std::size_t>(std::ranges::max_element(shares) - shares.begin());
        const double sure = (static_cast<double>(shares[best]) - 1.0 / reading.classes) / (1 - 1.0 / reading.classes);
        return mixed(middle, classColour(best), 0.2 + 0.45 * sure);
    }

    Colour valueColour(double value) const { return diverging((value - m_centre) / m_reach); }

    Colour pointColour(std::uint32_t row) const {
        const data::Dataset& dataset = m_trainer.dataset();
        if (dataset.task == data::Task::Regression)
            return valueColour(static_cast<double>(dataset.targets[row * dataset.targetNames.size()]));
        const auto label = static_cast<std::size_t>(dataset.labels[row]);
        if (m_choice.classIndex) return label == *m_choice.classIndex ? high : low;
        if (dataset.classes() == 2) return label == 1 ? high : low;
        return classColour(label);
    }

    void points(const std::vector<std::uint32_t>& rows, const Colour& rim) {
        std::vector<float> scratch;
        for (std::size_t i = 0; i < std::min(rows.size(), mostPoints); ++i) {
            const auto [x, y] = m_plane.project(m_trainer.dataset().rawRow(rows[i], scratch));
            const double right =
                (static_cast<double>(x) - m_plane.minimum[0]) / (m_plane.maximum[0] - m_plane.minimum[0]);
            const double down =
                (m_plane.maximum[1] - static_cast<double>(y)) / (m_plane.maximum[1] - m_plane.minimum[1]);
            m_picture.disc(right * m_picture.width(), down * m_picture.height(), 5, pointColour(rows[i]), rim);
        }
    }

    const training::ProbeResult& m_outputs;
    const training::Trainer& m_trainer;
    const training::Plane& m_plane;
    const PlaneChoice& m_choice;
    int m_size, m_scale;
    Picture m_picture;
    double m_centre = 0, m_reach = 1;
};

}  // namespace

Picture planePicture(const training::ProbeResult& outputs, const training::Trainer& trainer,
                     const training::Plane& plane, const PlaneChoice& choice) {
    return Painter(outputs, trainer, plane, choice).run();
}

Picture mapsPicture(const training::ProbeResult& maps) {
    const int width = static_cast<int>(maps.shape.back()), height = static_cast<int>(maps.shape.end()[-2]), gap = 4;
    const std::size_t cells = static_cast<std::size_t>(width) * static_cast<std::size_t>(height);
    const int units = static_cast<int>(maps.values.size() / cells);
    const int columns = std::max(1, static_cast<int>(std::ceil(std::sqrt(units))));
    const int rows = (units + columns - 1) / columns;
    Picture picture(columns * (width + gap) - gap, rows * (height + gap) - gap);
    for (int unit = 0; unit < units; ++unit) {
        const float* values = maps.values.data() + static_cast<std::size_t>(unit) * cells;
        double largest = 1e-12;
        for (std::size_t i = 0; i < cells; ++i) largest = std::max(largest, std::abs(static_cast<double>(values[i])));
        for (int i = 0; i < width * height; ++i)
            picture.set(unit % columns * (width + gap) + i % width, unit / columns * (height + gap) + i / width,
                        diverging(static_cast<double>(values[i]) / largest));
    }
    return picture;
}

}  // namespace perceptory::cli
