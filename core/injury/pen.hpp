// A motorised pen: a tip with a few needles that stamps many times a second while it glides, or dwells on each spot.
#pragma once
#include "cicatrix/injury/penetration.hpp"
#include "cicatrix/injury/placement.hpp"

namespace cicatrix {

/// Needles and stamps: 11 needles at 90 Hz (Dermapen), 12 or 14 at 7000 a minute (SkinPen), by trade press and vendors;
/// tip width, glide speed and wander are own choices.
struct Pen {
    double needles = 12;      ///< on the tip
    double stamp_rate = 90;   ///< 1/s
    double tip_width = 10;    ///< mm
    double glide_speed = 50;  ///< mm/s
    double dwell = 0;         ///< s on each spot, spot beside spot; 0: the pen glides
    double wander = 1;        ///< how far to either side the hand lets a dwelling tip slip from stamp to stamp, mm

    static constexpr Drive drive = Drive::motorised;

    /// Needles that strike in one pass, 1/mm2. It is the time spent on an area that decides.
    double density_per_pass() const {
        const double seconds = dwell > 0 ? dwell / (tip_width * tip_width) : 1.0 / (glide_speed * tip_width);
        return needles * stamp_rate * seconds;
    }

    void place_pass(RandomStream& random, const Patch& patch, const Pass& pass, std::vector<Point>& points) const {
        const Frame frame{patch, Heading::held(pass, random)};
        if (dwell > 0) place_spots(random, frame, points);
        else place_strips(random, frame, points);
    }

  private:
    /// One stamp with the tip's middle at `centre`: needles spread evenly over a disc, which is turned at random
    /// because a hand does not hold it.
    void stamp(RandomStream& random, const Frame& frame, const Point& centre, std::vector<Point>& points) const {
        constexpr double golden_angle = std::numbers::pi * (3.0 - 2.2360679774997896964);
        const Heading step = Heading::at(golden_angle);
        Heading heading = Heading::any(random);
        for (double i = 0; i < needles; ++i) {
            const double r = 0.5 * tip_width * std::sqrt((i + 0.5) / needles);
            frame.add({centre.x + r * heading.c, centre.y + r * heading.s}, points);
            heading = {heading.c * step.c - heading.s * step.s, heading.s * step.c + heading.c * step.s};
        }
    }

    void place_strips(RandomStream& random, const Frame& frame, std::vector<Point>& points) const {
        const double reach = frame.patch.radius() + tip_width, step = glide_speed / stamp_rate;
        along_row(random.uniform(0, tip_width), tip_width, reach, [&](double y) {
            along_row(random.uniform(0, step), step, reach, [&](double x) { stamp(random, frame, {x, y}, points); });
        });
    }

    void place_spots(RandomStream& random, const Frame& frame, std::vector<Point>& points) const {
        const double reach = frame.patch.radius() + tip_width + wander, along = random.uniform(0, tip_width);
        along_row(random.uniform(0, tip_width), tip_width, reach, [&](double y) {
            along_row(along, tip_width, reach, [&](double x) { dwell_at(random, frame, {x, y}, points); });
        });
    }

    /// The last stamp counts by chance where their number is not whole.
    void dwell_at(RandomStream& random, const Frame& frame, const Point& spot, std::vector<Point>& points) const {
        for (double left = stamp_rate * dwell; left > 0; --left) {
            if (left < 1 && random.uniform() >= left) return;
            const double x = spot.x + random.uniform(-wander, wander);
            stamp(random, frame, {x, spot.y + random.uniform(-wander, wander)}, points);
        }
    }
};

}  // namespace cicatrix
