// Laws of units: conversions known from elsewhere, dimensions that must fit, words that help.
#include <clocale>
#include <cmath>
#include <limits>
#include <random>

#include "catch.hpp"
#include "cicatrix/units/quantity.hpp"
#include "cicatrix/units/quoted.hpp"

using namespace cicatrix;

namespace {

/// The one problem of a text that must be refused.
Problem refusal(std::string_view text, Dimension wanted, std::string_view usual_unit = "") {
    try {
        parse_quantity(text, wanted, {"x.toml", 3, 7, "a.b"}, usual_unit);
    } catch (const InputError& error) {
        REQUIRE(error.problems().size() == 1);
        return error.problems().front();
    }
    FAIL("'" << text << "' was accepted");
    return {};
}

struct Conversion {
    std::string_view text;
    Dimension dimension;
    double base;  // by hand, in d, mm, g
};

}  // namespace

TEST_CASE("a quantity has the value that a calculation by hand gives", "[units]") {
    const Conversion conversion = GENERATE(
        Conversion{"1.5 mm", dimension::length, 1.5}, Conversion{"250 um", dimension::length, 0.25},
        Conversion{"0.3 cm", dimension::length, 3}, Conversion{"2 m", dimension::length, 2000},
        Conversion{"35 \u00b5m", dimension::length, 0.035}, Conversion{"90 minutes", dimension::time, 0.0625},
        Conversion{"36 h", dimension::time, 1.5}, Conversion{"43200 s", dimension::time, 0.5},
        Conversion{"4 weeks", dimension::time, 28}, Conversion{"1 week", dimension::time, 7},
        Conversion{"12 months", dimension::time, 365.25}, Conversion{"52 years", dimension::time, 18993},
        Conversion{"1 year", dimension::time, 365.25}, Conversion{"229 /cm2", dimension::number_per_area, 2.29},
        Conversion{"16 1/cm2", dimension::number_per_area, 0.16}, Conversion{"5 mm-2", dimension::number_per_area, 5},
        Conversion{"0.72 1/day", dimension::rate, 0.72}, Conversion{"0.05 1/h", dimension::rate, 1.2},
        Conversion{"3 h-1", dimension::rate, 72}, Conversion{"0.1 mg/cm2", dimension::mass_per_area, 1e-6},
        Conversion{"2 kg", dimension::mass, 2000}, Conversion{"37 degC", dimension::temperature, 37},
        Conversion{"5 %", dimension::none, 0.05}, Conversion{"0.6", dimension::none, 0.6},
        Conversion{"7 1", dimension::none, 7}, Conversion{"1 g/cm3", {.length = -3, .mass = 1}, 1e-3},
        Conversion{"35 ng/mL", {.length = -3, .mass = 1}, 3.5e-11},
        Conversion{"10 g m-2 h-1", {.length = -2, .mass = 1, .time = -1}, 2.4e-4},
        Conversion{"1 g/m2/h", {.length = -2, .mass = 1, .time = -1}, 2.4e-5},
        Conversion{"14.8 mm2/d", {.length = 2, .time = -1}, 14.8},
        Conversion{"1 m^2/s", {.length = 2, .time = -1}, 8.64e10}, Conversion{"1 cm/h", dimension::speed, 240},
        Conversion{"50 mm/s", dimension::speed, 4.32e6}, Conversion{"0.3 mg/mL", dimension::mass_per_volume, 3e-7},
        Conversion{"362 g/mol", dimension::mass_per_amount, 362}, Conversion{"0.1 m2", dimension::area, 1e5},
        Conversion{"1.2 s/cm2", dimension::time_per_area, 1.2 / 86400 / 100},
        Conversion{"0.5 kg m s-2", dimension::force, 0.5e6 * 86400 * 86400});
    INFO(conversion.text);
    const Quantity quantity = parse_quantity(conversion.text, conversion.dimension);
    CHECK(quantity.value == Approx(conversion.base).epsilon(1e-15));
    CHECK(quantity.dimension == conversion.dimension);
}

