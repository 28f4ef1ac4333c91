// Chance that the sessions so far leave dark spots: post-inflammatory hyperpigmentation.
#pragma once
#include "cicatrix/readout/melanin_index.hpp"

namespace cicatrix::readout {

/// Days of full stimulus so far. It never falls: it counts who has had a dark spot, not who still has it.
struct PigmentStrain {
    static constexpr State row{"pigment_strain", "d", "time that inflammation has stirred pigment cells, weighted"};

    static double start(const auto&) { return 0.0; }

    static auto flow(const auto& now) {
        const bool thermal = !now.sessions.empty() && now.sessions.back().channels.thermal;
        const auto stimulus = pigment_stimulus(now);
        const auto stirred = thermal ? get<"pigment_response_by_heat">(now.p) * stimulus : stimulus;
        return FlowOf{now.sessions.empty() ? decltype(stirred)(0.0) : stirred, 0.0};
    }
};

struct HyperpigmentationRisk {
    static constexpr Readout row{
        .name = "hyperpigmentation_risk",
        .unit = "1",
        .meaning =
            "chance, 0 to 1, that the sessions so far have left dark spots (post-inflammatory hyperpigmentation)",
        .formula =
            "1 - exp(-hyperpigmentation_hazard pigment_response_by_phototype^(phototype - 2) pigment_strain); "
            "pigment_strain grows with the stimulus of melanin_index, by pigment_response_by_heat faster after "
            "heat: that laser darkens more than needles is built-in evidence and does not emerge",
        .grade = Grade::assumed,
        .source = {"own choice",
                   "a hazard fitted by hand to 5 of 30 patients of types IV and V after five sessions (Dogra, Yadav, "
                   "Sarangal 2014, J Cosmet Dermatol); reports range from 0 to 22 per cent, 5.6 to 7.3 pooled"},
    };
    // clang-format off
    static constexpr std::array parameters{
        Parameter{"hyperpigmentation_hazard", 0.0015, "1/d", {0.0002, 0.006}, Grade::assumed,
                  {"own choice", "17 per cent in phototype IV to V after five monthly sessions of a 1.5 mm roller, "
                                 "see the source of the read-out"},
                  "chance of dark spots per day of full stimulus, phototype II"},
        Parameter{"pigment_response_by_heat", 3.04, "1", {1.49, 6.21}, Grade::indirect,
                  {"meta-analysis of carbon dioxide laser against needling, Lasers Med Sci 2026;41:124, "
                   "doi:10.1007/s10103-026-04905-5",
                   "risk ratio and its interval, used as a factor on equal inflammation"},
                  "hazard of dark spots after heat over that after needles"},
    };
    // clang-format on
    using states = std::tuple<PigmentStrain>;

    static auto value(const auto& now) {
        const auto hazard = get<"hyperpigmentation_hazard">(now.p) * pigment_response_of_phototype(now);
        return 1.0 - exp(-hazard * get<"pigment_strain">(now.x));
    }
};

}  // namespace cicatrix::readout
