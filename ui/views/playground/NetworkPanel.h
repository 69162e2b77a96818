#pragma once
// The middle of the Playground: how many hidden layers, the network picture, and the door to features of one's own.
// Turns the picture's wishes into commands. GUI thread.

#include <QWidget>

#include "ui/document/Document.h"
#include "ui/views/playground/NetworkPicture.h"

class QLabel;
class QPushButton;
class QToolButton;

namespace perceptory::views {

class FormulaEditor;

class NetworkPanel : public QWidget {
    Q_OBJECT

public:
    explicit NetworkPanel(document::Document& document, QWidget* parent = nullptr);

    // `dataset` names the columns of tables; null while unknown.
    void showDocument(const data::Dataset* dataset);
    NetworkPicture* picture() const { return m_picture; }

signals:
    void refused(const QString& sentence);

private:
    QWidget* buildTitle();
    QWidget* buildLeftOut();
    void showLeftOut(const QStringList& layers);
    void connectPicture();
    void toggleInput(const InputTile& tile, bool on);
    void openFormula();
    void addFormula(const QString& formula);
    // Runs a command; what it throws is told in words.
    void attempt(const std::function<void()>& command);

    document::Document& m_document;
    QLabel* m_title;
    QLabel* m_layers;
    QToolButton* m_fewer;
    QToolButton* m_more;
    QWidget* m_leftOut;  // shown where layers are not drawn
    QLabel* m_leftOutWords;
    NetworkPicture* m_picture;
    QPushButton* m_formula;
    FormulaEditor* m_editor;
    std::vector<std::string> m_columns;
};

}  // namespace perceptory::views
