// What a CurvePlot writes: pictures and recorded values.

#include <QApplication>
#include <QChart>
#include <QClipboard>
#include <QFileDialog>
#include <QFileInfo>
#include <QGraphicsScene>
#include <QMessageBox>
#include <QPainter>
#include <QSaveFile>
#include <QSvgGenerator>
#include <charconv>

#include "ui/widgets/CrosshairItem.h"
#include "ui/widgets/CurvePlot.h"

namespace perceptory::widgets {

namespace {

void addNumber(QByteArray& line, float value) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    line.append(',').append(digits, static_cast<qsizetype>(end.ptr - digits));
}

QByteArray quoted(const QString& text) {
    QString doubled = text;
    doubled.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return '"' + doubled.toUtf8() + '"';
}

void complain(QWidget* parent, const QString& path) {
    QMessageBox::warning(
        parent, CurvePlot::tr("Save"),
        CurvePlot::tr("“%1” could not be written. Choose another folder or make room on the disk.").arg(path));
}

}  // namespace

QImage CurvePlot::picture(double scale) const {
    QImage image((QSizeF(size()) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(backgroundBrush().color());
    QPainter painter(&image);
    m_item->setExporting(true);
    scene()->render(&painter, QRectF(image.rect()), sceneRect());
    m_item->setExporting(false);
    return image;
}

bool CurvePlot::writeSvg(const QString& path) const {
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly)) {
        return false;
    }
    {
        QSvgGenerator generator;
        generator.setOutputDevice(&file);
        generator.setSize(size());
        generator.setViewBox(QRect(QPoint(), size()));
        generator.setTitle(accessibleName());
        QPainter painter(&generator);
        painter.fillRect(QRect(QPoint(), size()), backgroundBrush());
        m_item->setExporting(true);
        scene()->render(&painter, QRectF(QPointF(), size()), sceneRect());
        m_item->setExporting(false);
    }
    return file.commit();
}

QByteArray CurvePlot::csv() const {
    const StepUnits& units = m_item->units();
    QByteArray text = "curve,first_step,steps,";
    text.append(units.areSteps() ? "" : "first_epoch,").append("mean,minimum,maximum,last\n");
    for (const Held& held : m_curves) {
        if (!held.visible) {
            continue;
        }
        const QByteArray name = quoted(held.curve.name);
        for (std::size_t i = 0; i < held.history.size(); ++i) {
            const CurveBucket bucket = held.history.bucket(i);
            text.append(name).append(',').append(QByteArray::number(bucket.first));
            text.append(',').append(QByteArray::number(bucket.count));
            if (!units.areSteps()) {
                addNumber(text, static_cast<float>(units.at(static_cast<double>(bucket.first))));
            }
            addNumber(text, bucket.mean);
            addNumber(text, bucket.minimum);
            addNumber(text, bucket.maximum);
            addNumber(text, bucket.last);
            text.append('\n');
        }
    }
    return text;
}

void CurvePlot::copyPicture() const { QApplication::clipboard()->setImage(picture(2)); }

void CurvePlot::savePicture() {
    const QString path =
        QFileDialog::getSaveFileName(this, tr("Save picture"), tr("curves.png"), tr("Pictures (*.png *.svg)"));
    if (path.isEmpty()) {
        return;
    }
    const bool svg = QFileInfo(path).suffix().compare(QLatin1String("svg"), Qt::CaseInsensitive) == 0;
    if (svg ? !writeSvg(path) : !picture(2).save(path, "PNG")) {
        complain(this, path);
    }
}

void CurvePlot::saveCsv() {
    const QString path = QFileDialog::getSaveFileName(this, tr("Save values"), tr("curves.csv"), tr("Tables (*.csv)"));
    if (path.isEmpty()) {
        return;
    }
    QSaveFile file(path);
    const QByteArray text = csv();
    if (!file.open(QIODevice::WriteOnly) || file.write(text) != text.size() || !file.commit()) {
        complain(this, path);
    }
}

}  // namespace perceptory::widgets
