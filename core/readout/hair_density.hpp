// Hair of a thinning scalp under needling, minoxidil or both.
#pragma once
#include <algorithm>
#include <type_traits>
#include <vector>

#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

inline bool grows_hair(const auto& now) { return now.skin.site->name == "scalp"; }

/// Times at which minoxidil is put on a scalp, d, ascending; none elsewhere.
std::vector<double> minoxidil_times(const auto& now) {
    std::vector<double> out;
    for (const auto& topical : now.care.topicals)
        if (grows_hair(now) && topical.compound.name == "minoxidil" && topical.dose > 0)
            out.insert(out.end(), topical.times.begin(), topical.times.end());
    std::ranges::sort(out);
    return out;
}

/// Days after which minoxidil counts as not being used.
inline constexpr double minoxidil_pause = 2;

/// Where the use of minoxidil begins, pauses and ends: the steps of own states land there.
std::vector<double> minoxidil_breaks(const auto& now) {
    std::vector<double> out;
    const auto times = minoxidil_times(now);
    for (std::size_t i = 0; i < times.size(); ++i) {
        const bool first = i == 0 || times[i] - times[i - 1] > minoxidil_pause;
        const bool last = i + 1 == times.size() || times[i + 1] - times[i] > minoxidil_pause;
        if (first || last) out.push_back(times[i]);
    }
    return out;
}

/// How strongly hair answers minoxidil. What an application does fades with `minoxidil_lasting`, and those still acting
/// add up. Between one and the next it answers as it does on average, since hair takes weeks to follow; from the last
/// before a pause on, moment by moment.
template <class C> struct AnswerToMinoxidil {
    struct Dose {
        double time;
        C left;  ///< of this and all before it, in units of one
        C mean;  ///< answer until the next; below zero before a pause
    };
    C lasting{}, half{};
    std::vector<Dose> doses{};

    AnswerToMinoxidil() = default;
    AnswerToMinoxidil(const std::vector<double>& times, const C& lasting, const C& half)
        : lasting(lasting), half(half) {
        for (std::size_t i = 0; i < times.size(); ++i) {
            const C left = i > 0 ? 1.0 + doses.back().left * exp((times[i - 1] - times[i]) / lasting) : C(1.0);
            const double gap = i + 1 < times.size() ? times[i + 1] - times[i] : 2 * minoxidil_pause;
            doses.push_back({times[i], left, gap > minoxidil_pause ? C(-1.0) : mean(left, gap)});
        }
    }

    /// At a time, or in lanes several.
    template <class Time> auto at(const Time& time) const {
        Time since = 0.0 * time;
        auto left = 0.0 * time * lasting, mean = 0.0 * time * lasting;
        for (int i = 0; i < width_of<Time>; ++i) {
            const auto next = std::ranges::lower_bound(doses, lane(time, i), {}, &Dose::time);
            if (next == doses.begin()) continue;
            const Dose& last = *(next - 1);
            set_lane(since, i, lane(time, i) - last.time), set_lane(left, i, last.left), set_lane(mean, i, last.mean);
        }
        const auto acting = left * exp(-(since / lasting));
        return select(mean < 0.0, acting / (acting + half), mean);
    }

  private:
    C mean(const C& left, double gap) const {
        return lasting / gap * log((left + half) / (left * exp(-gap / lasting) + half));
    }
};

struct MinoxidilResponse {
    static constexpr State row{"minoxidil_response", "1", "answer of hair to minoxidil, share of the largest"};

    static double start(const auto&) { return 0.0; }

    static auto fixed(const auto& now) {
        const auto [lasting, half] = pick<"minoxidil_lasting", "minoxidil_half">(now.p);
        return AnswerToMinoxidil<std::remove_cvref_t<decltype(lasting)>>(minoxidil_times(now), lasting, half);
    }
    static auto flow(const auto& now) { return flow(now, fixed(now)); }
    static auto flow(const auto& now, const auto& answer) {
        const auto rate = get<"hair_response_rate">(now.p);
        const auto driven = rate * answer.at(now.time);
        return grows_hair(now) ? FlowOf{driven, rate} : FlowOf{decltype(driven)(0.0), decltype(rate)(0.0)};
    }
};

/// Driven by VEGF above that of day 0, which stands for the growth factors that a session calls up.
struct NeedlingResponse {
    static constexpr State row{"needling_response", "1", "answer of hair to needling, share of the largest"};

    static double start(const auto&) { return 0.0; }

