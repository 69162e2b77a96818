#include "ui/window/FormArea.h"

#include <QEvent>
#include <QScrollBar>
#include <QVBoxLayout>
#include <algorithm>

namespace perceptory::window {

FormArea::FormArea(QWidget* parent)
    : QScrollArea(parent), m_foot(new QWidget(this)), m_footColumn(new QVBoxLayout(m_foot)) {
    m_footColumn->setContentsMargins(10, 4, 10, 4);
    m_foot->hide();
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

void FormArea::showFoot() {
    const bool any = std::ranges::any_of(m_foot->findChildren<QWidget*>(QString(), Qt::FindDirectChildrenOnly),
                                         [](const QWidget* widget) { return !widget->isHidden(); });
    m_foot->setVisible(any);
    // Words and buttons wrap by the width they get.
    const int width = this->width() - verticalScrollBar()->sizeHint().width();
    m_foot->resize(width, m_foot->height());
    m_footColumn->activate();
    const bool wraps = m_footColumn->hasHeightForWidth();
    const int wanted = wraps ? m_footColumn->totalHeightForWidth(width) : m_foot->sizeHint().height();
    const int height = any ? std::min(wanted, this->height() / 2) : 0;
    setViewportMargins(0, 0, 0, height);
    m_foot->setGeometry(0, this->height() - height, width, height);
}

void FormArea::resizeEvent(QResizeEvent* event) {
    QScrollArea::resizeEvent(event);
    showFoot();
}

bool FormArea::eventFilter(QObject* watched, QEvent* event) {
    if (watched == widget() && event->type() == QEvent::LayoutRequest) updateGeometry();
    return QScrollArea::eventFilter(watched, event);
}

}  // namespace perceptory::window
