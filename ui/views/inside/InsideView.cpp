#include "ui/views/inside/InsideView.h"

#include <QCoreApplication>

namespace perceptory::views {

const std::vector<const InsideViewType*>& insideViews() {
    static const std::vector<const InsideViewType*> all{
#define INSIDE_VIEW(Name) &Name##View,
#include "ui/views/inside/views.def"
#undef INSIDE_VIEW
    };
    return all;
}

QString insideText(const char* text) { return QCoreApplication::translate("InsideView", text); }

}  // namespace perceptory::views
