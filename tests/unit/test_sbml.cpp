// What is exported says what is computed: expressions of every model, events, and the texts made from them.
#include "cicatrix/io/sbml.hpp"

#include <cmath>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "catch.hpp"
#include "cicatrix/io/equations.hpp"
#include "cicatrix/models/all.hpp"

using namespace cicatrix;

namespace {

using NamedValues = std::map<std::string, double, std::less<>>;

template <class M> SymbolicModel symbolic(std::string_view variant = "") {
    return SymbolicModelOf<M>(variant).finished();
}

SymbolicModel needled(std::vector<SymbolicSession<Injury>> sessions) {
    SymbolicModelOf<Microneedling> model;
    model.add_sessions<Injury>(sessions);
    return std::move(model).finished();
}

double value_in(const NamedValues& values, const Symbol& x, double time = 0) {
    return value_of(
        x,
        [&](std::string_view name) {
            const auto found = values.find(name);
            if (found == values.end()) throw std::runtime_error("not defined before its use: " + std::string(name));
            return found->second;
        },
        time);
}

void add_terms(const SymbolicModel& model, NamedValues& values, double time) {
    for (const auto& term : model.terms) values[term.name] = value_in(values, term.formula, time);
}

/// States in which nothing is at home.
template <class M> StatesOf<M, double> away_from_home() {
    StatesOf<M, double> y{};
    for (std::size_t i = 0; i < y.size(); ++i) y[i] = 0.3 + 0.17 * static_cast<double>(i % 7);
    return y;
}

template <class M> NamedValues values_of(const StatesOf<M, double>& y, const CoefficientsOf<M, double>& k) {
    NamedValues values;
    for (std::size_t i = 0; i < y.size(); ++i) values[std::string(M::states[i].name)] = y[i];
    for (std::size_t i = 0; i < k.size(); ++i) values[std::string(detail::CoefficientTable<M>::table[i].name)] = k[i];
    return values;
}

template <class M>
StatesOf<M, double> plain_rates(double t, const StatesOf<M, double>& y, const CoefficientsOf<M, double>& k) {
    const auto rates = M::rates(t, y, k);
    return [&]<std::size_t... I>(std::index_sequence<I...>) {
        return StatesOf<M, double>{{double(get<I>(rates.values))...}};
    }
    (std::make_index_sequence<M::states.size()>{});
}

std::vector<std::string> matches(const std::string& text, const char* pattern) {
    const std::regex expression(pattern);
    std::vector<std::string> out;
    for (std::sregex_iterator i(text.begin(), text.end(), expression), end; i != end; ++i) out.push_back((*i)[1]);
    return out;
}

const SymbolicEvent& event_named(const SymbolicModel& model, std::string_view name) {
    return *std::ranges::find(model.events, name, &SymbolicEvent::name);
}

constexpr Parameter made_up(std::string_view name, double value) {
    return {name, value, "mm6 pg-3 d-1", {-1e9, 1e9}, Grade::assumed, "own choice", "a < b & \"c\""};
}

/// Grows until it is harvested: what a model with stops and a guard looks like whose jumps are not generic.
struct Field {
    static constexpr std::string_view id = "field";
    static constexpr std::array states{State{"crop", "1", "what grows"}, State{"weeds", "1", "what grows too"}};
    static constexpr std::array parameters{made_up("speed", -2.5e-13)};
    static constexpr std::array conditions{ModelCondition{"is_wet", 0, "1", "1 after rain"}};
    static constexpr auto coefficients = names_of<parameters, conditions>;
    static constexpr std::array<double, 2> stops(const Values<coefficients, double>&) { return {5, 9}; }
    static constexpr void stop(std::size_t i, Values<states, double>& y, Values<coefficients, double>& k) {
        if (i == 0) y[1] = 0;
        k[1] = i == 0 ? 1 : 0;
    }
    static constexpr auto guard(const auto&, const auto& y, const auto&) { return get<"crop">(y) - 4.0; }
    static constexpr void cross(double, Values<states, double>&, Values<coefficients, double>& k) { k[1] = 1 - k[1]; }
    static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [crop, weeds] = pick<"crop", "weeds">(y);
        return collect<states>(named<"crop", "weeds">(get<"speed">(k) * crop, get<"is_wet">(k) * weeds));
    }
};

/// Its stop halves a state, which a text for plain numbers cannot tell.
struct Halved : Field {
    static constexpr void stop(std::size_t, Values<states, double>& y, Values<coefficients, double>&) { y[0] /= 2; }
};

}  // namespace

TEMPLATE_LIST_TEST_CASE("the expressions of a model have the values of its rates", "[sbml]", Models) {
    using M = TestType;
    const auto model = symbolic<M>();
    const auto k = coefficients_from<M>(default_parameters<M>());
    const auto y = away_from_home<M>();
    const double t = 2.5;
    const auto rates = plain_rates<M>(t, y, k);
    auto values = values_of<M>(y, k);
    add_terms(model, values, t);
    for (std::size_t i = 0; i < rates.size(); ++i) {
        INFO(M::states[i].name);
        CHECK(value_in(values, model.rates[i], t) == Approx(rates[i]).epsilon(1e-11).margin(1e-13));
    }
}

