// The list of read-outs: what is seen or measured, made from the states. A new read-out is its file and one word here.
#pragma once
#include <array>

#include "cicatrix/readout/collagen_iii_fraction.hpp"
#include "cicatrix/readout/collagen_total.hpp"
#include "cicatrix/readout/inflammation.hpp"

namespace cicatrix {

inline constexpr std::array readouts{readout::collagen_total, readout::collagen_iii_fraction, readout::inflammation};

}  // namespace cicatrix
