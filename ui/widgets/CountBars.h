#pragma once
// Counts of several things, side by side for several groups: how many samples of each class every part has. One line of
// bars for each thing, as high as all of them need; put it into a scroll area. GUI thread only.

#include <QStringList>
#include <QWidget>
#include <cstdint>
#include <vector>

namespace perceptory::widgets {

class CountBars : public QWidget {
    Q_OBJECT

public:
    struct Group {
        QString name;                      // of the legend, in the colour of its place
        std::vector<std::int64_t> counts;  // one for each thing
        bool operator==(const Group&) const = default;
    };

    explicit CountBars(QWidget* parent = nullptr);

    void setCounts(const QStringList& things, std::vector<Group> groups);
    const QStringList& things() const { return m_things; }
    const std::vector<Group>& groups() const { return m_groups; }

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    int barHeight() const;
    int thingHeight() const;
    int legendHeight() const;
    int nameWidth() const;
    int numberWidth() const;
    void paintLegend(QPainter& painter) const;
    void paintThing(QPainter& painter, int thing) const;
    void describe();

    QStringList m_things;
    std::vector<Group> m_groups;
    std::int64_t m_most = 0;
};

}  // namespace perceptory::widgets
