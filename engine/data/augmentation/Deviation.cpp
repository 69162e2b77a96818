#include "engine/data/augmentation/Deviation.h"

namespace perceptory::data {

double Deviation::draw(base::RandomStream& random) const {
    if (!m_exact) return random.uniform(-m_extent, m_extent);
    return random.below(2) ? m_extent : -m_extent;
}

AxisDeviation::Amounts AxisDeviation::draw(base::RandomStream& random) const {
    Amounts amounts{horizontal.draw(random), vertical.draw(random)};
    if (onlyOne) (random.below(2) ? amounts.horizontal : amounts.vertical) = 0;
    return amounts;
}

}  // namespace perceptory::data
