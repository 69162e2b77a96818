#include "ui/widgets/SaveFile.h"

#include <QCoreApplication>
#include <QFileDialog>
#include <QFileInfo>
#include <QImage>
#include <QImageWriter>
#include <QMessageBox>
#include <QRegularExpression>

namespace perceptory::widgets {

QString endingOf(const QString& path) { return QFileInfo(path).suffix().toLower(); }

QStringList pictureEndings() {
    QStringList endings;
    for (const QByteArray& format : QImageWriter::supportedImageFormats()) endings << QString::fromLatin1(format);
    return endings;
}

QString withKnownEnding(const QString& path, const QString& filter, const QStringList& endings) {
    if (endings.contains(endingOf(path))) return path;
    const QString first = QRegularExpression(QStringLiteral("\\*(\\.\\w+)")).match(filter).captured(1);
    return path.endsWith(QLatin1Char('.')) ? path.chopped(1) + first : path + first;
}

namespace {

// Empty when nothing is to be saved after all.
QString askWhereToSave(QWidget* parent, const SaveChoice& choice) {
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

}  // namespace

bool replaceFile(const QString& path, const std::function<bool(QSaveFile& file)>& write) {
    QSaveFile file(path);
    return file.open(QIODevice::WriteOnly) && write(file) && file.commit();
}

bool writePicture(const QImage& picture, const QString& path) {
    return replaceFile(path,
                       [&](QSaveFile& file) { return picture.save(&file, endingOf(path).toLatin1().constData()); });
}

void saveAs(QWidget* parent, const SaveChoice& choice, const std::function<bool(const QString& path)>& write) {
    const QString path = askWhereToSave(parent, choice);
    if (path.isEmpty() || write(path)) return;
    const QString fault = QCoreApplication::translate(
        "widgets", "“%1” could not be written. Choose another folder or make room on the disk.");
    QMessageBox::warning(parent, choice.title, fault.arg(path));
}

}  // namespace perceptory::widgets
