// Forms made from descriptions: each kind of parameter has its control, tells what the user chose, and shows what is
// given without telling anybody.

#include <QCheckBox>
#include <QComboBox>
#include <QDoubleSpinBox>
#include <QLineEdit>
#include <QSlider>
#include <QTest>

#include "engine/data/augmentation/Augmentation.h"
#include "engine/data/generators/Generator.h"
#include "engine/data/preprocessing/Preprocessing.h"
#include "engine/data/readers/Reader.h"
#include "engine/initializers/Initializer.h"
#include "engine/layers/Layer.h"
#include "engine/losses/Loss.h"
#include "engine/optimizers/Optimizer.h"
#include "engine/schedules/Schedule.h"
#include "ui/forms/ParamField.h"
#include "ui/forms/ParamForm.h"
#include "ui/forms/SliderScale.h"
#include "ui/widgets/SteppedBox.h"

namespace perceptory::forms {

using base::Json;

namespace {

struct Heard {
    QString id;
    Json value;
    bool final;
};

// A form that remembers what it told.
struct Form {
    std::vector<Heard> heard;
    ParamForm form;

    explicit Form(std::vector<base::ParamType> types, const Json& values = Json::object())
        : form(std::move(types), values) {
        QObject::connect(&form, &ParamForm::changed, &form, [this](const QString& id, const Json& value, bool final) {
            heard.push_back({id, value, final});
        });
        form.show();
    }

    template <class Control>
    Control* control(const QString& name) {
        for (Control* each : form.findChildren<Control*>())
            if (each->accessibleName() == name) return each;
        return nullptr;
    }

    QString last() const {
        if (heard.empty()) return {};
        return heard.back().id + '=' + QString::fromStdString(heard.back().value.dump());
    }
};

void choose(QComboBox* box, const QString& data) {
    const int place = box->findData(data);
    QVERIFY2(place >= 0, qPrintable(data));
    box->setCurrentIndex(place);
    emit box->activated(place);
}

void type(QWidget* field, const QString& text) {
    auto* line = qobject_cast<QLineEdit*>(field);
    if (!line) line = field->findChild<QLineEdit*>();
    line->selectAll();
    QTest::keyClicks(line, text);
    QTest::keyClick(line, Qt::Key_Return);
}

base::ParamType textParam(const char* id, const char* label, const char* fallback) {
    base::ParamType type;
    type.id = id;
    type.label = label;
    type.kind = base::ParamKind::Text;
    type.fallback = fallback;
    return type;
}

std::vector<const base::KindType*> shapes() {
    static const base::KindType round{"round", "Round", "", {base::numberParam("radius", "Radius", "", 1, 0, 10)}};
    static const base::KindType square{"square", "Square", "", {base::integerParam("side", "Side", "", 2, 1, 9)}};
    return {&round, &square};
}

std::vector<const base::KindType*> everyMember() {
    std::vector<const base::KindType*> all;
    for (const auto& kinds : {data::augmentations().kinds(), data::preprocessing().kinds(), data::generators().kinds(),
                              data::readers().kinds(), optimizers::shelf().kinds(), layers::shelf().kinds(),
                              losses::shelf().kinds(), schedules::shelf().kinds(), initializers::shelf().kinds()})
        all.insert(all.end(), kinds.begin(), kinds.end());
    return all;
}

bool takesKeys(const ParamField& field, const QString& label) {
    for (const QWidget* control : field.findChildren<QWidget*>())
        if (control->focusPolicy() != Qt::NoFocus && control->accessibleName().startsWith(label)) return true;
    return false;
}

}  // namespace

class ParamFormTest : public QObject {
    Q_OBJECT

private slots:
    void aNumberIsTyped() {
        Form form({base::numberParam("noise", "Noise", "How much.", 0.1, 0, 0.5)});
        auto* field = form.control<widgets::SteppedBox>("Noise");
        QVERIFY(field);
        QCOMPARE(field->value(), 0.1);
        type(field, "0,23");
        QCOMPARE(form.last(), "noise=0.23");
        QVERIFY(form.heard.back().final);
        type(field, "7");
        QCOMPARE(form.heard.size(), std::size_t{1});
        QCOMPARE(field->value(), 0.23);
    }

