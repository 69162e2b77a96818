#include "ui/window/RecoveryDialog.h"

#include <QDialogButtonBox>
#include <QLabel>
#include <QListWidget>
#include <QLocale>
#include <QMessageBox>
#include <QPushButton>
#include <QVBoxLayout>

#include "engine/project/Project.h"
#include "ui/canvas/NetworkSketch.h"

namespace perceptory::window {

using session::RecoveryCopy;
using session::RecoveryFolder;

namespace {

constexpr QSize sketchSize{96, 60}, usualSize{520, 360};

QPixmap pictureOf(const RecoveryCopy& copy, double ratio) {
    try {
        return canvas::networkSketch(project::loadProject(copy.project.string()).value("network", base::Json()),
                                     sketchSize, ratio);
    } catch (const std::exception&) {  // opening it will say what is wrong
        return {};
    }
}

QString wordsOf(const RecoveryCopy& copy) {
    const QLocale locale;
    QStringList lines{copy.note.title};
    lines << (copy.note.path.isEmpty() ? RecoveryDialog::tr("never saved")
                                       : RecoveryDialog::tr("changes to %1").arg(copy.note.path));
    const QString facts = RecoveryDialog::tr("%1 · %2").arg(
        locale.toString(copy.saved.toLocalTime(), QLocale::ShortFormat), locale.formattedDataSize(copy.bytes));
    lines << (copy.note.step > 0
                  ? RecoveryDialog::tr("%1 · trained %2 steps").arg(facts, locale.toString(copy.note.step))
                  : facts);
    return lines.join('\n');
}

}  // namespace

RecoveryDialog::RecoveryDialog(std::vector<RecoveryCopy> copies, QWidget* parent)
    : QDialog(parent), m_copies(std::move(copies)), m_list(new QListWidget) {
    setWindowTitle(tr("Unsaved work"));
    resize(usualSize);
    auto* words =
        new QLabel(tr("The program ended before this work was saved. Recover it, or decide later: it stays "
                      "until it is saved or discarded."));
    words->setWordWrap(true);
    m_list->setAccessibleName(tr("Unsaved work"));
    m_list->setIconSize(sketchSize);
    m_list->setWordWrap(true);
    auto* buttons = new QDialogButtonBox;
    m_recover = buttons->addButton(tr("&Recover"), QDialogButtonBox::AcceptRole);
    m_discard = buttons->addButton(tr("&Discard…"), QDialogButtonBox::DestructiveRole);
    buttons->addButton(tr("&Later"), QDialogButtonBox::RejectRole);
    m_recover->setDefault(true);
    auto* column = new QVBoxLayout(this);
    column->addWidget(words);
    column->addWidget(m_list, 1);
    column->addWidget(buttons);
    connect(m_recover, &QPushButton::clicked, this, &RecoveryDialog::recover);
    connect(m_discard, &QPushButton::clicked, this, &RecoveryDialog::askToDiscard);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    connect(m_list, &QListWidget::itemActivated, this, &RecoveryDialog::recover);
    showCopies();
}

void RecoveryDialog::showCopies() {
    m_list->clear();
    for (const RecoveryCopy& copy : m_copies)
        new QListWidgetItem(pictureOf(copy, devicePixelRatioF()), wordsOf(copy), m_list);
    m_list->setCurrentRow(0);
    for (QPushButton* button : {m_recover, m_discard}) button->setEnabled(!m_copies.empty());
}

void RecoveryDialog::recover() {
    if (m_list->currentRow() < 0) return;
    const RecoveryCopy copy = m_copies[static_cast<std::size_t>(m_list->currentRow())];
    accept();
    emit recoverWanted(copy);
}

void RecoveryDialog::askToDiscard() {
    if (m_list->currentRow() < 0) return;
    const QString title = m_copies[static_cast<std::size_t>(m_list->currentRow())].note.title;
    auto* box = new QMessageBox(QMessageBox::Question, tr("Discard unsaved work"),
                                tr("%1 is lost for good when it is discarded.").arg(title),
                                QMessageBox::Discard | QMessageBox::Cancel, this);
    box->setObjectName("discardRecovery");
    box->setTextFormat(Qt::PlainText);
    box->setAttribute(Qt::WA_DeleteOnClose);
    box->setDefaultButton(QMessageBox::Cancel);
    connect(box, &QMessageBox::finished, this, [this](int answer) {
        if (answer == QMessageBox::Discard) discard();
    });
    box->open();
}

void RecoveryDialog::discard() {
    const auto chosen = m_copies.begin() + m_list->currentRow();
    if (const auto folder = RecoveryFolder::adopt(chosen->folder)) folder->clear();
    m_copies.erase(chosen);
    if (m_copies.empty()) return reject();
    showCopies();
}

}  // namespace perceptory::window
