#pragma once
// What the book of runs says, in the user's words.

#include <QString>
#include <string>

namespace perceptory::views {

// "test_loss", a series of the log, as "loss, test".
QString seriesText(const std::string& series);
// "mean_absolute_error" as the shelf calls it.
QString metricText(const std::string& metric);
// project::networkInWords() with the labels of the shelf.
QString networkText(const std::string& network);

}  // namespace perceptory::views
