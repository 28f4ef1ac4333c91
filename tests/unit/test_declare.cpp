// Declaring a model: entries are named, not counted, and a table says itself whether it is sound.
#include <array>
#include <cmath>
#include <concepts>
#include <limits>
#include <numbers>
#include <string_view>
#include <type_traits>

#include "catch.hpp"
#include "cicatrix/model/concepts.hpp"

using namespace cicatrix;

namespace {

constexpr std::array colours{
    State{"red", "1", "what is red"},
    State{"green", "1", "what is green"},
    State{"blue", "1", "what is blue", true},
};

/// A model with all that a model may have: rates, constants that follow, conditions of a course.
struct Fading {
    static constexpr std::string_view id = "fading";
    static constexpr auto states = colours;
    static constexpr std::array parameters{
        Parameter{"loss", 0.5, "1/d", {0, 1}, Grade::assumed, "own choice: for a test", "loss of red"},
        Parameter{"share", 0.25, "1", {0, 1}, Grade::measured, "Author 2020, table 1", "share of red that turns green"},
    };
    static constexpr std::array constants{Constant{"half_time", "d", "half-time of red"}};
    static constexpr std::array conditions{ModelCondition{"light", 3.0, "1", "what shines on it"}};
    static constexpr auto coefficients = names_of<parameters, constants, conditions>;

    template <class T> static constexpr Values<constants, T> derive(const Values<parameters, T>& p) {
        return collect_values<constants, "half_time">(std::numbers::ln2 / get<"loss">(p));
    }
};

/// A model without constants and conditions.
struct Plain {
    static constexpr std::string_view id = "plain";
    static constexpr auto states = colours;
    static constexpr auto parameters = Fading::parameters;
};

struct WithoutParameters {
    static constexpr std::string_view id = "without_parameters";
    static constexpr auto states = colours;
};

/// A table of one parameter, sound but for what a test puts in.
consteval std::array<Parameter, 1> table_of(Parameter parameter) { return {parameter}; }
constexpr Parameter sound_one{"loss", 0.5, "1/d", {0, 1}, Grade::assumed, "own choice: for a test", "loss of red"};

consteval Parameter with(auto Parameter::*member, auto value) {
    auto changed = sound_one;
    changed.*member = value;
    return changed;
}

}  // namespace

TEST_CASE("picking reads entries by name, in any order", "[declare]") {
    constexpr Values<colours, double> y{{1.0, 2.0, 3.0}};
    const auto [blue, red] = pick<"blue", "red">(y);
    CHECK(blue == 3.0);
    CHECK(red == 1.0);
    const auto [green] = pick<"green">(y);
    CHECK(green == 2.0);
    STATIC_REQUIRE(get<"blue">(y) == 3.0);
}

TEST_CASE("the same name may be picked twice", "[declare]") {
    constexpr Values<colours, double> y{{1.0, 2.0, 3.0}};
    const auto [once, twice] = pick<"green", "green">(y);
    CHECK(once == twice);
}

TEST_CASE("named values are read by name, each of its own type", "[declare]") {
    constexpr auto signals = named<"count", "size">(7, 0.5);
    const auto [size, count] = pick<"size", "count">(signals);
    STATIC_REQUIRE(std::same_as<std::remove_const_t<decltype(count)>, int>);
    STATIC_REQUIRE(std::same_as<std::remove_const_t<decltype(size)>, double>);
    CHECK(count == 7);
    CHECK(size == 0.5);
}

TEST_CASE("collecting puts parts in the order of the table, however they are split and ordered", "[declare]") {
    const auto whole = collect<colours>(named<"blue", "red", "green">(3.0, 1.0, 2.0));
    const auto parts = collect<colours>(named<"green">(2.0), named<"blue">(3.0), named<"red">(1.0));
    for (const auto& entries : {whole, parts}) {
        CHECK(get<0>(entries.values) == 1.0);
        CHECK(get<1>(entries.values) == 2.0);
        CHECK(get<2>(entries.values) == 3.0);
    }
}

TEST_CASE("collecting keeps the type of every entry", "[declare]") {
    const auto entries = collect<colours>(named<"blue", "green", "red">('b', 2, 1.0f));
    STATIC_REQUIRE(std::same_as<decltype(entries.values), Pack<float, int, char>>);
    CHECK(get<"blue">(entries) == 'b');
}

TEST_CASE("picking what was collected gives it back", "[declare]") {
    const auto entries = collect<colours>(named<"green">(2.0), named<"red", "blue">(1.0, 3.0));
    const auto [red, green, blue] = pick<"red", "green", "blue">(entries);
    CHECK(red == 1.0);
    CHECK(green == 2.0);
    CHECK(blue == 3.0);
}

