// The table of units, and how products and powers of them are read.
#include "cicatrix/units/unit.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <iterator>
#include <utility>

#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

/// `names` are separated by blanks; the first is the one shown to users.
struct NamedUnit {
    std::string_view names;
    Unit unit;
};

constexpr Dimension energy{.length = 2, .mass = 1, .time = -2};
constexpr Dimension pressure{.length = -1, .mass = 1, .time = -2};
constexpr Dimension volume{.length = 3};
constexpr double day_squared = 86400.0 * 86400.0;  // in s2: newtons count seconds, the base units days

constexpr std::array named_units{
    NamedUnit{"s second seconds", {dimension::time, 1, 86400}},
    NamedUnit{"min minute minutes", {dimension::time, 1, 1440}},
    NamedUnit{"h hour hours", {dimension::time, 1, 24}},
    NamedUnit{"d day days", {dimension::time, 1, 1}},
    NamedUnit{"week weeks", {dimension::time, 7, 1}},
    NamedUnit{"month months", {dimension::time, 30.4375, 1}},
    NamedUnit{"year years", {dimension::time, 365.25, 1}},
    NamedUnit{"nm", {dimension::length, 1, 1e6}},
    NamedUnit{"um \u00b5m \u03bcm", {dimension::length, 1, 1000}},
    NamedUnit{"mm", {dimension::length, 1, 1}},
    NamedUnit{"cm", {dimension::length, 10, 1}},
    NamedUnit{"m", {dimension::length, 1000, 1}},
    NamedUnit{"pg", {dimension::mass, 1, 1e12}},
    NamedUnit{"ng", {dimension::mass, 1, 1e9}},
    NamedUnit{"ug \u00b5g \u03bcg", {dimension::mass, 1, 1e6}},
    NamedUnit{"mg", {dimension::mass, 1, 1000}},
    NamedUnit{"g", {dimension::mass, 1, 1}},
    NamedUnit{"kg", {dimension::mass, 1000, 1}},
    NamedUnit{"uL", {volume, 1, 1}},
    NamedUnit{"mL", {volume, 1000, 1}},
    NamedUnit{"L", {volume, 1e6, 1}},
    NamedUnit{"degC \u00b0C", {dimension::temperature, 1, 1}},
    NamedUnit{"mol", {{.amount = 1}, 1, 1}},
    NamedUnit{"1", {dimension::none, 1, 1}},
    NamedUnit{"%", {dimension::none, 1, 100}},
    NamedUnit{"mN", {dimension::force, 1e3 * day_squared, 1}},
    NamedUnit{"N", {dimension::force, 1e6 * day_squared, 1}},
    NamedUnit{"mJ", {energy, 1e6 * day_squared, 1}},
    NamedUnit{"J", {energy, 1e9 * day_squared, 1}},
    NamedUnit{"Pa", {pressure, day_squared, 1}},
    NamedUnit{"kPa", {pressure, 1e3 * day_squared, 1}},
    NamedUnit{"MPa", {pressure, 1e6 * day_squared, 1}},
};

std::vector<std::string_view> split(std::string_view text) {
    std::vector<std::string_view> parts;
    for (std::size_t begin = 0; begin < text.size();) {
        const std::size_t end = std::min(text.find(' ', begin), text.size());
        if (end > begin) parts.push_back(text.substr(begin, end - begin));
        begin = end + 1;
    }
    return parts;
}

std::string_view shown_name(const NamedUnit& entry) { return split(entry.names).front(); }

std::vector<std::string_view> every_name() {
    std::vector<std::string_view> names;
    for (const auto& entry : named_units) std::ranges::copy(split(entry.names), std::back_inserter(names));
    return names;
}

const NamedUnit* find_unit(std::string_view name) {
    const auto hit = std::ranges::find_if(named_units, [&](const NamedUnit& entry) {
        const auto names = split(entry.names);
        return std::ranges::find(names, name) != names.end();
    });
    return hit == named_units.end() ? nullptr : &*hit;
}

[[noreturn]] void refuse(const Where& where, std::string what, std::string allowed, std::string suggestion = {}) {
    throw InputError({Problem{where, std::move(what), std::move(allowed), std::move(suggestion), "E-UNIT"}});
}

