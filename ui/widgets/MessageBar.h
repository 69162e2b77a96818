#pragma once
// One line of news inside a window, with buttons that act on it: a problem, a warning, a question that can wait. Text
// is always plain: nothing from a file can become markup. Hidden while there is no message. GUI thread only.

#include <QFrame>
#include <functional>

class QHBoxLayout;
class QLabel;
class QToolButton;

namespace perceptory::widgets {

class MessageBar : public QFrame {
    Q_OBJECT

public:
    enum class Severity { Information, Success, Warning, Error };

    explicit MessageBar(QWidget* parent = nullptr);

    /// Shows the message instead of the one before and removes its buttons. Spoken by screen readers. What does not fit
    /// into a few lines is in the tool tip, so that the window keeps its size.
    void showMessage(Severity severity, const QString& text);
    /// Adds a button to the present message; pressing it closes the bar, then calls the function.
    void addButton(const QString& text, std::function<void()> pressed);
    void dismiss();  ///< hides it; emits dismissed() if something was shown

    const QString& text() const { return m_text; }
    Severity severity() const { return m_severity; }

signals:
    void dismissed();

protected:
    void paintEvent(QPaintEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    bool eventFilter(QObject* object, QEvent* event) override;

private:
    void takeTheme();
    void fitText();

    Severity m_severity = Severity::Information;
    QString m_text;
    QLabel* m_icon;
    QLabel* m_label;
    QHBoxLayout* m_buttons;
    QToolButton* m_close;
};

}  // namespace perceptory::widgets
