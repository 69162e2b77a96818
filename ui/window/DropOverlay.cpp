#include "ui/window/DropOverlay.h"

#include <QDragEnterEvent>
#include <QMimeData>
#include <QPainter>
#include <QUrl>
#include <QWindow>

#include "ui/widgets/Theme.h"

namespace perceptory::window {

using document::DropKind;
using widgets::ColourRole;
using widgets::themed;

namespace {

QStringList pathsOf(const QMimeData& data) {
    QStringList paths;
    for (const QUrl& url : data.urls()) paths += url.toLocalFile();
    return paths;
}

}  // namespace

DropOverlay::DropOverlay(QWidget* window) : QWidget(window) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    window->setAcceptDrops(true);
    window->installEventFilter(this);
    hide();
}

bool DropOverlay::eventFilter(QObject*, QEvent* event) {
    switch (event->type()) {
        case QEvent::Show:
            if (QWindow* screen = parentWidget()->windowHandle()) screen->installEventFilter(this);
            return false;
        case QEvent::DragEnter: {
            auto* drag = static_cast<QDragEnterEvent*>(event);
            if (!drag->mimeData()->hasUrls()) return false;
            showFor(*drag->mimeData());
            drag->acceptProposedAction();
            return true;
        }
        case QEvent::DragMove: {
            auto* drag = static_cast<QDragMoveEvent*>(event);
            if (!drag->mimeData()->hasUrls()) return false;
            drag->setAccepted(m_answer.kind != DropKind::Foreign);
            return true;
        }
        case QEvent::DragLeave: {
            const bool wasOurs = isVisible();
            hide();
            return wasOurs;
        }
        case QEvent::Drop:
            return takeDrop(event);
        default:
            return false;
    }
}

bool DropOverlay::takeDrop(QEvent* event) {
    hide();
    auto* drop = static_cast<QDropEvent*>(event);
    if (!drop->mimeData()->hasUrls()) return false;
    drop->acceptProposedAction();
    const QStringList paths = pathsOf(*drop->mimeData());
    const DropKind kind = document::dropKindOf(paths).kind;
    if (kind == DropKind::Project) emit projectDropped(paths.first());
    if (kind == DropKind::Table || kind == DropKind::Data) emit dataDropped(paths);
    return true;
}

void DropOverlay::showFor(const QMimeData& hovering) {
    m_answer = document::dropKindOf(pathsOf(hovering));
    setGeometry(parentWidget()->rect());
    setAccessibleName(m_answer.sentence);
    raise();
    show();
    update();
}

void DropOverlay::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.fillRect(rect(), widgets::faded(themed(ColourRole::Window), 0.85));
    painter.setPen(QPen(themed(ColourRole::Accent), 3, Qt::DashLine));
    painter.drawRoundedRect(rect().adjusted(24, 24, -24, -24), 12, 12);
    QFont large = font();
    large.setPointSizeF(large.pointSizeF() * 1.6);
    painter.setFont(large);
    painter.setPen(themed(ColourRole::Text));
    painter.drawText(rect().adjusted(48, 48, -48, -48), Qt::AlignCenter | Qt::TextWordWrap, m_answer.sentence);
}

}  // namespace perceptory::window
