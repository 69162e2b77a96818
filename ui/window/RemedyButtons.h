#pragma once
// A button for each remedy of a problem, below one another. Long words wrap, so they have room in a narrow column too.
// Hidden while there is no remedy. GUI thread only.

#include <QWidget>
#include <vector>

#include "ui/document/commands/Remedies.h"

class QPushButton;
class QVBoxLayout;

namespace perceptory::window {

class RemedyButtons : public QWidget {
    Q_OBJECT

public:
    explicit RemedyButtons(QWidget* parent = nullptr);

    void showRemedies(std::vector<document::Remedy> remedies);
    const std::vector<QPushButton*>& buttons() const { return m_buttons; }

signals:
    void chosen(const perceptory::document::Remedy& remedy);

protected:
    void resizeEvent(QResizeEvent*) override;

private:
    void wrap();

    std::vector<document::Remedy> m_remedies;
    std::vector<QPushButton*> m_buttons;
    QVBoxLayout* m_column;
};

}  // namespace perceptory::window
