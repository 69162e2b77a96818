#include "ui/window/FormArea.h"

#include <QEvent>
#include <QScrollArea>
#include <QScrollBar>
#include <QVBoxLayout>

namespace perceptory::window {

namespace {

// As wide as its contents need. A `snug` one is as high as they are, under a line; of no height where there are none.
class Column : public QScrollArea {
public:
    explicit Column(bool snug) {
        setFrameShape(NoFrame);
        setWidgetResizable(true);
        setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
        auto* inside = new QWidget;
        auto* layout = new QVBoxLayout(inside);
        layout->setContentsMargins(10, snug ? 0 : 6, 10, 6);
        layout->setSpacing(8);
        setWidget(inside);
        QSizePolicy policy(QSizePolicy::Preferred, snug ? QSizePolicy::Fixed : QSizePolicy::Expanding);
        policy.setHeightForWidth(snug);
        setSizePolicy(policy);
        if (!snug) return;
        auto* line = new QFrame;
        line->setFrameShape(HLine);
        line->setFrameShadow(Sunken);
        layout->addWidget(line);
    }

    QVBoxLayout* rows() const { return static_cast<QVBoxLayout*>(widget()->layout()); }
    QSize minimumSizeHint() const override {
        const int width = widget()->minimumSizeHint().width() + verticalScrollBar()->sizeHint().width();
        return {width, QScrollArea::minimumSizeHint().height()};
    }
    int heightForWidth(int width) const override {
        bool any = false;
        for (int i = 1; i < rows()->count(); ++i) any = any || !rows()->itemAt(i)->isEmpty();
        if (!any) return 0;
        return rows()->hasHeightForWidth() ? rows()->totalHeightForWidth(width) : rows()->totalSizeHint().height();
    }

protected:
    bool eventFilter(QObject* watched, QEvent* event) override {
        if (watched == widget() && event->type() == QEvent::LayoutRequest) updateGeometry();
        return QScrollArea::eventFilter(watched, event);
    }
};

}  // namespace

FormArea::FormArea(QWidget* parent) : QWidget(parent) {
    auto* form = new Column(false);
    auto* foot = new Column(true);
    m_foot = foot;
    m_column = form->rows();
    m_footColumn = foot->rows();
    auto* both = new QVBoxLayout(this);
    both->setContentsMargins({});
    both->setSpacing(0);
    both->addWidget(form, 1);
    both->addWidget(foot);
}

void FormArea::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    m_foot->setMaximumHeight(height() / 2);
}

}  // namespace perceptory::window
