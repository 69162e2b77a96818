#include "ui/views/data/AugmentationPreview.h"

#include <QHBoxLayout>
#include <QLabel>
#include <QPushButton>
#include <QSpinBox>
#include <QVBoxLayout>

#include "engine/base/Error.h"
#include "engine/data/augmentation/AugmentationCheck.h"
#include "ui/document/Aside.h"
#include "ui/views/data/PictureGrid.h"

namespace perceptory::views {

namespace {

constexpr int columns = 4, mostSeed = 999999;

struct Made {
    std::vector<AugmentedPicture> pictures;
    QString fault;
};

Made madeOf(const AugmentationRequest& request) {
    try {
        return {augmentedPictures(request), {}};
    } catch (const base::Error& error) {
        return {{}, QString::fromStdString(error.sentence())};
    } catch (const std::exception& error) {
        return {{}, QString::fromUtf8(error.what())};
    }
}

}  // namespace

AugmentationPreview::AugmentationPreview(QWidget* parent)
    : QWidget(parent),
      m_message(new QLabel),
      m_grid(new PictureGrid(columns, tr("The image sixteen times, augmented"))),
      m_name(new QLabel),
      m_controls(new QWidget),
      m_another(new QPushButton(tr("Another &image"))),
      m_seed(new QSpinBox) {
    m_message->setWordWrap(true);
    m_message->setTextFormat(Qt::PlainText);
    m_message->setAlignment(Qt::AlignLeft | Qt::AlignTop);
    m_name->setTextFormat(Qt::PlainText);
    m_name->setForegroundRole(QPalette::PlaceholderText);
    m_name->setWordWrap(true);
    m_another->setAutoDefault(false);
    m_seed->setRange(0, mostSeed);
    m_seed->setAccessibleName(tr("Seed of the preview"));
    m_seed->setToolTip(tr("The same seed gives the same sixteen pictures; training draws from its own seed"));
    auto* seedName = new QLabel(tr("S&eed of the preview"));
    seedName->setBuddy(m_seed);
    auto* row = new QHBoxLayout(m_controls);
    row->setContentsMargins(0, 0, 0, 0);
    row->addWidget(m_another);
    row->addStretch();
    row->addWidget(seedName);
    row->addWidget(m_seed);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->addWidget(m_message, 1);
    column->addWidget(m_grid, 1);
    column->addWidget(m_name);
    column->addWidget(m_controls);
    connect(m_another, &QPushButton::clicked, this, [this] {
        ++m_wanted.place;
        renew();
    });
    connect(m_seed, &QSpinBox::valueChanged, this, [this](int seed) {
        m_wanted.seed = static_cast<std::uint64_t>(seed);
        renew();
    });
    renew();
}

QString AugmentationPreview::message() const { return m_message->isHidden() ? QString() : m_message->text(); }

void AugmentationPreview::showDataset(std::shared_ptr<const data::Dataset> dataset) {
    if (dataset == m_wanted.dataset) return;
    m_wanted.dataset = std::move(dataset);
    renew();
}

void AugmentationPreview::showSteps(const std::vector<base::KindSpec>& steps) {
    if (steps == m_wanted.steps) return;
    m_wanted.steps = steps;
    renew();
}

QString AugmentationPreview::hurdle() const {
    if (!m_wanted.dataset) return tr("There are no data to show: they are being read, or they have a fault.");
    if (const QString no = hurdleOf(*m_wanted.dataset); !no.isEmpty()) return no;
    base::Problems problems;
    data::checkAugmentation(m_wanted.steps, "data.augmentation", problems);
    return base::hasError(problems) ? tr("The pictures come back when the steps have no fault.") : QString();
}

void AugmentationPreview::renew() {
    const QString no = hurdle();
    showMessage(no);
    if (!no.isEmpty()) return m_grid->showPictures({});
    showName();
    if (m_busy)
        m_again = true;
    else
        make();
}

void AugmentationPreview::make() {
    m_busy = true;
    m_again = false;
    new document::Aside(this, [this, request = m_wanted] {
        Made made = madeOf(request);
        return [this, made = std::move(made)] {
            m_busy = false;
            if (!hurdle().isEmpty()) return;
            if (m_again) make();
            if (!made.fault.isEmpty()) return showMessage(made.fault);
            take(made.pictures);
        };
    });
}

void AugmentationPreview::take(const std::vector<AugmentedPicture>& pictures) {
    std::vector<GridPicture> shown;
    for (const AugmentedPicture& picture : pictures) {
        const int percent = qRound(100 * picture.share);
        const QString share = percent < 100 ? tr("%1 % of its label").arg(percent) : QString();
        shown.push_back({picture.image, shown.empty() ? QString() : share, shown.empty()});
    }
    m_grid->showPictures(std::move(shown));
}

void AugmentationPreview::showMessage(const QString& message) {
    m_message->setText(message);
    m_message->setVisible(!message.isEmpty());
    for (QWidget* part : std::initializer_list<QWidget*>{m_grid, m_name, m_controls})
        part->setVisible(message.isEmpty());
}

void AugmentationPreview::showName() {
    const data::Dataset& dataset = *m_wanted.dataset;
    const std::size_t count = std::max<std::size_t>(1, dataset.parts.train.size());
    m_name->setText(
        tr("Training image %1 of %2. Framed: as it was read. The others: as it would look in fifteen epochs.")
            .arg(m_wanted.place % count + 1)
            .arg(count));
}

}  // namespace perceptory::views
