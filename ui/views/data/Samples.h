#pragma once
// The rows of a data set as people read them: parts by name, words as words, images as pictures. Any thread; each with
// a scratch of its own.

#include <QImage>
#include <QString>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/data/Dataset.h"

namespace perceptory::views {

enum class SamplePart : unsigned char { None, Training, Validation, Test };

// Of every row.
std::vector<SamplePart> partsOf(const data::Dataset& dataset);
QString partName(SamplePart part);

// Whether each row has one class.
bool hasClasses(const data::Dataset& dataset);
// Of a row; -1 where it has none.
int classOf(const data::Dataset& dataset, std::uint32_t row);
QString className(const data::Dataset& dataset, int cls);
// What is predicted, by name: "Class", or the columns.
QString targetTitle(const data::Dataset& dataset);
// Class or numbers; for a picture of classes that there is one.
QString targetText(const data::Dataset& dataset, std::uint32_t row);
// To be counted and sorted by: the class, else the first number; 0 where there is neither.
float targetNumber(const data::Dataset& dataset, std::uint32_t row);

// The columns as they were read, or as the network sees them after features and preprocessing.
const std::vector<std::string>& columnNames(const data::Dataset& dataset, bool prepared);
// Empty when the disk fails.
std::span<const float> valuesOf(const data::Dataset& dataset, std::uint32_t row, bool prepared,
                                std::vector<float>& scratch);
QString valueText(const data::Dataset& dataset, std::size_t column, bool prepared, float value);
// The words of a column as read; null for numbers.
const std::vector<std::string>* wordsOf(const data::Dataset& dataset, std::size_t column);

bool hasImages(const data::Dataset& dataset);
// Prepared: its smallest value black, the largest white. Where preprocessing leaves no picture, what is left of it on
// the way back. Null without images.
QImage sampleImage(const data::Dataset& dataset, std::uint32_t row, bool prepared);

}  // namespace perceptory::views
