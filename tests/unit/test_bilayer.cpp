// Laws of wrinkling: the classical results follow from the buckling force of a plate, a crease smooths the threshold.
#include <cmath>
#include <numbers>

#include "catch.hpp"
#include "cicatrix/readout/bilayer.hpp"

using namespace cicatrix;

namespace {

const Film film{0.05, 3.0};
constexpr double foundation = 0.1;

struct Buckling {
    double strain, length;
};

/// The lowest strain, over all wavelengths, at which a plate on a half-space buckles.
Buckling lowest_buckling(const Film& plate, double half_space) {
    const double bending = plate.modulus * std::pow(plate.thickness, 3) / 12.0;
    Buckling lowest{1e300, 0};
    for (double k = 1; k < 1000; k *= 1.0001) {
        const double force = bending * k * k + half_space / (2 * k);
        const double strain = force / (plate.modulus * plate.thickness);
        if (strain < lowest.strain) lowest = {strain, 2 * std::numbers::pi / k};
    }
    return lowest;
}

/// What the cubic leaves at an amplitude, relative to its largest term.
double residual(double a, double h, double relative_strain, double crease) {
    const double cube = a * a * a, linear = ((1 - relative_strain) * h * h - crease * crease) * a,
                 etched = crease * h * h;
    return (cube + linear - etched) / std::fmax(std::fmax(cube, std::fabs(linear)), etched);
}

}  // namespace

TEST_CASE("a film begins to wrinkle where a plate on a half-space buckles most easily", "[wrinkles]") {
    for (const double soft : {0.01, 0.1, 0.3}) {
        const Buckling expected = lowest_buckling(film, soft);
        CHECK(critical_strain(film, soft) == Approx(expected.strain).epsilon(1e-7));
        CHECK(wavelength(film, soft) == Approx(expected.length).epsilon(2e-4));
    }
}

TEST_CASE("two bonded layers of one material are one film of their thickness", "[wrinkles]") {
    const Film whole = bonded({0.02, 3.0}, {0.03, 3.0});
    CHECK(whole.thickness == Approx(0.05).epsilon(1e-13));
    CHECK(whole.modulus == Approx(3.0).epsilon(1e-13));
}

TEST_CASE("beside a much stiffer layer the other does not count, whichever lies on top", "[wrinkles]") {
    const Film stiff{0.01, 1e9}, soft{0.04, 1.0};
    for (const Film& whole : {bonded(stiff, soft), bonded(soft, stiff)}) {
        CHECK(whole.thickness == Approx(stiff.thickness).epsilon(1e-6));
        CHECK(whole.modulus == Approx(stiff.modulus).epsilon(1e-6));
    }
}

TEST_CASE("bonded layers resist bending more than loose ones, and stretching as much", "[wrinkles]") {
    const Film lower{0.045, 1.5}, upper{0.010, 10.0}, whole = bonded(lower, upper);
    const auto bending = [](const Film& f) { return f.modulus * std::pow(f.thickness, 3) / 12.0; };
    CHECK(whole.modulus * whole.thickness ==
          Approx(lower.modulus * lower.thickness + upper.modulus * upper.thickness).epsilon(1e-13));
    CHECK(bending(whole) > bending(lower) + bending(upper));
}

TEST_CASE("without a crease a film is flat up to the critical strain and follows the square root beyond",
          "[wrinkles]") {
    for (const double relative : {-5.0, 0.0, 0.5, 0.999, 1.0}) CHECK(wrinkle_amplitude(film, relative, 0) == 0);
    for (const double relative : {1.001, 1.5, 2.0, 10.0, 1000.0})
        CHECK(wrinkle_amplitude(film, relative, 0) == Approx(film.thickness * std::sqrt(relative - 1)).epsilon(1e-12));
}

TEST_CASE("a vanishing crease leaves the sharp threshold", "[wrinkles]") {
    CHECK(wrinkle_amplitude(film, 2.0, 1e-15) == Approx(film.thickness).epsilon(1e-10));
    CHECK(wrinkle_amplitude(film, 0.5, 1e-15) == Approx(2e-15).epsilon(1e-10));
}

