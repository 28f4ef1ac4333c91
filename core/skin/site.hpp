// Treated parts of the body: how thick their layers are, how far they give way under a device, how they are compressed.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/declare.hpp"

namespace cicatrix {

enum class Sex { unknown, female, male };

/// One part of the body. The dermis is measured, the other columns are own choices of the order of the sources below.
struct Site {
    std::string_view name;
    double dermis_male, dermis_female;  ///< mm
    Grade grade;                        ///< of the dermis
    std::string_view source;
    double epidermis;       ///< living epidermis, mm
    double horny_layer;     ///< mm
    double give;            ///< how far the skin dents before a needle enters, relative to the cheek
    double resting_strain;  ///< compression of the skin at 50 years, 1; what folds it
};

namespace skin {
inline constexpr std::string_view meng =
    "Meng et al. 2022, BMC Med Imaging, doi:10.1186/s12880-022-00839-w, Table 2, high-frequency ultrasound";
inline constexpr std::string_view off_face =
    "own choice: ultrasound-like thickness, not measured in the sources used here";
/// Where the thickness of epidermis and horny layer comes from.
inline constexpr Source epidermis_source{
    "own choice",
    "of the order of Chopra et al. 2015 (face 30 to 63 um, paraffin), doi:10.1093/asj/sjv079, and Sandby-Moller et al. "
    "2003 (forearm 57 um, horny layer 18 um; shoulder 11 um), doi:10.1080/00015550310015419"};
inline constexpr Source give_source{"own choice", "firm over bone (forehead, scalp), soft over fat (neck, abdomen)"};
inline constexpr Source resting_strain_source{"own choice",
                                              "largest where muscles fold the skin (periorbital, perioral)"};
}  // namespace skin

/// Dermis by ultrasound, which is thinner than by histology of surgical samples (1.1-1.9 mm on the face).
// clang-format off
inline constexpr std::array sites{
    Site{"forehead", 1.17, 0.86, Grade::measured, skin::meng, 0.050, 0.012, 0.85, 0.11},
    Site{"periorbital", 1.06, 0.80, Grade::measured,
         "temple: Meng et al. 2022, BMC Med Imaging, doi:10.1186/s12880-022-00839-w", 0.045, 0.010, 1.05, 0.13},
    Site{"cheek", 1.14, 0.87, Grade::measured,
         "zygoma: Meng et al. 2022, BMC Med Imaging, doi:10.1186/s12880-022-00839-w", 0.050, 0.012, 1.0, 0.09},
    Site{"perioral", 1.02, 0.91, Grade::indirect,
         "submandibular taken: Meng et al. 2022, BMC Med Imaging, doi:10.1186/s12880-022-00839-w", 0.055, 0.012, 1.05, 0.12},
    Site{"neck", 0.98, 0.99, Grade::measured, skin::meng, 0.045, 0.012, 1.2, 0.10},
    Site{"scalp", 1.5, 1.4, Grade::assumed, skin::off_face, 0.055, 0.014, 0.75, 0.05},
    Site{"abdomen", 1.6, 1.4, Grade::assumed, skin::off_face, 0.060, 0.014, 1.25, 0.06},
    Site{"forearm", 1.1, 0.95, Grade::assumed, skin::off_face, 0.057, 0.018, 1.05, 0.06},
};
// clang-format on

namespace skin {
inline constexpr Source thinning_source{"Gerontology 1990;36:28-35, doi:10.1159/000213172",
                                        "dermis of the inner upper arm, 6 per cent less each decade; that the sites' "
                                        "thickness is that of 45 years is an own choice"};
}  // namespace skin

/// Thickness of the dermis at an age over that of 45 years, which the sites are taken to have (skin::thinning_source).
constexpr double thinning_by_age(double age) {
    constexpr double share_of_a_decade = 0.06;
    return 1.0 - share_of_a_decade * (age - 45.0) / 10.0;
}

/// Thickness of the dermis at 45 years, in mm; the mean of both sexes when the sex is not known.
constexpr double dermis_thickness(const Site& site, Sex sex) {
    return sex == Sex::male     ? site.dermis_male
           : sex == Sex::female ? site.dermis_female
                                : 0.5 * (site.dermis_male + site.dermis_female);
}

}  // namespace cicatrix
