// Which states of the model and which own states must be known for some read-outs, found from their own text.
#pragma once
#include <bitset>

#include "cicatrix/readout/stretch.hpp"

namespace cicatrix {

using StateSet = std::bitset<Microneedling::states.size()>;

/// At all times of a course; those of day 0 count as well.
struct Needs {
    StateSet states;
    OwnSet own;
};

/// For read-outs and own states of a patient whose sessions, if any, are these: on the scalp hair reads more than
/// elsewhere.
Needs needs_of(const ReadoutSet& wanted, const OwnSet& own, const Patient& patient,
               std::span<const PastSession> sessions);

/// The states that read-outs read themselves, not by way of their own states.
StateSet states_read_by_themselves(const ReadoutSet& wanted, const Patient& patient,
                                   std::span<const PastSession> sessions);

}  // namespace cicatrix
