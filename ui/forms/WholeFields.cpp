#include "ui/forms/WholeFields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <cmath>

#include "ui/document/EngineText.h"

namespace perceptory::forms {

using base::Json;

namespace {

// Spin boxes for integers end at 2³¹, parameters do not.
QDoubleSpinBox* makeSpin(const base::ParamType& type) {
    auto* spin = new QDoubleSpinBox;
    spin->setDecimals(0);
    spin->setRange(type.minimum, type.maximum);
    spin->setKeyboardTracking(false);
    spin->setAccelerated(true);
    if (type.step > 1)
        spin->setSingleStep(type.step);
    else if (type.maximum - type.minimum > 1000)
        spin->setStepType(QAbstractSpinBox::AdaptiveDecimalStepType);
    if (!type.unit.empty()) spin->setSuffix(' ' + document::shelfText(type.unit));
    return spin;
}

std::int64_t wholeOf(const QDoubleSpinBox& spin) { return std::llround(spin.value()); }

// What is being typed stays: it may be that only data have arrived.
bool isTyping(const QDoubleSpinBox& spin) { return spin.hasFocus() && spin.valueFromText(spin.text()) != spin.value(); }

void put(QDoubleSpinBox& spin, const Json& value) {
    if (isTyping(spin)) return;
    const QSignalBlocker quiet(spin);
    spin.setValue(value.is_number() ? value.get<double>() : spin.minimum());
}

bool isPair(const Json& value) { return value.is_array() && value.size() == 2; }

}  // namespace

IntegerField::IntegerField(const base::ParamType& type) : ParamField(type), m_number(makeSpin(type)) {
    introduce(m_number);
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_number);
    row->addStretch();
    connect(m_number, &QDoubleSpinBox::valueChanged, this, [this] { emit edited(wholeOf(*m_number), true); });
}

void IntegerField::showValue(const Json& value) { put(*m_number, value.is_number() ? value : type().fallback); }

PairField::PairField(const base::ParamType& type)
    : ParamField(type),
      m_height(makeSpin(type)),
      m_width(makeSpin(type)),
      m_times(new QLabel(QStringLiteral("×"))),
      m_same(new QCheckBox(QStringLiteral("="))) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    if (!type.choices.empty()) buildWords();
    introduce(m_height, tr("%1, height").arg(label()));
    introduce(m_width, tr("%1, width").arg(label()));
    introduce(m_same, tr("%1, same for both").arg(label()));
    m_same->setToolTip(tr("Same for both"));
    for (QWidget* part : std::initializer_list<QWidget*>{m_height, m_times, m_width, m_same}) row->addWidget(part);
    row->addStretch();
    for (QDoubleSpinBox* spin : {m_height, m_width})
        connect(spin, &QDoubleSpinBox::valueChanged, this, &PairField::tell);
    connect(m_same, &QCheckBox::toggled, this, &PairField::tell);
}

void PairField::buildWords() {
    m_words = new QComboBox;
    m_words->addItem(tr("in numbers"));
    for (const std::string& word : type().choices)
        m_words->addItem(document::shelfText(word), QString::fromStdString(word));
    introduce(m_words);
    layout()->addWidget(m_words);
    connect(m_words, &QComboBox::activated, this, &PairField::tell);
}

Json PairField::value() const {
    if (m_words && m_words->currentIndex() > 0) return m_words->currentData().toString().toStdString();
    if (m_same->isChecked()) return wholeOf(*m_height);
    return Json::array({wholeOf(*m_height), wholeOf(*m_width)});
}

void PairField::tell() {
    showParts();
    emit edited(value(), true);
}

void PairField::showParts() {
    const bool numbers = !m_words || m_words->currentIndex() <= 0, both = m_same->isChecked();
    if (both) put(*m_width, wholeOf(*m_height));
    m_height->setVisible(numbers);
    m_same->setVisible(numbers);
    m_times->setVisible(numbers && !both);
    m_width->setVisible(numbers && !both);
}

void PairField::showValue(const Json& value) {
    const bool fits = value.is_number() || isPair(value) || (value.is_string() && m_words);
    const Json& shown = fits ? value : type().fallback;
    const int word =
        shown.is_string() && m_words ? m_words->findData(QString::fromStdString(shown.get<std::string>())) : 0;
    if (m_words) m_words->setCurrentIndex(word);
    if (shown.is_number() || isPair(shown)) {
        const QSignalBlocker quiet(m_same);
        put(*m_height, isPair(shown) ? shown[0] : shown);
        put(*m_width, isPair(shown) ? shown[1] : shown);
        m_same->setChecked(!isPair(shown));
    } else if (m_width->value() == m_height->value()) {
        const QSignalBlocker quiet(m_same);
        m_same->setChecked(true);
    }
    showParts();
}

}  // namespace perceptory::forms
