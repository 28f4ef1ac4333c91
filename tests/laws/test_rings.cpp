// Rings round an axis keep their laws: second order along the axis and across it, the declared order in time, nothing
// lost by spreading, and the line of cells wherever the radius does not matter.
#include <algorithm>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "catch.hpp"
#include "cicatrix/solver/reaction_diffusion.hpp"
#include "cicatrix/solver/ring_step.hpp"
#include "cicatrix/solver/rodas4.hpp"
#include "cicatrix/solver/rodas5p.hpp"
#include "laws/ring_models.hpp"

namespace {

using namespace cicatrix;

/// Follows it to the time `end`; the average number of applications of the preconditioner.
template <Model M, Layout layout>
double follow(RingTissue<M>& tissue, RingStates<M>& y, double end, const Settings<M>& settings) {
    RingDiffusion<Rodas5P, M, layout> run(tissue, settings);
    RingVoyage<M> voyage;
    voyage.end = end;
    REQUIRE(run.travel(y, voyage).status == Status::done);
    return run.step().work().per_system();
}

constexpr Layout first_spreads{1, 0};

RingStates<MadeInRings> made_state(const RingTissue<MadeInRings>& tissue, const CellGrid& axial, double t) {
    auto y = tissue.blank();
    for (std::size_t r = 0; r < tissue.rings(); ++r)
        for (std::size_t j = 0; j < axial.cells(); ++j) {
            const double radius = tissue.grid.centres[r], z = axial.centres[j];
            const double exact = MadeInRings::exact(t, radius, z);
            const std::array values{exact, exact * exact, MadeInRings::shape(radius, z),
                                    MadeInRings::laplacian(radius, z)};
            for (std::size_t i = 0; i < 4; ++i) y[r].cells(i, j) = values[i];
        }
    return y;
}

/// Root mean square error at t = 1 with time resolved to 1e-9.
double error_in_space(std::size_t cells, double fineness) {
    const auto axial = axis(cells, fineness);
    auto tissue = tissue_in<MadeInRings>(disc(cells, fineness), axial);
    let_diffuse_everywhere(tissue, axial, 0, 1.0);
    auto y = made_state(tissue, axial, 0);
    follow<MadeInRings, first_spreads>(tissue, y, 1, tolerance<MadeInRings>(1e-9));
    double sum = 0, whole = 0;
    for (std::size_t r = 0; r < cells; ++r)
        for (std::size_t j = 0; j < cells; ++j) {
            const double volume = tissue.grid.volumes[r] * axial.volumes[j];
            sum += volume * square(y[r].cells(0, j) - MadeInRings::exact(1, tissue.grid.centres[r], axial.centres[j]));
            whole += volume;
        }
    return std::sqrt(sum / whole);
}

/// The largest difference at t = 1 between that many equal steps and a tight solution on the same cells.
template <class Method> double error_in_time(int steps) {
    const auto axial = axis(9);
    auto tissue = tissue_in<MadeInRings>(disc(7), axial);
    constexpr double slow = 0.05;  // enough for the steps to resolve the fastest mode
    set_coefficient<"diffusivity", MadeInRings>(tissue.column.kinds[0], slow);
    let_diffuse_everywhere(tissue, axial, 0, slow);
    auto tight = made_state(tissue, axial, 0);
    const auto settings = tolerance<MadeInRings>(1e-13, 1e-14);
    follow<MadeInRings, first_spreads>(tissue, tight, 1, settings);
    auto y = made_state(tissue, axial, 0);
    tissue.close_borders(y);
    RingStep<Method, MadeInRings, first_spreads> step(tissue, settings);
    for (int i = 0; i < steps; ++i) {
        REQUIRE(step.take(static_cast<double>(i) / steps, y, 1.0 / steps) > 0);
        y = step.next();
    }
    double worst = 0;
    step.for_each_value(y, tight, [&](std::size_t, double a, double b) { worst = std::max(worst, std::abs(a - b)); });
    return worst;
}

double largest_difference(const auto& a, const auto& b, std::size_t cells, std::size_t states) {
    double worst = 0;
    for (std::size_t i = 0; i < states; ++i) {
        worst = std::max(worst, std::abs(a.sheet[i] - b.sheet[i]));
        for (std::size_t j = 0; j < cells; ++j) worst = std::max(worst, std::abs(a.cells(i, j) - b.cells(i, j)));
    }
    return worst;
}

/// The Bessel function of the first kind of order zero, by its series.
double bessel(double x) {
    double sum = 0, term = 1;
    for (int k = 1; k < 40; ++k) sum += term, term *= -0.25 * x * x / (k * k);
    return sum;
}

}  // namespace