    static auto flow(const auto& now) {
        const auto rate = get<"hair_response_rate">(now.p);
        const auto rise = positive_part(get<"vegf">(now.y) - get<"vegf">(now.start));
        const auto driven = rate * rise / (rise + get<"hair_vegf_half">(now.p));
        const bool needled = grows_hair(now) && !now.sessions.empty();
        return FlowOf{needled ? driven : decltype(driven)(0.0), grows_hair(now) ? rate : decltype(rate)(0.0)};
    }
};

struct HairDensity {
    static constexpr Readout row{
        .name = "hair_density",
        .unit = "cm-2",
        .meaning = "hairs of a thinning scalp; defined for the scalp only and 0 elsewhere",
        .formula =
            "hair_at_start + hair_gain_by_minoxidil minoxidil_response + hair_gain_by_needling needling_response; "
            "the two gains are built-in evidence and add, their course in time comes from vegf and from when "
            "minoxidil is put on; its dose does not count",
        .grade = Grade::indirect,
        .source = {"Gupta et al. 2023, Skin Appendage Disord 9:397, network meta-analysis, 27 trials, 1110 patients",
                   "at 24 weeks both beat minoxidil by 13 and needling by 17 hairs/cm2; 91.4 against 22.2 in Dhurat et "
                   "al. 2013 (doi:10.4103/0974-7753.114700) was not found again. Read it with the ranges of the gains"},
    };
    // clang-format off
    static constexpr std::array parameters{
        Parameter{"hair_at_start", 93, "cm-2", {47, 138}, Grade::indirect,
                  {"Vecchio, Guarrera, Rebora 2002, Dermatology 204:33, doi:10.1159/000051807",
                   "109 men, parietal: 138 without baldness down to 47 in the highest classes; the middle taken"},
                  "hairs of the scalp at day 0"},
        Parameter{"hair_gain_by_minoxidil", 15, "cm-2", {0, 30}, Grade::indirect,
                  {"Olsen et al. 2002, J Am Acad Dermatol, doi:10.1067/mjd.2002.124088, as tabled in PMC6691938",
                   "18.6 (SD 25.4) with 5 per cent twice daily against 3.9 (SD 21.7) with placebo, men, 48 weeks"},
                  "hairs that minoxidil adds when it is used for good"},
        Parameter{"hair_gain_by_needling", 13.4, "cm-2", {0, 26}, Grade::indirect,
                  {"J Cosmet Dermatol 2024;23:1560, doi:10.1111/jocd.16186, meta-analysis, 13 trials, 696 patients",
                   "13.36 (8.55 to 18.16) of the combination over one treatment alone; the range is wider, for a "
                   "single scalp"},
                  "hairs that frequent needling adds, with minoxidil or without"},
        Parameter{"hair_response_rate", 0.018, "1/d", {0.008, 0.04}, Grade::indirect,
                  {"hair weights and counts of 9 men in each group, J Am Acad Dermatol 1999;41:717, "
                   "doi:10.1016/s0190-9622(99)70006-x",
                   "after minoxidil was stopped they were back at those with placebo within 24 weeks; 95 per cent "
                   "taken"},
                  "rate at which hair follows what acts on it"},
        Parameter{"hair_vegf_half", 0.03, "1", {0.005, 0.3}, Grade::assumed,
                  {"own choice", "low: trials with needles of 1 mm and less found as much as those with longer ones "
                                 "(Arch Dermatol Res 2025;317:528, doi:10.1007/s00403-025-04032-1)"},
                  "VEGF above day 0 at which hair answers needling with half its strength"},
        Parameter{"minoxidil_lasting", 1.0, "d", {0.3, 3}, Grade::assumed,
                  {"own choice", "it is used once or twice a day"},
                  "time in which what an application of minoxidil does fades to 1/e"},
        Parameter{"minoxidil_half", 0.1, "1", {0.02, 0.5}, Grade::assumed,
                  {"own choice", "small, so that once and twice a day do much the same"},
                  "applications still acting at which hair answers minoxidil with half its strength"},
    };
    // clang-format on
    using states = std::tuple<MinoxidilResponse, NeedlingResponse>;

    static auto value(const auto& now) {
        const auto [start, minoxidil, needling] =
            pick<"hair_at_start", "hair_gain_by_minoxidil", "hair_gain_by_needling">(now.p);
        const auto hairs =
            start + minoxidil * get<"minoxidil_response">(now.x) + needling * get<"needling_response">(now.x);
        return grows_hair(now) ? hairs : decltype(hairs)(0.0);
    }
};

}  // namespace cicatrix::readout
