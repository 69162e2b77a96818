#include "engine/exchange/ReportDrawing.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <cstdio>
#include <limits>

namespace perceptory::exchange {

namespace {

constexpr double boxWidth = 170, boxHeight = 46, gapX = 24, gapY = 30;
constexpr double plotWidth = 680, plotHeight = 240, left = 64, bottom = 34, top = 28;
constexpr std::array<const char*, 4> dashes{"", "6 4", "2 3", "9 3 2 3"};

std::string place(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.1f", value);
    for (char* c = text; *c; ++c)
        if (*c == ',') *c = '.';  // of the locale
    return text;
}

std::string attribute(const std::string& name, double value) { return ' ' + name + "=\"" + place(value) + '"'; }

std::string textTag(double x, double y, const std::string& text, const std::string& more = {}) {
    return "<text" + attribute("x", x) + attribute("y", y) + more + '>' + htmlText(text) + "</text>";
}

std::string shapeInWords(const tensor::Shape& shape) {
    std::string text;
    for (const std::int64_t extent : shape) text += (text.empty() ? "" : " × ") + std::to_string(extent);
    return text.empty() ? "1" : text;
}

// Rows of nodes: each behind all it reads.
std::vector<std::size_t> depthsOf(const std::vector<network::NodeCheck>& nodes) {
    std::vector<std::size_t> depths(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (const std::size_t input : nodes[i].inputs) depths[i] = std::max(depths[i], depths[input] + 1);
    return depths;
}

std::string box(const network::NodeCheck& node, double x, double y) {
    std::string text = "<g><title>" + htmlText(node.spec.id + ": " + std::to_string(node.parameters) + " weights") +
                       "</title><rect class=\"box\" rx=\"6\"" + attribute("x", x) + attribute("y", y) +
                       attribute("width", boxWidth) + attribute("height", boxHeight) + "/>";
    text += textTag(x + boxWidth / 2, y + 19, node.spec.id + " · " + node.spec.type, " text-anchor=\"middle\"");
    return text +
           textTag(x + boxWidth / 2, y + 36, shapeInWords(node.output), " class=\"muted\" text-anchor=\"middle\"") +
           "</g>";
}

// Finite ones alone.
struct Range {
    double low = std::numeric_limits<double>::infinity(), high = -low;
    void add(double value) {
        if (!std::isfinite(value)) return;
        low = std::min(low, value);
        high = std::max(high, value);
    }
    double shareOf(double value) const { return (value - low) / (high - low); }
};

// 1, 2 or 5 times a power of ten, for about five lines.
double tickOf(const Range& range) {
    const double rough = (range.high - range.low) / 5, power = std::pow(10, std::floor(std::log10(rough)));
    for (const double times : {1.0, 2.0, 5.0})
        if (times * power >= rough) return times * power;
    return 10 * power;
}

std::string axes(const Range& x, const Range& y, const std::string& along) {
    std::string text;
    const auto ticks = [](const Range& range, const auto& draw) {
        const double tick = tickOf(range);
        for (double at = std::ceil(range.low / tick) * tick; at <= range.high + tick * 1e-9; at += tick)
            draw(range.shareOf(at), std::abs(at) < tick * 1e-6 ? 0 : at);
    };
    ticks(y, [&](double share, double value) {
        const double place = top + (1 - share) * plotHeight;
        text += "<line class=\"grid\"" + attribute("x1", left) + attribute("x2", left + plotWidth) +
                attribute("y1", place) + attribute("y2", place) + "/>" +
                textTag(left - 6, place + 4, htmlNumber(value), " class=\"muted\" text-anchor=\"end\"");
    });
    ticks(x, [&](double share, double value) {
        text += textTag(left + share * plotWidth, top + plotHeight + 16, htmlNumber(value),
                        " class=\"muted\" text-anchor=\"middle\"");
    });
    return text + textTag(left + plotWidth, top + plotHeight + 31, along, " class=\"muted\" text-anchor=\"end\"");
}

std::string lineOf(const ReportCurve& curve, std::size_t index, const Range& x, const Range& y) {
    std::string path;
    bool pen = false;
    for (const auto& [at, value] : curve.points) {
        if (std::isfinite(value))
            path += (pen ? "L" : "M") + place(left + x.shareOf(at) * plotWidth) + ' ' +
                    place(top + (1 - y.shareOf(value)) * plotHeight);
        pen = std::isfinite(value);
    }
    return "<path class=\"line s" + std::to_string(index % dashes.size()) + "\" stroke-dasharray=\"" +
           dashes[index % dashes.size()] + "\" d=\"" + path + "\"/>";
}

std::string base64(const std::vector<std::uint8_t>& bytes) {
    constexpr const char* digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string text;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) group = group << 8 | (i + k < bytes.size() ? bytes[i + k] : 0u);
        for (std::size_t k = 0; k < 4; ++k) text += i + k > bytes.size() ? '=' : digits[group >> (18 - 6 * k) & 63];
    }
    return text;
}

void addLittle(std::vector<std::uint8_t>& bytes, std::uint32_t value, int size) {
    for (int i = 0; i < size; ++i) bytes.push_back(static_cast<std::uint8_t>(value >> (8 * i)));
}

// A bitmap of 24 bits: every browser knows it, and it needs no library.
std::vector<std::uint8_t> bitmap(std::span<const float> values, std::uint32_t height, std::uint32_t width,
                                 std::uint32_t channels) {
    constexpr std::uint32_t header = 54;
    const std::uint32_t line = (3 * width + 3) / 4 * 4;
    std::vector<std::uint8_t> bytes{'B', 'M'};
    for (const std::uint32_t value : {header + line * height, 0u, header, 40u, width, height})
        addLittle(bytes, value, 4);
    addLittle(bytes, 1, 2);
    addLittle(bytes, 24, 2);
    for (const std::uint32_t value : {0u, line * height, 0u, 0u, 0u, 0u}) addLittle(bytes, value, 4);
    const float most = std::max(1e-6f, std::ranges::max(values));
    for (std::uint32_t y = height; y-- > 0;) {
        for (std::uint32_t x = 0; x < width; ++x)
            for (std::uint32_t c = 3; c-- > 0;) {
                const float value = values[(y * width + x) * channels + (channels == 3 ? c : 0)];
                bytes.push_back(static_cast<std::uint8_t>(255 * std::clamp(value / most, 0.0f, 1.0f)));
            }
        for (std::uint32_t pad = 3 * width; pad < line; ++pad) bytes.push_back(0);
    }
    return bytes;
}

}  // namespace

