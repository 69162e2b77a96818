#include "ui/forms/ParamForm.h"

#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>

namespace perceptory::forms {

using base::Json;

namespace {

struct ChangesWords {
    QString sign, words;
};

// Signs that the usual fonts have.
ChangesWords wordsOf(base::Changes changes) {
    switch (changes) {
        case base::Changes::NextBatch:
            return {QStringLiteral("▸"), ParamForm::tr("from the next batch on")};
        case base::Changes::NextEpoch:
            return {QStringLiteral("▸▸"), ParamForm::tr("from the next epoch on")};
        case base::Changes::Rebuild:
            break;
    }
    return {QStringLiteral("↻"), ParamForm::tr("rebuilds the network, weights that fit stay")};
}

QLabel* signOf(const base::ParamType& type) {
    const ChangesWords words = wordsOf(type.changes);
    auto* sign = new QLabel(words.sign);
    sign->setForegroundRole(QPalette::PlaceholderText);
    sign->setToolTip(ParamForm::tr("A change counts: %1").arg(words.words));
    sign->setAccessibleName(sign->toolTip());
    return sign;
}

// `front` with the sign behind it.
QWidget* signedRow(QWidget* front, const base::ParamType& type) {
    auto* both = new QWidget;
    auto* row = new QHBoxLayout(both);
    row->setContentsMargins(0, 0, 0, 0);
    row->setSpacing(4);
    // The sign stands right behind the words.
    front->setSizePolicy(QSizePolicy::Maximum, front->sizePolicy().verticalPolicy());
    row->addWidget(front);
    row->addWidget(signOf(type));
    row->addStretch();
    return both;
}

QWidget* below(QWidget* name, QWidget* cell) {
    auto* both = new QWidget;
    auto* column = new QVBoxLayout(both);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    column->addWidget(name);
    column->addWidget(cell);
    return both;
}

}  // namespace

QString changesText(base::Changes changes) { return wordsOf(changes).words; }

QString changesLegend(const std::vector<base::ParamType>& types) {
    QStringList lines;
    for (const base::Changes changes : {base::Changes::NextBatch, base::Changes::NextEpoch, base::Changes::Rebuild}) {
        const ChangesWords words = wordsOf(changes);
        if (std::ranges::find(types, changes, &base::ParamType::changes) != types.end())
            lines << words.sign + QChar(QChar::Nbsp) + words.words;
    }
    return lines.join(QStringLiteral("   "));
}

ParamForm::ParamForm(std::vector<base::ParamType> types, const Json& values, const FormStyle& style, QWidget* parent)
    : QWidget(parent), m_types(std::move(types)), m_rows(new QFormLayout(this)) {
    m_rows->setContentsMargins(0, 0, 0, 0);
    m_rows->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_rows->setLabelAlignment(Qt::AlignLeft);
    m_rows->setRowWrapPolicy(QFormLayout::WrapLongRows);  // beside a canvas there is little room
    for (const base::ParamType& type : m_types) addRow(type, style);
    setValues(values);
}

void ParamForm::addRow(const base::ParamType& type, const FormStyle& style) {
    ParamField* field = makeField(type, style);
    m_fields.push_back(field);
    QWidget* cell = makeCell(*field);
    const auto marked = [&](QWidget* front) { return style.tellsChanges ? signedRow(front, type) : front; };
    if (field->namesItself()) {
        cell = marked(cell);
        m_rows->addRow(cell);
    } else {
        auto* name = new QLabel(field->label());
        name->setTextFormat(Qt::PlainText);
        name->setToolTip(field->help());
        if (type.kind == base::ParamKind::Kind) {
            // With its picture and its own form it needs all of the width.
            cell = below(marked(name), cell);
            m_rows->addRow(cell);
        } else {
            m_rows->addRow(marked(name), cell);
        }
    }
    m_cells.push_back(cell);
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

void ParamForm::setSketch(const SketchContext& context) {
    for (ParamField* field : m_fields) field->setSketch(context);
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
