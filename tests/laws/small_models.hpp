// Models of a line or two, each made to bring out one thing that an integration does.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/concepts.hpp"
#include "cicatrix/numeric/dual.hpp"

namespace cicatrix {

constexpr Parameter made_up(std::string_view name, double value) {
    return {name, value, "1", {-1e9, 1e9}, Grade::assumed, "made for the test", "made for the test"};
}

/// Tells the time since it began, beside something that decays.
struct Clock {
    static constexpr std::string_view id = "clock";
    static constexpr std::array states{State{"elapsed", "d", "time gone by"},
                                       State{"rest", "1", "what has not decayed"}};
    static constexpr std::array parameters{made_up("decay", 3.0)};
    static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        return collect<states>(named<"elapsed", "rest">(1.0, -get<"decay">(k) * get<"rest">(y)));
    }
};

/// A level that runs below zero at a steady speed, and an echo of it that may be negative.
struct Drain {
    static constexpr std::string_view id = "drain";
    static constexpr std::array states{State{"echo", "1", "follows the level", true}, State{"level", "1", "runs dry"}};
    static constexpr std::array parameters{made_up("speed", 1.0)};
    static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [echo, level] = pick<"echo", "level">(y);
        return collect<states>(
            named<"echo", "level">(level * level - echo * echo * 5.0, -get<"speed">(k) + 0.0 * level));
    }
};

/// Grows without bound within a finite time.
struct Explosion {
    static constexpr std::string_view id = "explosion";
    static constexpr std::array states{State{"calm", "1", "decays"}, State{"size", "1", "1 / (1 - t)"}};
    static constexpr std::array parameters{made_up("decay", 1.0)};
    static constexpr auto rates(const auto&, const auto& y, const auto& k) {
        const auto [calm, size] = pick<"calm", "size">(y);
        return collect<states>(named<"calm", "size">(-get<"decay">(k) * calm, size * size));
    }
};

/// One of its rates is not a number from t = 1 on.
struct Undefined {
    static constexpr std::string_view id = "undefined";
    static constexpr std::array states{State{"calm", "1", "decays"}, State{"broken", "1", "grows with log(1 - t)"}};
    static constexpr std::array parameters{made_up("decay", 1.0)};
    static constexpr auto rates(const auto& t, const auto& y, const auto& k) {
        using cicatrix::log;
        return collect<states>(named<"calm", "broken">(-get<"decay">(k) * get<"calm">(y), 1.0 + 0.1 * log(1.0 - t)));
    }
};

/// A damped oscillation, eigenvalues -1 +- i sqrt 7, whose first diagonal entry `a` is positive: with 1/(gamma h) = a
/// the first pivot of elimination without pivoting is zero.
struct Spiral {
    static constexpr std::string_view id = "spiral";
    static constexpr std::array states{State{"x", "1", "oscillates", true}, State{"y", "1", "oscillates", true}};
    static constexpr std::array parameters{made_up("a", 4.0)};
    static constexpr auto rates(const auto&, const auto& s, const auto& k) {
        const auto [x, y] = pick<"x", "y">(s);
        return collect<states>(named<"x", "y">(get<"a">(k) * x + 4.0 * y, -8.0 * x - 6.0 * y));
    }
};

/// A smooth course, t^2 exp(-t), to which everything else returns at the speed `pull` (Prothero and Robinson 1974).
struct Pulled {
    static constexpr std::string_view id = "pulled";
    static constexpr std::array states{State{"y", "1", "follows t^2 exp(-t)", true}};
    static constexpr std::array parameters{made_up("pull", 1e6)};
    static constexpr auto rates(const auto& t, const auto& y, const auto& k) {
        using cicatrix::exp;
        const auto smooth = t * t * exp(-t);
        return collect<states>(named<"y">(-get<"pull">(k) * (get<"y">(y) - smooth) + 2.0 * t * exp(-t) - smooth));
    }
};

}  // namespace cicatrix