std::string htmlText(const std::string& text) {
    std::string escaped;
    for (const char c : text) switch (c) {
            case '&':
                escaped += "&amp;";
                break;
            case '<':
                escaped += "&lt;";
                break;
            case '>':
                escaped += "&gt;";
                break;
            case '"':
                escaped += "&quot;";
                break;
            default:  // what HTML has no place for
                if (static_cast<unsigned char>(c) >= ' ' || c == '\n' || c == '\t') escaped += c;
        }
    return escaped;
}

std::string htmlNumber(double value) {
    if (!std::isfinite(value)) return std::isnan(value) ? "NaN" : value > 0 ? "∞" : "−∞";
    char text[32];
    std::snprintf(text, sizeof text, "%.5g", value);
    for (char* c = text; *c; ++c)
        if (*c == ',') *c = '.';
    return text;
}

std::string networkSvg(const std::vector<network::NodeCheck>& nodes) {
    const std::vector<std::size_t> depths = depthsOf(nodes);
    std::vector<std::size_t> inRow(nodes.size() + 1), column(nodes.size());
    for (std::size_t i = 0; i < nodes.size(); ++i) column[i] = inRow[depths[i]]++;
    const auto most = static_cast<double>(std::ranges::max(inRow));
    const double width = most * (boxWidth + gapX) + gapX;
    const auto x = [&](std::size_t i) {
        const auto count = static_cast<double>(inRow[depths[i]]);
        return width / 2 - count * (boxWidth + gapX) / 2 + gapX / 2 +
               static_cast<double>(column[i]) * (boxWidth + gapX);
    };
    const auto y = [&](std::size_t i) { return gapY / 2 + static_cast<double>(depths[i]) * (boxHeight + gapY); };
    const auto rows = static_cast<double>(nodes.empty() ? 0 : std::ranges::max(depths) + 1);
    const double height = rows * (boxHeight + gapY);
    std::string text = "<svg class=\"network\" role=\"img\" aria-label=\"The network\" viewBox=\"0 0 " + place(width) +
                       ' ' + place(height) + "\"" + attribute("width", width) + ">\n";
    for (std::size_t i = 0; i < nodes.size(); ++i)
        for (const std::size_t from : nodes[i].inputs) {
            const double x1 = x(from) + boxWidth / 2, y1 = y(from) + boxHeight, x2 = x(i) + boxWidth / 2, y2 = y(i);
            text += "<path class=\"wire\" d=\"M" + place(x1) + ' ' + place(y1) + 'C' + place(x1) + ' ' +
                    place(y1 + gapY / 2) + ' ' + place(x2) + ' ' + place(y2 - gapY / 2) + ' ' + place(x2) + ' ' +
                    place(y2) + "\"/>\n";
        }
    for (std::size_t i = 0; i < nodes.size(); ++i) text += box(nodes[i], x(i), y(i)) + '\n';
    return text + "</svg>\n";
}

