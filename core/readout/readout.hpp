// What a read-out is: a quantity that a person sees or an instrument measures, computed from the states at one time.
#pragma once
#include <string_view>

#include "cicatrix/models/microneedling.hpp"

namespace cicatrix {

struct Readout {
    std::string_view name, unit, meaning, formula;
    Grade grade;
    Source source;
    double (*value)(const StatesOf<Microneedling, double>&, const CoefficientsOf<Microneedling, double>&);
};

}  // namespace cicatrix
