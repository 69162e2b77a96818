#include "ui/window/News.h"

#include <QCoreApplication>
#include <QEvent>
#include <QGridLayout>
#include <algorithm>

#include "ui/document/EngineText.h"
#include "ui/window/FileDesk.h"

namespace perceptory::window {

using session::SessionController;
using widgets::MessageBar;

namespace {

constexpr int shownProblems = 3;
constexpr int widthBesideNews = 306;       // of the data and the inputs of the Playground
constexpr double shareUpToOutputs = 0.67;  // nothing below the network looks out beside the news

// "Batch: 0 is not possible here. Use a whole number from 1 to 1000000."
QString lineOf(const base::Problem& problem, const Page& page) {
    const bool isAll = problem.where == "data";  // of no control more than of another
    const QString place = isAll ? QString() : page.placeName(problem.where);
    if (place.isEmpty()) return document::problemText(problem);
    base::Problem named = problem;
    named.where.clear();
    return QCoreApplication::translate("window", "%1: %2").arg(place, document::problemText(named));
}

QString textOf(const base::Problems& problems, const Page& page) {
    QString text;
    int count = 0;
    for (const base::Problem& problem : problems) {
        if (problem.severity != base::Severity::Error || ++count > shownProblems) continue;
        text += (text.isEmpty() ? "" : "\n") + lineOf(problem, page);
    }
    if (count > shownProblems)
        text += "\n" + QCoreApplication::translate("window", "… and %n more.", nullptr, count - shownProblems);
    return text;
}

bool isOfData(const base::Problem& problem) {
    return problem.severity == base::Severity::Error && problem.where.starts_with("data");
}

}  // namespace

void tellNews(const NewsSources& sources, MessageBar& bar) {
    document::Document& document = sources.document;
    SessionController& session = sources.session;
    const auto show = [&bar](MessageBar::Severity severity, const QString& text) {
        if (!text.isEmpty()) bar.showMessage(severity, text);
    };
    QObject::connect(
        &session, &SessionController::refused, &bar,
        [show, &document, &files = sources.files, &bar, page = sources.page](const base::Problems& problems) {
            show(MessageBar::Severity::Error, textOf(problems, page));
            if (!document.barredFiles().empty())
                bar.addButton(QCoreApplication::translate("window", "Read it"), [&files] { files.readOutside(); });
            else if (std::ranges::any_of(problems, isOfData))
                files.tellMissing();
        });
    QObject::connect(&session, &SessionController::failed, &bar,
                     [show](const QString& sentence) { show(MessageBar::Severity::Error, sentence); });
    QObject::connect(&session, &SessionController::opened, &bar,
                     [show](const QString& sentence) { show(MessageBar::Severity::Warning, sentence); });
    QObject::connect(&session, &SessionController::diverged, &bar,
                     [&bar, &session, show](const training::Divergence& divergence) {
                         show(MessageBar::Severity::Warning, QString::fromStdString(divergence.sentence));
                         bar.addButton(QCoreApplication::translate("window", "Continue with half the rate"),
                                       [&session] { session.continueWithHalfRate(); });
                     });
    QObject::connect(&document, &document::Document::noted, &bar, [show](const QString& sentence, bool isError) {
        show(isError ? MessageBar::Severity::Error : MessageBar::Severity::Information, sentence);
    });
    // A fault that has been mended is no news any more.
    QObject::connect(&document, &document::Document::changed, &bar, [&bar](const document::Change& change) {
        if (change.affectsRun()) bar.dismiss();
    });
}

NewsPlace::NewsPlace(QGridLayout& grid, QWidget& canvas)
    : QObject(grid.parentWidget()), m_grid(grid), m_canvas(canvas) {
    grid.parentWidget()->installEventFilter(this);
    canvas.installEventFilter(this);
    place();
}

bool NewsPlace::eventFilter(QObject* watched, QEvent* event) {
    const QEvent::Type type = event->type();
    if (type == QEvent::Resize || type == QEvent::Move || type == QEvent::Show || type == QEvent::Hide) place();
    return QObject::eventFilter(watched, event);
}

void NewsPlace::place() {
    const QWidget& whole = *m_grid.parentWidget();
    const int beside = whole.width() - widthBesideNews;
    QRect room(widthBesideNews, 0, static_cast<int>(shareUpToOutputs * beside), whole.height());
    if (m_canvas.isVisible()) room = {m_canvas.mapTo(&whole, QPoint()), m_canvas.size()};
    const int columns[] = {room.left(), room.width(), whole.width() - room.right() - 1},
              rows[] = {room.bottom() + 1, whole.height() - room.bottom() - 1};
    for (int i = 0; i < 3; ++i) m_grid.setColumnStretch(i, std::max(0, columns[i]));
    for (int i = 0; i < 2; ++i) m_grid.setRowStretch(i, std::max(0, rows[i]));
}

}  // namespace perceptory::window
