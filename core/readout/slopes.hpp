// How read-outs and own states change with what they read, at one moment.
#pragma once
#include "cicatrix/readout/stretch.hpp"

namespace cicatrix {

/// The value of a read-out and its derivatives by time, by each state of the model and by each own state.
struct Slopes {
    double value = 0, by_time = 0;
    std::array<double, Microneedling::states.size()> by_state{};
    std::array<double, own_states.size()> by_own{};
};

/// Of the read-out at position `i` of the list; `fixed` must hold what it needs.
Slopes slopes_of(std::size_t i, const Patient& patient, const Fixed& fixed, const Moment& now);

/// What each own state follows at a moment.
std::array<Flow, own_states.size()> flows_of(const Fixed& fixed, const Moment& now);

/// The value of the read-out at position `i` of the list.
double readout_value(std::size_t i, const Fixed& fixed, const Moment& now);

}  // namespace cicatrix
