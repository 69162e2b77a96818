#pragma once
// Archives as numpy.savez writes them, for tests that need arrays in one file.

#include <zip.h>

#include <string>
#include <utility>
#include <vector>

namespace perceptory::support {

// Names without ".npy", and what numpy.save would write.
using NpzArrays = std::vector<std::pair<std::string, std::string>>;

// `packed`: as numpy.savez_compressed. With a password each array is encrypted, which NumPy does not do.
inline void writeNpz(const std::string& path, const NpzArrays& arrays, bool packed = false,
                     const char* password = nullptr) {
    zip_t* zip = zip_open(path.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const auto& [name, bytes] : arrays) {
        zip_source_t* source = zip_source_buffer(zip, bytes.data(), bytes.size(), 0);
        const auto index = static_cast<zip_uint64_t>(zip_file_add(zip, (name + ".npy").c_str(), source, 0));
        zip_set_file_compression(zip, index, packed ? ZIP_CM_DEFLATE : ZIP_CM_STORE, 0);
        if (password) zip_file_set_encryption(zip, index, ZIP_EM_AES_256, password);
    }
    zip_close(zip);
}

}  // namespace perceptory::support
