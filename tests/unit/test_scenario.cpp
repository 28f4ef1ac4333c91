// Laws of scenarios: all faults at once and in place, defaults that are told, a resolved form that reads back.
#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <map>

#include "cicatrix/injury/pattern.hpp"
#include "cicatrix/scenario/codes.hpp"
#include "cicatrix/scenario/devices.hpp"
#include "cicatrix/scenario/text_file.hpp"
#include "scenario_texts.hpp"
#include "sweep_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;

TEST_CASE("seven planted mistakes are reported in one go, each at its place", "[scenario]") {
    const std::string text = R"(title = "Seven mistakes"
[patient]
age = "52 mm"
site = "knee"
[device]
kind = "roller"
needle_length = "15 mm"
[protocol]
sessions = "monthly, four times"
[care]
moisturizer = true
sunscreen = "yes"
)";
    const auto problems = problems_of(text);
    std::vector<std::string> places;
    for (const auto& problem : problems)
        places.push_back(std::to_string(problem.where.line) + ":" + std::to_string(problem.where.column) + " " +
                         problem.where.path + " " + problem.code);
    CHECK(places == std::vector<std::string>{"3:7 patient.age E-UNIT", "4:8 patient.site E-CHOICE",
                                             "7:17 device.needle_length E-RANGE", "8:1 protocol.passes E-MISSING",
                                             "9:12 protocol.sessions E-SESSIONS", "11:1 care.moisturizer E-UNKNOWN-KEY",
                                             "12:13 care.sunscreen E-TYPE"});
}

TEST_CASE("a message has the form file:line:column: path: what, allowed (did you mean ...?) [CODE]", "[scenario]") {
    CHECK(problem_of(with(good_text, "1.5 mm", "15 mm")).text() ==
          "x.toml:7:17: device.needle_length: 15 mm is out of range, allowed is a length from 0.1 mm to 3 mm "
          "(did you mean '1.5 mm'?) [E-RANGE]");
    CHECK(problem_of(with(good_text, "passes = 15", "passes = 15.0")).text() ==
          "x.toml:10:10: protocol.passes: 15.0 is a number, allowed is a whole number from 1 to 200 (did you mean "
          "'15'?) [E-TYPE]");
    CHECK(problem_of(with(good_text, "periorbital", "periorbitel")).suggestion == "periorbital");
}

TEST_CASE("a misspelt key is one problem, not also a missing one", "[scenario]") {
    const Problem key = problem_of(with(good_text, "needle_length", "needle_lenght"));
    CHECK(key.code == "E-UNKNOWN-KEY");
    CHECK(key.suggestion == "needle_length");
    const Problem section = problem_of(with(good_text, "[patient]", "[patiant]"));
    CHECK(section.suggestion == "patient");
    const Problem elsewhere =
        problem_of(with(with(good_text, "passes = 15\n", ""), "[device]\n", "[device]\npasses = 15\n"));
    CHECK(elsewhere.suggestion == "protocol.passes");
    CHECK(problem_of("device = 3\n[patient]\nage = \"30 years\"\n[protocol]\nsessions = \"once\"\npasses = 1\n").code ==
          "E-TYPE");
}

TEST_CASE("a name that is nowhere near another is not answered with a guess", "[scenario]") {
    CHECK(problem_of(good_text + "[care]\na = 1\n").suggestion.empty());
    CHECK(problem_of(with(good_text, "[device]", "x = 1\n[device]")).suggestion.empty());
    CHECK(problem_of(with(good_text, "periorbital", "moon")).suggestion.empty());
}

TEST_CASE("a key with dots between quotes is not the dotted key", "[scenario]") {
    CHECK(problem_of("\"patient.site\" = \"cheek\"\n" + good_text).code == "E-UNKNOWN-KEY");
    CHECK(problems_of("device.kind = \"pen\"\ndevice.needle_length = \"1 mm\"\nprotocol.passes = 2\n"
                      "protocol.sessions = \"once\"\npatient.age = \"30 years\"\n")
              .empty());
}

