#include "ui/window/DropOverlay.h"

#include <QDragEnterEvent>
#include <QFileInfo>
#include <QMimeData>
#include <QPainter>
#include <QUrl>
#include <QWindow>

#include "ui/widgets/Theme.h"

namespace perceptory::window {

using widgets::ColourRole;
using widgets::themed;

DropOverlay::DropOverlay(QWidget* window) : QWidget(window) {
    setAttribute(Qt::WA_TransparentForMouseEvents);
    window->setAcceptDrops(true);
    window->installEventFilter(this);
    hide();
}

DropOverlay::Content DropOverlay::contentOf(const QMimeData* data) {
    if (!data->hasUrls()) return {};
    if (data->urls().size() > 1) return {Drop::TooMany, {}};
    const QString path = data->urls().first().toLocalFile();
    if (path.isEmpty() || QFileInfo(path).isDir()) return {};
    const QString ending = QFileInfo(path).suffix().toLower();
    if (ending == "perceptory") return {Drop::Project, path};
    if (ending == "csv" || ending == "tsv" || ending == "txt" || ending == "data") return {Drop::Table, path};
    return {};
}

bool DropOverlay::eventFilter(QObject*, QEvent* event) {
    switch (event->type()) {
        case QEvent::Show:
            if (QWindow* screen = parentWidget()->windowHandle()) screen->installEventFilter(this);
            return false;
        case QEvent::DragEnter: {
            auto* drag = static_cast<QDragEnterEvent*>(event);
            if (!drag->mimeData()->hasUrls()) return false;
            showFor(contentOf(drag->mimeData()));
            drag->acceptProposedAction();
            return true;
        }
        case QEvent::DragMove: {
            auto* drag = static_cast<QDragMoveEvent*>(event);
            if (!drag->mimeData()->hasUrls()) return false;
            const Drop drop = contentOf(drag->mimeData()).drop;
            drag->setAccepted(drop == Drop::Project || drop == Drop::Table);
            return true;
        }
        case QEvent::DragLeave: {
            const bool wasOurs = isVisible();
            hide();
            return wasOurs;
        }
        case QEvent::Drop: {
            hide();
            auto* drop = static_cast<QDropEvent*>(event);
            if (!drop->mimeData()->hasUrls()) return false;
            const Content content = contentOf(drop->mimeData());
            drop->acceptProposedAction();
            if (content.drop == Drop::Project) emit projectDropped(content.path);
            if (content.drop == Drop::Table) emit tableDropped(content.path);
            return true;
        }
        default:
            return false;
    }
}

void DropOverlay::showFor(const Content& content) {
    const QString name = QFileInfo(content.path).fileName();
    switch (content.drop) {
        case Drop::Project:
            m_text = tr("Let go to open the project %1").arg(name);
            break;
        case Drop::Table:
            m_text = tr("Let go to use the table %1 as data").arg(name);
            break;
        case Drop::TooMany:
            m_text = tr("One file at a time, please");
            break;
        case Drop::Nothing:
            m_text = tr("Perceptory opens projects (.perceptory) and tables (.csv, .tsv, .txt)");
            break;
    }
    setGeometry(parentWidget()->rect());
    setAccessibleName(m_text);
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
    painter.drawText(rect().adjusted(48, 48, -48, -48), Qt::AlignCenter | Qt::TextWordWrap, m_text);
}

}  // namespace perceptory::window
