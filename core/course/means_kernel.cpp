// Zones are recorded time by time, means are read state by state: lanes of states mix a time and deal it out.
#include "cicatrix/course/means.hpp"

namespace cicatrix {

template <>
void lay_out_means_by<compiled_for>(const ZoneRecords& records, std::span<const std::size_t> watched, Leg& leg) {
    using V = CellLanes;
    constexpr auto together = static_cast<std::size_t>(width_of<V>);
    const std::size_t length = record_length(watched.size());
    std::array<double*, CourseModel::states.size()> rows{};
    for (std::size_t j = 0; j < watched.size(); ++j) rows[j] = leg.means.row(watched[j]);
    auto [a, b, c] = records.first_rows;
    const auto& [of_a, of_b, of_c] = records.weights;
    alignas(64) ZoneRecords::Row mean;
    for (const std::size_t slot : leg.wanted.slots) {
        for (std::size_t j = 0; j < watched.size(); j += together)
            store<V>(&mean[j], load<V>(&of_a[j]) * load<V>(a + j) + load<V>(&of_b[j]) * load<V>(b + j) +
                                   load<V>(&of_c[j]) * load<V>(c + j));
        for (std::size_t j = 0; j < watched.size(); ++j) rows[j][slot] = mean[j];
        a += length, b += length, c += length;
    }
}

}  // namespace cicatrix
