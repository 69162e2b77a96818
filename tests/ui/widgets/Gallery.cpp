// Writes a picture of every widget in the light and the dark theme into the folder named on the command line.

#include <QApplication>
#include <QDir>
#include <QHBoxLayout>
#include <QLabel>
#include <QPainter>
#include <QVBoxLayout>
#include <cmath>

#include "ui/widgets/ColourLegend.h"
#include "ui/widgets/CurvePlot.h"
#include "ui/widgets/HeatmapView.h"
#include "ui/widgets/LabelledSlider.h"
#include "ui/widgets/MessageBar.h"
#include "ui/widgets/SteppedBox.h"
#include "ui/widgets/Theme.h"
#include "ui/widgets/Thumbnail.h"

using namespace perceptory::widgets;

namespace {

HeatmapGrid circle(int size) {
    HeatmapGrid grid{size, size, {}};
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            const double px = -6 + 12 * (x + 0.5) / size;
            const double py = 6 - 12 * (y + 0.5) / size;
            grid.values.push_back(static_cast<float>(std::tanh(3 - std::hypot(px, py) + 0.4 * std::sin(2 * px))));
        }
    }
    return grid;
}

ClassGrid sectors(int size, int classes) {
    ClassGrid grid{size, size, classes, {}};
    for (int y = 0; y < size; ++y) {
        for (int x = 0; x < size; ++x) {
            const double px = -6 + 12 * (x + 0.5) / size;
            const double py = 6 - 12 * (y + 0.5) / size;
            std::vector<double> scores;
            double sum = 0;
            for (int k = 0; k < classes; ++k) {
                const double angle = 6.283 * k / classes + 0.3 * std::hypot(px, py);
                scores.push_back(std::exp(1.2 * (px * std::cos(angle) + py * std::sin(angle))));
                sum += scores.back();
            }
            for (const double score : scores) {
                grid.values.push_back(static_cast<float>(score / sum));
            }
        }
    }
    return grid;
}

std::vector<PlanePoint> points(int count, int classes) {
    std::vector<PlanePoint> result;
    unsigned state = 7;
    const auto next = [&] {
        state = state * 1664525u + 1013904223u;
        return static_cast<float>(state >> 8) / static_cast<float>(1u << 24);
    };
    for (int i = 0; i < count; ++i) {
        const float angle = 6.283f * next();
        const int cls = i % classes;
        const float radius = classes == 2 ? (cls == 1 ? 2.5f * next() : 3.5f + 1.5f * next()) : 5 * next();
        result.push_back({radius * std::cos(angle), radius * std::sin(angle), cls, i % 3 == 0, 0});
    }
    return result;
}

void fill(CurvePlot& plot, int steps, bool bad) {
    plot.setCurves(
        {{"train loss", 0, false}, {"test loss", 0, true}, {"run 2, train", 1, false}, {"run 2, test", 1, true}});
    unsigned state = 3;
    for (int curve = 0; curve < 4; ++curve) {
        for (int step = 0; step < steps; ++step) {
            state = state * 1664525u + 1013904223u;
            const float noise = static_cast<float>(state >> 8) / static_cast<float>(1u << 24) - 0.5f;
            float value = std::exp(-5.0f * static_cast<float>(step) / static_cast<float>(steps)) *
                              (0.6f + 0.15f * static_cast<float>(curve)) * (1 + 0.5f * noise) +
                          0.004f;
            if (bad && curve == 0 && step > steps / 2 && step < steps / 2 + 30) {
                value = std::nanf("");
            }
            if (bad && curve == 2 && step % 50 == 20) {
                value = 0;
            }
            plot.append(curve, static_cast<quint64>(step), value);
        }
    }
    plot.setEvents({{static_cast<quint64>(steps / 3), "rate 0.03 → 0.01"}});
}

class Thumbnails : public QWidget {
public:
    Thumbnails() { setFixedSize(300, 50); }

protected:
    void paintEvent(QPaintEvent*) override {
        QPainter painter(this);
        const ColourMap maps[] = {ColourMap::of(ColourMap::Kind::BlueOrange),
                                  ColourMap::of(ColourMap::Kind::PurpleGreen), ColourMap::of(ColourMap::Kind::Viridis),
                                  ColourMap::of(ColourMap::Kind::Cividis)};
        for (int i = 0; i < 8; ++i) {
            paintThumbnail(painter, QRect(6 + 36 * i, 10, 30, 30),
                           thumbnail(circle(100), maps[i % 4], {-1, 1}, {30, 30}), i < 4 ? 1 : 0.4);
        }
    }
};

class Gallery {
public:
    Gallery(QString folder, QString theme) : m_folder(std::move(folder)), m_theme(std::move(theme)) {}

    void save(QWidget& widget, const QString& name, QSize size) {
        widget.resize(size);
        widget.show();
        QApplication::processEvents();
        QApplication::processEvents();
        widget.grab().save(QDir(m_folder).filePath(name + "-" + m_theme + ".png"));
    }

private:
    QString m_folder;
    QString m_theme;
};

