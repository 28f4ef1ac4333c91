// Points on the skin, the patch that is looked at, and ways to lay points out: what all kinds of device share.
#pragma once
#include <cmath>
#include <cstdint>
#include <numbers>
#include <vector>

#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/numeric/random.hpp"

namespace cicatrix {

/// A place on the surface, mm.
struct Point {
    double x, y;
};

/// A rectangle from (0, 0) to (width, height), mm. The device also treats the skin around it.
struct Patch {
    double width, height;

    double area() const { return width * height; }
    bool contains(const Point& p) const { return p.x >= 0 && p.x < width && p.y >= 0 && p.y < height; }
    Point middle() const { return {0.5 * width, 0.5 * height}; }
    /// Radius of the circle through its corners, mm.
    double radius() const { return 0.5 * std::sqrt(width * width + height * height); }
};

/// Which pass of how many directions: pass k runs at k / directions of a half turn.
struct Pass {
    int index = 0;
    int directions = 1;
};

/// A direction in the plane, as the unit vector (c, s).
struct Heading {
    double c = 1, s = 0;

    Point turned(const Point& p) const { return {c * p.x - s * p.y, s * p.x + c * p.y}; }
    Point turned_back(const Point& p) const { return {c * p.x + s * p.y, c * p.y - s * p.x}; }

    /// The direction at an angle of up to some turns, rad. Own series, so that maps are the same on every system: the
    /// angle is halved six times, and the unit vector squared as often.
    static Heading at(double angle) {
        const double x = angle / 64, z = x * x;
        Heading h{1.0 - z / 2 * (1.0 - z / 12 * (1.0 - z / 30 * (1.0 - z / 56))),
                  x * (1.0 - z / 6 * (1.0 - z / 20 * (1.0 - z / 42)))};
        for (int i = 0; i < 6; ++i) h = {h.c * h.c - h.s * h.s, 2 * h.s * h.c};
        return h;
    }
    static Heading of(const Pass& pass) {
        const int directions = pass.directions > 0 ? pass.directions : 1;
        return at(std::numbers::pi * (pass.index % directions) / directions);
    }
    /// The same as held by hand, which does not come back to the very angle: some degrees to either side.
    static Heading held(const Pass& pass, RandomStream& random) {
        constexpr double unsteadiness = 0.1;  // rad, own choice
        const Heading plan = of(pass), slip = at(random.uniform(-unsteadiness, unsteadiness));
        return {plan.c * slip.c - plan.s * slip.s, plan.s * slip.c + plan.c * slip.s};
    }
    static Heading any(RandomStream& random) { return at(random.uniform(0, 2 * std::numbers::pi)); }
};

/// A frame whose first axis runs along `heading` and whose origin is the middle of a patch: x along, y across.
struct Frame {
    Patch patch;
    Heading heading;

    /// The place on the patch of a point of the frame.
    Point place(const Point& p) const {
        const Point turned = heading.turned(p), middle = patch.middle();
        return {middle.x + turned.x, middle.y + turned.y};
    }
    void add(const Point& p, std::vector<Point>& points) const {
        const Point placed = place(p);
        if (patch.contains(placed)) points.push_back(placed);
    }
};

/// Visits the points of a row with period `step` that lie within `reach` of zero; `phase` is one of them.
template <class Visit> void along_row(double phase, double step, double reach, Visit&& visit) {
    const double first = std::ceil((-reach - phase) / step);
    for (double k = first; phase + k * step <= reach; ++k) visit(phase + k * step);
}

/// A square lattice with a point for each `pitch` by `pitch`, at a random place, along `heading`.
inline void place_lattice(RandomStream& random, const Patch& patch, const Heading& heading, double pitch,
                          std::vector<Point>& points) {
    const Frame frame{patch, heading};
    const double along = random.uniform(0, pitch), across = random.uniform(0, pitch), reach = patch.radius();
    along_row(across, pitch, reach, [&](double y) {
        along_row(along, pitch, reach, [&](double x) { frame.add({x, y}, points); });
    });
}

}  // namespace cicatrix
