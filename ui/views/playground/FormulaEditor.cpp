#include "ui/views/playground/FormulaEditor.h"

#include <QGridLayout>
#include <QKeyEvent>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <algorithm>

#include "engine/data/features/Formula.h"
#include "ui/widgets/Theme.h"

namespace perceptory::views {

FormulaEditor::FormulaEditor(QWidget* parent)
    : QFrame(parent), m_field(new QLineEdit), m_add(new QPushButton(tr("Add"))), m_message(new QLabel) {
    setFrameShape(QFrame::StyledPanel);
    setAutoFillBackground(true);
    auto* grid = new QGridLayout(this);
    grid->setContentsMargins(8, 8, 8, 8);
    auto* name = new QLabel(tr("Own feature"));
    name->setBuddy(m_field);
    grid->addWidget(name, 0, 0);
    grid->addWidget(m_field, 0, 1);
    grid->addWidget(m_add, 0, 2);
    grid->addWidget(m_message, 1, 0, 1, 3);
    m_field->setPlaceholderText(QStringLiteral("x1^2 + x2^2"));
    m_field->setAccessibleName(tr("Formula of the feature"));
    m_field->setMinimumWidth(190);
    m_add->setAutoDefault(false);
    m_add->setAccessibleName(tr("Add this feature"));
    m_message->setTextFormat(Qt::PlainText);
    m_message->setWordWrap(true);
    m_field->installEventFilter(this);
    connect(m_field, &QLineEdit::textChanged, this, &FormulaEditor::check);
    connect(m_field, &QLineEdit::returnPressed, this, &FormulaEditor::accept);
    connect(m_add, &QPushButton::clicked, this, &FormulaEditor::accept);
    hide();
}

QString FormulaEditor::message() const { return m_message->text(); }

void FormulaEditor::open(std::vector<std::string> columns, QPoint place) {
    m_columns = std::move(columns);
    m_place = place;
    m_field->clear();
    check();
    show();
    raise();
    m_field->setFocus();
}

bool FormulaEditor::check() {
    const QString text = m_field->text();
    base::Problems problems;
    const bool good = !text.trimmed().isEmpty() && data::Formula::parse(text.toStdString(), m_columns, {}, problems);
    m_add->setEnabled(good);
    QPalette palette = this->palette();
    palette.setColor(QPalette::WindowText,
                     widgets::themed(problems.empty() ? widgets::ColourRole::MutedText : widgets::ColourRole::Error));
    m_message->setPalette(palette);
    m_message->setText(problems.empty()
                           ? tr("Use %1, + − * / ^ and sin cos tanh exp log sqrt abs min max.")
                                 .arg(QString::fromStdString(data::FormulaVariables(m_columns).list()))
                           : QString::fromStdString(problems.front().sentence + " " + problems.front().fix));
    fitMessage();
    return good;
}

// Tables have many columns to name.
void FormulaEditor::fitMessage() {
    constexpr int wide = 380, least = 92;
    const int high = std::max(layout()->totalHeightForWidth(wide), least);
    setGeometry(m_place.x(), std::max(m_place.y() - high, 2), wide, high);
}

void FormulaEditor::accept() {
    if (!check()) return;
    const QString formula = m_field->text().trimmed();
    hide();
    emit entered(formula);
}

bool FormulaEditor::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::KeyPress && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape) {
        hide();
        parentWidget()->setFocus();
        return true;
    }
    return QFrame::eventFilter(watched, event);
}

}  // namespace perceptory::views
