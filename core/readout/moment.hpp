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

using ReadoutParameters = Values<readout_parameters, double>;
using OwnValues = Values<own_states, double>;

inline constexpr ReadoutParameters default_readout_parameters = [] {
    ReadoutParameters out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = readout_parameters[i].value;
    return out;
}();

/// A session that has taken place, as a read-out sees it.
struct PastSession {
    double at = 0;  ///< d
    Channels channels;
    double open_area = 0;       ///< share of the area
    double injured_volume = 0;  ///< share of the dermis
    double minutes = 0;         ///< that the session takes
    double price = 0;           ///< of the session, USD
};

/// What stays the same during a course.
struct Patient {
    Skin skin;
    Care care;
    CoefficientsOf<Microneedling, double> k{};
    ReadoutParameters p = default_readout_parameters;
    InjuryParameters injury = default_injury_parameters;
    StatesOf<Microneedling, double> start{};
    double ageing_rate = 0;  ///< years of age per year
};

struct Moment {
    double time;  ///< d
    const StatesOf<Microneedling, double>& y;
    const OwnValues& x;
    std::span<const PastSession> sessions;  ///< those that have taken place
    const CoefficientsOf<Microneedling, double>& k;
    const ReadoutParameters& p;
    const InjuryParameters& injury;
    const Skin& skin;
    const Care& care;
    const StatesOf<Microneedling, double>& start;
    double age;  ///< years

    Moment(const Patient& patient, double time, const StatesOf<Microneedling, double>& y, const OwnValues& x,
           std::span<const PastSession> sessions)
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
