// Stiffness of the whole skin as torsion or suction of a wide area feels it.
#pragma once
#include "cicatrix/numeric/functions.hpp"
#include "cicatrix/readout/dermal_modulus.hpp"

namespace cicatrix::readout {

struct SkinModulus {
    static constexpr Readout row{
        .name = "skin_modulus",
        .unit = "MPa",
        .meaning = "Young's modulus of the whole skin; it grows with age, unlike that of the upper dermis",
        .formula = "skin_modulus_young 2^((age - 25) / skin_modulus_doubling) dermal_modulus / dermal_modulus at day 0",
        .grade = Grade::indirect,
        .source = {"Agache et al. 1980, Arch Dermatol Res 269",
                   "doubles from 3 to 89 years, 138 people, torsion; that it follows the dermis in between is ours"},
    };

    // clang-format off
    static constexpr std::array parameters{
        Parameter{"skin_modulus_young", 0.5, "MPa", {0.1, 2}, Grade::assumed,
                  {"own choice", "methods differ by more than ten times"},
                  "Young's modulus of the whole skin at 25 years"},
        Parameter{"skin_modulus_doubling", 86.0, "year", {50, 200}, Grade::indirect,
                  {"Agache et al. 1980, Arch Dermatol Res 269", "doubles from 3 to 89 years; taken as exponential"},
                  "years in which the modulus of the whole skin doubles"},
    };
    // clang-format on

    static auto value(const auto& now) {
        const auto [young, doubling] = pick<"skin_modulus_young", "skin_modulus_doubling">(now.p);
        const decltype((now.age - 25.0) / doubling) two = 2.0;
        return young * pow(two, (now.age - 25.0) / doubling) * DermalModulus::relative(now.y, now.k, now.p) /
               DermalModulus::relative(now.start, now.k, now.p);
    }
};

}  // namespace cicatrix::readout
