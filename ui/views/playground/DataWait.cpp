#include "ui/views/playground/DataWait.h"

#include "ui/document/EngineText.h"

namespace perceptory::views {

namespace {

constexpr int kPatience = 150;  // milliseconds

std::string sourceOf(const data::DataSpec& data) {
    return std::to_string(static_cast<int>(data.source)) + " " + data.id + " " + data.path;
}

}  // namespace

DataWait::DataWait(const document::Document& document, QObject* parent)
    : QObject(parent),
      m_document(document),
      m_source(sourceOf(document.spec().data)),
      m_dataRevision(document.revision()) {
    m_patience.setSingleShot(true);
    m_patience.setInterval(kPatience);
    connect(&m_patience, &QTimer::timeout, this, [this] {
        m_isLate = true;
        emit late();
    });
}

void DataWait::dataChanged(const document::Change& change) {
    m_dataRevision = change.revision;
    std::string source = sourceOf(m_document.spec().data);
    if (change.opened || source != m_source) {
        m_awaitedRevision = change.revision;
        m_patience.start();
    }
    m_source = std::move(source);
}

bool DataWait::lets(const training::Snapshot& snapshot) {
    if (snapshot.revision >= m_awaitedRevision) {
        m_patience.stop();
        m_isLate = false;
    }
    return !m_isLate;
}

bool DataWait::giveUp() {
    if (!m_isLate && !m_patience.isActive()) return false;
    m_patience.stop();
    return m_isLate = true;
}

QString hindranceOf(const base::Problems& problems) {
    for (const base::Problem& problem : problems)
        if (problem.severity == base::Severity::Error)
            return (QString::fromStdString(problem.sentence) + QLatin1Char(' ') + document::remedyText(problem))
                .trimmed();
    return {};
}

}  // namespace perceptory::views
