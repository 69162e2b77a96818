#include "ui/window/HelpPages.h"

#include <QCoreApplication>
#include <QLocale>
#include <algorithm>

#include "engine/layers/Layer.h"
#include "engine/project/Shelves.h"
#include "ui/document/EngineText.h"
#include "ui/forms/ParamForm.h"

namespace perceptory::window {

namespace {

class HelpWords {
    Q_DECLARE_TR_FUNCTIONS(Help)
};

QString text(const std::string& utf8) { return QString::fromStdString(utf8); }
QString number(double value) { return QLocale().toString(value, 'g', 6); }
QString paragraph(const QString& plain) { return QStringLiteral("<p>%1</p>").arg(plain.toHtmlEscaped()); }

QString valueText(const base::Json& value) {
    if (value.is_null()) return HelpWords::tr("none");
    if (value.is_boolean()) return value.get<bool>() ? HelpWords::tr("on") : HelpWords::tr("off");
    if (value.is_number()) return number(value.get<double>());
    if (value.is_string()) return text(value.get<std::string>());
    base::Problems ignored;
    return value.is_object() ? text(base::KindSpec::fromJson(value, {}, ignored).type) : text(value.dump());
}

QString parameterRow(const base::ParamType& param) {
    const QString about = document::shelfText(param.help) + ' ' +
                          HelpWords::tr("A change counts: %1.").arg(forms::changesText(param.changes));
    QStringList cells{document::shelfText(param.label), about.trimmed(), valueText(param.fallback),
                      forms::rangeText(param)};
    QString row;
    for (const QString& cell : cells) row += QStringLiteral("<td>%1</td>").arg(cell.toHtmlEscaped());
    return QStringLiteral("<tr>%1</tr>").arg(row);
}

QString parameterTable(const std::vector<base::ParamType>& params) {
    QString heads, rows;
    for (const QString& head :
         {HelpWords::tr("Parameter"), HelpWords::tr("What it does"), HelpWords::tr("Default"), HelpWords::tr("Range")})
        heads += QStringLiteral("<th align=\"left\">%1</th>").arg(head.toHtmlEscaped());
    for (const base::ParamType& param : params) rows += parameterRow(param);
    return QStringLiteral(
               "<table border=\"1\" cellspacing=\"0\" cellpadding=\"4\" width=\"100%\"><tr>%1</tr>%2</table>")
        .arg(heads, rows);
}

QString synonymsOf(const base::KindType& kind) {
    const layers::LayerType* layer = layers::shelf().find(kind.id);
    if (layer != &kind) return {};
    QStringList words;
    for (const std::string& word : layer->synonyms) words << text(word);
    return words.join(QStringLiteral(", "));
}

}  // namespace

std::vector<HelpShelf> helpShelves() {
    std::vector<HelpShelf> shelves;
    for (const project::ShelfListing& listing : project::shelves()) {
        if (listing.members.empty()) continue;
        HelpShelf shelf{document::shelfText(listing.title), listing.members};
        std::ranges::sort(shelf.members, [](const base::KindType* a, const base::KindType* b) {
            return QString::localeAwareCompare(document::shelfText(a->label), document::shelfText(b->label)) < 0;
        });
        shelves.push_back(std::move(shelf));
    }
    return shelves;
}

QString helpPage(const base::KindType& kind, const QString& shelf) {
    QString page = QStringLiteral("<h2>%1</h2>").arg(document::shelfText(kind.label).toHtmlEscaped());
    page += paragraph(HelpWords::tr("%1; in files: %2").arg(shelf, text(kind.id)));
    page += paragraph(document::shelfText(kind.help));
    if (const QString synonyms = synonymsOf(kind); !synonyms.isEmpty())
        page += paragraph(HelpWords::tr("Also found as: %1").arg(synonyms));
    if (!kind.parameters.empty()) page += parameterTable(kind.parameters);
    if (!kind.exports.empty()) page += paragraph(HelpWords::tr("Exported as: %1").arg(text(kind.exports)));
    return page;
}

}  // namespace perceptory::window
