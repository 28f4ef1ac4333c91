// Laws of the read-outs: each says what it is, reads what its formula names, and has its known value at home.
#include <algorithm>
#include <cctype>
#include <set>
#include <string>

#include "catch.hpp"
#include "cicatrix/readout/all.hpp"
#include "microneedling_run.hpp"
#include "rates_of.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

using M = Microneedling;

const CourseCoefficients& k = default_coefficients;

CourseStates scaled(CourseStates y, double factor) {
    for (double& value : y) value *= factor;
    return y;
}

template <Name... names> CourseStates with_states(CourseStates y, auto... values) {
    ((y[index_of(M::states, names)] = values), ...);
    return y;
}

/// The names in a formula: its runs of letters, digits and underscores that begin with a letter.
std::set<std::string> names_of_formula(std::string_view formula) {
    std::set<std::string> names;
    std::string word;
    for (const char c : std::string(formula) + " ") {
        if (std::isalnum(static_cast<unsigned char>(c)) || c == '_') {
            word += c;
        } else {
            if (!word.empty() && std::isalpha(static_cast<unsigned char>(word.front()))) names.insert(word);
            word.clear();
        }
    }
    return names;
}

bool is_in(const auto& table, std::string_view name) {
    return std::ranges::any_of(table, [&](const auto& entry) { return entry.name == name; });
}

/// The number in "relative to 1000 cells/mm3".
double density_in(std::string_view meaning) {
    constexpr std::string_view before = "relative to ";
    return std::stod(std::string(meaning.substr(meaning.find(before) + before.size())));
}

CourseStates some_states() {
    Random random(77);
    return random_states<M>(random, 0.1, 2);
}

}  // namespace

TEST_CASE("a read-out has a name of its own and says what it is, in which unit, how it is made and how well known",
          "[readout]") {
    std::set<std::string_view> names;
    for (const auto& readout : readouts) {
        INFO(readout.name);
        CHECK(names.insert(readout.name).second);
        CHECK_FALSE(is_in(M::states, readout.name));
        CHECK_FALSE(readout.unit.empty());
        CHECK_FALSE(readout.meaning.empty());
        CHECK_FALSE(readout.formula.empty());
        CHECK_FALSE(readout.source.empty());
        CHECK_FALSE(text_of(readout.grade).empty());
    }
}

TEST_CASE("a formula names nothing but states and coefficients", "[readout]") {
    for (const auto& readout : readouts) {
        const auto names = names_of_formula(readout.formula);
        CHECK_FALSE(names.empty());
        for (const auto& name : names) {
            INFO(readout.name << ": " << name);
            CHECK((is_in(M::states, name) || is_in(M::coefficients, name)));
        }
    }
}

TEST_CASE("a read-out moves with the states that its formula names and with no other", "[readout]") {
    const CourseStates y = some_states();
    for (const auto& readout : readouts)
        for (std::size_t i = 0; i < y.size(); ++i) {
            const std::string state(M::states[i].name);
            INFO(readout.name << " against " << state);
            CourseStates moved = y;
            moved[i] *= 1.5;
            const bool is_named = names_of_formula(readout.formula).contains(state);
            CHECK((readout.value(moved, k) != readout.value(y, k)) == is_named);
        }
}

TEST_CASE("at home all collagen is one, the share of type III its constant, and nothing is inflamed", "[readout]") {
    Random random(5);
    for (int sample = 0; sample < 20; ++sample) {
        const auto some = coefficients_from<M>(random_parameters<M>(random));
        const auto home = M::home(some);
        CHECK(readout::collagen_total.value(home, some) == Approx(1).epsilon(1e-14));
        CHECK(readout::collagen_iii_fraction.value(home, some) ==
              Approx(get<"collagen_iii_fraction_home">(some)).epsilon(1e-14));
        CHECK(readout::inflammation.value(home, some) == 0);
    }
}

TEST_CASE("replacing type III by type I leaves all collagen and lowers the share of type III", "[readout]") {
    const CourseStates y = with_states<"collagen_iii", "collagen_i_immature">(some_states(), 0.5, 0.25);
    const CourseStates replaced = with_states<"collagen_iii", "collagen_i_immature">(y, 0.25, 0.5);
    CHECK(readout::collagen_total.value(replaced, k) == Approx(readout::collagen_total.value(y, k)).epsilon(1e-15));
    CHECK(readout::collagen_iii_fraction.value(replaced, k) ==
          Approx(0.5 * readout::collagen_iii_fraction.value(y, k)).epsilon(1e-15));
}

TEST_CASE("the share of type III lies between none and all", "[readout]") {
    Random random(6);
    for (int sample = 0; sample < 100; ++sample) {
        const double share = readout::collagen_iii_fraction.value(random_states<M>(random, 1e-6, 3), k);
        CHECK(share > 0);
        CHECK(share < 1);
    }
    const CourseStates y = some_states();
    CHECK(readout::collagen_iii_fraction.value(with_states<"collagen_iii">(y, 0.0), k) == 0);
    const auto only_iii = with_states<"collagen_i_immature", "collagen_i_mature">(y, 0.0, 0.0);
    CHECK(readout::collagen_iii_fraction.value(only_iii, k) == 1);
}

TEST_CASE("twice the states are twice the collagen and the inflammation, and the same share of type III", "[readout]") {
    const CourseStates y = some_states(), twice = scaled(y, 2);
    CHECK(readout::collagen_total.value(twice, k) == Approx(2 * readout::collagen_total.value(y, k)));
    CHECK(readout::inflammation.value(twice, k) == Approx(2 * readout::inflammation.value(y, k)));
    CHECK(readout::collagen_iii_fraction.value(twice, k) == Approx(readout::collagen_iii_fraction.value(y, k)));
}

TEST_CASE("one unit of an inflammatory cell reads as the density that its state names", "[readout]") {
    const auto read = [](double neutrophils, double macrophages) {
        return readout::inflammation.value(
            with_states<"neutrophils", "macrophages_m1">(M::home(k), neutrophils, macrophages), k);
    };
    CHECK(read(1, 0) == density_in(M::states[index_of(M::states, "neutrophils")].meaning));
    CHECK(read(0, 1) == density_in(M::states[index_of(M::states, "macrophages_m1")].meaning));
    CHECK(read(2, 3) == Approx(2 * read(1, 0) + 3 * read(0, 1)));
}