void heatmaps(Gallery& gallery) {
    HeatmapView binary;
    binary.setAxisNames("X1", "X2");
    binary.setValues(circle(100));
    binary.setContourLevel(0.0f);
    binary.setPoints(points(300, 2));
    gallery.save(binary, "heatmap-binary", {320, 340});

    HeatmapView classes;
    classes.setClasses(sectors(64, 5));
    classes.setContourLevel(0.5f);
    classes.setPoints(points(600, 5));
    classes.setCaption("neuron 3 of layer 2");
    classes.setMarkedPlace(QPointF(2, 2));
    gallery.save(classes, "heatmap-classes", {320, 340});

    HeatmapView discrete;
    discrete.setValues(circle(48));
    discrete.setDiscrete(true);
    discrete.setContourLevel(0.0f);
    gallery.save(discrete, "heatmap-discrete", {220, 220});

    HeatmapView broken;
    HeatmapGrid grid = circle(48);
    std::fill(grid.values.begin() + 500, grid.values.begin() + 1200, std::nanf(""));
    broken.setValues(grid);
    gallery.save(broken, "heatmap-nan", {220, 220});

    Thumbnails thumbnails;
    gallery.save(thumbnails, "thumbnails", {300, 50});
}

void curves(Gallery& gallery) {
    CurvePlot plot;
    plot.setAxisNames("step", "loss");
    plot.resize(900, 420);
    fill(plot, 1500, true);
    plot.setSmoothing(0.9);
    plot.show();
    QApplication::processEvents();
    plot.setCrosshair(500);
    gallery.save(plot, "curves-linear", {900, 420});
    plot.setLogScale(true);
    gallery.save(plot, "curves-log", {900, 420});
    CurvePlot small;
    fill(small, 60, false);
    gallery.save(small, "curves-small", {300, 170});
    CurvePlot tiny;
    fill(tiny, 60, false);
    gallery.save(tiny, "curves-tiny", {240, 120});
    CurvePlot empty;
    empty.setCurves({{"train loss", 0, false}, {"test loss", 1, true}});
    gallery.save(empty, "curves-empty", {300, 200});
}

void controls(Gallery& gallery) {
    QWidget page;
    auto* column = new QVBoxLayout(&page);
    auto* error = new MessageBar;
    auto* warning = new MessageBar;
    auto* done = new MessageBar;
    column->addWidget(error);
    column->addWidget(warning);
    column->addWidget(done);
    error->showMessage(
        MessageBar::Severity::Error,
        "The loss became NaN at step 412 in layer “Dense 2”. The rate is probably too high; training stopped "
        "at the last finite weights.");
    error->addButton("Continue with half the rate", [] {});
    warning->showMessage(MessageBar::Severity::Warning, "3 rows of “iris.csv” have empty cells.");
    warning->addButton("Drop them", [] {});
    warning->addButton("Use the mean", [] {});
    done->showMessage(MessageBar::Severity::Success, "Kept 5 of 7 layers.");
    auto* row = new QHBoxLayout;
    auto* rate = new SteppedBox;
    rate->setSteps({0.001, 0.003, 0.01, 0.03, 0.1, 0.3, 1});
    rate->setValue(0.03);
    row->addWidget(new QLabel("Rate"));
    row->addWidget(rate);
    auto* noise = new LabelledSlider("Noise");
    noise->setRange(0, 50, 5);
    noise->setFormat([](double value) { return QString("%1 %").arg(value); });
    noise->setValue(20);
    row->addWidget(noise, 1);
    column->addLayout(row);
    auto* bars = new QHBoxLayout;
    for (const auto kind : {ColourMap::Kind::BlueOrange, ColourMap::Kind::PurpleGreen, ColourMap::Kind::Viridis}) {
        auto* bar = new ColourBar;
        bar->setColourMap(kind);
        bar->setRange(kind == ColourMap::Kind::Viridis ? ValueRange{0, 37.5f} : ValueRange{-1, 1});
        bars->addWidget(bar);
    }
    column->addLayout(bars);
    auto* legend = new ClassLegend;
    legend->setClassNames({"zero", "one", "two", "three", "four", "five", "six", "seven"});
    column->addWidget(legend);
    column->addStretch();
    gallery.save(page, "controls", {640, 330});
}

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    const QString folder = argc > 1 ? QString::fromLocal8Bit(argv[1]) : QStringLiteral(".");
    QDir().mkpath(folder);
    for (const auto mode : {Theme::Mode::Light, Theme::Mode::Dark}) {
        Theme::apply(application, mode);
        Gallery gallery(folder, mode == Theme::Mode::Light ? "light" : "dark");
        heatmaps(gallery);
        curves(gallery);
        controls(gallery);
    }
    return 0;
}
