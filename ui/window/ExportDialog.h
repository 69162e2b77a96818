#pragma once
// The trained network for other programs: the format, its settings, what will be written and how large, what it cannot
// express. It is written as soon as it is asked about, to a folder of its own; from there it is moved, or dragged out.
// GUI thread only; exporters run on another one.

#include <QDialog>
#include <QListWidget>
#include <QTemporaryDir>
#include <QTimer>
#include <memory>

#include "engine/exchange/TrainedExport.h"
#include "ui/session/SessionController.h"

class QComboBox;
class QLabel;
class QPushButton;
class QVBoxLayout;

namespace perceptory::forms {
class ParamForm;
}

namespace perceptory::window {

// Files that can be dragged to other programs.
class FileList : public QListWidget {
public:
    // `folder` holds them; files in folders below it belong to those.
    void showFiles(const QString& folder);

protected:
    QStringList mimeTypes() const override;
    QMimeData* mimeData(const QList<QListWidgetItem*>& items) const override;
};

class ExportDialog : public QDialog {
    Q_OBJECT

public:
    ExportDialog(document::Document& document, session::SessionController& session, QWidget* parent = nullptr);

    QComboBox* formats() const { return m_formats; }
    FileList* files() const { return m_files; }
    QString words() const;  // what the exporter said
    QPushButton* exportButton() const { return m_export; }
    // Copies what was written to this file or folder.
    void exportTo(const QString& path);

signals:
    void exported(const QString& path);

private:
    struct Attempt;  // of one exporter

    const exchange::ExporterType& exporter() const;
    void chooseFormat();
    void writeSoon();
    void write();
    void show(const Attempt& attempt);
    void showFault(const QString& sentence);
    void ask();

    document::Document& m_document;
    session::SessionController& m_session;
    std::shared_ptr<training::Trainer> m_trainer;  // the run as it was when the dialog was opened
    base::Json m_values = base::Json::object();
    std::shared_ptr<QTemporaryDir> m_folder = std::make_shared<QTemporaryDir>();  // what is being written needs it
    QString m_written;  // what was written last; empty: nothing
    QTimer m_soon;
    bool m_isWriting = false, m_again = false;
    unsigned m_attempts = 0;
    QComboBox* m_formats;
    QLabel *m_help, *m_words;
    QVBoxLayout* m_place;  // of the form
    forms::ParamForm* m_form = nullptr;
    FileList* m_files;
    QPushButton* m_export;
};

}  // namespace perceptory::window
