#include "engine/backends/KernelLibrary.h"

#include <dlfcn.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <map>
#include <mutex>

#include "engine/backends/isa/Tables.h"
#include "engine/base/Error.h"
#include "engine/base/Text.h"

namespace perceptory::backends {

namespace {

namespace fs = std::filesystem;

std::string environment(const char* name) {
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::vector<fs::path> searchFolders() {
    std::vector<fs::path> folders;
    if (const std::string chosen = environment("PERCEPTORY_KERNELS"); !chosen.empty()) folders.emplace_back(chosen);
    std::error_code ignored;
    if (const fs::path program = fs::read_symlink("/proc/self/exe", ignored); !program.empty()) {
        folders.push_back(program.parent_path());
        folders.push_back(program.parent_path().parent_path() / "lib" / "perceptory");
    }
    folders.emplace_back(PERCEPTORY_KERNEL_BUILD_FOLDER);
    return folders;
}

// Null when this file cannot be used; `why` then says so.
const KernelTable* open(const fs::path& file, std::string& why) {
    if (std::error_code ignored; !fs::exists(file, ignored)) return nullptr;
    void* library = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (!library) {
        why += std::string(dlerror()) + "\n";
        return nullptr;
    }
    const auto entry = reinterpret_cast<const KernelTable* (*)()>(dlsym(library, "perceptory_kernels"));
    const KernelTable* table = entry ? entry() : nullptr;
    if (table && table->version == kernelTableVersion) return table;
    why += base::sentence("{0}: made for another version of the program\n", file.string());
    dlclose(library);
    return nullptr;
}

const KernelTable* find(const std::string& isa, std::string& why) {
    for (const fs::path& folder : searchFolders())
        if (const KernelTable* table = open(folder / ("libperceptory-kernels-" + isa + ".so"), why)) return table;
    return nullptr;
}

// Opens each library once; remembers failures no longer than the call.
const KernelTable* cached(const std::string& isa, std::string& why) {
    static std::mutex mutex;
    static std::map<std::string, const KernelTable*> tables;
    const std::lock_guard lock(mutex);
    const KernelTable*& table = tables[isa];
    if (!table) table = find(isa, why);
    return table;
}

std::string list(const std::vector<std::string>& words) {
    std::string text;
    for (const std::string& word : words) text += (text.empty() ? "" : ", ") + word;
    return text;
}

const KernelTable& demanded(const std::string& isa) {
    const std::vector<std::string> supported = supportedInstructionSets();
    if (!std::ranges::count(supported, isa))
        throw base::Error(base::sentence(
            "The instruction set \"{0}\" cannot be used on this processor. Choose one of: {1}.", isa, list(supported)));
    std::string why;
    if (const KernelTable* table = cached(isa, why)) return *table;
    throw base::Error(base::sentence("The kernel library libperceptory-kernels-{0}.so is missing or does not fit. "
                                     "Reinstall the program, or set PERCEPTORY_KERNELS to its folder.",
                                     isa),
                      why);
}

}  // namespace

std::vector<std::string> supportedInstructionSets() {
    std::vector<std::string> result;
#if defined(__x86_64__)
    __builtin_cpu_init();
    const bool v3 = __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") && __builtin_cpu_supports("bmi") &&
                    __builtin_cpu_supports("bmi2");
    const bool v4 = v3 && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
                    __builtin_cpu_supports("avx512cd") && __builtin_cpu_supports("avx512dq") &&
                    __builtin_cpu_supports("avx512vl");
    if (v4) result.emplace_back("v4");
    if (v3) result.emplace_back("v3");
#endif
    result.emplace_back("base");
    return result;
}

const KernelTable& kernels(const std::string& isa) {
    if (!isa.empty()) return demanded(isa);
    if (const std::string chosen = environment("PERCEPTORY_ISA"); !chosen.empty()) return demanded(chosen);
    std::string why;
    for (const std::string& candidate : supportedInstructionSets())
        if (const KernelTable* table = cached(candidate, why)) return *table;
    throw base::Error(
        base::sentence("No kernel library (libperceptory-kernels-base.so) was found beside the program. Reinstall the "
                       "program, or set PERCEPTORY_KERNELS to the folder of the libraries."),
        why);
}

const KernelTable& doubleKernels() { return isa::table(); }

}  // namespace perceptory::backends