    void aDragIsFinalAtItsEndOnly() {
        Form form({base::numberParam("noise", "Noise", "", 0.1, 0, 0.5)});
        auto* slider = form.control<QSlider>("Noise, slider");
        QVERIFY(slider);
        const int before = slider->value();
        slider->setSliderDown(true);
        for (const int place : {before + 3, before + 9, before}) slider->setSliderPosition(place);
        QCOMPARE(form.heard.size(), std::size_t{3});
        for (const Heard& heard : form.heard) QVERIFY(!heard.final);
        slider->setSliderDown(false);
        QVERIFY(form.heard.back().final);
        QCOMPARE(form.last(), "noise=0.1");
        QTest::keyClick(slider, Qt::Key_Right);
        QVERIFY(form.heard.back().final);
        QVERIFY(form.heard.back().value.get<double>() > 0.1);
    }

    void theSliderSuitsTheRange() {
        base::ParamType rate = base::numberParam("rate", "Rate", "", 0.01, 0, 1000);
        rate.logScale = true;
        const std::vector<double> rates = sliderValues(rate);
        for (const double useful : {0.0, 0.001, 0.003, 0.01, 0.3, 10.0, 1000.0})
            QVERIFY2(std::ranges::count(rates, useful) == 1, qPrintable(QString::number(useful)));
        const std::vector<double> shares = sliderValues(base::numberParam("p", "P", "", 0.5, 0, 1));
        QCOMPARE(shares.size(), std::size_t{101});
        QVERIFY(std::ranges::count(shares, 0.3) == 1);
        const std::vector<double> wide = sliderValues(base::numberParam("low", "Low", "", -3, -1e9, 1e9));
        for (const double useful : {-1e9, -1.0, 0.0, 2.0, 1e9})
            QVERIFY2(std::ranges::count(wide, useful) == 1, qPrintable(QString::number(useful)));
        for (const base::KindType* kind : everyMember())
            for (const base::ParamType& parameter : kind->parameters) {
                if (parameter.kind != base::ParamKind::Number) continue;
                const std::vector<double> values = sliderValues(parameter);
                QVERIFY2(std::ranges::is_sorted(values) && values.size() < 500 && values.front() == parameter.minimum &&
                             values.back() == parameter.maximum,
                         qPrintable(QString::fromStdString(kind->id + "." + parameter.id)));
            }
    }

    void aWholeNumber() {
        Form form({base::integerParam("steps", "Steps", "", 10000, 1, 1000000000000)}, {{"steps", 5000000000}});
        auto* field = form.control<QDoubleSpinBox>("Steps");
        QVERIFY(field);
        QCOMPARE(field->value(), 5e9);
        type(field, "7000000000");
        QCOMPARE(form.last(), "steps=7000000000");
    }

    void aSwitchAndWhatHangsOnIt() {
        std::vector<base::ParamType> types{base::switchParam("cycle", "Cycle", "", false),
                                           base::numberParam("least", "Least", "", 0, 0, 1)};
        types[1].visibleIf = "cycle";
        Form form(types);
        auto* box = form.control<QCheckBox>("Cycle");
        auto* hanging = form.control<widgets::SteppedBox>("Least");
        QVERIFY(box && hanging && !hanging->isVisible());
        QTest::keyClick(box, Qt::Key_Space);
        QCOMPARE(form.last(), "cycle=true");
        QVERIFY(hanging->isVisible());
        form.form.setValues({{"cycle", false}});
        QVERIFY(!hanging->isVisible());
    }

    void aChoice() {
        Form form({base::choiceParam("fill", "Fill", "", "edge", {"constant", "edge"})});
        auto* box = form.control<QComboBox>("Fill");
        QVERIFY(box);
        QCOMPARE(box->currentData().toString(), "edge");
        choose(box, "constant");
        QCOMPARE(form.last(), "fill=\"constant\"");
    }

    void aPair() {
        Form form({base::pairParam("size", "Size", "", 3, 1, 9, {"same"})}, {{"size", Json::array({2, 5})}});
        auto* height = form.control<QDoubleSpinBox>("Size, height");
        auto* width = form.control<QDoubleSpinBox>("Size, width");
        auto* same = form.control<QCheckBox>("Size, same for both");
        auto* words = form.control<QComboBox>("Size");
        QVERIFY(height && width && same && words);
        QCOMPARE(height->value(), 2.0);
        QCOMPARE(width->value(), 5.0);
        QVERIFY(!same->isChecked());
        width->setValue(4);
        QCOMPARE(form.last(), "size=[2,4]");
        QTest::keyClick(same, Qt::Key_Space);
        QCOMPARE(form.last(), "size=2");
        QVERIFY(!width->isVisible());
        choose(words, "same");
        QCOMPARE(form.last(), "size=\"same\"");
        QVERIFY(!height->isVisible());
        const std::size_t told = form.heard.size();
        form.form.setValues({{"size", 7}});
        QVERIFY(height->isVisible());
        QCOMPARE(height->value(), 7.0);
        QCOMPARE(form.heard.size(), told);
    }

