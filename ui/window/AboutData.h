#pragma once
// Where the data come from: the card of a set, the help of a generator, or the files with their sums.

#include <QDialog>
#include <memory>
#include <stop_token>

#include "engine/data/Dataset.h"
#include "ui/document/Document.h"

class QTextBrowser;

namespace perceptory::window {

class AboutData : public QDialog {
    Q_OBJECT

public:
    // `dataset`: as the training has it, or null. Sums of files are made aside and appear when they are there.
    AboutData(const document::Document& document, std::shared_ptr<const data::Dataset> dataset,
              QWidget* parent = nullptr);
    ~AboutData() override;

    QString text() const;

private:
    void describe(const document::Document& document);
    void describeFiles(const document::Document& document);
    void showFiles(const QStringList& files);
    QStringList closing() const;  // rows and notes

    std::shared_ptr<const data::Dataset> m_dataset;
    QTextBrowser* m_page;
    std::stop_source m_stop;
};

}  // namespace perceptory::window
