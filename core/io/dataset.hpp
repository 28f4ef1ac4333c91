// A self-describing data set in memory: named dimensions, variables with attributes, groups. The netCDF file and the
// Python object are both made from it, so they cannot disagree.
#pragma once
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace cicatrix {

using AttributeValue = std::variant<std::string, double, std::int32_t, std::vector<double>, std::vector<std::int8_t>>;
using Attributes = std::vector<std::pair<std::string, AttributeValue>>;

/// Values in row-major order of the variable's dimensions.
using VariableData =
    std::variant<std::vector<double>, std::vector<std::int32_t>, std::vector<std::int8_t>, std::vector<std::string>>;

struct Variable {
    std::string name;
    std::vector<std::string> dimensions;  ///< declared in this group or in one that holds it; empty for a scalar
    VariableData values;
    Attributes attributes;  ///< `long_name` and `units` always; in double variables NaN is the missing value
};

struct Group {
    std::string name;                     ///< empty for the root
    std::vector<std::pair<std::string, std::size_t>> dimensions;
    std::vector<Variable> variables;      ///< a variable named like a dimension is that dimension's coordinate
    Attributes attributes;
    std::vector<Group> groups;
};

}  // namespace cicatrix
