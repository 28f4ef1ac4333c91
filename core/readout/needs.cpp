// Runs the read-outs with a scalar that remembers what it was computed from.
#include "cicatrix/readout/needs.hpp"

#include "cicatrix/numeric/uses.hpp"

namespace cicatrix {
namespace {

constexpr std::size_t state_count = Microneedling::states.size(), own_count = own_states.size();
static_assert(state_count + own_count <= 64, "one bit of Uses for each state and own state");

using States = StatesOf<Microneedling, Uses>;
using Own = Values<own_states, Uses>;
using UsesNow = MomentOf<Uses, const States&, const Own&, Uses>;

/// Each input knows itself; states of day 0 count as states, whatever else a patient has counts as nothing.
struct Inputs {
    PatientOf<Uses> patient;
    States states{};
    Own own{};

    explicit Inputs(const Patient& from) {
        patient.skin = from.skin, patient.care = from.care, patient.injury = from.injury;
        for (std::size_t i = 0; i < state_count; ++i) states[i] = patient.start[i] = Uses::input(i);
        for (std::size_t i = 0; i < own_count; ++i) own[i] = Uses::input(state_count + i);
    }
    UsesNow now(std::span<const PastSession> sessions) const { return UsesNow(patient, Uses(), states, own, sessions); }
};

template <class S> Uses uses_of_own(const UsesNow& now) {
    const auto flow = S::flow(now);
    Uses out = Uses(S::start(now)) + flow.source + flow.rate;
    if constexpr (HasSession<S, UsesNow, Uses>)
        if (!now.sessions.empty()) out = out + S::after_session(Uses(), now);
    return out;
}

std::uint64_t uses_of(const ReadoutSet& wanted, const OwnSet& own, const UsesNow& now) {
    std::uint64_t inputs = own.to_ullong() << state_count;
    detail::for_each_in(static_cast<Readouts*>(nullptr), wanted,
                        [&]<class R, std::size_t>() { inputs |= Uses(R::value(now)).inputs; });
    std::array<std::uint64_t, own_count> by_own{};
    detail::for_each_in(static_cast<OwnStates*>(nullptr), OwnSet().set(),
                        [&]<class S, std::size_t i>() { by_own[i] = uses_of_own<S>(now).inputs; });
    for (std::size_t i = own_count; i-- > 0;)  // each reads those alone that stand before it
        if (inputs >> (state_count + i) & 1) inputs |= by_own[i];
    return inputs;
}

}  // namespace

Needs needs_of(const ReadoutSet& wanted, const OwnSet& own, const Patient& patient,
               std::span<const PastSession> sessions) {
    const Inputs inputs(patient);
    const std::uint64_t used = uses_of(wanted, own, inputs.now({})) | uses_of(wanted, own, inputs.now(sessions));
    constexpr std::uint64_t all_states = (std::uint64_t{1} << state_count) - 1;
    return {StateSet(used & all_states), OwnSet(used >> state_count)};
}

StateSet states_read_by_themselves(const ReadoutSet& wanted, const Patient& patient,
                                   std::span<const PastSession> sessions) {
    Inputs inputs(patient);
    inputs.patient.start = {};  // what they were on day 0 does not change
    const auto now = inputs.now(sessions);
    std::uint64_t used = 0;
    detail::for_each_in(static_cast<Readouts*>(nullptr), wanted,
                        [&]<class R, std::size_t>() { used |= Uses(R::value(now)).inputs; });
    return StateSet(used & ((std::uint64_t{1} << state_count) - 1));
}

}  // namespace cicatrix
