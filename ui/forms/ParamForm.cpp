#include "ui/forms/ParamForm.h"

#include <QFormLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/forms/ParamField.h"

namespace perceptory::forms {

using base::Json;

ParamForm::ParamForm(std::vector<base::ParamType> types, const Json& values, int levels, QWidget* parent)
    : QWidget(parent), m_types(std::move(types)), m_rows(new QFormLayout(this)) {
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->setLabelAlignment(Qt::AlignLeft);
    m_rows->setRowWrapPolicy(QFormLayout::WrapLongRows);  // beside a canvas there is little room
    for (const base::ParamType& type : m_types) addRow(type, levels);
    setValues(values);
}

void ParamForm::addRow(const base::ParamType& type, int levels) {
    ParamField* field = makeField(type, levels);
    m_fields.push_back(field);
    QWidget* cell = makeCell(*field);
    if (field->namesItself()) {
        m_rows->addRow(cell);
    } else {
        auto* name = new QLabel(field->label());
        name->setTextFormat(Qt::PlainText);
        name->setToolTip(field->help());
        m_rows->addRow(name, cell);
    }
    connect(field, &ParamField::edited, this, [this, id = type.id](const Json& value, bool final) {
        m_values[id] = value;
        showConditions();
        emit changed(QString::fromStdString(id), value, final);
    });
}

QWidget* ParamForm::makeCell(ParamField& field) {
    auto* cell = new QWidget;
    auto* column = new QVBoxLayout(cell);
    column->setContentsMargins(0, 0, 0, 0);
    auto* dash = new QPushButton(field.namesItself() ? tr("%1: —").arg(field.label()) : QStringLiteral("—"));
    dash->setFlat(true);
    dash->setAutoDefault(false);
    dash->setToolTip(tr("The chosen ones differ. Press to give all of them one value."));
    dash->setAccessibleName(tr("%1 differs, give all one value").arg(field.label()));
    dash->hide();
    column->addWidget(&field);
    column->addWidget(dash);
    connect(dash, &QPushButton::clicked, &field, [dash, &field] {
        dash->hide();
        field.show();
        field.setFocus(Qt::OtherFocusReason);
    });
    m_cells.push_back(cell);
    m_dashes.push_back(dash);
    return cell;
}

void ParamForm::setMixed(const std::set<std::string>& ids) {
    for (std::size_t i = 0; i < m_types.size(); ++i) {
        const bool mixed = ids.contains(m_types[i].id);
        if (!mixed && m_dashes[i]->isHidden()) continue;
        m_dashes[i]->setVisible(mixed);
        m_fields[i]->setVisible(!mixed);
    }
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
        m_rows->setRowVisible(m_cells[i], m_values.value(condition->id, condition->fallback) == true);
    }
}

}  // namespace perceptory::forms
