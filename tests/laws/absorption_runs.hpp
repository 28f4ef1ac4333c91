// Courses of absorption that several tests look at.
#pragma once
#include <cmath>
#include <vector>

#include "cicatrix/readout/absorption/absorb.hpp"
#include "cicatrix/skin/compounds.hpp"

namespace cicatrix::tests {

/// Channels that close with one half-life from day 0 on.
struct ClosingChannels {
    std::vector<double> times, area;
    double depth = 0.9;

    explicit ClosingChannels(double open_area, double half_life = 23.0 / 24) {
        for (int i = 0; i <= 400; ++i) {
            times.push_back(0.05 * i);
            area.push_back(open_area * std::exp2(-times.back() / half_life));
        }
    }
    operator OpenChannels() const { return {times, area, depth}; }
};

/// A roller of 1.5 mm after 15 passes: 229 channels per cm2, mouths of about 0.06 mm.
inline const double roller_area = 1 - std::exp(-2.29 * 3.14159265 * 0.063 * 0.063);

inline Application application(const char* compound, double ug_per_cm2, std::vector<double> times = {0}) {
    return {compound_of(*find_compound(compound)), ug_per_cm2 * 1e-8, std::move(times)};
}

inline Skin skin_of(const char* site) {
    Skin skin;
    for (const auto& candidate : sites)
        if (candidate.name == site) skin.site = &candidate;
    skin.dermis = dermis_thickness(*skin.site, Sex::unknown);
    return skin;
}

template <Name... names> AbsorptionParameters with_parameters(AbsorptionParameters p, auto... values) {
    ((p[index_of(absorption::parameters, names)] = values), ...);
    return p;
}

inline std::vector<double> every(double step, double end) {
    std::vector<double> times;
    for (int i = 0; step * i <= end * (1 + 1e-12); ++i) times.push_back(step * i);
    return times;
}

/// Share of one dose in the blood after five days.
inline double absorbed_share(const Application& given, const OpenChannels& channels = {},
                             const AbsorptionParameters& p = default_absorption_parameters,
                             std::vector<Covered> covers = {}, const Skin& skin = Skin{}) {
    return absorb(given, skin, p, channels, covers, std::vector{5.0}).absorbed_fraction.back();
}

}  // namespace cicatrix::tests