TEMPLATE_LIST_TEST_CASE("constants and initial values follow from their formulas", "[sbml]", Models) {
    const auto model = symbolic<TestType>();
    NamedValues values;
    for (const auto* list : {&model.parameters, &model.constants, &model.conditions})
        for (const auto& row : *list) values[row.name] = row.value;
    for (const auto* list : {&model.constants, &model.states})
        for (const auto& row : *list)
            if (row.formula) CHECK(value_in(values, *row.formula) == Approx(row.value).epsilon(1e-12));
}

TEMPLATE_LIST_TEST_CASE("no name of an export stands for two things, and every name stands for one", "[sbml]", Models) {
    const std::string text = sbml_text(symbolic<TestType>());
    std::set<std::string> declared;
    for (const auto& id : matches(text, "<(?:parameter|event) id=\"([^\"]*)\"")) CHECK(declared.insert(id).second);
    for (const auto& id : matches(text, "<ci>([^<]*)</ci>")) CHECK(declared.contains(id));
    for (const auto& id : matches(text, "(?:variable|symbol)=\"([^\"]*)\"")) CHECK(declared.contains(id));
}

TEMPLATE_LIST_TEST_CASE("every element of an export is closed", "[sbml]", Models) {
    std::vector<std::string> open;
    const std::string text = sbml_text(symbolic<TestType>());
    const std::regex element("<(/?)([A-Za-z]+)[^<>]*?(/?)>");
    for (std::sregex_iterator i(text.begin(), text.end(), element), end; i != end; ++i) {
        if ((*i)[1].length() > 0) {
            REQUIRE_FALSE(open.empty());
            REQUIRE(open.back() == (*i)[2]);
            open.pop_back();
        } else if ((*i)[3].length() == 0) {
            open.push_back((*i)[2]);
        }
    }
    CHECK(open.empty());
}

TEMPLATE_LIST_TEST_CASE("the equations name every state, parameter and fault of a model", "[equations]", Models) {
    const auto model = symbolic<TestType>();
    const std::string text = equations_text(model);
    for (const auto* list : {&model.states, &model.parameters, &model.constants, &model.conditions})
        for (const auto& row : *list) CHECK(text.find("`" + row.name + "`") != std::string::npos);
    for (const auto& fault : model.faults) CHECK(text.find(fault) != std::string::npos);
    const auto brackets = [&](char c) { return std::ranges::count(text, c); };
    CHECK(brackets('{') == brackets('}'));
}

TEMPLATE_LIST_TEST_CASE("a variant sets what it says", "[sbml]", Models) {
    if constexpr (requires { TestType::variants; }) {
        for (const auto& variant : TestType::variants) {
            const auto model = symbolic<TestType>(variant.name);
            for (const auto& setting : variant.settings)
                for (const auto* list : {&model.parameters, &model.conditions, &model.states})
                    for (const auto& row : *list)
                        if (row.name == setting.name) CHECK(row.value == setting.value);
        }
    }
    CHECK_THROWS_AS(symbolic<TestType>("no such variant"), std::invalid_argument);
}

TEST_CASE("a session assigns what it does to the skin, from the values before it", "[sbml]") {
    using M = Microneedling;
    const Injury injury{0.04, 0.07};
    const auto model = needled({{0, injury}, {28, injury}});
    REQUIRE(model.events.size() == 2);
    const auto k = coefficients_from<M>(default_parameters<M>());
    const auto before = away_from_home<M>();
    const auto after = M::injure(before, k, injury);
    const auto values = values_of<M>(before, k);
    NamedValues assigned;
    for (const auto& [name, value] : model.events[1].assignments) assigned[name] = value_in(values, value);
    for (std::size_t i = 0; i < before.size(); ++i) {
        const auto found = assigned.find(M::states[i].name);
        CHECK((found != assigned.end() ? found->second : before[i]) == Approx(after[i]).epsilon(1e-14));
    }
    CHECK_FALSE(value_of(
        model.events[1].trigger, [](std::string_view) { return 0.0; }, 27.9));
    CHECK(value_of(
        model.events[1].trigger, [](std::string_view) { return 0.0; }, 28.0));
}

TEST_CASE("sessions out of order are refused, and those of a model that knows none", "[sbml]") {
    CHECK_THROWS_AS(needled({{28, {}}, {28, {}}}), std::invalid_argument);
    SymbolicModelOf<Field> field;
    const std::vector<SymbolicSession<Injury>> one{{0, {}}};
    CHECK_THROWS_AS(field.add_sessions<Injury>(one), std::invalid_argument);
}

TEST_CASE("settings are taken after those of the variant, and unknown ones refused", "[sbml]") {
    const std::vector<Setting> given{{"speed", 3.0}, {"is_wet", 1.0}, {"crop", 0.25}};
    const auto model = SymbolicModelOf<Field>("", given).finished();
    CHECK(model.parameters[0].value == 3.0);
    CHECK(model.conditions[0].value == 1.0);
    CHECK(model.states[0].value == 0.25);
    const std::vector<Setting> unknown{{"sped", 3.0}};
    CHECK_THROWS_WITH(SymbolicModelOf<Field>("", unknown), Catch::Contains("sped"));
}

