#pragma once
// A control that tells its value while it is dragged: all that it tells up to the final value is one undo step. GUI
// thread only.

#include <utility>

#include "ui/document/Document.h"

namespace perceptory::document {

class DragGesture {
public:
    explicit DragGesture(Document& document) : m_document(document) {}

    // `change` edits the document.
    template <class Change>
    void edit(bool final, const Change& change) {
        if (!final && !std::exchange(m_isDragging, true)) m_document.beginGesture();
        change();
        if (final && std::exchange(m_isDragging, false)) m_document.endGesture();
    }

private:
    Document& m_document;
    bool m_isDragging = false;
};

}  // namespace perceptory::document
