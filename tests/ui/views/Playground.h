#pragma once
// A whole Playground page to test: the circle, or what a test prepares, trained for a few epochs without a thread.

#include <QApplication>
#include <QTest>
#include <functional>
#include <memory>

#include "tests/ui/views/Rehearsal.h"
#include "ui/views/PlaygroundPage.h"
#include "ui/views/playground/NetworkPanel.h"

namespace perceptory::tests {

template <class Widget>
Widget* named(QWidget& page, const QString& accessibleName) {
    for (Widget* widget : page.findChildren<Widget*>())
        if (widget->accessibleName() == accessibleName) return widget;
    return nullptr;
}

// A page with the circle data, trained for a few epochs.
struct Playground {
    document::Document document;
    std::unique_ptr<views::PlaygroundPage> page;
    std::unique_ptr<Rehearsal> rehearsal;

    explicit Playground(const std::function<void(document::Document&)>& prepare = {}) {
        document.newDocument();
        if (prepare) prepare(document);
        page = std::make_unique<views::PlaygroundPage>(document);
        page->resize(1366, 690);
        page->show();
        QApplication::setActiveWindow(page.get());
        rehearsal = std::make_unique<Rehearsal>(document);
        rehearsal->train(3);
        refresh();
    }
    void refresh() {
        page->showSnapshot(rehearsal->snapshot(page->wanted()));
        page->showLog(rehearsal->log());
        page->grab();  // paints, so that links can be pointed at
    }
    views::NetworkPicture& picture() { return *page->networkPanel()->picture(); }
    QPoint centre(views::UnitRef unit) { return picture().tiles().tile(unit).center(); }
};

// Two moves, because one to where the mouse already is goes unnoticed.
inline void pointAt(QWidget& widget, QPoint place) {
    QTest::mouseMove(&widget, place + QPoint(1, 0));
    QTest::mouseMove(&widget, place);
}

inline QPoint middleOfLink(const views::NetworkPicture& picture, views::UnitRef from, views::UnitRef to) {
    const auto curve = views::linkCurve(picture.tiles().tile(from), picture.tiles().tile(to), false);
    return curve[curve.size() / 2].toPoint();
}

}  // namespace perceptory::tests
