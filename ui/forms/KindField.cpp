#include "ui/forms/KindField.h"

#include <QComboBox>
#include <QVBoxLayout>

#include "ui/document/EngineText.h"
#include "ui/forms/ParamForm.h"

namespace perceptory::forms {

using base::Json;

KindField::KindField(const base::ParamType& type, int levels)
    : ParamField(type), m_levels(levels), m_box(new QComboBox) {
    if (type.optional) m_box->addItem(tr("None"), QString());
    for (const base::KindType* kind : type.kinds()) {
        m_box->addItem(document::shelfText(kind->label), QString::fromStdString(kind->id));
        m_box->setItemData(m_box->count() - 1, document::shelfText(kind->help), Qt::ToolTipRole);
    }
    m_box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_box->setMinimumContentsLength(10);
    introduce(m_box);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_box);
    connect(m_box, &QComboBox::activated, this, &KindField::choose);
}

void KindField::choose() {
    const std::string chosen = m_box->currentData().toString().toStdString();
    if (chosen == m_spec.type) return;
    m_spec = {chosen, Json::object()};
    showForm(true);
    emit edited(chosen.empty() ? Json() : m_spec.toJson(), true);
}

void KindField::showForm(bool anew) {
    if (!anew && m_form) return m_form->setValues(m_spec.parameters);
    delete m_form;
    m_form = nullptr;
    if (m_levels <= 0) return;
    for (const base::KindType* kind : type().kinds()) {
        if (kind->id != m_spec.type || kind->parameters.empty()) continue;
        m_form = new ParamForm(kind->parameters, m_spec.parameters, m_levels - 1);
        layout()->addWidget(m_form);
        connect(m_form, &ParamForm::changed, this, [this](const QString& id, const Json& value, bool final) {
            m_spec.parameters[id.toStdString()] = value;
            emit edited(m_spec.toJson(), final);
        });
    }
}

void KindField::showValue(const Json& value) {
    base::Problems ignored;
    const Json& shown =
        value.is_string() || value.is_object() || (value.is_null() && type().optional) ? value : type().fallback;
    base::KindSpec spec = shown.is_null() ? base::KindSpec{} : base::KindSpec::fromJson(shown, {}, ignored);
    const bool anew = spec.type != m_spec.type || !m_form;
    m_spec = std::move(spec);
    m_box->setCurrentIndex(m_box->findData(QString::fromStdString(m_spec.type)));
    showForm(anew);
}

}  // namespace perceptory::forms
