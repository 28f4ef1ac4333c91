// Laws of topical absorption: nothing is lost, and it rises and falls with what it should.
#include <algorithm>
#include <cmath>
#include <numeric>

#include "absorption_runs.hpp"
#include "catch.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

const AbsorptionParameters& usual = default_absorption_parameters;

double total(const AbsorptionResult& r, std::size_t i) {
    return r.on_skin[i] + r.in_horny_layer[i] + r.in_living_skin[i] + r.absorbed[i] + r.rubbed_off[i] +
           r.washed_off[i] + r.shed[i];
}

double gain(const Application& given, const Skin& skin) {
    return absorbed_share(given, ClosingChannels(roller_area), usual, {}, skin) /
           absorbed_share(given, {}, usual, {}, skin);
}

void check_not_negative(const std::vector<double>& amounts, double scale) {
    CHECK(*std::ranges::min_element(amounts) > -1e-6 * scale);
}

void check_never_falls(const std::vector<double>& amounts, double scale) {
    for (std::size_t i = 1; i < amounts.size(); ++i) CHECK(amounts[i] > amounts[i - 1] - 1e-12 * scale);
}

}  // namespace

TEST_CASE("what was applied is somewhere, to round-off, at every time", "[absorption]") {
    const ClosingChannels channels(roller_area);
    const std::vector<Covered> covers{{0, 0.5}, {3, 3.2}};
    for (const auto& known : known_compounds) {
        INFO(known.name);
        const Application given{compound_of(known), 1e-6, every(1, 13)};
        const auto result = absorb(given, Skin{}, usual, channels, covers, every(0.037, 40));
        for (std::size_t i = 0; i < result.applied.size(); ++i)
            CHECK(total(result, i) == Approx(result.applied[i]).epsilon(1e-12));
        CHECK(result.applied.back() == Approx(14e-6));
        for (const auto* amounts : {&result.on_skin, &result.in_horny_layer, &result.in_living_skin, &result.flux})
            check_not_negative(*amounts, amounts == &result.flux ? 1.0 : 1e-6);
        check_never_falls(result.absorbed, 14e-6);
        check_never_falls(result.shed, 14e-6);
    }
}

TEST_CASE("the flux is what the absorbed amount gains in time", "[absorption]") {
    const auto times = every(0.001, 3);
    const auto result = absorb(application("caffeine", 100), Skin{}, usual, ClosingChannels(roller_area), {}, times);
    for (std::size_t i = 100; i + 1 < times.size(); i += 100) {
        const double rate = (result.absorbed[i + 1] - result.absorbed[i - 1]) / (times[i + 1] - times[i - 1]);
        if (times[i] > 0.99 && times[i] < 1.01) continue;                       // the wash
        CHECK(result.flux[i] * 1e-6 / 100 * 24 == Approx(rate).epsilon(5e-3));  // ug cm-2 h-1 in g mm-2 d-1
    }
}

TEST_CASE("the intact skin absorbs what was measured of hydrocortisone and benzoic acid", "[absorption]") {
    for (const auto& site : sites) {
        INFO(site.name);
        const Skin skin = skin_of(std::string(site.name).c_str());
        for (const double dose : {4.0, 40.0}) {
            const double share = absorbed_share(application("hydrocortisone", dose), {}, usual, {}, skin);
            CHECK(share > 0.004);
            CHECK(share < 0.02);
        }
        for (const double dose : {3.0, 2000.0}) {
            const double share = absorbed_share(application("benzoic acid", dose), {}, usual, {}, skin);
            CHECK(share > 0.14);
            CHECK(share < 0.37);
        }
    }
}

TEST_CASE("of tretinoin cream intact skin takes up what three trials found", "[absorption]") {
    // 1.1 per cent of the dose after a year of use, 2 after one dose, 5.3 on the face; cream of 0.05 per cent, 2 mg/cm2
    const double share = absorbed_share(application("tretinoin", 1));
    CHECK(share > 0.011);
    CHECK(share < 0.053);
}

TEST_CASE("needling multiplies what hardly passes and little of what passes anyway", "[absorption]") {
    for (const auto& site : sites) {
        INFO(site.name);
        const Skin skin = skin_of(std::string(site.name).c_str());
        for (const double dose : {4.0, 40.0}) {
            CHECK(gain(application("hydrocortisone", dose), skin) > 2);
            CHECK(gain(application("hydrocortisone", dose), skin) < 25);
        }
        for (const double dose : {3.0, 2000.0}) {
            CHECK(gain(application("benzoic acid", dose), skin) > 1);
            CHECK(gain(application("benzoic acid", dose), skin) < 1.5);
        }
    }
}

TEST_CASE("channels of no area or no depth change no bit", "[absorption]") {
    const auto times = every(0.1, 5);
    const auto given = application("minoxidil", 500);
    const auto intact = absorb(given, Skin{}, usual, {}, {}, times);
    ClosingChannels shallow(roller_area);
    shallow.depth = 0;
    CHECK(absorb(given, Skin{}, usual, shallow, {}, times).absorbed == intact.absorbed);
    CHECK(absorb(given, Skin{}, usual, ClosingChannels(0), {}, times).absorbed == intact.absorbed);
}

