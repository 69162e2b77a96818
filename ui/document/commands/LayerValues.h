#pragma once
// What layers say besides their connections, one or many at once. Each function is one undo step; ids that no node has
// are passed over.

#include <QPointF>
#include <QString>
#include <map>
#include <string>
#include <vector>

#include "ui/document/Document.h"

namespace perceptory::document {

void setBypass(Document& document, const std::vector<std::string>& ids, bool bypass);
void setTrainable(Document& document, const std::vector<std::string>& ids, bool trainable);
// An empty text takes the note away; one longer than 10,000 characters is cut.
void setNote(Document& document, const std::string& id, const QString& note, const QString& mergeKey = {});
// Canvas units, y down. Places that are not finite are passed over.
void moveLayers(Document& document, const std::map<std::string, QPointF>& places, const QString& mergeKey = {});
// What every layer has, see network::nodeParams(). The default is left out of the file. Not of where data enter.
void setNodeValueOfMany(Document& document, const std::vector<std::string>& ids, const std::string& key,
                        const base::Json& value);
// Of those layers that have such a parameter.
void setParameterOfMany(Document& document, const std::vector<std::string>& ids, const std::string& parameter,
                        const base::Json& value, const QString& mergeKey = {});

}  // namespace perceptory::document
