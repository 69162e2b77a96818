#pragma once
// One picture, as large as there is room, its pixels square and sharp. GUI thread.

#include <QImage>
#include <QWidget>

namespace perceptory::views {

class SamplePicture : public QWidget {
    Q_OBJECT

public:
    explicit SamplePicture(QWidget* parent = nullptr);

    void setImage(const QImage& image);
    const QImage& image() const { return m_image; }
    QRect pictureRect() const;

    QSize sizeHint() const override { return {260, 260}; }
    QSize minimumSizeHint() const override { return {120, 120}; }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    QImage m_image;
};

}  // namespace perceptory::views
