// Names of dimensions.
#include "cicatrix/units/dimension.hpp"

#include <algorithm>
#include <array>
#include <string_view>

namespace cicatrix {
namespace {

struct NamedDimension {
    Dimension dimension;
    std::string_view name;
};

constexpr std::array named_dimensions{
    NamedDimension{{}, "a plain number"},
    NamedDimension{{.length = 1}, "a length"},
    NamedDimension{{.length = 2}, "an area"},
    NamedDimension{{.length = 3}, "a volume"},
    NamedDimension{{.mass = 1}, "a mass"},
    NamedDimension{{.time = 1}, "a time"},
    NamedDimension{{.temperature = 1}, "a temperature"},
    NamedDimension{{.amount = 1}, "an amount of a substance"},
    NamedDimension{{.time = -1}, "a rate"},
    NamedDimension{{.length = -1}, "a number per length"},
    NamedDimension{{.length = -2}, "a number per area"},
    NamedDimension{{.length = -3}, "a number per volume"},
    NamedDimension{{.length = -2, .time = 1}, "a time per area"},
    NamedDimension{{.length = -2, .mass = 1}, "a mass per area"},
    NamedDimension{{.length = -3, .mass = 1}, "a mass per volume"},
    NamedDimension{{.mass = 1, .amount = -1}, "a mass per amount"},
    NamedDimension{{.length = 1, .time = -1}, "a speed"},
    NamedDimension{{.length = 2, .time = -1}, "an area per time"},
    NamedDimension{{.length = -2, .mass = 1, .time = -1}, "a mass flux"},
    NamedDimension{{.length = 1, .mass = 1, .time = -2}, "a force"},
    NamedDimension{{.length = 2, .mass = 1, .time = -2}, "an energy"},
    NamedDimension{{.length = -1, .mass = 1, .time = -2}, "a pressure"},
    NamedDimension{{.mass = 1, .time = -2}, "an energy per area"},
};

void append_power(std::string& text, std::string_view unit, int power) {
    if (power == 0) return;
    if (!text.empty()) text += " ";
    text += unit;
    if (power != 1) text += std::to_string(power);
}

}  // namespace

std::string words(Dimension dimension) {
    const auto hit = std::ranges::find(named_dimensions, dimension, &NamedDimension::dimension);
    return hit != named_dimensions.end() ? std::string(hit->name) : "a quantity in " + base_unit(dimension);
}

std::string base_unit(Dimension dimension) {
    std::string text;
    append_power(text, "g", dimension.mass);
    append_power(text, "mm", dimension.length);
    append_power(text, "degC", dimension.temperature);
    append_power(text, "d", dimension.time);
    append_power(text, "mol", dimension.amount);
    return text.empty() ? "1" : text;
}

}  // namespace cicatrix
