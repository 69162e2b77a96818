#pragma once
// What a screen reader can have done with something that is no widget. GUI thread only.

#include <QString>
#include <QStringList>
#include <functional>
#include <vector>

namespace perceptory::canvas {

struct AccessibleAction {
    QString name;         // the same in every language
    QString label, help;  // for the user
    QString key;          // that does the same; empty: none
    std::function<void()> run;
};

class AccessibleActions {
public:
    AccessibleActions(std::vector<AccessibleAction> actions) : m_actions(std::move(actions)) {}

    QStringList names() const {
        QStringList names;
        for (const AccessibleAction& action : m_actions) names << action.name;
        return names;
    }
    const AccessibleAction* find(const QString& name) const {
        for (const AccessibleAction& action : m_actions)
            if (action.name == name) return &action;
        return nullptr;
    }

private:
    std::vector<AccessibleAction> m_actions;
};

}  // namespace perceptory::canvas
