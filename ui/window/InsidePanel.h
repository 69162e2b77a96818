#pragma once
// A look into the network while it learns: a view of the shelf, of the layer chosen on the canvas, for a sample of the
// data. Measured only while it is seen. GUI thread only.

#include <QWidget>
#include <map>

#include "ui/canvas/NetworkScene.h"
#include "ui/session/SessionController.h"
#include "ui/views/inside/InsideView.h"

class QComboBox;
class QLabel;
class QMenu;
class QSpinBox;
class QStackedWidget;

namespace perceptory::window {

class InsidePanel : public QWidget {
    Q_OBJECT

public:
    InsidePanel(canvas::NetworkScene& scene, session::SessionController& session, QWidget* parent = nullptr);

    QComboBox* viewField() const { return m_views; }
    QSpinBox* sampleField() const { return m_sample; }
    QMenu* takeAway() const { return m_take; }  // copy and save
    views::InsideView* view() const;            // the one that is shown
    const views::Look& look() const { return m_look; }
    void useRuns(const views::RunSource& source);  // for the views that show them
    // Whether anybody can see it: a panel behind others is still visible to Qt.
    void setSeen(bool seen);

signals:
    void samplesWanted(const std::vector<std::uint32_t>& rows);  // to be looked at

private:
    void buildTakeAway();
    void findLook();
    void ask();
    void showSnapshot();
    void showSample();

    canvas::NetworkScene& m_scene;
    session::SessionController& m_session;
    QComboBox* m_views;
    QSpinBox* m_sample;
    QMenu* m_take;
    QLabel *m_picture, *m_class, *m_sentence, *m_place;
    QStackedWidget* m_pages;
    views::Look m_look;
    bool m_seen = false;
};

}  // namespace perceptory::window
