// The works from which the microneedling model takes numbers. Those that only lend a form stand beside the parameter.
#pragma once
#include <string_view>

#include "cicatrix/model/declare.hpp"

namespace cicatrix::microneedling {

inline constexpr std::string_view bianchi_2015 =
    "Bianchi, Painter, Sherratt 2015, J Theor Biol 383:61-86, PMID 26254217 (BioModels BIOMD0000000722)";
inline constexpr std::string_view cooper_2015 =
    "Cooper, Segal, Diegelmann, Reynolds 2015, J Theor Biol 367:86-99, doi:10.1016/j.jtbi.2014.11.008 (BioModels "
    "BIOMD0000000855)";
inline constexpr std::string_view reynolds_2006 =
    "Reynolds, Rubin, Clermont, Day, Vodovotz, Ermentrout 2006, J Theor Biol 242:220, PMID 16584750 (BioModels "
    "BIOMD0000000714)";
inline constexpr std::string_view zlobina_2022 =
    "Zlobina, Xue, Gomez 2022, Front Appl Math Stat 8:791064, doi:10.3389/fams.2022.791064";
inline constexpr std::string_view waugh_2006 =
    "Waugh and Sherratt 2006, Bull Math Biol 68:197-207, PMID 16794927 (BioModels BIOMD0000000679)";
inline constexpr std::string_view waugh_2007 =
    "Waugh and Sherratt 2007, Wound Repair Regen 15:556-565, PMID 17650100 (BioModels MODEL1006230106)";
inline constexpr std::string_view lazebnik_friedman =
    "Lazebnik and Friedman, mathematical model of systemic sclerosis (text read, journal and year not confirmed)";
inline constexpr std::string_view jin_2011 =
    "Jin, Han, Berger et al. 2011, BMC Syst Biol 5:60, doi:10.1186/1752-0509-5-60";
inline constexpr std::string_view sohutskay_2021 =
    "Sohutskay, Buganza Tepole, Voytik-Harbin 2021, Acta Biomater 368-382, doi:10.1016/j.actbio.2021.08.007";
inline constexpr std::string_view verzijl_2000 = "Verzijl et al. 2000, J Biol Chem";
inline constexpr std::string_view micropores_2021 = "Micropore closure by impedance, 35 subjects, 2021, PMC8259462";
inline constexpr std::string_view own_choice = "own choice";

}  // namespace cicatrix::microneedling