TEST_CASE("energy, force and pressure agree with each other", "[units]") {
    const Unit joule = parse_unit("J");
    const Unit newton = parse_unit("N");
    const Unit pascal = parse_unit("Pa");
    CHECK(joule.to_base(1) == Approx(newton.to_base(1) * parse_unit("m").to_base(1)).epsilon(1e-15));
    CHECK(pascal.to_base(1) == Approx(newton.to_base(1) / parse_unit("m2").to_base(1)).epsilon(1e-15));
    CHECK(parse_unit("N m").dimension == joule.dimension);
    CHECK(parse_unit("N/m2").dimension == pascal.dimension);
    CHECK(parse_unit("kg m2 s-2").to_base(1) == Approx(joule.to_base(1)).epsilon(1e-15));
}

TEST_CASE("a decimal fraction converts as if it had been written in the base unit", "[units]") {
    for (int tenths = 1; tenths < 100; ++tenths) {
        const std::string um = std::to_string(tenths * 100) + " um";
        const std::string mm = std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + " mm";
        CHECK(parse_quantity(um, dimension::length).value == parse_quantity(mm, dimension::length).value);
    }
}

TEST_CASE("singular, plural and symbol mean the same unit", "[units]") {
    for (const auto names :
         {std::array{"d", "day", "days"}, std::array{"h", "hour", "hours"}, std::array{"s", "second", "seconds"},
          std::array{"min", "minute", "minutes"}, std::array{"week", "weeks", "week"}})
        for (const auto name : names) CHECK(parse_unit(name).to_base(1) == parse_unit(names[0]).to_base(1));
}

TEST_CASE("a value written in a unit reads back as the same value", "[units]") {
    std::mt19937_64 random(11);
    std::uniform_real_distribution<double> exponent(-12, 12);
    for (const auto unit : {"mm", "d", "1", "um", "years", "mg/cm2", "/cm2", "g m-2 h-1", "%"})
        for (int i = 0; i < 200; ++i) {
            const double value = std::pow(10, exponent(random));
            const Dimension dimension = parse_unit(unit).dimension;
            CHECK(parse_quantity(quantity_text(value, unit), dimension).value == Approx(value).epsilon(4e-16));
        }
    CHECK(quantity_text(1.5, "mm") == "1.5 mm");
    CHECK(quantity_text(28, "weeks") == "4 weeks");
    CHECK(quantity_text(0.25, "1") == "0.25");
}

TEST_CASE("spaces round a quantity and between number and unit do not matter", "[units]") {
    for (const auto text : {"1.5mm", "1.5 mm", "  1.5   mm  ", "+1.5 mm", "15e-1 mm"})
        CHECK(parse_quantity(text, dimension::length).value == 1.5);
}

TEST_CASE("the decimal point does not depend on the locale", "[units]") {
    const std::string before = std::setlocale(LC_NUMERIC, nullptr);
    const bool changed = std::setlocale(LC_NUMERIC, "de_DE.UTF-8") != nullptr;
    CHECK(parse_quantity("1.5 mm", dimension::length).value == 1.5);
    CHECK(quantity_text(1.5, "mm") == "1.5 mm");
    std::setlocale(LC_NUMERIC, before.c_str());
    if (!changed) WARN("the German locale is not installed: only the current one was tried");
}

TEST_CASE("a unit of another dimension is refused and both dimensions are named", "[units]") {
    const Problem problem = refusal("1.5 seconds", dimension::length);
    CHECK(problem.code == "E-UNIT");
    CHECK(problem.what == "'1.5 seconds' is a time");
    CHECK(problem.allowed.find("a length in") != std::string::npos);
    CHECK(problem.text().starts_with("x.toml:3:7: a.b: "));
    CHECK(refusal("3 mm", dimension::rate).allowed.find("a rate in") != std::string::npos);
    CHECK(refusal("3 mm", dimension::none).what == "'3 mm' is a length");
}

