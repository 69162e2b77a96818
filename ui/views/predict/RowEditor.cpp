#include "ui/views/predict/RowEditor.h"

#include <QComboBox>
#include <QFormLayout>
#include <QImage>
#include <QLabel>
#include <QLineEdit>
#include <QLocale>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <limits>

#include "ui/views/SampleImage.h"
#include "ui/widgets/DrawPad.h"
#include "ui/widgets/Numbers.h"

namespace perceptory::views {

namespace {

using data::Dataset;
using SharedDataset = std::shared_ptr<const Dataset>;

constexpr std::int64_t mostDrawn = 96;  // pixels of a side
constexpr std::size_t mostFields = 200;
constexpr int pictureSide = 224;

std::vector<std::int64_t> imageShape(const Dataset& dataset) {
    const data::Field& field = dataset.pipeline.featureFields().front();
    const bool isImage = field.shape.size() == 3 && field.size() == static_cast<std::int64_t>(dataset.rawNames.size());
    return isImage ? field.shape : std::vector<std::int64_t>();
}

// The values of black and white, and whether images are dark on light: then ink is dark.
struct Tones {
    float least = 0, most = 1;
    bool darkInk = false;

    explicit Tones(const Dataset& dataset) {
        if (dataset.rawMinimum.empty()) return;
        least = std::ranges::min(dataset.rawMinimum);
        most = std::max(std::ranges::max(dataset.rawMaximum), least + 1e-6f);
        constexpr std::size_t looked = 64;
        double corners = 0;
        std::vector<float> scratch;
        const std::size_t rows = std::min(looked, dataset.count);
        for (std::size_t row = 0; row < rows; ++row) {
            const auto values = dataset.rawRow(row, scratch);
            corners += (values.front() + values.back()) / 2;
        }
        darkInk = rows > 0 && corners / static_cast<double>(rows) > (least + most) / 2;
    }
    float value(float light) const { return least + (most - least) * light; }
    float light(float value) const { return std::clamp((value - least) / (most - least), 0.0f, 1.0f); }
};

// Grey or colour, as large as the data's, row by row with the channels together.
std::vector<float> lightsOf(const QImage& picture, const std::vector<std::int64_t>& shape) {
    const QImage::Format format = shape[2] == 3 ? QImage::Format_RGB888 : QImage::Format_Grayscale8;
    const QImage fitting = picture
                               .scaled(static_cast<int>(shape[1]), static_cast<int>(shape[0]), Qt::IgnoreAspectRatio,
                                       Qt::SmoothTransformation)
                               .convertToFormat(format);
    std::vector<float> lights;
    for (int y = 0; y < fitting.height(); ++y)
        for (int x = 0; x < fitting.width() * static_cast<int>(shape[2]); ++x)
            lights.push_back(static_cast<float>(fitting.constScanLine(y)[x]) / 255);
    return lights;
}

class DrawnRow : public RowEditor {
    Q_DECLARE_TR_FUNCTIONS(RowEditor)

public:
    explicit DrawnRow(const Dataset& dataset)
        : m_shape(imageShape(dataset)), m_tones(dataset), m_pad(new widgets::DrawPad) {
        m_pad->setPixels({static_cast<int>(m_shape[1]), static_cast<int>(m_shape[0])});
        auto* clear = new QPushButton(tr("&Clear"));
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(m_pad, 1);
        column->addWidget(clear, 0, Qt::AlignLeft);
        connect(clear, &QPushButton::clicked, m_pad, &widgets::DrawPad::clear);
        connect(m_pad, &widgets::DrawPad::drawn, this, &RowEditor::edited);
    }

    std::vector<float> row() const override {
        std::vector<float> values;
        for (const float ink : m_pad->ink()) values.push_back(m_tones.value(m_tones.darkInk ? 1 - ink : ink));
        return values;
    }
    void setRow(std::span<const float> raw) override {
        std::vector<float> ink;
        for (const float value : raw) ink.push_back(inkOf(m_tones.light(value)));
        m_pad->setInk(std::move(ink));
    }
    bool takePicture(const QImage& picture) override {
        std::vector<float> ink;
        for (const float light : lightsOf(picture, m_shape)) ink.push_back(inkOf(light));
        m_pad->setInk(std::move(ink));
        emit edited();
        return true;
    }

private:
    float inkOf(float light) const { return m_tones.darkInk ? 1 - light : light; }

    std::vector<std::int64_t> m_shape;
    Tones m_tones;
    widgets::DrawPad* m_pad;
};

class PictureRow : public RowEditor {
    Q_DECLARE_TR_FUNCTIONS(RowEditor)

public:
    explicit PictureRow(const Dataset& dataset)
        : m_shape(imageShape(dataset)),
          m_tones(dataset),
          m_picture(new QLabel(tr("Open a picture, or drop one here."))) {
        m_picture->setMinimumSize(pictureSide, pictureSide);
        m_picture->setAlignment(Qt::AlignCenter);
        m_picture->setWordWrap(true);
        m_picture->setFrameShape(QFrame::StyledPanel);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(m_picture, 1);
        m_row.assign(dataset.rawNames.size(), m_tones.least);
    }

