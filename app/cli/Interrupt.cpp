#include "app/cli/Interrupt.h"

#include <csignal>

namespace perceptory::cli {

namespace {

volatile std::sig_atomic_t marked = 0;

void mark(int) { marked = 1; }

}  // namespace

Interrupt::Interrupt() {
    marked = 0;
    struct sigaction action = {};
    action.sa_handler = mark;
    // The system's own answer comes back after the first signal.
    action.sa_flags = static_cast<int>(SA_RESTART | SA_RESETHAND);
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
}

Interrupt::~Interrupt() {
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
}

bool Interrupt::wanted() const { return marked != 0; }

}  // namespace perceptory::cli
