// How the members of a sweep stand in files: what varies, what comes out and how each member ended, along `member`.
#pragma once
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "cicatrix/io/dataset.hpp"
#include "cicatrix/io/dataset_parts.hpp"

namespace cicatrix {

/// What varies from member to member, or what is kept of it.
struct SweepColumn {
    std::string name, unit, meaning;
    std::string grade;                 ///< of evidence, where a parameter varies; empty elsewhere
    std::vector<std::string> choices;  ///< where words vary: the value is the position of one of them
};

struct SweepColumns {
    std::vector<SweepColumn> factors, outcomes;
    std::vector<std::string>
        arms;  ///< protocols compared in the same members; one without a name where there is no choice
};

/// Consecutive members; everything is in the order member, arm, column.
struct SweepRows {
    std::uint64_t first = 0;
    std::size_t count = 0;
    std::vector<double> design;        ///< the factors; no arms
    std::vector<double> values;        ///< the outcomes, NaN where a member failed
    std::vector<std::int8_t> status;   ///< Status
    std::vector<double> time_reached;  ///< d
    std::vector<std::int32_t> limiting_state, steps;
};

/// The variables of some members. Two calls with the same rows give the same data set: nothing in it depends on how
/// many members the sweep has in all. Throws std::invalid_argument when a row has not one value for each column.
Group shard_of(const SweepColumns& columns, const SweepRows& rows);

/// What stands once in a sweep: whence it comes and the parameters of the scenario that its members vary.
Group sweep_head(const Provenance& from, const std::vector<double>& parameters);

}  // namespace cicatrix
