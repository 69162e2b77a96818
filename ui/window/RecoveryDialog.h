#pragma once
// What a crash left: which documents, of when, how large, what they look like. Closing it decides nothing. GUI thread
// only.

#include <QDialog>

#include "ui/session/Recovery.h"

class QListWidget;
class QPushButton;

namespace perceptory::window {

class RecoveryDialog : public QDialog {
    Q_OBJECT

public:
    explicit RecoveryDialog(std::vector<session::RecoveryCopy> copies, QWidget* parent = nullptr);

    QListWidget* list() const { return m_list; }
    QPushButton* recoverButton() const { return m_recover; }
    QPushButton* discardButton() const { return m_discard; }

signals:
    void recoverWanted(const perceptory::session::RecoveryCopy& copy);

private:
    void showCopies();
    void recover();
    void askToDiscard();
    void discard();

    std::vector<session::RecoveryCopy> m_copies;
    QListWidget* m_list;
    QPushButton *m_recover, *m_discard;
};

}  // namespace perceptory::window
