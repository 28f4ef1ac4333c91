// Courses for tests that nobody computed: one state follows curves that the test draws, in the treated skin and its twin.
#pragma once
#include <cmath>
#include <functional>
#include <string>
#include <vector>

#include "catch.hpp"
#include "cicatrix/ensemble/reduce.hpp"

namespace cicatrix::tests {

/// A curve over the days since day 0; of treated skin also by the number of sessions that lie behind.
using TwinCurve = std::function<double(double day)>;
using TreatedCurve = std::function<double(double day, std::size_t sessions)>;

inline constexpr std::size_t drawn_state = index_of(CourseModel::states, "collagen_iii");

/// Leads `drawn_state` along the curves; a session is where the treated one may jump.
struct DrawnCourse {
    Plan plan;
    Legs legs;
    ReadoutSeries treated, twin;
    TwinPlaces places;

    DrawnCourse(double duration, const std::vector<double>& sessions, const std::vector<double>& outputs,
                const TreatedCurve& of_treated, const TwinCurve& of_twin = {}) {
        plan.duration = duration;
        for (const double day : sessions) plan.sessions.push_back({day, {}, Injury{}});
        plan.outputs = outputs;
        legs = legs_of(plan);
        places.look_at(legs);
        for (std::size_t leg = 0; leg < legs.treated.size(); ++leg)
            draw(legs.treated[leg], [&](double day) { return of_treated(day, leg); });
        draw(
            legs.twin, of_twin ? of_twin : [&](double day) { return of_treated(day, 0); });
        read();
    }

    /// The number that a text asks for; the text speaks of "it".
    std::optional<double> number(const std::string& text) const {
        return reduced(parse_reduction("collagen_iii " + text), treated, twin, places);
    }
    double value(const std::string& text) const {
        const auto found = number(text);
        INFO(text);
        REQUIRE(found);
        return *found;
    }

  private:
    static void draw(Leg& leg, const TwinCurve& curve) {
        for (std::size_t i = 0; i < leg.wanted.all.size(); ++i)
            leg.means(drawn_state, leg.wanted.slots[i]) = curve(leg.wanted.all[i]);
    }
    /// No read-outs: the series then shows the states of the legs.
    void read() {
        const CourseReader reader(plan, {}, std::vector<ZonedInjury>(plan.sessions.size()), {}, {}, {});
        reader.read(legs.treated, treated);
        reader.read({&legs.twin, 1}, twin);
    }
};

}  // namespace cicatrix::tests
