// Laws of the sites: each is told apart, is as thick as skin can be, and says where its thickness comes from.
#include <set>

#include "catch.hpp"
#include "cicatrix/skin/site.hpp"

using namespace cicatrix;

TEST_CASE("no two sites have the same name", "[skin]") {
    std::set<std::string_view> names;
    for (const auto& site : sites) CHECK(names.insert(site.name).second);
    CHECK_FALSE(names.contains(""));
}

TEST_CASE("a dermis is between 0.4 and 3 mm thick", "[skin]") {
    for (const auto& site : sites)
        for (const Sex sex : {Sex::unknown, Sex::female, Sex::male}) {
            INFO(site.name);
            CHECK(dermis_thickness(site, sex) >= 0.4);
            CHECK(dermis_thickness(site, sex) <= 3);
        }
}

TEST_CASE("the dermis of an unknown sex is the mean of both", "[skin]") {
    for (const auto& site : sites)
        CHECK(2 * dermis_thickness(site, Sex::unknown) ==
              Approx(dermis_thickness(site, Sex::female) + dermis_thickness(site, Sex::male)).epsilon(1e-15));
}

TEST_CASE("each sex has the thickness measured for it", "[skin]") {
    constexpr Site site{"anywhere", 1.2, 0.9, Grade::assumed, "made up"};
    CHECK(dermis_thickness(site, Sex::male) == 1.2);
    CHECK(dermis_thickness(site, Sex::female) == 0.9);
}

TEST_CASE("a site names its source, and calls the choice its own exactly when the thickness is assumed", "[skin]") {
    for (const auto& site : sites) {
        INFO(site.name << ": " << site.source);
        CHECK_FALSE(site.source.empty());
        const bool own_choice = site.source.find("own choice") != std::string_view::npos;
        CHECK(own_choice == (site.grade == Grade::assumed));
        const bool cites = site.source.find("doi:") != std::string_view::npos;
        CHECK(cites == (site.grade != Grade::assumed));
    }
}
