// What a tick of CurvePlot costs the GUI thread: six series, raw and smoothed, on a plot 1600 pixels wide.
// Prints median and p99 in ms, and the ratio to a plain widget that paints the same lines without Qt Charts.
// Run it from the release preset with QT_QPA_PLATFORM=offscreen; the goal is at most 4 ms, also for 10 million steps.

#include <time.h>

#include <QApplication>
#include <QPainter>
#include <algorithm>
#include <chrono>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <functional>
#include <thread>

#include "ui/widgets/CurvePlot.h"
#include "ui/widgets/Numbers.h"
#include "ui/widgets/PlaneFrame.h"
#include "ui/widgets/Theme.h"

using namespace perceptory::widgets;

namespace {

constexpr int kSeries = 6;
constexpr QSize kSize(1600, 400);
constexpr int kWarmUp = 10;
constexpr int kTicks = 200;
constexpr double kSmoothing = 0.9;

float noisyLoss(int series, double share) {
    static unsigned state = 12345;
    state = state * 1664525u + 1013904223u;
    const double noise = static_cast<double>(state >> 8) / (1u << 24) - 0.5;
    return static_cast<float>((0.1 * series + std::exp(-4 * share)) * (1 + 0.4 * noise));
}

class PaintWatch : public QObject {
public:
    explicit PaintWatch(QWidget& widget) { widget.installEventFilter(this); }
    bool painted = false;

protected:
    bool eventFilter(QObject*, QEvent* event) override {
        painted = painted || event->type() == QEvent::Paint;
        return false;
    }
};

// The same lines and an axis, by hand.
class PlainPlot : public QWidget {
public:
    std::vector<CurveHistory> histories{kSeries};
    AxisRange steps{0, 1};
    AxisRange values{0, 2};

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        painter.fillRect(rect(), themed(ColourRole::Base));
        const QRectF area = QRectF(rect()).adjusted(50, 30, -10, -40);
        painter.setPen(themed(ColourRole::MutedText));
        for (const double tick : ticksWithin(steps.low, steps.high, 16)) {
            const double x = area.left() + (tick - steps.low) / steps.length() * area.width();
            painter.drawLine(QPointF(x, area.top()), QPointF(x, area.bottom()));
            painter.drawText(QPointF(x - 20, area.bottom() + 16), shortNumber(tick, 8));
        }
        for (const double tick : ticksWithin(values.low, values.high, 8)) {
            const double y = area.bottom() - (tick - values.low) / values.length() * area.height();
            painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y));
            painter.drawText(QPointF(4, y + 4), shortNumber(tick));
        }
        painter.setClipRect(area);
        painter.setRenderHint(QPainter::Antialiasing);
        for (int i = 0; i < kSeries; ++i) {
            drawCurve(painter, area, i);
        }
    }

private:
    void drawCurve(QPainter& painter, const QRectF& area, int series) {
        histories[static_cast<std::size_t>(series)].pieces(steps.low, steps.high, static_cast<int>(area.width()),
                                                           m_pieces);
        const auto x = [&](const CurvePiece& piece) {
            return area.left() + (piece.middle() - steps.low) / steps.length() * area.width();
        };
        const auto y = [&](float v) { return area.bottom() - (v - values.low) / values.length() * area.height(); };
        m_points.clear();
        for (const CurvePiece& piece : m_pieces) {
            m_points.emplace_back(x(piece), y(piece.raw.low));
            if (piece.raw.high > piece.raw.low) {
                m_points.emplace_back(x(piece), y(piece.raw.high));
            }
        }
        const QColor colour = Theme::instance().series(series);
        QPen pen(faded(colour, 0.35), 1);
        pen.setCosmetic(true);
        painter.setPen(pen);
        painter.setRenderHint(QPainter::Antialiasing, false);
        painter.drawPolyline(m_points.data(), static_cast<int>(m_points.size()));
        m_points.clear();
        for (const CurvePiece& piece : m_pieces) {
            m_points.emplace_back(x(piece), y(piece.smooth));
        }
        pen.setColor(colour);
        painter.setPen(pen);
        painter.setRenderHint(QPainter::Antialiasing);
        for (const int shift : {0, 1}) {
            painter.translate(0, shift);
            painter.drawPolyline(m_points.data(), static_cast<int>(m_points.size()));
        }
        painter.translate(0, -1);
    }

    std::vector<CurvePiece> m_pieces;
    std::vector<QPointF> m_points;
};

double threadMs() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return 1e3 * static_cast<double>(now.tv_sec) + 1e-6 * static_cast<double>(now.tv_nsec);
}

struct Times {
    double median = 0;
    double p99 = 0;
    double cpuMedian = 0;
};

