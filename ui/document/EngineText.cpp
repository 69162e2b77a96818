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
    return QString::fromStdString(base::describe(shown));
}

void translateEngine() {
    base::setTranslator([](const char* pattern, int count) {
        return QCoreApplication::translate("engine", pattern, nullptr, count).toStdString();
    });
}

}  // namespace perceptory::document
