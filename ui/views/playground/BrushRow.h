#pragma once
// The brushes to paint points with: one per class or value, and one that erases. Hidden for data that cannot be
// painted. GUI thread.

#include <QWidget>
#include <optional>
#include <string>
#include <vector>

#include "ui/document/Document.h"

class QGridLayout;
class QToolButton;

namespace perceptory::views {

// What the mouse does on the map while painting.
struct Brush {
    bool erases = false;
    std::string label;  // class, or the value as text
    bool operator==(const Brush&) const = default;
};

class BrushRow : public QWidget {
    Q_OBJECT

public:
    explicit BrushRow(document::Document& document, QWidget* parent = nullptr);

    // Follows the document and the classes of the loaded data.
    void showDocument();
    void setClassNames(std::vector<std::string> names);
    const std::optional<Brush>& brush() const { return m_brush; }
    void drop();

signals:
    void brushChanged();

private:
    std::vector<Brush> wanted() const;
    QWidget* before();
    void rebuild(const std::vector<Brush>& brushes);
    QToolButton* button(std::size_t place) const;
    QIcon markerIcon(std::size_t place) const;

    document::Document& m_document;
    std::vector<std::string> m_classNames;
    std::optional<Brush> m_brush;
    std::vector<Brush> m_brushes;
    std::vector<QToolButton*> m_buttons;
    QGridLayout* m_grid;
};

}  // namespace perceptory::views
