#pragma once
// A window of its own to ask the network: a row typed, a picture dropped, a digit drawn, and what the network says to
// it, also while it learns. GUI thread only.

#include <QWidget>

#include "engine/training/Snapshot.h"

class QLabel;
class QPushButton;
class QSpinBox;
class QStackedWidget;
class QVBoxLayout;

namespace perceptory::widgets {
class ShareBars;
}

namespace perceptory::views {

class RowEditor;

class PredictView : public QWidget {
    Q_OBJECT

public:
    explicit PredictView(QWidget* parent = nullptr);

    void showSnapshot(const training::Snapshot& snapshot);
    // What has to be measured; nothing until there is a row.
    std::vector<training::ProbeRequest> wanted() const;

    RowEditor* editor() const { return m_editor; }  // null: rows of the data only, or no data
    QString answer() const;
    QString details() const;
    void openPicture(const QString& path);

signals:
    void wantedChanged();

protected:
    void closeEvent(QCloseEvent* event) override;
    void dragEnterEvent(QDragEnterEvent* event) override;
    void dropEvent(QDropEvent* event) override;

private:
    void takeDataset(std::shared_ptr<const data::Dataset> dataset);
    void takeSample();
    void ask(const std::vector<float>& row);
    void choosePicture();
    void showResult(const training::ProbeResult& result);

    std::shared_ptr<const data::Dataset> m_dataset;
    RowEditor* m_editor = nullptr;
    std::string m_values;  // the row, as the probe wants it
    QVBoxLayout* m_place;
    QLabel *m_hint, *m_answer, *m_numbers;
    widgets::ShareBars* m_shares;
    QSpinBox* m_sample;
    QPushButton* m_open;
};

}  // namespace perceptory::views
