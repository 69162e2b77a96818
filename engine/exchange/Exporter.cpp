#include "engine/exchange/Exporter.h"

#include <filesystem>

namespace perceptory::exchange {

const base::Shelf<ExporterType>& exporters() {
    static const base::Shelf<ExporterType> all("exporter", {
#define EXPORTER(Member) &Member##Exporter,
#include "engine/exchange/exporters.def"
#undef EXPORTER
                                                           });
    return all;
}

void refuseWritten(const std::string& path, const std::string& reason) {
    std::error_code ignored;
    std::filesystem::remove(path, ignored);
    throw base::Error(base::sentence("{0}: {1}, so the file was removed. Export it to another disk.", path, reason));
}

}  // namespace perceptory::exchange
