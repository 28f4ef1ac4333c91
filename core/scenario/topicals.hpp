// Compounds put on the skin: what, how much, and at which times.
#pragma once
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "cicatrix/scenario/document.hpp"
#include "cicatrix/scenario/findings.hpp"

namespace cicatrix {

inline constexpr int most_topicals = 20;
inline constexpr int most_applications = 50000;  // of one compound; twice a day for 68 years

/// A compound put on the skin again and again. NaN: the file leaves it to the table of known compounds.
struct Topical {
    static constexpr double none = std::numeric_limits<double>::quiet_NaN();
    std::string compound;
    double dose = 0;               ///< each time, g/mm2
    std::vector<double> times;     ///< ascending, d from the start
    double permeability = none;    ///< of intact skin, mm/d
    double molecular_mass = none;  ///< g/mol
    double solubility = none;      ///< g/mm3
};

/// Reads the tables of care.topicals. Their times lie in [0, duration); `sessions` are in d. What is wrong goes into
/// the findings (E-TOPICALS and the codes of single values). A duration that is not known (not above zero) gives no
/// times.
std::vector<Topical> read_topicals(const Node& node, double duration, std::span<const double> sessions,
                                   Findings& findings);

}  // namespace cicatrix
