// A number with a unit as a user writes it, "1.5 mm", checked and converted to base units; and back.
#pragma once
#include <string>
#include <string_view>

#include "cicatrix/units/unit.hpp"

namespace cicatrix {

/// A number together with the words it was given in.
struct Quantity {
    double value = 0;  ///< in base units (d, mm, g, degC, mol, 1)
    Dimension dimension;
    double given = 0;  ///< the number as written, in `unit`
    std::string unit;  ///< as written; empty for a plain number
};

/// Reads a number and its unit, such as "1.5 mm", "229 /cm2" or "5 %", and checks that it is of the `wanted` kind.
/// Decimal point, no thousands marks, whatever the locale. Throws InputError (E-UNIT) at `where`; when the unit was
/// forgotten it suggests `usual_unit`.
Quantity parse_quantity(std::string_view text, Dimension wanted, const Where& where = {},
                        std::string_view usual_unit = {});

/// A value in base units, written in `unit` with the fewest digits that tell it from its neighbours, "1.5 mm".
/// Throws InputError (E-UNIT) when `unit` is not a unit.
std::string quantity_text(double value, std::string_view unit);

/// The number that the whole of `text` spells in decimal notation. False when it is none, or not finite.
bool parse_number(std::string_view text, double& number);

}  // namespace cicatrix
