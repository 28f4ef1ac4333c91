// Which keys belong to which kind of device, and what each kind takes for granted.
#pragma once
#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <string_view>

#include "cicatrix/injury/fractional_laser.hpp"
#include "cicatrix/model/declare.hpp"
#include "cicatrix/scenario/scenario.hpp"

namespace cicatrix {

/// A key of one kind of device. One that is needed stands in the file, or in every session of it. Any other has the
/// fallback given here, or none.
struct DeviceKey {
    std::string_view name;
    Need need = Need::optional;
    std::string_view fallback = "";
    Grade grade = Grade::assumed;  ///< of the fallback
    Source source = {};
    std::span<const std::string_view> yields_to = {};  ///< keys that take its place: it is refused beside one of them
};

struct DeviceKind {
    std::string_view name;
    std::string_view with_article;
    std::span<const DeviceKey> keys;
};

namespace device {
using Names = std::string_view[];
inline constexpr Source mf8{"Schwarz and Laaff 2011, Plast Reconstr Surg, doi:10.1097/PRS.0b013e3182131e0f",
                            "Dermaroller MF8"};
inline constexpr std::string_view trade_press = "The Aesthetic Guide Nov/Dec 2012, trade press";
inline constexpr std::string_view own_choice = "own choice";
inline constexpr Names given_density{"device.channel_density"};
inline constexpr Names given_density_or_dwell{"device.channel_density", "device.dwell"};
inline constexpr Source half_an_hour{own_choice, "half an hour for 100 cm2 with the passes of a usual session"};
inline constexpr Source usual_price{own_choice, "popular articles name 100 to 200 USD a session"};

// clang-format off
inline constexpr DeviceKey needle_length{"device.needle_length", Need::required};
inline constexpr DeviceKey needle_diameter{
    "device.needle_diameter", Need::optional, "0.25 mm", Grade::indirect, mf8};
inline constexpr DeviceKey insertion_force{
    "device.insertion_force", Need::optional, "0.1 N", Grade::assumed,
    {own_choice, "well above the 0.03 N that a needle of an array needs (Donnelly et al. 2011, PMC3016610, pig skin)"}};
inline constexpr DeviceKey penetration_ratio{"device.penetration_ratio"};
inline constexpr DeviceKey channel_density{"device.channel_density"};
inline constexpr DeviceKey passes{"protocol.passes", Need::required};
inline constexpr DeviceKey directions{
    "protocol.directions", Need::optional, "4", Grade::assumed, {own_choice, "across, along and both diagonals"}};
inline constexpr DeviceKey session_price{
    "protocol.session_price", Need::optional, "150", Grade::assumed, usual_price};

inline constexpr std::array roller{
    needle_length, needle_diameter, insertion_force, penetration_ratio, channel_density,
    DeviceKey{"device.needles", Need::optional, "192", Grade::indirect, mf8, given_density},
    DeviceKey{"device.rows", Need::optional, "8", Grade::indirect, mf8, given_density},
    DeviceKey{"device.drum_diameter", Need::optional, "20 mm", Grade::indirect, mf8, given_density},
    DeviceKey{"device.drum_width", Need::optional, "20 mm", Grade::indirect, mf8, given_density},
    passes, directions,
    DeviceKey{"protocol.pass_time", Need::optional, "1.2 s/cm2", Grade::assumed, half_an_hour},
    session_price,
};
inline constexpr std::array pen{
    needle_length, needle_diameter, insertion_force, penetration_ratio, channel_density,
    DeviceKey{"device.needles", Need::optional, "12", Grade::assumed,
              {own_choice, "pages of clinics say 12 or 14 for the SkinPen; a Dermapen has 11"}, given_density},
    DeviceKey{"device.stamp_rate", Need::optional, "90 /s", Grade::indirect,
              {trade_press, "Dermapen, 90 Hz"}, given_density},
    DeviceKey{"device.tip_width", Need::optional, "10 mm", Grade::assumed,
              {own_choice, "a tip that covers about a square centimetre"}, given_density},
    DeviceKey{"device.glide_speed", Need::optional, "50 mm/s", Grade::assumed,
              {own_choice, "an unhurried stroke of the hand"}, given_density_or_dwell},
    DeviceKey{"device.dwell", Need::optional, "", Grade::assumed, {}, given_density},
    passes, directions,
    DeviceKey{"protocol.pass_time", Need::optional, "18 s/cm2", Grade::assumed, half_an_hour},
    session_price,
};
inline constexpr std::array stamp{
    needle_length, needle_diameter, insertion_force, penetration_ratio, channel_density,
    DeviceKey{"device.needles", Need::optional, "64", Grade::assumed,
              {own_choice, "an array of 8 by 8 needles"}, given_density},
    DeviceKey{"device.array_width", Need::optional, "10 mm", Grade::assumed,
              {own_choice, "an array of a square centimetre"}, given_density},
    passes, directions,
    DeviceKey{"protocol.pass_time", Need::optional, "4.5 s/cm2", Grade::assumed, half_an_hour},
    session_price,
};
template <Name name>
inline constexpr const Parameter& laser = injury::laser_parameters[index_of(injury::laser_parameters, name)];

inline constexpr std::array fractional_laser{
    DeviceKey{"device.channel_density", Need::optional, "400 /cm2",
              laser<"column_density">.grade, laser<"column_density">.source},
    DeviceKey{"device.column_diameter", Need::optional, "0.1 mm",
              laser<"column_diameter">.grade, laser<"column_diameter">.source},
    DeviceKey{"device.column_depth", Need::optional, "0.3 mm",
              laser<"column_depth">.grade, laser<"column_depth">.source},
    DeviceKey{"device.ablation", Need::optional, "0.5",
              laser<"column_ablation">.grade, laser<"column_ablation">.source},
    DeviceKey{"protocol.passes", Need::optional, "1", Grade::assumed, {own_choice, "one pass of the scanner"}},
    DeviceKey{"protocol.pass_time", Need::optional, "18 s/cm2", Grade::assumed, half_an_hour},
    DeviceKey{"protocol.session_price", Need::optional, "600", Grade::assumed,
              {own_choice, "a session with a laser costs several times one with needles"}},
};
inline constexpr std::array prescribed{
    DeviceKey{"device.injured_fraction", Need::required},
};
// clang-format on
}  // namespace device

inline constexpr std::array device_kinds{
    DeviceKind{"roller", "a roller", device::roller},
    DeviceKind{"pen", "a pen", device::pen},
    DeviceKind{"stamp", "a stamp", device::stamp},
    DeviceKind{"fractional laser", "a fractional laser", device::fractional_laser},
    DeviceKind{"prescribed", "a prescribed injury", device::prescribed},
};
static_assert(std::ranges::equal(choice::devices, device_kinds, {}, {}, &DeviceKind::name));

/// A value that each session may have of its own, under the last part of its name.
struct SessionKey {
    std::string_view name;
    double Session::*member;
    std::string_view unit = "";  ///< of the member; empty: the base unit
};

inline constexpr std::array session_keys{
    SessionKey{"device.needle_length", &Session::needle_length},
    SessionKey{"device.needle_diameter", &Session::needle_diameter},
    SessionKey{"device.insertion_force", &Session::insertion_force, "N"},
    SessionKey{"device.channel_density", &Session::channel_density},
    SessionKey{"device.penetration_ratio", &Session::penetration_ratio},
    SessionKey{"device.column_diameter", &Session::column_diameter},
    SessionKey{"device.column_depth", &Session::column_depth},
    SessionKey{"device.ablation", &Session::ablation},
    SessionKey{"device.injured_fraction", &Session::injured_fraction},
    SessionKey{"protocol.passes", &Session::passes},
};

}  // namespace cicatrix
