#pragma once
// A user's hands in the Studio of a window: where things are on the screen, and what is done with them.

#include "tests/app/journeys/Hands.h"
#include "ui/window/MainWindow.h"
#include "ui/window/Studio.h"

namespace perceptory::tests {

// Projects shown in the Studio: of digits in 8 × 8 pixels, and of a few drawn shapes of five kinds in 32 × 32.
base::Json digitsProject(base::Json nodes);
base::Json shapesProject(base::Json nodes);

class StudioHands {
public:
    explicit StudioHands(window::MainWindow& window);

    window::MainWindow& window() const { return m_window; }
    window::Studio& studio() const { return *m_studio; }

    // Places on the screen.
    QPoint middle(const std::string& id) const;
    QPoint output(const std::string& id) const;
    QPoint onCanvas(double right, double down) const;  // shares of its width and height
    QPoint onWire(const std::string& from, const std::string& to) const;

    QWidget* button(const QString& text) const;  // above the canvas

    // By the mouse alone.
    void dropFromPalette(const QString& label, QPoint place) const;
    void setNumber(const QString& field, int value) const;
    void setChoice(const QString& field, const QString& value) const;

    QStringList ids() const;
    QString wires() const;  // "in>conv1 conv1>out"
    base::Json parameters(const std::string& id) const;
    bool isSound() const;  // nothing is wrong with any layer, as far as the data tell

    // Saves the screen as NAME.png in the folder that PERCEPTORY_PICTURES names, if any.
    void picture(const QString& name) const;

private:
    void bringIntoView(QWidget* field) const;
    QPoint onScreen(QPointF scenePlace) const;

    window::MainWindow& m_window;
    window::Studio* m_studio;
};

}  // namespace perceptory::tests
