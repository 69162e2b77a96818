#include "tests/support/SystemCalls.h"

#include <dlfcn.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdarg>
#include <cstdio>

namespace perceptory::support {

namespace {

thread_local FaultyCalls* armed = nullptr;

constexpr std::size_t interruptions = 100;

int codeOf(Fault fault) {
    switch (fault) {
        case Fault::Io:
            return EIO;
        case Fault::NoSpace:
            return ENOSPC;
        case Fault::Denied:
            return EACCES;
        case Fault::Interrupted:
            return EINTR;
        default:
            return 0;
    }
}

}  // namespace

std::string nameOf(Fault fault) {
    static const char* const names[] = {"EIO", "ENOSPC", "EACCES", "EINTR", "short write", "kill"};
    return names[static_cast<std::size_t>(fault)];
}

FaultyCalls::FaultyCalls(const FaultPlan& plan) : m_plan(plan) { armed = this; }
FaultyCalls::~FaultyCalls() { armed = nullptr; }

bool FaultyCalls::failsNow() {
    const std::size_t call = m_count++;
    if (call < m_plan.at) return false;
    const std::size_t most = m_plan.fault == Fault::Interrupted ? interruptions : static_cast<std::size_t>(-1);
    return m_plan.sticky ? call - m_plan.at < most : call == m_plan.at;
}

int FaultyCalls::next() {
    if (!failsNow()) return 0;
    if (m_plan.fault == Fault::Kill) ::raise(SIGKILL);
    return codeOf(m_plan.fault);
}

std::size_t FaultyCalls::nextWrite(std::size_t bytes, int& code) {
    const bool fails = failsNow();
    code = 0;
    if (fails && m_plan.fault == Fault::Kill) ::raise(SIGKILL);
    if (fails && m_plan.fault == Fault::Short) return std::max<std::size_t>(1, bytes / 2);
    if (fails) code = codeOf(m_plan.fault);
    if (!code && m_written >= m_plan.room && bytes > 0) code = ENOSPC;
    if (code) return 0;
    const std::size_t taken = std::min(bytes, m_plan.room - m_written);
    m_written += taken;
    return taken;
}

namespace {

template <class Function>
Function real(const char* name) {
    return reinterpret_cast<Function>(::dlsym(RTLD_NEXT, name));
}

// Whether the call shall fail, errno set.
bool fails() {
    const int code = armed ? armed->next() : 0;
    if (code) errno = code;
    return code != 0;
}

int modeOf(int flags, va_list& rest) { return flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, int) : 0; }

}  // namespace

}  // namespace perceptory::support

using perceptory::support::armed;
using perceptory::support::fails;
using perceptory::support::real;

extern "C" {

ssize_t write(int file, const void* bytes, size_t count) {
    static const auto next = real<ssize_t (*)(int, const void*, size_t)>("write");
    int code = 0;
    if (armed) count = armed->nextWrite(count, code);
    if (code == 0) return next(file, bytes, count);
    errno = code;
    return -1;
}

int fsync(int file) {
    static const auto next = real<int (*)(int)>("fsync");
    return fails() ? -1 : next(file);
}

int close(int file) {
    static const auto next = real<int (*)(int)>("close");
    if (!fails()) return next(file);
    const int code = errno;
    next(file);  // it is gone all the same
    errno = code;
    return -1;
}

#define PERCEPTORY_OPEN(name)                                                 \
    int name(const char* path, int flags, ...) {                              \
        static const auto next = real<int (*)(const char*, int, ...)>(#name); \
        va_list rest;                                                         \
        va_start(rest, flags);                                                \
        const int mode = perceptory::support::modeOf(flags, rest);            \
        va_end(rest);                                                         \
        return fails() ? -1 : next(path, flags, mode);                        \
    }
#define PERCEPTORY_OPENAT(name)                                                    \
    int name(int folder, const char* path, int flags, ...) {                       \
        static const auto next = real<int (*)(int, const char*, int, ...)>(#name); \
        va_list rest;                                                              \
        va_start(rest, flags);                                                     \
        const int mode = perceptory::support::modeOf(flags, rest);                 \
        va_end(rest);                                                              \
        return fails() ? -1 : next(folder, path, flags, mode);                     \
    }

PERCEPTORY_OPEN(open)
PERCEPTORY_OPEN(open64)
PERCEPTORY_OPENAT(openat)
PERCEPTORY_OPENAT(openat64)

int rename(const char* from, const char* to) noexcept {
    static const auto next = real<int (*)(const char*, const char*)>("rename");
    return fails() ? -1 : next(from, to);
}

int renameat(int fromFolder, const char* from, int toFolder, const char* to) noexcept {
    static const auto next = real<int (*)(int, const char*, int, const char*)>("renameat");
    return fails() ? -1 : next(fromFolder, from, toFolder, to);
}

int link(const char* from, const char* to) noexcept {
    static const auto next = real<int (*)(const char*, const char*)>("link");
    return fails() ? -1 : next(from, to);
}

int linkat(int fromFolder, const char* from, int toFolder, const char* to, int flags) noexcept {
    static const auto next = real<int (*)(int, const char*, int, const char*, int)>("linkat");
    return fails() ? -1 : next(fromFolder, from, toFolder, to, flags);
}

int unlinkat(int folder, const char* path, int flags) noexcept {
    static const auto next = real<int (*)(int, const char*, int)>("unlinkat");
    return fails() ? -1 : next(folder, path, flags);
}

int mkdir(const char* path, mode_t mode) noexcept {
    static const auto next = real<int (*)(const char*, mode_t)>("mkdir");
    return fails() ? -1 : next(path, mode);
}

int fchmod(int file, mode_t mode) noexcept {
    static const auto next = real<int (*)(int, mode_t)>("fchmod");
    return fails() ? -1 : next(file, mode);
}

int fchown(int file, uid_t owner, gid_t group) noexcept {
    static const auto next = real<int (*)(int, uid_t, gid_t)>("fchown");
    return fails() ? -1 : next(file, owner, group);
}

}  // extern "C"
