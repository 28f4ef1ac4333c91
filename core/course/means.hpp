// The means of the zones of a course, from what the integrator recorded of each.
#pragma once
#include <array>
#include <cstddef>
#include <span>

#include "cicatrix/course/legs.hpp"
#include "cicatrix/numeric/instruction_set.hpp"

namespace cicatrix {

/// What was recorded of the zones at the wanted times of a leg: rows of the watched states, see Member::record.
struct ZoneRecords {
    static constexpr std::size_t zones = 3;
    using Row = std::array<double, record_length(CourseModel::states.size())>;
    std::array<const double*, zones> first_rows;
    alignas(64) std::array<Row, zones> weights;  ///< of each watched state, in their order
};

/// Writes the sum of the zones in their weights into the means of the leg.
void lay_out_means(const ZoneRecords& records, std::span<const std::size_t> watched, Leg& leg);

template <InstructionSet>
void lay_out_means_by(const ZoneRecords& records, std::span<const std::size_t> watched, Leg& leg);

}  // namespace cicatrix