TEST_CASE("more open area, a longer window or a cover lets more in", "[absorption]") {
    for (const auto& known : known_compounds) {
        INFO(known.name);
        const Application given{compound_of(known), 1e-6, {0}};
        double less = absorbed_share(given);
        for (const double area : {0.001, 0.01, 0.03, 0.1}) {
            const double more = absorbed_share(given, ClosingChannels(area));
            CHECK(more > less);
            CHECK(more < 1);
            less = more;
        }
        CHECK(absorbed_share(given, ClosingChannels(0.01, 2)) > absorbed_share(given, ClosingChannels(0.01, 0.5)));
        CHECK(absorbed_share(given, {}, usual, {{0, 0.5}}) > absorbed_share(given));
        CHECK(absorbed_share(given, {}, usual, {{0, 1}}) > absorbed_share(given, {}, usual, {{0, 0.5}}));
    }
}

TEST_CASE("small peptides gain 2 to 22 times by a day", "[absorption]") {
    for (const double residues : {3, 4, 5}) {
        const double mass = 110 * residues;
        for (const double log_partition : {-2.0, -4.0}) {
            const Compound peptide{"peptide", mass, estimated_permeability(log_partition, mass), 1e-5};
            const auto day = [&](const OpenChannels& channels) {
                return absorb({peptide, 1e-6, {0}}, Skin{}, usual, channels, {}, std::vector{1.0}).absorbed[0];
            };
            const double times_more = day(ClosingChannels(roller_area)) / day({});
            INFO(mass << " g/mol, log P " << log_partition);
            CHECK(times_more > 2);
            CHECK(times_more < 22);
        }
    }
}

TEST_CASE("follicles and sweat ducts limit what needling can add to a water-loving compound", "[absorption]") {
    const auto given = application("ascorbic acid", 100);
    double before = 1;
    for (const double area : {0.01, 0.001, 0.0001}) {
        const auto p = with_parameters<"appendage_area">(usual, area);
        const double times_more = absorbed_share(given, ClosingChannels(roller_area), p) / absorbed_share(given, {}, p);
        CHECK(times_more > before);
        CHECK(times_more < 1 + roller_area / area);
        before = times_more;
    }
}

TEST_CASE("an application that comes after the channels have closed gains nothing", "[absorption]") {
    const ClosingChannels channels(roller_area);
    const std::vector<double> end{20};
    double before = 1e9;
    for (const double start : {0.0, 1.0, 2.0, 5.0, 10.0}) {
        const auto given = application("hydrocortisone", 4, {start});
        const double now = absorb(given, Skin{}, usual, channels, {}, end).absorbed[0] /
                           absorb(given, Skin{}, usual, {}, {}, end).absorbed[0];
        CHECK(now < before);
        before = now;
    }
    CHECK(before == Approx(1).margin(0.02));
}

TEST_CASE("beyond the solubility the share absorbed falls with the dose, below it does not change", "[absorption]") {
    double before = 1;
    for (const double dose : {10.0, 40.0, 160.0, 640.0}) {  // the film dissolves 6 ug/cm2
        const double share = absorbed_share(application("hydrocortisone", dose));
        CHECK(share < before);
        before = share;
    }
    const double little = absorbed_share(application("hydrocortisone", 0.1));
    CHECK(absorbed_share(application("hydrocortisone", 1)) == Approx(little).epsilon(1e-4));
    // A large excess: the flux is set by the solubility alone.
    const auto at_noon = [](double dose) {
        return absorb(application("benzoic acid", dose), Skin{}, usual, {}, {}, std::vector{0.5}).flux[0];
    };
    CHECK(at_noon(20000) == Approx(at_noon(10000)).epsilon(1e-4));
}

TEST_CASE("washing early and rubbing lower what is absorbed", "[absorption]") {
    const auto given = application("caffeine", 100);
    double before = 0;
    for (const double after : {0.1, 0.3, 1.0, 3.0}) {
        const double share = absorbed_share(given, {}, with_parameters<"washed_after">(usual, after));
        CHECK(share > before);
        before = share;
    }
    CHECK(absorbed_share(given, {}, with_parameters<"washed_share">(usual, 0.0)) > absorbed_share(given));
    CHECK(absorbed_share(given, {}, with_parameters<"film_loss">(usual, 0.0)) > absorbed_share(given));
    CHECK(absorbed_share(given, {}, with_parameters<"film_loss">(usual, 5.0)) < absorbed_share(given));
}

TEST_CASE("nobody washes under a cover", "[absorption]") {
    const auto given = application("caffeine", 100);
    const std::vector<Covered> covers{{0.5, 2}};
    const auto result = absorb(given, Skin{}, usual, {}, covers, std::vector{1.5, 1.99, 2.0});
    CHECK(result.washed_off[0] == 0);
    CHECK(result.washed_off[1] == 0);
    CHECK(result.washed_off[2] > 0.5 * (result.washed_off[2] + result.on_skin[2]));
    CHECK(result.rubbed_off[1] == Approx(result.rubbed_off[0]));
}

