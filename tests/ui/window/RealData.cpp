// Brings real data in as a user does, looks at each dialog and lets the network learn: window_real_data DATA PICTURES
// [SET…], DATA being a folder with the sets named below. Exit code 1: something was not as the sets' own papers say.

#include <QApplication>
#include <QDir>
#include <QStandardPaths>
#include <QTextStream>

#include "tests/ui/window/Window.h"
#include "ui/widgets/MessageBar.h"
#include "ui/window/FileDesk.h"
#include "ui/window/ImportDialog.h"
#include "ui/window/TableDialog.h"

using namespace perceptory;
using namespace perceptory::window;

namespace {

struct RealSet {
    const char* name;
    std::vector<const char*> files;
    std::size_t train, test;  // samples; test 0: the split is by chance, and `train` are all
    const char* reader = "";  // chosen in the table's dialog, as it is called there
};

const RealSet sets[] = {
    {"mnist",
     {"mnist/train-images-idx3-ubyte.gz", "mnist/train-labels-idx1-ubyte.gz", "mnist/t10k-images-idx3-ubyte.gz",
      "mnist/t10k-labels-idx1-ubyte.gz"},
     60000,
     10000},
    {"cifar10", {"cifar10/data_batch_1.bin", "cifar10/data_batch_2.bin", "cifar10/test_batch.bin"}, 20000, 10000},
    {"folders", {"cifar100-mixed5"}, 1000, 500},
    {"adult", {"tabular/adult_train.csv", "tabular/adult_test.csv"}, 30162, 15060},  // whole rows, of 32,561 and 16,281
    {"titanic", {"tabular/titanic.csv"}, 712, 0},                                    // whole rows, of 891
    {"wine", {"tabular/wine_quality.csv"}, 6497, 0},
    {"quickdraw", {"quickdraw3/cat.npy", "quickdraw3/rainbow.npy", "quickdraw3/train.npy"}, 3000, 0},
    {"nuclei", {"nuclei"}, 334, 24},
    {"names", {"names-by-language"}, 20050, 0},
    {"ratings", {"movielens-latest-small/ratings.csv"}, 100836, 0, "Ratings"},
    {"temperatures", {"time-series/daily_min_temperatures.csv"}, 3620, 0, "Windows"},
};

constexpr int patience = 120000;

template <class Condition>
bool waitFor(const Condition& condition) {
    return QTest::qWaitFor(condition, patience);
}

class Visit {
public:
    Visit(const RealSet& set, const QDir& data, const QDir& pictures) : m_set(set), m_pictures(pictures) {
        m_window.resize(1366, 768);
        m_window.show();
        waitFor([&] { return isShown(); });
        QStringList paths;
        for (const char* file : set.files) paths += data.filePath(file);
        m_window.files().openData(paths);
    }

    // What is wrong; empty: nothing.
    QString run() {
        if (*m_set.reader)
            if (const QString fault = chooseReader(); !fault.isEmpty()) return fault;
        QString fault;
        if (auto* table = m_window.findChild<TableDialog*>(); table && table->isVisible())
            fault = take(*table, [table] { return table->isReady(); });
        else if (auto* dialog = m_window.findChild<ImportDialog*>())
            fault = take(*dialog, [dialog] { return dialog->isReady(); });
        else
            fault = "no dialog: " + m_window.messageBar().text();
        return fault.isEmpty() ? learn() : fault;
    }

private:
    bool isShown() {
        return m_window.session().snapshot()->revision == m_window.document().revision() &&
               m_window.session().snapshot()->dataset;
    }

    QString chooseReader() {
        auto* table = m_window.findChild<TableDialog*>();
        if (!table || !waitFor([table] { return table->isReady(); })) return "no table";
        for (QComboBox* box : table->findChildren<QComboBox*>())
            for (int i = 0; i < box->count(); ++i)
                if (box->isVisible() && box->itemText(i).contains(m_set.reader, Qt::CaseInsensitive)) {
                    choose(box, box->itemText(i));
                    return waitFor([&] { return m_window.findChild<ImportDialog*>(); }) ? "" : "no dialog";
                }
        return "no such reader";
    }

    template <class Dialog, class Ready>
    QString take(Dialog& dialog, const Ready& ready) {
        const int before = m_window.document().undoStack().count();
        const bool isReady = waitFor(ready);
        QTest::qWait(300);
        dialog.grab().save(m_pictures.filePath(QString(m_set.name) + "-dialog.png"));
        if (!isReady) return "not ready: " + dialog.faults();
        dialog.apply();
        if (!waitFor([&] { return m_window.document().undoStack().count() > before && isShown(); }))
            return "not taken: " + m_window.messageBar().text();
        return {};
    }

    QString learn() {
        m_window.session().play();
        const bool learns = waitFor([&] { return m_window.session().snapshot()->progress.step >= 20; });
        m_window.session().pause();
        waitFor([&] { return !m_window.session().isRunning(); });
        QTest::qWait(500);
        m_window.grab().save(m_pictures.filePath(QString(m_set.name) + ".png"));
        if (!learns) return "does not learn: " + m_window.messageBar().text();
        const data::Dataset& dataset = *m_window.session().snapshot()->dataset;
        const std::size_t train = m_set.test > 0 ? dataset.parts.train.size() : dataset.count;
        const std::size_t test = dataset.parts.test.size();
        if ((m_set.train > 0 && train != m_set.train) || (m_set.test > 0 && test != m_set.test))
            return QString("%1 samples to learn from and %2 to test with").arg(train).arg(test);
        return {};
    }

    const RealSet& m_set;
    QDir m_pictures;
    MainWindow m_window;
};

}  // namespace

int main(int argc, char** argv) {
    QApplication application(argc, argv);
    QStandardPaths::setTestModeEnabled(true);
    const QStringList arguments = QCoreApplication::arguments();
    QTextStream out(stdout);
    if (arguments.size() < 3) {
        out << "window_real_data DATA PICTURES [SET…]\n";
        return 2;
    }
    QDir().mkpath(arguments[2]);
    int faults = 0;
    for (const RealSet& set : sets) {
        if (arguments.size() > 3 && !arguments.mid(3).contains(set.name)) continue;
        const QString fault = Visit(set, QDir(arguments[1]), QDir(arguments[2])).run();
        out << set.name << ": " << (fault.isEmpty() ? "as it should be" : fault) << Qt::endl;
        faults += !fault.isEmpty();
    }
    return faults ? 1 : 0;
}