TEST_CASE("a jump for plain numbers gives the values that it sets", "[sbml]") {
    const auto model = symbolic<Field>();
    const auto& first = event_named(model, "stop_1");
    REQUIRE(first.assignments.size() == 2);
    CHECK(first.assignments[0].name == "weeds");
    CHECK(first.assignments[0].value.is(0));
    CHECK(first.assignments[1].name == "is_wet");
    CHECK(first.assignments[1].value.is(1));
    CHECK(event_named(model, "stop_2").assignments.size() == 1);
    CHECK(model.conditions[0].changes);
    CHECK_FALSE(model.parameters[0].changes);
}

TEST_CASE("a jump that depends on the states cannot be told from numbers and is refused", "[sbml]") {
    CHECK_THROWS_AS(symbolic<Halved>(), std::logic_error);
}

TEST_CASE("a guard is an event in each direction, and the closed one fires at once", "[sbml]") {
    const auto model = symbolic<Field>();
    const auto& rise = event_named(model, "rise");
    const auto& fall = event_named(model, "fall");
    CHECK_FALSE(rise.true_before);
    CHECK(fall.true_before);
    for (const double crop : {0.0, 3.9, 4.0, 4.1}) {
        const auto names = [crop](std::string_view) { return crop; };
        CHECK(value_of(rise.trigger, names) == (crop >= 4));
        CHECK(value_of(fall.trigger, names) == (crop < 4));
    }
    CHECK(rise.assignments[0].value.is(1));
    CHECK(fall.assignments[0].value.is(0));
}

TEST_CASE("what XML reserves is escaped, and numbers keep their digits", "[sbml]") {
    const std::vector<Setting> given{{"speed", -2.5e-13}};
    const std::string text = sbml_text(SymbolicModelOf<Field>("", given).finished());
    CHECK(text.find("a &lt; b &amp; &quot;c&quot;") != std::string::npos);
    CHECK(text.find("value=\"-2.5e-13\"") != std::string::npos);
}

TEST_CASE("a model without a publication says that it is not calibrated", "[sbml]") {
    const auto own = symbolic<Microneedling>();
    for (const std::string& text : {sbml_text(own), equations_text(own)})
        CHECK(text.find("not yet calibrated") != std::string::npos);
}

TEST_CASE("a long sum is broken and a short one is not", "[equations]") {
    const std::string text = equations_text(symbolic<Microneedling>());
    CHECK(text.find("{\\mathrm{d}t} = -\\mathrm{clot\\_decay} \\cdot \\mathrm{platelets}\n$$") != std::string::npos);
    CHECK(text.find("\\begin{aligned}") != std::string::npos);
}

TEST_CASE("brackets stand where the order of operations needs them, and nowhere else", "[equations]") {
    SymbolicModel model = symbolic<Field>();
    const Symbol a = Symbol::named("a"), b = Symbol::named("b"), c = Symbol::named("c");
    const auto shown = [&](const Symbol& rate) {
        model.rates[0] = rate;
        const std::string text = equations_text(model);
        const auto begin = text.find(" = ", text.find("## Rates")) + 3;
        return std::regex_replace(text.substr(begin, text.find('\n', begin) - begin), std::regex(R"(\\mathrm\{(\w)\})"),
                                  "$1");
    };
    CHECK(shown(a - (b - c)) == R"(a - \left(b - c\right))");
    CHECK(shown(a + (b + c)) == "a + b + c");
    CHECK(shown(a + (-2.0) * b) == R"(a + \left(-2\right) \cdot b)");
    CHECK(shown((a + b) * c) == R"(\left(a + b\right) \cdot c)");
    CHECK(shown(-(a * b)) == R"(-a \cdot b)");
    CHECK(shown(-(a + b)) == R"(-\left(a + b\right))");
    CHECK(shown(square(-a)) == R"(\left(-a\right)^{2})");
    CHECK(shown((a + b) / c) == R"(\frac{a + b}{c})");
    CHECK(shown(1e-12 * a) == R"(1 \cdot 10^{-12} \cdot a)");
}

TEST_CASE("units are made of those of the standard", "[sbml]") {
    const std::string text = sbml_text(symbolic<Field>());
    const auto at = text.find("name=\"mm6 pg-3 d-1\"");
    REQUIRE(at != std::string::npos);
    const std::string definition = text.substr(at, text.find("</unitDefinition>", at) - at);
    CHECK(definition.find(R"(kind="gram" exponent="-3")") != std::string::npos);
    CHECK(definition.find(R"(kind="metre" exponent="6" scale="-3")") != std::string::npos);
    CHECK(definition.find(R"(kind="second" exponent="-1" scale="0" multiplier="86400")") != std::string::npos);
    CHECK(definition.find(R"(kind="dimensionless" exponent="1" scale="0" multiplier="1e+36")") != std::string::npos);
}
