#pragma once
// News inside a window, with buttons that act on it: a problem, a warning, a question that can wait. As high as its
// text needs, at most most of the window it lies over; then it scrolls. Text is always plain: nothing from a file can
// become markup. Hidden while there is no message. GUI thread only.
//
// Keys: Tab walks the text, the buttons and the cross; arrows and Ctrl+C read and copy the text, Escape closes.

#include <QFrame>
#include <functional>
#include <vector>

class QLabel;
class QPlainTextEdit;
class QPushButton;
class QToolButton;

namespace perceptory::widgets {

class MessageBar : public QFrame {
    Q_OBJECT

public:
    enum class Severity { Information, Success, Warning, Error };

    explicit MessageBar(QWidget* parent = nullptr);

    /// Shows the message instead of the one before and removes its buttons. Spoken by screen readers.
    void showMessage(Severity severity, const QString& text);
    /// Adds a button to the present message; pressing it closes the bar, then calls the function.
    void addButton(const QString& text, std::function<void()> pressed);
    void dismiss();  ///< hides it; emits dismissed() if something was shown

    const QString& text() const { return m_text; }
    Severity severity() const { return m_severity; }

    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

signals:
    void shown();
    void dismissed();

protected:
    void paintEvent(QPaintEvent*) override;
    void keyPressEvent(QKeyEvent*) override;
    void resizeEvent(QResizeEvent*) override;
    void changeEvent(QEvent*) override;
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    struct Arrangement {
        int textWidth = 0;
        int textHeight = 0;
        int height = 0;
        bool stacked = false;  // the buttons stand below the text
        bool scrolls = false;  // the text is higher than the window allows
    };

    Arrangement arrangementFor(int width) const;
    int buttonsWidth() const;
    void arrange();
    void takeTheme();

    Severity m_severity = Severity::Information;
    QString m_text;
    QLabel* m_icon;
    QPlainTextEdit* m_message;
    QToolButton* m_close;
    std::vector<QPushButton*> m_buttons;
};

}  // namespace perceptory::widgets
