#include "ui/forms/ParamForm.h"

#include <QFormLayout>
#include <QLabel>
#include <algorithm>

#include "ui/forms/ParamField.h"

namespace perceptory::forms {

using base::Json;

ParamForm::ParamForm(std::vector<base::ParamType> types, const Json& values, int levels, QWidget* parent)
    : QWidget(parent), m_types(std::move(types)), m_rows(new QFormLayout(this)) {
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->setLabelAlignment(Qt::AlignLeft);
    for (const base::ParamType& type : m_types) addRow(type, levels);
    setValues(values);
}

void ParamForm::addRow(const base::ParamType& type, int levels) {
    ParamField* field = makeField(type, levels);
    m_fields.push_back(field);
    if (field->namesItself()) {
        m_rows->addRow(field);
    } else {
        auto* name = new QLabel(field->label());
        name->setTextFormat(Qt::PlainText);
        name->setToolTip(field->help());
        m_rows->addRow(name, field);
    }
    connect(field, &ParamField::edited, this, [this, id = type.id](const Json& value, bool final) {
        m_values[id] = value;
        showConditions();
        emit changed(QString::fromStdString(id), value, final);
    });
}

void ParamForm::setValues(const Json& values) {
    m_values = values.is_object() ? values : Json::object();
    for (std::size_t i = 0; i < m_types.size(); ++i)
        m_fields[i]->showValue(m_values.value(m_types[i].id, m_types[i].fallback));
    showConditions();
}

void ParamForm::showConditions() {
    for (std::size_t i = 0; i < m_types.size(); ++i) {
        const auto condition = std::ranges::find(m_types, m_types[i].visibleIf, &base::ParamType::id);
        if (m_types[i].visibleIf.empty() || condition == m_types.end()) continue;
        m_rows->setRowVisible(m_fields[i], m_values.value(condition->id, condition->fallback) == true);
    }
}

}  // namespace perceptory::forms
