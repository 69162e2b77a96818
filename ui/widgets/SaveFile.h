#pragma once
// Asks where to save and saves there: the ending of the name says what is written, and what fails, on a full disk for
// example, leaves the older file as it was. GUI thread only.

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QImage>
#include <QImageWriter>
#include <QMessageBox>
#include <QRegularExpression>
#include <QSaveFile>
#include <functional>

namespace perceptory::widgets {

struct SaveChoice {
    QString title;
    QString name;         ///< proposed, without ending
    QStringList filters;  ///< such as "Tables (*.csv)"; a name without ending gets that of the chosen one
    QStringList endings;  ///< all that can be written, in lower case
};

inline QString endingOf(const QString& path) { return QFileInfo(path).suffix().toLower(); }

/// What pictures can be written as.
inline QStringList pictureEndings() {
    QStringList endings;
    for (const QByteArray& format : QImageWriter::supportedImageFormats()) endings << QString::fromLatin1(format);
    return endings;
}

/// The path, with the ending of the filter where it has none of those that can be written.
inline QString withKnownEnding(const QString& path, const QString& filter, const QStringList& endings) {
    if (endings.contains(endingOf(path))) return path;
    const QString first = QRegularExpression(QStringLiteral("\\*(\\.\\w+)")).match(filter).captured(1);
    return path.endsWith(QLatin1Char('.')) ? path.chopped(1) + first : path + first;
}

/// Empty when nothing is to be saved after all.
inline QString askWhereToSave(QWidget* parent, const SaveChoice& choice) {
    QString proposed = choice.name;
    QString filter = choice.filters.constFirst();
    while (true) {
        const QString given =
            QFileDialog::getSaveFileName(parent, choice.title, proposed, choice.filters.join(";;"), &filter);
        const QString path = given.isEmpty() ? given : withKnownEnding(given, filter, choice.endings);
        // The dialog asked about the name as it was given.
        if (path == given || !QFileInfo::exists(path)) return path;
        const QString question = QCoreApplication::translate("widgets", "“%1” is there already. Replace it?")
                                     .arg(QFileInfo(path).fileName());
        if (QMessageBox::question(parent, choice.title, question) == QMessageBox::Yes) return path;
        proposed = given;
    }
}

/// Puts what `write` writes in the place of the file, all of it or nothing.
inline bool replaceFile(const QString& path, const std::function<bool(QSaveFile& file)>& write) {
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && write(file) && file.commit();
}

inline bool writePicture(const QImage& picture, const QString& path) {
    return replaceFile(path,
                       [&](QSaveFile& file) { return picture.save(&file, endingOf(path).toLatin1().constData()); });
}

/// Asks, lets `write` write the file, and says so when it could not.
inline void saveAs(QWidget* parent, const SaveChoice& choice, const std::function<bool(const QString& path)>& write) {
    const QString path = askWhereToSave(parent, choice);
    if (path.isEmpty() || write(path)) return;
    const QString fault = QCoreApplication::translate(
        "widgets", "“%1” could not be written. Choose another folder or make room on the disk.");
    QMessageBox::warning(parent, choice.title, fault.arg(path));
}

}  // namespace perceptory::widgets
