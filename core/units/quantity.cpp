// Numbers with units, read without regard to the locale.
#include "cicatrix/units/quantity.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdlib>
#include <string>
#include <utility>

#include "cicatrix/units/quoted.hpp"

namespace cicatrix {
namespace {

[[noreturn]] void refuse(const Where& where, std::string what, std::string allowed, std::string suggestion = {}) {
    throw InputError({Problem{where, std::move(what), std::move(allowed), std::move(suggestion), "E-UNIT"}});
}

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = std::min(text.find_first_not_of(' '), text.size());
    text.remove_prefix(begin);
    while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
    return text;
}

std::string allowed_text(Dimension wanted) {
    if (wanted == dimension::none) return "allowed is a plain number, also in %";
    return "allowed is " + words(wanted) + " in " + units_of(wanted);
}

/// The number at the begin of a text, however many digits it has, and where it stops.
std::from_chars_result leading_number(std::string_view text, double& number) {
#if defined(__cpp_lib_to_chars)
    return std::from_chars(text.data(), text.data() + text.size(), number);
#else  // libc++ before 20, of WebAssembly for one; its C library rounds correctly and has one locale
    const std::string digits(text.substr(0, text.starts_with('+') ? 0 : text.find_first_not_of("0123456789.eE+-")));
    char* stop = nullptr;
    number = std::strtod(digits.c_str(), &stop);
    if (stop == digits.c_str()) return {text.data(), std::errc::invalid_argument};
    const bool is_lost =
        number == 0 && digits.substr(0, digits.find_first_of("eE")).find_first_of("123456789") != digits.npos;
    return {text.data() + (stop - digits.c_str()), is_lost ? std::errc::result_out_of_range : std::errc{}};
#endif
}

/// Splits off the leading number; what remains is the unit.
std::string_view read_number(std::string_view text, double& number) {
    const std::size_t sign = text.starts_with('+') && !text.starts_with("+-") ? 1 : 0;  // from_chars knows no plus
    const auto [stop, fault] = leading_number(text.substr(sign), number);
    if (fault != std::errc{} || !std::isfinite(number)) return text;
    return {stop, text.data() + text.size()};
}

/// Reads a unit; when it is none, says which units the wanted kind has and which of those is nearest.
Unit parse_unit_of(std::string_view text, Dimension wanted, const Where& where) {
    try {
        return parse_unit(text, where);
    } catch (const InputError& error) {
        Problem problem = error.problems().front();
        problem.allowed = allowed_text(wanted);
        const std::string nearest = text.size() > 16 ? "" : nearest_name(text, unit_names(wanted));
        if (!nearest.empty()) problem.suggestion = nearest;
        throw InputError({problem});
    }
}

}  // namespace

bool parse_number(std::string_view text, double& number) { return !text.empty() && read_number(text, number).empty(); }

Quantity parse_quantity(std::string_view text, Dimension wanted, const Where& where, std::string_view usual_unit) {
    const std::string_view whole = trimmed(text);
    Quantity quantity;
    const std::string_view rest = read_number(whole, quantity.given);
    if (rest.size() == whole.size())
        refuse(where, quoted(text) + " does not begin with a finite number", allowed_text(wanted));
    if (rest.starts_with(',')) refuse(where, quoted(text) + " has a comma in its number", "decimals follow a point");
    quantity.unit = std::string(trimmed(rest));
    const Unit unit = parse_unit_of(quantity.unit, wanted, where);
    if (unit.dimension != wanted) {
        const bool bare = quantity.unit.empty();
        const std::string suggestion =
            bare && !usual_unit.empty() ? std::string(whole) + " " + std::string(usual_unit) : "";
        const std::string what = bare ? quoted(text) + " has no unit" : quoted(text) + " is " + words(unit.dimension);
        refuse(where, what, allowed_text(wanted), suggestion);
    }
    quantity.dimension = wanted;
    quantity.value = unit.to_base(quantity.given);
    if (!std::isfinite(quantity.value)) refuse(where, quoted(text) + " is too large a number", allowed_text(wanted));
    return quantity;
}

std::string quantity_text(double value, std::string_view unit) {
    const double number = parse_unit(unit).from_base(value);
    const std::string text = shortest_text(number);
    return unit.empty() || unit == "1" ? text : text + " " + std::string(unit);
}

}  // namespace cicatrix
