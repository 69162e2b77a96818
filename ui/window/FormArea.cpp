#include "ui/window/FormArea.h"

#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

namespace perceptory::window {

FormArea::FormArea(QWidget* parent) : QScrollArea(parent) {
    setFrameShape(NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* inside = new QWidget;
    m_column = new QVBoxLayout(inside);
    m_column->setContentsMargins(10, 6, 10, 6);
    m_column->setSpacing(8);
    setWidget(inside);
}

QSize FormArea::minimumSizeHint() const {
    const int width = widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width();
    return {width, QScrollArea::minimumSizeHint().height()};
}

void FormArea::keepInPlace(const QWidget& inside, const std::function<void()>& work) {
    const int before = inside.mapTo(viewport(), QPoint()).y();
    work();
    m_column->activate();
    const int width = widget()->width();
    const int wanted = widget()->hasHeightForWidth() ? widget()->heightForWidth(width) : widget()->sizeHint().height();
    widget()->resize(width, std::max(viewport()->height(), wanted));
    verticalScrollBar()->setMaximum(std::max(0, widget()->height() - viewport()->height()));
    const int after = inside.mapTo(viewport(), QPoint()).y();
    verticalScrollBar()->setValue(verticalScrollBar()->value() + after - before);
}

bool FormArea::eventFilter(QObject* watched, QEvent* event) {
    if (watched == widget() && event->type() == QEvent::LayoutRequest) updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

}  // namespace perceptory::window
