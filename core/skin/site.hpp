// Treated parts of the body and the thickness of their dermis.
#pragma once
#include <array>
#include <string_view>

#include "cicatrix/model/declare.hpp"

namespace cicatrix {

enum class Sex { unknown, female, male };

struct Site {
    std::string_view name;
    double dermis_male, dermis_female;  ///< mm
    Grade grade;
    std::string_view source;
};

namespace skin {
inline constexpr std::string_view meng =
    "Meng et al. 2022, BMC Med Imaging, doi:10.1186/s12880-022-00839-w, Table 2, high-frequency ultrasound";
inline constexpr std::string_view off_face =
    "own choice: ultrasound-like thickness, not measured in the sources used here";
}  // namespace skin

/// Dermis by ultrasound, which is thinner than by histology of surgical samples (1.1-1.9 mm on the face).
inline constexpr std::array sites{
    Site{"forehead", 1.17, 0.86, Grade::measured, skin::meng},
    Site{"periorbital", 1.06, 0.80, Grade::measured,
         "temple: Meng et al. 2022, BMC Med Imaging, doi:10.1186/s12880-022-00839-w"},
    Site{"cheek", 1.14, 0.87, Grade::measured,
         "zygoma: Meng et al. 2022, BMC Med Imaging, doi:10.1186/s12880-022-00839-w"},
    Site{"perioral", 1.02, 0.91, Grade::indirect,
         "submandibular taken: Meng et al. 2022, BMC Med Imaging, doi:10.1186/s12880-022-00839-w"},
    Site{"neck", 0.98, 0.99, Grade::measured, skin::meng},
    Site{"scalp", 1.5, 1.4, Grade::assumed, skin::off_face},
    Site{"abdomen", 1.6, 1.4, Grade::assumed, skin::off_face},
    Site{"forearm", 1.1, 0.95, Grade::assumed, skin::off_face},
};

/// Thickness of the dermis, in mm; the mean of both sexes when the sex is not known.
constexpr double dermis_thickness(const Site& site, Sex sex) {
    return sex == Sex::male     ? site.dermis_male
           : sex == Sex::female ? site.dermis_female
                                : 0.5 * (site.dermis_male + site.dermis_female);
}

}  // namespace cicatrix
