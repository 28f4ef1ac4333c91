// How a model is declared: tables whose entries are picked and collected by name. A misspelt, doubled or missing name
// does not compile. One text of rates serves every scalar kind, because entries may differ in type (see
// numeric/dual.hpp).
#pragma once
#include <algorithm>
#include <array>
#include <cstddef>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

#include "cicatrix/numeric/lanes.hpp"

namespace cicatrix {

/// A string literal as a template argument.
template <std::size_t N> struct Name {
    char text[N]{};
    consteval Name(const char (&literal)[N]) { std::copy_n(literal, N, text); }
    constexpr operator std::string_view() const { return {text, N - 1}; }
};

/// How well a number is known, after who measured what.
enum class Grade {
    measured,  ///< A: human skin, this very quantity
    indirect,  ///< B: human skin, indirect
    analogue,  ///< C: animal, in vitro or another tissue
    opinion,   ///< D: expert opinion, published model
    assumed,   ///< our own choice
};

constexpr std::string_view text_of(Grade grade) {
    constexpr std::array names{"A", "B", "C", "D", "assumed"};
    return names[static_cast<std::size_t>(grade)];
}

struct Range {
    double low, high;
};

/// Where a number was read and what was done to it, or for an assumed one why it was chosen.
struct Source {
    std::string_view citation, detail;

    constexpr Source() = default;
    constexpr Source(const char* citation) : citation(citation) {}
    constexpr Source(std::string_view citation, std::string_view detail = "") : citation(citation), detail(detail) {}
    constexpr bool empty() const { return citation.empty(); }
    std::string text() const { return std::string(citation) + (detail.empty() ? "" : ": ") + std::string(detail); }
};

/// A quantity that evolves. `may_be_negative` is for published models that leave the positive range.
struct State {
    std::string_view name, unit, meaning;
    bool may_be_negative = false;
};

/// A number that a scenario may change.
struct Parameter {
    std::string_view name;
    double value;
    std::string_view unit;
    Range range;
    Grade grade;
    Source source;
    std::string_view meaning;
};

/// A number that follows from parameters and is never typed in.
struct Constant {
    std::string_view name, unit, meaning;
};

/// A number that belongs to a course and not to a person's biology, with its default: an age, whether a graft acts.
struct ModelCondition {
    std::string_view name;
    double value;
    std::string_view unit, meaning;
};

/// The position of `name` in a table of entries that have a `name`.
consteval std::size_t index_of(const auto& table, std::string_view name) {
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].name == name) return i;
    throw "the table has no entry of this name";
}

/// One value per entry of a table, in table order, all of one type.
template <const auto& table, class T> struct Values : std::array<T, table.size()> {};

namespace detail {
template <std::size_t, class T> struct Leaf { T value; };
template <class Indices, class... Ts> struct Leaves;
template <std::size_t... I, class... Ts> struct Leaves<std::index_sequence<I...>, Ts...> : Leaf<I, Ts>... {};
}  // namespace detail

/// A plain aggregate of values of several types. Unlike std::tuple it has no constructors, so packs of hundreds of
/// lanes are built in place.
template <class... Ts> struct Pack : detail::Leaves<std::index_sequence_for<Ts...>, Ts...> {};

template <std::size_t i, class T> CICATRIX_INLINE constexpr const T& get(const detail::Leaf<i, T>& leaf) {
    return leaf.value;
}

/// One value per entry of a table, in table order, each of its own type.
template <const auto& table, class... Ts> struct Entries { Pack<Ts...> values; };

/// Values with names of their own, outside any table: shared signals, the rates of one process.
template <class Names, class... Ts> struct Named;
template <Name... names> struct Names {};
template <Name... names, class... Ts> struct Named<Names<names...>, Ts...> { Pack<Ts...> values; };

template <Name... names, class... Ts> CICATRIX_INLINE constexpr auto named(const Ts&... values) {
    static_assert(sizeof...(names) == sizeof...(Ts), "as many values as names");
    return Named<Names<names...>, Ts...>{{{{values}...}}};
}

