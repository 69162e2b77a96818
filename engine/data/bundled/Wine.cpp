#include "engine/data/bundled/BundledSet.h"

namespace perceptory::data {

const BundledSetType bundled_members::Wine{
    {"wine",
     "Wine",
     "178 Italian wines of three cultivars, thirteen measurements of their chemistry each. Origin: M. Forina et al., "
     "1988, by way of UCI and scikit-learn; licence: CC BY 4.0.",
     {}},
    Task::Classification,
    "wine/wine.csv",
    "01f7b99ce4b114e883cf6fdfc89b01507806fe1dda6abfd1d16859ce62cffdf2",
    "cultivar",
    {},
    // Proline over flavanoids.
    {".........0..", ".......00...", "......0.....", "....00000...", ".....0000...", ".....0000...", "21..100.....",
     "2211.000....", "2221101.1...", "2221111.....", "22111111...1", "..111111...."}};

}  // namespace perceptory::data
