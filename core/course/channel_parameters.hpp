// What only shows when one channel is resolved: how its pore closes and what leaves through it.
#pragma once
#include <array>

#include "cicatrix/model/concepts.hpp"

namespace cicatrix {

namespace channel {
inline constexpr std::string_view own_choice = "own choice";

// clang-format off
inline constexpr std::array parameters{
    Parameter{"epidermal_edge_speed", 0.5, "mm/d", {0.05, 2}, Grade::assumed,
              {own_choice, "a sheet of keratinocytes that moves some tenths of a millimetre a day covers a hole of a "
                           "tenth of a millimetre within hours"},
              "speed at which the edge of the epidermis moves over an open channel; 2 sqrt(D epidermal_sheet_growth)"},
    Parameter{"pore_permeability", 2.9, "mm/d", {0, 30}, Grade::assumed,
              {own_choice, "a small protein, 0.29 mm2/d, through a hole as long as a tenth of a millimetre of epidermis"},
              "how fast soluble substances of the uppermost dermis leave through the open pore"},
};
// clang-format on
static_assert(sound(parameters));
}  // namespace channel

using ChannelParameters = Values<channel::parameters, double>;

inline constexpr ChannelParameters default_channel_parameters = [] {
    ChannelParameters out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = channel::parameters[i].value;
    return out;
}();

}  // namespace cicatrix
