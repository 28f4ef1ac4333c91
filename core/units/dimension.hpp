// What kind of thing a number measures: powers of length, mass, time, temperature and amount, with a name in words.
#pragma once
#include <string>

namespace cicatrix {

/// Powers of the base units mm, g, day, degC and mol. All zero: a plain number.
struct Dimension {
    int length = 0;
    int mass = 0;
    int time = 0;
    int temperature = 0;
    int amount = 0;
    bool operator==(const Dimension&) const = default;
};

namespace dimension {
inline constexpr Dimension none{};
inline constexpr Dimension length{.length = 1};
inline constexpr Dimension mass{.mass = 1};
inline constexpr Dimension time{.time = 1};
inline constexpr Dimension temperature{.temperature = 1};
inline constexpr Dimension rate{.time = -1};
inline constexpr Dimension area{.length = 2};
inline constexpr Dimension number_per_area{.length = -2};
inline constexpr Dimension time_per_area{.length = -2, .time = 1};
inline constexpr Dimension mass_per_area{.length = -2, .mass = 1};
inline constexpr Dimension mass_per_volume{.length = -3, .mass = 1};
inline constexpr Dimension mass_per_amount{.mass = 1, .amount = -1};
inline constexpr Dimension speed{.length = 1, .time = -1};
inline constexpr Dimension force{.length = 1, .mass = 1, .time = -2};
}  // namespace dimension

/// The dimension in words with its article, for example "a length"; for one without a name, its powers of base units.
std::string words(Dimension dimension);

/// The base unit of a dimension as text, for example "g/mm3" as "g mm-3"; "1" for a plain number.
std::string base_unit(Dimension dimension);

}  // namespace cicatrix
