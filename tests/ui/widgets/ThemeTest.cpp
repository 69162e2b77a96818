// The theme: readable in both looks, switches live, and is the only place that names colours.

#include <QDirIterator>
#include <QPainter>
#include <QPalette>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QStyle>
#include <QStyleOption>
#include <QtTest>
#include <cmath>

#include "ui/widgets/Theme.h"

using namespace perceptory::widgets;

namespace {

double luminance(QColor colour) {
    const auto part = [](float s) { return s <= 0.04045f ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4); };
    return 0.2126 * part(colour.redF()) + 0.7152 * part(colour.greenF()) + 0.0722 * part(colour.blueF());
}

// WCAG 2.1, contrast ratio
double contrast(QColor a, QColor b) {
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

}  // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private slots:
    void switchesLive();
    void textIsReadable_data();
    void textIsReadable();
    void curvesStandOut_data() { textIsReadable_data(); }
    void curvesStandOut();
    void boxesToTickStandOut_data() { textIsReadable_data(); }
    void boxesToTickStandOut();
    void withoutDesktopTheStartPaletteDecides();
    void nothingElseNamesColours();
};

void ThemeTest::switchesLive() {
    Theme::apply(*qApp, Theme::Mode::Light);
    QSignalSpy changed(&Theme::instance(), &Theme::changed);
    Theme::apply(*qApp, Theme::Mode::Dark);
    QCOMPARE(changed.count(), 1);
    QVERIFY(Theme::instance().isDark());
    QVERIFY(qApp->palette().color(QPalette::Window).lightness() < 80);
    Theme::apply(*qApp, Theme::Mode::Dark);
    QCOMPARE(changed.count(), 1);
}

void ThemeTest::textIsReadable_data() {
    QTest::addColumn<Theme::Mode>("mode");
    QTest::newRow("light") << Theme::Mode::Light;
    QTest::newRow("dark") << Theme::Mode::Dark;
}

void ThemeTest::textIsReadable() {
    QFETCH(Theme::Mode, mode);
    Theme::apply(*qApp, mode);
    for (const auto text : {ColourRole::Text, ColourRole::MutedText, ColourRole::Error, ColourRole::Warning,
                            ColourRole::Success, ColourRole::Information}) {
        for (const auto back : {ColourRole::Window, ColourRole::Base, ColourRole::AlternateBase}) {
            const double ratio = contrast(themed(text), themed(back));
            QVERIFY2(ratio >= 4.5, qPrintable(QString("role %1 on %2: %3").arg(int(text)).arg(int(back)).arg(ratio)));
        }
    }
    QVERIFY(contrast(themed(ColourRole::AccentText), themed(ColourRole::Accent)) >= 4.5);
    QVERIFY(contrast(themed(ColourRole::FocusRing), themed(ColourRole::Window)) >= 3);
}

void ThemeTest::curvesStandOut() {
    QFETCH(Theme::Mode, mode);
    Theme::apply(*qApp, mode);
    for (int i = 0; i < kHueCount; ++i) {
        const double ratio = contrast(Theme::instance().series(i), themed(ColourRole::Base));
        QVERIFY2(ratio >= 3, qPrintable(QString("series %1: %2").arg(i).arg(ratio)));
    }
}

void ThemeTest::boxesToTickStandOut() {
    QFETCH(Theme::Mode, mode);
    Theme::apply(*qApp, mode);
    for (const auto element : {QStyle::PE_IndicatorCheckBox, QStyle::PE_IndicatorItemViewItemCheck})
        for (const auto back : {ColourRole::Window, ColourRole::Base}) {
            QImage image(16, 16, QImage::Format_RGB32);
            image.fill(themed(back));
            QStyleOptionViewItem item;
            QStyleOptionButton button;
            QStyleOption& option = element == QStyle::PE_IndicatorCheckBox ? static_cast<QStyleOption&>(button) : item;
            option.rect = QRect(1, 1, 14, 14);
            option.palette = qApp->palette();
            option.state = QStyle::State_Enabled | QStyle::State_Off;
            QPainter painter(&image);
            qApp->style()->drawPrimitive(element, &option, &painter);
            painter.end();
            for (const QPoint edge : {QPoint(1, 8), QPoint(14, 8), QPoint(8, 1), QPoint(8, 14)})
                QVERIFY(contrast(image.pixelColor(edge), themed(back)) >= 3);
        }
}

void ThemeTest::withoutDesktopTheStartPaletteDecides() {
    Theme::apply(*qApp, Theme::Mode::System);
    QVERIFY(!Theme::instance().isDark());  // the offscreen platform starts with a light palette and has no portal
}

void ThemeTest::nothingElseNamesColours() {
    static const QRegularExpression literal(
        QStringLiteral(R"(#[0-9a-fA-F]{6}\b|0x[fF]{2}[0-9a-fA-F]{6}\b|QColor\(\s*\d|qRgba?\(\s*\d|QColor\(\s*"|)"
                       R"(Qt::(white|black|red|green|blue|cyan|magenta|yellow|gr[ae]y|dark\w+|light\w+)\b)"));
    QStringList offenders;
    QDirIterator files(QStringLiteral(PERCEPTORY_SOURCE_DIR "/ui"), {"*.h", "*.cpp"}, QDir::Files,
                       QDirIterator::Subdirectories);
    int looked = 0;
    while (files.hasNext()) {
        QFile file(files.next());
        ++looked;
        if (QFileInfo(file).fileName() == QLatin1String("ThemeColours.cpp")) {
            continue;
        }
        QVERIFY(file.open(QIODevice::ReadOnly));
        const auto match = literal.match(QString::fromUtf8(file.readAll()));
        if (match.hasMatch()) {
            offenders << file.fileName() + ": " + match.captured();
        }
    }
    QVERIFY(looked > 20);
    QVERIFY2(offenders.isEmpty(), qPrintable(offenders.join('\n')));
}

QTEST_MAIN(ThemeTest)
#include "ThemeTest.moc"