TEST_CASE("a missing value is reported at its section", "[scenario]") {
    const Problem age = problem_of(with(good_text, "age = \"52 years\"\n", ""));
    CHECK(age.where.line == 2);
    CHECK(age.where.path == "patient.age");
    const auto problems = problems_of("");
    REQUIRE(problems.size() == 3);
    CHECK(std::ranges::all_of(
        problems, [](const Problem& problem) { return problem.code == "E-MISSING" && problem.where.line == 1; }));
}

TEST_CASE("the limits of a key are allowed and what lies beyond them is not", "[scenario]") {
    for (const auto length : {"0.1 mm", "3 mm", "0.3 cm", "3000 um", "100 um"})
        CHECK(problems_of(with(good_text, "1.5 mm", length)).empty());
    for (const auto length : {"0.0999 mm", "3.0001 mm", "0 mm", "-1 mm"})
        CHECK(problem_of(with(good_text, "1.5 mm", length)).code == "E-RANGE");
    for (const auto number : {"nan", "inf", "-inf", "0", "1"})
        CHECK(problem_of(good_text + "rtol = " + number + "\n").code == "E-RANGE");
}

TEST_CASE("what comes later is refused and what works now is named", "[scenario]") {
    const Problem problem = problem_of("include = \"base.toml\"\n" + good_text);
    CHECK(problem.code == "E-LATER");
    CHECK(problem.allowed.find("one file") != std::string::npos);
}

TEST_CASE("values are read by name in base units, and defaults say that they are", "[scenario]") {
    const Scenario scenario = scenario_of(good_text);
    CHECK(scenario.quantity<"patient.age">() == 52 * 365.25);
    CHECK(scenario.quantity<"device.needle_length">() == 1.5);
    CHECK(scenario.integer<"protocol.passes">() == 15);
    CHECK(scenario.words<"patient.site">() == "periorbital");
    CHECK(scenario.words<"simulation.ageing">() == "frozen");
    CHECK_FALSE(scenario.is_true<"care.moisturiser">());
    CHECK(scenario.list<"patient.conditions">().empty());
    CHECK(scenario.is_given<"patient.site">());
    CHECK(scenario.value<"patient.site">().node.place.line == 4);
    CHECK(scenario.value<"device.drum_width">().origin == "default of a roller");
    CHECK_FALSE(scenario.has<"device.penetration_ratio">());  // left to the model of penetration
    CHECK_FALSE(scenario.has<"device.injured_fraction">());
    CHECK_FALSE(scenario.has<"patient.sex">());
    CHECK_THROWS_AS(scenario.quantity<"device.injured_fraction">(), std::bad_optional_access);
    CHECK(scenario.text() == good_text);
}

TEST_CASE("each kind of device has its own keys and refuses those of others", "[scenario]") {
    const std::string pen = with(good_text, "roller", "pen");
    CHECK(problems_of(pen).empty());
    const Problem drum = problem_of(with(pen, "[protocol]", "drum_width = \"20 mm\"\n[protocol]"));
    CHECK(drum.code == "E-CONFLICT");
    CHECK(drum.where.path == "device.drum_width");
    const auto prescribed = problems_of(with(good_text, "roller", "prescribed"));
    REQUIRE(prescribed.size() == 3);  // misses injured_fraction; needle_length and passes are foreign
    CHECK(std::ranges::count(prescribed, "E-CONFLICT", &Problem::code) == 2);
    CHECK(std::ranges::count(prescribed, "E-MISSING", &Problem::code) == 1);
    const auto laser = problems_of(with(good_text, "roller", "fractional laser"));
    REQUIRE(laser.size() == 1);  // a beam has no needle, but it has passes
    CHECK(laser.front().where.path == "device.needle_length");
    const Problem price = problem_of(
        "patient.age = \"25 years\"\nprotocol = { sessions = \"once\", session_price = 100 }\n"
        "device = { kind = \"prescribed\", injured_fraction = 0.05 }\n");
    CHECK(price.where.path == "protocol.session_price");
}

