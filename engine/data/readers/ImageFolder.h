#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "engine/data/images/Image.h"

namespace perceptory::data {

// What a form needs to offer a folder of images: its classes with their numbers of files, and the first few images.
struct ImageFolderPreview {
    struct Class {
        std::string name;
        std::size_t files = 0;
    };
    struct First {
        std::string path;
        ImageSize size;       // as stored; no pixels when it cannot be read
        std::string problem;  // why
    };
    std::vector<Class> classes;  // in class order; none: images lie directly in the folder
    std::size_t files = 0;
    std::vector<First> first;
    std::vector<std::string> notes;
};

// Decodes no image. Throws Error as the reader does.
ImageFolderPreview imageFolderPreview(const std::filesystem::path& path);

}  // namespace perceptory::data
