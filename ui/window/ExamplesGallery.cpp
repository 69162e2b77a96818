#include "ui/window/ExamplesGallery.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QVBoxLayout>

#include "ui/document/Examples.h"

namespace perceptory::window {

namespace {
constexpr QSize cardSize{210, 108};
constexpr int fileRole = Qt::UserRole, titleRole = Qt::UserRole + 1;
}  // namespace

ExamplesGallery::ExamplesGallery(QWidget* parent) : QDialog(parent), m_list(new QListWidget) {
    setWindowTitle(tr("Examples"));
    resize(720, 520);
    m_list->setAccessibleName(tr("Examples"));
    m_list->setViewMode(QListView::IconMode);
    m_list->setResizeMode(QListView::Adjust);
    m_list->setMovement(QListView::Static);
    m_list->setGridSize(cardSize);
    m_list->setWordWrap(true);
    m_list->setSpacing(6);
    for (const document::Example& example : document::examples()) {
        auto* card = new QListWidgetItem(example.title + "\n" + example.sentence, m_list);
        card->setSizeHint(cardSize - QSize(12, 12));
        card->setTextAlignment(Qt::AlignLeft | Qt::AlignTop);
        card->setToolTip(example.sentence);
        card->setData(fileRole, example.file);
        card->setData(titleRole, example.title);
        card->setData(Qt::AccessibleDescriptionRole, example.sentence);
    }
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

}  // namespace perceptory::window
