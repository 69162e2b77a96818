#pragma once
// Ctrl-C as a wish to stop, noticed between two batches. A second one ends the program at once.

namespace perceptory::cli {

// While it lives, SIGINT and SIGTERM only leave a mark. One object at a time.
class Interrupt {
public:
    Interrupt();
    ~Interrupt();
    Interrupt(const Interrupt&) = delete;
    Interrupt& operator=(const Interrupt&) = delete;

    bool wanted() const;
};

}  // namespace perceptory::cli
