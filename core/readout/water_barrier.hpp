// Open channels as water and compounds see them: two clocks of closing, a film that slows both, and the loss of water.
// A channel stops leaking water within hours, because its walls fall together and its content dries; the hole in the
// horny layer itself closes with the half-life of about a day that the model's `barrier` has.
#pragma once
#include <array>
#include <limits>
#include <type_traits>
#include <vector>

#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

namespace water_barrier {
inline constexpr std::string_view own_choice = "own choice";

// clang-format off
inline constexpr std::array parameters{
    Parameter{"tewl_of_face", 12.0, "g m-2 h-1", {6, 25}, Grade::assumed,
              {own_choice, "the cheek loses more than the forearm (AAPS J, PMC3475846; direction), size ours"},
              "water loss of healthy skin of the face"},
    Parameter{"tewl_of_body", 9.7, "g m-2 h-1", {4, 16}, Grade::indirect,
              {"Cutaneous homeostasis and epidermal barrier function in a young healthy Caucasian population, Eur J "
               "Dermatol 2021;31(2), doi:10.1684/ejd.2021.4021",
               "9.69 +- 2.94 at the volar forearm of 87 adults; taken for scalp, neck, abdomen and forearm"},
              "water loss of healthy skin elsewhere"},
    Parameter{"tewl_of_bare_wound", 124.0, "g m-2 h-1", {60, 250}, Grade::indirect,
              {"Koskela et al. 2009, Crit Care, doi:10.1186/cc7932",
               "fall of evaporation while blister wounds of healthy adults healed"},
              "water loss of skin without a horny layer"},
    Parameter{"anatomical_share_of_leak", 0.08, "1", {0.02, 0.2}, Grade::assumed,
              {own_choice, "slightly raised water loss to 48 h (Sasaki 2019, doi:10.1093/asjof/ojz017), holes seen "
                           "when it was normal (Donnelly et al. 2014, PMC4119956)"},
              "share of a fresh channel's leak that lasts as long as its hole"},
    Parameter{"water_barrier_closing_time", 2.0, "h", {0.5, 6}, Grade::analogue,
              {"Kalluri, Kolli, Banga 2011, AAPS J, PMC3160154",
               "water loss normal after 4 to 5 h, hairless rat: 90 per cent in 4.5 h"},
              "time in which the leak of a channel 0.15 mm deep falls to 1/e in open air"},
    Parameter{"water_barrier_depth_power", 1.0, "1", {0.3, 1.3}, Grade::assumed,
              {own_choice, "longer needles leak longer (Sasaki 2019; direction), in proportion to depth is ours"},
              "power of a channel's depth with which its leak lasts"},
    Parameter{"film_delay_of_water_barrier", 5.0, "1", {1, 20}, Grade::assumed,
              {own_choice, "within 2 h in open air, slower under a film (Gupta, Gill, Andrews, Prausnitz 2011, J "
                           "Control Release; direction), size ours"},
              "closing time of the water barrier under an occlusive film, relative to open air"},
    Parameter{"film_delay_of_channels", 2.0, "1", {1, 5}, Grade::assumed,
              {own_choice, "a film delays the closing of pores (Kalluri 2011, PMC3160154; direction), size ours"},
              "closing time of the holes under an occlusive film, relative to open air"},
    Parameter{"water_passing_moisturiser", 50.0, "g m-2 h-1", {15, 200}, Grade::assumed,
              {own_choice, "lowers the loss of healthy skin by a fifth; petrolatum lowers it by more than half, other "
                           "oils by less than a fifth (J Cosmet Sci 73(3))"},
              "water that a coat of moisturiser lets pass from a wet surface"},
    Parameter{"water_passing_film", 1.0, "g m-2 h-1", {0.1, 10}, Grade::assumed,
              {own_choice, "a closed film"},
              "water that an occlusive film lets pass from a wet surface"},
};
// clang-format on

/// The factor of age on repair, as the model has it.
auto repair_age(const auto& now) {
    const auto [slowing, onset] = pick<"ageing_of_repair", "ageing_onset">(now.k);
    return select(now.age > onset, exp(-slowing * (now.age - onset)), 1.0);
}

/// Whether a film lies on the skin, as it does for a while after each session. It still does at the time when it is
/// taken off, where steps end: what they see at their end is what was before.
auto covered(const auto& now) {
    const bool film = !now.sessions.empty() && now.care.occlusion > 0;
    const double until = film ? now.sessions.back().at + now.care.occlusion : -std::numeric_limits<double>::infinity();
    return now.time <= until;
}

inline constexpr double recent = 3;  ///< d after a session; of older ones no leak is left

/// What the depth of each session's channels makes of the time in which their leak closes.
auto closing_by_depth(const auto& now) {
    constexpr double depth_measured = 0.15;  // mm, of the channels whose closing time was measured
    const auto steepness = get<"water_barrier_depth_power">(now.p);
    std::vector<std::remove_const_t<decltype(steepness)>> out;
    for (const auto& session : now.sessions)
        out.push_back(session.channels.depth > 0 ? pow(session.channels.depth / depth_measured, steepness) : 0.0);
    return out;
}

/// How long the leak takes to fall to 1/e, d: that of the deepest channels of late.
auto closing_time(const auto& now, const auto& by_depth) {
    constexpr double hours = 24;  // per day
    const auto [time, delay] = pick<"water_barrier_closing_time", "film_delay_of_water_barrier">(now.p);
    auto slowest = 0.0 * now.time * time;
    for (std::size_t i = 0; i < now.sessions.size(); ++i)
        slowest = select((now.time <= now.sessions[i].at + recent) & (slowest < by_depth[i]), by_depth[i], slowest);
    return time / hours * select(slowest > 0.0, slowest, 1.0) * select(covered(now), delay, 1.0) / repair_age(now);
}

/// Water loss of healthy bare skin at the site, g m-2 h-1.
auto healthy_loss(const auto& now) {
    constexpr std::array face{"forehead", "periorbital", "cheek", "perioral"};
    for (const std::string_view name : face)
        if (now.skin.site->name == name) return get<"tewl_of_face">(now.p);
    return get<"tewl_of_body">(now.p);
}

/// What passes of `loss` when what lies on the skin stands in its way: conductances in series.
auto passing(const auto& loss, const auto& now) {
    const auto through = [&loss](const auto& cover) { return 1.0 / (1.0 / loss + 1.0 / cover); };
    const auto in_air = now.care.moisturiser ? through(get<"water_passing_moisturiser">(now.p)) : loss;
    return select(covered(now), through(get<"water_passing_film">(now.p)), in_air);
}

/// Share of the area that leaks as a bare wound does.
auto leak(const auto& now) {
    const auto slow = get<"anatomical_share_of_leak">(now.p);
    const auto [leaking, open] = pick<"leaking_area", "open_channels">(now.x);
    return (1.0 - slow) * leaking + slow * open;
}

/// Water loss above that of the intact skin beside, g m-2 h-1.
auto excess_loss(const auto& now) {
    return leak(now) * (passing(get<"tewl_of_bare_wound">(now.p), now) - passing(healthy_loss(now), now));
}

/// `x` and the area that the latest session opened, where both lie on each other counted once.
auto with_new_channels(const auto& x, const auto& now) { return x + (1.0 - x) * now.sessions.back().open_area; }
}  // namespace water_barrier

