// Laws of the microneedling model's rates and of its session, without integrating: home, signs, conserved collagen.
#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>

#include "catch.hpp"
#include "cicatrix/models/microneedling.hpp"
#include "rates_of.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

using M = Microneedling;
using States = StatesOf<M, double>;
using Coefficients = CoefficientsOf<M, double>;
constexpr std::size_t n = M::states.size();

const Coefficients defaults = coefficients_from<M>(default_parameters<M>());

double collagen_total(const States& y) {
    return get<"collagen_iii">(y) + get<"collagen_i_immature">(y) + get<"collagen_i_mature">(y);
}

States rates_at(const States& y, const Coefficients& k, double t = 0) { return rates_of<M>(t, y, k); }

/// The largest rate of change of the home state, in 1/d.
double home_residual(const Coefficients& k, double t = 0) {
    double largest = 0;
    for (const double rate : rates_at(M::home(k), k, t)) largest = std::max(largest, std::abs(rate));
    return largest;
}

Coefficients at_age(Coefficients k, double age, double ageing_rate = 0) {
    set_coefficient<"age", M>(k, age);
    set_coefficient<"ageing_rate", M>(k, ageing_rate);
    return k;
}

/// Any tissue that may occur: nothing negative, cover and barrier shares of the area.
States random_tissue(Random& random) {
    auto y = random_states<M>(random, 0, between(random, 0.01, 4));
    y[index_of(M::states, "epidermal_cover")] = between(random, 0, 1);
    y[index_of(M::states, "barrier")] = between(random, 0, 1);
    return y;
}

Coefficients random_person(Random& random) {
    auto k = at_age(coefficients_from<M>(random_parameters<M>(random)), between(random, 0, 100), between(random, 0, 1));
    set_coefficient<"uv", M>(k, between(random, 0, 2));
    return k;
}

/// The factor and the increment that a session puts on a state, by name.
struct Change {
    double factor = 1, added = 0;
};

std::map<std::string_view, Change> specified_session(const States& before, const Coefficients& k,
                                                     const Injury& injury) {
    const double A = injury.open_area, V = injury.injured_volume;
    const double cells = 1 - get<"cell_loss_by_needling">(k) * V, lost = get<"matrix_loss_by_needling">(k) * V;
    std::map<std::string_view, Change> changes{{"platelets", {1, V}}, {"damage_signals", {1, V}}};
    for (const auto name : {"epidermal_cover", "barrier"}) changes[name] = {1 - A, 0};
    for (const auto name : {"fibroblasts", "myofibroblasts", "perfusion"}) changes[name] = {cells, 0};
    for (const auto name :
         {"collagen_iii", "collagen_i_immature", "collagen_i_mature", "tropoelastin", "elastin", "hyaluronan"})
        changes[name] = {1 - lost, 0};
    changes["collagen_fragments"] = {1 - lost, get<"fragments_of_cut_collagen">(k) * lost * collagen_total(before)};
    return changes;
}

/// Equal but for the rounding of a sum.
Approx rounded(double value) { return Approx(value).epsilon(0).margin(1e-14); }

}  // namespace

TEST_CASE("home is stationary at 25 years and below", "[microneedling]") {
    for (const double age : {0.0, 5.0, 24.9, 25.0}) {
        CHECK(home_residual(at_age(defaults, age)) < 1e-15);
        CHECK(home_residual(at_age(defaults, age), 1000) < 1e-15);
    }
    CHECK(home_residual(at_age(defaults, 20, 1), 4 * 365.25) < 1e-15);
}

TEST_CASE("what follows from the parameters keeps home stationary wherever they lie in their ranges",
          "[microneedling]") {
    Random random(4001);
    for (int sample = 0; sample < 1000; ++sample) {
        const auto k = coefficients_from<M>(random_parameters<M>(random));
        CHECK(home_residual(at_age(k, get<"ageing_onset">(k))) < 1e-15);
    }
}

TEST_CASE("skin above 25 years is not stationary, and leaves home the faster the older", "[microneedling]") {
    CHECK(home_residual(at_age(defaults, 30)) > 1e-7);
    CHECK(home_residual(at_age(defaults, 60)) > home_residual(at_age(defaults, 40)));
    CHECK(home_residual(at_age(defaults, 25, 1), 10 * 365.25) > 1e-7);
}

TEST_CASE("with frozen age rates do not depend on time, with drift an age reached is an age given", "[microneedling]") {
    Random random(4002);
    for (int sample = 0; sample < 100; ++sample) {
        const auto y = random_tissue(random);
        CHECK(rates_at(y, at_age(defaults, 55), 0) == rates_at(y, at_age(defaults, 55), 5000));
        const auto reached = rates_at(y, at_age(defaults, 25, 1), 30 * 365.25),
                   given = rates_at(y, at_age(defaults, 55));
        for (std::size_t i = 0; i < n; ++i) CHECK(reached[i] == Approx(given[i]).epsilon(1e-12));
    }
}

