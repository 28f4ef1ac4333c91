// A problem whose solution is known: two coupled non-linear rates that depend on time.
#pragma once
#include <array>
#include <cmath>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/numeric/dual.hpp"

namespace cicatrix {

/// u = (1 + t)^-2 and v = exp(-t^2), tied to each other by terms that vanish on this solution only.
struct Curved {
    static constexpr std::string_view id = "curved";
    static constexpr std::array states{State{"u", "1", "falls as a power of time"}, State{"v", "1", "falls as a bell"}};
    static constexpr std::array parameters{Parameter{
        "tie", 1.0, "1/d", {0, 10}, Grade::assumed, "strong enough that no term can be wrong unseen", "coupling"}};

    static constexpr auto rates(const auto& t, const auto& y, const auto& k) {
        using cicatrix::exp;
        const auto [u, v] = pick<"u", "v">(y);
        const auto [tie] = pick<"tie">(k);
        const auto s = 1.0 + t;
        return collect<states>(named<"u", "v">(-2.0 * s * u * u + tie * u * (v - exp(-t * t)),  //
                                               -2.0 * t * v + tie * v * (u * s * s - 1.0)));
    }
    static StatesOf<Curved, double> exact(double t) { return {{1 / ((1 + t) * (1 + t)), std::exp(-t * t)}}; }
};

}  // namespace cicatrix