TEST_CASE("values of one type are collected by name as well", "[declare]") {
    constexpr auto y = collect_values<colours, "blue", "red", "green">(3.0, 1.0, 2.0);
    STATIC_REQUIRE(y == Values<colours, double>{{1.0, 2.0, 3.0}});
}

TEST_CASE("coefficients are parameters, then what follows from them, then conditions", "[declare]") {
    const auto defaults = default_parameters<Fading>();
    CHECK(defaults == ParametersOf<Fading, double>{{0.5, 0.25}});
    auto k = coefficients_from<Fading>(defaults);
    REQUIRE(k.size() == 4);
    const auto [light, half_time, share, loss] = pick<"light", "half_time", "share", "loss">(k);
    CHECK(light == 3.0);
    CHECK(share == 0.25);
    CHECK(loss * half_time == Approx(std::log(2.0)));
    set_coefficient<"light", Fading>(k, 4.0);
    CHECK(get<"light">(k) == 4.0);
    CHECK(get<"half_time">(k) == half_time);
}

TEST_CASE("without constants and conditions the coefficients are the parameters", "[declare]") {
    STATIC_REQUIRE(Model<Plain>);
    CHECK(coefficients_from<Plain>(default_parameters<Plain>()) == default_parameters<Plain>());
}

TEST_CASE("a model has an id, states and parameters", "[declare]") {
    STATIC_REQUIRE(Model<Fading>);
    STATIC_REQUIRE_FALSE(Model<WithoutParameters>);
    STATIC_REQUIRE_FALSE(Model<int>);
}

TEST_CASE("the names of several tables follow one another", "[declare]") {
    constexpr auto names = names_of<Fading::conditions, colours>;
    STATIC_REQUIRE(names.size() == 4);
    CHECK(names[0].name == "light");
    CHECK(names[3].name == "blue");
}

TEST_CASE("a table with names, units, meanings and defaults in range is sound", "[declare]") {
    STATIC_REQUIRE(sound(colours));
    STATIC_REQUIRE(sound(Fading::parameters));
    STATIC_REQUIRE(sound(Fading::constants));
    STATIC_REQUIRE(sound(Fading::conditions));
    STATIC_REQUIRE(sound(table_of(with(&Parameter::value, 0.0))));
    STATIC_REQUIRE(sound(table_of(with(&Parameter::value, 1.0))));
}

TEST_CASE("a doubled name is found", "[declare]") {
    STATIC_REQUIRE_FALSE(sound(std::array{sound_one, sound_one}));
    STATIC_REQUIRE_FALSE(
        sound(std::array{State{"red", "1", "one"}, State{"blue", "1", "two"}, State{"red", "1", "three"}}));
}

TEST_CASE("a default outside its range is found", "[declare]") {
    STATIC_REQUIRE_FALSE(sound(table_of(with(&Parameter::value, 1.5))));
    STATIC_REQUIRE_FALSE(sound(table_of(with(&Parameter::value, -0.5))));
    STATIC_REQUIRE_FALSE(sound(table_of(with(&Parameter::value, std::numeric_limits<double>::quiet_NaN()))));
    STATIC_REQUIRE_FALSE(sound(table_of(with(&Parameter::range, Range{1, 0}))));
}

TEST_CASE("a missing name, unit, meaning or source is found", "[declare]") {
    STATIC_REQUIRE_FALSE(sound(table_of(with(&Parameter::name, std::string_view{}))));
    STATIC_REQUIRE_FALSE(sound(table_of(with(&Parameter::unit, std::string_view{}))));
    STATIC_REQUIRE_FALSE(sound(table_of(with(&Parameter::meaning, std::string_view{}))));
    STATIC_REQUIRE_FALSE(sound(table_of(with(&Parameter::source, Source{}))));
    STATIC_REQUIRE_FALSE(sound(std::array{State{"red", "", "no unit"}}));
    STATIC_REQUIRE_FALSE(sound(std::array{State{"red", "1", ""}}));
}

TEST_CASE("every grade has a text of its own", "[declare]") {
    CHECK(text_of(Grade::measured) == "A");
    CHECK(text_of(Grade::indirect) == "B");
    CHECK(text_of(Grade::analogue) == "C");
    CHECK(text_of(Grade::opinion) == "D");
    CHECK(text_of(Grade::assumed) == "assumed");
}

TEST_CASE("a source reads as the citation and what was taken from it", "[declare]") {
    CHECK(Source("Author 2020", "table 1").text() == "Author 2020: table 1");
    CHECK(Source("Author 2020").text() == "Author 2020");
    CHECK(Source().empty());
}
