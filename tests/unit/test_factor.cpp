// Factors by themselves: which value a share has, under levels, shares, distributions, missed sessions and persons.
#include <algorithm>
#include <cmath>
#include <map>

#include "catch.hpp"
#include "cicatrix/scenario/factor.hpp"

using namespace cicatrix;

namespace {

Factor with_levels(std::vector<double> levels, std::vector<double> shares_below = {}) {
    Factor factor;
    factor.levels = std::move(levels);
    factor.shares_below = std::move(shares_below);
    return factor;
}

Factor spread(DistributionKind kind, double first, double second, Range ends, bool whole = false) {
    Factor factor;
    factor.whole = whole;
    factor.distribution = Distribution{kind, first, second, ends};
    factor.distribution->settle();
    return factor;
}

Factor missing_sessions(double chance, double all = 0x1p20 - 1) {
    Factor factor;
    factor.target = FactorTarget::missed_sessions;
    factor.whole = true;
    factor.range = {0, all};
    factor.chance = chance;
    return factor;
}

/// How often each value comes among evenly spread shares.
std::map<double, int> counted(const Factor& factor, int points) {
    std::map<double, int> out;
    for (int i = 0; i < points; ++i) ++out[factor.at((i + 0.5) / points)];
    return out;
}

bool is_in(std::uint64_t part, std::uint64_t whole) { return (part & ~whole) == 0; }

}  // namespace

TEST_CASE("levels without shares are all alike, in their order", "[factor]") {
    const Factor factor = with_levels({7, 3, 5});
    for (const auto& [level, count] : counted(factor, 300)) CHECK(count == 100);
    CHECK(factor.at(0.01) == 7);
    CHECK(factor.at(0.5) == 3);
    CHECK(factor.at(0.99) == 5);
    CHECK(factor.at(1 - 0x1p-53) == 5);
}

TEST_CASE("a level comes as often as its share says, and never when it is nothing", "[factor]") {
    auto found = counted(with_levels({1, 2, 3, 4}, {0.1, 0.1, 0.7, 1}), 1000);
    CHECK(found[1] == 100);
    CHECK(found[2] == 0);
    CHECK(found[3] == 600);
    CHECK(found[4] == 300);
    CHECK(counted(with_levels({1, 2}, {1, 1}), 100).size() == 1);
    CHECK(with_levels({1, 2}, {0.5, 1 - 1e-7}).at(1 - 1e-9) == 2);  // shares may sum up to a little less than 1
}

TEST_CASE("a level that is named twice comes twice as often", "[factor]") {
    auto found = counted(with_levels({1, 2, 1}), 300);
    CHECK(found[1] == 2 * found[2]);
}

TEST_CASE("what a distribution gives rises with the share and stays between its ends", "[factor]") {
    for (const auto& factor :
         {spread(DistributionKind::uniform, -2, 3, {}), spread(DistributionKind::log_uniform, 0.01, 100, {}),
          spread(DistributionKind::normal, 1, 2, {-1, 4}), spread(DistributionKind::log_normal, 5, 0.7, {1, 9})}) {
        const auto& [low, high] = factor.distribution->ends;
        double before = low;
        for (int i = 1; i < 1000; ++i) {
            const double value = factor.at(i / 1000.0);
            CHECK((value >= before && value <= high));
            before = value;
        }
        CHECK(factor.at(1e-12) == Approx(low).margin(1e-6));
        CHECK(factor.at(1 - 1e-12) == Approx(high).margin(1e-6));
    }
}

TEST_CASE("whole numbers stay whole and between the ends, whatever the distribution", "[factor]") {
    for (const auto& factor : {spread(DistributionKind::uniform, 1.5, 6.2, {}, true),
                               spread(DistributionKind::log_uniform, 1.5, 40.5, {}, true),
                               spread(DistributionKind::normal, 5, 3, {1.5, 9.5}, true),
                               spread(DistributionKind::log_normal, 5, 0.5, {1.5, 9.5}, true)})
        for (const auto& [value, count] : counted(factor, 1000)) {
            CHECK(value == std::floor(value));
            CHECK(value >= factor.distribution->ends.low);
            CHECK(value <= factor.distribution->ends.high);
        }
    const auto even = counted(spread(DistributionKind::uniform, 1.5, 6.2, {}, true), 1000);
    CHECK(even.size() == 5);
    CHECK(std::ranges::all_of(even, [](const auto& entry) { return entry.second == 200; }));
}

TEST_CASE("who is sure to come misses no session, who never comes misses all but the first", "[factor]") {
    for (const double u : {0.01, 0.3, 0.9}) {
        CHECK(missing_sessions(1).at(u) == 0);
        CHECK(missing_sessions(0).at(u) == 0x1p20 - 1);
        CHECK(missing_sessions(0, 7).at(u) == 7);
    }
}

TEST_CASE("each session is missed as often as chance has it, and independently of the one before", "[factor]") {
    constexpr int persons = 4000, sessions = 20;
    constexpr double chance = 0.7;
    std::vector<int> missed(sessions), together(sessions);
    for (int i = 0; i < persons; ++i) {
        const auto bits = static_cast<std::uint64_t>(missing_sessions(chance).at((i + 0.5) / persons));
        for (std::size_t s = 0; s < sessions; ++s) {
            missed[s] += bits >> s & 1;
            together[s] += s > 0 && (bits >> (s - 1) & 3) == 3;
        }
    }
    const auto deviation = [](double share) { return std::sqrt(share * (1 - share) / persons); };
    for (std::size_t s = 0; s < sessions; ++s) {
        INFO("session " << s + 1);
        CHECK(missed[s] / double(persons) == Approx(1 - chance).margin(4.5 * deviation(1 - chance)));
        const double both = (1 - chance) * (1 - chance);
        if (s > 0) CHECK(together[s] / double(persons) == Approx(both).margin(4.5 * deviation(both)));
    }
}

TEST_CASE("who comes more reliably misses no session that they did not miss before", "[factor]") {
    for (const double u : {0.123, 0.5, 0.777}) {
        auto before = static_cast<std::uint64_t>(missing_sessions(0).at(u));
        for (const double chance : {0.1, 0.4, 0.6, 0.8, 0.95, 1.0}) {
            const auto now = static_cast<std::uint64_t>(missing_sessions(chance).at(u));
            CHECK(is_in(now, before));
            before = now;
        }
    }
}

TEST_CASE("more sessions leave it as it is which of the first are missed", "[factor]") {
    for (const double u : {0.123, 0.5, 0.777}) {
        const auto few = static_cast<std::uint64_t>(missing_sessions(0.5, 15).at(u));
        const auto many = static_cast<std::uint64_t>(missing_sessions(0.5).at(u));
        CHECK((many & 15) == few);
    }
}

TEST_CASE("different shares are different persons, with whole numbers", "[factor]") {
    Factor factor;
    factor.target = FactorTarget::person;
    const auto found = counted(factor, 1000);
    CHECK(found.size() == 1000);
    CHECK(std::ranges::all_of(found, [](const auto& entry) { return entry.first == std::floor(entry.first); }));
}
