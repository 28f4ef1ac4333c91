// How biology differs between persons, at the ends of what may be asked for.
#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include "catch.hpp"
#include "cicatrix/scenario/biology.hpp"

using namespace cicatrix;

namespace {

using Factors = std::vector<double>;

Factors factors_of(const Biology& biology, std::uint64_t person) {
    Factors out(CourseModel::parameters.size());
    biology.write_factors(person, out);
    return out;
}

/// A parameter of each process.
std::vector<std::size_t> one_of_each() {
    std::vector<std::size_t> out;
    for (int process = 0; process < static_cast<int>(processes.size()); ++process)
        out.push_back(static_cast<std::size_t>(std::ranges::find(process_of_parameters(), process) -
                                               process_of_parameters().begin()));
    return out;
}

}  // namespace

TEST_CASE("what is home, resident or a matter of needles and years varies between no persons", "[biology]") {
    const Factors factors = factors_of(Biology(0.5, 0.5, 1), 3);
    for (std::size_t p = 0; p < factors.size(); ++p) {
        const auto name = CourseModel::parameters[p].name;
        INFO(name);
        if (name.ends_with("_home") || name.starts_with("ageing_")) CHECK(factors[p] == 1);
        CHECK((factors[p] == 1) == (process_of_parameters()[p] < 0));
    }
}

TEST_CASE("where parameters of a process go wholly together they have one factor, each process its own", "[biology]") {
    const Factors factors = factors_of(Biology(0.3, 1.0, 5), 11);
    std::set<double> different;
    for (std::size_t p = 0; p < factors.size(); ++p) {
        if (process_of_parameters()[p] < 0) continue;
        different.insert(factors[p]);
        CHECK(factors[p] == factors[one_of_each()[static_cast<std::size_t>(process_of_parameters()[p])]]);
    }
    CHECK(different.size() == processes.size());
}

TEST_CASE("where they do not go together every parameter has a factor of its own", "[biology]") {
    const Factors factors = factors_of(Biology(0.3, 0.0, 5), 11);
    const std::set<double> different(factors.begin(), factors.end());
    const auto fixed = std::ranges::count(process_of_parameters(), -1);
    CHECK(static_cast<std::ptrdiff_t>(different.size()) == std::ssize(factors) - fixed + 1);
}

TEST_CASE("factors have the coefficient of variation that was asked for, about a median of 1", "[biology]") {
    constexpr int persons = 20'000;
    for (const double variability : {0.1, 0.5}) {
        const Biology biology(variability, 0.4, 9);
        for (const std::size_t p : one_of_each()) {
            double mean = 0, square = 0;
            int above = 0;
            for (int person = 0; person < persons; ++person) {
                const double factor = factors_of(biology, static_cast<std::uint64_t>(person))[p];
                mean += factor / persons, square += factor * factor / persons;
                above += factor > 1;
            }
            INFO(CourseModel::parameters[p].name);
            CHECK(std::sqrt(square - mean * mean) / mean == Approx(variability).epsilon(0.06));
            CHECK(mean == Approx(std::sqrt(1 + variability * variability)).epsilon(0.03));
            CHECK(above == Approx(persons / 2.0).margin(4.5 * std::sqrt(persons) / 2));
        }
    }
}

TEST_CASE("more variability moves each person farther the same way", "[biology]") {
    for (const std::uint64_t person : {0u, 1u, 99u}) {
        const Factors little = factors_of(Biology(0.1, 0.5, 2), person),
                      much = factors_of(Biology(0.4, 0.5, 2), person);
        const double stretch = std::sqrt(std::log(1 + 0.4 * 0.4) / std::log(1 + 0.1 * 0.1));
        for (std::size_t p = 0; p < little.size(); ++p)
            CHECK(std::log(much[p]) == Approx(stretch * std::log(little[p])).margin(1e-12));
    }
}

TEST_CASE("persons far apart in number are as different as neighbours", "[biology]") {
    const Biology biology(0.2, 0.5, 8);
    std::set<double> seen;
    for (const std::uint64_t person :
         {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1} << 32, (std::uint64_t{1} << 52) - 1, ~std::uint64_t{0}})
        seen.insert(factors_of(biology, person)[one_of_each().front()]);
    CHECK(seen.size() == 5);
}
