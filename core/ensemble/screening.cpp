// The words in which courses are refused that single precision cannot carry.
#include "cicatrix/ensemble/screening.hpp"

#include "cicatrix/solver/member.hpp"
#include "cicatrix/units/quantity.hpp"

namespace cicatrix {

Problem in_space_for_screening(const Where& where, std::string_view fidelity) {
    return {where, "courses of fidelity \"" + std::string(fidelity) + "\" are not computed in single precision",
            "write \"lumped\", or compute in double precision", "", "E-CONFLICT"};
}

Problem too_precise_for_screening(const Where& where, double relative) {
    return {where, shortest_text(relative) + " is too small for single precision",
            "allowed is " + shortest_text(least_relative_single) + " and more; or compute in double precision", "",
            "E-RANGE"};
}

}  // namespace cicatrix
