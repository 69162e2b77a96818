#include "ui/views/playground/WeightEditor.h"

#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QMouseEvent>
#include <QVBoxLayout>
#include <cmath>

#include "ui/widgets/Numbers.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

WeightEditor::WeightEditor(QWidget* parent)
    : QFrame(parent), m_title(new QLabel), m_field(new QLineEdit), m_message(new QLabel) {
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    // A press on the frame beside the field is no press on the picture below.
    setFocusPolicy(Qt::ClickFocus);
    setFocusProxy(m_field);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(8, 6, 8, 8);
    column->setSpacing(4);
    for (QLabel* label : {m_title, m_message}) label->setTextFormat(Qt::PlainText);
    column->addWidget(m_title);
    column->addWidget(m_field);
    column->addWidget(m_message);
    m_title->setBuddy(m_field);
    m_field->setAccessibleName(tr("New value"));
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textEdited, this, [this] { say({}); });
    hide();
}

QString WeightEditor::message() const { return m_message->text(); }

void WeightEditor::open(const QString& title, double value, const QRect& target, const QRect& room) {
    m_title->setText(title);
    m_field->setAccessibleName(title);
    m_shown = widgets::shortNumber(value, 5);
    m_field->setText(m_shown);
    m_field->selectAll();
    m_target = target;
    m_room = room;
    say({});
    show();
    raise();
    m_field->setFocus();
}

void WeightEditor::say(const QString& message) {
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText, widgets::themed(widgets::ColourRole::Error));
    m_message->setPalette(palette);
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    m_field->setAccessibleDescription(message);
    place();
}

void WeightEditor::place() {
    constexpr int gap = 8;
    adjustSize();
    QRect where(QPoint(m_target.center().x() - width() / 2, m_target.top() - gap - height()), size());
    if (where.top() < m_room.top()) where.moveTop(m_target.bottom() + gap);
    where.moveLeft(qBound(m_room.left(), where.left(), qMax(m_room.right() - width(), m_room.left())));
    where.moveTop(qBound(m_room.top(), where.top(), qMax(m_room.bottom() - height(), m_room.top())));
    setGeometry(where);
}

void WeightEditor::accept() {
    // What is shown is rounded: left as it is, it must not be set.
    if (m_field->text() == m_shown) return leave();
    const auto value = widgets::readNumber(m_field->text());
    // Weights are single precision: what is infinite there is no value.
    if (!value || !std::isfinite(static_cast<float>(*value))) {
        say(tr("Write a number such as 0.5 or -1.2."));
        m_field->selectAll();
        return;
    }
    emit entered(*value);
    leave();
}

void WeightEditor::mousePressEvent(QMouseEvent* event) { event->accept(); }

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
