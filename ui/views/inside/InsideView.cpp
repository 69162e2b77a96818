#include "ui/views/inside/InsideView.h"

#include <QCoreApplication>
#include <algorithm>

namespace perceptory::views {

const std::vector<const InsideViewType*>& insideViews() {
    static const std::vector<const InsideViewType*> all{
#define INSIDE_VIEW(Name) &Name##View,
#include "ui/views/inside/views.def"
#undef INSIDE_VIEW
    };
    return all;
}

std::vector<ShownArray> InsideView::numbers(const training::Snapshot& snapshot, const Look& look) const {
    std::vector<ShownArray> arrays;
    for (const training::ProbeRequest& request : wanted(look)) {
        const training::ProbeResult* result = snapshot.probe(request);
        if (!result || result->values.empty()) continue;
        const auto same = std::ranges::count(arrays, request.what, &ShownArray::name);
        arrays.push_back({request.what, result->shape, result->values});
        if (same > 0) arrays.back().name += "_" + std::to_string(arrays.size());
    }
    return arrays;
}

QString insideText(const char* text) { return QCoreApplication::translate("InsideView", text); }

}  // namespace perceptory::views
