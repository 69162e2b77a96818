#pragma once
// Waiting for other data: when the last picture must go because nobody may take it for that of the new data, and when
// there is something to show again. GUI thread.

#include <QTimer>

#include "engine/training/Snapshot.h"
#include "ui/document/Document.h"

namespace perceptory::views {

class DataWait : public QObject {
    Q_OBJECT

public:
    explicit DataWait(const document::Document& document, QObject* parent = nullptr);

    // The data part changed, or another project was opened. Other values of the same source need no waiting.
    void dataChanged(const document::Change& change);
    // Whether the snapshot may be shown: the data waited for are there, or nobody got impatient yet.
    bool lets(const training::Snapshot& snapshot);
    // Nothing will come. True when something was waited for.
    bool giveUp();

    // The wait took too long, and the old picture is gone.
    bool isLate() const { return m_isLate; }
    // Of the document when its data changed last.
    std::uint64_t dataRevision() const { return m_dataRevision; }

signals:
    void late();

private:
    const document::Document& m_document;
    std::string m_source;  // tells one data set from another
    std::uint64_t m_dataRevision;
    std::uint64_t m_awaitedRevision = 0;  // other data come with this one
    bool m_isLate = false;
    QTimer m_patience;
};

// The first reason why the training cannot run, with its remedy; empty when there is none.
QString hindranceOf(const base::Problems& problems);

}  // namespace perceptory::views
