// What a model file offers, and the coefficients that its rates read.
#pragma once
#include <concepts>
#include <cstddef>
#include <span>
#include <string_view>

#include "cicatrix/model/declare.hpp"

namespace cicatrix {

/// A value that a variant sets: a parameter, or a state at time zero.
struct Setting {
    std::string_view name;
    double value;
};

/// A named set of values of a model.
struct Variant {
    std::string_view name, meaning;
    std::span<const Setting> settings;
    std::span<const Setting> settings_in_space = {};  ///< over the others where the model lives in a space
};

/// How the cross-section of a body grows with the distance from the middle of the wound.
enum class SpaceShape { strip, disc };

/// A body in which a model may live: a line from the middle of the wound outwards, cut into cells of equal width.
/// Nothing passes its middle.
struct Space {
    std::string_view name, meaning;
    SpaceShape shape;
    double length;          ///< from the middle to the outer border
    std::string_view unit;  ///< of lengths
    std::size_t cells;      ///< unless a scenario says otherwise
    double wound = length;  ///< how far from the middle the wound reaches
};

/// Where a wound ends: where a state rises through a level. It has healed once no cell holds less.
struct Front {
    std::string_view state;
    double level;
    std::string_view meaning;  ///< of having healed
};

/// A model: an id, tables of states and parameters, and one text of rates, `rates(t, y, k)`, generic in its scalars.
/// It may also declare
/// - `constants` with `derive(parameters)`: numbers that follow from the parameters;
/// - `conditions`: numbers that belong to a course (see ModelCondition), with their defaults.
/// Then `coefficients = names_of<parameters, constants, conditions>` names what `k` holds. Further, where it has them,
/// - `home(k)`: the states at time zero;
/// - `time_unit`: "d" unless it says "h" or "1";
/// - `drive(t, k)`: what the rates read of time, where it costs more than the time itself, with `driven_rates(drive, y,
///   k)`, which are then the rates: a solver finds it apart, and once for all stages that share a time;
/// - `source`: the publication; `faults`: what is wrong or missing in it, each in a sentence;
/// - `variants`: named sets of values, such as the scenarios of the publication (see Variant);
/// - `stops(k)`: ascending times at which something jumps, with `stop(i, y, k)` that makes it jump: it changes states,
///   or conditions that the rates read. The rates themselves are smooth between two stops;
/// - `guard(t, y, k)`: a number whose change of sign is an event, located exactly, with `cross(t, y, k)` that makes it
///   jump, as `stop` does.
///
/// A model without stops and guard may also live in space, cell by cell:
/// - `spaces`: an array of Space;
/// - `diffusivity(k)` and `spread(y, k)`: what spreads from cell to cell, see cicatrix/solver/spread.hpp;
/// - `wound(k)`: the states at time zero inside the wound, where they are not those of `home`;
/// - `intact(k)`: the states at time zero outside it, for a space that is longer than its wound;
/// - `border(k)`: names the states that have a fixed value beyond the outer border, with these values; of the others
///   nothing passes it;
/// - `front`: a Front.
template <class M>
concept Model = requires {
    { M::id } -> std::convertible_to<std::string_view>;
    M::states.size();
    M::parameters.size();
};

namespace detail {
template <class M> struct CoefficientTable { static constexpr const auto& table = M::parameters; };
template <class M>
requires requires { M::coefficients; }
struct CoefficientTable<M> {
    static constexpr const auto& table = M::coefficients;
};
}  // namespace detail

template <class M, class T> using StatesOf = Values<M::states, T>;
template <class M, class T> using ParametersOf = Values<M::parameters, T>;
/// Everything that the rates of a model read besides time and state.
template <class M, class T> using CoefficientsOf = Values<detail::CoefficientTable<M>::table, T>;

template <Model M> constexpr ParametersOf<M, double> default_parameters() {
    ParametersOf<M, double> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = M::parameters[i].value;
    return out;
}

/// Parameters, the constants that follow from them, and the conditions at their defaults.
template <Model M> constexpr CoefficientsOf<M, double> coefficients_from(const ParametersOf<M, double>& parameters) {
    CoefficientsOf<M, double> out{};
    std::size_t i = 0;
    for (const double value : parameters) out[i++] = value;
    if constexpr (requires { M::constants; })
        for (const double value : M::derive(parameters)) out[i++] = value;
    if constexpr (requires { M::conditions; })
        for (const auto& condition : M::conditions) out[i++] = condition.value;
    return out;
}

template <Name name, Model M> constexpr void set_coefficient(CoefficientsOf<M, double>& k, double value) {
    k[index_of(detail::CoefficientTable<M>::table, name)] = value;
}

}  // namespace cicatrix
