#include "ui/document/EngineText.h"

#include <QCoreApplication>

#include "engine/base/Text.h"

namespace perceptory::document {

QString shelfText(const std::string& text) { return QCoreApplication::translate("engine", text.c_str()); }

void translateEngine() {
    base::setTranslator([](const char* pattern, int count) {
        return QCoreApplication::translate("engine", pattern, nullptr, count).toStdString();
    });
}

}  // namespace perceptory::document
