#include "engine/data/bundled/BundledSet.h"

namespace perceptory::data {

const BundledSetType bundled_members::Digits{
    {"digits",
     "Digits 8×8",
     "1797 handwritten digits as pictures of 8 by 8 pixels with values from 0 to 16. Origin: E. Alpaydin, C. Kaynak, "
     "1998, by way of UCI and scikit-learn; licence: CC BY 4.0.",
     {}},
    Task::Classification,
    "digits/digits.csv",
    "592cc047d0a1cc7fdef9fd724514209dcb45a80aa147dc3ab375e3e1a9a380f4",
    "digit",
    {8, 8, 1},
    // One of the threes.
    {"...##...", ".##.#...", "...##...", "...##...", "....##..", ".....##.", "..#..##.", "...###.."}};

}  // namespace perceptory::data
