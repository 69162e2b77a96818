#pragma once
// The shelf of views into a network while it learns. A view is one file and one line in views.def: what it wants
// measured, and how it shows what came of it. GUI thread only.

#include <QWidget>
#include <string>
#include <vector>

#include "engine/training/Snapshot.h"

namespace perceptory::views {

// What is looked at.
struct Look {
    std::string layer;     // as the network calls it; empty: none
    std::int64_t row = 0;  // of the data

    bool operator==(const Look&) const = default;
};

class InsideView : public QWidget {
    Q_OBJECT

public:
    // Measured as long as the view is seen.
    virtual std::vector<training::ProbeRequest> wanted(const Look& look) const = 0;
    // What of the snapshot is its concern; what is not there yet leaves the picture as it is.
    virtual void show(const training::Snapshot& snapshot, const Look& look) = 0;
};

struct InsideViewType {
    const char* id;
    const char* label;     // in English; QT_TRANSLATE_NOOP("InsideView", …)
    const char* sentence;  // what one looks at, with its formula
    InsideView* (*make)();
};

#define INSIDE_VIEW(Name) extern const InsideViewType Name##View;
#include "ui/views/inside/views.def"
#undef INSIDE_VIEW

const std::vector<const InsideViewType*>& insideViews();

// A label or a sentence of the shelf in the language of the window.
QString insideText(const char* text);

}  // namespace perceptory::views
