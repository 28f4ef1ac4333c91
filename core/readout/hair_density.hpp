// Hair of a thinning scalp under needling, minoxidil or both.
#pragma once
#include <algorithm>

#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

inline bool grows_hair(const auto& now) { return now.skin.site->name == "scalp"; }

/// Minoxidil that still acts, in units of one application: each fades with `minoxidil_lasting`.
double minoxidil_left(const auto& now) {
    const double lasting = get<"minoxidil_lasting">(now.p);
    double left = 0;
    for (const auto& topical : now.care.topicals) {
        if (topical.compound.name != "minoxidil" || topical.dose <= 0) continue;
        const auto& times = topical.times;
        auto next = std::upper_bound(times.begin(), times.end(), now.time);
        for (; next != times.begin(); --next) {
            const double since = (now.time - *(next - 1)) / lasting;
            if (since > 30) break;
            left += exp(-since);
        }
    }
    return left;
}

struct MinoxidilResponse {
    static constexpr State row{"minoxidil_response", "1", "answer of hair to minoxidil, share of the largest"};

    static double start(const auto&) { return 0.0; }

    static Flow flow(const auto& now) {
        if (!grows_hair(now)) return {0, 0};
        const double rate = get<"hair_response_rate">(now.p), left = minoxidil_left(now);
        return {rate * left / (left + get<"minoxidil_half">(now.p)), rate};
    }
};

/// Driven by VEGF above that of day 0, which stands for the growth factors that a session calls up.
struct NeedlingResponse {
    static constexpr State row{"needling_response", "1", "answer of hair to needling, share of the largest"};

    static double start(const auto&) { return 0.0; }

    static Flow flow(const auto& now) {
        if (!grows_hair(now)) return {0, 0};
        const double rate = get<"hair_response_rate">(now.p), rise = get<"vegf">(now.y) - get<"vegf">(now.start);
        return {now.sessions.empty() || rise <= 0 ? 0.0 : rate * rise / (rise + get<"hair_vegf_half">(now.p)), rate};
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

    static double value(const auto& now) {
        if (!grows_hair(now)) return 0.0;
        const auto [start, minoxidil, needling] =
            pick<"hair_at_start", "hair_gain_by_minoxidil", "hair_gain_by_needling">(now.p);
        return start + minoxidil * get<"minoxidil_response">(now.x) + needling * get<"needling_response">(now.x);
    }
};

}  // namespace cicatrix::readout
