// Laws of laying out points and of finding neighbours: rows, lattices, frames and cells against plain counting.
#include <algorithm>
#include <cmath>
#include <limits>
#include <vector>

#include "catch.hpp"
#include "cicatrix/injury/neighbours.hpp"
#include "cicatrix/injury/placement.hpp"

using namespace cicatrix;

namespace {

std::vector<Point> points_on(const Patch& patch, int number, std::uint64_t seed) {
    RandomStream random(seed);
    std::vector<Point> points;
    for (int i = 0; i < number; ++i) {
        const double x = random.uniform(0, patch.width);
        points.push_back({x, random.uniform(0, patch.height)});
    }
    return points;
}

double distance(const Point& p, const Point& q) { return std::hypot(p.x - q.x, p.y - q.y); }

double nearest_of_all(const std::vector<Point>& points, const Point& p) {
    double best = std::numeric_limits<double>::infinity();
    for (const Point& q : points)
        if (distance(p, q) > 0) best = std::min(best, distance(p, q));
    return best;
}

Neighbours sorted(const Patch& patch, double cell, const std::vector<Point>& points) {
    Neighbours out(patch, cell);
    for (const Point& p : points) out.add(p);
    return out;
}

}  // namespace

TEST_CASE("a row visits every point of its lattice within reach, and no other", "[placement]") {
    for (const double phase : {0.0, 0.3, 2.9, -1.7}) {
        std::vector<double> visited;
        along_row(phase, 0.7, 5.0, [&](double x) { visited.push_back(x); });
        std::vector<double> expected;
        for (int k = -40; k <= 40; ++k)
            if (std::abs(phase + 0.7 * k) <= 5.0) expected.push_back(phase + 0.7 * k);
        REQUIRE(visited.size() == expected.size());
        for (std::size_t i = 0; i < visited.size(); ++i) CHECK(visited[i] == Approx(expected[i]).margin(1e-12));
    }
}

TEST_CASE("a patch holds its lower edges and not its upper ones, so that patches side by side share no point",
          "[placement]") {
    const Patch patch{3, 2};
    CHECK(patch.contains({0, 0}));
    CHECK_FALSE(patch.contains({3, 1}));
    CHECK_FALSE(patch.contains({1, 2}));
    CHECK_FALSE(patch.contains({-1e-9, 1}));
    CHECK(patch.area() == 6);
    CHECK(patch.radius() == Approx(0.5 * std::sqrt(13.0)));
}

TEST_CASE("a frame turns about the middle of its patch and keeps distances", "[placement]") {
    const Patch patch{4, 6};
    for (const double angle : {0.0, 0.4, 1.9, 3.0}) {
        const Frame frame{patch, Heading::at(angle)};
        const Point middle = frame.place({0, 0});
        CHECK(middle.x == Approx(2));
        CHECK(middle.y == Approx(3));
        CHECK(distance(frame.place({1, 2}), frame.place({-0.5, 0.7})) == Approx(std::hypot(1.5, 1.3)));
    }
    const Point along = Frame{patch, Heading::at(std::numbers::pi / 2)}.place({1, 0});
    CHECK(along.x == Approx(2));
    CHECK(along.y == Approx(4));
}

TEST_CASE("directions part a half turn evenly and passes take them in turns", "[placement]") {
    for (const int directions : {1, 2, 3, 4, 8})
        for (int pass = 0; pass < 2 * directions; ++pass) {
            const Heading heading = Heading::of({pass, directions});
            const double angle = std::numbers::pi * (pass % directions) / directions;
            CHECK(heading.c == Approx(std::cos(angle)).margin(1e-13));
            CHECK(heading.s == Approx(std::sin(angle)).margin(1e-13));
        }
    CHECK(Heading::of({5, 0}).c == 1);  // no direction given: all the same
}

TEST_CASE("any heading is as likely as any other", "[placement]") {
    RandomStream random(3);
    constexpr int draws = 20000;
    double c = 0, s = 0, cc = 0;
    for (int i = 0; i < draws; ++i) {
        const Heading h = Heading::any(random);
        c += h.c, s += h.s, cc += h.c * h.c;
    }
    // Three standard errors of a mean of cosines, sines and squared cosines.
    CHECK(c / draws == Approx(0).margin(3 * std::sqrt(0.5 / draws)));
    CHECK(s / draws == Approx(0).margin(3 * std::sqrt(0.5 / draws)));
    CHECK(cc / draws == Approx(0.5).margin(3 * std::sqrt(0.125 / draws)));
}

TEST_CASE("a lattice fills a patch, corners included", "[placement]") {
    const Patch patch{7, 3};
    for (const std::uint64_t seed : {1u, 2u, 3u, 4u}) {
        RandomStream random(seed);
        std::vector<Point> points;
        place_lattice(random, patch, Heading::any(random), 0.5, points);
        // No place is farther from a point of a square lattice than half a diagonal; near an edge that point may be out.
        for (const Point& probe : points_on({6, 2}, 200, seed)) {
            const Point inside{probe.x + 0.5, probe.y + 0.5};
            CHECK(nearest_of_all(points, inside) <= 0.5 * std::sqrt(0.5) + 1e-12);
        }
        for (const Point& corner : {Point{0, 0}, Point{7, 0}, Point{0, 3}, Point{7, 3}})
            CHECK(nearest_of_all(points, corner) < 1.0);
    }
}

TEST_CASE("the nearest neighbour is the one that plain counting finds, whatever the cells", "[placement]") {
    const Patch patch{10, 5};
    const auto points = points_on(patch, 300, 7);
    for (const double cell : {1e-4, 0.05, 0.4, 3.0, 50.0}) {
        const Neighbours neighbours = sorted(patch, cell, points);
        for (const Point& p : points) CHECK(neighbours.nearest(p) == Approx(nearest_of_all(points, p)).epsilon(1e-12));
    }
}

TEST_CASE("a point is within a radius exactly when plain counting says so", "[placement]") {
    const Patch patch{10, 5};
    const auto points = points_on(patch, 100, 8);
    for (const double cell : {0.05, 0.4, 3.0}) {
        const Neighbours neighbours = sorted(patch, cell, points);
        for (const Point& probe : points_on(patch, 300, 9))
            for (const double radius : {0.1, 0.5, 2.0})
                CHECK(neighbours.any_within(probe, radius) == (nearest_of_all(points, probe) < radius));
    }
}

TEST_CASE("a lone point has no neighbour", "[placement]") {
    const Neighbours alone = sorted({10, 10}, 1, {{5, 5}});
    CHECK(alone.nearest({5, 5}) == std::numeric_limits<double>::infinity());
    CHECK(alone.nearest({5, 8}) == Approx(3));
    CHECK_FALSE(sorted({10, 10}, 1, {}).any_within({5, 5}, 100));
}

TEST_CASE("places beyond the edge ask the cells at the edge", "[placement]") {
    const Neighbours corner = sorted({2, 2}, 0.1, {{1.99, 1.99}});
    CHECK(corner.any_within({2.1, 2.1}, 0.2));
    CHECK_FALSE(corner.any_within({2.5, 2.5}, 0.2));
    CHECK_FALSE(corner.any_within({-1, -1}, 0.2));
}
