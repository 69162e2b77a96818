// What a CurvePlot writes: pictures and recorded values.

#include <QAbstractAxis>
#include <QApplication>
#include <QChart>
#include <QClipboard>
#include <QGraphicsScene>
#include <QPainter>
#include <QSvgGenerator>
#include <charconv>

#include "ui/widgets/CrosshairItem.h"
#include "ui/widgets/CurvePlot.h"
#include "ui/widgets/SaveFile.h"
#include "ui/widgets/Theme.h"

namespace perceptory::widgets {

namespace {

void addNumber(QByteArray& line, float value) {
    char digits[32];
    const auto end = std::to_chars(digits, digits + sizeof digits, value);
    line.append(',').append(digits, static_cast<qsizetype>(end.ptr - digits));
}

QFont nameFont(const QChart& chart) { return chart.axes(Qt::Horizontal).constFirst()->labelsFont(); }

QByteArray quoted(const QString& text) {
    QString doubled = text;
    doubled.replace(QLatin1Char('"'), QLatin1String("\"\""));
    return '"' + doubled.toUtf8() + '"';
}

}  // namespace

int CurvePlot::nameHeight() const {
    const bool named = !m_pictureX.isEmpty() || !m_pictureY.isEmpty();
    return named ? QFontMetrics(nameFont(*chart())).height() + 4 : 0;
}

QSize CurvePlot::pictureSize() const { return size() + QSize(0, 2 * nameHeight()); }

// The scene without what the mouse left in it; the names of the axes stand above and below, so that the picture shows
// the curves as they are on the screen.
void CurvePlot::paintPicture(QPainter& painter) const {
    painter.fillRect(QRect(QPoint(), pictureSize()), backgroundBrush());
    const int strip = nameHeight();
    painter.translate(0, strip);
    m_item->paintMinorGrid(painter);
    const bool crosshair = m_crosshairItem->isVisible();
    m_crosshairItem->hide();
    m_item->setExporting(true);
    scene()->render(&painter, QRectF(QPointF(), size()), sceneRect());
    m_item->setExporting(false);
    m_crosshairItem->setVisible(crosshair);
    painter.setFont(nameFont(*chart()));
    painter.setPen(themed(ColourRole::MutedText));
    const double right = m_item->area().right();
    painter.drawText(QRectF(6, -strip, width() - 6, strip), Qt::AlignLeft | Qt::AlignVCenter, m_pictureY);
    painter.drawText(QRectF(0, height(), right, strip), Qt::AlignRight | Qt::AlignVCenter, m_pictureX);
}

QImage CurvePlot::picture(double scale) const {
    QImage image((QSizeF(pictureSize()) * scale).toSize(), QImage::Format_ARGB32_Premultiplied);
    image.fill(backgroundBrush().color());
    QPainter painter(&image);
    painter.scale(scale, scale);
    paintPicture(painter);
    return image;
}

bool CurvePlot::writeSvg(const QString& path) const {
    return replaceFile(path, [this](QSaveFile& file) {
        QSvgGenerator generator;
        generator.setOutputDevice(&file);
        generator.setSize(pictureSize());
        generator.setViewBox(QRect(QPoint(), pictureSize()));
        generator.setTitle(accessibleName());
        QPainter painter(&generator);
        paintPicture(painter);
        return painter.end();
    });
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
    const QStringList filters{tr("PNG pictures (*.png)"), tr("SVG drawings (*.svg)")};
    saveAs(this, {tr("Save picture"), tr("curves"), filters, pictureEndings() << QStringLiteral("svg")},
           [this](const QString& path) {
               return endingOf(path) == QLatin1String("svg") ? writeSvg(path) : writePicture(picture(2), path);
           });
}

void CurvePlot::saveCsv() {
    saveAs(this, {tr("Save values"), tr("curves"), {tr("Tables (*.csv)")}, {QStringLiteral("csv")}},
           [this](const QString& path) {
               const QByteArray text = csv();
               return replaceFile(path, [&](QSaveFile& file) { return file.write(text) == text.size(); });
           });
}

}  // namespace perceptory::widgets
