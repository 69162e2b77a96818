#pragma once
// Tells screen readers what happens on a canvas: nodes that come, go, get another name or other words, what is chosen
// and where the keyboard is. Tells it once for all that happens before the loop of events comes round. GUI thread only.

#include <QAccessible>
#include <QObject>
#include <QTimer>
#include <functional>
#include <map>
#include <set>

#include "ui/canvas/NetworkView.h"

namespace perceptory::canvas {

class ViewAccessible;

class AccessibleEvents : public QObject {
public:
    using Ear = std::function<void(QAccessibleEvent&)>;

    // Without an ear it is told to those who listen on this machine, if anybody does.
    explicit AccessibleEvents(NetworkView& view, Ear ear = {});

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void tell();
    void send(QAccessibleInterface* about, QAccessible::Event kind) const;
    void tellNodes(ViewAccessible& list);
    void tellChosen(const ViewAccessible& list);
    void tellCurrent(const ViewAccessible& list);

    NetworkView& m_view;
    Ear m_ear;
    QTimer m_soon;
    std::vector<std::string> m_ids;  // as they were told
    std::map<std::string, QString> m_words;
    std::set<std::string> m_chosen;
    std::string m_current;
};

}  // namespace perceptory::canvas
