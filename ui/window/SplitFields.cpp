#include "ui/window/SplitFields.h"

#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSpinBox>
#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace perceptory::window {

namespace {

constexpr int leastTrained = 5;  // percent: something is left to train with

int percent(double share) { return static_cast<int>(std::lround(100 * share)); }

double shareIn(const QSpinBox& box, double shown) {
    return box.value() == percent(shown) ? shown : box.value() / 100.0;
}

}  // namespace

SplitFields::SplitFields(Qt::Orientation orientation, QWidget* parent) : QWidget(parent), m_mode(new QComboBox) {
    m_mode->setAccessibleName(tr("Split"));
    m_mode->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_test = share(tr("Rows that test"));
    m_validation = share(tr("Rows that validate"));
    const std::vector<std::pair<QString, QWidget*>> fields{
        {tr("&Split"), m_mode}, {tr("&Test"), m_test}, {tr("&Validation"), m_validation}};
    if (orientation == Qt::Vertical) {
        auto* form = new QFormLayout(this);
        form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
        for (const auto& [name, field] : fields) form->addRow(name, field);
    } else {
        auto* row = new QHBoxLayout(this);
        for (const auto& [name, field] : fields) {
            auto* label = new QLabel(name);
            label->setBuddy(field);
            row->addWidget(label);
            row->addWidget(field, field == m_mode);
        }
    }
    layout()->setContentsMargins(0, 0, 0, 0);
    connect(m_mode, &QComboBox::activated, this, [this] {
        showShares();
        emit changed();
    });
}

QSpinBox* SplitFields::share(const QString& name) {
    auto* box = new QSpinBox;
    box->setAccessibleName(name);
    box->setSingleStep(5);
    box->setSuffix(tr(" %"));
    connect(box, &QSpinBox::valueChanged, this, [this] {
        limit();
        emit changed();
    });
    return box;
}

void SplitFields::limit() {
    const QSignalBlocker first(m_test), second(m_validation);
    m_test->setMaximum(std::max(m_test->value(), 100 - leastTrained - m_validation->value()));
    m_validation->setMaximum(std::max(m_validation->value(), 100 - leastTrained - m_test->value()));
}

void SplitFields::show(const document::SplitShares& shares, bool hasParts) {
    const QSignalBlocker first(m_test), second(m_validation);
    m_shown = shares;
    m_mode->clear();
    if (hasParts) m_mode->addItem(tr("As the files are: train and test"), "files");
    m_mode->addItem(tr("By chance"), "random");
    m_mode->addItem(tr("In their order: the last rows test"), "ordered");
    const QString now = QString::fromStdString(shares.split);
    if (!now.isEmpty() && now != QStringLiteral("files") && m_mode->findData(now) < 0)
        m_mode->addItem(tr("As it is in the project"), now);
    m_mode->setCurrentIndex(std::max(0, m_mode->findData(now)));
    for (QSpinBox* box : {m_test, m_validation}) box->setMaximum(100);
    m_test->setValue(percent(shares.test));
    m_validation->setValue(percent(shares.validation));
    limit();
    showShares();
}

void SplitFields::showShares() {
    const QString mode = m_mode->currentData().toString();
    const bool shares = mode == QStringLiteral("random") || mode == QStringLiteral("ordered");
    for (QSpinBox* box : {m_test, m_validation}) box->setEnabled(shares);
}

document::SplitShares SplitFields::shares() const {
    return {m_mode->currentData().toString().toStdString(), shareIn(*m_validation, m_shown.validation),
            shareIn(*m_test, m_shown.test)};
}

}  // namespace perceptory::window
