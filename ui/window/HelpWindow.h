#pragma once
// The pages of help with a contents to search; beside the window it was opened from. GUI thread only.

#include <QDialog>

#include "engine/base/Params.h"

class QLineEdit;
class QTextBrowser;
class QTreeWidget;
class QTreeWidgetItem;

namespace perceptory::widgets {
class CurveSketch;
}

namespace perceptory::window {

class HelpWindow : public QDialog {
    Q_OBJECT

public:
    explicit HelpWindow(QWidget* parent = nullptr);

    // Null: the contents.
    void showPage(const base::KindType* kind);
    QTextBrowser* page() const { return m_page; }

    // The one that is open, or a new one. `kind` null: the contents.
    static HelpWindow* openPage(QWidget* parent, const base::KindType* kind);

private:
    void fill();
    void search(const QString& words);
    void showItem(QTreeWidgetItem* item);

    QLineEdit* m_search;
    QTreeWidget* m_contents;
    QTextBrowser* m_page;
    widgets::CurveSketch* m_sketch;
};

}  // namespace perceptory::window
