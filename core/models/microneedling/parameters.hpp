// All parameters of the microneedling model, in one table.
#pragma once
#include <algorithm>
#include <array>

#include "cicatrix/models/microneedling/signalling_parameters.hpp"
#include "cicatrix/models/microneedling/tissue_parameters.hpp"

namespace cicatrix::microneedling {

inline constexpr auto parameters = [] {
    std::array<Parameter, signalling_parameters.size() + tissue_parameters.size()> all{};
    std::ranges::copy(tissue_parameters, std::ranges::copy(signalling_parameters, all.begin()).out);
    return all;
}();
static_assert(sound(parameters));

}  // namespace cicatrix::microneedling
