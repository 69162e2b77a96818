#pragma once
// How many of the samples shown each part has of every class; of numbers to predict, how many lie in which range. GUI
// thread.

#include "ui/views/data/LazyPanel.h"

namespace perceptory::widgets {
class CountBars;
}

namespace perceptory::views {

class ClassPanel : public LazyPanel {
    Q_OBJECT

public:
    explicit ClassPanel(SampleList& list);
    const widgets::CountBars& bars() const { return *m_bars; }

protected:
    void renew() override;

private:
    widgets::CountBars* m_bars;
};

}  // namespace perceptory::views
