#pragma once
// A sample of a reader in a folder of its own, to be read whole or damaged.

#include "engine/data/readers/Reader.h"
#include "tests/engine/data/ReaderSamples.h"
#include "tests/support/Folder.h"

namespace perceptory {

class ReaderCase {
public:
    ReaderCase(const data::ReaderType& type, ReaderSample sample);

    // Sets the content of one of the sample's files.
    void write(const std::string& name, const std::string& bytes);

    // Bytes of all files.
    long size() const;

    // A reader gives a sound table, or words about what is wrong; `faults` is what else happened.
    struct Outcome {
        bool isTable = false;
        std::vector<std::string> faults;
    };
    Outcome read(bool needsTarget) const;

private:
    std::vector<data::NamedFile> named(const std::map<std::string, std::string>& files) const;
    data::ReadRequest request(bool needsTarget) const;

    const data::ReaderType& m_type;
    ReaderSample m_sample;
    support::Folder m_folder;
    std::map<std::string, long> m_sizes;
};

}  // namespace perceptory
