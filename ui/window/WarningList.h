#pragma once
// What is suspicious about data, and what is to be known of them: a line each, that wraps.

#include <QListWidget>

namespace perceptory::window {

class WarningList : public QListWidget {
    Q_OBJECT

public:
    explicit WarningList(QWidget* parent = nullptr);

    void showLines(const QStringList& warnings, const QStringList& notes);
    QStringList lines() const;
    // From now on it is as high as its lines, up to `most` pixels.
    void fitHeight(int most);

protected:
    void resizeEvent(QResizeEvent* event) override;

private:
    void fit();

    int m_most = 0;  // 0: the height is the layout's
};

}  // namespace perceptory::window
