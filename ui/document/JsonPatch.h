#pragma once
// The difference of two JSON values, small, exact and reversible: undo keeps these and never a pointer into the
// document.

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/base/Json.h"

namespace perceptory::document {

// A place inside a JSON value: names of members and indices of entries, from the root on.
using JsonPlace = std::vector<std::variant<std::string, std::size_t>>;

class JsonPatch {
public:
    // What leads from `before` to `after`. Order of members counts, so reverting is exact to the byte. Equal numbers
    // are no difference, whether written 1 or 1.0.
    static JsonPatch between(const base::Json& before, const base::Json& after);

    void apply(base::Json& json) const;
    void revert(base::Json& json) const;

    bool empty() const { return m_steps.empty(); }
    // Names of the members of the root that it touches; "" when the root itself is replaced.
    std::vector<std::string> roots() const;

private:
    struct Replace {
        base::Json before, after;
    };
    struct Member {  // set or taken away at `index`
        std::size_t index = 0;
        std::string name;
        base::Json value;
        bool insert = true;
    };
    struct Splice {  // `removed` gives way to `inserted`, both lists
        std::size_t index = 0;
        base::Json removed, inserted;
    };
    struct Step {
        JsonPlace place;
        std::variant<Replace, Member, Splice> what;
    };

    void compare(const base::Json& before, const base::Json& after, JsonPlace& place);
    void compareObjects(const base::Json& before, const base::Json& after, JsonPlace& place);
    void compareLists(const base::Json& before, const base::Json& after, JsonPlace& place);
    static void run(const Step& step, base::Json& json, bool forward);

    std::vector<Step> m_steps;
};

}  // namespace perceptory::document