TEST_CASE("a state that is zero never falls", "[microneedling]") {
    Random random(4003);
    for (int sample = 0; sample < 2000; ++sample) {
        const auto k = random_person(random);
        const auto anywhere = random_tissue(random);
        for (std::size_t i = 0; i < n; ++i) {
            auto y = anywhere;
            y[i] = 0;
            INFO(M::states[i].name << ", sample " << sample);
            CHECK(rates_at(y, k)[i] >= 0);
        }
    }
}

TEST_CASE("several states that are zero at once never fall", "[microneedling]") {
    Random random(4004);
    for (int sample = 0; sample < 2000; ++sample) {
        const auto k = random_person(random);
        auto y = random_tissue(random);
        for (double& value : y)
            if (between(random, 0, 1) < 0.5) value = 0;
        const auto f = rates_at(y, k);
        for (std::size_t i = 0; i < n; ++i) {
            INFO(M::states[i].name << ", sample " << sample);
            CHECK((y[i] > 0 || f[i] >= 0));
        }
    }
}

TEST_CASE("cover and barrier never grow beyond the whole area", "[microneedling]") {
    Random random(4005);
    for (int sample = 0; sample < 200; ++sample) {
        const auto k = random_person(random);
        auto y = random_tissue(random);
        y[index_of(M::states, "epidermal_cover")] = 1;
        y[index_of(M::states, "barrier")] = 1;
        CHECK(get<"epidermal_cover">(rates_at(y, k)) == 0);
        CHECK(get<"barrier">(rates_at(y, k)) == 0);
    }
}

TEST_CASE("replacing collagen III by I conserves collagen", "[microneedling]") {
    Random random(4006);
    for (int sample = 0; sample < 200; ++sample) {
        auto k = random_person(random);
        auto y = random_tissue(random);
        y[index_of(M::states, "collagen_iii")] +=
            collagen_total(y);  // far more than its share, so that some is replaced
        const auto slow = rates_at(y, k);
        set_coefficient<"collagen_replacement", M>(k, 10 * get<"collagen_replacement">(k));
        const auto fast = rates_at(y, k);
        CHECK(get<"collagen_iii">(fast) < get<"collagen_iii">(slow));
        const double before = get<"collagen_iii">(slow) + get<"collagen_i_immature">(slow);
        CHECK(get<"collagen_iii">(fast) + get<"collagen_i_immature">(fast) == rounded(before));
    }
}

TEST_CASE("cross-linking conserves collagen I", "[microneedling]") {
    Random random(4007);
    for (int sample = 0; sample < 200; ++sample) {
        auto k = random_person(random);
        const auto y = random_tissue(random);
        const auto slow = rates_at(y, k);
        set_coefficient<"cross_linking", M>(k, 10 * get<"cross_linking">(k));
        const auto fast = rates_at(y, k);
        CHECK(get<"collagen_i_mature">(fast) > get<"collagen_i_mature">(slow));
        const double before = get<"collagen_i_immature">(slow) + get<"collagen_i_mature">(slow);
        CHECK(get<"collagen_i_immature">(fast) + get<"collagen_i_mature">(fast) == rounded(before));
    }
}

TEST_CASE("a session changes every state as specified, from the values before it", "[microneedling]") {
    Random random(4009);
    for (int sample = 0; sample < 200; ++sample) {
        const auto k = random_person(random);
        const auto before = random_tissue(random);
        const Injury injury{between(random, 0, 1), between(random, 0, 1)};
        const auto changes = specified_session(before, k, injury);
        const auto after = M::injure(before, k, injury);
        for (std::size_t i = 0; i < n; ++i) {
            const auto found = changes.find(M::states[i].name);
            const Change change = found == changes.end() ? Change{} : found->second;
            INFO(M::states[i].name);
            CHECK(after[i] == Approx(change.factor * before[i] + change.added).epsilon(1e-14).margin(1e-300));
        }
    }
}

TEST_CASE("a session without injury changes nothing", "[microneedling]") {
    Random random(4010);
    const auto before = random_tissue(random);
    CHECK(M::injure(before, random_person(random), {0, 0}) == before);
}

TEST_CASE("the open area acts on cover and barrier and on nothing else", "[microneedling]") {
    Random random(4011);
    const auto before = random_tissue(random);
    const auto k = random_person(random);
    const auto opened = M::injure(before, k, {0.3, 0}), injured = M::injure(before, k, {0, 0.3});
    for (std::size_t i = 0; i < n; ++i) {
        const auto name = M::states[i].name;
        const bool epidermal = name == "epidermal_cover" || name == "barrier";
        INFO(name);
        CHECK((opened[i] == before[i]) != epidermal);
        if (epidermal) CHECK(injured[i] == before[i]);
    }
}

TEST_CASE("a session leaves no state negative, not even at full injury", "[microneedling]") {
    Random random(4012);
    for (int sample = 0; sample < 200; ++sample)
        for (const double value : M::injure(random_tissue(random), random_person(random), {1, 1})) CHECK(value >= 0);
}
