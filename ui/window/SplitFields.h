#pragma once
// Which share of new data trains, validates and tests, and who decides about it.

#include <QWidget>

#include "ui/document/commands/LoadedData.h"

class QComboBox;
class QSpinBox;

namespace perceptory::window {

class SplitFields : public QWidget {
    Q_OBJECT

public:
    // Horizontal: all in one line.
    explicit SplitFields(Qt::Orientation orientation = Qt::Vertical, QWidget* parent = nullptr);

    // `hasParts`: whether the files make parts themselves. Emits nothing.
    void show(const document::SplitShares& shares, bool hasParts);
    // Shares that nobody touched are the very ones that were shown.
    document::SplitShares shares() const;

signals:
    void changed();

private:
    QSpinBox* share(const QString& name);
    void showShares();
    void limit();

    document::SplitShares m_shown;

    QComboBox* m_mode;
    QSpinBox *m_validation, *m_test;
};

}  // namespace perceptory::window
