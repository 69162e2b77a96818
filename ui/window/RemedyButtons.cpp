#include "ui/window/RemedyButtons.h"

#include <QPushButton>
#include <QTextLayout>
#include <QVBoxLayout>
#include <algorithm>

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

RemedyButtons::RemedyButtons(QWidget* parent) : QWidget(parent) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    for (std::size_t i = 0; i < most; ++i) {
        auto* button = new QPushButton;
        button->setAutoDefault(false);
        button->setMinimumWidth(1);  // the column's width, not the words', counts
        column->addWidget(button, 0, Qt::AlignLeft);
        connect(button, &QPushButton::clicked, this, [this, i] {
            const document::Remedy remedy = m_remedies[i];  // others will be shown meanwhile
            emit chosen(remedy);
        });
        m_all.push_back(button);
    }
    showRemedies({});
}

void RemedyButtons::showRemedies(std::vector<document::Remedy> remedies) {
    m_remedies = std::move(remedies);
    m_remedies.resize(std::min(m_remedies.size(), most));
    m_buttons = {m_all.begin(), m_all.begin() + std::ssize(m_remedies)};
    for (std::size_t i = 0; i < most; ++i) {
        const bool used = i < m_remedies.size();
        m_all[i]->setVisible(used);
        m_all[i]->setEnabled(used);
        m_all[i]->setAccessibleName(used ? m_remedies[i].label : QString());
    }
    setVisible(!m_remedies.empty());
    wrap();
}

void RemedyButtons::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    wrap();
}

void RemedyButtons::wrap() {
    for (std::size_t i = 0; i < m_buttons.size(); ++i) {
        QPushButton& button = *m_buttons[i];
        button.setText(m_remedies[i].label);  // a button without words asks for room for some
        const QFontMetrics metrics = button.fontMetrics();
        const int frame = button.sizeHint().width() - metrics.size(Qt::TextShowMnemonic, button.text()).width();
        button.setText(wrapped(m_remedies[i].label, button.font(), std::max(1, width() - frame)));
    }
}

}  // namespace perceptory::window
