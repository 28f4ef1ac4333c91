// A stiff problem as a member that runs to its end, with tolerances in proportion to what its amounts mean.
#pragma once
#include <algorithm>
#include <array>
#include <cmath>
#include <cstddef>
#include <tuple>

#include "cicatrix/solver/member.hpp"
#include "reference/stiff_problems.hpp"

namespace cicatrix::reference {

/// Those whose end values double precision can reproduce.
using Measured = std::tuple<Hires, Rober, Orego, Vdpol, Pollu, E5Reduced>;

template <Model M> inline const std::array<double, 1> end_of{M::end};

template <Model M> Member<M> stiff_member() {
    Member<M> member;
    std::ranges::copy(M::initial(), member.initial.begin());
    member.coefficients = default_parameters<M>();
    member.end = M::end;
    member.outputs = end_of<M>;
    return member;
}

/// Absolute tolerances are this part of the amounts that no longer matter.
template <Model M> Settings<M> stiff_settings(double relative, double part = 1e-3) {
    Settings<M> settings;
    settings.relative = relative;
    for (std::size_t i = 0; i < settings.absolute.size(); ++i) settings.absolute[i] = part * M::absolute_tolerance[i];
    return settings;
}

/// The largest relative difference to the reference, of those end values that mean something.
template <Model M> double relative_error(const auto& y) {
    double worst = 0;
    for (std::size_t i = 0; i < M::reference.size(); ++i)
        if (M::compared[i]) worst = std::max(worst, std::abs(y[i] / M::reference[i] - 1));
    return worst;
}

}  // namespace cicatrix::reference
