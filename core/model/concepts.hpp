// What a model file offers, and the coefficients that its rates read.
#pragma once
#include <concepts>
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
};

/// A model: an id, tables of states and parameters, and one text of rates, `rates(t, y, k)`, generic in its scalars.
/// It may also declare
/// - `constants` with `derive(parameters)`: numbers that follow from the parameters;
/// - `conditions`: numbers that belong to a course (see ModelCondition), with their defaults.
/// Then `coefficients = names_of<parameters, constants, conditions>` names what `k` holds. Further, where it has them,
/// - `home(k)`: the states at time zero;
/// - `time_unit`: "d" unless it says "h" or "1";
/// - `source`: the publication; `faults`: what is wrong or missing in it, each in a sentence;
/// - `variants`: named sets of values, such as the scenarios of the publication (see Variant);
/// - `stops(k)`: ascending times at which something jumps, with `stop(i, y, k)` that makes it jump: it changes states,
///   or conditions that the rates read. The rates themselves are smooth between two stops;
/// - `guard(t, y, k)`: a number whose change of sign is an event, located exactly, with `cross(t, y, k)` that makes it
///   jump, as `stop` does.
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
