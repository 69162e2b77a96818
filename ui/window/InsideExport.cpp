#include "ui/window/InsideExport.h"

#include <QApplication>
#include <QClipboard>
#include <QCoreApplication>
#include <QPainter>
#include <QSvgGenerator>
#include <charconv>

#include "engine/exchange/Numpy.h"
#include "ui/widgets/SaveFile.h"

namespace perceptory::window {

namespace {

QString words(const char* text) { return QCoreApplication::translate("InsideExport", text); }

void addNumber(QByteArray& line, float value) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    line.append(digits, static_cast<qsizetype>(end.ptr - digits));
}

QByteArray tableOf(const views::ShownArray& array) {
    QByteArray text;
    const auto columns = static_cast<std::size_t>(array.shape[1]);
    for (std::size_t i = 0; i < array.values.size(); ++i) {
        addNumber(text, array.values[i]);
        text.append(i % columns + 1 == columns ? '\n' : ',');
    }
    return text;
}

}  // namespace

QImage imageOfWidget(QWidget& picture) {
    constexpr double scale = 2;
    QImage image((QSizeF(picture.size()) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.setDevicePixelRatio(scale);
    image.fill(picture.palette().color(QPalette::Window));
    picture.render(&image);
    return image;
}

bool writeSvg(QWidget& picture, const QString& path) {
    return widgets::replaceFile(path, [&](QSaveFile& file) {
        QSvgGenerator generator;
        generator.setOutputDevice(&file);
        generator.setSize(picture.size());
        generator.setViewBox(picture.rect());
        generator.setTitle(picture.accessibleName());
        QPainter painter(&generator);
        painter.fillRect(picture.rect(), picture.palette().color(QPalette::Window));
        picture.render(&painter);
        return painter.end();
    });
}

QByteArray csvOf(const std::vector<views::ShownArray>& arrays) {
    if (arrays.size() == 1 && arrays.front().shape.size() == 2) return tableOf(arrays.front());
    QByteArray text = "array,index,value\n";
    for (const views::ShownArray& array : arrays)
        for (std::size_t i = 0; i < array.values.size(); ++i) {
            std::size_t rest = i;
            QByteArrayList indices;
            for (auto size = array.shape.rbegin(); size != array.shape.rend(); ++size) {
                indices.prepend(QByteArray::number(static_cast<qulonglong>(rest % static_cast<std::size_t>(*size))));
                rest /= static_cast<std::size_t>(*size);
            }
            text.append(QByteArray::fromStdString(array.name)).append(',').append(indices.join(' ')).append(',');
            addNumber(text, array.values[i]);
            text.append('\n');
        }
    return text;
}

std::string numpyOf(const std::vector<views::ShownArray>& arrays) {
    if (arrays.size() == 1) return exchange::npyBytes(arrays.front().shape, arrays.front().values);
    std::vector<exchange::ArchiveEntry> entries;
    for (const views::ShownArray& array : arrays)
        entries.push_back({array.name + ".npy", exchange::npyBytes(array.shape, array.values)});
    return exchange::zipBytes(entries);
}

void copyPicture(QWidget& picture) { QApplication::clipboard()->setImage(imageOfWidget(picture)); }

void savePicture(QWidget& picture, const QString& name) {
    const QStringList filters{words(QT_TRANSLATE_NOOP("InsideExport", "PNG pictures (*.png)")),
                              words(QT_TRANSLATE_NOOP("InsideExport", "SVG drawings (*.svg)"))};
    widgets::saveAs(&picture,
                    {words(QT_TRANSLATE_NOOP("InsideExport", "Save picture")), name, filters,
                     widgets::pictureEndings() << QStringLiteral("svg")},
                    [&picture](const QString& path) {
                        return widgets::endingOf(path) == QLatin1String("svg")
                                   ? writeSvg(picture, path)
                                   : widgets::writePicture(imageOfWidget(picture), path);
                    });
}

void saveNumbers(QWidget& parent, const QString& name, const std::vector<views::ShownArray>& arrays) {
    const bool single = arrays.size() == 1;
    const QStringList filters{words(QT_TRANSLATE_NOOP("InsideExport", "Tables (*.csv)")),
                              single ? words(QT_TRANSLATE_NOOP("InsideExport", "NumPy arrays (*.npy)"))
                                     : words(QT_TRANSLATE_NOOP("InsideExport", "NumPy archives (*.npz)"))};
    const QString numpy = single ? QStringLiteral("npy") : QStringLiteral("npz");
    widgets::saveAs(
        &parent,
        {words(QT_TRANSLATE_NOOP("InsideExport", "Save numbers")), name, filters, {QStringLiteral("csv"), numpy}},
        [&arrays](const QString& path) {
            const QByteArray bytes = widgets::endingOf(path) == QLatin1String("csv")
                                         ? csvOf(arrays)
                                         : QByteArray::fromStdString(numpyOf(arrays));
            return widgets::replaceFile(path, [&](QSaveFile& file) { return file.write(bytes) == bytes.size(); });
        });
}

}  // namespace perceptory::window
