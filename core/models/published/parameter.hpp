// A parameter of a published model: who published it under which symbol, and how far it may be moved.
#pragma once
#include <string_view>

#include "cicatrix/model/declare.hpp"

namespace cicatrix::published {

/// Publications rarely say how uncertain a value is: a positive one may be moved by a factor of three.
constexpr Range third_to_threefold(double value) { return {value / 3, value * 3}; }

/// A value that a publication prints, or that its authors' own code holds: expert opinion as far as skin is concerned.
constexpr Parameter parameter(Source source, std::string_view name, double value, std::string_view unit,
                              std::string_view meaning, Range range) {
    return {name, value, unit, range, Grade::opinion, source, meaning};
}
constexpr Parameter parameter(Source source, std::string_view name, double value, std::string_view unit,
                              std::string_view meaning) {
    return parameter(source, name, value, unit, meaning, third_to_threefold(value));
}

}  // namespace cicatrix::published
