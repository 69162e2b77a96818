#include "ui/widgets/LabelledSlider.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QSlider>
#include <algorithm>
#include <cmath>

#include "ui/widgets/Numbers.h"

namespace perceptory::widgets {

LabelledSlider::LabelledSlider(const QString& name, QWidget* parent)
    : QWidget(parent), m_name(new QLabel(name)), m_slider(new QSlider(Qt::Horizontal)), m_text(new QLabel) {
    auto* row = new QHBoxLayout(this);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_name);
    row->addWidget(m_slider, 1);
    row->addWidget(m_text);
    m_name->setTextFormat(Qt::PlainText);
    m_name->setBuddy(m_slider);
    m_text->setTextFormat(Qt::PlainText);
    m_text->setAlignment(Qt::AlignRight | Qt::AlignVCenter);
    QString plainName = name;
    m_slider->setAccessibleName(plainName.remove(QLatin1Char('&')));
    m_slider->setMinimumWidth(50);
    setFocusProxy(m_slider);
    m_format = [](double value) { return shortNumber(value); };
    connect(m_slider, &QSlider::valueChanged, this, &LabelledSlider::moved);
    connect(m_slider, &QSlider::sliderReleased, this, &LabelledSlider::settle);
    setRange(0, 1, 0.1);
}

void LabelledSlider::setRange(double least, double most, double step) {
    std::vector<double> values;
    const int count = static_cast<int>(std::floor((most - least) / step + 1e-9));
    for (int i = 0; i <= count; ++i) {
        values.push_back(std::round((least + i * step) * 1e9) / 1e9);  // 0.3, not 0.30000000000000004
    }
    setValues(std::move(values));
}

void LabelledSlider::setValues(std::vector<double> values) {
    if (values.empty()) {
        return;
    }
    const double before = m_values.empty() ? 0 : value();
    const QSignalBlocker quiet(m_slider);
    m_values = std::move(values);
    m_slider->setRange(0, static_cast<int>(m_values.size()) - 1);
    m_slider->setPageStep(std::max(1, static_cast<int>(m_values.size()) / 10));
    setValue(before);
}

void LabelledSlider::setFormat(std::function<QString(double)> format) {
    m_format = std::move(format);
    showValue();
}

void LabelledSlider::setColumnWidths(int name, int text) {
    m_name->setFixedWidth(name);
    m_textColumn = text;
    showValue();
}

double LabelledSlider::value() const { return m_values[static_cast<std::size_t>(m_slider->value())]; }

void LabelledSlider::setValue(double value) {
    const QSignalBlocker quiet(m_slider);
    const auto nearest = std::min_element(m_values.begin(), m_values.end(), [value](double a, double b) {
        return std::abs(a - value) < std::abs(b - value);
    });
    m_slider->setValue(static_cast<int>(nearest - m_values.begin()));
    m_settled = *nearest;
    showValue();
}

void LabelledSlider::moved() {
    showValue();
    emit valueMoved(value());
    if (!m_slider->isSliderDown()) {
        settle();
    }
}

void LabelledSlider::settle() {
    if (value() != m_settled) {
        m_settled = value();
        emit valueChosen(m_settled);
    }
}

void LabelledSlider::showValue() {
    // Wide enough for every value, so that the slider does not move below the mouse.
    int widest = m_textColumn;
    for (const double each : m_values) {
        widest = std::max(widest, m_text->fontMetrics().horizontalAdvance(m_format(each)));
    }
    m_text->setFixedWidth(widest);
    m_text->setText(m_format(value()));
    m_slider->setToolTip(m_text->text().toHtmlEscaped());
    m_slider->setAccessibleDescription(m_text->text());
}

}  // namespace perceptory::widgets
