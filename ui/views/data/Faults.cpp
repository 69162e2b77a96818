#include "ui/views/data/Faults.h"

#include <QCoreApplication>
#include <QLabel>
#include <algorithm>

#include "ui/document/EngineText.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

namespace {

constexpr const char* kWrong = "perceptory_wrong";

// "data.augmentation[2].parameters.degrees" → "Step 3: …"
QString placed(const base::Problem& problem) {
    const QString text = document::problemText(problem);
    const std::size_t bracket = problem.where.find('[');
    if (bracket == std::string::npos) return text;
    const int index = std::atoi(problem.where.c_str() + bracket + 1);
    return QCoreApplication::translate("Faults", "Step %1: %2").arg(index + 1).arg(text);
}

void paintRole(QLabel& label) {
    QPalette palette;
    palette.setColor(
        QPalette::WindowText,
        widgets::themed(label.property(kWrong).toBool() ? widgets::ColourRole::Error : widgets::ColourRole::MutedText));
    label.setPalette(palette);
}

}  // namespace

QLabel* faultLabel() {
    auto* label = new QLabel;
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    label->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    label->hide();
    QObject::connect(&widgets::Theme::instance(), &widgets::Theme::changed, label, [label] { paintRole(*label); });
    return label;
}

void showFaults(QLabel& label, const base::Problems& problems) {
    QStringList lines;
    for (const base::Problem& problem : problems) lines += placed(problem);
    label.setProperty(kWrong, base::hasError(problems));
    paintRole(label);
    label.setText(lines.join('\n'));
    label.setVisible(!lines.isEmpty());
}

base::Problems problemsAt(const char* address, const base::Problems& some, const base::Problems& more) {
    base::Problems found;
    for (const base::Problems* problems : {&some, &more})
        for (const base::Problem& problem : *problems) {
            const bool said = std::ranges::any_of(found, [&](const base::Problem& other) {
                return other.where == problem.where && other.sentence == problem.sentence;
            });
            if (!said && problem.where.starts_with(address)) found.push_back(problem);
        }
    return found;
}

}  // namespace perceptory::views
