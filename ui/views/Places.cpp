#include "ui/views/Places.h"

#include <QRegularExpression>
#include <QVariant>
#include <QWidget>
#include <algorithm>
#include <limits>
#include <utility>

namespace perceptory::views {

namespace {

constexpr const char* kProperty = "perceptory_addresses";

using Rank = std::pair<qsizetype, qsizetype>;  // parts that are equal, and less the parts that are too many

QStringList partsOf(const QString& address) {
    static const QRegularExpression separators(QStringLiteral("[.\\[\\]]+"));
    return address.split(separators, Qt::SkipEmptyParts);
}

Rank rankOf(const QStringList& own, const QStringList& wanted) {
    const auto differs = std::mismatch(own.begin(), own.end(), wanted.begin(), wanted.end()).first;
    const qsizetype equal = differs - own.begin();
    return {equal, equal - own.size()};
}

QWidget* takerOfKeys(QWidget* control) {
    if (control->focusPolicy() != Qt::NoFocus) return control;
    for (QWidget* part : control->findChildren<QWidget*>())
        if (part->focusPolicy() != Qt::NoFocus && part->isVisibleTo(control)) return part;
    return nullptr;
}

}  // namespace

void setAddresses(QWidget* control, const QStringList& addresses) { control->setProperty(kProperty, addresses); }

QWidget* controlFor(const QWidget& page, const std::string& address) {
    const QStringList wanted = partsOf(QString::fromStdString(address));
    // "training.batch_size" shares "training" with everything there is to train: that is no place yet.
    Rank best{std::clamp<qsizetype>(wanted.size(), 1, 2), std::numeric_limits<qsizetype>::min()};
    QWidget* found = nullptr;
    for (QWidget* control : page.findChildren<QWidget*>()) {
        if (!control->isVisibleTo(&page)) continue;
        for (const QString& own : control->property(kProperty).toStringList()) {
            const Rank rank = rankOf(partsOf(own), wanted);
            if (rank <= best) continue;
            best = rank;
            found = control;
        }
    }
    return found ? takerOfKeys(found) : nullptr;
}

}  // namespace perceptory::views