TEST_CASE("a given density takes the place of the geometry, for every kind with needles", "[scenario]") {
    for (const std::string kind : {"roller", "pen", "stamp"}) {
        INFO(kind);
        const std::string text = with(good_text, "roller", kind);
        const Scenario geometric = scenario_of(text);
        CHECK(std::isnan(geometric.sessions().front().channel_density));
        CHECK(geometric.has<"device.needles">());
        const std::string direct = with(text, "[protocol]", "channel_density = \"16 /cm2\"\n[protocol]");
        CHECK(scenario_of(direct).sessions().front().channel_density == 0.16);
        CHECK_FALSE(scenario_of(direct).has<"device.needles">());
        const Problem both = problem_of(with(direct, "[protocol]", "needles = 30\n[protocol]"));
        CHECK(both.code == "E-CONFLICT");
        CHECK(both.what == "'needles' and 'channel_density' both say how dense the channels are");
    }
}

TEST_CASE("a pen glides or dwells, not both", "[scenario]") {
    const std::string pen = with(good_text, "roller", "pen");
    CHECK(scenario_of(pen).has<"device.glide_speed">());
    CHECK_FALSE(scenario_of(pen).has<"device.dwell">());
    const std::string dwelling = with(pen, "[protocol]", "dwell = \"100 ms\"\n[protocol]");
    CHECK(problem_of(dwelling).code == "E-UNIT");
    const std::string set_down = with(dwelling, "100 ms", "0.1 s");
    CHECK_FALSE(scenario_of(set_down).has<"device.glide_speed">());
    CHECK(scenario_of(set_down).quantity<"device.dwell">() == Approx(0.1 / 86400));
    CHECK(problem_of(with(set_down, "[protocol]", "glide_speed = \"2 cm/s\"\n[protocol]")).what ==
          "'glide_speed' and 'dwell' both say how dense the channels are");
}

TEST_CASE("a device that says nothing else is the device of the injury module", "[scenario]") {
    const Scenario roller = scenario_of(good_text);
    CHECK(static_cast<double>(roller.integer<"device.needles">()) == Roller{}.needles);
    CHECK(roller.integer<"device.rows">() == Roller{}.rows);
    CHECK(roller.quantity<"device.drum_diameter">() == Roller{}.diameter);
    CHECK(roller.quantity<"device.drum_width">() == Roller{}.width);
    const Scenario pen = scenario_of(with(good_text, "roller", "pen"));
    CHECK(static_cast<double>(pen.integer<"device.needles">()) == Pen{}.needles);
    CHECK(pen.quantity<"device.tip_width">() == Pen{}.tip_width);
    CHECK(pen.quantity<"device.stamp_rate">() / 86400 == Approx(Pen{}.stamp_rate));
    CHECK(pen.quantity<"device.glide_speed">() / 86400 == Approx(Pen{}.glide_speed));
    const Scenario stamp = scenario_of(with(good_text, "roller", "stamp"));
    CHECK(static_cast<double>(stamp.integer<"device.needles">()) == Stamp{}.needles);
    CHECK(stamp.quantity<"device.array_width">() == Stamp{}.width);
    const auto& laser = scenario_of(laser_text).sessions().front();
    CHECK(laser.channel_density == Approx(FractionalLaser{}.density));
    CHECK(laser.column_diameter == Approx(FractionalLaser{}.column_diameter));
    CHECK(laser.column_depth == Approx(FractionalLaser{}.column_depth));
    CHECK(laser.ablation == FractionalLaser{}.ablation);
}

TEST_CASE("a laser's session has columns and nothing of needles", "[scenario]") {
    const auto session =
        scenario_of(with(laser_text, "[protocol]", "column_depth = \"1100 um\"\nablation = \"80 %\"\n[protocol]"))
            .sessions()
            .front();
    CHECK(session.column_depth == Approx(1.1));
    CHECK(session.ablation == Approx(0.8));
    CHECK(session.passes == 1);
    CHECK(std::isnan(session.needle_length));
    CHECK(std::isnan(session.insertion_force));
    CHECK(problem_of(with(laser_text, "[protocol]", "insertion_force = \"1 N\"\n[protocol]")).code == "E-CONFLICT");
}

