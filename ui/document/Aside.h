#pragma once
// Work that would hold up the window, on a thread of its own.

#include <QObject>
#include <functional>
#include <thread>

namespace perceptory::document {

class Aside : public QObject {
public:
    // Runs `work`, which must not throw; what it returns is called on this thread afterwards, unless `owner` is gone by
    // then. The owner's end waits for the work.
    Aside(QObject* owner, std::function<std::function<void()>()> work) : QObject(owner) {
        m_thread = std::jthread([this, work = std::move(work)] {
            QMetaObject::invokeMethod(
                this,
                [this, then = work()] {
                    deleteLater();
                    then();
                },
                Qt::QueuedConnection);
        });
    }

private:
    std::jthread m_thread;
};

}  // namespace perceptory::document
