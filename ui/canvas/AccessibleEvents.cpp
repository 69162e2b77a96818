#include "ui/canvas/AccessibleEvents.h"

#include <QEvent>
#include <algorithm>
#include <utility>

#include "ui/canvas/NodeWords.h"
#include "ui/canvas/ViewAccessible.h"

namespace perceptory::canvas {

namespace {

// The one place where two rows differ that are otherwise the same: a layer has another name.
std::optional<std::size_t> renamed(const std::vector<std::string>& before, const std::vector<std::string>& now) {
    if (before.size() != now.size()) return {};
    const auto [first, second] = std::ranges::mismatch(before, now);
    if (first == before.end() || !std::equal(first + 1, before.end(), second + 1)) return {};
    return static_cast<std::size_t>(first - before.begin());
}

}  // namespace

AccessibleEvents::AccessibleEvents(NetworkView& view, Ear ear) : QObject(&view), m_view(view), m_ear(std::move(ear)) {
    m_soon.setSingleShot(true);
    m_soon.setInterval(0);
    connect(&m_soon, &QTimer::timeout, this, &AccessibleEvents::tell);
    const auto soon = qOverload<>(&QTimer::start);
    connect(&view.scene(), &NetworkScene::shown, &m_soon, soon);
    connect(&view.scene(), &NetworkScene::chosenChanged, &m_soon, soon);
    connect(&view, &NetworkView::currentChanged, &m_soon, soon);
    view.installEventFilter(this);
}

// The keyboard comes to the canvas, and with it to the layer that is chosen there.
bool AccessibleEvents::eventFilter(QObject* watched, QEvent* event) {
    if (event->type() == QEvent::FocusIn) {
        m_current.clear();
        m_soon.start();
    }
    return QObject::eventFilter(watched, event);
}

void AccessibleEvents::tell() {
    if (!m_ear && !QAccessible::isActive()) return;
    auto* list = dynamic_cast<ViewAccessible*>(QAccessible::queryAccessibleInterface(&m_view));
    if (!list) return;
    tellNodes(*list);
    tellChosen(*list);
    tellCurrent(*list);
}

void AccessibleEvents::send(QAccessibleInterface* about, QAccessible::Event kind) const {
    QAccessibleEvent event(about, kind);
    m_ear ? m_ear(event) : QAccessible::updateAccessibility(&event);
}

void AccessibleEvents::tellNodes(ViewAccessible& list) {
    const GraphSight& sight = m_view.scene().sight();
    std::vector<std::string> ids;
    for (const NodeSight& node : sight.nodes) ids.push_back(node.id);
    const std::set<std::string> before(m_ids.begin(), m_ids.end()), now(ids.begin(), ids.end());
    if (const auto place = renamed(m_ids, ids)) {
        list.rename(m_ids[*place], ids[*place]);
        send(list.interfaceOf(ids[*place]), QAccessible::NameChanged);
    } else {
        for (const std::string& id : before) {
            if (now.contains(id)) continue;
            send(list.interfaceOf(id), QAccessible::ObjectDestroyed);
            list.forget(id);
        }
        for (const std::string& id : now)
            if (!before.contains(id)) send(list.interfaceOf(id), QAccessible::ObjectCreated);
    }
    std::map<std::string, QString> words;
    for (std::size_t i = 0; i < ids.size(); ++i) words[ids[i]] = nodeWords(sight, i);
    for (const auto& [id, text] : words)
        if (const auto told = m_words.find(id); told != m_words.end() && told->second != text)
            send(list.interfaceOf(id), QAccessible::DescriptionChanged);
    m_ids = std::move(ids);
    m_words = std::move(words);
}

void AccessibleEvents::tellChosen(const ViewAccessible& list) {
    const std::vector<std::string> ids = m_view.scene().chosen();
    std::set<std::string> chosen(ids.begin(), ids.end());
    for (const std::string& id : m_chosen)
        if (!chosen.contains(id) && m_words.contains(id)) send(list.interfaceOf(id), QAccessible::SelectionRemove);
    for (const std::string& id : chosen)
        if (!m_chosen.contains(id)) send(list.interfaceOf(id), QAccessible::SelectionAdd);
    m_chosen = std::move(chosen);
}

void AccessibleEvents::tellCurrent(const ViewAccessible& list) {
    const std::string current = m_view.hasFocus() ? m_view.current() : std::string();
    if (current == m_current) return;
    m_current = current;
    if (!current.empty()) send(list.interfaceOf(current), QAccessible::Focus);
}

}  // namespace perceptory::canvas
