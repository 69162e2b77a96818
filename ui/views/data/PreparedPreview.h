#pragma once
// A training sample as it was read, as the network sees it, and as it looks when the preprocessing is undone. GUI
// thread.

#include <QWidget>

#include "ui/views/data/SamplePictures.h"

class QLabel;
class QPushButton;

namespace perceptory::views {

class PictureGrid;

class PreparedPreview : public QWidget {
    Q_OBJECT

public:
    explicit PreparedPreview(QWidget* parent = nullptr);

    // Null: there are none yet.
    void showDataset(std::shared_ptr<const data::Dataset> dataset);
    PictureGrid* grid() const { return m_grid; }
    // What is said in place of pictures; empty where there are some.
    QString message() const;

protected:
    void resizeEvent(QResizeEvent*) override;

private:
    void fitGrid();
    void renew();
    void take(const PreparedPictures& pictures);
    void showMessage(const QString& message);

    std::shared_ptr<const data::Dataset> m_dataset;
    std::size_t m_place = 0;
    unsigned m_asked = 0;

    QLabel* m_message;
    PictureGrid* m_grid;
    QLabel* m_numbers;
    QPushButton* m_another;
};

}  // namespace perceptory::views
