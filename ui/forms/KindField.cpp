#include "ui/forms/KindField.h"

#include <QComboBox>
#include <QLabel>
#include <QVBoxLayout>
#include <algorithm>

#include "ui/document/EngineText.h"
#include "ui/forms/ParamForm.h"

namespace perceptory::forms {

using base::Json;

KindField::KindField(const base::ParamType& type, const FormStyle& style)
    : ParamField(type), m_style(style), m_box(new QComboBox), m_sketch(new widgets::CurveSketch), m_words(new QLabel) {
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
    column->setSpacing(3);
    m_words->setWordWrap(true);
    m_words->setForegroundRole(QPalette::PlaceholderText);
    column->addWidget(m_box);
    column->addWidget(m_sketch);
    column->addWidget(m_words);
    m_sketch->hide();
    m_words->hide();
    connect(m_box, &QComboBox::activated, this, &KindField::choose);
}

void KindField::choose() {
    const std::string chosen = m_box->currentData().toString().toStdString();
    if (chosen == m_spec.type) return;
    m_spec = {chosen, Json::object()};
    showForm(true);
    emit edited(chosen.empty() ? Json() : m_spec.toJson(), true);
}

const base::KindType* KindField::kind() const {
    const std::vector<const base::KindType*> kinds = type().kinds();
    const auto found = std::ranges::find(kinds, m_spec.type, &base::KindType::id);
    return found == kinds.end() ? nullptr : *found;
}

void KindField::showForm(bool anew) {
    showSketch();
    if (!anew && m_form) return m_form->setValues(m_spec.parameters);
    delete m_form;
    m_form = nullptr;
    const base::KindType* chosen = kind();
    if (m_style.levels <= 0 || !chosen || chosen->parameters.empty()) return;
    FormStyle below = m_style;
    --below.levels;
    m_form = new ParamForm(chosen->parameters, m_spec.parameters, below);
    m_form->setSketch(m_context);
    layout()->addWidget(m_form);
    connect(m_form, &ParamForm::changed, this, [this](const QString& id, const Json& value, bool final) {
        m_spec.parameters[id.toStdString()] = value;
        showSketch();
        emit edited(m_spec.toJson(), final);
    });
}

void KindField::setSketch(const SketchContext& context) {
    if (context == m_context) return;
    m_context = context;
    showSketch();
    if (m_form) m_form->setSketch(context);
}

void KindField::showSketch() {
    const base::KindType* chosen = kind();
    const auto sketch = chosen ? sketchOf(*chosen, m_spec.parameters, m_context) : std::nullopt;
    m_sketch->setVisible(sketch.has_value());
    m_words->setVisible(sketch.has_value());
    if (!sketch) return;
    m_sketch->setCurves(sketch->curves);
    m_sketch->setAccessibleName(sketch->words);
    m_words->setText(sketch->words);
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
