// Laws of the sites: each is told apart, is as thick as skin can be, and says where its thickness comes from.
#include <algorithm>
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

TEST_CASE("a horny layer is thinner than the living epidermis, and both are far thinner than the dermis", "[skin]") {
    for (const auto& site : sites) {
        INFO(site.name);
        CHECK(site.horny_layer >= 0.008);  // shoulder 11 +- 2 um is the thinnest that was measured here
        CHECK(site.horny_layer < site.epidermis);
        CHECK(site.epidermis >= 0.03);
        CHECK(site.epidermis <= 0.1);
        CHECK(site.epidermis + site.horny_layer < 0.15 * dermis_thickness(site, Sex::unknown));
    }
}

TEST_CASE("the cheek gives way by the unit, and skin over bone less than skin over fat", "[skin]") {
    const auto give = [](std::string_view name) { return std::ranges::find(sites, name, &Site::name)->give; };
    CHECK(give("cheek") == 1);
    for (const auto bone : {"forehead", "scalp"})
        for (const auto fat : {"cheek", "neck", "abdomen"}) CHECK(give(bone) < give(fat));
    for (const auto& site : sites) CHECK((site.give > 0.5 && site.give < 2));
}

TEST_CASE("skin is compressed everywhere, most where muscles fold it", "[skin]") {
    const auto strain = [](std::string_view name) {
        return std::ranges::find(sites, name, &Site::name)->resting_strain;
    };
    for (const auto& site : sites) {
        INFO(site.name);
        CHECK((site.resting_strain > 0 && site.resting_strain < 0.3));
        CHECK(site.resting_strain <= strain("periorbital"));
    }
    for (const auto calm : {"scalp", "abdomen", "forearm"}) CHECK(strain(calm) < strain("cheek"));
}

TEST_CASE("the columns of our own choice say so", "[skin]") {
    for (const auto& source : {skin::epidermis_source, skin::give_source, skin::resting_strain_source}) {
        CHECK(source.citation == "own choice");
        CHECK_FALSE(source.detail.empty());
    }
}

TEST_CASE("the dermis of an unknown sex is the mean of both", "[skin]") {
    for (const auto& site : sites)
        CHECK(2 * dermis_thickness(site, Sex::unknown) ==
              Approx(dermis_thickness(site, Sex::female) + dermis_thickness(site, Sex::male)).epsilon(1e-15));
}

TEST_CASE("each sex has the thickness measured for it", "[skin]") {
    constexpr Site site{.name = "anywhere",
                        .dermis_male = 1.2,
                        .dermis_female = 0.9,
                        .grade = Grade::assumed,
                        .source = "made up",
                        .epidermis = 0.05,
                        .horny_layer = 0.01,
                        .give = 1,
                        .resting_strain = 0.1};
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
