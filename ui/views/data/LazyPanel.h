#pragma once
// A panel that follows a list of samples only while it is seen: what comes meanwhile waits for its next showing. GUI
// thread.

#include <QWidget>
#include <utility>

#include "ui/views/data/SampleList.h"

namespace perceptory::views {

class LazyPanel : public QWidget {
    Q_OBJECT

public:
    explicit LazyPanel(SampleList& list) : m_list(list) {
        connect(&list, &SampleList::rowsChanged, this, &LazyPanel::follow);
        connect(&list, &SampleList::preparedChanged, this, &LazyPanel::follow);
    }

protected:
    virtual void renew() = 0;
    void showEvent(QShowEvent*) override {
        if (std::exchange(m_isOld, false)) renew();
    }
    void follow() {
        m_isOld = !isVisible();
        if (!m_isOld) renew();
    }

    SampleList& m_list;

private:
    bool m_isOld = true;
};

}  // namespace perceptory::views
