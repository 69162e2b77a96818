// The theme: readable in both looks, switches live, and is the only place that names colours.

#include <QComboBox>
#include <QDirIterator>
#include <QHelpEvent>
#include <QLineEdit>
#include <QListWidget>
#include <QPainter>
#include <QPalette>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSpinBox>
#include <QStyle>
#include <QStyleOption>
#include <QToolTip>
#include <QtTest>
#include <algorithm>
#include <array>
#include <cmath>

#include "ui/widgets/Theme.h"

using namespace perceptory::widgets;

namespace {

double lightOf(float s) { return s <= 0.04045f ? s / 12.92 : std::pow((s + 0.055) / 1.055, 2.4); }

double luminance(QColor colour) {
    return 0.2126 * lightOf(colour.redF()) + 0.7152 * lightOf(colour.greenF()) + 0.0722 * lightOf(colour.blueF());
}

// WCAG 2.1, contrast ratio
double contrast(QColor a, QColor b) {
    const double high = std::max(luminance(a), luminance(b));
    const double low = std::min(luminance(a), luminance(b));
    return (high + 0.05) / (low + 0.05);
}

enum class Eyes { Normal, NoRed, NoGreen };
using Triple = std::array<double, 3>;

// G. Machado, M. Oliveira, L. Fernandes 2009, table of the severest case, on linear light; then CIELAB of 1976, D65.
Triple seenBy(Eyes eyes, QColor colour) {
    static constexpr double views[3][3][3] = {
        {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        {{0.152286, 1.052583, -0.204868}, {0.114503, 0.786281, 0.099216}, {-0.003882, -0.048116, 1.051998}},
        {{0.367322, 0.860646, -0.227968}, {0.280085, 0.672501, 0.047413}, {-0.011820, 0.042940, 0.968881}}};
    const auto times = [](const double(&matrix)[3][3], const Triple& v) {
        Triple result{};
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t k = 0; k < 3; ++k) result[i] += matrix[i][k] * v[k];
        return result;
    };
    Triple light = times(views[static_cast<int>(eyes)],
                         {lightOf(colour.redF()), lightOf(colour.greenF()), lightOf(colour.blueF())});
    for (double& part : light) part = std::clamp(part, 0.0, 1.0);
    // Rows divided by the white point.
    const Triple xyz =
        times({{0.433953, 0.376219, 0.189828}, {0.212673, 0.715152, 0.072175}, {0.017758, 0.109477, 0.872766}}, light);
    const auto f = [](double t) { return t > 216.0 / 24389 ? std::cbrt(t) : (24389.0 / 27 * t + 16) / 116; };
    return {116 * f(xyz[1]) - 16, 500 * (f(xyz[0]) - f(xyz[1])), 200 * (f(xyz[1]) - f(xyz[2]))};
}

double distance(const Triple& a, const Triple& b) { return std::hypot(a[0] - b[0], a[1] - b[1], a[2] - b[2]); }

}  // namespace

class ThemeTest : public QObject {
    Q_OBJECT

private slots:
    void switchesLive();
    void textIsReadable_data();
    void textIsReadable();
    void curvesStandOut_data() { textIsReadable_data(); }
    void curvesStandOut();
    void classesAreToldApart_data() { textIsReadable_data(); }
    void classesAreToldApart();
    void boxesToTickStandOut_data() { textIsReadable_data(); }
    void boxesToTickStandOut();
    void fieldsHaveBordersInHighContrast();
    void aLongChoiceIsToldByItsTip();
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
    QTest::newRow("high contrast") << Theme::Mode::HighContrast;
}

void ThemeTest::textIsReadable() {
    QFETCH(Theme::Mode, mode);
    Theme::apply(*qApp, mode);
    const double least = mode == Theme::Mode::HighContrast ? 7 : 4.5;
    for (const auto text : {ColourRole::Text, ColourRole::MutedText, ColourRole::Error, ColourRole::Warning,
                            ColourRole::Success, ColourRole::Information}) {
        for (const auto back : {ColourRole::Window, ColourRole::Base, ColourRole::AlternateBase}) {
            const double ratio = contrast(themed(text), themed(back));
            QVERIFY2(ratio >= least, qPrintable(QString("role %1 on %2: %3").arg(int(text)).arg(int(back)).arg(ratio)));
        }
    }
    QVERIFY(contrast(themed(ColourRole::AccentText), themed(ColourRole::Accent)) >= 4.5);
    QVERIFY(contrast(themed(ColourRole::FocusRing), themed(ColourRole::Window)) >= 3);
}

void ThemeTest::curvesStandOut() {
    QFETCH(Theme::Mode, mode);
    Theme::apply(*qApp, mode);
    for (int i = 0; i < kSeriesHues; ++i) {
        const double ratio = contrast(Theme::instance().series(i), themed(ColourRole::Base));
        QVERIFY2(ratio >= 3, qPrintable(QString("series %1: %2").arg(i).arg(ratio)));
    }
}

// Ten classes of digits, with normal eyes and without red or green cones.
void ThemeTest::classesAreToldApart() {
    QFETCH(Theme::Mode, mode);
    Theme::apply(*qApp, mode);
    for (int i = 0; i < 12; ++i) {
        const QColor colour = Theme::instance().classColour(i);
        QVERIFY2(contrast(colour, themed(ColourRole::Base)) >= 2.2, qPrintable(colour.name()));
        for (int j = 0; j < i; ++j) {
            const QColor other = Theme::instance().classColour(j);
            const QString both = QStringLiteral("%1 %2 %3 %4").arg(i).arg(colour.name()).arg(j).arg(other.name());
            QVERIFY2(distance(seenBy(Eyes::Normal, colour), seenBy(Eyes::Normal, other)) >= 30, qPrintable(both));
            for (const Eyes eyes : {Eyes::NoRed, Eyes::NoGreen})
                QVERIFY2(distance(seenBy(eyes, colour), seenBy(eyes, other)) >= 12, qPrintable(both));
        }
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

void ThemeTest::fieldsHaveBordersInHighContrast() {
    Theme::apply(*qApp, Theme::Mode::HighContrast);
    QLineEdit line;
    QSpinBox spin;
    QListWidget list;
    for (QWidget* field : std::initializer_list<QWidget*>{&line, &spin, &list}) {
        field->resize(120, 40);
        const QImage picture = field->grab().toImage();
        const QColor edge = picture.pixelColor(0, 20), inside = picture.pixelColor(60, 20);
        QVERIFY2(std::abs(edge.lightness() - inside.lightness()) > 100, field->metaObject()->className());
    }
    Theme::apply(*qApp, Theme::Mode::Light);
}

void ThemeTest::aLongChoiceIsToldByItsTip() {
    Theme::apply(*qApp, Theme::Mode::Light);
    QComboBox box;
    box.addItems({"short", "a choice that is longer than its box < 1"});
    box.setToolTip("What to choose");
    box.setFixedWidth(90);
    box.show();
    const auto tip = [&] {
        QToolTip::hideText();
        QHelpEvent help(QEvent::ToolTip, {5, 5}, box.mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(&box, &help);
        return QToolTip::text();
    };
    QCOMPARE(tip(), QString("What to choose"));
    const QImage before = box.grab().toImage();
    box.setCurrentIndex(1);
    QCOMPARE(tip(), QString("a choice that is longer than its box &lt; 1<br>What to choose"));
    // It ends in dots, not in half a letter: nothing is drawn right before the arrow.
    QVERIFY(box.grab().toImage() != before);
    QToolTip::hideText();
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