TEST_CASE("far below the threshold a crease is divided by its distance from it, and tension flattens it",
          "[wrinkles]") {
    const double crease = 1e-4 * film.thickness;
    for (const double relative : {0.5, 0.0, -1.0, -100.0})
        CHECK(wrinkle_amplitude(film, relative, crease) == Approx(crease / (1 - relative)).epsilon(1e-6));
    for (const double deep : {1e-4, 0.1, 1.0, 3.0})  // a film that bears no strain shows just its crease
        CHECK(wrinkle_amplitude(film, 0, deep * film.thickness) == Approx(deep * film.thickness).epsilon(1e-12));
    CHECK(wrinkle_amplitude(film, -1e6, crease) < 1e-5 * crease);
}

TEST_CASE(
    "at the critical strain the amplitude tends to the cube root of crease times thickness squared, and is continuous",
    "[wrinkles]") {
    for (const double crease : {1e-9, 1e-7}) {
        const double there = std::cbrt(crease * film.thickness * film.thickness);
        CHECK(wrinkle_amplitude(film, 1.0, crease) == Approx(there).epsilon(1e-3));
    }
    for (const double crease : {1e-6, 0.003, 0.05}) {
        const double there = wrinkle_amplitude(film, 1.0, crease);
        CHECK(wrinkle_amplitude(film, 1.0 - 1e-9, crease) == Approx(there).epsilon(1e-5));
        CHECK(wrinkle_amplitude(film, 1.0 + 1e-9, crease) == Approx(there).epsilon(1e-5));
    }
}

TEST_CASE("the amplitude solves the cubic to rounding for any strain and crease", "[wrinkles]") {
    for (const double relative : {-1e6, -3.0, 0.0, 0.9, 1.0, 1.1, 2.0, 50.0, 1e6})
        for (double crease = 1e-12; crease < 10; crease *= 10) {
            INFO("strain " << relative << ", crease " << crease);
            const double a = wrinkle_amplitude(film, relative, crease);
            CHECK(a > 0);
            CHECK(std::fabs(residual(a, film.thickness, relative, crease)) < 1e-14);
        }
}

TEST_CASE("the amplitude grows with strain and with the crease", "[wrinkles]") {
    double last = 0;
    for (double relative = -3; relative < 5; relative += 0.01) {
        const double a = wrinkle_amplitude(film, relative, 0.003);
        CHECK(a > last);
        CHECK(wrinkle_amplitude(film, relative, 0.004) > a);
        last = a;
    }
}

TEST_CASE("twice the thickness and the crease are wrinkles twice as deep and as long", "[wrinkles]") {
    const Film twice{2 * film.thickness, film.modulus};
    for (const double relative : {-1.0, 0.5, 1.0, 2.0})
        CHECK(wrinkle_amplitude(twice, relative, 0.006) ==
              Approx(2 * wrinkle_amplitude(film, relative, 0.003)).epsilon(1e-13));
    CHECK(wavelength(twice, foundation) == Approx(2 * wavelength(film, foundation)).epsilon(1e-13));
    CHECK(critical_strain(twice, foundation) == critical_strain(film, foundation));
}

TEST_CASE("moduli count only by their ratio", "[wrinkles]") {
    const Film in_kilopascal{film.thickness, 1000 * film.modulus};
    CHECK(critical_strain(in_kilopascal, 1000 * foundation) ==
          Approx(critical_strain(film, foundation)).epsilon(1e-13));
    CHECK(wavelength(in_kilopascal, 1000 * foundation) == Approx(wavelength(film, foundation)).epsilon(1e-13));
}

TEST_CASE("the wave stores the strain beyond the critical one in its arc length", "[wrinkles]") {
    for (const double excess : {0.001, 0.01, 0.05}) {
        const double critical = critical_strain(film, foundation);
        const double a = wrinkle_amplitude(film, (critical + excess) / critical, 0);
        const double slope = 2 * std::numbers::pi * a / wavelength(film, foundation);
        double arc = 0;
        constexpr int pieces = 10000;
        for (int i = 0; i < pieces; ++i)
            arc += std::sqrt(1 + std::pow(slope * std::cos(2 * std::numbers::pi * i / pieces), 2)) / pieces;
        CHECK(arc - 1 == Approx(excess).epsilon(excess));  // the theory leaves out the fourth power of the slope
    }
}

TEST_CASE("what is not a number stays so and does not hang", "[wrinkles]") {
    CHECK(std::isnan(wrinkle_amplitude(film, std::nan(""), 0.003)));
    CHECK(std::isnan(wrinkle_amplitude({std::nan(""), 1.0}, 2.0, 0.003)));
}
