// The texts and examples of the error pages.
#include "cicatrix/scenario/codes.hpp"

#include <algorithm>
#include <array>

#include "cicatrix/scenario/sweep_codes.hpp"

namespace cicatrix {
namespace {

constexpr std::string_view roller_course = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
)";

constexpr std::array course_pages{
    ErrorPage{
        .code = "E-SYNTAX",
        .title = "The text is not TOML",
        .what = "The file breaks a rule of TOML, or is not UTF-8 text. Reading stops at the first such place, so "
                "this is the only problem shown.",
        .mend = "Look at the place that the message names. Texts stand between double quotes, keys and values are "
                "separated by '=', tables are opened by a name in brackets.",
        .bad = R"([patient]
age = 52 years
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
)",
        .good = roller_course,
    },
    ErrorPage{
        .code = "E-DUPLICATE",
        .title = "A key is given twice",
        .what = "The same key, or the same section, stands in the file more than once. Neither is preferred, so "
                "the file is refused.",
        .mend = "Delete one of the two, or merge the sections.",
        .bad = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
passes = 10
)",
        .good = roller_course,
    },
    ErrorPage{
        .code = "E-LIMIT",
        .title = "The text is too large or too deeply nested",
        .what = "A scenario has at most 1 MiB, 64 brackets open at once and 32 parts in a dotted key. This "
                "protects the program from files that were made to exhaust it.",
        .mend = "Check that the file is a scenario. Long lists of sessions are shorter as a sentence.",
        .bad = R"(title = [[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[
)",
        .good = roller_course,
    },
    ErrorPage{
        .code = "E-UNKNOWN-KEY",
        .title = "A key is not known",
        .what = "A key or a section has a name that no part of a scenario has. It is not skipped, because a "
                "misspelt key would silently leave its default in place.",
        .mend = "Take the name that the message suggests, or look at 'cicatrix list keys' and 'cicatrix list "
                "parameters'.",
        .bad = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_lenght = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
)",
        .good = roller_course,
    },
    ErrorPage{
        .code = "E-TYPE",
        .title = "A value is of the wrong type",
        .what = "The value is, for example, a text where a whole number belongs, or a single value where a list "
                "belongs.",
        .mend = "Write the value as the message says. Numbers without a unit stand without quotes, numbers with a "
                "unit between quotes.",
        .bad = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = "fifteen"
)",
        .good = roller_course,
    },
    ErrorPage{
        .code = "E-UNIT",
        .title = "A unit is missing, unknown or of the wrong dimension",
        .what = "A number with a dimension is written with its unit, and the unit must fit: a length for a "
                "length, a time for a time.",
        .mend = "Write the number and the unit between quotes, such as \"1.5 mm\", \"52 years\" or \"229 /cm2\".",
        .bad = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 seconds"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
)",
        .good = roller_course,
    },
    ErrorPage{
        .code = "E-RANGE",
        .title = "A value is out of range",
        .what = "The value has the right unit but lies outside what this version is made for. Often a decimal "
                "point has moved or a unit is the neighbour of the one that was meant.",
        .mend = "Choose a value between the limits that the message names.",
        .bad = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "15 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
)",
        .good = roller_course,
    },
    ErrorPage{
        .code = "E-CHOICE",
        .title = "A word is none of the choices",
        .what = "The key takes one of a few words, and this is none of them.",
        .mend = "Take one of the words that the message lists.",
        .bad = R"([patient]
age = "52 years"
site = "knee"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
)",
        .good = R"([patient]
age = "52 years"
site = "periorbital"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
)",
    },
    ErrorPage{
        .code = "E-MISSING",
        .title = "A value is missing",
        .what = "The scenario leaves out something for which there is no sensible default.",
        .mend = "Add the key to its section.",
        .bad = R"([patient]
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
)",
        .good = roller_course,
    },
    ErrorPage{
        .code = "E-SESSIONS",
        .title = "The sessions cannot be understood or do not fit",
        .what = "The sentence has another form than the ones that are known, or the sessions are out of order, "
                "before day 0 or after the end of the simulation.",
        .mend =
            "Write \"once\", \"none\", \"every 4 weeks x 4\" or \"every 4 weeks x 6, skip 3\"; or list the times, [\"0 "
            "days\", \"30 days\"]; or one table for each session.",
        .bad = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "monthly, four times"
passes = 15
)",
        .good = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 6, skip 3"
