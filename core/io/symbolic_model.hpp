// A model as expressions: what its equations and its export are written from, made from the one text of its rates.
#pragma once
#include <algorithm>
#include <array>
#include <concepts>
#include <cstddef>
#include <iterator>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "cicatrix/base/error.hpp"
#include "cicatrix/model/concepts.hpp"
#include "cicatrix/numeric/symbol.hpp"

namespace cicatrix {

/// A state, parameter, constant or condition of a symbolic model.
struct SymbolicQuantity {
    std::string name, unit, meaning;
    std::string source{};             ///< with the grade of the evidence; empty where there is none
    double value = 0;                 ///< at time zero
    std::optional<Symbol> formula{};  ///< of the value at time zero, where it follows from other quantities
    bool changes = false;             ///< by an event
};

struct SymbolicAssignment {
    std::string name;
    Symbol value;  ///< from the values before the event
};

/// Something that happens whenever a comparison becomes true.
struct SymbolicEvent {
    std::string name, meaning;
    Truth trigger;
    bool true_before = false;  ///< whether the comparison counts as true just before time zero
    std::vector<SymbolicAssignment> assignments;
};

/// A name for an expression that several others contain.
struct SymbolicTerm {
    std::string name;
    Symbol formula;
};

struct SymbolicModel {
    std::string id, title, source, variant, time_unit = "d";
    std::vector<std::string> faults;
    std::vector<std::string> cautions;  ///< what a reader has to know of every text made from this
    std::vector<SymbolicQuantity> states, parameters, constants, conditions;
    std::vector<SymbolicTerm> terms;    ///< each uses only those before it
    std::vector<Symbol> rates;          ///< one a state
    std::vector<std::string> families;  ///< one a state: the states that the same process names
    std::vector<SymbolicEvent> events;
};

/// A session of an exported course, which injures all tissue alike.
template <class Injury> struct SymbolicSession {
    double at;  ///< in the time unit of the model
    Injury injury;
};

namespace detail {

std::string joined(std::span<const std::string_view> names);

/// Moves the labels of the expressions, and what several of them share, to the terms of the model, under names that
/// nothing else has.
void name_terms(SymbolicModel& model);

/// The number that a quantity of the model has at time zero, before any event.
double initial_value(const SymbolicModel& model, std::string_view name);

/// The quantities that differ between two lists of values.
std::vector<SymbolicAssignment> changes(std::span<const std::string_view> names, std::span<const double> before,
                                        std::span<const double> after);
std::vector<SymbolicAssignment> changes(std::span<const std::string_view> names, std::span<const Symbol> before,
                                        std::span<const Symbol> after);

[[noreturn]] void refuse_jump(const std::string& model);

/// Some states, no two alike.
template <class States> States anywhere(double first) {
    States y{};
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = first + 0.07 * static_cast<double>(i);
    return y;
}

/// The states that a jump sets to a number, seen from two different states before it. Throws std::logic_error when what
/// it makes of a state depends on the states.
template <class States>
std::vector<SymbolicAssignment> settled(const std::string& model, std::span<const std::string_view> names,
                                        const std::array<States, 2>& before, const std::array<States, 2>& after) {
    for (std::size_t i = 0; i < names.size(); ++i) {
        const bool stays = after[0][i] == before[0][i] && after[1][i] == before[1][i];
        if (!stays && after[0][i] != after[1][i]) refuse_jump(model);
    }
    return changes(names, before[0], after[0]);
}

SymbolicEvent event_at(double time, std::string name, std::string meaning);

/// The two directions in which a number changes its sign; the first is the one that is open at time zero.
std::array<SymbolicEvent, 2> events_of_sign(const SymbolicModel& model, const Symbol& guard);

/// Adds an event that assigns something and marks the quantities that it changes.
void add_event(SymbolicModel& model, SymbolicEvent event, std::vector<SymbolicAssignment> assignments);

[[noreturn]] void refuse_name(const SymbolicModel& model, std::string_view kind, std::string_view name);

template <class> using SymbolFor = Symbol;

template <const auto& table>
inline constexpr auto names_in_order = [] {
    std::array<std::string_view, table.size()> names{};
    for (std::size_t i = 0; i < names.size(); ++i) names[i] = table[i].name;
    return names;
}();

template <const auto& table> Values<table, Symbol> symbols_of() {
    Values<table, Symbol> out;
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = Symbol::named(table[i].name);
    return out;
}

}  // namespace detail

/// Where values are named and one of them is an expression, the name goes with it.
template <Name... names, class... Ts>
requires(std::same_as<Ts, Symbol> || ...) auto named(const Ts&... values) {
    static_assert(sizeof...(names) == sizeof...(Ts), "as many values as names");
    const std::array<std::string_view, sizeof...(names)> all{names...};
    const std::string family = detail::joined(all);
    return Named<Names<names...>, detail::SymbolFor<Ts>...>{{{{labelled(names, Symbol(values), family)}...}}};
}

/// Makes the expressions of one model.
template <Model M> class SymbolicModelOf {
    using Coefficients = CoefficientsOf<M, double>;
    using States = StatesOf<M, double>;
    using SymbolicCoefficients = CoefficientsOf<M, Symbol>;
    using SymbolicStates = StatesOf<M, Symbol>;
    static constexpr const auto& coefficient_table = detail::CoefficientTable<M>::table;
    static constexpr const auto& state_names = detail::names_in_order<M::states>;
    static constexpr const auto& coefficient_names = detail::names_in_order<coefficient_table>;

  public:
    /// `settings` set parameters, conditions and states at time zero, after those of the variant. Throws
    /// std::invalid_argument when the model has no such variant or quantity.
    explicit SymbolicModelOf(std::string_view variant = "", std::span<const Setting> settings = {}) {
        describe();
        model_.variant = variant;
        const auto chosen = settings_of(variant);
        set_values(chosen, settings);
        set_rates();
        add_stops();
        add_guard();
    }

    /// Adds the sessions of a course, in ascending order. Throws std::invalid_argument when they are not, or when
    /// nothing injures this model.
    template <class Injury> void add_sessions(std::span<const SymbolicSession<Injury>> sessions) {
        if constexpr (requires { M::injure(y_, k_, Injury{}); }) {
            for (std::size_t i = 0; i < sessions.size(); ++i) {
                if (i > 0 && !(sessions[i].at > sessions[i - 1].at))
                    throw std::invalid_argument("sessions are in ascending order");
                const auto after = M::injure(y_, k_, sessions[i].injury);
                detail::add_event(model_,
                                  detail::event_at(sessions[i].at, "session_" + std::to_string(i + 1),
                                                   "session at time " + shortest_text(sessions[i].at)),
                                  detail::changes(state_names, y_, after));
            }
        } else if (!sessions.empty()) {
            throw std::invalid_argument("the model '" + model_.id + "' knows no sessions");
        }
    }

    /// The model, its terms named.
    SymbolicModel finished() && {
        detail::name_terms(model_);
        return std::move(model_);
    }

  private:
    void describe() {
        model_.id = M::id;
        if constexpr (requires { M::title; }) model_.title = M::title;
        if constexpr (requires { M::time_unit; }) model_.time_unit = M::time_unit;
        if constexpr (requires { M::faults; })
            for (const auto& fault : M::faults) model_.faults.emplace_back(fault);
        if constexpr (requires { M::source; }) model_.source = text_of_source(M::source);
        else model_.cautions.emplace_back("Our own model, not yet calibrated.");
        if constexpr (requires { M::diffusivity(coefficients_); })
            model_.cautions.emplace_back("Transport in space is left out: these are the equations of one place.");
        for (const auto& state : M::states) model_.states.push_back(quantity_of(state));
        for (const auto& parameter : M::parameters) {
            auto row = quantity_of(parameter);
            row.source = "grade " + std::string(cicatrix::text_of(parameter.grade)) + "; " + parameter.source.text();
            model_.parameters.push_back(std::move(row));
        }
        if constexpr (requires { M::constants; })
            for (const auto& constant : M::constants) model_.constants.push_back(quantity_of(constant));
        if constexpr (requires { M::conditions; })
            for (const auto& condition : M::conditions) model_.conditions.push_back(quantity_of(condition));
    }

    static SymbolicQuantity quantity_of(const auto& row) {
        return {std::string(row.name), std::string(row.unit), std::string(row.meaning)};
    }

    static std::string text_of_source(const Source& source) { return source.text(); }

    std::span<const Setting> settings_of(std::string_view variant) const {
        if constexpr (requires { M::variants; }) {
            for (const auto& candidate : M::variants)
                if (candidate.name == variant) return candidate.settings;
        }
        if (!variant.empty()) detail::refuse_name(model_, "variant", variant);
        return {};
    }

    void set_values(std::span<const Setting> chosen, std::span<const Setting> given) {
        auto parameters = default_parameters<M>();
        for (const auto& list : {chosen, given})
            for (const auto& setting : list) set_among(M::parameters, parameters, setting);
        coefficients_ = coefficients_from<M>(parameters);
        if constexpr (requires { M::conditions; })
            for (const auto& list : {chosen, given})
                for (const auto& setting : list)
                    if (has(M::conditions, setting.name)) set_among(coefficient_table, coefficients_, setting);
        if constexpr (requires { M::home(coefficients_); }) initial_ = M::home(coefficients_);
        auto formulas = formulas_at_home();
        for (const auto& list : {chosen, given})
            for (const auto& setting : list) {
                if (set_among(M::states, initial_, setting)) set_among(M::states, formulas, setting);
                else if (!has(M::parameters, setting.name) && !has_condition(setting.name))
                    detail::refuse_name(model_, "parameter, condition or state", setting.name);
            }
        store_values(formulas);
    }

    static bool has(const auto& table, std::string_view name) {
        return std::ranges::any_of(table, [&](const auto& row) { return row.name == name; });
    }
    static bool has_condition(std::string_view name) {
        if constexpr (requires { M::conditions; }) return has(M::conditions, name);
        return false;
    }

    static bool set_among(const auto& table, auto& values, const Setting& setting) {
        for (std::size_t i = 0; i < values.size(); ++i)
            if (table[i].name == setting.name) return values[i] = setting.value, true;
        return false;
    }

    /// The states at time zero as expressions, where the model's text can give them.
    SymbolicStates formulas_at_home() const {
        SymbolicStates out;
        for (std::size_t i = 0; i < out.size(); ++i) out[i] = initial_[i];
        if constexpr (requires {
                          { M::home(k_) } -> std::same_as<SymbolicStates>;
                      })
            out = M::home(k_);
        return out;
    }

    void store_values(const SymbolicStates& formulas) {
        for (std::size_t i = 0; i < initial_.size(); ++i) {
            model_.states[i].value = initial_[i];
            if (!formulas[i].is_number()) model_.states[i].formula = formulas[i];
        }
        std::size_t i = 0;
        for (auto* list : {&model_.parameters, &model_.constants, &model_.conditions})
            for (auto& row : *list) row.value = coefficients_[i++];
        if constexpr (requires { M::constants; }) {
            const auto formula = M::derive(detail::symbols_of<M::parameters>());
            for (std::size_t j = 0; j < formula.size(); ++j) model_.constants[j].formula = formula[j];
        }
    }

    void set_rates() {
        const auto rates = M::rates(Symbol::time(), y_, k_);
        [&]<std::size_t... I>(std::index_sequence<I...>) { (add_rate(Symbol(get<I>(rates.values))), ...); }
        (std::make_index_sequence<M::states.size()>{});
    }

    /// A rate carries the name of its state, which is known here.
    void add_rate(const Symbol& rate) {
        const bool is_labelled = rate.node().operation == Operation::label;
        model_.families.push_back(is_labelled ? rate.node().family : "");
        model_.rates.push_back(is_labelled ? Symbol(rate.node().operands[0]) : rate);
    }

    void add_stops() {
        if constexpr (requires { M::stops(coefficients_); }) {
            constexpr bool generic = requires(std::size_t i, SymbolicStates & y, SymbolicCoefficients & k) {
                M::stop(i, y, k);
            };
            auto k = coefficients_;
            std::size_t i = 0;
            for (const double time : M::stops(coefficients_)) {
                auto event =
                    detail::event_at(time, "stop_" + std::to_string(i + 1), "jump at time " + shortest_text(time));
                const auto jump = [i](auto& y, auto& values) { M::stop(i, y, values); };
                detail::add_event(model_, std::move(event), assignments_of<generic>(jump, k));
                ++i;
            }
        }
    }

    void add_guard() {
        if constexpr (requires { M::guard(Symbol::time(), y_, k_); }) {
            constexpr bool generic = requires(const Symbol& t, SymbolicStates& y, SymbolicCoefficients& k) {
                M::cross(t, y, k);
            };
            auto k = coefficients_;
            for (auto& event : detail::events_of_sign(model_, M::guard(Symbol::time(), y_, k_))) {
                const auto jump = [](auto& y, auto& values) {
                    if constexpr (generic) M::cross(Symbol::time(), y, values);
                    else M::cross(0.0, y, values);
                };
                detail::add_event(model_, std::move(event), assignments_of<generic>(jump, k));
            }
        } else if constexpr (requires { M::guard(0.0, initial_, coefficients_); }) {
            throw std::logic_error("the guard of '" + model_.id + "' is not generic");
        }
    }

    /// What a jump assigns: expressions where its text is generic, else the values that it sets whatever the states
    /// are. `k` holds the values before the jump, and after it.
    template <bool generic> std::vector<SymbolicAssignment> assignments_of(const auto& jump, Coefficients& k) const {
        if constexpr (generic) {
            auto y = y_;
            auto values = k_;
            jump(y, values);
            auto all = detail::changes(state_names, y_, y);
            std::ranges::move(detail::changes(coefficient_names, k_, values), std::back_inserter(all));
            return all;
        } else {
            const auto before = k;
            auto same = k;
            const std::array probes{detail::anywhere<States>(0.3141), detail::anywhere<States>(1.732)};
            auto after = probes;
            jump(after[0], k);
            jump(after[1], same);
            if (k != same) detail::refuse_jump(model_.id);
            auto all = detail::settled<States>(model_.id, state_names, probes, after);
            std::ranges::move(detail::changes(coefficient_names, before, k), std::back_inserter(all));
            return all;
        }
    }

    SymbolicModel model_;
    Coefficients coefficients_{};
    States initial_{};
    SymbolicStates y_ = detail::symbols_of<M::states>();
    SymbolicCoefficients k_ = detail::symbols_of<coefficient_table>();
};

}  // namespace cicatrix
