// One moment of a course, as a read-out sees it, and the tables that follow from the list of read-outs.
#pragma once
#include <span>
#include <vector>

#include "cicatrix/injury/channels.hpp"
#include "cicatrix/injury/parameters.hpp"
#include "cicatrix/models/microneedling.hpp"
#include "cicatrix/readout/all.hpp"
#include "cicatrix/skin/care.hpp"
#include "cicatrix/skin/skin.hpp"

namespace cicatrix {

namespace detail {
template <class T>
concept HasParameters = requires {
    T::parameters;
};
template <class T>
concept HasStates = requires {
    typename T::states;
};

template <class R> consteval auto parameters_of() {
    if constexpr (HasParameters<R>) return R::parameters;
    else return std::array<Parameter, 0>{};
}
template <class R> consteval auto states_of() {
    if constexpr (HasStates<R>) return typename R::states{};
    else return std::tuple<>{};
}

/// Arrays of rows, one after another.
template <class Row> consteval auto joined(const auto&... arrays) {
    return std::apply([](const auto&... row) { return std::array<Row, sizeof...(row)>{row...}; },
                      std::tuple_cat(arrays...));
}

template <class List> struct Lists;
template <class... R> struct Lists<std::tuple<R...>> {
    static constexpr std::array rows{R::row...};
    static constexpr auto parameters = joined<Parameter>(parameters_of<R>()...);
    using States = decltype(std::tuple_cat(states_of<R>()...));
};
template <class List> struct StateRows;
template <class... S> struct StateRows<std::tuple<S...>> {
    static constexpr std::array<State, sizeof...(S)> rows{S::row...};
};
}  // namespace detail

/// What is declared of every read-out.
inline constexpr auto readouts = detail::Lists<Readouts>::rows;
/// The parameters of all read-outs.
inline constexpr auto readout_parameters = detail::Lists<Readouts>::parameters;
static_assert(sound(readout_parameters));
using OwnStates = detail::Lists<Readouts>::States;
/// The states of their own of all read-outs.
inline constexpr auto own_states = detail::StateRows<OwnStates>::rows;

template <class C> using ReadoutParametersOf = Values<readout_parameters, C>;
using ReadoutParameters = ReadoutParametersOf<double>;
using OwnValues = Values<own_states, double>;

template <class C>
inline constexpr auto default_readout_parameters_of = [] {
    ReadoutParametersOf<C> out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = readout_parameters[i].value;
    return out;
}();
inline constexpr const ReadoutParameters& default_readout_parameters = default_readout_parameters_of<double>;

/// A session that has taken place, as a read-out sees it.
struct PastSession {
    double at = 0;  ///< d
    Channels channels;
    double open_area = 0;       ///< share of the area
    double injured_volume = 0;  ///< share of the dermis
    double minutes = 0;         ///< that the session takes
    double price = 0;           ///< of the session, USD
};

/// What stays the same during a course; C is the scalar of its parameters.
template <class C> struct PatientOf {
    Skin skin;
    Care care;
    CoefficientsOf<Microneedling, C> k{};
    ReadoutParametersOf<C> p = default_readout_parameters_of<C>;
    InjuryParameters injury = default_injury_parameters;
    StatesOf<Microneedling, C> start{};
    double ageing_rate = 0;  ///< years of age per year
};
using Patient = PatientOf<double>;

/// Time may be one or, in lanes, several; Y and X offer the states and own states of then by name.
template <class Time, class Y, class X, class C> struct MomentOf {
    Time time;  ///< d
    Y y;
    X x;
    std::span<const PastSession> sessions;  ///< those that have taken place
    const CoefficientsOf<Microneedling, C>& k;
    const ReadoutParametersOf<C>& p;
    const InjuryParameters& injury;
    const Skin& skin;
    const Care& care;
    const StatesOf<Microneedling, C>& start;
    Time age;  ///< years

    MomentOf(const PatientOf<C>& patient, Time time, Y y, X x, std::span<const PastSession> sessions)
        : time(time),
          y(y),
          x(x),
          sessions(sessions),
          k(patient.k),
          p(patient.p),
          injury(patient.injury),
          skin(patient.skin),
          care(patient.care),
          start(patient.start),
          age(patient.skin.age + patient.ageing_rate * time / 365.25) {}
};
using Moment = MomentOf<double, const StatesOf<Microneedling, double>&, const OwnValues&, double>;

/// The value of the read-out at position `i` of the list.
inline double readout_value(std::size_t i, const Moment& now) {
    static constexpr auto values = []<class... R>(std::tuple<R...>*) {
        return std::array<double (*)(const Moment&), sizeof...(R)>{[](const Moment& at) { return R::value(at); }...};
    }(static_cast<Readouts*>(nullptr));
    return values[i](now);
}

/// The value of one read-out, by its type.
template <class R> double readout_value(const Moment& now) { return R::value(now); }

}  // namespace cicatrix
