#include "ui/document/commands/TableCommands.h"

#include <QCoreApplication>
#include <QFileInfo>
#include <QPointer>
#include <thread>

#include "engine/base/Error.h"
#include "engine/data/DatasetLoader.h"
#include "engine/data/bundled/BundledSet.h"
#include "ui/document/commands/OutputLayer.h"

namespace perceptory::document {

using base::Json;

namespace {

QString translated(const char* text) { return QCoreApplication::translate("document", text); }

QString sentencesOf(const base::Problems& problems) {
    QString text;
    for (const base::Problem& problem : problems)
        if (problem.severity == base::Severity::Error)
            text += (text.isEmpty() ? "" : "\n") + QString::fromStdString(problem.sentence + " " + problem.fix);
    return text;
}

// One reading; lives until its answer has arrived. A document that is closed or opened anew meanwhile forgets it.
class TableReading : public QObject {
public:
    TableReading(Document& document, Json wanted, QString text)
        : QObject(&document), m_document(document), m_wanted(std::move(wanted)), m_text(std::move(text)) {
        connect(&document, &Document::changed, this, [this](const Change& change) {
            if (change.opened) m_outdated = true;
        });
        m_thread =
            std::jthread([this, wantedData = m_wanted, folder = document.folder()] { read(wantedData, folder); });
    }

private:
    void read(const Json& data, const std::filesystem::path& folder) {
        base::Problems problems;
        QString fault;
        std::shared_ptr<const data::Dataset> dataset;
        try {
            const data::DataSpec spec = data::DataSpec::fromJson(data, problems);
            if (!base::hasError(problems)) dataset = data::loadDataset(spec, folder, problems);
            if (!dataset) fault = sentencesOf(problems);
        } catch (const std::exception& error) {
            fault = QString::fromUtf8(error.what());
        }
        QMetaObject::invokeMethod(
            this, [this, dataset, fault] { finish(dataset, fault); }, Qt::QueuedConnection);
    }

    void finish(const std::shared_ptr<const data::Dataset>& dataset, const QString& fault) {
        deleteLater();
        if (m_outdated) return;
        if (!dataset) {
            emit m_document.noted(fault, true);
            return;
        }
        const DataFacts facts{dataset->task, static_cast<int>(dataset->classes()),
                              std::max(1, static_cast<int>(dataset->targetNames.size())), dataset->inputShape};
        m_wanted["task"] = data::taskName(dataset->task);
        m_document.edit(m_text, [&](Json& project) {
            const DataFacts before = factsOf(project);
            project["data"] = m_wanted;
            fitOutput(project, before, facts);
        });
        QStringList notes;
        for (const std::string& note : dataset->notes) notes += QString::fromStdString(note);
        if (!notes.isEmpty()) emit m_document.noted(notes.join('\n'), false);
    }

    Document& m_document;
    Json m_wanted;
    QString m_text;
    bool m_outdated = false;
    std::jthread m_thread;  // last: it uses the others
};

Json sourceOf(const Document& document, const char* source) {
    Json data{{"source", source}};
    data["seed"] = document.json().value("/data/seed"_json_pointer, Json("1"));
    return data;
}

void finishSource(const Document& document, Json& data, const char* scaling) {
    data["split"] = document.json().value("/data/split"_json_pointer,
                                          Json{{"mode", "random"}, {"train", 0.5}, {"validation", 0.0}, {"test", 0.5}});
    data["preprocessing"] = Json::array({Json{{"type", scaling}}});
}

}  // namespace

void openTable(Document& document, const QString& path, const QString& target) {
    Json data = sourceOf(document, "file");
    data["reader"] = "csv";
    const std::filesystem::path file = QFileInfo(path).absoluteFilePath().toStdString();
    const std::filesystem::path near = file.lexically_relative(std::filesystem::absolute(document.folder()));
    data["path"] = near.empty() || *near.begin() == ".." ? file.generic_string() : near.generic_string();
    if (!target.isEmpty()) data["target"] = target.toStdString();
    finishSource(document, data, "standardize");
    new TableReading(document, std::move(data), translated("Open table %1").arg(QFileInfo(path).fileName()));
}

void chooseDataset(Document& document, const std::string& id) {
    Json data = sourceOf(document, "dataset");
    data["id"] = id;
    const data::BundledSetType* type = data::bundledSets().find(id);
    finishSource(document, data, type && type->shape.size() > 1 ? "min_max" : "standardize");
    const QString label = type ? QString::fromStdString(type->label) : QString::fromStdString(id);
    new TableReading(document, std::move(data), translated("Choose data %1").arg(label));
}

}  // namespace perceptory::document