TEMPLATE_TEST_CASE("rings are followed with the order that the method declares", "[rings]", Rodas4, Rodas5P) {
    const double coarse = error_in_time<TestType>(20), fine = error_in_time<TestType>(40);
    INFO("errors " << coarse << " and " << fine);
    CHECK(std::log2(coarse / fine) > TestType::method.order - 0.3);
}

TEST_CASE("a manufactured solution in rings is met with order two on equal and on stretched cells", "[rings]") {
    const double fineness = GENERATE(1.0, 4.0);
    const double coarse = error_in_space(8, fineness), middle = error_in_space(16, fineness),
                 fine = error_in_space(32, fineness);
    INFO("errors " << coarse << ", " << middle << " and " << fine);
    CHECK(std::log2(coarse / middle) > 1.9);
    CHECK(std::log2(middle / fine) > 1.9);
}

TEST_CASE("the matrix of a step in rings is the derivative of the rates with what spreads and leaks", "[rings]") {
    constexpr Layout none_fixed{states_named<Covered>({"cells", "signal", "store"}), covered.sheet};
    constexpr double shift = 3, small = 1e-5;
    auto tissue = covered_tissue(5, 9);
    tissue.leak[1] = 0.7, tissue.gate = 3;
    auto y = torn_cover(tissue, 0.5), x = tissue.blank(), found = x;
    double value = 0.3;
    for (std::size_t r = 0; r < 5; ++r) {
        const auto vary = [&] { return value = 3.7 * value * (1 - value); };
        x[r].sheet[3] = vary();
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t j = 0; j < 9; ++j) x[r].cells(i, j) = vary(), y[r].cells(i, j) += 0.1 * vary();
    }
    const auto rates_at = [&](double step) {
        auto moved = y, out = tissue.blank();
        for (std::size_t r = 0; r < 5; ++r) {
            moved[r].sheet[3] += step * x[r].sheet[3];
            for (std::size_t i = 0; i < 3; ++i)
                for (std::size_t j = 0; j < 9; ++j) moved[r].cells(i, j) += step * x[r].cells(i, j);
        }
        RingDiffusion<Rodas5P, Covered, none_fixed>(tissue, {}).rates(0, moved, out);
        return out;
    };
    const auto ahead = rates_at(small), behind = rates_at(-small);
    RingSolve<Covered, none_fixed> solve(tissue, {});
    tissue.close_borders(y);
    for (std::size_t r = 0; r < 5; ++r) {
        StatesOf<Covered, CellLanes> rates, slopes;
        StatesOf<Covered, double> of_sheet, slopes_of_sheet;
        auto& system = solve.system();
        system.interior().for_each([&](LanesAt at) { system.linearise(0, y, r, at, shift, rates, slopes); });
        system.linearise_sheet(0, y, r, shift, of_sheet, slopes_of_sheet);
    }
    solve.apply(x, found);
    const auto check = [&](double got, double own, double up, double down) {
        CHECK(got == Approx(shift * own - (up - down) / (2 * small)).epsilon(1e-7).margin(1e-7));
    };
    for (std::size_t r = 0; r < 5; ++r) {
        check(found[r].sheet[3], x[r].sheet[3], ahead[r].sheet[3], behind[r].sheet[3]);
        for (std::size_t i = 0; i < 3; ++i)
            for (std::size_t j = 0; j < 9; ++j)
                check(found[r].cells(i, j), x[r].cells(i, j), ahead[r].cells(i, j), behind[r].cells(i, j));
    }
}

