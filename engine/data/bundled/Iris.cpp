#include "engine/data/bundled/BundledSet.h"

namespace perceptory::data {

const BundledSetType bundled_members::Iris{
    {"iris",
     "Iris",
     "150 flowers of three kinds, four lengths each in centimetres. One kind is easy to tell, the other two overlap. "
     "Origin: E. Anderson and R. A. Fisher, 1936, by way of UCI and scikit-learn; licence: CC BY 4.0.",
     {}},
    Task::Classification,
    "iris/iris.csv",
    "f7fac79ad999fd2d001fd012dd70c0f42c738a7e7cfb7069e71371b55c29341e",
    "species",
    {},
    // Petal width over petal length.
    {"........222.", "........2222", ".......22222", ".......2222.", ".......112..", ".....11122..", "....1111....",
     "....111.....", "............", ".0..........", ".00.........", "000........."}};

}  // namespace perceptory::data
