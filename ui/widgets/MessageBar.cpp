#include "ui/widgets/MessageBar.h"

#include <QAccessible>
#include <QKeyEvent>
#include <QLabel>
#include <QPainter>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QStyle>
#include <QTextLayout>
#include <QToolButton>
#include <algorithm>
#include <climits>
#include <cmath>
#include <utility>

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

constexpr int kSide = 20;  // of the sign and the cross
constexpr int kLeft = 12, kRight = 6, kMargin = 6, kGap = 8;
constexpr int kUsualWidth = 480, kLeastWidth = 240;
constexpr int kLinesBesideButtons = 2;
constexpr double kMostOfTheWindow = 0.6;

// As the message is wrapped: the height of its lines, and how many there are.
struct Wrapped {
    double height = 0;
    int lines = 0;
};

Wrapped wrapped(const QString& text, const QFont& font, int width) {
    Wrapped result;
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    for (const QString& paragraph : text.split('\n')) {
        QTextLayout layout(paragraph, font);
        layout.setTextOption(option);
        layout.beginLayout();
        for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
            line.setLineWidth(width);
            result.height += line.height();
            ++result.lines;
        }
        layout.endLayout();
    }
    return result;
}

// A filled disc with the severity's sign, so that the kind of message is not told by colour alone.
QPixmap signPixmap(MessageBar::Severity severity, const QFont& font, double ratio) {
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
    : QFrame(parent), m_icon(new QLabel(this)), m_message(new QPlainTextEdit(this)), m_close(new QToolButton(this)) {
    m_message->setReadOnly(true);
    m_message->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_message->setTabChangesFocus(true);
    m_message->setFrameShape(QFrame::NoFrame);
    m_message->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_message->document()->setDocumentMargin(0);
    m_message->viewport()->setAutoFillBackground(false);
    setFocusProxy(m_message);
    setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);  // as wide as there is room
    m_close->setAutoRaise(true);
    m_close->setIcon(style()->standardIcon(QStyle::SP_TitleBarCloseButton));
    m_close->setToolTip(tr("Close this message (Esc)"));
    m_close->setAccessibleName(tr("Close this message"));
    m_close->setFocusPolicy(Qt::StrongFocus);
    connect(m_close, &QToolButton::clicked, this, &MessageBar::dismiss);
    connect(&Theme::instance(), &Theme::changed, this, &MessageBar::takeTheme);
    if (parent) parent->installEventFilter(this);
    hide();
}

void MessageBar::showMessage(Severity severity, const QString& text) {
    for (QPushButton* button : std::exchange(m_buttons, {})) {
        button->hide();
        button->deleteLater();
    }
    m_severity = severity;
    m_text = text;
    m_message->setPlainText(text);
    const QString spoken = tr("%1: %2").arg(wordOf(severity), text);
    setAccessibleName(spoken);
    m_message->setAccessibleName(wordOf(severity));
    takeTheme();
    arrange();
    show();
    QAccessibleEvent event(this, QAccessible::Alert);
    QAccessible::updateAccessibility(&event);
    emit shown();
}

void MessageBar::addButton(const QString& text, std::function<void()> pressed) {
    auto* button = new QPushButton(text, this);
    button->setAutoDefault(false);
    setTabOrder(m_buttons.empty() ? static_cast<QWidget*>(m_message) : m_buttons.back(), button);
    m_buttons.push_back(button);
    setTabOrder(button, m_close);
    connect(button, &QPushButton::clicked, this, [this, pressed = std::move(pressed)] {
        const auto call = pressed;  // a new message deletes the button and with it what we run in
        dismiss();
        call();
    });
    button->show();
    arrange();
}

void MessageBar::dismiss() {
    if (!isHidden()) {
        hide();
        emit dismissed();
    }
}

int MessageBar::buttonsWidth() const {
    int width = 0;
    for (const QPushButton* button : m_buttons) width += button->sizeHint().width() + kGap;
    return width;
}

