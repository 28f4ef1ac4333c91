// Laws of baselines and conditions: each is told apart and explained, and changes the healing in its known direction.
#include <set>
#include <string>

#include "catch.hpp"
#include "cicatrix/skin/condition.hpp"
#include "cicatrix/skin/skin.hpp"
#include "microneedling_run.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

const Baseline& baseline_named(std::string_view name) { return *std::ranges::find(baselines, name, &Baseline::name); }

/// Coefficients with every parameter multiplied by what `factor` says of its name.
CourseCoefficients changed_coefficients(const auto& factor) {
    auto p = default_parameters<CourseModel>();
    for (std::size_t i = 0; i < p.size(); ++i) p[i] *= factor(CourseModel::parameters[i].name);
    return coefficients_from<CourseModel>(p);
}

CourseCoefficients coefficients_with(std::string_view condition) {
    return changed_coefficients([&](auto name) { return factor_on(name, condition_named(condition)->changes); });
}

/// The days of half a year after one session.
std::vector<CourseStates> half_year(const CourseCoefficients& k) {
    Run run;
    run.coefficients = k;
    run.initial = CourseModel::home(k);
    run.sessions = {0};
    run.outputs = days(0.5, 180, 0.5);
    return follow(run);
}

template <Name name> double summed(const std::vector<CourseStates>& states) {
    double sum = 0;
    for (const auto& y : states) sum += get<name>(y);
    return sum;
}

}  // namespace

TEST_CASE("no two baselines have the same name, and each says where it comes from", "[skin]") {
    std::set<std::string_view> names;
    for (const auto& baseline : baselines) {
        INFO(baseline.name);
        CHECK(names.insert(baseline.name).second);
        CHECK_FALSE(baseline.source.empty());
        CHECK_FALSE(baseline.source.detail.empty());
    }
}

TEST_CASE("a baseline takes matrix away and never adds any, and its scars end inside every dermis", "[skin]") {
    for (const auto& baseline : baselines) {
        INFO(baseline.name);
        CHECK((baseline.mature_collagen > 0 && baseline.mature_collagen <= 1));
        CHECK((baseline.elastin > 0 && baseline.elastin <= 1));
        CHECK(baseline.extra_age >= 0);
        for (const auto& site : sites) {
            CHECK(baseline.scar_depth < site.dermis_male);
            CHECK(baseline.scar_depth < site.dermis_female);
        }
    }
}

TEST_CASE("healthy skin is changed in nothing, and only scars and striae have a depth", "[skin]") {
    const Baseline& healthy = baseline_named("healthy");
    CHECK(healthy.extra_age == 0);
    CHECK(healthy.mature_collagen == 1);
    CHECK(healthy.elastin == 1);
    CHECK(healthy.scar_tendency == 0);
    for (const auto& baseline : baselines)
        CHECK((baseline.scar_depth > 0) == (baseline.name == "atrophic scar" || baseline.name == "striae"));
    CHECK(Skin{}.baseline == &healthy);
}

TEST_CASE("a condition has a name of its own and a warning that begins with it and says why", "[skin]") {
    std::set<std::string_view> names;
    for (const auto& condition : conditions) {
        INFO(condition.name);
        CHECK(names.insert(condition.name).second);
        CHECK(std::string(condition.warning).substr(1, condition.name.size()) ==
              std::string(condition.name).substr(1) + ":");
        CHECK(condition.warning.back() == '.');
        CHECK(condition.warning.size() > condition.name.size() + 30);
        CHECK_FALSE(condition.source.empty());
        CHECK(condition_named(condition.name) == &condition);
    }
    CHECK(condition_named("freckles") == nullptr);
}

TEST_CASE("what needling is said not to be for must be acknowledged, blood thinners only be disclosed", "[skin]") {
    for (const auto name : {"active infection", "active acne", "eczema", "open wounds", "keloid tendency", "pregnancy",
                            "unstable skin"}) {
        INFO(name);
        REQUIRE(condition_named(name));
        CHECK(condition_named(name)->must_acknowledge);
    }
    REQUIRE(condition_named("anticoagulants"));
    CHECK_FALSE(condition_named("anticoagulants")->must_acknowledge);
}

TEST_CASE("only keloid tendency and anticoagulants change the healing, each parameter once", "[skin]") {
    for (const auto& condition : conditions) {
        INFO(condition.name);
        CHECK(condition.changes.empty() == (condition.name != "keloid tendency" && condition.name != "anticoagulants"));
        std::set<std::string_view> changed;
        for (const auto& change : condition.changes) CHECK(changed.insert(change.parameter).second);
    }
    CHECK(factor_on("clot_decay", condition_named("eczema")->changes) == 1);
    CHECK(factor_on("elastin_loss", condition_named("anticoagulants")->changes) == 1);
}

TEST_CASE("skin of keloid tendency keeps more myofibroblasts, a hypertrophic tendency fewer of them, and both settle",
          "[skin]") {
    const auto& tendency = baseline_named("hypertrophic tendency");
    const auto healthy = half_year(default_coefficients), keloid = half_year(coefficients_with("keloid tendency"));
    const auto hypertrophic = half_year(changed_coefficients([&](auto name) { return factor_on(name, tendency); }));
    CHECK(summed<"myofibroblasts">(hypertrophic) > 1.2 * summed<"myofibroblasts">(healthy));
    CHECK(summed<"myofibroblasts">(keloid) > 1.2 * summed<"myofibroblasts">(hypertrophic));
    CHECK(collagen_total(keloid.back()) > collagen_total(hypertrophic.back()));
    CHECK(collagen_total(hypertrophic.back()) > collagen_total(healthy.back()));
    CHECK(get<"myofibroblasts">(keloid.back()) < 0.05);
}

TEST_CASE("anticoagulants make the clot last longer and act less at first, and leave the healing in all much as it was",
          "[skin]") {
    const auto healthy = half_year(default_coefficients), treated = half_year(coefficients_with("anticoagulants"));
    CHECK(get<"platelets">(treated[3]) > get<"platelets">(healthy[3]));
    CHECK(get<"tgf_beta1_active">(treated[0]) < get<"tgf_beta1_active">(healthy[0]));
    CHECK(summed<"neutrophils">(treated) == Approx(summed<"neutrophils">(healthy)).epsilon(0.2));
    CHECK(collagen_total(treated.back()) == Approx(collagen_total(healthy.back())).epsilon(0.05));
}

TEST_CASE("the tendency of a baseline is a part of that of keloid", "[skin]") {
    for (const auto& baseline : baselines)
        for (const auto& change : condition_named("keloid tendency")->changes) {
            INFO(baseline.name << ", " << change.parameter);
            const double factor = factor_on(change.parameter, baseline);
            CHECK(factor <= std::max(1.0, change.factor));
            CHECK(factor >= std::min(1.0, change.factor));
            CHECK((factor != 1) == (baseline.scar_tendency > 0));
        }
}
