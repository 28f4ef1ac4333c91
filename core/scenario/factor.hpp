// One thing that differs between the members of a sweep: a key or a parameter with its levels or its distribution.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cicatrix/scenario/distribution.hpp"
#include "cicatrix/scenario/scenario.hpp"

namespace cicatrix {

enum class FactorKind { number, choice };

/// What a factor changes. The last four belong to cohorts.
enum class FactorTarget {
    key,
    parameter,
    sunscreen,        ///< whether a patient uses it where it is advised
    moisturiser,      ///< the same
    missed_sessions,  ///< the sum of 2^k over the sessions that a patient misses, k = 0 for the second session
    person            ///< whose biology it is, see biology.hpp
};

/// A factor; its values are doubles. A number is in `unit`; a choice is the position among `choices`.
struct Factor {
    std::string name;  ///< "device.needle_length", "parameters.clot_decay", "cohort.person"
    std::string unit;  ///< "mm"; empty for choices and plain numbers
    FactorKind kind = FactorKind::number;
    bool whole = false;  ///< only whole numbers are allowed
    FactorTarget target = FactorTarget::key;
    std::size_t index = 0;             ///< of the key in `keys`, or of the parameter in the rows
    Range range{0, 0};                 ///< what is allowed, in `unit`
    std::vector<double> levels;        ///< in the order of the file; empty under a distribution
    std::vector<Place> level_places;   ///< one for each level
    std::vector<double> shares_below;  ///< of each level and those before it; empty: all levels alike
    std::vector<Node> choices;         ///< of the kind `choice`
    std::optional<Distribution> distribution;
    double chance = 1;  ///< that a session is kept
    std::string words;  ///< the distribution as the file words it, or the shares
    std::string grade;  ///< evidence of a parameter: "A" to "D" or "assumed"; else empty
    Place place;
    std::string path;  ///< in the file: "sweep.vary.device.needle_length"

    /// The value below which the share `u` of members lies; 0 < u < 1.
    double at(double u) const;

    /// The value as a file would give it to the factor's key or parameter.
    Node node_of(double value) const;

    /// "0.1 mm to 3 mm", of a number.
    std::string range_text() const;

    /// What to read of a choice.
    std::string choice_text(std::size_t position) const;

    /// Throws InputError when no member can have the value.
    void check(double value) const;
};

/// A number as a file gives it: bare, or as a text with its unit.
Node number_node(double value, const std::string& unit, bool whole = false);

/// How many sessions a factor of missed sessions can speak of, the first, which is always kept, included.
inline constexpr int most_missable_sessions = 53;

}  // namespace cicatrix