passes = 15
)",
    },
    ErrorPage{
        .code = "E-TOPICALS",
        .title = "A compound or its times cannot be understood",
        .what = "The sentence that says when a compound is put on the skin has another form than the ones that are "
                "known, its list of times does not rise inside the course, or the compound is not in the table and "
                "the file does not say what decides how it passes the skin.",
        .mend = "Write \"once\", \"daily\", \"twice daily for 12 weeks\", \"every 3 days from 7 days for 4 weeks\" or "
                "\"after each session for 3 days\"; or list the times. A compound of your own needs its permeability, "
                "molecular_mass and solubility.",
        .bad = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
[care]
topicals = [{ compound = "ascorbic acid", dose = "0.1 mg/cm2", when = "now and then" }]
)",
        .good = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
[care]
topicals = [{ compound = "ascorbic acid", dose = "0.1 mg/cm2", when = "daily for 14 days" }]
)",
    },
    ErrorPage{
        .code = "E-OUTPUTS",
        .title = "The output times cannot be understood or do not fit",
        .what = "The word is none that is known, or the times of the list do not rise or lie outside the "
                "simulation.",
        .mend = "Write \"daily\", \"weekly\", \"monthly\" or \"yearly\"; or list times that rise from day 0 to the "
                "duration.",
        .bad = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
[simulation]
outputs = ["7 days", "1 day"]
)",
        .good = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
[simulation]
outputs = ["1 day", "7 days"]
)",
    },
    ErrorPage{
        .code = "E-CONFLICT",
        .title = "Two values do not go together",
        .what = "A key does not belong to this kind of device, or two keys say the same thing in different ways.",
        .mend = "Remove one of the two. 'cicatrix list keys' says what belongs to which kind of device.",
        .bad = R"([patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
injured_fraction = 0.05
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
)",
        .good = R"([patient]
age = "52 years"
[device]
kind = "prescribed"
injured_fraction = 0.05
[protocol]
sessions = "every 4 weeks x 4"
)",
    },
    ErrorPage{
        .code = "E-WARNING",
        .title = "A condition of the patient speaks against needling",
        .what = "People with this condition were left out of the trials or may come to harm. The course can be "
                "computed all the same, but only when its author says that the warning is known; the warning then "
                "stands in the result and in the report. Nothing here is medical advice.",
        .mend = "Write acknowledge_warnings = true in [patient], or leave the condition out.",
        .bad = R"([patient]
age = "31 years"
conditions = ["pregnancy"]
[device]
kind = "roller"
needle_length = "0.5 mm"
[protocol]
sessions = "once"
passes = 5
)",
        .good = R"([patient]
age = "31 years"
conditions = ["pregnancy"]
acknowledge_warnings = true
[device]
kind = "roller"
needle_length = "0.5 mm"
[protocol]
sessions = "once"
passes = 5
)",
    },
    ErrorPage{
        .code = "E-LATER",
        .title = "This comes with a later version",
        .what = "The scenario asks for something that is planned but not modelled yet. It is refused rather than "
                "replaced by something simpler.",
        .mend = "Leave it out for now.",
        .bad = R"(include = "base.toml"
[patient]
age = "52 years"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
)",
        .good = roller_course,
    },
};

constexpr auto pages = [] {
    std::array<ErrorPage, course_pages.size() + sweep_pages.size()> all{};
    std::ranges::copy(sweep_pages, std::ranges::copy(course_pages, all.begin()).out);
    return all;
}();

}  // namespace

std::span<const ErrorPage> error_pages() { return pages; }

const ErrorPage* find_error_page(std::string_view code) {
    const auto hit = std::ranges::find(pages, code, &ErrorPage::code);
    return hit == pages.end() ? nullptr : &*hit;
}

}  // namespace cicatrix
