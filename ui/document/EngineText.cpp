#include "ui/document/EngineText.h"

#include <QCoreApplication>

#include "engine/base/Text.h"

namespace perceptory::document {

QString shelfText(const std::string& text) { return QCoreApplication::translate("engine", text.c_str()); }

QString problemText(const base::Problem& problem) {
    const std::string root = problem.where.substr(0, problem.where.find_first_of(".["));
    const bool address = root == "data" || root == "training" || root == "network" || root == "format";
    base::Problem shown = problem;
    if (address) shown.where.clear();
    shown.fix = remedyText(problem).toStdString();
    return QString::fromStdString(base::describe(shown));
}

QString remedyText(const base::Problem& problem) {
    if (problem.where == "data.reader.parameters.bad_rows")
        return QCoreApplication::translate(
            "document", "Mend the file, or set \"Bad rows\" to \"Leave them out\" (\"Columns of the table…\").");
    return QString::fromStdString(problem.fix);
}

void translateEngine() {
    base::setTranslator([](const char* pattern, int count) {
        return QCoreApplication::translate("engine", pattern, nullptr, count).toStdString();
    });
}

}  // namespace perceptory::document
