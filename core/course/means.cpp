// Chooses among the compiled kernels.
#include "cicatrix/course/means.hpp"

namespace cicatrix {

void lay_out_means(const ZoneRecords& records, std::span<const std::size_t> watched, Leg& leg) {
    detail::with_instruction_set([&]<InstructionSet set>() { lay_out_means_by<set>(records, watched, leg); });
}

}  // namespace cicatrix
