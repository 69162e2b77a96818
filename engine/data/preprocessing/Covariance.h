#pragma once
// The covariance of training rows, and what it is made of: its eigenvalues and eigenvectors.

#include <memory>

#include "engine/data/preprocessing/TrainingRows.h"

namespace perceptory::data {

// A few megabytes per thousand columns squared; up to some thousand columns it takes seconds.
class Covariance {
public:
    // Divided by the number of rows. `mean` is theirs.
    Covariance(const TrainingRows& rows, const std::vector<double>& mean);
    ~Covariance();

    // All eigenvalues, the largest first.
    std::vector<double> variances() const;
    // The eigenvectors of the first `count` of them, [count][width], each of length 1, orthogonal.
    std::vector<double> axes(std::size_t count) const;

private:
    struct Solver;
    std::unique_ptr<Solver> m_solver;
};

}  // namespace perceptory::data