TEST_CASE("the time and the price of a usual session are what popular articles say", "[scenario]") {
    const auto minutes = [](const Scenario& scenario) {
        return scenario.quantity<"protocol.area">() * scenario.sessions().front().passes *
               scenario.quantity<"protocol.pass_time">() * 1440;
    };
    const std::string four_passes = with(good_text, "passes = 15", "passes = 4");
    const std::string one_pass = with(good_text, "passes = 15", "passes = 1");
    for (const auto& text : {good_text, with(one_pass, "roller", "pen"), with(four_passes, "roller", "stamp")}) {
        CHECK(minutes(scenario_of(text)) == Approx(30));
        CHECK(scenario_of(text).number<"protocol.session_price">() >= 100);
        CHECK(scenario_of(text).number<"protocol.session_price">() <= 200);
    }
    const std::string home = with(good_text, "passes = 15", "passes = 15\narea = \"50 cm2\"\nsession_price = 0");
    CHECK(minutes(scenario_of(home)) == Approx(15));
    CHECK(scenario_of(home).number<"protocol.session_price">() == 0);
}

TEST_CASE("a scenario without sessions needs no device, but a device needs its kind", "[scenario]") {
    const std::string untreated = "[patient]\nage = \"25 years\"\n[protocol]\nsessions = \"none\"\n";
    CHECK(scenario_of(untreated).sessions().empty());
    CHECK_FALSE(scenario_of(untreated).has<"device.kind">());
    CHECK(problem_of(untreated + "[device]\nneedle_length = \"1 mm\"\n").where.path == "device.kind");
}

TEST_CASE("a parameter is read in its own unit and only within its range", "[scenario]") {
    const auto value = [](const std::string& line, std::size_t row) {
        return scenario_of(good_text + "[parameters]\n" + line + "\n").parameters()[row].value;
    };
    CHECK(value("platelet_decay = \"0.72 1/day\"", 0) == 0.72);
    CHECK(value("platelet_decay = \"0.05 1/h\"", 0) == Approx(1.2));
    CHECK(value("resident_macrophages = 0.3", 1) == 0.3);
    CHECK(value("resident_macrophages = \"30 %\"", 1) == 0.3);
    CHECK(value("ligand = 4", 2) == 4);
    CHECK(value("ligand = 4", 0) == rows[0].value);
    const auto code = [](const std::string& line) {
        return problem_of(good_text + "[parameters]\n" + line + "\n").code;
    };
    CHECK(code("platelet_decay = 0.72") == "E-UNIT");
    CHECK(code("platelet_decay = \"0.72 d\"") == "E-UNIT");
    CHECK(code("platelet_decay = \"7.2 1/d\"") == "E-RANGE");
    CHECK(code("resident_macrophages = nan") == "E-RANGE");
    CHECK(code("resident_macrophages = true") == "E-TYPE");
    CHECK(code("ligand = \"4 uM\"") == "E-TYPE");
    CHECK(problem_of(good_text + "[parameters]\nplatelet_decai = 1\n").suggestion == "platelet_decay");
}

TEST_CASE("what the user set and the states ignore is said", "[scenario]") {
    CHECK(scenario_of(good_text).notes().empty());
    const auto notes = scenario_of(with(good_text, "passes = 15", "passes = 15\ndirections = 8")).notes();
    CHECK(notes == std::vector<std::string>{"protocol.directions is stored but does not change this version's states"});
}

namespace {

/// Everything that a course takes from a scenario, in one text; places and origins left out.
std::string substance(const Scenario& scenario) {
    std::string text;
    for (std::size_t i = 0; i < keys.size(); ++i)
        if (const auto& value = scenario.values()[i])
            text +=
                std::string(keys[i].name) + "=" + toml_text(value->node) + "=" + shortest_text(value->number) + "\n";
    for (const auto& parameter : scenario.parameters())
        text += parameter.name + "=" + shortest_text(parameter.value) + "\n";
    for (const auto& session : scenario.sessions())
        for (const auto& key : session_keys)
            text += shortest_text(session.at) + ": " + shortest_text(session.*key.member) + " ";
    for (const auto& topical : scenario.topicals())
        for (const double time : topical.times) text += topical.compound + " " + shortest_text(time) + "\n";
    for (const double time : scenario.output_times()) text += shortest_text(time) + " ";
    for (const auto& note : scenario.notes()) text += note + "\n";
    return text;
}

void check_resolved(const Scenario& scenario) {
    const Scenario again = parse_scenario(scenario.resolved(), "resolved.toml", rows);
    CHECK(substance(again) == substance(scenario));
    CHECK(substance(parse_scenario(again.resolved(), "again.toml", rows)) == substance(scenario));
}

}  // namespace

