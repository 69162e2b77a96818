#pragma once
// A button for each remedy of a problem, below one another. Long words wrap, so they have room in a narrow column too.
// Hidden while there is no remedy. GUI thread only.

#include <QWidget>
#include <vector>

#include "ui/document/commands/Remedies.h"

class QPushButton;

namespace perceptory::window {

class RemedyButtons : public QWidget {
    Q_OBJECT

public:
    explicit RemedyButtons(QWidget* parent = nullptr);

    // Three at most; of more the first ones.
    void showRemedies(std::vector<document::Remedy> remedies);
    // Those that are shown.
    const std::vector<QPushButton*>& buttons() const { return m_buttons; }

signals:
    void chosen(const perceptory::document::Remedy& remedy);

protected:
    void resizeEvent(QResizeEvent*) override;

private:
    static constexpr std::size_t most = 3;

    void wrap();

    std::vector<document::Remedy> m_remedies;
    std::vector<QPushButton*> m_all, m_buttons;  // made once, so that Tab finds them in their place
};

}  // namespace perceptory::window
