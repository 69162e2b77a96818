#pragma once
// Knows the SHA-256 of the data files the document names, as they were when it began to name them: a save keeps these,
// and what has changed since the last save is told, once. Files are summed aside. GUI thread only.

#include <QObject>
#include <filesystem>
#include <functional>
#include <map>
#include <set>
#include <string>

#include "ui/document/Document.h"

namespace perceptory::window {

class DataSumWatch : public QObject {
    Q_OBJECT

public:
    // tell: gets a sentence for each file; returns false when it has to be told later.
    using Tell = std::function<bool(const QString& sentences)>;
    DataSumWatch(const document::Document& document, Tell tell, QObject* parent = nullptr);

    // A draft with the sums of its files; those that are not known yet are read, but for those the document may not
    // read. What is returned may be called on any thread, later.
    std::function<base::Json(document::Draft)> summing() const;

private:
    struct Known {
        std::filesystem::file_time_type time;
        std::uintmax_t size = 0;
        std::string sum;
    };
    using KnownFiles = std::map<std::filesystem::path, Known>;

    static KnownFiles lookAt(const std::vector<std::filesystem::path>& files, const KnownFiles& before);
    std::vector<std::filesystem::path> readableFiles() const;
    void look();
    void take(KnownFiles known);

    const document::Document& m_document;
    Tell m_tell;
    KnownFiles m_known;
    std::set<std::string> m_told;  // of this document
    bool m_looking = false, m_again = false;
};

}  // namespace perceptory::window
