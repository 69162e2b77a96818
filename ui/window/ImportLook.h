#pragma once
// What a person should see of data before using them: how much it is, examples, classes, and what is suspicious.

#include <QStringList>
#include <utility>
#include <vector>

#include "ui/document/commands/LoadedData.h"
#include "ui/views/data/PictureGrid.h"

namespace perceptory::window {

struct ImportLook {
    QString size;  // "1,200 rows: 960 to train, 240 to test · a row is 28 × 28 × 1"
    std::vector<std::pair<QString, qint64>> classes;  // with their rows, or pixels and steps where each has a class
    bool countsUnits = false;                         // the latter
    std::vector<views::GridPicture> pictures;         // with what is to be predicted
    QStringList columns;                              // of `rows`, where there are no pictures
    std::vector<QStringList> rows;
    QStringList warnings, notes;
};

// Any thread.
ImportLook lookAt(const document::LoadedData& loaded);

}  // namespace perceptory::window
