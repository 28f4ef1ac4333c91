// When sessions take place: a sentence, a list of times, or one table for each session.
#pragma once
#include <vector>

#include "cicatrix/scenario/document.hpp"
#include "cicatrix/scenario/findings.hpp"

namespace cicatrix {

inline constexpr int most_sessions = 1000;

/// The time of one session and, in the list of tables, the table with its own values.
struct Appointment {
    double at = 0;  ///< in d from the start
    Place place;
    const Node* table = nullptr;  ///< null unless the session is a table
    std::string path;             ///< `protocol.sessions`, or `protocol.sessions[1]` for the first of a list
};

/// Reads `protocol.sessions`. Times rise and lie in [0, duration); what is wrong goes into the findings (E-SESSIONS and
/// the codes of single values). A duration that is not known (not above zero) is not compared with.
std::vector<Appointment> read_appointments(const Node& node, double duration, Findings& findings);

}  // namespace cicatrix
