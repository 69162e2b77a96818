// The trained network goes out: every format of the shelf, what it says, what is written.

#include <QComboBox>
#include <QFile>
#include <QLabel>
#include <QMimeData>
#include <QPushButton>
#include <QSettings>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>
#include <QUrl>

#include "engine/exchange/Safetensors.h"
#include "engine/network/TorchWeights.h"
#include "tests/ui/window/DigitsProject.h"
#include "tests/ui/window/Window.h"
#include "ui/document/Examples.h"
#include "ui/window/ExportDialog.h"

using namespace perceptory;
using namespace perceptory::window;

namespace {

constexpr int patience = 120000;

void open(MainWindow& window, const base::Json& project) {
    window.document().open(project, document::examplesFolder(), "my digits");
    QTRY_VERIFY_WITH_TIMEOUT(
        window.session().snapshot()->revision == window.document().revision() && window.session().snapshot()->dataset,
        patience);
    window.session().stepEpoch();
    QTRY_VERIFY_WITH_TIMEOUT(window.session().snapshot()->progress.epoch == 1 && window.session().snapshot()->exact,
                             patience);
}

ExportDialog* exportOf(MainWindow& window) {
    window.action("export")->trigger();
    return window.findChild<ExportDialog*>();
}

}  // namespace

class ExportDialogTest : public QObject {
    Q_OBJECT

private slots:
    void initTestCase() {
        QStandardPaths::setTestModeEnabled(true);
        QSettings().clear();
    }

    void everyFormatIsTriedAndWritten() {
        MainWindow window;
        open(window, tests::digits());
        ExportDialog* dialog = exportOf(window);
        const QTemporaryDir folder;
        QCOMPARE(dialog->formats()->count(), static_cast<int>(exchange::exporters().members().size()));
        for (int i = 0; i < dialog->formats()->count(); ++i) {
            dialog->formats()->setCurrentIndex(i);
            QVERIFY(!dialog->exportButton()->isEnabled());
            QTRY_VERIFY2_WITH_TIMEOUT(dialog->exportButton()->isEnabled(), qPrintable(dialog->words()), patience);
            QVERIFY(dialog->files()->count() > 0 && !dialog->words().isEmpty());
            const QString path = folder.filePath(QString::number(i));
            dialog->exportTo(path);
            QVERIFY2(QFileInfo::exists(path), qPrintable(dialog->words()));
            QVERIFY(dialog->words().contains(path));
            savePicture(*dialog, qPrintable("export_" + dialog->formats()->currentData().toString() + ".png"));
        }
        // They are those of the window.
        const int place = dialog->formats()->findData("safetensors");
        const tensor::NamedTensors tensors =
            exchange::readSafetensors(folder.filePath(QString::number(place)).toStdString());
        const auto& snapshot = *window.session().snapshot();
        double sum = 0, own = 0;
        for (const tensor::NamedTensor& tensor : tensors)
            for (std::int64_t k = 0; k < tensor.values.size(); ++k) sum += std::abs(tensor.values.get(k));
        for (const float weight : snapshot.weights) own += std::abs(weight);
        QVERIFY(std::abs(sum - own) < 1e-6 * own);
    }

    void filesCanBeDraggedOut() {
        MainWindow window;
        open(window, tests::digits());
        ExportDialog* dialog = exportOf(window);
        QTRY_VERIFY_WITH_TIMEOUT(dialog->exportButton()->isEnabled(), patience);
        struct Reach : FileList {
            using FileList::mimeData;
        };
        const std::unique_ptr<QMimeData> data(
            static_cast<Reach*>(dialog->files())->mimeData({dialog->files()->item(0)}));
        QCOMPARE(data->urls().size(), 1);
        QVERIFY(QFile::exists(data->urls().front().toLocalFile()));
        QCOMPARE(QFileInfo(data->urls().front().toLocalFile()).fileName(), QString("my digits.onnx"));
    }

    void whatAFormatCannotSayIsTold() {
        MainWindow window;
        base::Json project = tests::digits();
        base::Json& nodes = project["network"]["nodes"];
        nodes[1]["parameters"]["padding"] = "same";
        nodes.insert(nodes.begin() + 2, base::Json{{"id", "pool"}, {"type", "max_pool"}, {"inputs", {"conv1"}}});
        nodes.insert(nodes.begin() + 3,
                     base::Json{{"id", "places"}, {"type", "flatten"}, {"inputs", {"pool:indices"}}});
        nodes[4]["inputs"] = base::Json::array({"places"});
        open(window, project);
        ExportDialog* dialog = exportOf(window);
        QTRY_VERIFY2_WITH_TIMEOUT(dialog->words().contains("places"), qPrintable(dialog->words()), patience);
        QVERIFY(!dialog->exportButton()->isEnabled() && dialog->files()->count() == 0);
    }

    void aFolderThatHoldsOtherThingsIsLeftAlone() {
        MainWindow window;
        open(window, tests::digits());
        ExportDialog* dialog = exportOf(window);
        dialog->formats()->setCurrentIndex(dialog->formats()->findData("pytorch"));
        QTRY_VERIFY2_WITH_TIMEOUT(dialog->exportButton()->isEnabled(), qPrintable(dialog->words()), patience);
        const QTemporaryDir folder;
        writeFile(folder.filePath("mine.txt"), "mine");
        dialog->exportTo(folder.path());
        QVERIFY(dialog->words().contains("holds other files"));
        QVERIFY(QFile::exists(folder.filePath("mine.txt")) && !QFile::exists(folder.filePath("model.py")));
    }

private:
    static void savePicture(QWidget& widget, const char* name) {
        const QString folder = qEnvironmentVariable("PERCEPTORY_PICTURES");
        if (!folder.isEmpty()) widget.grab().save(folder + '/' + QLatin1String(name));
    }
};

QTEST_MAIN(ExportDialogTest)
#include "ExportDialogTest.moc"
