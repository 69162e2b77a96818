#include "ui/views/playground/WeightEditor.h"

#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <cmath>

#include "ui/widgets/Numbers.h"

namespace perceptory::views {

WeightEditor::WeightEditor(QWidget* parent) : QFrame(parent), m_title(new QLabel), m_field(new QLineEdit) {
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(8, 6, 8, 6);
    row->addWidget(m_title);
    row->addWidget(m_field);
    m_title->setBuddy(m_field);
    m_field->setFixedWidth(84);
    m_field->setAccessibleName(tr("New value"));
    m_field->installEventFilter(this);
    hide();
}

void WeightEditor::open(const QString& title, double value, QPoint place) {
    m_title->setText(title);
    m_field->setAccessibleName(title);
    m_shown = widgets::shortNumber(value, 5);
    m_field->setText(m_shown);
    m_field->selectAll();
    adjustSize();
    const QRect room = parentWidget()->rect().adjusted(2, 2, -2, -2);
    QRect where(place - QPoint(width() / 2, height() + 10), size());
    where.moveLeft(qBound(room.left(), where.left(), qMax(room.right() - width(), room.left())));
    where.moveTop(qBound(room.top(), where.top(), qMax(room.bottom() - height(), room.top())));
    setGeometry(where);
    show();
    raise();
    m_field->setFocus();
}

void WeightEditor::accept() {
    // What is shown is rounded: left as it is, it must not be set.
    if (m_field->text() == m_shown) return leave();
    const auto value = widgets::readNumber(m_field->text());
    // Weights are single precision: what is infinite there is no value.
    if (!value || !std::isfinite(static_cast<float>(*value))) {
        m_field->setToolTip(tr("Write a number such as 0.5 or -1.2."));
        m_field->selectAll();
        return;
    }
    emit entered(*value);
    leave();
}

void WeightEditor::leave() {
    if (isHidden()) return;
    hide();
    emit left();
}

bool WeightEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusOut) leave();
    if (event->type() == QEvent::KeyPress) {
        // Taken here, or the picture below would take the same key as a wish of its own.
        const int key = static_cast<QKeyEvent*>(event)->key();
        if (key == Qt::Key_Return || key == Qt::Key_Enter) return accept(), true;
        if (key == Qt::Key_Escape) return leave(), true;
    }
    return QFrame::eventFilter(watched, event);
}

}  // namespace perceptory::views
