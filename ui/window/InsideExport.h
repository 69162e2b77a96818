#pragma once
// What is seen in the panel Inside, taken away: its picture to the clipboard or a file, its numbers to a file. GUI
// thread only.

#include <QWidget>

#include "ui/views/inside/InsideView.h"

namespace perceptory::window {

void copyPicture(QWidget& picture);
void savePicture(QWidget& picture, const QString& name);  // asks where; PNG, other pictures, or SVG
void saveNumbers(QWidget& parent, const QString& name,
                 const std::vector<views::ShownArray>& arrays);  // CSV, .npy of one array, .npz of several

QImage imageOfWidget(QWidget& picture);
bool writeSvg(QWidget& picture, const QString& path);
// One array of two axes is a table; else a line for each number: the array's name, its indices, the number.
QByteArray csvOf(const std::vector<views::ShownArray>& arrays);
// One array as .npy, several as .npz.
std::string numpyOf(const std::vector<views::ShownArray>& arrays);

}  // namespace perceptory::window
