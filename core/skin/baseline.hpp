// What the skin was like before the first session: healthy, or changed in a way that people have treated.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/declare.hpp"

namespace cicatrix {

/// A baseline. Factors apply to the state at day 0, in the treated skin and in its twin.
struct Baseline {
    std::string_view name;
    double extra_age;        ///< years by which light has aged the skin beyond its age
    double mature_collagen;  ///< factor on cross-linked collagen
    double elastin;          ///< factor on elastin
    double scar_depth;       ///< depth of the atrophic scars or striae, mm; 0: none
    double scar_tendency;    ///< power to which the factors of keloid tendency apply (conditions); 0: not at all
    Grade grade;
    Source source;
};

// clang-format off
inline constexpr std::array baselines{
    Baseline{"healthy", 0, 1, 1, 0, 0, Grade::assumed, {"own choice", "the model's home state, aged"}},
    Baseline{"photo-aged", 12, 1, 0.8, 0, 0, Grade::assumed,
             {"own choice", "light ages exposed skin by a decade or so; elastotic fibres do not spring back"}},
    Baseline{"atrophic scar", 0, 0.85, 0.6, 0.35, 0, Grade::assumed,
             {"own choice", "scars lack collagen and elastic fibres; shallow boxcar scars are 0.1 to 0.5 mm deep, "
                            "deep ones "
                            "0.5 mm or more: Fabbrocini et al. 2010, Dermatol Res Pract, doi:10.1155/2010/893080, "
                            "Table 1"}},
    Baseline{"striae", 0, 0.85, 0.5, 0.15, 0, Grade::assumed,
             {"own choice", "flatter than acne scars, with a thin dermis and few elastic fibres"}},
    Baseline{"hypertrophic tendency", 0, 1, 1, 0, 0.5, Grade::assumed,
             {"own choice", "normal skin whose myofibroblasts stay longer: half way, by ratio, to keloid tendency"}},
};
// clang-format on

}  // namespace cicatrix
