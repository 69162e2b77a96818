#pragma once
// From the paths on the command line to something that can be trained or asked.

#include <memory>
#include <optional>

#include "app/cli/Errors.h"
#include "engine/data/DatasetLoader.h"
#include "engine/data/NewRows.h"
#include "engine/project/ModelFile.h"
#include "engine/training/RunCheck.h"
#include "engine/training/Trainer.h"

namespace perceptory::cli {

// A project as it was opened: from a project file, or out of a model file.
struct OpenProject {
    std::string path;
    std::string folder;  // its data paths are relative to it
    base::Json json;
};
OpenProject openProject(const std::string& path);

// Notes what the data files hold now. A model is of these data, not of what they may be when it is written.
void keepDataSums(OpenProject& project);

// A project with its data, checked as far as it goes. Never throws for what is wrong with them: all of it is in
// check.problems.
struct CheckedRun {
    training::RunSpec spec;
    std::shared_ptr<const data::Dataset> dataset;  // null when it could not be loaded
    training::RunCheck check;
};
CheckedRun checkProject(const OpenProject& project);

// Says all problems, then throws Refused when one of them is an error.
void insistOnSound(const base::Problems& problems, const std::string& place, bool quiet = false);

// The files that the data names; relative names count from the folder.
std::vector<std::string> dataFiles(const data::DataSpec& spec, const std::string& folder);

// The file of FILE or NAME=FILE.
std::string fileOf(const std::string& argument);

// A trained network out of a model file, or of the one a project names.
class OpenModel {
public:
    explicit OpenModel(const std::string& path);

    const project::Model& model() const { return m_model; }
    const training::RunSpec& spec() const { return m_spec; }
    const std::string& path() const { return m_path; }
    std::vector<std::string> dataFiles() const { return cli::dataFiles(m_spec.data, m_folder); }

    // The data the model was trained with, or the named file or bundled set, or NAME=FILE for each of its inputs and
    // targets; prepared as the model prepares. Says the problems.
    std::shared_ptr<const data::Dataset> load(const std::vector<std::string>& other = {}) const;
    // The rows of a file, or of NAME=FILE for each field, prepared as the model prepares. Says problems and notes.
    data::NewRows newRows(const std::vector<std::string>& files, const data::InputPipeline& pipeline) const;
    // From now on trainers measure every metric that fits beside the project's own, but none that would have to sort
    // more scores of this data than fit the memory well.
    void measureAll(const data::Dataset& dataset);
    // No rows, for networks that are only asked.
    std::shared_ptr<const data::Dataset> rowless() const;
    // The network with the model's weights on such a data set.
    std::unique_ptr<training::Trainer> trainerOn(std::shared_ptr<const data::Dataset> dataset, const Globals& globals,
                                                 int threads = 1) const;

private:
    std::string m_path, m_folder;
    project::Model m_model;
    training::RunSpec m_spec;
};

// The row numbers of "train", "validation", "test" or "all".
std::vector<std::uint32_t> rowsOf(const data::Dataset& dataset, const std::string& split);

}  // namespace perceptory::cli
