#include "ui/forms/ParamField.h"

#include <QEvent>
#include <QLineEdit>
#include <QLocale>

#include "ui/document/EngineText.h"
#include "ui/forms/KindField.h"
#include "ui/forms/NumberField.h"
#include "ui/forms/PlainFields.h"
#include "ui/forms/WholeFields.h"

namespace perceptory::forms {

ParamField::ParamField(const base::ParamType& type) : m_type(type) {
    setObjectName(QString::fromStdString(type.id));
    setToolTip(help());
}

QString ParamField::label() const { return document::shelfText(m_type.label); }

QString rangeText(const base::ParamType& type) {
    QStringList parts;
    const bool isNumber = type.kind == base::ParamKind::Number || type.kind == base::ParamKind::Integer ||
                          type.kind == base::ParamKind::Pair;
    const auto number = [](double value) { return QLocale().toString(value, 'g', 10); };
    if (isNumber && type.maximum > type.minimum)
        parts << ParamField::tr("%1 to %2").arg(number(type.minimum), number(type.maximum));
    for (const std::string& choice : type.choices) parts << document::shelfText(choice).replace('_', ' ');
    return parts.join(QStringLiteral(", "));
}

// As rich text it is broken into lines.
QString ParamField::help() const {
    QStringList lines{document::shelfText(m_type.help).toHtmlEscaped()};
    if (const QString range = rangeText(m_type); !range.isEmpty())
        lines << tr("Possible: %1").arg(range).toHtmlEscaped();
    lines.removeAll(QString());
    return lines.isEmpty() ? QString() : QStringLiteral("<qt>%1</qt>").arg(lines.join(QStringLiteral("<br>")));
}

void ParamField::introduce(QWidget* control, const QString& name) {
    control->setFocusPolicy(Qt::StrongFocus);
    control->installEventFilter(this);
    control->setToolTip(help());
    if (!focusProxy()) setFocusProxy(control);
    // The line of an editable box takes the keyboard in its place.
    for (QWidget* named : {control, static_cast<QWidget*>(control->findChild<QLineEdit*>())}) {
        if (!named) continue;
        named->setAccessibleName(name.isEmpty() ? label() : name);
        named->setAccessibleDescription(document::shelfText(m_type.help));
    }
}

// Scrolling past must not change a value.
bool ParamField::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() != QEvent::Wheel || static_cast<QWidget*>(watched)->hasFocus()) return false;
    event->ignore();
    return true;
}

ParamField* makeField(const base::ParamType& type, const FormStyle& style) {
    switch (type.kind) {
        case base::ParamKind::Number:
            return new NumberField(type);
        case base::ParamKind::Integer:
            return new IntegerField(type);
        case base::ParamKind::Pair:
            return new PairField(type);
        case base::ParamKind::Switch:
            return new SwitchField(type);
        case base::ParamKind::Choice:
            return new ChoiceField(type);
        case base::ParamKind::Kind:
            return new KindField(type, style);
        case base::ParamKind::Text:
            break;
    }
    return new TextField(type);
}

}  // namespace perceptory::forms
