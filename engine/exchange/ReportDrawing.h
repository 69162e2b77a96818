#pragma once
// Pictures of the report: drawings as SVG and small images, all of them text that stands in the page itself. Colours
// are the page's: classes and variables of its style sheet.

#include <span>
#include <string>
#include <utility>
#include <vector>

#include "engine/network/NetworkCheck.h"

namespace perceptory::exchange {

// What would end a text or an attribute of HTML, written otherwise.
std::string htmlText(const std::string& text);

// At most five significant digits, with a point.
std::string htmlNumber(double value);

// The layers from top to bottom, those of one depth side by side.
std::string networkSvg(const std::vector<network::NodeCheck>& nodes);

struct ReportCurve {
    std::string name;
    std::vector<std::pair<double, double>> points;  // rising in the first; values that are not finite break the line
};

// Lines over a common axis, with a legend that tells the last values. At most four are told apart by colour and dashes.
std::string curvesSvg(const std::vector<ReportCurve>& curves, const std::string& along);

// An <img> of values [height][width][channels], 1 or 3 of them, brightest at the largest; `words` for those who cannot
// see it.
std::string imageTag(std::span<const float> values, const tensor::Shape& shape, const std::string& words);

}  // namespace perceptory::exchange
