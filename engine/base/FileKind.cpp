#include "engine/base/FileKind.h"

#include <algorithm>
#include <cctype>

#include "engine/base/Text.h"

namespace perceptory::base {

namespace {

using namespace std::string_view_literals;

struct Magic {
    std::string_view bytes;
    Pattern<0> words;
};

// Longer marks before the shorter ones they begin with.
constexpr Magic marks[] = {
    {"\x89PCM\r\n\x1a\n"sv, Pattern<0>("a model file of Perceptory")},
    {"\x89PNG\r\n\x1a\n"sv, Pattern<0>("a PNG picture")},
    {"\xff\xd8\xff"sv, Pattern<0>("a JPEG picture")},
    {"GIF8"sv, Pattern<0>("a GIF picture")},
    {"PK\x03\x04"sv, Pattern<0>("a ZIP archive (.zip, .xlsx, .npz and .pt files are such archives)")},
    {"PK\x05\x06"sv, Pattern<0>("an empty ZIP archive")},
    {"\x1f\x8b"sv, Pattern<0>("compressed with gzip")},
    {"BZh"sv, Pattern<0>("compressed with bzip2")},
    {"\xfd"
     "7zXZ\0"sv,
     Pattern<0>("compressed with xz")},
    {"\x28\xb5\x2f\xfd"sv, Pattern<0>("compressed with zstd")},
    {"7z\xbc\xaf\x27\x1c"sv, Pattern<0>("a 7-Zip archive")},
    {"Rar!"sv, Pattern<0>("a RAR archive")},
    {"%PDF"sv, Pattern<0>("a PDF document")},
    {"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"sv, Pattern<0>("an old Office document (.xls, .doc)")},
    {"SQLite format 3\0"sv, Pattern<0>("an SQLite database")},
    {"\x89HDF\r\n\x1a\n"sv, Pattern<0>("an HDF5 file")},
    {"GGUF"sv, Pattern<0>("a GGUF model")},
    {"PAR1"sv, Pattern<0>("a Parquet table")},
    {"ARROW1"sv, Pattern<0>("an Arrow table")},
    {"\x93NUMPY"sv, Pattern<0>("a NumPy array (.npy)")},
    {"\x7f"
     "ELF"sv,
     Pattern<0>("a program")},
    {"\x80\x02"sv, Pattern<0>("a Python pickle")},
    {"\x80\x03"sv, Pattern<0>("a Python pickle")},
    {"\x80\x04"sv, Pattern<0>("a Python pickle")},
    {"\x80\x05"sv, Pattern<0>("a Python pickle")},
    {"\0\0\x08\x01"sv, Pattern<0>("a list of labels in IDX form (as MNIST's)")},
    {"\0\0\x08\x03"sv, Pattern<0>("pictures in IDX form (as MNIST's)")},
    {"\xff\xfe\0\0"sv, Pattern<0>("text in UTF-32")},
    {"\xff\xfe"sv, Pattern<0>("text in UTF-16")},
    {"\xfe\xff"sv, Pattern<0>("text in UTF-16")},
    {"version https://git-lfs"sv, Pattern<0>("a Git LFS pointer, not the file it stands for (run `git lfs pull`)")},
    {"{\\rtf"sv, Pattern<0>("a Rich Text document")},
};

std::string lowerStart(std::string_view text) {
    while (!text.empty() && (std::isspace(static_cast<unsigned char>(text[0])) || text[0] == '\xef' ||
                             text[0] == '\xbb' || text[0] == '\xbf'))
        text.remove_prefix(1);
    std::string result(text.substr(0, 16));
    for (char& c : result)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return result;
}

// Eight bytes of length, of which the upper ones are zero, then a header in JSON.
bool looksLikeSafetensors(std::string_view head) {
    return head.size() > 9 && head.substr(4, 4) == "\0\0\0\0"sv &&
           (head.substr(8, 2) == "{\""sv || head.substr(8, 2) == "{}"sv);
}

// Text has hardly a control character but tabs and ends of lines and pages.
bool looksBinary(std::string_view head) {
    const auto isControl = [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && (byte < '\t' || byte > '\r')) || byte == 0x7f;
    };
    const auto controls = static_cast<std::size_t>(std::ranges::count_if(head, isControl));
    return controls > 3 && controls * 20 > head.size();
}

// Latin text in UTF-16 without a mark has a zero in every second byte.
bool looksLikeUtf16(std::string_view head) {
    if (head.size() < 4) return false;
    std::size_t zeros[2] = {0, 0};
    for (std::size_t i = 0; i < head.size(); ++i) zeros[i % 2] += head[i] == '\0';
    const std::size_t half = head.size() / 2;
    return (zeros[0] == 0 && zeros[1] > half * 3 / 4) || (zeros[1] == 0 && zeros[0] > half * 3 / 4);
}

}  // namespace

std::string markedKind(std::string_view head) {
    head = head.substr(0, 4096);
    // A length can begin with any mark: 640 with that of a pickle.
    if (looksLikeSafetensors(head)) return sentence("weights in a safetensors file");
    for (const Magic& mark : marks)
        if (head.starts_with(mark.bytes)) return sentence(mark.words);
    const std::string start = lowerStart(head);
    if (start.starts_with("<!doctype html") || start.starts_with("<html")) return sentence("a web page (HTML)");
    if (start.starts_with("<?xml")) return sentence("an XML document");
    if (looksLikeUtf16(head)) return sentence("text in UTF-16");
    return {};
}

std::string foreignKind(std::string_view head) {
    const std::string kind = markedKind(head);
    return kind.empty() && looksBinary(head) ? sentence("a binary file") : kind;
}

}  // namespace perceptory::base
