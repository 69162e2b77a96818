#include "engine/training/Session.h"

#include "engine/training/SessionWorker.h"

namespace perceptory::training {

Session::Session(TrainerOptions options, std::function<void()> wake)
    : m_options(std::move(options)),
      m_wake(std::move(wake)),
      m_thread([this](const std::stop_token& stop) { run(stop); }) {}

Session::~Session() {
    m_thread.request_stop();
    m_loading.stop();
    m_arrived.notify_all();
    m_thread.join();
    for (auto& request : m_stateRequests) request.set_value(nullptr);
}

std::optional<double> Session::loading() const { return m_loading.share(); }

void Session::send(Command command) {
    // Data that are being read for a document that is no more are read for nothing.
    const auto replace = [&](const auto& document) { m_loading.replace(dataKey(document.project, document.folder)); };
    if (const auto* open = std::get_if<Open>(&command)) replace(*open);
    if (const auto* edit = std::get_if<Edit>(&command)) replace(*edit);
    {
        const std::lock_guard lock(m_mutex);
        m_commands.push_back(std::move(command));
    }
    m_arrived.notify_all();
}

std::shared_ptr<const Snapshot> Session::takeSnapshot() {
    std::shared_ptr<const Snapshot> taken;
    {
        const std::lock_guard lock(m_mutex);
        taken = std::exchange(m_latest, nullptr);
    }
    return taken;
}

std::vector<Event> Session::takeEvents() {
    const std::lock_guard lock(m_mutex);
    return std::exchange(m_events, {});
}

void Session::want(std::vector<ProbeRequest> requests) {
    {
        const std::lock_guard lock(m_mutex);
        m_wanted = std::move(requests);
        m_wantedChanged = true;
    }
    m_arrived.notify_all();
}

std::future<std::shared_ptr<const RestorePoint>> Session::requestState() {
    std::promise<std::shared_ptr<const RestorePoint>> promise;
    auto future = promise.get_future();
    {
        const std::lock_guard lock(m_mutex);
        m_stateRequests.push_back(std::move(promise));
    }
    m_arrived.notify_all();
    return future;
}

void Session::run(const std::stop_token& stop) {
    SessionWorker worker(
        m_options, m_log,
        {[this](Event event) { report(std::move(event)); },
         [this](std::shared_ptr<const Snapshot> snapshot, bool replace) { publish(std::move(snapshot), replace); },
         [this] { return latestWasTaken(); }, &m_loading});
    while (!stop.stop_requested()) {
        Inbox inbox = collect(stop, worker.nextWork());
        if (stop.stop_requested()) {
            for (auto& request : inbox.stateRequests) request.set_value(nullptr);
            return;
        }
        worker.handle(inbox);
    }
}

Inbox Session::collect(const std::stop_token& stop, std::optional<std::chrono::steady_clock::time_point> nextWork) {
    std::unique_lock lock(m_mutex);
    const auto arrived = [&] { return !m_commands.empty() || !m_stateRequests.empty() || m_wantedChanged; };
    if (!nextWork)
        m_arrived.wait(lock, stop, arrived);
    else if (*nextWork > std::chrono::steady_clock::now())
        m_arrived.wait_until(lock, stop, *nextWork, arrived);
    Inbox inbox;
    inbox.commands.swap(m_commands);
    inbox.stateRequests.swap(m_stateRequests);
    if (std::exchange(m_wantedChanged, false)) inbox.wanted = m_wanted;
    return inbox;
}

void Session::report(Event event) {
    {
        const std::lock_guard lock(m_mutex);
        m_events.push_back(std::move(event));
    }
    if (m_wake) m_wake();
}

void Session::publish(std::shared_ptr<const Snapshot> snapshot, bool replace) {
    const std::lock_guard lock(m_mutex);
    if (replace || !m_latest) m_latest = std::move(snapshot);
}

bool Session::latestWasTaken() {
    const std::lock_guard lock(m_mutex);
    return !m_latest;
}

}  // namespace perceptory::training