TEST_CASE("what only spreads in rings is neither lost nor made", "[rings]") {
    const auto axial = axis(13, 3);
    auto tissue = tissue_in<Gated>(disc(11, 3), axial);
    let_diffuse_everywhere(tissue, axial, 0, 0.3);
    auto y = tissue.blank();
    for (std::size_t r = 0; r < 11; ++r)
        for (std::size_t j = 0; j < 13; ++j) y[r].cells(0, j) = r < 4 && j < 5 ? 1 : 1e-3;
    const auto amount = [&] { return tissue.column.mean(tissue.mean(y).cells, 0); };
    const double before = amount();
    follow<Gated, gated>(tissue, y, 0.5, tolerance<Gated>(1e-5));
    CHECK(amount() == Approx(before).epsilon(1e-13));
    CHECK(y[0].cells(0, 0) - y[10].cells(0, 12) < 0.5 * (1 - 1e-3));  // while it did spread
}

TEST_CASE("the slowest pattern of a disc with a closed rim fades as its Bessel function says", "[rings]") {
    constexpr double zero = 3.8317059702075125, diffusivity = 0.7, end = 0.1;  // of the slope, the first beyond 0
    std::vector<double> errors;
    for (const std::size_t rings : {20u, 40u}) {
        const auto axial = axis(2);
        auto tissue = tissue_in<Gated>(disc(rings, 2), axial);
        let_diffuse_everywhere(tissue, axial, 0, diffusivity);
        auto y = tissue.blank();
        const auto at = [&](std::size_t r, double fading) {
            return 1 + 0.5 * fading * bessel(zero * tissue.grid.centres[r]);
        };
        for (std::size_t r = 0; r < rings; ++r) y[r].cells(0, 0) = y[r].cells(0, 1) = at(r, 1);
        follow<Gated, gated>(tissue, y, end, tolerance<Gated>(1e-9));
        double worst = 0;
        for (std::size_t r = 0; r < rings; ++r)
            worst = std::max(worst, std::abs(y[r].cells(0, 0) - at(r, std::exp(-diffusivity * zero * zero * end))));
        errors.push_back(worst);
    }
    CHECK(errors[1] < 2e-4);
    CHECK(std::log2(errors[0] / errors[1]) > 1.8);  // the mode decays by a rate that is right to second order
}

TEST_CASE("where the radius does not matter rings do as a line of cells, solved for at once", "[rings]") {
    auto tissue = covered_tissue(9, 12);
    auto y = torn_cover(tissue, 2);
    CellStates<Covered> line = y[0];
    CHECK(follow<Covered, covered>(tissue, y, 3, tolerance<Covered>(1e-8)) == 1);
    TissueVoyage<Covered> voyage;
    voyage.end = 3;
    ReactionDiffusion<Rodas5P, Covered, covered> run(tissue.column, tolerance<Covered>(1e-8));
    REQUIRE(run.travel(line, voyage).status == Status::done);
    for (const auto& ring : y.rings) CHECK(largest_difference(ring, line, 12, 4) < 1e-8);
}

TEST_CASE("rings between which nothing passes do as lines of cells of their own", "[rings]") {
    auto tissue = covered_tissue(6, 12);
    tissue.radial.fill(0.0);
    auto y = torn_cover(tissue, 0.5);
    auto lines = y;
    follow<Covered, covered>(tissue, y, 3, tolerance<Covered>(1e-8));
    for (std::size_t r = 0; r < 6; ++r) {
        TissueVoyage<Covered> voyage;
        voyage.end = 3;
        ReactionDiffusion<Rodas5P, Covered, covered> run(tissue.column, tolerance<Covered>(1e-8));
        REQUIRE(run.travel(lines[r], voyage).status == Status::done);
        CHECK(largest_difference(y[r], lines[r], 12, 4) < 1e-6);
    }
}

TEST_CASE("a sheet spreads over the rings as cells spread in a disc", "[rings]") {
    constexpr Layout cover_spreads{states_named<Covered>({"cover"}), 0};
    auto tissue = covered_tissue(24, 2);
    auto y = torn_cover(tissue, 0.5);
    Tissue<Covered> in_disc(24, tissue.column.kinds[0]);
    let_diffuse(in_disc, tissue.grid, 3, tissue.radial[3]);
    CellStates<Covered> alone(24);
    for (std::size_t r = 0; r < 24; ++r) alone.cells(3, r) = y[r].sheet[3];
    follow<Covered, covered>(tissue, y, 2, tolerance<Covered>(1e-8));
    TissueVoyage<Covered> voyage;
    voyage.end = 2;
    ReactionDiffusion<Rodas5P, Covered, cover_spreads> run(in_disc, tolerance<Covered>(1e-8));
    REQUIRE(run.travel(alone, voyage).status == Status::done);
    for (std::size_t r = 0; r < 24; ++r) CHECK(y[r].sheet[3] == Approx(alone.cells(3, r)).epsilon(1e-7));
    CHECK(y[0].sheet[3] < 0.95);  // while it had not closed everywhere
}

