// A program that is killed at any moment, in the middle of saving too, leaves the model it had or the next one.
// PERCEPTORY_KILLS: how often, 1,000 without.
#include <doctest/doctest.h>

#include <csignal>
#include <cstdlib>
#include <random>
#include <thread>

#include "engine/base/Error.h"
#include "engine/project/ModelFile.h"
#include "engine/project/Project.h"
#include "tests/app/Projects.h"

using namespace perceptory;

namespace {

constexpr int usualKills = 1000, atOnce = 4;

// One model that is trained on and on, in a folder of its own.
class Victim {
public:
    explicit Victim(unsigned seed) : m_random(seed), m_project(test::put(m_folder, test::irisProject())) {}

    // Trains, writing the model without a pause, until it is killed.
    void killOnce() {
        std::vector<std::string> arguments{"train",  m_project, "--epochs", "1000000", "--checkpoint",
                                           "0.0005", "--model", m_model,    "--quiet"};
        if (m_step > 0) arguments.insert(arguments.end(), {"--resume", m_model});
        test::CliProcess process(arguments);
        std::this_thread::sleep_for(std::chrono::microseconds(m_random() % m_patience));
        process.signal(SIGKILL);
        process.finish();
        check();
        // On a busy machine it takes longer until there is something to lose.
        if (m_step <= 1000 && m_patience < mostPatience) m_patience += m_patience / 20;
    }

    std::int64_t step() const { return m_step; }
    int losses() const { return m_losses; }

private:
    // The model is there once it was, whole, and never older than before; the project is as it was.
    void check() {
        try {
            project::loadProject(m_project);
            if (m_step == 0 && !std::filesystem::exists(m_model)) return;
            const std::int64_t step = project::readModel(m_model).step;
            m_losses += step < m_step;
            m_step = step;
        } catch (const base::Error&) {
            ++m_losses;
        }
    }

    static constexpr unsigned mostPatience = 1'000'000;  // microseconds

    std::mt19937 m_random;
    support::Folder m_folder;
    std::string m_project, m_model = m_folder / "m.perceptory-model";
    unsigned m_patience = 150'000;
    std::int64_t m_step = 0;
    int m_losses = 0;
};

}  // namespace

TEST_CASE("kills at random moments of training and saving cost no model") {
    const char* asked = std::getenv("PERCEPTORY_KILLS");
    const int kills = asked ? std::atoi(asked) : usualKills;
    std::vector<std::unique_ptr<Victim>> victims;
    for (unsigned i = 0; i < atOnce; ++i) victims.push_back(std::make_unique<Victim>(i));
    std::vector<std::thread> threads;
    for (const auto& victim : victims)
        threads.emplace_back([&victim, kills] {
            for (int i = 0; i < kills / atOnce; ++i) victim->killOnce();
        });
    for (std::thread& thread : threads) thread.join();
    int losses = 0, learned = 0;
    for (const auto& victim : victims) {
        losses += victim->losses();
        learned += victim->step() > 1000;
    }
    CHECK(losses == 0);
    CHECK(learned == atOnce);  // they came to train and to save
}
