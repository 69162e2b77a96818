#pragma once
// A network to begin with, for data of any kind: small, quick, and of the shape that is usual for such data.
//   a row of numbers: dense layers · an image: convolutions and pools · a class or numbers for each pixel: down to a
//   quarter and up again · a sequence: a recurrent layer · words: an embedding before it · users and items: an
//   embedding each · several fields: one branch each, joined · several targets: an output and a loss each

#include "engine/base/Json.h"
#include "engine/data/Dataset.h"

namespace perceptory::project {

// Replaces the project's network and what of its training goes with a network: losses, optimizer, schedule, batch size
// and all that watches or weighs. Seed, epochs and order stay. Any thread.
void startNetwork(base::Json& project, const data::Dataset& dataset);

}  // namespace perceptory::project
