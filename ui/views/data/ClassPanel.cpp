#include "ui/views/data/ClassPanel.h"

#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>

#include "ui/widgets/CountBars.h"
#include "ui/widgets/Numbers.h"

namespace perceptory::views {

namespace {

constexpr int ranges = 12;  // of numbers to predict

// Which line of the picture a row counts for.
struct Lines {
    QStringList names;
    double low = 0, width = 0;  // of ranges; 0: classes

    int of(const data::Dataset& dataset, std::uint32_t row) const {
        if (width <= 0) return classOf(dataset, row);
        const auto line = static_cast<int>((static_cast<double>(targetNumber(dataset, row)) - low) / width);
        return std::clamp(line, 0, static_cast<int>(names.size()) - 1);
    }
};

Lines rangesOf(const data::Dataset& dataset, const std::vector<std::uint32_t>& rows) {
    Lines lines;
    if (rows.empty() || dataset.targets.empty()) return lines;
    double low = static_cast<double>(targetNumber(dataset, rows.front())), high = low;
    for (const std::uint32_t row : rows) {
        low = std::min(low, static_cast<double>(targetNumber(dataset, row)));
        high = std::max(high, static_cast<double>(targetNumber(dataset, row)));
    }
    const double step = widgets::niceStep(std::max((high - low) / ranges, 1e-12));
    lines.low = std::floor(low / step) * step;
    lines.width = step;
    for (double from = lines.low; from <= high; from += step)
        lines.names += ClassPanel::tr("%1 to %2").arg(widgets::shortNumber(from), widgets::shortNumber(from + step));
    return lines;
}

Lines linesOf(const data::Dataset& dataset, const std::vector<std::uint32_t>& rows) {
    if (dataset.task == data::Task::Regression) return rangesOf(dataset, rows);
    Lines lines;
    if (hasClasses(dataset))
        for (int i = 0; i < static_cast<int>(dataset.classes()); ++i) lines.names += className(dataset, i);
    return lines;
}

}  // namespace

ClassPanel::ClassPanel(SampleList& list) : LazyPanel(list), m_bars(new widgets::CountBars) {
    m_bars->setAccessibleName(tr("Samples of each class"));
    auto* area = new QScrollArea;
    area->setWidgetResizable(true);
    area->setWidget(m_bars);
    area->setAccessibleName(tr("Samples of each class"));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 4, 0, 0);
    column->addWidget(area);
}

void ClassPanel::renew() {
    if (!m_list.dataset()) return m_bars->setCounts({}, {});
    const data::Dataset& dataset = *m_list.dataset();
    const Lines lines = linesOf(dataset, m_list.rows());
    std::vector<widgets::CountBars::Group> groups;
    for (const SamplePart part : {SamplePart::Training, SamplePart::Validation, SamplePart::Test, SamplePart::None}) {
        std::vector<std::int64_t> counts(static_cast<std::size_t>(lines.names.size()), 0);
        bool any = false;
        for (const std::uint32_t row : m_list.rows()) {
            const int line = m_list.part(row) == part ? lines.of(dataset, row) : -1;
            if (line < 0 || line >= lines.names.size()) continue;
            ++counts[static_cast<std::size_t>(line)];
            any = true;
        }
        if (any) groups.push_back({partName(part), std::move(counts)});
    }
    m_bars->setCounts(lines.names, std::move(groups));
}

}  // namespace perceptory::views
