#pragma once
// Which share of new data trains, validates and tests, and who decides about it.

#include <QWidget>

#include "ui/document/commands/DataFileCommands.h"

class QComboBox;
class QSpinBox;

namespace perceptory::window {

class SplitFields : public QWidget {
    Q_OBJECT

public:
    explicit SplitFields(QWidget* parent = nullptr);

    // `hasParts`: whether the files make parts themselves. Emits nothing.
    void show(const document::DataChoices& choices, bool hasParts);
    void fill(document::DataChoices& choices) const;

signals:
    void changed();

private:
    QSpinBox* share(const QString& name, int most);
    void showShares();

    QComboBox* m_mode;
    QSpinBox *m_validation, *m_test;
};

}  // namespace perceptory::window
