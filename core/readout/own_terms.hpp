// What makes the own states of the read-outs grow and fall, by name.
#pragma once
#include <algorithm>
#include <array>
#include <string_view>

#include "cicatrix/readout/moment.hpp"

namespace cicatrix {

/// The source of an own state and its rate times itself (see FlowOf). Without a name: there is no such term. One name
/// for both: what matters is their difference.
struct OwnTerms {
    std::string_view state, gain, loss;
};

// clang-format off
inline constexpr std::array own_terms{
    OwnTerms{"leaking_area", "", "closing of leaks"},
    OwnTerms{"open_channels", "", "closing of channels"},
    OwnTerms{"flaking", "hasty renewal of the horny layer", "shedding of flakes"},
    OwnTerms{"horny_layer_water", "drying and wetting of the horny layer", "drying and wetting of the horny layer"},
    OwnTerms{"flare", "", "fading of the flare"},
    OwnTerms{"swelling", "swelling of the dermis", "swelling of the dermis"},
    OwnTerms{"soreness", "", "fading of pain"},
    OwnTerms{"bleeding_channels", "", "clotting"},
    OwnTerms{"epidermal_growth", "growth of the epidermis", "return of the epidermis"},
    OwnTerms{"visible_days", "days that show", ""},
    OwnTerms{"unfilled_scar", "", "filling of the scar"},
    OwnTerms{"skin_pigment", "making of melanin", "renewal of the epidermis"},
    OwnTerms{"pigment_strain", "stirring of pigment cells", ""},
    OwnTerms{"minoxidil_response", "answer of hair to minoxidil", "fading of what hair answers"},
    OwnTerms{"needling_response", "answer of hair to needling", "fading of what hair answers"},
};
// clang-format on

static_assert(own_terms.size() == own_states.size(), "a row for each own state");

/// The row of an own state, by its place in the list of own states.
constexpr const OwnTerms& own_terms_of(std::size_t i) {
    return *std::ranges::find(own_terms, own_states[i].name, &OwnTerms::state);
}
static_assert([] {
    for (const auto& state : own_states)
        if (std::ranges::find(own_terms, state.name, &OwnTerms::state) == own_terms.end()) return false;
    return true;
}());

}  // namespace cicatrix
