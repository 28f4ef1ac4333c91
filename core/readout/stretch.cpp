// Makes room for what is read out of a stretch and chooses among the compiled kernels.
#include "cicatrix/readout/stretch.hpp"

namespace cicatrix {

Fixed::Fixed(const Patient& patient, std::span<const PastSession> sessions, const OwnSet& wanted_own,
             const ReadoutSet& wanted) {
    const OwnValues none{};
    const Moment now(patient, 0.0, patient.start, none, sessions);
    detail::for_each_in(static_cast<OwnStates*>(nullptr), wanted_own,
                        [&]<class S, std::size_t i>() { std::get<i>(own) = detail::fixed_of<S>(now); });
    detail::for_each_in(static_cast<Readouts*>(nullptr), wanted,
                        [&]<class R, std::size_t i>() { std::get<i>(readouts) = detail::fixed_of<R>(now); });
}

void read_stretch(const Patient& patient, const Fixed& fixed, const Stretch& stretch, const OwnValues& begin,
                  Readings& readings, SeriesRows& scratch) {
    constexpr std::size_t scratch_rows = 5 + 2 * stage_count;
    readings.own_rows.resize(own_states.size(), stretch.slots());
    readings.rows.resize(readouts.size(), stretch.slots());
    scratch.resize(scratch_rows, stretch.slots());
    detail::with_instruction_set(
        [&]<InstructionSet set>() { read_stretch_by<set>(patient, fixed, stretch, begin, readings, scratch); });
}

}  // namespace cicatrix
