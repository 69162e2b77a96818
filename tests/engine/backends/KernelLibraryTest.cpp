#include "engine/backends/KernelLibrary.h"

#include <doctest/doctest.h>

#include <cstring>

#include "engine/base/Error.h"
#include "tests/engine/backends/Matrix.h"

using namespace perceptory;

TEST_CASE("every library this processor can run opens and says what it is") {
    for (const std::string& isa : backends::supportedInstructionSets()) {
        const backends::KernelTable& table = backends::kernels(isa);
        CHECK(table.isa == isa);
        CHECK(table.version == backends::kernelTableVersion);
        CHECK(table.elementSize == 4);
        CHECK(table.tiny != nullptr);
        CHECK(&backends::kernels(isa) == &table);
    }
    CHECK(backends::doubleKernels().elementSize == 8);
}

TEST_CASE("an instruction set nobody knows is refused with the ones to choose from") {
    CHECK_THROWS_WITH_AS(backends::kernels("v9"), doctest::Contains("Choose one of: "), base::Error);
}

TEST_CASE("all tables hold the same kernels in the same order") {
    const backends::KernelTable& reference = backends::doubleKernels();
    for (const backends::KernelTable* table : tests::floatTables()) {
        CAPTURE(std::string(table->isa));
        REQUIRE(table->primitiveCount == reference.primitiveCount);
        REQUIRE(table->unaryCount == reference.unaryCount);
        REQUIRE(table->lossCount == reference.lossCount);
        REQUIRE(table->penaltyCount == reference.penaltyCount);
        REQUIRE(table->updateCount == reference.updateCount);
        for (int i = 0; i < table->unaryCount; ++i) CHECK(!std::strcmp(table->unary[i].id, reference.unary[i].id));
        for (int i = 0; i < table->lossCount; ++i) CHECK(!std::strcmp(table->losses[i].id, reference.losses[i].id));
        for (int i = 0; i < table->updateCount; ++i) CHECK(!std::strcmp(table->updates[i].id, reference.updates[i].id));
    }
}

TEST_CASE("every primitive of the graph has a kernel, by its name or by formulas") {
    for (const char* name : {
#define PRIMITIVE(Name) #Name,
#include "engine/ir/primitives/primitives.def"
#undef PRIMITIVE
         }) {
        std::string id;
        for (const char* c = name; *c; ++c) {
            if (c != name && *c >= 'A' && *c <= 'Z') id += '_';
            id += static_cast<char>(*c >= 'A' && *c <= 'Z' ? *c - 'A' + 'a' : *c);
        }
        const bool byFormula = id == "unary" || id == "unary_gradient" || id == "loss" || id == "loss_gradient";
        CAPTURE(id);
        CHECK(byFormula != (tests::primitive(backends::doubleKernels(), id) != nullptr));
    }
}
