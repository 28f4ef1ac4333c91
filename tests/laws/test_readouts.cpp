// Laws of the read-outs: each says what it is, reads what its formula names, and has its known value at home.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <set>
#include <string>

#include "catch.hpp"
#include "cicatrix/injury/parameters.hpp"
#include "cicatrix/readout/own_states.hpp"
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

bool is_in(const auto& table, std::string_view name) {
    return std::ranges::any_of(table, [&](const auto& entry) { return entry.name == name; });
}

/// The number in "relative to 1000 cells/mm3".
double density_in(std::string_view meaning) {
    constexpr std::string_view before = "relative to ";
    return std::stod(std::string(meaning.substr(meaning.find(before) + before.size())));
}

/// What a read-out says of these states, in skin without a session.
template <class R> double read(const CourseStates& y, const CourseCoefficients& coefficients = k) {
    Patient patient;
    patient.k = coefficients;
    patient.start = M::home(coefficients);
    return R::value(Moment(patient, 0.0, y, own_start(patient), {}));
}

using readout::CollagenIiiFraction;
using readout::CollagenTotal;
using readout::Inflammation;

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

TEST_CASE("a parameter or own state of a read-out shares its name with nothing else of a course", "[readout]") {
    for (const auto& state : own_states) {
        INFO(state.name);
        CHECK_FALSE(is_in(M::states, state.name));
        CHECK_FALSE(is_in(M::coefficients, state.name));
        CHECK_FALSE(state.meaning.empty());
    }
    for (const auto& parameter : readout_parameters) {
        INFO(parameter.name);
        CHECK_FALSE(is_in(M::coefficients, parameter.name));
        CHECK_FALSE(is_in(injury::parameters, parameter.name));
    }
}

TEST_CASE("a parameter of a read-out calls its source its own choice exactly when it is assumed", "[readout]") {
    for (const auto& parameter : readout_parameters) {
        INFO(parameter.name << ": " << parameter.source.text());
        CHECK((parameter.source.citation == "own choice") == (parameter.grade == Grade::assumed));
    }
}

TEST_CASE("every read-out of skin without a session is a number, at every age and site", "[readout]") {
    for (const auto& site : sites)
        for (const double age : {20.0, 50.0, 90.0}) {
            Patient patient;
            patient.k = k;
            patient.skin.site = &site;
            patient.skin.age = age;
            patient.start = M::home(k);
            const OwnValues own = own_start(patient);
            for (std::size_t i = 0; i < readouts.size(); ++i) {
                INFO(site.name << " at " << age << ": " << readouts[i].name);
                CHECK(std::isfinite(readout_value(i, Moment(patient, 0.0, patient.start, own, {}))));
            }
        }
}

TEST_CASE("at home all collagen is one, the share of type III its constant, and nothing is inflamed", "[readout]") {
    Random random(5);
    for (int sample = 0; sample < 20; ++sample) {
        const auto some = coefficients_from<M>(random_parameters<M>(random));
        const auto home = M::home(some);
        CHECK(read<CollagenTotal>(home, some) == Approx(1).epsilon(1e-14));
        CHECK(read<CollagenIiiFraction>(home, some) == Approx(get<"collagen_iii_fraction_home">(some)).epsilon(1e-14));
        CHECK(read<Inflammation>(home, some) == 0);
    }
}

TEST_CASE("replacing type III by type I leaves all collagen and lowers the share of type III", "[readout]") {
    const CourseStates y = with_states<"collagen_iii", "collagen_i_immature">(some_states(), 0.5, 0.25);
    const CourseStates replaced = with_states<"collagen_iii", "collagen_i_immature">(y, 0.25, 0.5);
    CHECK(read<CollagenTotal>(replaced, k) == Approx(read<CollagenTotal>(y, k)).epsilon(1e-15));
    CHECK(read<CollagenIiiFraction>(replaced, k) == Approx(0.5 * read<CollagenIiiFraction>(y, k)).epsilon(1e-15));
}

TEST_CASE("the share of type III lies between none and all", "[readout]") {
    Random random(6);
    for (int sample = 0; sample < 100; ++sample) {
        const double share = read<CollagenIiiFraction>(random_states<M>(random, 1e-6, 3), k);
        CHECK(share > 0);
        CHECK(share < 1);
    }
    const CourseStates y = some_states();
    CHECK(read<CollagenIiiFraction>(with_states<"collagen_iii">(y, 0.0), k) == 0);
    const auto only_iii = with_states<"collagen_i_immature", "collagen_i_mature">(y, 0.0, 0.0);
    CHECK(read<CollagenIiiFraction>(only_iii, k) == 1);
}

TEST_CASE("twice the states are twice the collagen and the inflammation, and the same share of type III", "[readout]") {
    const CourseStates y = some_states(), twice = scaled(y, 2);
    CHECK(read<CollagenTotal>(twice, k) == Approx(2 * read<CollagenTotal>(y, k)));
    CHECK(read<Inflammation>(twice, k) == Approx(2 * read<Inflammation>(y, k)));
    CHECK(read<CollagenIiiFraction>(twice, k) == Approx(read<CollagenIiiFraction>(y, k)));
}

TEST_CASE("one unit of an inflammatory cell reads as the density that its state names", "[readout]") {
    const auto of = [](double neutrophils, double macrophages) {
        return read<Inflammation>(with_states<"neutrophils", "macrophages_m1">(M::home(k), neutrophils, macrophages));
    };
    CHECK(of(1, 0) == density_in(M::states[index_of(M::states, "neutrophils")].meaning));
    CHECK(of(0, 1) == density_in(M::states[index_of(M::states, "macrophages_m1")].meaning));
    CHECK(of(2, 3) == Approx(2 * of(1, 0) + 3 * of(0, 1)));
}
