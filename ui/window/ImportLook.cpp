#include "ui/window/ImportLook.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

#include "ui/document/EngineText.h"
#include "ui/views/SampleImage.h"

namespace perceptory::window {

using data::Dataset;

namespace {

constexpr std::size_t shownPictures = 15, shownRows = 12, shownColumns = 24, shownSteps = 400;
constexpr int longestCell = 120;

class Told {
    Q_DECLARE_TR_FUNCTIONS(window)
};

QString number(qint64 value) { return QLocale().toString(value); }

// "28 × 28 × 1"; of several fields "image: 28 × 28 × 1, user": one number needs no shape.
QString shapeText(const std::vector<data::Field>& fields) {
    QStringList texts;
    for (const data::Field& field : fields) {
        QStringList extents;
        for (const std::int64_t extent : field.shape) extents += number(extent);
        const QString shape = extents.join(QStringLiteral(" × ")), name = QString::fromStdString(field.name);
        texts += fields.size() == 1 ? shape : field.size() == 1 ? name : name + ": " + shape;
    }
    return texts.join(QStringLiteral(", "));
}

QString sizeOf(const Dataset& set) {
    QStringList parts{Told::tr("%1 to train").arg(number(std::ssize(set.parts.train)))};
    if (!set.parts.validation.empty())
        parts += Told::tr("%1 to validate").arg(number(std::ssize(set.parts.validation)));
    if (!set.parts.test.empty()) parts += Told::tr("%1 to test").arg(number(std::ssize(set.parts.test)));
    const QString rows = Told::tr("%Ln rows", nullptr, static_cast<int>(set.count));
    return Told::tr("%1: %2 · a row is %3").arg(rows, parts.join(QStringLiteral(", ")), shapeText(set.inputFields()));
}

bool hasClassPerRow(const Dataset& set) {
    return set.task == data::Task::Classification && set.labels.size() == set.count;
}

void countClasses(const Dataset& set, ImportLook& look) {
    if (set.task != data::Task::Classification) return;
    std::vector<qint64> counts(set.classes());
    for (const std::int32_t label : set.labels) ++counts[static_cast<std::size_t>(label)];
    for (std::size_t i = 0; i < counts.size(); ++i)
        look.classes.emplace_back(QString::fromStdString(set.classNames[i]), counts[i]);
    look.countsUnits = !hasClassPerRow(set);
}

QString answerOf(const Dataset& set, std::size_t row) {
    if (hasClassPerRow(set)) return QString::fromStdString(set.classNames[static_cast<std::size_t>(set.labels[row])]);
    if (set.task == data::Task::Classification || set.targetNames.empty()) return {};
    QStringList numbers;
    const std::size_t width = set.targetNames.size();
    for (std::size_t i = 0; i < std::min<std::size_t>(3, width); ++i)
        numbers += QLocale().toString(static_cast<double>(set.targets[row * width + i]), 'g', 4);
    return numbers.join(QStringLiteral("; ")) + (width > 3 ? QStringLiteral("; …") : QString());
}

// The classes take turns, so that each shows what it looks like; else rows from everywhere.
std::vector<std::size_t> examples(const Dataset& set, std::size_t count) {
    count = std::min(count, set.count);
    std::vector<std::size_t> rows;
    if (!hasClassPerRow(set)) {
        for (std::size_t i = 0; i < count; ++i) rows.push_back(i * set.count / count);
        return rows;
    }
    std::vector<std::vector<std::size_t>> first(set.classes());
    for (std::size_t row = 0; row < set.count; ++row)
        if (auto& list = first[static_cast<std::size_t>(set.labels[row])]; list.size() < count) list.push_back(row);
    for (std::size_t turn = 0; turn < count && rows.size() < count; ++turn)
        for (const auto& list : first)
            if (turn < list.size() && rows.size() < count) rows.push_back(list[turn]);
    return rows;
}

void drawPictures(const Dataset& set, ImportLook& look) {
    std::vector<float> scratch;
    for (const std::size_t row : examples(set, shownPictures)) {
        QImage picture = views::imageOf(set.rawRow(row, scratch), set.inputShape);
        if (picture.isNull()) return;
        look.pictures.push_back({std::move(picture), answerOf(set, row)});
    }
}

// Tokens as text again.
QString textOf(std::span<const float> tokens, const base::Json& coding) {
    const base::Json vocabulary = coding.value("vocabulary", base::Json::array());
    const bool words = coding.value("unit", base::Json()) == "word";
    QString text;
    for (std::size_t i = 0; i < std::min(tokens.size(), shownSteps) && tokens[i] > 0; ++i) {
        const auto token = static_cast<std::size_t>(tokens[i]);
        if (words && i > 0) text += ' ';
        text += token >= 2 && token - 2 < vocabulary.size()
                    ? QString::fromStdString(vocabulary[token - 2].get<std::string>())
                    : QString(QChar(0xfffd));
    }
    return text.size() > longestCell ? text.left(longestCell - 1) + QChar(0x2026) : text;
}

QString cellOf(const Dataset& set, std::size_t column, float value) {
    if (column < set.words.size() && !set.words[column].empty())
        return value >= 0 ? QString::fromStdString(set.words[column][static_cast<std::size_t>(value)]) : QString();
    return QLocale().toString(static_cast<double>(value), 'g', 6);
}

void listRows(const Dataset& set, ImportLook& look) {
    const auto& tokens = set.pipeline.tokens();
    const base::Json coding = tokens ? tokens->toJson() : base::Json();
    const std::size_t columns = tokens ? 0 : std::min(shownColumns, set.rawNames.size());
    look.columns += Told::tr("Predicted");
    if (tokens) look.columns += Told::tr("Text");
    for (std::size_t i = 0; i < columns; ++i) look.columns += QString::fromStdString(set.rawNames[i]);
    std::vector<float> scratch;
    for (const std::size_t row : examples(set, shownRows)) {
        const std::span<const float> values = set.rawRow(row, scratch);
        QStringList cells{answerOf(set, row)};
        if (tokens) cells += textOf(values, coding);
        for (std::size_t i = 0; i < columns; ++i) cells += cellOf(set, i, values[i]);
        look.rows.push_back(std::move(cells));
    }
}

}  // namespace

ImportLook lookAt(const document::LoadedData& loaded) {
    ImportLook look;
    const Dataset& set = *loaded.dataset;
    look.size = sizeOf(set);
    countClasses(set, look);
    drawPictures(set, look);
    if (look.pictures.empty()) listRows(set, look);
    for (const base::Problem& problem : loaded.problems)
        look.warnings += (QString::fromStdString(problem.sentence) + " " + document::remedyText(problem)).trimmed();
    for (const std::string& note : set.notes) look.notes += QString::fromStdString(note);
    return look;
}

}  // namespace perceptory::window
