#pragma once
// Turns what the training and the document report into messages of the bar, and keeps the bar where it hides little.

#include <QObject>

#include "ui/session/SessionController.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/Page.h"

class QGridLayout;

namespace perceptory::window {

class FileDesk;

struct NewsSources {
    document::Document& document;
    session::SessionController& session;
    FileDesk& files;
    Page page;  // knows the names of places
};

// Connects them to `bar`; the connections live as long as the bar.
void tellNews(const NewsSources& sources, widgets::MessageBar& bar);

// Makes the middle of three columns and the first of two rows end where the canvas of the Studio ends or, where that is
// hidden, as the Playground has room for below its network. GUI thread only.
class NewsPlace : public QObject {
public:
    NewsPlace(QGridLayout& grid, QWidget& canvas);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void place();

    QGridLayout& m_grid;
    QWidget& m_canvas;
};

}  // namespace perceptory::window
