// The numbers of the injury: how far a device dents the skin before its needles enter, how wide holes stay, and how far
// round a channel the tissue answers.
#pragma once
#include <array>

#include "cicatrix/model/concepts.hpp"

namespace cicatrix {

namespace injury {
inline constexpr std::string_view own_choice = "own choice";
inline constexpr std::string_view kalluri = "Kalluri, Kolli, Banga 2011, AAPS J, PMC3160154";

// clang-format off
inline constexpr std::array parameters{
    Parameter{"reach", 0.25, "mm", {0.1, 0.4}, Grade::assumed,
              {own_choice, "diffusion and migration lengths of some tenths of a millimetre, until a model of a channel gives it"},
              "distance from a channel within which tissue answers the injury"},
    Parameter{"roller_dent", 0.62, "mm", {0.4, 0.9}, Grade::analogue,
              {kalluri, "0.77 mm needles reached 0.15 mm in hairless rat; 1.5 to 2.0 mm of a 3 mm roller are stated without a measurement"},
              "how far a roller dents the cheek before its needles enter"},
    Parameter{"stamp_dent", 0.14, "mm", {0.05, 0.4}, Grade::indirect,
              {"Donnelly et al. 2011, PMC3016610", "460 of 600 um, polymeric array, human skin in vivo"},
              "how far a pressed array dents the cheek before its needles enter"},
    Parameter{"pen_dent", 0.02, "mm", {0, 0.15}, Grade::indirect,
              {"Sasaki 2019, Aesthet Surg J Open Forum, doi:10.1093/asjof/ojz017", "depth closely approximated the setting at 0.5 and 1.5 mm, one donor, ex vivo"},
              "how far a motorised pen dents the cheek before its needles enter"},
    Parameter{"shallow_ratio", 0.2, "1", {0.05, 0.4}, Grade::analogue,
              {kalluri, "152.5 of 770 um; taken for every needle shorter than the dent"},
              "depth over length for needles shorter than the dent"},
    Parameter{"dent_rounding", 0.02, "mm", {0.001, 0.1}, Grade::assumed,
              {own_choice, "skin does not switch from denting to piercing at one length; small against every dent"},
              "how softly depth passes from that of short needles to that of long ones"},
    Parameter{"insertion_threshold", 0.03, "N", {0.01, 0.1}, Grade::analogue,
              {"Donnelly et al. 2011, PMC3016610", "more than 0.03 N a needle, polymeric arrays, neonatal porcine skin"},
              "force on a needle at which it reaches half of its depth"},
    Parameter{"depth_variation", 0.2, "1", {0.05, 0.5}, Grade::assumed,
              {own_choice, "Kalluri 2011 saw 6 per cent among the channels of one roller; a whole treatment varies more"},
              "standard deviation of the depth from channel to channel, over its mean"},
    Parameter{"needle_slope", 0.085, "1", {0.04, 0.2}, Grade::indirect,
              {kalluri, "needles 0.77 mm long with a base of 0.14 mm: radius over length"},
              "radius of a needle over the distance from its tip, up to its full radius"},
    Parameter{"injured_width", 0.5, "1", {0.3, 1}, Grade::analogue,
              {kalluri, "holes 70.7 um wide where needles were 140 um at the base: tissue springs back; hairless rat"},
              "width of the injured tissue round a channel over the width of the needle there"},
    Parameter{"mouth_radius", 0.035, "mm", {0.01, 0.2}, Grade::analogue,
              {kalluri, "mouth diameter 70.7 um, roller of 0.77 mm, hairless rat"},
              "radius of the open mouth of a channel 0.15 mm deep"},
    Parameter{"mouth_growth", 0.333, "1", {0, 1}, Grade::assumed,
              {own_choice, "longer needles leak more (Sasaki 2019; Bal 2008, doi:10.1016/j.ejps.2008.06.016); strength ours"},
              "power of depth with which the mouth widens, up to the needle's own radius"},
    Parameter{"matrix_loss_by_heat", 0.6, "1", {0, 1}, Grade::assumed,
              {own_choice, "heated collagen is denatured; most of it is cleared, some is kept as a scaffold"},
              "share of the matrix lost where a beam heats tissue without ablating it"},
    Parameter{"stiffening_with_age", 0.01, "1/year", {0, 0.02}, Grade::assumed,
              {own_choice, "stiffer skin dents less; torsion of the skin of 138 people of 3 to 89 years found Young's modulus to double over life"},
              "growth of the stiffness of skin with age, from 25 years on"},
    Parameter{"reentry_radius", 0.05, "mm", {0, 0.125}, Grade::assumed,
              {own_choice, "a needle slides into a hole that it strikes; half of a common needle's radius"},
              "distance within which a needle re-enters an older hole of the session"},
    Parameter{"capillary_depth", 0.15, "mm", {0.08, 0.4}, Grade::assumed,
              {own_choice, "capillary loops rise from the plexus under the papillary dermis (Sorrell and Caplan 2004, "
                           "doi:10.1242/jcs.01005) almost to the epidermis; the depth is ours"},
              "depth below the surface of the skin from which a channel bleeds"},
    Parameter{"papillary_thickness", 0.3, "mm", {0.1, 0.4}, Grade::opinion,
              {"Sorrell, Caplan 2004, J Cell Sci 117:667, doi:10.1242/jcs.01005",
               "papillary cells are taken down to 0.3 mm, reticular cells from below 0.7 mm; a plexus lies between"},
              "thickness of the papillary dermis"},
};
// clang-format on
static_assert(sound(parameters));
}  // namespace injury

using InjuryParameters = Values<injury::parameters, double>;

inline constexpr InjuryParameters default_injury_parameters = [] {
    InjuryParameters out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = injury::parameters[i].value;
    return out;
}();

}  // namespace cicatrix
