// How far the states of the microneedling model travel in the dermis, and how deep the epidermis is heard in it.
#pragma once
#include <array>

#include "cicatrix/model/concepts.hpp"

namespace cicatrix {

namespace depth {
inline constexpr std::string_view own_choice = "own choice";
inline constexpr std::string_view sohutskay_2021 =
    "Sohutskay, Buganza Tepole, Voytik-Harbin 2021, Acta Biomater 368-382, doi:10.1016/j.actbio.2021.08.007";

constexpr Parameter like_tgf(std::string_view name, std::string_view meaning) {
    return {name, 0.29, "mm2/d", {0.03, 3}, Grade::assumed, {own_choice, "a small protein like TGF-beta"}, meaning};
}
constexpr Parameter of_leucocytes(std::string_view name, std::string_view meaning) {
    return {name,
            0.05,
            "mm2/d",
            {0.005, 0.5},
            Grade::assumed,
            {own_choice,
             "of published models only one that smears inflammation over the whole dermis is known; chosen "
             "so that a cell strays some tenths of a millimetre in its life"},
            meaning};
}
constexpr Parameter of_proteases(std::string_view name, std::string_view meaning) {
    return {name,           0.1,
            "mm2/d",        {0.01, 1},
            Grade::assumed, {own_choice, "larger than TGF-beta and bound by the matrix that they act on"},
            meaning};
}

// clang-format off
inline constexpr std::array parameters{
    Parameter{"damage_signals_diffusivity", 0.05, "mm2/d", {0.005, 0.5}, Grade::assumed,
              {own_choice, "fragments of many sizes and debris that hardly moves"}, "diffusivity of damage signals"},
    of_leucocytes("neutrophils_diffusivity", "random migration of neutrophils"),
    of_leucocytes("macrophages_m1_diffusivity", "random migration of inflammatory macrophages"),
    of_leucocytes("macrophages_m2_diffusivity", "random migration of repair macrophages"),
    like_tgf("il10_diffusivity", "diffusivity of the mediator of the IL-10 kind"),
    Parameter{"tgf_beta1_latent_diffusivity", 0.05, "mm2/d", {0.005, 0.5}, Grade::assumed,
              {own_choice, "bound to the matrix for most of the time"}, "diffusivity of latent TGF-beta1"},
    Parameter{"tgf_beta1_active_diffusivity", 0.29, "mm2/d", {0.03, 15}, Grade::opinion,
              {sohutskay_2021, "0.01208 mm2/h in the authors' code, taken there from another model"},
              "diffusivity of active TGF-beta1"},
    like_tgf("tgf_beta3_diffusivity", "diffusivity of TGF-beta3"),
    like_tgf("pdgf_diffusivity", "diffusivity of PDGF and FGF"),
    like_tgf("vegf_diffusivity", "diffusivity of VEGF"),
    Parameter{"fibroblasts_diffusivity", 0.01, "mm2/d", {1e-4, 2}, Grade::assumed,
              {own_choice, "published models lie between 1e-4 and 2 mm2/d"}, "random migration of fibroblasts"},
    Parameter{"myofibroblasts_diffusivity", 0.005, "mm2/d", {5e-5, 1}, Grade::assumed,
              {own_choice, "half of that of fibroblasts: they hold on to the matrix"},
              "random migration of myofibroblasts"},
    of_proteases("mmp_diffusivity", "diffusivity of matrix metalloproteinases"),
    of_proteases("timp_diffusivity", "diffusivity of their inhibitors"),
    Parameter{"epidermal_signal_depth", 0.1, "mm", {0.03, 1e9}, Grade::assumed,
              {own_choice, "what an open epidermis sends is heard by the dermis next to it"},
              "depth in the dermis over which signals between it and the epidermis fall by a factor e"},
    Parameter{"papillary_collagen_iii_ratio", 1.5, "1", {1, 3}, Grade::assumed,
              {own_choice, "the papillary dermis is held to be richer in type III; the mean over the dermis stays"},
              "collagen III of the papillary dermis over that of the reticular dermis, at home"},
};
// clang-format on
static_assert(sound(parameters));
}  // namespace depth

using DepthParameters = Values<depth::parameters, double>;

inline constexpr DepthParameters default_depth_parameters = [] {
    DepthParameters out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = depth::parameters[i].value;
    return out;
}();

}  // namespace cicatrix