MessageBar::Arrangement MessageBar::arrangementFor(int width) const {
    const int whole = std::max(width - kLeft - 2 * (kSide + kGap) - kRight, 1);
    const int beside = std::max(whole - buttonsWidth(), 1);
    Arrangement result;
    result.textWidth = beside;
    Wrapped text = wrapped(m_text, m_message->font(), beside);
    result.stacked = !m_buttons.empty() && text.lines > kLinesBesideButtons;
    if (result.stacked) text = wrapped(m_text, m_message->font(), result.textWidth = whole);
    const int buttonHeight = m_buttons.empty() ? 0 : m_buttons.front()->sizeHint().height();
    const int below = result.stacked ? buttonHeight + kGap : 0;
    const QWidget* around = parentWidget();
    const int most = around ? static_cast<int>(kMostOfTheWindow * around->height()) - 2 * kMargin - below : INT_MAX;
    const int needed = static_cast<int>(std::ceil(text.height)) + 1;
    result.textHeight = std::min(needed, std::max(most, m_message->fontMetrics().lineSpacing() + 1));
    result.scrolls = result.textHeight < needed;
    const int row = std::max({result.textHeight, kSide, result.stacked ? 0 : buttonHeight});
    result.height = row + below + 2 * kMargin;
    return result;
}

int MessageBar::heightForWidth(int width) const { return arrangementFor(width).height; }

QSize MessageBar::sizeHint() const { return {kUsualWidth, heightForWidth(kUsualWidth)}; }

QSize MessageBar::minimumSizeHint() const {
    const int button = m_buttons.empty() ? 0 : m_buttons.front()->sizeHint().height();
    return {kLeastWidth, std::max(button, kSide) + 2 * kMargin};
}

void MessageBar::arrange() {
    const Arrangement place = arrangementFor(width());
    const int row = place.height - 2 * kMargin - (place.stacked ? m_buttons.front()->sizeHint().height() + kGap : 0);
    // The sign stands beside the first line, and in the middle of a row that is hardly higher than itself.
    const int beside = row < 2 * kSide ? row : m_message->fontMetrics().lineSpacing();
    const int top = kMargin + (beside - kSide) / 2;
    m_icon->setGeometry(kLeft, top, kSide, kSide);
    m_close->setGeometry(width() - kRight - kSide, top, kSide, kSide);
    // A scroll bar left over from a moment when the text had another place would narrow it, so that it wraps into a
    // line more, which needs the bar: it would never go. So it is there only where it was reckoned with.
    m_message->setVerticalScrollBarPolicy(place.scrolls ? Qt::ScrollBarAsNeeded : Qt::ScrollBarAlwaysOff);
    m_message->setGeometry(kLeft + kSide + kGap, kMargin + (row - place.textHeight) / 2, place.textWidth,
                           place.textHeight);
    int right = place.stacked ? width() - kRight - kSide - kGap : m_close->x() - kGap;
    for (auto button = m_buttons.rbegin(); button != m_buttons.rend(); ++button) {
        const QSize size = (*button)->sizeHint();
        const int y = place.stacked ? height() - kMargin - size.height() : kMargin + (row - size.height()) / 2;
        (*button)->setGeometry(QRect(QPoint(right - size.width(), y), size));
        right -= size.width() + kGap;
    }
    updateGeometry();
}

void MessageBar::resizeEvent(QResizeEvent*) { arrange(); }

void MessageBar::changeEvent(QEvent* event) {
    if (event->type() == QEvent::FontChange) arrange();
    if (event->type() == QEvent::ParentChange && parentWidget()) parentWidget()->installEventFilter(this);
    QFrame::changeEvent(event);
}

// How high the bar may be depends on what it lies over, and layouts remember the height for a width.
bool MessageBar::eventFilter(QObject* watched, QEvent* event) {
    if (watched == parentWidget() && event->type() == QEvent::Resize) arrange();
    return QFrame::eventFilter(watched, event);
}

void MessageBar::takeTheme() {
    m_icon->setPixmap(signPixmap(m_severity, font(), devicePixelRatioF()));
    QPalette palette = m_message->palette();
    palette.setColor(QPalette::Text, themed(ColourRole::Text));
    m_message->setPalette(palette);
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