struct LeakingArea {
    static constexpr State row{"leaking_area", "1", "share of the area whose channels leak water, by the fast clock"};
    static double start(const auto&) { return 0.0; }
    static auto after_session(const auto& x, const auto& now) { return water_barrier::with_new_channels(x, now); }
    static auto fixed(const auto& now) { return water_barrier::closing_by_depth(now); }
    static auto flow(const auto& now) { return flow(now, fixed(now)); }
    static auto flow(const auto& now, const auto& by_depth) {
        return FlowOf{0.0, 1.0 / water_barrier::closing_time(now, by_depth)};
    }
};

/// In open air the same as 1 - barrier, but a film delays it.
struct OpenChannels {
    static constexpr State row{"open_channels", "1",
                               "share of the area with a hole in the horny layer, by the slow clock"};
    static double start(const auto&) { return 0.0; }
    static auto after_session(const auto& x, const auto& now) { return water_barrier::with_new_channels(x, now); }
    static auto flow(const auto& now) {
        const auto delay = select(water_barrier::covered(now), get<"film_delay_of_channels">(now.p), 1.0);
        const auto rate = get<"barrier_closure">(now.k) * get<"epidermal_cover">(now.y) / delay;
        return FlowOf{0.0, water_barrier::repair_age(now) * rate};
    }
};

}  // namespace cicatrix::readout
