// Units that a user may write, from a closed table, and their conversion to the base units day, mm, g, degC, mol and 1.
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "cicatrix/base/error.hpp"
#include "cicatrix/units/dimension.hpp"

namespace cicatrix {

/// A unit as a ratio of two exact numbers, so that a conversion rounds as rarely as it can: "um" is 1/1000 mm.
struct Unit {
    Dimension dimension;
    double multiply = 1;
    double divide = 1;

    /// A number of this unit in base units.
    double to_base(double number) const { return number * multiply / divide; }
    /// A number of base units in this unit.
    double from_base(double number) const { return number * divide / multiply; }
};

/// Reads a unit such as "mm", "mg/cm2", "1/day" or "g m-2 h-1". An empty text is the unit 1.
/// Throws InputError (E-UNIT) at `where` when a name is not in the table or the text is not a unit.
Unit parse_unit(std::string_view text, const Where& where = {});

/// Every name of every unit of a dimension, symbols and words; empty for a dimension that has no unit of its own.
std::vector<std::string_view> unit_names(Dimension dimension);

/// The single units of a dimension, largest last, for example "um, mm, cm or m"; for a dimension that has no unit of
/// its own, an example made of others such as "1/s, 1/min, 1/h or 1/d".
std::string units_of(Dimension dimension);

}  // namespace cicatrix
