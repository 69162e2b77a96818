// Saving a project and a model while the system fails: every call, every error, a full disk.
#include <doctest/doctest.h>

#include "engine/project/ModelFile.h"
#include "engine/project/Project.h"
#include "tests/support/FaultSweep.h"
#include "tests/support/Folder.h"

using namespace perceptory;
using support::FaultCase;

namespace {

base::Json projectCalled(const std::string& name) {
    return {{"format", "perceptory-project"}, {"format_version", 1}, {"name", name}};
}

project::Model modelAt(std::int64_t step) {
    project::Model model;
    model.project = projectCalled("model");
    model.step = step;
    tensor::NamedTensor weights{"out.weight", {100, 100}, tensor::Buffer(10'000)};
    for (std::int64_t i = 0; i < 10'000; ++i) weights.values.set(i, static_cast<double>(i * step));
    model.tensors.push_back(std::move(weights));
    return model;
}

// A file that is replaced, and what is demanded of every failure.
class Replaced {
public:
    Replaced(std::function<void(const std::string&)> writeOld, std::function<void(const std::string&)> writeNew)
        : m_writeNew(std::move(writeNew)) {
        writeOld(m_path);
        m_old = support::contentOf(m_path);
        m_writeNew(m_path);
        m_new = support::contentOf(m_path);
        REQUIRE(m_old != m_new);
    }

    support::Saving saving() {
        return {[this] { reset(); }, [this] { m_writeNew(m_path); }, [this](const FaultCase& done) { check(done); }};
    }
    std::size_t bytes() const { return m_new.size(); }

private:
    void reset() {
        for (const auto& entry : std::filesystem::directory_iterator(m_folder.path()))
            std::filesystem::remove(entry.path());
        support::writeContent(m_path, m_old);
    }

    void check(const FaultCase& done) {
        CAPTURE(done.words());
        CAPTURE(done.plan.room);
        CAPTURE(done.message);
        const std::string now = support::contentOf(m_path);
        CHECK((now == m_new || (!done.said && now == m_old)));
        if (done.plan.fault == support::Fault::Kill) return;
        if (!done.said) {
            CHECK(done.message.starts_with(m_path));
            CHECK(done.message.ends_with("."));
        }
        const std::string backup = support::contentOf(m_path + ".bak");
        CHECK((backup.empty() || backup == m_old));
        if (!done.plan.sticky) CHECK(m_folder.entries() == (backup.empty() ? 1 : 2));  // nothing else is left
    }

    support::Folder m_folder;
    std::string m_path = m_folder / "kept", m_old, m_new;
    std::function<void(const std::string&)> m_writeNew;
};

}  // namespace

TEST_CASE("whatever call fails while a project or a model is saved, the old one or the new one is there") {
    const auto project = [](const char* name) {
        return [name](const std::string& path) {
            project::saveProject(projectCalled(name), path, base::Previous::Backup);
        };
    };
    const auto model = [](std::int64_t step) {
        return [step](const std::string& path) { project::writeModel(modelAt(step), path, base::Previous::Backup); };
    };
    Replaced projects(project("old"), project("new")), models(model(1), model(2));
    CHECK(support::sweepFaults(projects.saving()) >= 100);
    CHECK(support::sweepFaults(models.saving()) >= 100);
    CHECK(support::sweepRoom(projects.saving(), projects.bytes(), 1) == projects.bytes());
    CHECK(support::sweepRoom(models.saving(), models.bytes(), 4096) > 5);
}
