// Models whose stops and guards fall where a closed form says, to see what a run makes of them.
#pragma once
#include <array>
#include <cstddef>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/numeric/dual.hpp"
#include "small_models.hpp"

namespace cicatrix {

/// A condition of a made-up model.
struct MadeUpCondition {
    std::string_view name;
    double value;
    std::string_view unit, meaning;
};

/// Rises by one a day, beside something that decays; each of three stops writes its own number into the mark.
struct Marked {
    static constexpr std::string_view id = "marked";
    static constexpr std::array states{State{"level", "1", "days gone by, halved at each stop"},
                                       State{"rest", "1", "what has not decayed"},
                                       State{"mark", "1", "ten times the number of the last stop, from 1"}};
    static constexpr std::array parameters{made_up("first", 1.0), made_up("second", 2.0), made_up("third", 3.0)};
    static constexpr Values<states, double> home(const auto&) {
        return collect_values<states, "level", "rest", "mark">(0.0, 1.0, 0.0);
    }
    static constexpr auto rates(const auto&, const auto& y, const auto&) {
        return collect<states>(
            named<"level", "rest", "mark">(1.0 + 0.0 * get<"level">(y), -2.0 * get<"rest">(y), 0.0 * get<"mark">(y)));
    }
    static constexpr std::array<double, 3> stops(const auto& k) {
        return {get<"first">(k), get<"second">(k), get<"third">(k)};
    }
    static constexpr void stop(std::size_t i, auto& y, const auto&) {
        y[index_of(states, "level")] *= 0.5;
        y[index_of(states, "mark")] = 10.0 * static_cast<double>(i + 1);
    }
};

/// The square of time, whose passing of a level is counted; the polynomial is exact at any tolerance. The stiff
/// companion, which follows it, keeps steps short when the tolerance is tight.
struct Parabola {
    static constexpr std::string_view id = "parabola";
    static constexpr std::array states{State{"square", "1", "time squared"}, State{"companion", "1", "follows it"},
                                       State{"passed", "1", "how often the level was passed"}};
    static constexpr std::array parameters{made_up("level", 2.0)};
    static constexpr auto rates(const auto& t, const auto& y, const auto&) {
        const auto [square, companion, passed] = pick<"square", "companion", "passed">(y);
        return collect<states>(
            named<"square", "companion", "passed">(2.0 * t, 50.0 * (square - companion), 0.0 * passed));
    }
    static constexpr auto guard(const auto&, const auto& y, const auto& k) {
        return get<"square">(y) - get<"level">(k);
    }
    static constexpr void cross(const auto&, auto& y, auto&) { y[index_of(states, "passed")] += 1; }
};

/// Swings as a sine through a level, up and down; a condition remembers on which side it is.
struct Swing {
    static constexpr std::string_view id = "swing";
    static constexpr std::array states{State{"height", "1", "sine of time", true},
                                       State{"speed", "1", "cosine of time", true},
                                       State{"time_above", "d", "how long it has been above the level"}};
    static constexpr std::array parameters{made_up("level", 0.5), made_up("phase_height", 0.0)};
    static constexpr std::array conditions{MadeUpCondition{"above", 0, "1", "1 while above the level"}};
    static constexpr auto coefficients = names_of<parameters, conditions>;
    static constexpr Values<states, double> home(const auto&) {
        return collect_values<states, "height", "speed", "time_above">(0.0, 1.0, 0.0);
    }
    static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [height, speed, time_above] = pick<"height", "speed", "time_above">(y);
        return collect<states>(
            named<"height", "speed", "time_above">(speed, -1.0 * height, get<"above">(k) + 0.0 * time_above));
    }
    static constexpr auto guard(const auto&, const auto& y, const auto& k) {
        return get<"height">(y) - get<"level">(k);
    }
    static constexpr void cross(const auto&, const auto& y, auto& k) {
        k[index_of(coefficients, "above")] = get<"speed">(y) > 0 ? 1.0 : 0.0;
    }
};

}  // namespace cicatrix
