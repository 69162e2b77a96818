#pragma once
// Nodes of a project's network, one layer behind the other.

#include <set>
#include <string>
#include <vector>

#include "engine/base/Json.h"
#include "engine/tensor/Shape.h"

namespace perceptory::project {

// What a layer puts out.
struct Part {
    std::string id;
    tensor::Shape shape;  // of one sample
};

class NetworkBuilder {
public:
    // The id is `wanted` with what an id may not hold replaced, and a number behind it where it is taken.
    Part add(const std::string& wanted, const char* type, const std::vector<Part>& inputs, base::Json parameters,
             tensor::Shape shape);

    Part input(const std::string& wanted, const std::string& field, tensor::Shape shape);
    Part dense(const std::string& wanted, const Part& at, std::int64_t units, const char* activation);
    // 3 × 3, the size stays, relu.
    Part conv(const std::string& wanted, const Part& at, std::int64_t filters);
    // Half the height and width, rounded down.
    Part pool(const std::string& wanted, const Part& at);
    // Along the last axis; a single one as it is.
    Part join(std::vector<Part> parts);
    // A row of numbers; the mean of each channel where it would be long.
    Part row(const Part& at);

    base::Json nodes() const { return m_nodes; }

private:
    std::string freeId(const std::string& wanted);

    base::Json m_nodes = base::Json::array();
    std::set<std::string> m_ids;
};

}  // namespace perceptory::project
