#pragma once
// Rows that are left out or get another class: a list in the project, never a change of the source's file. Rows are
// numbered as the source has them (data::Dataset::sourceRow). Points painted by hand have no source besides the
// project: they are changed themselves, as a brush would.

#include <cstdint>
#include <span>
#include <string>

#include "ui/document/Document.h"

namespace perceptory::document {

// A row has one edit at most: the newer takes the place of the older. Each call is one undo step; giving the same rows
// one class after another is one too.
void excludeRows(Document& document, std::span<const std::uint32_t> rows);
void relabelRows(Document& document, std::span<const std::uint32_t> rows, const std::string& label);

// The rows are as the source has them again.
void takeBackEdits(Document& document, std::span<const std::uint32_t> rows);
void takeBackAllEdits(Document& document);

}  // namespace perceptory::document
