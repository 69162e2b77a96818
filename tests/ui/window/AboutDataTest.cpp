// Where data come from, as the window tells it.

#include <QTemporaryDir>
#include <QTest>
#include <QTextBrowser>
#include <fstream>

#include "ui/document/Examples.h"
#include "ui/document/commands/DataCommands.h"
#include "ui/window/AboutData.h"

using namespace perceptory;
using namespace perceptory::window;

class AboutDataTest : public QObject {
    Q_OBJECT

    static document::Document* of(document::Document& document, const base::Json& data,
                                  const QString& folder = QStringLiteral("/")) {
        base::Json project = document::defaultProject();
        project["data"] = data;
        document.open(project, folder.toStdString(), "test");
        return &document;
    }

private slots:
    void aSetShowsItsCard() {
        document::Document document;
        of(document, {{"source", "dataset"}, {"id", "iris"}});
        AboutData about(document, nullptr);
        QVERIFY2(about.text().contains("R. A. Fisher"), qPrintable(about.text()));
        QVERIFY(about.text().contains("CC BY 4.0"));
        QVERIFY(!about.text().contains("| --- |"));  // a table, not its source
    }

    void nothingIsFetchedOrOpened() {
        document::Document document;
        of(document, {{"source", "dataset"}, {"id", "iris"}});
        AboutData about(document, nullptr);
        auto* page = about.findChild<QTextBrowser*>();
        QVERIFY(page && !page->openLinks() && !page->openExternalLinks());
        QVERIFY(page->textInteractionFlags().testFlag(Qt::TextSelectableByKeyboard));
        QVERIFY(!page->loadResource(QTextDocument::ImageResource, QUrl("file:///etc/hostname")).isValid());
        QVERIFY(!page->accessibleName().isEmpty());
    }

    void aGeneratorShowsItsHelp() {
        document::Document document;
        document::chooseGenerator(document, "spiral");
        const AboutData about(document, nullptr);
        QVERIFY2(about.text().startsWith("Spiral"), qPrintable(about.text()));
        QVERIFY(about.text().size() > 30);
    }

    void filesShowTheirSums() {
        const QTemporaryDir folder;
        std::ofstream(folder.filePath("t.csv").toStdString(), std::ios::binary) << "abc";
        document::Document document;
        of(document, {{"source", "file"}, {"reader", "csv"}, {"path", "t.csv"}}, folder.path());
        const AboutData about(document, nullptr);
        QTRY_VERIFY2(about.text().contains("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
                     qPrintable(about.text()));
        QVERIFY(about.text().contains(folder.filePath("t.csv")));
        QVERIFY(about.text().contains("3 bytes"));
        document::Document gone;
        of(gone, {{"source", "file"}, {"reader", "csv"}, {"path", "gone.csv"}}, folder.path());
        const AboutData missing(gone, nullptr);
        QTRY_VERIFY2(missing.text().contains("there is no such file"), qPrintable(missing.text()));
    }

    void filesThatMayNotBeReadAreNot() {
        const QTemporaryDir folder;
        const QString file = folder.filePath("secret.csv");
        std::ofstream(file.toStdString(), std::ios::binary) << "abc";
        base::Json project = document::defaultProject();
        project["data"] = base::Json{{"source", "file"}, {"reader", "csv"}, {"path", file.toStdString()}};
        document::Document document;
        document.openRead(project, "/somewhere/p.perceptory", {file.toStdString()});
        const AboutData about(document, nullptr);
        QTest::qWait(50);
        QVERIFY2(about.text().contains("were not read"), qPrintable(about.text()));
    }
};

QTEST_MAIN(AboutDataTest)
#include "AboutDataTest.moc"
