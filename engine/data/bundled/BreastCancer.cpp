#include "engine/data/bundled/BundledSet.h"

namespace perceptory::data {

const BundledSetType bundled_members::BreastCancer{
    {"breast_cancer",
     "Breast cancer",
     "569 breast masses, thirty measurements of the nuclei of their cells each, malignant or benign. Origin: W. "
     "Street, "
     "W. Wolberg, O. Mangasarian, 1993, by way of UCI and scikit-learn; licence: CC BY 4.0.",
     {}},
    Task::Classification,
    "breast_cancer/breast_cancer.csv",
    "af399a019264f7999e6b395ee90576e46564867aa4c8a40797c96be87dc1be55",
    "diagnosis",
    {},
    // Mean concave points over worst radius.
    {".......1.11.", "........1..1", "......111...", ".....11111..", "....111111..", "..1.11111...", "...11111111.",
     ".0111111....", ".00111111...", "000011......", "000011......", "0000........"}};

}  // namespace perceptory::data
