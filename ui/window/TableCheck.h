#pragma once
// Reads a table aside as it would be used, to tell before what is suspicious. Of large files the beginning alone.

#include <QObject>
#include <QStringList>
#include <QTimer>
#include <atomic>
#include <memory>

#include "ui/document/commands/TableCommands.h"

namespace perceptory::window {

struct TableFound {
    bool isRead = false;
    base::Problems faults;        // that stop the table from being read
    QStringList warnings, notes;  // the first of the notes says what was looked at where that is not all
};

class TableCheck : public QObject {
    Q_OBJECT

public:
    explicit TableCheck(const document::Document& document, QObject* parent = nullptr);
    ~TableCheck() override;

    // After a moment in which nothing else is asked. Only the last question is answered.
    void ask(const document::TableChoices& choices);
    void stop();

signals:
    void found(const perceptory::window::TableFound& found);

private:
    void read();

    const document::Document& m_document;
    document::TableChoices m_choices;
    std::shared_ptr<std::atomic<bool>> m_stop = std::make_shared<std::atomic<bool>>(false);  // of what is being read
    QTimer m_patience;
    unsigned m_reads = 0;
};

}  // namespace perceptory::window
