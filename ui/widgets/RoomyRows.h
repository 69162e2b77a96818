#pragma once
// Rows of a table with air between them.

#include <QStyledItemDelegate>

namespace perceptory::widgets {

class RoomyRows : public QStyledItemDelegate {
public:
    using QStyledItemDelegate::QStyledItemDelegate;

    QSize sizeHint(const QStyleOptionViewItem& option, const QModelIndex& index) const override {
        return QStyledItemDelegate::sizeHint(option, index) + QSize(kMore, kMore);
    }

private:
    static constexpr int kMore = 8;
};

}  // namespace perceptory::widgets
