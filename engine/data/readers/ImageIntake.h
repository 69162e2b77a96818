#pragma once
// What readers of image files share: their parameters, one size for all images, and what becomes of bad files.

#include <functional>

#include "engine/data/images/Fit.h"
#include "engine/data/images/ImageFile.h"
#include "engine/data/readers/PixelFile.h"

namespace perceptory::data {

// height, width, fit, colour, bad_files.
std::vector<base::ParamType> imageParameters();

class ImageIntake {
public:
    // Images that keep their own size, and those that are made to fit, have at most this many pixels a side.
    static constexpr std::int64_t mostSide = 1024;

    // Both must outlive it. `types` are the reader's, with imageParameters() among them.
    ImageIntake(const ReadRequest& request, const std::vector<base::ParamType>& types, base::Problems& problems);

    // Decides on size and colour: the model's, the parameters', or what the first of these files have. False after a
    // problem.
    bool decide(const std::vector<std::string>& paths);
    const ImageSize& size() const { return m_fit.size; }
    // An empty table for images of that size.
    Table table() const;

    // The image in that size. Nothing when it was left out, or must not be: stopped() tells which.
    std::optional<Image> read(const std::string& path);
    // The same for what else is to be read together with an image.
    std::optional<Image> attempt(const std::function<Image()>& read);
    // In the size of `image`, nearest pixels, as numbers of one channel. Throws Error.
    Image readMask(const std::string& path, const ImageSize& image) const;
    // Of the file that was read last, before it was fitted.
    const ImageSize& original() const { return m_original; }

    // A sentence about a file or files: noted when bad files are skipped, else a problem and the end.
    void leaveOut(const std::string& sentence);
    bool stopped() const { return m_stopped; }
    bool skipping() const { return m_skip; }
    bool refuse(std::string sentence, std::string fix);

    void addNotes(Table& table) const;

private:
    bool takeModelSize();
    std::optional<ImageSize> firstSize(const std::vector<std::string>& paths);
    bool hasColour(const std::vector<std::string>& paths) const;

    const ReadRequest& m_request;
    base::Problems& m_problems;
    Fit m_fit;
    std::string m_colour;
    bool m_skip, m_keepsSize = false, m_stopped = false;
    std::string m_firstPath;  // whose size counts
    ImageSize m_original;
    std::vector<std::string> m_leftOut;  // the first few sentences
    std::size_t m_leftOutCount = 0, m_greyed = 0;
};

}  // namespace perceptory::data
