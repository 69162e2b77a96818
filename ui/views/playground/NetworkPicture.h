#pragma once
// The network as a picture that lives: every unit shows its map of the plane, every link its weight. Shows what it is
// told; every wish is a signal. GUI thread.
//
// What mouse and keys do say gestures().

#include <QTimer>
#include <QWidget>

#include "ui/views/playground/LayerHeader.h"
#include "ui/views/playground/NetworkPainter.h"
#include "ui/widgets/Gestures.h"

namespace perceptory::views {

class WeightEditor;

class NetworkPicture : public QWidget {
    Q_OBJECT

public:
    NetworkPicture(std::vector<Choice> activations, QWidget* parent);

    void setModel(NetworkModel model);
    void setSnapshot(std::shared_ptr<const training::Snapshot> snapshot, const SightRequests& requests);
    void setScene(std::shared_ptr<const PlaneScene> scene);
    void setPinned(std::optional<UnitRef> unit);

    const NetworkSight& sight() const { return m_sight; }
    const NetworkLayout& tiles() const { return m_layout; }
    std::optional<UnitRef> focusedUnit() const { return m_focused; }
    std::optional<LinkRef> shownLink() const { return m_link; }
    static std::vector<widgets::Gesture> gestures();
    // Takes the keyboard to the first unit of a layer; false where the layer is not drawn.
    bool focusNode(const std::string& node);
    // Room below the inputs for a button of the page's.
    QRect footRect() const;

    QSize sizeHint() const override { return {760, 560}; }
    QSize minimumSizeHint() const override { return {360, 300}; }

signals:
    void inputToggled(const perceptory::views::InputTile& tile, bool on);
    void unitsWanted(const QString& node, int units);
    void activationWanted(const QString& node, const QString& id);
    void unitHovered(perceptory::views::UnitRef unit);
    void unitLeft();
    void unitClicked(perceptory::views::UnitRef unit);
    void weightWanted(const QString& parameter, qint64 index, double value);
    void laidOut();

protected:
    void paintEvent(QPaintEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void mouseMoveEvent(QMouseEvent*) override;
    void mousePressEvent(QMouseEvent*) override;
    void leaveEvent(QEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void focusInEvent(QFocusEvent*) override;
    void focusOutEvent(QFocusEvent*) override;
    void changeEvent(QEvent*) override;
    bool event(QEvent*) override;

private:
    PictureState state() const;
    void layOut();
    void repaintSoon();
    void placeHeaders();
    void setHovered(std::optional<UnitRef> unit, std::optional<LinkRef> link);
    std::optional<LinkRef> biasAt(QPoint place) const;
    void activate(UnitRef unit);
    QRect placeOf(const LinkRef& link) const;
    void edit(const LinkRef& link);
    void focusUnit(UnitRef unit);
    bool walk(int key);
    bool walkLinks(int key);
    std::optional<LinkRef> weightAfter(const LinkRef& link) const;
    void changeUnits(int by);
    void describeFocused();
    const NetworkColumn* focusedColumn() const;

    NetworkSight m_sight;
    NetworkLayout m_layout;
    NetworkPainter m_painter;
    std::vector<Choice> m_activations;
    std::vector<LayerHeader*> m_headers;
    WeightEditor* m_editor;
    QTimer m_linkTimer, m_numberTimer;
    QElapsedTimer m_sincePaint;
    qint64 m_paintCost = 0;  // ns
    std::optional<UnitRef> m_hovered, m_focused, m_pinned;
    std::optional<LinkRef> m_link, m_edited;
};

}  // namespace perceptory::views
