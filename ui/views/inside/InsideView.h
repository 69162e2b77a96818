#pragma once
// The shelf of views into a network while it learns. A view is one file and one line in views.def: what it wants
// measured, and how it shows what came of it. GUI thread only.

#include <QWidget>
#include <string>
#include <vector>

#include "engine/training/Snapshot.h"
#include "ui/widgets/Gestures.h"

namespace perceptory::views {

class RunSource;

// What is looked at.
struct Look {
    std::string layer;     // as the network calls it; empty: none
    std::int64_t row = 0;  // of the data

    bool operator==(const Look&) const = default;
};

// Numbers that can be taken away.
struct ShownArray {
    std::string name;
    std::vector<std::int64_t> shape;  // the last axis fastest
    std::vector<float> values;
};

class InsideView : public QWidget {
    Q_OBJECT

public:
    // Measured as long as the view is seen.
    virtual std::vector<training::ProbeRequest> wanted(const Look& look) const = 0;
    // What of the snapshot is its concern; what is not there yet leaves the picture as it is.
    virtual void show(const training::Snapshot& snapshot, const Look& look) = 0;
    virtual bool asksAboutSample() const { return true; }
    virtual void useRuns(const RunSource&) {}  // which outlives it

    // To be copied or saved: of the view what is no control; and the numbers it shows, by default those it wanted
    // measured.
    virtual QWidget* picture() { return this; }
    virtual std::vector<ShownArray> numbers(const training::Snapshot& snapshot, const Look& look) const;

signals:
    void wantedChanged();                                        // it wants something else measured from now on
    void samplesChosen(const std::vector<std::uint32_t>& rows);  // to be looked at, rows of the data
};

struct InsideViewType {
    const char* id;
    const char* label;     // in English; QT_TRANSLATE_NOOP("InsideView", …)
    const char* sentence;  // what one looks at, with its formula
    InsideView* (*make)();
    std::vector<widgets::Gesture> (*gestures)() =
        nullptr;  // for the page of keys; null: none, or those of another view
};

#define INSIDE_VIEW(Name) extern const InsideViewType Name##View;
#include "ui/views/inside/views.def"
#undef INSIDE_VIEW

const std::vector<const InsideViewType*>& insideViews();

// A label or a sentence of the shelf in the language of the window.
QString insideText(const char* text);

}  // namespace perceptory::views
