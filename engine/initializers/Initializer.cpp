#include "engine/initializers/Initializer.h"

namespace perceptory::initializers {

const base::Shelf<InitializerType>& shelf() {
    static const base::Shelf<InitializerType> all("initializer", {
#define INITIALIZER(Name) &Name##Initializer,
#include "engine/initializers/initializers.def"
#undef INITIALIZER
                                                                 });
    return all;
}

}  // namespace perceptory::initializers