    std::vector<float> row() const override { return m_row; }
    void setRow(std::span<const float> raw) override {
        m_row.assign(raw.begin(), raw.end());
        std::vector<float> lights;
        for (const float value : m_row) lights.push_back(m_tones.light(value));
        const QImage image = imageOf(lights, m_shape);
        m_picture->setPixmap(QPixmap::fromImage(fittedInto({pictureSide, pictureSide}, image)));
    }
    bool takePicture(const QImage& picture) override {
        std::vector<float> values;
        for (const float light : lightsOf(picture, m_shape)) values.push_back(m_tones.value(light));
        setRow(values);
        emit edited();
        return true;
    }

private:
    std::vector<std::int64_t> m_shape;
    Tones m_tones;
    QLabel* m_picture;
    std::vector<float> m_row;
};

class TextRow : public RowEditor {
    Q_DECLARE_TR_FUNCTIONS(RowEditor)

public:
    explicit TextRow(SharedDataset dataset) : m_dataset(std::move(dataset)), m_text(new QLineEdit) {
        m_text->setPlaceholderText(tr("Type a text"));
        m_text->setAccessibleName(tr("Text"));
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(m_text);
        column->addStretch();
        connect(m_text, &QLineEdit::textChanged, this, &RowEditor::edited);
    }

    std::vector<float> row() const override {
        const data::Tokens& tokens = *m_dataset->pipeline.tokens();
        std::vector<float> numbers(tokens.steps());
        tokens.encode(m_text->text().toStdString(), numbers.data());
        return numbers;
    }
    // The words of a row are not kept.
    void setRow(std::span<const float>) override {}

private:
    SharedDataset m_dataset;
    QLineEdit* m_text;
};

// A field for each column: a number, or one of the words the training knew.
class ColumnsRow : public RowEditor {
    Q_DECLARE_TR_FUNCTIONS(RowEditor)

public:
    explicit ColumnsRow(const Dataset& dataset) {
        auto* inside = new QWidget;
        auto* rows = new QFormLayout(inside);
        const auto& words = dataset.pipeline.words();
        for (std::size_t i = 0; i < dataset.rawNames.size(); ++i) {
            const QString name = QString::fromStdString(dataset.rawNames[i]);
            const bool hasWords = !words.empty() && !words[i].empty();
            QWidget* field = hasWords ? addWords(words[i]) : addNumber();
            field->setAccessibleName(name);
            rows->addRow(name, field);
        }
        auto* area = new QScrollArea;
        area->setWidget(inside);
        area->setWidgetResizable(true);
        area->setFrameShape(QFrame::NoFrame);
        auto* column = new QVBoxLayout(this);
        column->setContentsMargins(0, 0, 0, 0);
        column->addWidget(area);
    }

    std::vector<float> row() const override {
        std::vector<float> values;
        for (const Field& field : m_fields) {
            bool isNumber = true;
            float value = field.words ? static_cast<float>(field.words->currentIndex())
                                      : QLocale().toFloat(field.number->text(), &isNumber);
            if (!isNumber) value = std::numeric_limits<float>::quiet_NaN();
            values.push_back(value);
        }
        return values;
    }
    void setRow(std::span<const float> raw) override {
        for (std::size_t i = 0; i < m_fields.size() && i < raw.size(); ++i) {
            const QSignalBlocker quietWords(m_fields[i].words), quietNumber(m_fields[i].number);
            if (m_fields[i].words)
                m_fields[i].words->setCurrentIndex(static_cast<int>(raw[i]));
            else
                m_fields[i].number->setText(std::isnan(raw[i]) ? QString() : QLocale().toString(raw[i], 'g', 7));
        }
    }

private:
    struct Field {
        QComboBox* words = nullptr;
        QLineEdit* number = nullptr;
    };

    QWidget* addWords(const std::vector<std::string>& words) {
        auto* box = new QComboBox;
        for (const std::string& word : words) box->addItem(QString::fromStdString(word));
        connect(box, &QComboBox::currentIndexChanged, this, &RowEditor::edited);
        m_fields.push_back({box, nullptr});
        return box;
    }
    QWidget* addNumber() {
        auto* line = new QLineEdit;
        connect(line, &QLineEdit::textChanged, this, &RowEditor::edited);
        m_fields.push_back({nullptr, line});
        return line;
    }

    std::vector<Field> m_fields;
};

}  // namespace

RowEditor* makeRowEditor(SharedDataset dataset) {
    const std::vector<std::int64_t> shape = imageShape(*dataset);
    if (dataset->pipeline.tokens()) return new TextRow(dataset);
    if (shape.empty()) return dataset->rawNames.size() <= mostFields ? new ColumnsRow(*dataset) : nullptr;
    const bool isDrawn = shape[2] == 1 && std::max(shape[0], shape[1]) <= mostDrawn;
    if (isDrawn) return new DrawnRow(*dataset);
    return new PictureRow(*dataset);
}

}  // namespace perceptory::views
