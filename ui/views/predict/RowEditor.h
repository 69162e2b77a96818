#pragma once
// A row of the user's own, of the form the data have: drawn, typed, or taken from a picture. GUI thread only.

#include <QWidget>
#include <memory>
#include <span>
#include <vector>

#include "engine/data/Dataset.h"

namespace perceptory::views {

class RowEditor : public QWidget {
    Q_OBJECT

public:
    // Raw columns, NaN where one is missing.
    virtual std::vector<float> row() const = 0;
    virtual void setRow(std::span<const float> raw) = 0;  // emits nothing
    // False where it takes no pictures.
    virtual bool takePicture(const QImage&) { return false; }

signals:
    void edited();
};

// A pad for grey images of few pixels, a picture for others, a line for texts, a form for tables; null where a row has
// too many columns for any of them. Nothing is in it yet.
RowEditor* makeRowEditor(std::shared_ptr<const data::Dataset> dataset);

}  // namespace perceptory::views
