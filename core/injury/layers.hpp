// Which layers of the skin the channels of a session reach.
#pragma once
#include "cicatrix/injury/channels.hpp"
#include "cicatrix/injury/parameters.hpp"
#include "cicatrix/skin/skin.hpp"

namespace cicatrix {

/// A number for each boundary of the dermis: where the papillary layer begins, where the reticular one does, and where
/// the dermis ends.
struct ByLayer {
    double papillary, reticular, below;
};

/// Depths of the boundaries, mm below the surface. A dermis thinner than the papillary layer has no reticular one.
inline ByLayer layer_depths(const Skin& skin, const InjuryParameters& p) {
    const double top = skin.horny_layer() + skin.epidermis(), bottom = top + skin.dermis;
    const double reticular = top + get<"papillary_thickness">(p);
    return {top, reticular < bottom ? reticular : bottom, bottom};
}

/// Channels that reach the papillary dermis, the reticular dermis, and through the dermis, 1/mm2.
inline ByLayer density_reaching(const Channels& channels, const ByLayer& layers) {
    return {channels.density_reaching(layers.papillary), channels.density_reaching(layers.reticular),
            channels.density_reaching(layers.below)};
}

/// Channels that reach the capillaries, 1/mm2: at most so many points of blood. Heat closes the vessels that it cuts.
inline double bleeding_density(const Channels& channels, const InjuryParameters& p) {
    return channels.thermal ? 0.0 : channels.density_reaching(get<"capillary_depth">(p));
}

}  // namespace cicatrix