TEST_CASE("what leaks through a gate that closes is what the gate's course says", "[rings]") {
    constexpr double leak = 0.8, open = 0.7, end = 2;
    for (const double closure : {0.0, 1.5}) {
        auto tissue = tissue_in<Gated>(disc(3), axis(1));
        set_coefficient<"closure", Gated>(tissue.column.kinds[0], closure);
        set_coefficient<"closure", Gated>(tissue.column.sheet_kind, closure);
        tissue.leak[0] = leak, tissue.gate = 1, tissue.column.sheet_home[1] = 1;
        auto y = tissue.blank();
        for (auto& ring : y.rings) ring.cells(0, 0) = 2, ring.sheet[1] = 1 - open;
        follow<Gated, gated>(tissue, y, end, tolerance<Gated>(1e-9));
        const double opened = closure > 0 ? open * (1 - std::exp(-closure * end)) / closure : open * end;
        CHECK(y[1].cells(0, 0) == Approx(2 * std::exp(-leak * opened)).epsilon(1e-8));
    }
}

TEST_CASE("only the first cells of rings under an open gate leak", "[rings]") {
    const auto axial = axis(10);
    auto tissue = tissue_in<Gated>(disc(3), axial);
    tissue.leak[0] = 1, tissue.gate = 1, tissue.column.sheet_home[1] = 1;
    auto y = tissue.blank();
    for (std::size_t r = 0; r < 3; ++r) {
        y[r].sheet[1] = r == 0 ? 0.0 : 1.0;
        for (std::size_t j = 0; j < 10; ++j) y[r].cells(0, j) = 1;
    }
    follow<Gated, gated>(tissue, y, 1, tolerance<Gated>(1e-7));
    CHECK(y[0].cells(0, 0) < 0.8);
    CHECK(y[0].cells(0, 1) == Approx(1).epsilon(1e-12));
    CHECK(y[1].cells(0, 0) == Approx(1).epsilon(1e-12));
}

TEST_CASE("a rate that is no number ends a voyage of rings with a status and the last sound state", "[rings]") {
    auto tissue = tissue_in<Undefined>(disc(4), axis(5));
    auto y = tissue.blank();
    for (auto& ring : y.rings)
        for (std::size_t j = 0; j < 5; ++j) ring.cells(0, j) = ring.cells(1, j) = 1;
    RingDiffusion<Rodas5P, Undefined, Layout{2, 0}> run(tissue, tolerance<Undefined>(1e-6));
    RingVoyage<Undefined> voyage;
    voyage.end = 3;
    const auto outcome = run.travel(y, voyage);
    CHECK(outcome.status == Status::not_finite);
    CHECK(outcome.time < 1);
    CHECK(std::isfinite(y[0].cells(1, 0)));
}

TEST_CASE("rings differ by no bit between lanes of any width", "[rings]") {
    auto tissue = covered_tissue(10, 19);
    tissue.leak[1] = 0.5, tissue.gate = 3;
    auto y = torn_cover(tissue, 0.4);
    const double applications = follow<Covered, covered>(tissue, y, 2, tolerance<Covered>(1e-5));
    CHECK(applications > 1);
    std::uint64_t digest = 14695981039346656037u;  // FNV-1a over words
    RingStep<Rodas5P, Covered, covered>::for_each_value(y, y, [&](std::size_t, double value, double) {
        digest = (digest ^ std::bit_cast<std::uint64_t>(value)) * 1099511628211u;
    });
    // The scalar twin of this program must find the same; after a change of the method set it to what both find.
    CHECK(digest == 0x02fbad9f5dca5f98u);
}
