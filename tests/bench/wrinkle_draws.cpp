// Prints what crow's feet do for stiffness ratios of young collagen, and in which share of plausible parameter draws
// their lines both deepen on drying and grow shallower once the dermis is rebuilt.
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <string_view>
#include <vector>

#include "cicatrix/readout/own_states.hpp"
#include "crows_feet.hpp"
#include "rates_of.hpp"

using namespace cicatrix;
using namespace cicatrix::tests;

namespace {

/// Log-uniform where the range spans more than a factor of three, else uniform.
double draw(Random& random, const Range& range) {
    if (range.low <= 0 || range.high < 3 * range.low) return between(random, range.low, range.high);
    return std::exp(between(random, std::log(range.low), std::log(range.high)));
}

template <class R> void draw_parameters_of(Random& random, ReadoutParameters& p) {
    if constexpr (detail::HasParameters<R>)
        for (const Parameter& parameter : R::parameters)
            for (std::size_t i = 0; i < readout_parameters.size(); ++i)
                if (readout_parameters[i].name == parameter.name) p[i] = draw(random, parameter.range);
}

/// The mechanics, and what dries and swells the skin.
ReadoutParameters plausible(Random& random) {
    ReadoutParameters p = default_readout_parameters;
    draw_parameters_of<readout::Hydration>(random, p);
    draw_parameters_of<readout::Oedema>(random, p);
    draw_parameters_of<readout::DermalModulus>(random, p);
    draw_parameters_of<readout::WrinkleDepth>(random, p);
    return p;
}

/// The mechanics alone: water of the horny layer falls by a tenth; a course's dermis after a year replaces its twin's.
void print_mechanics(int draws) {
    const Course course = run_course(crows_feet(default_readout_parameters, false));
    Patient patient;
    patient.skin = course.plan.skin;
    patient.k = course.coefficients;
    patient.start = course.untreated.rows.back();
    const OwnValues own = own_start(patient);
    Random random(20261121);
    int deepen = 0, flatten = 0, both = 0, wrinkled = 0, beyond = 0;
    for (int i = 0; i < draws; ++i) {
        patient.p = plausible(random);
        const Moment now(patient, 0, patient.start, own, {});
        const auto depth = [&](const CourseStates& y, double hydration) {
            return readout::WrinkleDepth::folds(now, y, hydration, 0.0, now.age).depth();
        };
        const readout::Folds folds = readout::WrinkleDepth::folds(now, patient.start, 1.0, 0.0, now.age);
        const bool rises = depth(patient.start, 0.9) > folds.depth();
        const bool falls = depth(course.treated.rows.back(), 1.0) < folds.depth();
        deepen += rises, flatten += falls, both += rises && falls;
        wrinkled += folds.strain > folds.critical(), beyond += folds.strain > 4 * folds.critical();
    }
    const auto share = [draws](int count) { return 100.0 * count / draws; };
    std::printf(
        "\n%d draws, mechanics alone: deeper with a tenth less water %.1f %%, shallower on the rebuilt dermis "
        "%.1f %%, both %.1f %%; above the threshold %.1f %%, above four times it %.1f %%\n",
        draws, share(deepen), share(flatten), share(both), share(wrinkled), share(beyond));
}

const char* yes_or_no(bool verdict) { return verdict ? "yes" : "no"; }

void print_row(double ratio, const Lines& bare, const Lines& moist) {
    std::printf("%5.2f %7.1f %7.2f %6.2f %8.2f %8.2f %8.2f %8.2f %8.2f %8.2f  %-4s %-4s %-4s %-4s\n", ratio, bare.twin,
                bare.peak, bare.peak_at, bare.on_day_14, moist.peak, bare.gains[0], bare.gains[1], bare.gains[2],
                bare.gains[3], yes_or_no(bare.peaks_early()), yes_or_no(bare.settles()),
                yes_or_no(moist.peak <= 0.5 * bare.peak), yes_or_no(bare.improves_all_year()));
}

void print_ratios() {
    std::puts(
        "ratio    twin    peak    day   day 14    moist      27       98      182      365  "
        "rise settle half grow");
    for (const double ratio : {0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0}) {
        ReadoutParameters p = default_readout_parameters;
        p[index_of(readout_parameters, "immature_stiffness_ratio")] = ratio;
        print_row(ratio, crows_feet_lines(p), crows_feet_lines(p, true));
    }
}

void print_draws(int draws) {
    Random random(20261120);
    int rise = 0, fall = 0, both = 0, early = 0, settle = 0, half = 0, grow = 0, all = 0, beyond = 0, above = 0;
    for (int i = 0; i < draws; ++i) {
        const ReadoutParameters p = plausible(random);
        const Lines bare = crows_feet_lines(p), moist = crows_feet_lines(p, true);
        const bool rises = bare.peak > 0.01 * bare.twin, falls = bare.gains[3] > 0.01 * bare.twin;
        const bool peaks = bare.peak > 0, halved = peaks && moist.peak <= 0.5 * bare.peak;
        rise += rises, fall += falls, both += rises && falls;
        above += peaks, early += bare.peaks_early(), settle += peaks && bare.settles(), half += halved,
            grow += bare.improves_all_year();
        all += bare.peaks_early() && bare.settles() && halved && bare.improves_all_year();
        beyond += bare.twin > 200;
    }
    const auto share = [draws](int count) { return 100.0 * count / draws; };
    std::printf(
        "\n%d draws: deepen by more than 1 %% on drying %.1f %%, shallower by more than 1 %% after a year "
        "%.1f %%, both %.1f %%\n",
        draws, share(rise), share(fall), share(both));
    std::printf(
        "above the twin at all %.1f %%: of these peak between 12 h and day 5 %.1f %%, settled by day 14 %.1f %%, "
        "halved by moisturiser %.1f %%\n",
        share(above), 100.0 * early / above, 100.0 * settle / above, 100.0 * half / above);
    std::printf("gain grows all year %.1f %%; all four %.1f %%; deeper than 200 um %.1f %%\n", share(grow), share(all),
                share(beyond));
}

}  // namespace

int main(int count, char** arguments) {
    print_ratios();
    print_mechanics(10000);
    print_draws(count > 1 ? std::atoi(arguments[1]) : 500);
}
