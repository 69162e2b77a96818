#include "engine/data/bundled/BundledSet.h"

namespace perceptory::data {

const BundledSetType bundled_members::Diabetes{
    {"diabetes",
     "Diabetes",
     "442 people with diabetes, ten measurements each, and how far the disease had gone on a year later, from 25 to "
     "346. Origin: B. Efron et al., 2004, by way of scikit-learn; licence: the authors state none.",
     {}},
    Task::Regression,
    "diabetes/diabetes.csv",
    "3c4eebce799bc8db26309aee436d8c61a7e8010b76fb8e2c2627e048dac1afa4",
    "progression",
    {},
    // s5 over the body mass index; the mean progression of those in a field, in tenths of its range.
    {".236.77.....", "...6..47.7..", "..2556667.6.", ".55547468...", ".63356566888", "2334445.7...", "13234531887.",
     "21222455....", "212213424...", "1221..32....", "12103.......", "..2........."}};

}  // namespace perceptory::data
