#include "ui/window/TableCheck.h"

#include <QFileInfo>
#include <QLocale>
#include <algorithm>

#include "ui/document/Aside.h"
#include "ui/document/EngineText.h"

namespace perceptory::window {

namespace {

constexpr std::int64_t lookedAt = std::int64_t{16} << 20;  // bytes of each file
constexpr int patienceMilliseconds = 300;

bool isLarge(const document::TableChoices& choices) {
    const auto exceeds = [](const QString& path) { return QFileInfo(path).size() > lookedAt; };
    return exceeds(choices.path) ||
           std::ranges::any_of(choices.files, [&](const document::TableFile& file) { return exceeds(file.path); });
}

TableFound foundIn(const document::LoadedData& loaded, bool isPart) {
    TableFound found;
    found.isRead = loaded.dataset != nullptr;
    for (const base::Problem& problem : loaded.problems) {
        const QString text = (QString::fromStdString(problem.sentence) + " " + document::remedyText(problem)).trimmed();
        if (problem.severity == base::Severity::Error)
            found.faults.push_back(problem);
        else
            found.warnings += text;
    }
    if (!found.isRead) return found;
    if (isPart)
        found.notes += TableCheck::tr("The file is large: only its first %1 were looked at.")
                           .arg(QLocale().formattedDataSize(lookedAt, 0, QLocale::DataSizeTraditionalFormat));
    for (const std::string& note : loaded.dataset->notes) found.notes += QString::fromStdString(note);
    return found;
}

}  // namespace

TableCheck::TableCheck(const document::Document& document, QObject* parent) : QObject(parent), m_document(document) {
    m_patience.setSingleShot(true);
    m_patience.setInterval(patienceMilliseconds);
    connect(&m_patience, &QTimer::timeout, this, &TableCheck::read);
}

TableCheck::~TableCheck() { *m_stop = true; }

void TableCheck::ask(const document::TableChoices& choices) {
    stop();
    m_choices = choices;
    m_patience.start();
}

void TableCheck::stop() {
    ++m_reads;
    m_patience.stop();
    *m_stop = true;
}

void TableCheck::read() {
    m_stop = std::make_shared<std::atomic<bool>>(false);
    const document::DataUse use = document::tableUse(m_document, m_choices);
    const auto progress = [stop = m_stop](double) { return !*stop; };
    new document::Aside(
        this, [this, number = m_reads, use, folder = m_document.folder(), progress, isPart = isLarge(m_choices)] {
            TableFound look = foundIn(document::loadData(use.data, folder, use.name, progress, lookedAt), isPart);
            return [this, number, look = std::move(look)] {
                if (number == m_reads) emit found(look);
            };
        });
}

}  // namespace perceptory::window
