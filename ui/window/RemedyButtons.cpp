#include "ui/window/RemedyButtons.h"

#include <QPushButton>
#include <QTextLayout>
#include <QVBoxLayout>

namespace perceptory::window {

namespace {

// In lines of at most `width` pixels, with mnemonics made plain.
QString wrapped(const QString& text, const QFont& font, int width) {
    QTextOption option;
    option.setWrapMode(QTextOption::WrapAtWordBoundaryOrAnywhere);
    QTextLayout layout(text, font);
    layout.setTextOption(option);
    QStringList lines;
    layout.beginLayout();
    for (QTextLine line = layout.createLine(); line.isValid(); line = layout.createLine()) {
        line.setLineWidth(width);
        lines << text.mid(line.textStart(), line.textLength()).trimmed();
    }
    layout.endLayout();
    return lines.join('\n').replace('&', QStringLiteral("&&"));
}

}  // namespace

RemedyButtons::RemedyButtons(QWidget* parent) : QWidget(parent), m_column(new QVBoxLayout(this)) {
    m_column->setContentsMargins(0, 0, 0, 0);
    m_column->setSpacing(4);
    hide();
}

void RemedyButtons::showRemedies(std::vector<document::Remedy> remedies) {
    for (QPushButton* button : m_buttons) {
        button->setParent(nullptr);
        button->deleteLater();  // it may be the one that was pressed
    }
    m_buttons.clear();
    m_remedies = std::move(remedies);
    for (const document::Remedy& remedy : m_remedies) {
        auto* button = new QPushButton(remedy.label);
        button->setAccessibleName(remedy.label);
        button->setAutoDefault(false);
        button->setMinimumWidth(1);  // the column's width, not the words', counts
        m_column->addWidget(button, 0, Qt::AlignLeft);
        button->show();
        connect(button, &QPushButton::clicked, this, [this, remedy] { emit chosen(remedy); });
        m_buttons.push_back(button);
    }
    setVisible(!m_buttons.empty());
    wrap();
}

void RemedyButtons::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    wrap();
}

void RemedyButtons::wrap() {
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        QPushButton& button = *m_buttons[i];
        const QFontMetrics metrics = button.fontMetrics();
        const int frame = button.sizeHint().width() - metrics.size(Qt::TextShowMnemonic, button.text()).width();
        button.setText(wrapped(m_remedies[i].label, button.font(), std::max(1, width() - frame)));
    }
}

}  // namespace perceptory::window
