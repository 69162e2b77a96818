#include "ui/widgets/MessageBar.h"

#include <QAccessible>
#include <QHBoxLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPushButton>
#include <QStyle>
#include <QTextLayout>
#include <QToolButton>

#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

ColourRole roleOf(MessageBar::Severity severity) {
    switch (severity) {
        case MessageBar::Severity::Success:
            return ColourRole::Success;
        case MessageBar::Severity::Warning:
            return ColourRole::Warning;
        case MessageBar::Severity::Error:
            return ColourRole::Error;
        case MessageBar::Severity::Information:
            break;
    }
    return ColourRole::Information;
}

QString wordOf(MessageBar::Severity severity) {
    switch (severity) {
        case MessageBar::Severity::Success:
            return MessageBar::tr("Done");
        case MessageBar::Severity::Warning:
            return MessageBar::tr("Warning");
        case MessageBar::Severity::Error:
            return MessageBar::tr("Error");
        case MessageBar::Severity::Information:
            break;
    }
    return MessageBar::tr("Note");
}

QString signOf(MessageBar::Severity severity) {
    switch (severity) {
        case MessageBar::Severity::Success:
            return QStringLiteral("✓");
        case MessageBar::Severity::Warning:
            return QStringLiteral("!");
        case MessageBar::Severity::Error:
            return QStringLiteral("✕");
        case MessageBar::Severity::Information:
            break;
    }
    return QStringLiteral("i");
}

constexpr int kMostLines = 2;

// The text as far as it fits; "…" stands for the rest.
QString firstLines(const QString& text, const QFont& font, int width) {
    int lines = 0;
    qsizetype start = 0;
    for (const QString& paragraph : text.split('\n')) {
        QTextLayout layout(paragraph, font);
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width);
            const qsizetype end = start + line.textStart() + line.textLength();
            if (++lines < kMostLines || end == text.size()) continue;
            const qsizetype last = start + line.textStart();
            const QString rest = text.mid(last, end - last).trimmed() + QStringLiteral("…");
            return text.left(last) + QFontMetrics(font).elidedText(rest, Qt::ElideRight, width);
        }
        start += paragraph.size() + 1;
    }
    return text;
}

// A filled disc with the severity's sign, so that the kind of message is not told by colour alone.
QPixmap signPixmap(MessageBar::Severity severity, const QFont& font, double ratio) {
    constexpr int kSide = 20;
    QPixmap pixmap(QSize(kSide, kSide) * ratio);
    pixmap.setDevicePixelRatio(ratio);
    pixmap.fill(Qt::transparent);
    QPainter painter(&pixmap);
    painter.setRenderHint(QPainter::Antialiasing);
    painter.setPen(Qt::NoPen);
    painter.setBrush(themed(roleOf(severity)));
    painter.drawEllipse(QRectF(1, 1, kSide - 2, kSide - 2));
    QFont bold = font;
    bold.setBold(true);
    painter.setFont(bold);
    painter.setPen(themed(ColourRole::Base));
    painter.drawText(QRectF(0, 0, kSide, kSide), Qt::AlignCenter, signOf(severity));
    return pixmap;
}

}  // namespace

MessageBar::MessageBar(QWidget* parent)
    : QFrame(parent), m_icon(new QLabel), m_label(new QLabel), m_buttons(new QHBoxLayout), m_close(new QToolButton) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(10, 5, 6, 5);
    row->addWidget(m_icon, 0, Qt::AlignVCenter);
    row->addWidget(m_label, 1);
    row->addLayout(m_buttons);
    row->addWidget(m_close, 0, Qt::AlignVCenter);
    m_label->setTextFormat(Qt::PlainText);
    m_label->setWordWrap(true);
    m_label->setMaximumHeight(kMostLines * m_label->fontMetrics().lineSpacing() + 2);
    m_label->installEventFilter(this);
    m_label->setTextInteractionFlags(Qt::TextSelectableByMouse);
    m_close->setAutoRaise(true);
    m_close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    m_close->setToolTip(tr("Close this message"));
    m_close->setAccessibleName(m_close->toolTip());
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(&Theme::instance(), &Theme::changed, this, &MessageBar::takeTheme);
    hide();
}

void MessageBar::showMessage(Severity severity, const QString& text) {
    while (QLayoutItem* item = m_buttons->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    m_severity = severity;
    m_text = text;
    fitText();
    setAccessibleName(tr("%1: %2").arg(wordOf(severity), text));
    takeTheme();
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
}

void MessageBar::addButton(const QString& text, std::function<void()> pressed) {
    auto* button = new QPushButton(text);
    m_buttons->addWidget(button);
    connect(button, &QPushButton::clicked, this, [this, pressed = std::move(pressed)] {
        const auto call = pressed;  // a new message deletes the button and with it what we run in
        dismiss();
        call();
    });
}

void MessageBar::dismiss() {
    if (!isHidden()) {
        hide();
        emit dismissed();
    }
}

// The label's width depends on the buttons and is known only once it is laid out.
bool MessageBar::eventFilter(QObject* object, QEvent* event) {
    if (object == m_label && event->type() == QEvent::Resize) fitText();
    return QFrame::eventFilter(object, event);
}

void MessageBar::fitText() {
    const QString fitted = firstLines(m_text, m_label->font(), m_label->width());
    m_label->setText(fitted);
    m_label->setToolTip(fitted == m_text ? QString() : Qt::convertFromPlainText(m_text, Qt::WhiteSpaceNormal));
}

void MessageBar::takeTheme() {
    m_icon->setPixmap(signPixmap(m_severity, font(), devicePixelRatioF()));
    update();
}

void MessageBar::paintEvent(QPaintEvent*) {
    QPainter painter(this);
    const QColor colour = themed(roleOf(m_severity));
    painter.fillRect(rect(), themed(ColourRole::Base));
    painter.fillRect(rect(), faded(colour, 0.10));
    painter.fillRect(QRect(0, 0, 4, height()), colour);
    painter.setPen(faded(colour, 0.5));
    painter.drawRect(rect().adjusted(0, 0, -1, -1));
}

void MessageBar::keyPressEvent(QKeyEvent* event) {
    if (event->key() == Qt::Key_Escape) {
        dismiss();
        return;
    }
    QFrame::keyPressEvent(event);
}

}  // namespace perceptory::widgets
