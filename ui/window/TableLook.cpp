#include "ui/window/TableLook.h"

#include <QCoreApplication>
#include <QFileInfo>

#include "engine/base/Error.h"

namespace perceptory::window {

using base::Json;

namespace {

class Told {
    Q_DECLARE_TR_FUNCTIONS(window)
};

QString nameOf(const QString& path) { return QFileInfo(path).fileName(); }

TableLook lookAt(const QString& path, const Json& parameters) {
    const std::string file = path.toStdString(), name = nameOf(path).toStdString();
    try {
        return {data::readers().get("csv", "data.reader").preview(file, parameters), {}};
    } catch (const base::Error& error) {
        return {{}, {{name, base::Severity::Error, error.sentence(), {}}}};
    } catch (const std::exception& error) {
        return {{}, {{name, base::Severity::Error, error.what(), {}}}};
    }
}

QStringList namesIn(const data::FilePreview& preview) {
    QStringList names;
    for (const data::ColumnSummary& column : preview.columns) names += QString::fromStdString(column.name);
    return names;
}

QString without(const QStringList& names, const QStringList& others) {
    for (const QString& name : names)
        if (!others.contains(name)) return name;
    return {};
}

// Why the rows of one file cannot stand behind those of another; empty when they can.
QString whyUnlike(const QString& file, const QStringList& names, const QString& first, const QStringList& wanted) {
    if (names == wanted) return {};
    if (const QString lacking = without(wanted, names); !lacking.isEmpty())
        return Told::tr("%1 has no column “%2”, as %3 has.").arg(file, lacking, first);
    if (const QString more = without(names, wanted); !more.isEmpty())
        return Told::tr("%1 has a column “%2”, which %3 has not.").arg(file, more, first);
    return Told::tr("%1 has the columns of %2 in another order.").arg(file, first);
}

}  // namespace

TableLook lookAtTables(const QStringList& paths, const Json& parameters) {
    TableLook look = lookAt(paths.front(), parameters);
    for (const QString& path : paths.mid(1)) {
        const TableLook other = lookAt(path, parameters);
        look.preview.isAll = false;
        look.problems.insert(look.problems.end(), other.problems.begin(), other.problems.end());
        const base::Problems& bad = other.preview.problems;
        look.preview.problems.insert(look.preview.problems.end(), bad.begin(), bad.end());
        if (!look.problems.empty()) continue;
        const QString why =
            whyUnlike(nameOf(path), namesIn(other.preview), nameOf(paths.front()), namesIn(look.preview));
        if (!why.isEmpty())
            look.problems.push_back({"data.paths", base::Severity::Error, why.toStdString(),
                                     Told::tr("Use files with the same columns, or one of them alone.").toStdString()});
    }
    return look;
}

}  // namespace perceptory::window