    void aText() {
        Form form({textParam("columns", "Columns", "a")});
        auto* line = form.control<QLineEdit>("Columns");
        QVERIFY(line);
        QCOMPARE(line->text(), "a");
        QTest::keyClick(line, Qt::Key_Return);
        QVERIFY(form.heard.empty());
        type(line, "a, b");
        QCOMPARE(form.last(), "columns=\"a, b\"");
    }

    void aKindWithItsOwnForm() {
        Form form({base::kindParam("shape", "Shape", "", nullptr, shapes)});
        auto* box = form.control<QComboBox>("Shape");
        QVERIFY(box);
        QCOMPARE(box->currentText(), "None");
        choose(box, "round");
        QCOMPARE(form.last(), "shape=\"round\"");
        auto* radius = form.control<widgets::SteppedBox>("Radius");
        QVERIFY(radius);
        type(radius, "3");
        QCOMPARE(form.last(), R"(shape={"type":"round","parameters":{"radius":3.0}})");
        choose(box, "square");
        QVERIFY(!form.control<widgets::SteppedBox>("Radius"));
        choose(box, "");
        QCOMPARE(form.last(), "shape=null");
        form.form.setValues({{"shape", {{"type", "square"}, {"parameters", {{"side", 8}}}}}});
        QVERIFY(form.control<QDoubleSpinBox>("Side"));
        QCOMPARE(form.control<QDoubleSpinBox>("Side")->value(), 8.0);
    }

    void valuesOfTheWrongKindShowTheDefault() {
        const Json wrong{{"n", "x"}, {"i", "x"}, {"s", 3}, {"c", 3}, {"p", true}, {"t", 3}, {"k", 3}};
        Form form({base::numberParam("n", "N", "", 0.5, 0, 1), base::integerParam("i", "I", "", 4, 1, 9),
                   base::switchParam("s", "S", "", true), base::choiceParam("c", "C", "", "b", {"a", "b"}),
                   base::pairParam("p", "P", "", 3, 1, 9), textParam("t", "T", "text"),
                   base::kindParam("k", "K", "", "square", shapes)},
                  wrong);
        QCOMPARE(form.control<widgets::SteppedBox>("N")->value(), 0.5);
        QCOMPARE(form.control<QDoubleSpinBox>("I")->value(), 4.0);
        QVERIFY(form.control<QCheckBox>("S")->isChecked());
        QCOMPARE(form.control<QComboBox>("C")->currentText(), "b");
        QCOMPARE(form.control<QDoubleSpinBox>("P, height")->value(), 3.0);
        QCOMPARE(form.control<QLineEdit>("T")->text(), "text");
        QCOMPARE(form.control<QComboBox>("K")->currentText(), "Square");
        QVERIFY(form.heard.empty());
    }

    void helpIsShownAndRead() {
        Form form({base::numberParam("noise", "Noise", "How much < all.", 0.1, 0, 1)});
        auto* field = form.control<widgets::SteppedBox>("Noise");
        QVERIFY(field->toolTip().contains("How much &lt; all."));
        QCOMPARE(field->accessibleDescription(), "How much < all.");
    }

    void everyMemberOfTheShelvesHasAForm() {
        int parameters = 0;
        for (const base::KindType* kind : everyMember()) {
            Form form(kind->parameters);
            for (const base::ParamType& parameter : kind->parameters) {
                const QString name = QString::fromStdString(kind->id + "." + parameter.id);
                auto* field = form.form.findChild<ParamField*>(QString::fromStdString(parameter.id));
                QVERIFY2(field, qPrintable(name));
                QVERIFY2(takesKeys(*field, QString::fromStdString(parameter.label)), qPrintable(name));
                ++parameters;
            }
            QVERIFY2(form.heard.empty(), kind->id.c_str());
        }
        QVERIFY(parameters > 150);
    }
};

}  // namespace perceptory::forms

QTEST_MAIN(perceptory::forms::ParamFormTest)
#include "ParamFormTest.moc"
