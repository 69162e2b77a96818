#pragma once
// Shares of a whole by name, the largest first: probabilities of classes. GUI thread only.

#include <QStringList>
#include <QWidget>
#include <vector>

namespace perceptory::widgets {

class ShareBars : public QWidget {
    Q_OBJECT

public:
    static constexpr int mostShown = 10;

    explicit ShareBars(QWidget* parent = nullptr);

    // `shares`: from 0 to 1, one for each name.
    void setShares(const QStringList& names, std::vector<float> shares);
    // As shown: "7: 93.1 %".
    QStringList lines() const;

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    struct Share {
        QString name;
        float value = 0;
    };

    std::vector<Share> m_shares;  // those that are shown
};

}  // namespace perceptory::widgets
