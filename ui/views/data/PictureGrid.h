#pragma once
// Pictures in rows and columns, each as large as its cell allows, with a word below where it has one. GUI thread only.

#include <QImage>
#include <QWidget>
#include <vector>

namespace perceptory::views {

struct GridPicture {
    QImage image;
    QString caption;
    bool framed = false;  // the one the others are compared with

    bool operator==(const GridPicture&) const = default;
};

class PictureGrid : public QWidget {
    Q_OBJECT

public:
    PictureGrid(int columns, const QString& name);

    void showPictures(std::vector<GridPicture> pictures);
    const std::vector<GridPicture>& pictures() const { return m_pictures; }
    // What rows of pictures need that use all of the width.
    int heightFor(int width) const;
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent*) override;

private:
    QRect cell(int index) const;
    void paintPicture(QPainter& painter, const GridPicture& picture, const QRect& cell) const;
    int captionHeight() const;
    int rows() const;

    int m_columns;
    std::vector<GridPicture> m_pictures;
};

}  // namespace perceptory::views
