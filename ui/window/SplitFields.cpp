#include "ui/window/SplitFields.h"

#include <QComboBox>
#include <QFormLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <cmath>

namespace perceptory::window {

namespace {
constexpr int mostShare = 45;  // of each of the two: something is left to train with
}

SplitFields::SplitFields(QWidget* parent) : QWidget(parent), m_mode(new QComboBox) {
    auto* form = new QFormLayout(this);
    form->setContentsMargins(0, 0, 0, 0);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    m_mode->setAccessibleName(tr("Split"));
    m_mode->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    form->addRow(tr("&Split"), m_mode);
    m_test = share(tr("Rows that test"), mostShare);
    m_validation = share(tr("Rows that validate"), mostShare);
    form->addRow(tr("&Test"), m_test);
    form->addRow(tr("&Validation"), m_validation);
    connect(m_mode, &QComboBox::activated, this, [this] {
        showShares();
        emit changed();
    });
}

QSpinBox* SplitFields::share(const QString& name, int most) {
    auto* box = new QSpinBox;
    box->setAccessibleName(name);
    box->setRange(0, most);
    box->setSingleStep(5);
    box->setSuffix(tr(" %"));
    connect(box, &QSpinBox::valueChanged, this, &SplitFields::changed);
    return box;
}

void SplitFields::show(const document::DataChoices& choices, bool hasParts) {
    const QSignalBlocker first(m_test), second(m_validation);
    m_mode->clear();
    if (hasParts) m_mode->addItem(tr("As the files are: train and test"), "files");
    m_mode->addItem(tr("By chance"), "random");
    m_mode->addItem(tr("In their order: the last rows test"), "ordered");
    const QString now = QString::fromStdString(choices.split);
    if (!now.isEmpty() && now != QStringLiteral("files") && m_mode->findData(now) < 0)
        m_mode->addItem(tr("As it is in the project"), now);
    m_mode->setCurrentIndex(std::max(0, m_mode->findData(now)));
    m_test->setValue(static_cast<int>(std::lround(100 * choices.test)));
    m_validation->setValue(static_cast<int>(std::lround(100 * choices.validation)));
    showShares();
}

void SplitFields::showShares() {
    const QString mode = m_mode->currentData().toString();
    const bool shares = mode == QStringLiteral("random") || mode == QStringLiteral("ordered");
    for (QSpinBox* box : {m_test, m_validation}) box->setEnabled(shares);
}

void SplitFields::fill(document::DataChoices& choices) const {
    choices.split = m_mode->currentData().toString().toStdString();
    choices.test = m_test->value() / 100.0;
    choices.validation = m_validation->value() / 100.0;
}

}  // namespace perceptory::window