namespace detail {
struct Entry {
    std::string_view name;
};
template <Name... names> inline constexpr std::array<Entry, sizeof...(names)> entries{Entry{names}...};

consteval bool distinct(const auto& names) {
    for (std::size_t i = 0; i < names.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (names[i].name == names[j].name) return false;
    return true;
}
}  // namespace detail

template <Name name, const auto& table, class T> CICATRIX_INLINE constexpr const T& get(const Values<table, T>& from) {
    return from[index_of(table, name)];
}
template <Name name, const auto& table, class... Ts>
CICATRIX_INLINE constexpr const auto& get(const Entries<table, Ts...>& from) {
    return get<index_of(table, name)>(from.values);
}
template <Name name, Name... names, class... Ts>
CICATRIX_INLINE constexpr const auto& get(const Named<Names<names...>, Ts...>& from) {
    return get<index_of(detail::entries<names...>, name)>(from.values);
}

/// `const auto [a, b] = pick<"a", "b">(values)`.
template <Name... names> CICATRIX_INLINE constexpr auto pick(const auto& from) {
    return Pack<std::remove_cvref_t<decltype(get<names>(from))>...>{{{get<names>(from)}...}};
}

namespace detail {
/// Which part names an entry, and where in it.
struct Place {
    std::size_t part, position;
};

template <class Part> inline constexpr std::array<Entry, 0> names_in{};
template <Name... names, class... Ts> inline constexpr auto names_in<Named<Names<names...>, Ts...>> = entries<names...>;

template <class... Parts> consteval Place place_of(std::string_view name) {
    Place found{sizeof...(Parts), 0};
    std::size_t part = 0, times = 0;
    const auto search = [&](const auto& names) {
        for (std::size_t i = 0; i < names.size(); ++i)
            if (names[i].name == name) found = {part, i}, ++times;
        ++part;
    };
    (search(names_in<Parts>), ...);
    if (times != 1) throw "every entry of the table is named by a part, and only once";
    return found;
}

template <Place place, class First, class... Rest>
CICATRIX_INLINE constexpr const auto& value_at(const First& first, const Rest&... rest) {
    if constexpr (place.part == 0) return get<place.position>(first.values);
    else return value_at<Place{place.part - 1, place.position}>(rest...);
}
}  // namespace detail

/// Puts named parts in table order; refuses at compile time unless every entry is named exactly once.
template <const auto& table, class... Parts> CICATRIX_INLINE constexpr auto collect(const Parts&... parts) {
    static_assert((detail::names_in<Parts>.size() + ...) == table.size(),
                  "every entry of the table is named, and only once");
    return [&]<std::size_t... I>(std::index_sequence<I...>) CICATRIX_INLINE_LAMBDA {
        return Entries<table, std::remove_cvref_t<decltype(detail::value_at<detail::place_of<Parts...>(table[I].name)>(
                                  parts...))>...>{
            {{{detail::value_at<detail::place_of<Parts...>(table[I].name)>(parts...)}...}}};
    }
    (std::make_index_sequence<table.size()>{});
}

/// The same for values of one type: `collect_values<table, "a", "b">(x, y)`.
template <const auto& table, Name... names, class T, class... Rest>
constexpr Values<table, T> collect_values(const T& first, const Rest&... rest) {
    static_assert(sizeof...(names) == table.size() && sizeof...(Rest) + 1 == sizeof...(names), "every entry once");
    static_assert(detail::distinct(detail::entries<names...>), "every entry once");
    Values<table, T> out{};
    const T given[]{first, T(rest)...};
    std::size_t i = 0;
    ((out[index_of(table, names)] = given[i++]), ...);
    return out;
}

namespace detail {
template <std::size_t... sizes> consteval auto concatenated_names(const auto&... tables) {
    std::array<Entry, (sizes + ...)> out{};
    std::size_t i = 0;
    ((std::ranges::for_each(tables, [&](const auto& entry) { out[i++] = {entry.name}; })), ...);
    return out;
}
}  // namespace detail

/// The names of several tables, one after another.
template <const auto&... tables>
inline constexpr auto names_of = detail::concatenated_names<tables.size()...>(tables...);

/// True when names are unique, units and meanings are given, defaults lie in their ranges.
consteval bool sound(const auto& table) {
    for (std::size_t i = 0; i < table.size(); ++i) {
        const auto& entry = table[i];
        if (entry.name.empty() || entry.unit.empty() || entry.meaning.empty()) return false;
        for (std::size_t j = 0; j < i; ++j)
            if (table[j].name == entry.name) return false;
        if constexpr (requires { entry.range; }) {
            if (!(entry.value >= entry.range.low && entry.value <= entry.range.high) || entry.source.empty())
                return false;
        }
    }
    return true;
}

}  // namespace cicatrix

template <class... Ts>
struct std::tuple_size<cicatrix::Pack<Ts...>> : std::integral_constant<std::size_t, sizeof...(Ts)> {};
template <std::size_t i, class... Ts> struct std::tuple_element<i, cicatrix::Pack<Ts...>> {
    using type = std::tuple_element_t<i, std::tuple<Ts...>>;
};