// Each tick: change something, then wait until the paint event has been handled.
Times measure(QWidget& painted, const std::function<void(int)>& change) {
    PaintWatch watch(painted);
    std::vector<double> wall;
    std::vector<double> cpu;
    for (int tick = 0; tick < kWarmUp + kTicks; ++tick) {
        watch.painted = false;
        const auto begin = std::chrono::steady_clock::now();
        const double cpuBegin = threadMs();
        change(tick);
        while (!watch.painted) {
            QCoreApplication::processEvents();
        }
        if (tick >= kWarmUp) {
            wall.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count());
            cpu.push_back(threadMs() - cpuBegin);
        }
        std::this_thread::sleep_for(std::chrono::milliseconds(33) - (std::chrono::steady_clock::now() - begin));
    }
    std::sort(wall.begin(), wall.end());
    std::sort(cpu.begin(), cpu.end());
    return {wall[wall.size() / 2], wall[wall.size() * 99 / 100], cpu[cpu.size() / 2]};
}

std::vector<std::vector<CurveBucket>> run(quint64 buckets, quint64 stepsEach) {
    std::vector<std::vector<CurveBucket>> all(kSeries);
    for (int i = 0; i < kSeries; ++i) {
        for (quint64 b = 0; b < buckets; ++b) {
            const float value = noisyLoss(i, static_cast<double>(b) / static_cast<double>(buckets));
            all[static_cast<std::size_t>(i)].push_back(
                {b * stepsEach, stepsEach, 0.9f * value, 1.1f * value, value, value});
            if (stepsEach == 1) {
                all[static_cast<std::size_t>(i)].back() = singleValue(b, value);
            }
        }
    }
    return all;
}

void report(const char* name, const Times& plot, const Times& plain) {
    std::printf("%-34s CurvePlot %.2f / %.2f ms (cpu %.2f)   plain %.2f / %.2f ms (cpu %.2f)   cpu ratio %.2f\n", name,
                plot.median, plot.p99, plot.cpuMedian, plain.median, plain.p99, plain.cpuMedian,
                plot.cpuMedian / plain.cpuMedian);
    std::fflush(stdout);
}

// `axisMoves`: the steps axis is given another range at each tick, the dearest case.
void compare(const char* name, quint64 buckets, quint64 stepsEach, bool axisMoves, bool logarithmic) {
    const auto values = run(buckets, stepsEach);
    const auto next = [&](int tick) { return (buckets + static_cast<quint64>(tick)) * stepsEach; };
    const auto bucket = [&](int series, int tick) {
        const float value = noisyLoss(series, 1);
        return stepsEach == 1 ? singleValue(next(tick), value)
                              : CurveBucket{next(tick), stepsEach, 0.9f * value, 1.1f * value, value, value};
    };
    Times plotTimes;
    {
        CurvePlot plot;
        std::vector<Curve> curves;
        for (int i = 0; i < kSeries; ++i) {
            curves.push_back({QStringLiteral("series %1").arg(i), i, i % 2 == 1});
        }
        plot.setCurves(curves);
        plot.setAxisNames(QStringLiteral("step"), QStringLiteral("loss"));
        plot.setSmoothing(kSmoothing);
        plot.setLogScale(logarithmic);
        for (int i = 0; i < kSeries; ++i) {
            plot.append(i, values[static_cast<std::size_t>(i)]);
        }
        plot.resize(kSize);
        plot.show();
        QCoreApplication::processEvents();
        plotTimes = measure(*plot.viewport(), [&](int tick) {
            for (int i = 0; i < kSeries; ++i) {
                const CurveBucket one = bucket(i, tick);
                plot.append(i, {&one, 1});
            }
            if (axisMoves) {
                plot.zoomTo({static_cast<double>(tick * stepsEach), static_cast<double>(next(tick))}, {0.001, 2});
            }
        });
    }
    PlainPlot plain;
    for (int i = 0; i < kSeries; ++i) {
        plain.histories[static_cast<std::size_t>(i)].setSmoothing(kSmoothing);
        plain.histories[static_cast<std::size_t>(i)].append(values[static_cast<std::size_t>(i)]);
    }
    plain.resize(kSize);
    plain.show();
    const Times plainTimes = measure(plain, [&](int tick) {
        for (int i = 0; i < kSeries; ++i) {
            const CurveBucket one = bucket(i, tick);
            plain.histories[static_cast<std::size_t>(i)].append({&one, 1});
        }
        plain.steps = {axisMoves ? static_cast<double>(tick * stepsEach) : 0.0, static_cast<double>(next(tick))};
        plain.update();
    });
    report(name, plotTimes, plainTimes);
}

}  // namespace

// Usage: bench_curve_plot [number of one case]
int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const int only = argc > 1 ? std::atoi(argv[1]) : 0;
    Theme::apply(application, Theme::Mode::Light);
    std::printf("curve_plot: %d series, raw and smoothed, %dx%d, median / p99 of %d ticks at 30 Hz\n", kSeries,
                kSize.width(), kSize.height(), kTicks);
    if (only == 0 || only == 1) {
        compare("2,000 points, growing run", 1900, 1, false, false);
    }
    if (only == 0 || only == 2) {
        compare("2,000 points, axis moves each tick", 1900, 1, true, false);
    }
    if (only == 0 || only == 3) {
        compare("2,000 points, logarithmic", 1900, 1, false, true);
    }
    if (only == 0 || only == 4) {
        compare("10,000,000 steps, growing run", 1 << 20, 10, false, false);
    }
    if (only == 0 || only == 5) {
        compare("10,000,000 steps, axis moves", 1 << 20, 10, true, false);
    }
    return 0;
}
