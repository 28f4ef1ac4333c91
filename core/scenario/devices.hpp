// Which keys belong to which kind of device, and what each kind takes for granted.
#pragma once
#include <array>
#include <span>
#include <string_view>

#include "cicatrix/model/declare.hpp"

namespace cicatrix {

enum class Belonging {
    required,  ///< in the file, or in every session of it
    optional,  ///< has the default given beside it
    instead,   ///< has no default; when given, it takes the place of the keys marked `replaced`
    replaced,  ///< has a default, and is refused beside the key marked `instead`
};

struct DeviceKey {
    std::string_view name;
    Belonging belonging;
    std::string_view fallback = "";
    Grade grade = Grade::assumed;  ///< of the fallback
    Source source = {};
};

struct DeviceKind {
    std::string_view name;
    std::string_view with_article;
    std::span<const DeviceKey> keys;
};

namespace device {
inline constexpr std::string_view dermaroller =
    "Schwarz and Laaff 2011, Plast Reconstr Surg, doi:10.1097/PRS.0b013e3182131e0f";
inline constexpr std::string_view own_choice = "own choice";
inline constexpr DeviceKey needle_length{"device.needle_length", Belonging::required};
inline constexpr DeviceKey needle_diameter{
    "device.needle_diameter", Belonging::optional, "0.25 mm", Grade::indirect, {dermaroller, "Dermaroller MF8"}};
inline constexpr DeviceKey passes{"protocol.passes", Belonging::required};

inline constexpr std::array roller{
    needle_length,
    needle_diameter,
    DeviceKey{"device.needles", Belonging::replaced, "192", Grade::indirect, {dermaroller, "Dermaroller MF8"}},
    DeviceKey{"device.drum_diameter", Belonging::replaced, "20 mm", Grade::indirect, {dermaroller, "Dermaroller MF8"}},
    DeviceKey{"device.drum_width", Belonging::replaced, "20 mm", Grade::indirect, {dermaroller, "Dermaroller MF8"}},
    DeviceKey{"device.channel_density", Belonging::instead},
    DeviceKey{
        "device.penetration_ratio",
        Belonging::optional,
        "0.6",
        Grade::assumed,
        {own_choice, "long rollers; a roller of 0.77 mm reached 0.20 in hairless rats (Kalluri 2011, PMC3160154)"}},
    passes,
};
inline constexpr std::array pen{
    needle_length,
    needle_diameter,
    DeviceKey{"device.channel_density",
              Belonging::optional,
              "100 /cm2",
              Grade::assumed,
              {own_choice, "depends on stamps per second and glide speed, which this version does not ask"}},
    DeviceKey{"device.penetration_ratio",
              Belonging::optional,
              "1",
              Grade::indirect,
              {"Sasaki 2019, Aesthet Surg J Open Forum, doi:10.1093/asjof/ojz017",
               "depth closely approximated the set length at 0.5 and 1.5 mm, one donor, ex vivo"}},
    passes,
};
inline constexpr std::array stamp{
    needle_length,
    needle_diameter,
    DeviceKey{"device.channel_density",
              Belonging::optional,
              "64 /cm2",
              Grade::assumed,
              {own_choice, "an array of 8 by 8 needles on a square centimetre"}},
    DeviceKey{"device.penetration_ratio",
              Belonging::optional,
              "0.77",
              Grade::indirect,
              {"Donnelly et al. 2011, PMC3016610", "460 of 600 um, polymeric array, human skin in vivo"}},
    passes,
};
inline constexpr std::array prescribed{
    DeviceKey{"device.injured_fraction", Belonging::required},
};
}  // namespace device

inline constexpr std::array device_kinds{
    DeviceKind{"roller", "a roller", device::roller},
    DeviceKind{"pen", "a pen", device::pen},
    DeviceKind{"stamp", "a stamp", device::stamp},
    DeviceKind{"prescribed", "a prescribed injury", device::prescribed},
};

/// Values that a session of the list form may have of its own, under the last part of their names.
inline constexpr std::array session_keys{
    std::string_view{"device.needle_length"},     std::string_view{"device.channel_density"},
    std::string_view{"device.penetration_ratio"}, std::string_view{"device.injured_fraction"},
    std::string_view{"protocol.passes"},
};

}  // namespace cicatrix
