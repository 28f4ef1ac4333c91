// What kind of thing a number measures: powers of length, mass, time and temperature, with a name in words.
#pragma once
#include <string>

namespace cicatrix {

/// Powers of the base units mm, g, day and degC. All zero: a plain number.
struct Dimension {
    int length = 0;
    int mass = 0;
    int time = 0;
    int temperature = 0;
    bool operator==(const Dimension&) const = default;
};

namespace dimension {
inline constexpr Dimension none{};
inline constexpr Dimension length{.length = 1};
inline constexpr Dimension mass{.mass = 1};
inline constexpr Dimension time{.time = 1};
inline constexpr Dimension temperature{.temperature = 1};
inline constexpr Dimension rate{.time = -1};
inline constexpr Dimension number_per_area{.length = -2};
inline constexpr Dimension mass_per_area{.length = -2, .mass = 1};
}  // namespace dimension

/// The dimension in words with its article, for example "a length"; for one without a name, its powers of base units.
std::string words(Dimension dimension);

/// The base unit of a dimension as text, for example "g/mm3" as "g mm-3"; "1" for a plain number.
std::string base_unit(Dimension dimension);

}  // namespace cicatrix
