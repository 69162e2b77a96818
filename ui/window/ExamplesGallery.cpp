#include "ui/window/ExamplesGallery.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include "engine/base/Error.h"
#include "engine/base/RegularFile.h"
#include "ui/document/Examples.h"
#include "ui/views/playground/DataPicture.h"
#include "ui/widgets/Theme.h"

namespace perceptory::window {

namespace {
constexpr QSize cardSize{324, 84};
constexpr int pictureSide = 60;
constexpr std::int64_t mostExampleBytes = 1 << 20;
constexpr int fileRole = Qt::UserRole, titleRole = Qt::UserRole + 1;

// The "data" of the project; null where it cannot be read, which opening it will explain.
base::Json dataOf(const QString& file) {
    try {
        const std::string path = file.toStdString();
        return base::parseJson(base::RegularFile(path).text(mostExampleBytes), path).value("data", base::Json());
    } catch (const std::exception&) {
        return {};
    }
}

}  // namespace

ExamplesGallery::ExamplesGallery(QWidget* parent) : QDialog(parent), m_list(new QListWidget) {
    setWindowTitle(tr("Examples"));
    resize(720, 520);
    m_list->setAccessibleName(tr("Examples"));
    m_list->setFlow(QListView::LeftToRight);
    m_list->setWrapping(true);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setIconSize(QSize(pictureSide, pictureSide));
    m_list->setGridSize(cardSize);
    m_list->setWordWrap(true);
    m_list->setSpacing(6);
    for (const document::Example& example : document::examples()) {
        auto* card = new QListWidgetItem(example.title + "\n" + example.sentence, m_list);
        card->setSizeHint(cardSize - QSize(12, 12));
        card->setTextAlignment(Qt::AlignLeft | Qt::AlignVCenter);
        card->setToolTip(example.sentence);
        card->setData(fileRole, example.file);
        card->setData(titleRole, example.title);
        card->setData(Qt::AccessibleDescriptionRole, example.sentence);
    }
    showPictures();
    connect(&widgets::Theme::instance(), &widgets::Theme::changed, this, &ExamplesGallery::showPictures);
    if (m_list->count() > 0) m_list->setCurrentRow(0);
    const auto open = [this](QListWidgetItem* card) {
        if (!card) return;
        accept();
        emit chosen(card->data(fileRole).toString(), card->data(titleRole).toString());
    };
    connect(m_list, &QListWidget::itemActivated, this, open);

    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Open | QDialogButtonBox::Cancel);
    connect(buttons, &QDialogButtonBox::accepted, this, [this, open] { open(m_list->currentItem()); });
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* layout = new QVBoxLayout(this);
    layout->addWidget(new QLabel(m_list->count() > 0 ? tr("Choose a project to begin with.")
                                                     : tr("The examples are not installed.")));
    layout->addWidget(m_list);
    layout->addWidget(buttons);
}

void ExamplesGallery::showPictures() {
    for (int row = 0; row < m_list->count(); ++row) {
        QListWidgetItem* card = m_list->item(row);
        card->setIcon(views::dataPicture(dataOf(card->data(fileRole).toString()), pictureSide, devicePixelRatioF()));
    }
}

}  // namespace perceptory::window
