// Laws that every model of the list obeys: sound tables, exact derivatives, the same bits in lanes.
#include <algorithm>
#include <cctype>
#include <cmath>
#include <filesystem>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "catch.hpp"
#include "cicatrix/models/all.hpp"
#include "cicatrix/units/unit.hpp"
#include "rates_of.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

bool is_snake_case(std::string_view name) {
    const auto allowed = [](unsigned char c) { return std::islower(c) || std::isdigit(c) || c == '_'; };
    return !name.empty() && std::islower(static_cast<unsigned char>(name.front())) &&
           std::ranges::all_of(name, allowed) && name.back() != '_' && name.find("__") == std::string_view::npos;
}

/// The number of words of at least two letters.
std::size_t words_in(std::string_view text) {
    std::size_t words = 0, letters = 0;
    for (const unsigned char c : text) {
        letters = std::isalpha(c) ? letters + 1 : 0;
        if (letters == 2) ++words;
    }
    return words;
}

bool says_own_choice(std::string_view source) { return source.starts_with("own choice"); }

/// States in which nothing is at home, nothing zero, and no state equals another.
template <class M> StatesOf<M, double> anywhere(Random& random) { return random_states<M>(random, 0.02, 3.0); }

template <class M> CoefficientsOf<M, double> random_coefficients(Random& random) {
    return coefficients_from<M>(random_parameters<M>(random));
}

/// Where rates are asked for: the time, and the states.
template <class M> struct Point {
    double t;
    StatesOf<M, double> y;

    /// Moved along one variable; the last is time.
    Point moved(std::size_t variable, double by) const {
        auto there = *this;
        (variable < y.size() ? there.y[variable] : there.t) += by;
        return there;
    }
};

/// How far the derivatives by one variable are from a central difference, in units of what the difference can resolve.
template <class M>
double worst_slope(const Point<M>& point, const CoefficientsOf<M, double>& k, const Derivatives<M>& exact,
                   std::size_t variable, double step) {
    const auto above = point.moved(variable, step), below = point.moved(variable, -step);
    const auto f_above = rates_of<M>(above.t, above.y, k), f_below = rates_of<M>(below.t, below.y, k);
    double worst = 0;
    for (std::size_t i = 0; i < exact.size(); ++i) {
        const double difference = (f_above[i] - f_below[i]) / (2 * step);
        const double resolution = 1e-6 * std::abs(exact[i][variable]) + 1e-14 * (1 + std::abs(f_above[i])) / step;
        worst = std::max(worst, std::abs(difference - exact[i][variable]) / resolution);
    }
    return worst;
}

template <class V, class M> bool lanes_equal_scalar(Random& random) {
    constexpr std::size_t n = M::states.size();
    constexpr int width = width_of<V>;
    std::array<StatesOf<M, double>, width> y;
    std::array<CoefficientsOf<M, double>, width> k;
    StatesOf<M, V> packed_y{};
    CoefficientsOf<M, V> packed_k{};
    V packed_t = V(0.0);
    for (int w = 0; w < width; ++w) {
        const auto at = static_cast<std::size_t>(w);
        y[at] = anywhere<M>(random), k[at] = random_coefficients<M>(random);
        for (std::size_t i = 0; i < n; ++i) set_lane(packed_y[i], w, y[at][i]);
        for (std::size_t i = 0; i < packed_k.size(); ++i) set_lane(packed_k[i], w, k[at][i]);
        set_lane(packed_t, w, 10.0 * w);
    }
    const auto packed_f = rates_of<M, V>(packed_t, packed_y, packed_k);
    const auto packed_d = derivatives_of<M, V>(packed_t, packed_y, packed_k);
    for (int w = 0; w < width; ++w) {
        const auto at = static_cast<std::size_t>(w);
        const auto f = rates_of<M>(10.0 * w, y[at], k[at]);
        const auto d = derivatives_of<M>(10.0 * w, y[at], k[at]);
        for (std::size_t i = 0; i < n; ++i) {
            if (to_bits(f[i]) != to_bits(lane(packed_f[i], w))) return false;
            for (std::size_t j = 0; j <= n; ++j)
                if (to_bits(d[i][j]) != to_bits(lane(packed_d[i][j], w))) return false;
        }
    }
    return true;
}

}  // namespace

