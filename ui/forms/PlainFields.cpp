#include "ui/forms/PlainFields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QHBoxLayout>
#include <QLineEdit>
#include <QSignalBlocker>

#include "ui/document/EngineText.h"

namespace perceptory::forms {

using base::Json;

namespace {

QHBoxLayout* rowOf(QWidget* field) {
    auto* row = new QHBoxLayout(field);
    row->setContentsMargins(0, 0, 0, 0);
    return row;
}

QString textOf(const Json& value, const Json& fallback) {
    const Json& shown = value.is_string() ? value : fallback;
    return shown.is_string() ? QString::fromStdString(shown.get<std::string>()) : QString();
}

}  // namespace

SwitchField::SwitchField(const base::ParamType& type) : ParamField(type), m_box(new QCheckBox(label())) {
    introduce(m_box);
    rowOf(this)->addWidget(m_box, 1);
    connect(m_box, &QCheckBox::toggled, this, [this](bool on) { emit edited(on, true); });
}

void SwitchField::showValue(const Json& value) {
    const QSignalBlocker quiet(m_box);
    const Json& shown = value.is_boolean() ? value : type().fallback;
    m_box->setChecked(shown.is_boolean() && shown.get<bool>());
}

ChoiceField::ChoiceField(const base::ParamType& type) : ParamField(type), m_box(new QComboBox) {
    for (const std::string& word : type.choices)
        m_box->addItem(document::shelfText(word).replace('_', ' '), QString::fromStdString(word));
    introduce(m_box);
    QHBoxLayout* row = rowOf(this);
    row->addWidget(m_box);
    row->addStretch();
    connect(m_box, &QComboBox::activated, this,
            [this] { emit edited(m_box->currentData().toString().toStdString(), true); });
}

void ChoiceField::showValue(const Json& value) {
    const int place = m_box->findData(textOf(value, type().fallback));
    m_box->setCurrentIndex(place >= 0 ? place : m_box->findData(textOf(type().fallback, {})));
}

TextField::TextField(const base::ParamType& type) : ParamField(type), m_line(new QLineEdit) {
    introduce(m_line);
    rowOf(this)->addWidget(m_line, 1);
    connect(m_line, &QLineEdit::editingFinished, this, [this] {
        if (m_line->text() == m_shown) return;
        m_shown = m_line->text();
        emit edited(m_shown.toStdString(), true);
    });
}

void TextField::showValue(const Json& value) {
    m_shown = textOf(value, type().fallback);
    m_line->setText(m_shown);
}

}  // namespace perceptory::forms
