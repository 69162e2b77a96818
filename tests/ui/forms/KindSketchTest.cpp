// What a chosen activation, schedule or initializer looks like.

#include <QComboBox>
#include <QLabel>
#include <QTest>
#include <algorithm>
#include <cmath>

#include "engine/activations/Activation.h"
#include "engine/initializers/Initializer.h"
#include "engine/layers/Layer.h"
#include "engine/losses/Loss.h"
#include "engine/schedules/Schedule.h"
#include "ui/forms/KindField.h"
#include "ui/forms/KindSketch.h"
#include "ui/forms/ParamForm.h"

using namespace perceptory;
using namespace perceptory::forms;
using base::Json;

namespace {

double valueAt(const widgets::CurveSketch::Curve& curve, double x) {
    return std::ranges::min(curve.points, {}, [&](const QPointF& point) { return std::abs(point.x() - x); }).y();
}

}  // namespace

class KindSketchTest : public QObject {
    Q_OBJECT

private slots:
    void anActivationShowsItselfAndItsDerivative() {
        const auto sketch = sketchOf(activations::shelf().get("tanh", "test"), Json::object(), {});
        QVERIFY(sketch && sketch->curves.size() == 2);
        QVERIFY(std::abs(valueAt(sketch->curves[0], 1) - std::tanh(1.0)) < 1e-9);
        QVERIFY(std::abs(valueAt(sketch->curves[1], 1) - (1 - std::tanh(1.0) * std::tanh(1.0))) < 1e-6);
        const base::KindType& leaky = activations::shelf().get("leaky_relu", "test");
        const auto steep = sketchOf(leaky, {{leaky.parameters[0].id, 0.5}}, {});
        QCOMPARE(valueAt(steep->curves[0], -2), -1.0);
    }

    void aScheduleShowsItsFactorOverTheTraining() {
        const base::KindType& exponential = schedules::shelf().get("exponential", "test");
        const auto sketch = sketchOf(exponential, Json::object(), {.time = 40});
        QVERIFY(sketch);
        QCOMPARE(sketch->curves[0].points.back().x(), 40.0);
        QVERIFY(sketch->curves[0].points.back().y() < sketch->curves[0].points.front().y());
        QVERIFY(!sketchOf(schedules::shelf().get("constant", "test"), Json::object(), {}));
        QVERIFY(!sketchOf(schedules::shelf().get("reduce_on_plateau", "test"), Json::object(), {}));
    }

    void anInitializerShowsHowItSpreads() {
        const auto sketch =
            sketchOf(initializers::shelf().get("he_normal", "test"), Json::object(), {.fanIn = 200, .fanOut = 10});
        const double deviation = sketch ? sketch->words.section(' ', -1).toDouble() : 0;
        QVERIFY(std::abs(deviation - 0.1) < 0.005);  // √(2 / 200)
        double sum = 0;
        for (std::size_t i = 0; i + 1 < sketch->curves[0].points.size(); ++i) sum += sketch->curves[0].points[i].y();
        QVERIFY(std::abs(sum - 100) < 1e-6);
        QVERIFY(sketchOf(initializers::shelf().get("orthogonal", "test"), Json::object(), {.fanIn = 1 << 20}));
        QVERIFY(!sketchOf(initializers::shelf().get("zeros", "test"), Json::object(), {}));
    }

    void everyMemberCanBeAsked() {
        for (const auto& kinds : {activations::shelf().kinds(), schedules::shelf().kinds(),
                                  initializers::shelf().kinds(), losses::shelf().kinds()})
            for (const base::KindType* kind : kinds)
                if (const auto sketch = sketchOf(*kind, Json::object(), {.fanIn = 3, .fanOut = 5, .time = 0}))
                    QVERIFY2(!sketch->words.isEmpty() && !sketch->curves.empty(), kind->id.c_str());
        QVERIFY(
            !sketchOf(activations::shelf().get("leaky_relu", "test"), {{"slope", "steep"}, {"alpha", "steep"}}, {}));
    }

    void theFormShowsThePictureOfWhatIsChosen() {
        const base::ParamType param = base::kindParam("activation", "Activation", "", "relu", activations::kinds);
        ParamForm form({param}, Json::object(), {.tellsChanges = true});
        form.show();
        auto* sketch = form.findChild<widgets::CurveSketch*>();
        QVERIFY(sketch && sketch->isVisible());
        QCOMPARE(valueAt(sketch->curves()[0], -3), 0.0);
        form.setValues({{"activation", "tanh"}});
        QVERIFY(valueAt(sketch->curves()[0], -3) < -0.9);
        QCOMPARE(form.findChild<KindField*>()->kind(), activations::shelf().find("tanh"));
        const auto labels = form.findChildren<QLabel*>();
        QVERIFY(std::ranges::any_of(labels, [](const QLabel* label) {
            return label->text() == QStringLiteral("↻") && label->toolTip().contains("rebuilds");
        }));
        QCOMPARE(changesLegend({param}).count(QStringLiteral("↻")), 1);
        QVERIFY(!changesLegend({param}).contains(QStringLiteral("▸")));
    }
};

QTEST_MAIN(KindSketchTest)
#include "KindSketchTest.moc"
