#include "ui/widgets/SteppedBox.h"

#include <QKeyEvent>
#include <QLineEdit>
#include <QSignalBlocker>
#include <QToolTip>
#include <QWheelEvent>
#include <algorithm>

#include "ui/widgets/Numbers.h"

namespace perceptory::widgets {

namespace {

constexpr int kDigits = 7;

QString textOf(double value) {
    QString text = shortNumber(value, kDigits);
    return text.replace(QChar(0x2212), QLatin1Char('-'));  // what is edited can also be typed
}

}  // namespace

SteppedBox::SteppedBox(QWidget* parent) : QComboBox(parent) {
    setEditable(true);
    setInsertPolicy(QComboBox::NoInsert);
    setCompleter(nullptr);
    setFocusPolicy(Qt::StrongFocus);
    setMinimumContentsLength(6);
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    connect(this, &QComboBox::activated, this, [this](int index) {
        if (index >= 0 && index < static_cast<int>(m_steps.size())) {
            choose(m_steps[static_cast<std::size_t>(index)]);
        }
    });
    connect(lineEdit(), &QLineEdit::returnPressed, this, &SteppedBox::takeText);
}

void SteppedBox::setSteps(const std::vector<double>& steps) {
    const QSignalBlocker quiet(this);
    m_steps = steps;
    std::sort(m_steps.begin(), m_steps.end());
    clear();
    for (const double step : m_steps) {
        addItem(textOf(step));
    }
    showValue();
}

void SteppedBox::setLimits(double least, double most) {
    m_least = least;
    m_most = most;
}

void SteppedBox::setValue(double value) {
    m_value = value;
    if (!(lineEdit()->hasFocus() && lineEdit()->isModified())) showValue();  // what is being typed stays
}

void SteppedBox::showValue() {
    const QSignalBlocker quiet(this);
    const auto found = std::find(m_steps.begin(), m_steps.end(), m_value);
    setCurrentIndex(found == m_steps.end() ? -1 : static_cast<int>(found - m_steps.begin()));
    setEditText(textOf(m_value));
}

void SteppedBox::choose(double value) {
    const bool changed = value != m_value;
    m_value = value;
    showValue();
    if (changed) {
        emit valueChosen(value);
    }
}

void SteppedBox::takeText() {
    const QString text = currentText();
    const auto value = readNumber(text);
    if (value && *value >= m_least && *value <= m_most) {
        choose(*value);
        return;
    }
    const QString range = tr("from %1 to %2").arg(shortNumber(m_least), shortNumber(m_most));
    const QString sentence = value ? tr("%1 is outside of what is possible here; choose a number %2.").arg(text, range)
                                   : tr("“%1” is not a number; type one such as 0.03, %2.").arg(text, range);
    showValue();
    QToolTip::showText(mapToGlobal(QPoint(0, height())), sentence.toHtmlEscaped(), this);
    emit refused(sentence);
}

void SteppedBox::walk(int steps) {
    if (m_steps.empty()) {
        return;
    }
    // From a typed value the next step in that direction, not the one after it.
    auto next = steps > 0 ? std::upper_bound(m_steps.begin(), m_steps.end(), m_value)
                          : std::lower_bound(m_steps.begin(), m_steps.end(), m_value);
    if (steps < 0) {
        if (next == m_steps.begin()) {
            return;
        }
        --next;
    } else if (next == m_steps.end()) {
        return;
    }
    choose(*next);
}

void SteppedBox::keyPressEvent(QKeyEvent* event) {
    switch (event->key()) {
        case Qt::Key_Up:
            walk(1);
            return;
        case Qt::Key_Down:
            if (event->modifiers().testFlag(Qt::AltModifier)) {
                showPopup();
            } else {
                walk(-1);
            }
            return;
        case Qt::Key_Escape:
            if (currentText() != textOf(m_value)) {
                showValue();
                return;
            }
            break;
        default:
            break;
    }
    QComboBox::keyPressEvent(event);
}

void SteppedBox::wheelEvent(QWheelEvent* event) {
    if (!hasFocus()) {
        event->ignore();  // scrolling past must not change a rate
        return;
    }
    if (event->angleDelta().y() != 0) {
        walk(event->angleDelta().y() > 0 ? 1 : -1);
    }
    event->accept();
}

void SteppedBox::focusOutEvent(QFocusEvent* event) {
    QComboBox::focusOutEvent(event);
    if (event->reason() != Qt::PopupFocusReason && currentText() != textOf(m_value)) {
        takeText();
    }
}

}  // namespace perceptory::widgets