TEST_CASE("a horny layer that renews itself faster sheds more and lets less through", "[absorption]") {
    const auto run = [](double turnover) {
        return absorb(application("hydrocortisone", 4), Skin{}, with_parameters<"horny_turnover">(usual, turnover), {},
                      {}, std::vector{10.0});
    };
    const auto slow = run(28), fast = run(7);
    CHECK(fast.shed[0] > slow.shed[0]);
    CHECK(fast.absorbed[0] < slow.absorbed[0]);
}

TEST_CASE("through channels heavier molecules gain less, as the root of their mass", "[absorption]") {
    // Permeability close to none: channels are the only way.
    const auto through_channels = [](double mass) {
        const Compound compound{"test", mass, 1e-9, 1e-3};
        const std::vector<double> constant_times{0, 100}, constant_area{0.01, 0.01};
        const auto p = with_parameters<"film_thickness", "film_loss", "washed_share">(usual, 1e3, 0.0, 0.0);
        return absorb({compound, 1e-6, {0}}, Skin{}, p, {constant_times, constant_area, 0.9}, {}, std::vector{5.0})
            .flux[0];
    };
    double before = through_channels(100);
    for (const double mass : {200.0, 400.0, 4400.0}) {
        const double flux = through_channels(mass);
        CHECK(flux < before);
        before = flux;
    }
    CHECK(through_channels(400) / through_channels(100) == Approx(0.5).epsilon(1e-3));
}

TEST_CASE("without depletion the gain is one plus what channels pass over what intact skin passes", "[absorption]") {
    const auto p = with_parameters<"film_thickness", "film_loss", "washed_share", "horny_turnover", "blood_clearance",
                                   "appendage_area">(usual, 1e4, 0.0, 0.0, 1e12, 1e6, 0.0);
    const Compound compound{"test", 300, 0.05, 1e-3};
    const Skin skin;
    const double area = 0.02, depth = 0.9;
    const std::vector<double> times{0, 1000}, areas{area, area};
    const auto flux = [&](const OpenChannels& channels) {
        return absorb({compound, 1e-6, {0}}, skin, p, channels, {}, std::vector{30.0}).flux[0];
    };
    const double channel = get<"channel_hindrance">(p) * get<"free_diffusivity">(p) /  // 300 g/mol
                           (skin.horny_layer() + skin.epidermis());
    CHECK(flux({times, areas, depth}) / flux({}) == Approx(1 + channel * area / compound.permeability).epsilon(0.01));
}

TEST_CASE("doses add up while nothing saturates, whatever the output times", "[absorption]") {
    const ClosingChannels channels(roller_area);
    const std::vector<double> end{20};
    double sum = 0;
    for (const double time : every(1, 13)) {
        auto alone = application("caffeine", 10, {time});
        sum += absorb(alone, Skin{}, with_parameters<"washed_share">(usual, 0.0), channels, {}, end).absorbed[0];
    }
    const auto given = application("caffeine", 10, every(1, 13));
    const auto p = with_parameters<"washed_share">(usual, 0.0);
    const auto together = absorb(given, Skin{}, p, channels, {}, end);
    CHECK(together.absorbed[0] == Approx(sum).epsilon(1e-3));
    CHECK(absorb(given, Skin{}, p, channels, {}, every(0.1, 20)).absorbed.back() == together.absorbed[0]);
}

TEST_CASE("a deeper channel lets no less through", "[absorption]") {
    ClosingChannels channels(roller_area);
    double before = 0;
    for (const double depth : {0.01, 0.1, 0.3, 1.0}) {  // the first stays within the horny layer
        channels.depth = depth;
        const double share = absorbed_share(application("hydrocortisone", 4), channels);
        CHECK(share > before);
        before = share;
    }
}

TEST_CASE("before the first dose nothing is absorbed and nothing is undefined", "[absorption]") {
    const auto result = absorb(application("caffeine", 10, {3}), Skin{}, usual, {}, {}, every(1, 6));
    for (const std::size_t day : {0, 1, 2}) {
        CHECK(result.applied[day] == 0);
        CHECK(result.absorbed_fraction[day] == 0);
        CHECK(result.flux[day] == 0);
    }
    CHECK(result.applied[3] == 1e-7);
    CHECK(result.absorbed[4] > 0);
    CHECK(absorb(application("caffeine", 10, {}), Skin{}, usual, {}, {}, every(1, 3)).absorbed ==
          std::vector{0., 0., 0., 0.});
}

TEST_CASE("a session in the middle of the course opens the skin at once", "[absorption]") {
    const std::vector<double> times{0, 10, 10, 30}, area{0, 0, 0.05, 0};
    const auto given = application("ascorbic acid", 100, every(1, 20));
    const auto outputs = every(0.5, 20);
    const auto needled = absorb(given, Skin{}, usual, {times, area, 0.9}, {}, outputs);
    const auto intact = absorb(given, Skin{}, usual, {}, {}, outputs);
    for (std::size_t i = 0; i <= 20; ++i) CHECK(needled.flux[i] == Approx(intact.flux[i]).epsilon(1e-9).margin(1e-12));
    CHECK(needled.flux[21] > 5 * intact.flux[21]);
}
