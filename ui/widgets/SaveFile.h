#pragma once
// Asks where to save and saves there: the ending of the name says what is written, and what fails, on a full disk for
// example, leaves the older file as it was. GUI thread only.

#include <QSaveFile>
#include <QStringList>
#include <functional>

class QImage;
class QWidget;

namespace perceptory::widgets {

struct SaveChoice {
    QString title;
    QString name;         ///< proposed, without ending
    QStringList filters;  ///< such as "Tables (*.csv)"; a name without ending gets that of the chosen one
    QStringList endings;  ///< all that can be written, in lower case
};

QString endingOf(const QString& path);  ///< in lower case

/// What pictures can be written as.
QStringList pictureEndings();

/// The path, with the ending of the filter where it has none of those that can be written.
QString withKnownEnding(const QString& path, const QString& filter, const QStringList& endings);

/// Puts what `write` writes in the place of the file, all of it or nothing.
bool replaceFile(const QString& path, const std::function<bool(QSaveFile& file)>& write);
bool writePicture(const QImage& picture, const QString& path);

/// Asks, lets `write` write the file, and says so when it could not.
void saveAs(QWidget* parent, const SaveChoice& choice, const std::function<bool(const QString& path)>& write);

}  // namespace perceptory::widgets
