#pragma once
// The covariance of training rows, and what it is made of: its eigenvalues and eigenvectors.

#include <memory>

#include "engine/data/preprocessing/TrainingRows.h"

namespace perceptory::data {

// Of rows that outlive it, as does `mean`, which is theirs. A few megabytes per thousand columns squared; one thread
// calls it, and it shares the work among as many as there are processors. The bits do not depend on their number.
class Covariance {
public:
    // Divided by the number of rows. Throws Cancelled, as axes() does.
    Covariance(const TrainingRows& rows, const std::vector<double>& mean, const base::Progress& progress);
    ~Covariance();

    // All eigenvalues, one for each column, the largest first.
    std::vector<double> variances() const;
    // The eigenvectors of the first `count` of them, [count][width], each of length 1, orthogonal.
    std::vector<double> axes(std::size_t count);

private:
    struct Solver;
    std::unique_ptr<Solver> m_solver;
};

}  // namespace perceptory::data