std::string curvesSvg(const std::vector<ReportCurve>& curves, const std::string& along) {
    Range x, y;
    for (const ReportCurve& curve : curves)
        for (const auto& [at, value] : curve.points) {
            x.add(at);
            y.add(value);
        }
    if (x.low > x.high || y.low > y.high) return {};
    if (x.low == x.high) x.high = x.low + 1;
    const double room = y.low == y.high ? std::max(1e-3, std::abs(y.high)) / 2 : 0.04 * (y.high - y.low);
    y.low -= room;
    y.high += room;
    std::string text = "<svg class=\"curves\" role=\"img\" aria-label=\"Curves\" viewBox=\"0 0 " +
                       place(left + plotWidth + 16) + ' ' + place(top + plotHeight + bottom) + "\">\n" +
                       axes(x, y, along) + '\n';
    double legend = left;
    for (std::size_t i = 0; i < curves.size(); ++i) {
        if (curves[i].points.empty()) continue;
        text += lineOf(curves[i], i, x, y) + '\n';
        const std::string words = curves[i].name + ' ' + htmlNumber(curves[i].points.back().second);
        text += "<line class=\"line s" + std::to_string(i % dashes.size()) + "\" stroke-dasharray=\"" +
                dashes[i % dashes.size()] + "\"" + attribute("x1", legend) + attribute("x2", legend + 26) +
                attribute("y1", 12) + attribute("y2", 12) + "/>" + textTag(legend + 32, 16, words) + '\n';
        legend += 48 + 7.0 * static_cast<double>(words.size());
    }
    return text + "</svg>\n";
}

std::string imageTag(std::span<const float> values, const tensor::Shape& shape, const std::string& words) {
    constexpr std::int64_t largest = 256;
    const bool known = shape.size() == 3 && (shape[2] == 1 || shape[2] == 3) && shape[0] > 0 && shape[1] > 0 &&
                       shape[0] <= largest && shape[1] <= largest &&
                       shape[0] * shape[1] * shape[2] == static_cast<std::int64_t>(values.size());
    if (!known) return {};
    const auto bytes = bitmap(values, static_cast<std::uint32_t>(shape[0]), static_cast<std::uint32_t>(shape[1]),
                              static_cast<std::uint32_t>(shape[2]));
    return "<img alt=\"" + htmlText(words) + "\" src=\"data:image/bmp;base64," + base64(bytes) + "\"/>";
}

}  // namespace perceptory::exchange
