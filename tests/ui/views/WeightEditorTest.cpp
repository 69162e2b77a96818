// The field for one weight: what is typed is set, and nothing else.

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
        editor.open(QStringLiteral("Weight"), 0.123456789, {150, 100});
        QCOMPARE(editor.field()->text(), QStringLiteral("0.12346"));
        editor.field()->setText(typed);
        QTest::keyClick(editor.field(), Qt::Key_Return);
        QList<double> values;
        for (const QList<QVariant>& call : spy) values += call[0].toDouble();
        QCOMPARE(values, entered);
        QCOMPARE(editor.isVisible(), stays);
    }
};

}  // namespace perceptory::views

QTEST_MAIN(perceptory::views::WeightEditorTest)
#include "WeightEditorTest.moc"
