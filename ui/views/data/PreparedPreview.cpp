#include "ui/views/data/PreparedPreview.h"

#include <QLabel>
#include <QPushButton>
#include <QVBoxLayout>
#include <algorithm>
#include <optional>

#include "engine/base/Error.h"
#include "ui/document/Aside.h"
#include "ui/views/data/PictureGrid.h"
#include "ui/widgets/Numbers.h"

namespace perceptory::views {

namespace {

constexpr int columns = 3, highest = 300;

struct Made {
    std::optional<PreparedPictures> pictures;
    QString fault;
};

Made madeOf(const data::Dataset& dataset, std::size_t place) {
    try {
        return {preparedPictures(dataset, place), {}};
    } catch (const base::Error& error) {
        return {{}, QString::fromStdString(error.sentence())};
    } catch (const std::exception& error) {
        return {{}, QString::fromUtf8(error.what())};
    }
}

QString shapeText(const std::vector<std::int64_t>& shape) {
    QStringList sizes;
    for (const std::int64_t size : shape) sizes += QString::number(size);
    return sizes.join(QStringLiteral(" × "));
}

}  // namespace

PreparedPreview::PreparedPreview(QWidget* parent)
    : QWidget(parent),
      m_message(new QLabel),
      m_grid(new PictureGrid(columns, tr("The sample before and after the preprocessing"))),
      m_numbers(new QLabel),
      m_another(new QPushButton(tr("Another &image"))) {
    for (QLabel* text : {m_message, m_numbers}) {
        text->setWordWrap(true);
        text->setTextFormat(Qt::PlainText);
        text->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    }
    m_numbers->setForegroundRole(QPalette::PlaceholderText);
    m_another->setAutoDefault(false);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_message);
    column->addWidget(m_grid);
    column->addWidget(m_numbers);
    column->addWidget(m_another, 0, Qt::AlignLeft);
    column->addStretch();
    connect(m_another, &QPushButton::clicked, this, [this] {
        ++m_place;
        renew();
    });
    renew();
}

QString PreparedPreview::message() const { return m_message->isHidden() ? QString() : m_message->text(); }

void PreparedPreview::showDataset(std::shared_ptr<const data::Dataset> dataset) {
    if (dataset == m_dataset) return;
    m_dataset = std::move(dataset);
    renew();
}

// What is said stands right below the pictures.
void PreparedPreview::fitGrid() { m_grid->setFixedHeight(std::min(highest, m_grid->heightFor(width()))); }

void PreparedPreview::resizeEvent(QResizeEvent*) { fitGrid(); }

void PreparedPreview::renew() {
    const unsigned number = ++m_asked;  // only the answer to the last question counts
    const QString no =
        m_dataset ? hurdleOf(*m_dataset) : tr("There are no data to show: they are being read, or they have a fault.");
    showMessage(no);
    if (!no.isEmpty()) return m_grid->showPictures({});
    new document::Aside(this, [this, number, dataset = m_dataset, place = m_place] {
        Made made = madeOf(*dataset, place);
        return [this, number, made = std::move(made)] {
            if (number != m_asked) return;
            made.pictures ? take(*made.pictures) : showMessage(made.fault);
        };
    });
}

void PreparedPreview::take(const PreparedPictures& pictures) {
    m_grid->showPictures({{pictures.read, tr("As read")},
                          {pictures.seen, tr("As the network sees it")},
                          {pictures.undone, tr("Undone")}});
    fitGrid();
    const QString numbers = tr("The network sees %1 values from %2 (black) to %3 (white).")
                                .arg(shapeText(pictures.shape), widgets::shortNumber(pictures.least, 3),
                                     widgets::shortNumber(pictures.most, 3));
    const QString stripes = pictures.shape.size() == 3
                                ? QString()
                                : ' ' + tr("They have no height and width any more, so each is a stripe.");
    m_numbers->setText(numbers + stripes);
}

void PreparedPreview::showMessage(const QString& message) {
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    for (QWidget* part : std::initializer_list<QWidget*>{m_grid, m_numbers, m_another})
        part->setVisible(message.isEmpty());
}

}  // namespace perceptory::views
