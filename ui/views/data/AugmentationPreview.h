#pragma once
// One training image sixteen times, as the chosen augmentation would show it. Pictures are made on a thread of their
// own; while some are made, only the newest wish is kept. GUI thread only.

#include <QWidget>

#include "ui/views/data/SamplePictures.h"

class QLabel;
class QPushButton;
class QSpinBox;

namespace perceptory::views {

class PictureGrid;

class AugmentationPreview : public QWidget {
    Q_OBJECT

public:
    explicit AugmentationPreview(QWidget* parent = nullptr);

    // Null: there are none yet.
    void showDataset(std::shared_ptr<const data::Dataset> dataset);
    void showSteps(const std::vector<base::KindSpec>& steps);

    PictureGrid* grid() const { return m_grid; }
    // What is said in place of pictures; empty where there are some.
    QString message() const;
    bool isBusy() const { return m_busy; }

private:
    QString hurdle() const;
    void renew();
    void make();
    void take(const std::vector<AugmentedPicture>& pictures);
    void showMessage(const QString& message);
    void showName();

    AugmentationRequest m_wanted;
    bool m_busy = false, m_again = false;

    QLabel* m_message;
    PictureGrid* m_grid;
    QLabel* m_name;
    QWidget* m_controls;
    QPushButton* m_another;
    QSpinBox* m_seed;
};

}  // namespace perceptory::views
