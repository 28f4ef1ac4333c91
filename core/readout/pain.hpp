// Pain of a session on the scale from 0 to 10, by power laws of depth and number, and how it fades.
#pragma once
#include <array>

#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/readout/readout.hpp"

namespace cicatrix::readout {

struct Soreness {
    static constexpr State row{"soreness", "1", "pain on the scale from 0 to 10"};
    static double start(const auto&) { return 0.0; }

    /// Pain does not add up to more than the scale; of old and new pain the stronger is felt.
    static auto after_session(const auto& x, const auto& now) {
        const auto fresh = of_session(now);
        const decltype(fresh) end_of_scale = 10.0;
        return larger(x, smaller(end_of_scale, fresh));
    }
    static auto flow(const auto& now) {
        constexpr double hours = 24;  // per day
        return FlowOf{0.0, hours / get<"pain_fading_time">(now.p)};
    }

  private:
    /// Not limited to the scale; none for an injury without channels.
    static auto of_session(const auto& now) {
        constexpr double depth_of_reference = 0.9, strikes_of_reference = 2.3;  // mm, 1/mm2
        const auto& channels = now.sessions.back().channels;
        const auto [reference, by_length, by_number, numbed] =
            pick<"pain_of_reference", "pain_power_of_length", "pain_power_of_number", "pain_left_by_anaesthetic">(
                now.p);
        const auto pain = reference * pow(channels.depth / depth_of_reference, by_length) *
                          pow(channels.strikes / strikes_of_reference, by_number);
        const bool unhurt = channels.depth <= 0 || channels.strikes <= 0;
        return unhurt ? decltype(pain)(0.0) : now.care.anaesthetic ? numbed * pain : pain;
    }
};

struct Pain {
    static constexpr Readout row{
        .name = "pain",
        .unit = "1",
        .meaning = "pain on a scale from 0 to 10",
        .formula =
            "soreness; a session sets it to pain_of_reference (depth / 0.9 mm)^pain_power_of_length (strikes / 2.3 per "
            "mm2)^pain_power_of_number, at most 10, times pain_left_by_anaesthetic under an anaesthetic",
        .grade = Grade::indirect,
        .source =
            {"Gill, Denson, Burris, Prausnitz 2008, Clin J Pain, PMC2917250",
             "powers of length and number of single needles and arrays, carried over to depth and strikes per area"},
    };
    // clang-format off
    static constexpr std::array parameters{
        Parameter{"pain_power_of_length", 1.77, "1", {1.4, 2.1}, Grade::indirect,
                  {"Gill, Denson, Burris, Prausnitz 2008, Clin J Pain, PMC2917250",
                   "seven times the pain for three times the length: ln 7 / ln 3"},
                  "power of the depth of channels in pain"},
        Parameter{"pain_power_of_number", 0.30, "1", {0.1, 0.6}, Grade::indirect,
                  {"Gill, Denson, Burris, Prausnitz 2008, Clin J Pain, PMC2917250",
                   "twice the pain for ten times the needles: ln 2 / ln 10"},
                  "power of the number of needles in pain"},
        Parameter{"pain_of_reference", 5.23, "1", {2, 9}, Grade::indirect,
                  {"Am J Clin Dermatol 2019, doi:10.1007/s40257-018-0415-0",
                   "5.23 of 10, needling of striae of 20 patients; needle length and density are not known to us"},
                  "pain of channels 0.9 mm deep at 2.3 strikes a mm2"},
        Parameter{"pain_left_by_anaesthetic", 0.2, "1", {0.05, 0.7}, Grade::indirect,
                  {"Alam et al. 2014, JAMA Dermatol, doi:10.1001/jamadermatol.2013.8687",
                   "1.08 of 10 under a topical anaesthetic, against 5.23 of 10 in another trial; other series report 3 "
                   "to 5 under one"},
                  "share of the pain that a topical anaesthetic leaves"},
        Parameter{"pain_fading_time", 1.5, "h", {0.3, 4}, Grade::indirect,
                  {"Hong Kong J Dermatol Venereol 2018;26:52",
                   "pain, redness and swelling for 3 to 6 h after a roller"},
                  "time in which pain falls to 1/e"},
    };
    // clang-format on
    using states = std::tuple<Soreness>;

    /// Between the times of its own steps a fast decay is interpolated and may undershoot zero by a trace.
    static auto value(const auto& now) { return positive_part(get<"soreness">(now.x)); }
};

}  // namespace cicatrix::readout
