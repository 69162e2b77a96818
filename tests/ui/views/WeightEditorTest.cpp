// The field for one weight: what is typed is set, and nothing else.

#include <QApplication>
#include <QLineEdit>
#include <QSignalSpy>
#include <QTest>

#include "ui/views/playground/WeightEditor.h"

namespace perceptory::views {

class WeightEditorTest : public QObject {
    Q_OBJECT

private slots:
    void enterSetsWhatWasTyped_data() {
        QTest::addColumn<QString>("typed");
        QTest::addColumn<QList<double>>("entered");
        QTest::addColumn<bool>("stays");
        QTest::newRow("number") << "-1,25" << QList{-1.25} << false;
        QTest::newRow("rounded as shown") << "0.12346" << QList<double>{} << false;
        QTest::newRow("word") << "much" << QList<double>{} << true;
        QTest::newRow("infinite in single precision") << "1e300" << QList<double>{} << true;
    }

    void enterSetsWhatWasTyped() {
        QFETCH(QString, typed);
        QFETCH(QList<double>, entered);
        QFETCH(bool, stays);
        QWidget picture;
        picture.resize(300, 200);
        WeightEditor editor(&picture);
        picture.show();
        QSignalSpy spy(&editor, &WeightEditor::entered);
        editor.open(QStringLiteral("Weight"), 0.123456789, {140, 90, 20, 20}, picture.rect());
        QCOMPARE(editor.field()->text(), QStringLiteral("0.12346"));
        editor.field()->setText(typed);
        QTest::keyClick(editor.field(), Qt::Key_Return);
        QList<double> values;
        for (const QList<QVariant>& call : spy) values += call[0].toDouble();
        QCOMPARE(values, entered);
        QCOMPARE(editor.isVisible(), stays);
        QCOMPARE(editor.message().isEmpty(), !stays);
        if (!stays) return;
        QVERIFY(picture.rect().contains(editor.geometry()));
        QTest::keyClick(editor.field(), Qt::Key_1);
        QVERIFY(editor.message().isEmpty());
    }

    void aPressBesideTheFieldLeavesItOpen() {
        QWidget picture;
        picture.setFocusPolicy(Qt::StrongFocus);
        picture.resize(300, 200);
        WeightEditor editor(&picture);
        picture.show();
        QApplication::setActiveWindow(&picture);
        editor.open(QStringLiteral("Bias of layer 1, neuron 2"), 0.5, {140, 90, 20, 20}, picture.rect());
        QTRY_VERIFY(editor.field()->hasFocus());
        QTest::mouseClick(&editor, Qt::LeftButton, {}, {3, 3});
        QVERIFY(editor.isVisible());
        QVERIFY(editor.field()->hasFocus());
    }

    void standsBesideWhatItIsAbout_data() {
        QTest::addColumn<QRect>("target");
        QTest::newRow("below") << QRect(100, 60, 40, 40);
        QTest::newRow("above") << QRect(100, 150, 40, 40);
    }

    void standsBesideWhatItIsAbout() {
        QFETCH(QRect, target);
        QWidget picture;
        picture.resize(300, 200);
        WeightEditor editor(&picture);
        picture.show();
        const QRect room(2, 40, 296, 158);
        editor.open(QStringLiteral("Weight"), 0.5, target, room);
        QVERIFY(room.contains(editor.geometry()));
        QVERIFY(!editor.geometry().intersects(target));
    }
};

}  // namespace perceptory::views

QTEST_MAIN(perceptory::views::WeightEditorTest)
#include "WeightEditorTest.moc"
