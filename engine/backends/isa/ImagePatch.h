#pragma once
// Pieces of images with a border of zeros around them, in memory of the calling thread, so that kernels that read
// through a window meet no border.

#include <algorithm>

#include "engine/backends/isa/Share.h"

namespace perceptory::backends::isa {

// Map positions taken together, and the source pixels their windows reach: rows and columns of the image, whose first
// and last ones may lie outside of it.
struct PatchArea {
    Span rows, columns;              // of the map
    Span sourceRows, sourceColumns;  // of the image

    PatchArea(const tensor::Window& w, Span mapRows, Span mapColumns)
        : rows(mapRows),
          columns(mapColumns),
          sourceRows{mapRows.begin * w.strideY - w.padTop,
                     (mapRows.end - 1) * w.strideY - w.padTop + (w.kernelHeight - 1) * w.dilationY + 1},
          sourceColumns{mapColumns.begin * w.strideX - w.padLeft,
                        (mapColumns.end - 1) * w.strideX - w.padLeft + (w.kernelWidth - 1) * w.dilationX + 1} {}

    std::int64_t height() const { return sourceRows.end - sourceRows.begin; }
    std::int64_t width() const { return sourceColumns.end - sourceColumns.begin; }
    std::int64_t pixels() const { return height() * width(); }
    std::int64_t mapPixels() const { return (rows.end - rows.begin) * (columns.end - columns.begin); }
};

// The largest area that begins at (row, column) of the map and whose source fits into `room` pixels: whole rows if
// one fits, else a part of one; at least one position.
inline PatchArea patchFrom(const tensor::Window& w, std::int64_t row, std::int64_t column, std::int64_t room) {
    const auto area = [&](std::int64_t rows, std::int64_t columns) {
        return PatchArea(w, {row, row + rows}, {column, column + columns});
    };
    std::int64_t columns = w.mapWidth - column;
    while (columns > 1 && area(1, columns).pixels() > room) columns = (columns + 1) / 2;
    if (columns < w.mapWidth) return area(1, columns);  // also the rest of a row
    std::int64_t rows = w.mapHeight - row;
    while (rows > 1 && area(rows, columns).pixels() > room) rows = (rows + 1) / 2;
    return area(rows, columns);
}

// f(area) for areas that together cover the map.
template <class F>
void eachPatch(const tensor::Window& w, std::int64_t room, F f) {
    for (std::int64_t row = 0; row < w.mapHeight;)
        for (std::int64_t column = 0; column < w.mapWidth;) {
            const PatchArea area = patchFrom(w, row, column, room);
            f(area);
            column = area.columns.end;
            if (column == w.mapWidth) row = area.rows.end;
        }
}

// Copies the source of `area`, zeros where it lies outside of the image.
template <class Real>
void copyPatch(const Real* image, const tensor::Window& w, const PatchArea& area, Real* to) {
    const std::int64_t first = std::clamp<std::int64_t>(area.sourceColumns.begin, 0, w.width),
                       last = std::clamp<std::int64_t>(area.sourceColumns.end, 0, w.width);
    const std::int64_t before = std::clamp<std::int64_t>(first - area.sourceColumns.begin, 0, area.width()),
                       inside = last - first, after = area.width() - before - inside;
    for (std::int64_t y = area.sourceRows.begin; y < area.sourceRows.end; ++y) {
        if (y < 0 || y >= w.height) {
            to = std::fill_n(to, area.width() * w.channels, Real(0));
            continue;
        }
        to = std::fill_n(to, before * w.channels, Real(0));
        to = std::copy_n(image + (y * w.width + first) * w.channels, inside * w.channels, to);
        to = std::fill_n(to, after * w.channels, Real(0));
    }
}

}  // namespace perceptory::backends::isa
