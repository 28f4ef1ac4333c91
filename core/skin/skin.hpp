// The skin of one patient: where, how old, how thick, how dark, and what was the matter with it before.
#pragma once
#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/skin/baseline.hpp"
#include "cicatrix/skin/site.hpp"

namespace cicatrix {

struct Skin {
    const Site* site = &sites[2];
    Sex sex = Sex::unknown;
    double age = 25;    ///< years at day 0
    int phototype = 2;  ///< after Fitzpatrick, 1-6
    const Baseline* baseline = &baselines[0];
    double dermis = dermis_thickness(sites[2], Sex::unknown);  ///< mm

    double epidermis() const { return site->epidermis; }  ///< living epidermis, mm
    /// How soft the skin is against 25 years, when its stiffness grows by `stiffening` a year.
    double softness(double stiffening) const { return age > 25 ? 1.0 / (1.0 + stiffening * (age - 25)) : 1.0; }
    double horny_layer() const { return site->horny_layer; }  ///< mm
};

}  // namespace cicatrix