/// One name with its power: "m-2" is {"m", -2}. A power that is not a small whole number stays part of the name.
std::pair<std::string_view, int> name_and_power(std::string_view factor) {
    const std::size_t size = factor.size();
    if (size < 2 || factor[size - 1] < '1' || factor[size - 1] > '6') return {factor, 1};
    const int power = factor[size - 1] - '0';
    std::size_t end = size - 1;
    const bool negative = factor[end - 1] == '-';
    if (negative) --end;
    if (end > 0 && factor[end - 1] == '^') --end;
    if (end == 0) return {factor, 1};
    return {factor.substr(0, end), negative ? -power : power};
}

void multiply_by(Unit& product, const Unit& factor, int power) {
    for (int i = 0; i < std::abs(power); ++i) {
        product.multiply *= power > 0 ? factor.multiply : factor.divide;
        product.divide *= power > 0 ? factor.divide : factor.multiply;
    }
    product.dimension.length += power * factor.dimension.length;
    product.dimension.mass += power * factor.dimension.mass;
    product.dimension.time += power * factor.dimension.time;
    product.dimension.temperature += power * factor.dimension.temperature;
    product.dimension.amount += power * factor.dimension.amount;
}

void multiply_by_name(Unit& product, std::string_view factor, bool divided, const Where& where) {
    const auto [name, power] = name_and_power(factor);
    const NamedUnit* known = find_unit(name);
    if (known == nullptr) {
        std::string allowed;
        for (const auto& entry : named_units)
            allowed += (allowed.empty() ? "known are " : ", ") + std::string(shown_name(entry));
        refuse(where, quoted(name) + " is not a unit", allowed, nearest_name(name, every_name()));
    }
    multiply_by(product, known->unit, divided ? -power : power);
}

/// Length of the longest run that ends before a sign of multiplication or division.
std::size_t factor_length(std::string_view text) { return std::min(text.find_first_of("/* "), text.size()); }

}  // namespace

Unit parse_unit(std::string_view text, const Where& where) {
    constexpr std::size_t longest = 64;  // a unit is short; a longer text would only make a long message
    if (text.size() > longest) refuse(where, quoted(text) + " is not a unit", "");
    Unit product;
    bool after_division = false;
    for (std::string_view rest = text; !rest.empty();) {
        const std::size_t signs = std::min(rest.find_first_not_of("/* "), rest.size());
        const auto divisions = std::ranges::count(rest.substr(0, signs), '/');
        const bool divided = divisions == 1;
        rest.remove_prefix(signs);
        if (rest.empty() || divisions > 1) refuse(where, quoted(text) + " is not a unit", "a name follows each '/'");
        if (after_division && !divided)
            refuse(where, quoted(text) + " can be read in two ways",
                   "write negative powers instead, such as 'g m-2 h-1'");
        const std::size_t length = factor_length(rest);
        multiply_by_name(product, rest.substr(0, length), divided, where);
        rest.remove_prefix(length);
        after_division = divided;
    }
    return product;
}

namespace {

struct CompoundExample {
    Dimension dimension;
    std::string_view examples;
};

constexpr std::array compound_examples{
    CompoundExample{dimension::rate, "1/s, 1/min, 1/h, 1/day, 1/week or 1/year"},
    CompoundExample{dimension::number_per_area, "/mm2, /cm2 or /m2"},
    CompoundExample{dimension::area, "mm2, cm2 or m2"},
    CompoundExample{dimension::time_per_area, "s/cm2 or min/cm2"},
    CompoundExample{dimension::mass_per_volume, "mg/mL, ug/mL or g/L"},
    CompoundExample{dimension::mass_per_amount, "g/mol"},
    CompoundExample{dimension::speed, "mm/s, cm/s or cm/h"},
    CompoundExample{dimension::mass_per_area, "ug/cm2, mg/cm2, g/cm2 or g/m2"},
    CompoundExample{{.length = -2, .mass = 1, .time = -1}, "g m-2 h-1 or ug cm-2 h-1"},
    CompoundExample{{.length = 2, .time = -1}, "mm2/day or um2/s"},
};

}  // namespace

std::vector<std::string_view> unit_names(Dimension dimension) {
    std::vector<std::string_view> names;
    for (const auto& entry : named_units)
        if (entry.unit.dimension == dimension) std::ranges::copy(split(entry.names), std::back_inserter(names));
    return names;
}

std::string units_of(Dimension dimension) {
    std::vector<std::string> names;
    for (const auto& entry : named_units)
        if (entry.unit.dimension == dimension) names.emplace_back(shown_name(entry));
    if (!names.empty()) return listed(names, "or");
    const auto example = std::ranges::find(compound_examples, dimension, &CompoundExample::dimension);
    return example != compound_examples.end() ? std::string(example->examples) : base_unit(dimension);
}

}  // namespace cicatrix