TEST_CASE("the resolved form reads back as the same scenario and says where each value comes from", "[scenario]") {
    const Scenario scenario = scenario_of(good_text);
    check_resolved(scenario);
    CHECK(scenario.resolved().find("needle_length = \"1.5 mm\"  # x.toml:7\n") != std::string::npos);
    CHECK(scenario.resolved().find("duration = \"24 months\"  # x.toml:12\n") != std::string::npos);
    CHECK(scenario.resolved().find("fidelity = \"lumped\"  # default\n") != std::string::npos);
    check_resolved(scenario_of(
        with_sessions("[{ at = \"0 days\" }, { at = \"30 days\", needle_length = \"1 mm\", passes = 3 }]")));
    check_resolved(scenario_of(with(good_text, "Four sessions", "quotes \\\" and \\\\ and \\n lines and \\u001b")));
    check_resolved(scenario_of(with(good_text, "[protocol]", "channel_density = \"16 /cm2\"\n[protocol]")));
    check_resolved(scenario_of(
        good_text +
        "rtol = 1_0e-7\noutputs = ['1 day', \"7 days\"]\n[parameters]\nplatelet_decay = \"0.05 1/h\"\nligand = 4\n"));
    check_resolved(scenario_of(
        good_text +
        "[care]\nuv = 0.0\ntopicals = [{ compound = \"minoxidil\", dose = \"1 mg/cm2\", when = \"daily\" }]\n"));
    check_resolved(scenario_of(laser_text));
    check_resolved(scenario_of(with(good_text, "[device]",
                                    "baseline = \"striae\"\nconditions = [\"eczema\"]\n"
                                    "acknowledge_warnings = true\n[device]\ninsertion_force = \"50 mN\"")));
    check_resolved(parse_scenario(good_text, "odd\nname\x01.toml", rows));
}

TEST_CASE("every shipped scenario is without faults and opens with the question that it answers", "[scenario]") {
    int count = 0;
    for (const auto& entry : std::filesystem::directory_iterator(CICATRIX_SCENARIOS)) {
        if (entry.path().extension() != ".toml") continue;
        INFO(entry.path());
        const bool is_sweep = describes_sweep(read_text_file(entry.path()));
        const Scenario scenario = is_sweep ? read_sweep(entry.path()).scenario() : read_scenario(entry.path(), rows);
        CHECK(scenario.text().starts_with("# " + scenario.words<"question">() + "\n"));
        CHECK(scenario.words<"question">().ends_with("?"));
        CHECK(scenario.is_given<"title">());
        CHECK(scenario.output_times().back() == scenario.quantity<"simulation.duration">());
        if (!is_sweep) check_resolved(scenario);
        ++count;
    }
    CHECK(count >= 9);
}

TEST_CASE("each error page has a bad example with just its code and a good example without faults", "[scenario]") {
    for (const auto& page : error_pages()) {
        INFO(page.code);
        const auto faults = [](std::string_view text) {
            return describes_sweep(std::string(text)) ? problems_of_sweep(std::string(text))
                                                      : problems_of(std::string(text));
        };
        REQUIRE(faults(page.bad).size() == 1);
        CHECK(faults(page.bad)[0].code == page.code);
        CHECK(faults(page.good).empty());
        CHECK(find_error_page(page.code) == &page);
        CHECK_FALSE((page.title.empty() || page.what.empty() || page.mend.empty()));
    }
    CHECK(find_error_page("E-NONE") == nullptr);
}

TEST_CASE("every key has a meaning, its default obeys its own rules, and its section is a table", "[scenario]") {
    for (const auto& key : keys) {
        INFO(key.name);
        CHECK(key.meaning.ends_with("."));
        CHECK_FALSE(allowed_text(key).empty());
        CHECK(std::ranges::count(keys, key.name, &Key::name) == 1);
        if (key.fallback.empty()) continue;
        Findings findings("table");
        CHECK(check_value(key, fallback_node(key, key.fallback), std::string(key.name), findings));
        CHECK(findings.empty());
    }
}
