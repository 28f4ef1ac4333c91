// The numbers of topical absorption: the film on the skin, the layers below it, the channels, the blood.
#pragma once
#include <array>

#include "cicatrix/model/declare.hpp"

namespace cicatrix {

namespace absorption {
inline constexpr std::string_view own_choice = "own choice";

// clang-format off
inline constexpr std::array parameters{
    Parameter{"film_thickness", 0.25, "mm", {0.005, 1}, Grade::assumed,
              {own_choice, "about 25 um of vehicle, sebum and sweat that dissolve ten times what water does; set by the fractions absorbed in Wester and Maibach 1976, doi:10.1111/1523-1747.ep12664543"},
              "water that would dissolve as much of a compound as the film on the skin does"},
    Parameter{"film_loss", 1.4, "1/d", {0, 10}, Grade::assumed,
              {own_choice, "clothes, hands and evaporation take half in 12 hours; set together with film_thickness"},
              "rate at which the film is rubbed off while nothing covers it"},
    Parameter{"washed_after", 1, "d", {0.05, 7}, Grade::assumed,
              {own_choice, "trials of absorption usually wash the site after a day"},
              "time from an application to the wash that follows it"},
    Parameter{"washed_share", 0.9, "1", {0, 1}, Grade::assumed,
              {own_choice, "soap and water leave some"},
              "share of the film that a wash takes away"},
    Parameter{"horny_diffusivity", 0.1, "mm2/d", {0.005, 1}, Grade::assumed,
              {own_choice, "a lag of half a day for hydrocortisone, of minutes for benzoic acid"},
              "diffusivity in the horny layer of a compound without mass"},
    Parameter{"horny_mass_slope", 0.0085, "mol/g", {0.004, 0.012}, Grade::opinion,
              {"J Appl Toxicol 2023;43:940, doi:10.1002/jat.4435", "the mass term of its regression of permeability, all of it laid on diffusion"},
              "fall of the decadic logarithm of diffusivity in the horny layer with molecular mass"},
    Parameter{"horny_turnover", 14, "d", {5, 30}, Grade::measured,
              {"Baker and Kligman 1967, Arch Dermatol 95:408", "dye on the back; one week on the forehead, three on the back of the hand"},
              "time in which the horny layer is shed and replaced"},
    Parameter{"free_diffusivity", 45, "mm2/d", {20, 100}, Grade::assumed,
              {own_choice, "of the order of sugars in water"},
              "diffusivity in water of a compound of 300 g/mol"},
    Parameter{"free_mass_exponent", 0.5, "1", {0.33, 0.67}, Grade::assumed,
              {own_choice, "between compact molecules and chains"},
              "power of molecular mass with which diffusivity in water falls"},
    Parameter{"tissue_hindrance", 0.2, "1", {0.02, 1}, Grade::assumed,
              {own_choice, "tissue fibres and cells slow small molecules several times"},
              "diffusivity in epidermis and dermis over that in water"},
    Parameter{"channel_hindrance", 0.003, "1", {0.0003, 1}, Grade::assumed,
              {own_choice, "tissue springs back and serum clots; rollers raised fluxes through pig ear only 1 to 7 times (Pharmaceutics 2015, PMC4695825; 2016, PMC5198017)"},
              "diffusivity in an open channel over that in water"},
    Parameter{"appendage_area", 0.001, "1", {0, 0.01}, Grade::opinion,
              {"Cosmetics and Toiletries, Transfollicular Delivery: The (W)hole Story", "orifices of follicles take 0.1 per cent of human skin, more where hair is dense; the way of water-loving compounds (Pharmaceutics 2016;8:32, PMC5198016)"},
              "share of intact skin that is open to water through follicles and sweat ducts, as hindered as channels"},
    Parameter{"appendage_depth", 0.5, "mm", {0.1, 2}, Grade::assumed,
              {own_choice, "upper part of a follicle"},
              "depth down to which follicles and sweat ducts give a compound to the skin"},
    Parameter{"blood_clearance", 100, "1/d", {5, 1000}, Grade::assumed,
              {own_choice, "of the order of the blood that flows through skin, less than a tenth of its volume a minute"},
              "rate at which blood takes a compound from the dermis"},
    Parameter{"occlusion_gain", 5, "1", {1, 10}, Grade::assumed,
              {own_choice, "a wet horny layer lets more through, with exceptions (Zhai and Maibach, Effects of occlusion); strength ours"},
              "permeability of the horny layer under a film over that in air"},
};
// clang-format on
static_assert(sound(parameters));
}  // namespace absorption

using AbsorptionParameters = Values<absorption::parameters, double>;

inline constexpr AbsorptionParameters default_absorption_parameters = [] {
    AbsorptionParameters out{};
    for (std::size_t i = 0; i < out.size(); ++i) out[i] = absorption::parameters[i].value;
    return out;
}();

}  // namespace cicatrix