TEST_CASE("an unknown unit is answered with the nearest one of the wanted dimension", "[units]") {
    CHECK(refusal("4 wekes", dimension::time).suggestion == "week");
    CHECK(refusal("4 yeers", dimension::time).suggestion == "years");
    CHECK(refusal("1.5 mn", dimension::length).suggestion == "mm");
    CHECK(refusal("1.5 Mm", dimension::length).suggestion != "min");
    CHECK(refusal("1.5 furlong", dimension::length).suggestion.empty());
    CHECK(refusal("1.5 furlong", dimension::length).allowed == "allowed is a length in nm, um, mm, cm or m");
}

TEST_CASE("a forgotten unit is answered with the usual one", "[units]") {
    const Problem problem = refusal("1.5", dimension::length, "mm");
    CHECK(problem.what == "'1.5' has no unit");
    CHECK(problem.suggestion == "1.5 mm");
}

TEST_CASE("what is no number with a unit is refused", "[units]") {
    for (const auto text : {"",         " ",       "mm",     "nan mm",     "inf mm",  "-inf mm", "1e999 mm", "1,5 mm",
                            "1.5.2 mm", "0x10 mm", "--1 mm", "+-1 mm",     "1 /",     "1 mm/",   "1 mm//s",  "1 mm*",
                            "1 m0",     "1 m7",    "1 2",    "1 mm mm mm", "\xff mm", "one mm"})
        CHECK(refusal(text, dimension::length).code == "E-UNIT");
    CHECK(refusal("1,5 mm", dimension::length).allowed == "decimals follow a point");
    CHECK(refusal("1e308 m", dimension::length).what.find("too large") != std::string::npos);
}

TEST_CASE("a unit that can be read in two ways is refused", "[units]") {
    const Problem problem = refusal("1 mg/cm2 h", {.length = -2, .mass = 1, .time = -1});
    CHECK(problem.what == "'mg/cm2 h' can be read in two ways");
}

TEST_CASE("a unit may be a product of many names but not of endlessly many", "[units]") {
    std::string longest = "1 mm";
    for (int i = 0; i < 40; ++i) longest += " mm";
    CHECK(refusal(longest, dimension::length).code == "E-UNIT");
    CHECK_THROWS_AS(quantity_text(1, std::string(1000000, 'm')), InputError);
}

TEST_CASE("every dimension of the package has a name, a base unit and units to write", "[units]") {
    for (const auto known :
         {dimension::none, dimension::length, dimension::mass, dimension::time, dimension::temperature, dimension::rate,
          dimension::number_per_area, dimension::mass_per_area}) {
        CHECK(words(known).starts_with("a"));
        CHECK(parse_unit(base_unit(known)).dimension == known);
        CHECK(parse_unit(base_unit(known)).to_base(1) == 1);
        CHECK_FALSE(units_of(known).empty());
    }
    CHECK(words({.length = 5}) == "a quantity in mm5");
}

TEST_CASE("a user's words cannot reach a terminal as control characters, nor fill the screen", "[units]") {
    CHECK(printable("a\x1b[31mb\n") == "a [31mb ");
    CHECK(printable(std::string(1000, 'x')).size() == 63);
    CHECK(printable(std::string(59, 'x') + "\u00e9y") == std::string(59, 'x') + "...");
    CHECK(listed({"a", "b", "c"}, "or") == "a, b or c");
    CHECK(listed({"a"}, "or") == "a");
}

TEST_CASE("no text of random bytes does anything but parse or be refused", "[units]") {
    std::mt19937 random(5);
    const std::string alphabet = "0123456789.eE+-/* ^%mgdcuhJ1\xc2\xb5\n\t\xff";
    for (int i = 0; i < 20000; ++i) {
        std::string text;
        for (auto length = random() % 12; length > 0; --length) text += alphabet[random() % alphabet.size()];
        try {
            const double value = parse_quantity(text, dimension::length).value;
            CHECK(std::isfinite(value));
        } catch (const InputError& error) {
            CHECK(error.problems().size() == 1);
        }
    }
}
