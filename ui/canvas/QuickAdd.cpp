#include "ui/canvas/QuickAdd.h"

#include <QGuiApplication>
#include <QLineEdit>
#include <QListWidget>
#include <QScreen>
#include <QVBoxLayout>

#include "ui/canvas/ViewAccessible.h"
#include "ui/document/EngineText.h"
#include "ui/widgets/ArrowsChoose.h"
#include "ui/widgets/Theme.h"

namespace perceptory::canvas {

namespace {

constexpr QSize usualSize(300, 340);

}  // namespace

QuickAdd::QuickAdd(QWidget* parent) : QFrame(parent, Qt::Popup), m_field(new QLineEdit), m_list(new QListWidget) {
    installAccessible();  // before anybody asks for this or the view, which makes this first
    setFrameShape(QFrame::StyledPanel);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(6, 6, 6, 6);
    layout->addWidget(m_field);
    layout->addWidget(m_list);
    m_field->setClearButtonEnabled(true);
    setAccessibleName(tr("Add a layer"));
    m_field->setAccessibleName(tr("Name of a layer"));
    m_list->setAccessibleName(tr("Layers"));
    m_list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    m_list->setTextElideMode(Qt::ElideRight);
    new widgets::ArrowsChoose(m_field, m_list);
    connect(m_field, &QLineEdit::textChanged, this, &QuickAdd::fill);
    connect(m_field, &QLineEdit::returnPressed, this, &QuickAdd::take);
    connect(m_list, &QListWidget::currentRowChanged, this, &QuickAdd::describe);
    connect(m_list, &QListWidget::itemClicked, this, &QuickAdd::take);
    setFocusProxy(m_field);
    resize(usualSize);
}

void QuickAdd::openAt(QPoint global, const std::optional<tensor::Shape>& source, const QString& behind) {
    m_source = source;
    m_field->clear();
    m_field->setPlaceholderText(behind.isEmpty() ? tr("Add a layer: type its name") : tr("Add %1").arg(behind));
    fill();
    if (const QScreen* screen = QGuiApplication::screenAt(global)) {
        const QRect room = screen->availableGeometry();
        global.setX(qMin(global.x(), room.right() - width()));
        global.setY(qMin(global.y(), room.bottom() - height()));
    }
    move(global);
    show();
    m_field->setFocus();
}

void QuickAdd::fill() {
    m_list->clear();
    for (const FoundLayer& found : findLayers(m_field->text(), m_source)) {
        const QString label = document::shelfText(found.type->label);
        const bool same = label.compare(QString::fromStdString(found.type->id), Qt::CaseInsensitive) == 0;
        auto* item = new QListWidgetItem(
            same ? label : QStringLiteral("%1  (%2)").arg(label, QString::fromStdString(found.type->id)), m_list);
        item->setData(Qt::UserRole, QString::fromStdString(found.type->id));
        const QString help = document::shelfText(found.type->help);
        item->setToolTip(found.refusal.isEmpty() ? help : found.refusal);
        if (found.refusal.isEmpty()) continue;
        item->setText(item->text() + QStringLiteral("  ≠"));
        item->setForeground(widgets::themed(widgets::ColourRole::MutedText));
    }
    m_list->setCurrentRow(0);
}

// The keyboard stays in the field, so a screen reader hears there which layer is lit.
void QuickAdd::describe() {
    const QListWidgetItem* item = m_list->currentItem();
    m_field->setAccessibleDescription(item ? QStringLiteral("%1. %2").arg(item->text(), item->toolTip()) : QString());
}

void QuickAdd::take() {
    const QList<QListWidgetItem*> lit = m_list->selectedItems();
    if (lit.isEmpty()) return;
    const QString type = lit.front()->data(Qt::UserRole).toString();
    hide();
    emit chosen(type);
}

}  // namespace perceptory::canvas
