#include "ui/window/AboutData.h"

#include <QDialogButtonBox>
#include <QLocale>
#include <QTextBrowser>
#include <QTextTable>
#include <QVBoxLayout>
#include <filesystem>
#include <fstream>

#include "engine/base/Error.h"
#include "engine/base/Sha256.h"
#include "engine/data/bundled/BundledSet.h"
#include "engine/data/generators/Generator.h"
#include "ui/document/Aside.h"
#include "ui/document/EngineText.h"
#include "ui/document/OutsideFiles.h"

namespace perceptory::window {

namespace fs = std::filesystem;

namespace {

constexpr QSize usualSize{680, 500};
constexpr qreal cellPadding = 4;
constexpr std::size_t mostFiles = 40, blockSize = 1 << 20;

// A page that fetches nothing and leads nowhere: what is said of data may come with them.
class Page : public QTextBrowser {
public:
    Page() {
        setOpenLinks(false);
        setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
        setAccessibleName(AboutData::tr("About these data"));
    }
    QVariant loadResource(int, const QUrl&) override { return {}; }
};

// Markdown knows no table without a head; a card's has an empty one.
void tidyTables(QTextDocument& text) {
    for (QTextFrame* frame : text.rootFrame()->childFrames()) {
        auto* table = qobject_cast<QTextTable*>(frame);
        if (!table) continue;
        QTextTableFormat format = table->format();
        format.setBorderCollapse(true);
        format.setCellPadding(cellPadding);
        table->setFormat(format);
        const QTextTableCell first = table->cellAt(0, 0);
        if (table->rows() > 1 && first.firstCursorPosition() == first.lastCursorPosition()) table->removeRows(0, 1);
    }
}

// Empty when nobody waits for it any longer.
QString sumOf(const fs::path& file, const std::stop_token& stop) {
    base::Sha256 sum;
    std::ifstream stream(file, std::ios::binary);
    std::string block(blockSize, '\0');
    while (stream && !stop.stop_requested()) {
        stream.read(block.data(), static_cast<std::streamsize>(block.size()));
        sum.update(std::string_view(block).substr(0, static_cast<std::size_t>(stream.gcount())));
    }
    return stop.stop_requested() || !stream.eof() ? QString() : QString::fromStdString(sum.hex());
}

QString linesOf(const fs::path& file, const std::stop_token& stop) {
    const QString name = QString::fromStdString(file.lexically_normal().string());
    std::error_code fault;
    if (fs::is_directory(file, fault)) return AboutData::tr("%1 (a folder)").arg(name);
    const auto size = static_cast<qint64>(fs::file_size(file, fault));
    if (fault || !fs::is_regular_file(file, fault)) return AboutData::tr("%1: there is no such file").arg(name);
    return AboutData::tr("%1\n  %2 bytes\n  SHA-256 %3").arg(name, QLocale().toString(size), sumOf(file, stop));
}

QString cardText(const data::BundledSetType& type) {
    try {
        return QString::fromStdString(data::cardOf(type));
    } catch (const base::Error& error) {
        return QString::fromStdString(error.sentence());
    }
}

}  // namespace

AboutData::AboutData(const document::Document& document, std::shared_ptr<const data::Dataset> dataset, QWidget* parent)
    : QDialog(parent), m_dataset(std::move(dataset)), m_page(new Page) {
    setWindowTitle(tr("About these data"));
    setObjectName("aboutData");
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->addWidget(m_page, 1);
    column->addWidget(buttons);
    resize(usualSize);
    describe(document);
}

AboutData::~AboutData() { m_stop.request_stop(); }

void AboutData::describe(const document::Document& document) {
    const data::DataSpec& spec = document.spec().data;
    if (spec.source == data::SourceKind::File) return describeFiles(document);
    QString about = tr("These points were painted by hand; they are kept in the project.");
    if (spec.source == data::SourceKind::Dataset) {
        const data::BundledSetType* type = data::bundledSets().find(spec.id);
        about = type ? cardText(*type) : QString::fromStdString(spec.id);
    } else if (spec.source == data::SourceKind::Generator) {
        const data::GeneratorType* type = data::generators().find(spec.id);
        about =
            type ? QStringLiteral("# %1\n\n%2").arg(document::shelfText(type->label), document::shelfText(type->help))
                 : QString::fromStdString(spec.id);
    }
    m_page->setMarkdown(about + "\n\n" + closing().join(QStringLiteral("\n\n")));
    tidyTables(*m_page->document());
}

void AboutData::describeFiles(const document::Document& document) {
    if (!document.barredFiles().empty())
        return m_page->setPlainText(tr("The files lie outside of the project's folder and were not read yet."));
    const std::vector<fs::path> files = document::dataFiles(document.json(), document.folder());
    showFiles({tr("The files are being looked at.")});
    new document::Aside(this, [this, files, stop = m_stop.get_token()] {
        QStringList found;
        for (std::size_t i = 0; i < std::min(mostFiles, files.size()) && !stop.stop_requested(); ++i)
            found += linesOf(files[i], stop);
        if (files.size() > mostFiles)
            found += tr("… and %n more.", nullptr, static_cast<int>(files.size() - mostFiles));
        return [this, found] { showFiles(found); };
    });
}

// Names of files are plain text, whatever is in them.
void AboutData::showFiles(const QStringList& files) { m_page->setPlainText((files + closing()).join("\n\n")); }

QStringList AboutData::closing() const {
    if (!m_dataset) return {};
    QStringList lines{tr("%Ln rows", nullptr, static_cast<int>(m_dataset->count))};
    for (const std::string& note : m_dataset->notes) lines += QString::fromStdString(note);
    return lines;
}

QString AboutData::text() const { return m_page->toPlainText(); }

}  // namespace perceptory::window
