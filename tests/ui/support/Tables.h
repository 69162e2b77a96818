#pragma once
// A small table to read, and the dialog that asks about tables.

#include <QTest>
#include <memory>
#include <string>

#include "ui/window/TableDialog.h"

namespace perceptory::tests {

// Rows of two numbers, a and b, and of one of the words yes and no, called kind.
inline std::string table(int rows) {
    std::string text = "a,b,kind\n";
    for (int i = 0; i < rows; ++i)
        text += std::to_string(i % 5) + ".5," + std::to_string(i) + (i % 2 ? ",yes\n" : ",no\n");
    return text;
}

// On the screen, and the files looked at.
inline std::unique_ptr<window::TableDialog> openDialog(document::Document& document,
                                                       const document::TableChoices& choices) {
    auto dialog = std::make_unique<window::TableDialog>(document, choices);
    dialog->show();
    for (int i = 0; i < 1000 && !dialog->isReady() && dialog->faults().isEmpty(); ++i) QTest::qWait(5);
    return dialog;
}

// 60 rows: two inputs, two numbers to predict, a word.
inline std::string pairs() {
    std::string text = "a,b,y1,y2,word\n";
    for (int i = 0; i < 60; ++i)
        text += std::to_string(i % 7) + ".5," + std::to_string(7 * i % 11) + "," + std::to_string(2 * i) + ".25," +
                std::to_string(60 - i) + ".75," + std::string(1, char('p' + i % 3)) + "\n";
    return text;
}

// 300 rows of which a third are there twice; of the class "rare" are few.
inline std::string suspicious() {
    std::string text = "PassengerId,a,kind\n";
    for (int i = 0; i < 300; ++i)
        text += std::to_string(i + 1) + "," + std::to_string(i % 200) + ".5," + (i % 200 < 3 ? "rare" : "usual") + "\n";
    return text;
}

}  // namespace perceptory::tests