TEMPLATE_LIST_TEST_CASE("the tables of a model are sound", "[models]", Models) {
    using M = TestType;
    STATIC_REQUIRE(sound(M::states));
    STATIC_REQUIRE(sound(M::parameters));
    if constexpr (requires { M::constants; }) STATIC_REQUIRE(sound(M::constants));
    if constexpr (requires { M::conditions; }) STATIC_REQUIRE(sound(M::conditions));
}

TEMPLATE_LIST_TEST_CASE("no two coefficients of a model share a name", "[models]", Models) {
    std::set<std::string_view> names;
    for (const auto& entry : detail::CoefficientTable<TestType>::table) CHECK(names.insert(entry.name).second);
    for (const auto& state : TestType::states) CHECK(names.insert(state.name).second);
}

TEMPLATE_LIST_TEST_CASE("a default lies within its range, and a range is one", "[models]", Models) {
    for (const auto& parameter : TestType::parameters) {
        INFO(parameter.name);
        CHECK(parameter.range.low < parameter.range.high);
        CHECK(parameter.value >= parameter.range.low);
        CHECK(parameter.value <= parameter.range.high);
    }
}

TEMPLATE_LIST_TEST_CASE("an assumed parameter says why, a graded one where it was read", "[models]", Models) {
    for (const auto& parameter : TestType::parameters) {
        const std::string source = parameter.source.text();
        INFO(parameter.name << ": " << source);
        CHECK(says_own_choice(source) == (parameter.grade == Grade::assumed));
        CHECK(words_in(source) >= 3);
    }
}

TEMPLATE_LIST_TEST_CASE("states and parameters are named in snake case and have a unit and a meaning", "[models]",
                        Models) {
    const auto check = [](const auto& entry) {
        INFO(entry.name);
        CHECK(is_snake_case(entry.name));
        CHECK_FALSE(entry.unit.empty());
        CHECK_NOTHROW(parse_unit(entry.unit));
        CHECK_FALSE(entry.meaning.empty());
    };
    std::ranges::for_each(TestType::states, check);
    std::ranges::for_each(TestType::parameters, check);
}

TEMPLATE_LIST_TEST_CASE("a model is found by its id and nothing by another", "[models]", Models) {
    std::size_t states = 0;
    CHECK(with_model(TestType::id, [&](auto model) { states = decltype(model)::states.size(); }));
    CHECK(states == TestType::states.size());
    CHECK_FALSE(with_model(std::string(TestType::id) + "_", [](auto) {}));
}

TEST_CASE("models are exactly the files of their folder, each named by its id", "[models]") {
    std::set<std::string> ids, files;
    for_each_model([&](auto model) {
        CHECK(is_snake_case(model.id));
        CHECK(ids.insert(std::string(model.id)).second);
    });
    const auto folder = std::filesystem::path(CICATRIX_SCENARIOS).parent_path() / "core" / "models";
    for (const auto& entry : std::filesystem::directory_iterator(folder))
        if (entry.path().extension() == ".hpp" && entry.path().stem() != "all")
            files.insert(entry.path().stem().string());
    CHECK(ids == files);
}

TEMPLATE_LIST_TEST_CASE("the Jacobian equals central differences", "[models]", Models) {
    using M = TestType;
    Random random(20261);
    for (int sample = 0; sample < 20; ++sample) {
        const Point<M> point{between(random, 0, 700), anywhere<M>(random)};
        const auto k = random_coefficients<M>(random);
        const auto exact = derivatives_of<M>(point.t, point.y, k);
        for (std::size_t j = 0; j < point.y.size(); ++j) {
            INFO("by " << M::states[j].name << ", sample " << sample);
            CHECK(worst_slope(point, k, exact, j, 1e-6) < 1);
        }
        CHECK(worst_slope(point, k, exact, point.y.size(), 0.01) < 1);
    }
}

TEMPLATE_LIST_TEST_CASE("rates and derivatives in lanes equal the scalar ones to the last bit", "[models]", Models) {
    Random random(20262);
    for (int sample = 0; sample < 20; ++sample) {
        CHECK(lanes_equal_scalar<LanesOf<1>, TestType>(random));
#ifndef CICATRIX_SCALAR_ONLY
        CHECK(lanes_equal_scalar<LanesOf<2>, TestType>(random));
        CHECK(lanes_equal_scalar<LanesOf<4>, TestType>(random));
#endif
    }
}
