#include "ui/window/TableStyle.h"

#include <QComboBox>
#include <QGridLayout>
#include <QLabel>
#include <algorithm>

namespace perceptory::window {

using base::Json;

TableStyle::TableStyle(const Json& parameters, QWidget* parent) : QWidget(parent), m_grid(new QGridLayout(this)) {
    m_grid->setContentsMargins(0, 0, 0, 0);
    m_grid->setColumnStretch(1, 1);
    m_grid->setColumnStretch(4, 1);
    m_grid->setColumnMinimumWidth(2, 12);
    add(tr("Separat&or"), "delimiter",
        {{"comma", tr("Comma ,")},
         {"semicolon", tr("Semicolon ;")},
         {"tab", tr("Tab")},
         {"bar", tr("Bar |")},
         {"blanks", tr("Blanks")}},
        parameters);
    add(tr("&First row"), "header", {{"yes", tr("Names")}, {"no", tr("Values")}}, parameters);
    add(tr("&Decimal sign"), "decimal", {{"point", tr("Point 1.5")}, {"comma", tr("Comma 1,5")}}, parameters);
    add(tr("T&housands"), "thousands", {{"plain", tr("Plain 1234")}, {"grouped", tr("In groups 1,234")}}, parameters);
}

void TableStyle::add(const QString& name, const QString& id, const std::vector<std::pair<QString, QString>>& items,
                     const Json& parameters) {
    auto* box = new QComboBox;
    box->setObjectName(id);
    box->setAccessibleName(QString(name).remove('&'));
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->addItem(tr("Automatic"), "auto");
    for (const auto& [value, text] : items) box->addItem(text, value);
    const Json asked = parameters.is_object() ? parameters.value(id.toStdString(), Json()) : Json();
    if (asked.is_string())
        box->setCurrentIndex(std::max(0, box->findData(QString::fromStdString(asked.get<std::string>()))));
    connect(box, &QComboBox::activated, this, &TableStyle::changed);
    auto* label = new QLabel(name);
    label->setBuddy(box);
    const int place = static_cast<int>(m_boxes.size()), row = place / 2, column = place % 2 * 3;
    m_grid->addWidget(label, row, column);
    m_grid->addWidget(box, row, column + 1);
    m_boxes.push_back(box);
}

Json TableStyle::parameters() const {
    Json result = Json::object();
    for (const QComboBox* box : m_boxes)
        if (box->currentIndex() > 0)
            result[box->objectName().toStdString()] = box->currentData().toString().toStdString();
    return result;
}

void TableStyle::showFound(const Json& found) {
    for (QComboBox* box : m_boxes) {
        const Json value = found.is_object() ? found.value(box->objectName().toStdString(), Json()) : Json();
        const int place = value.is_string() ? box->findData(QString::fromStdString(value.get<std::string>())) : -1;
        if (box->currentIndex() == 0 && place > 0) box->setItemText(0, tr("Automatic: %1").arg(box->itemText(place)));
    }
}

}  // namespace perceptory::window
