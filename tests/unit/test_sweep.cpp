// Reading sweeps: what may vary, arms, outcomes; every fault in one go, each at its place.
#include <algorithm>

#include "cicatrix/base/error.hpp"
#include "cicatrix/course/parameters.hpp"
#include "cicatrix/ensemble/reduction.hpp"
#include "cicatrix/scenario/raw_text.hpp"
#include "cicatrix/scenario/read.hpp"
#include "cicatrix/scenario/run.hpp"
#include "sweep_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;

namespace {

Problem problem_of_vary(const std::string& line) {
    return problem_of_sweep("design = \"grid\"\n[sweep.vary]\n" + line + "\n");
}

const Factor& factor_named(const Sweep& sweep, std::string_view name) {
    const auto hit = std::ranges::find(sweep.factors(), name, &Factor::name);
    REQUIRE(hit != sweep.factors().end());
    return *hit;
}

}  // namespace

TEST_CASE("a dotted name and a table of tables say the same", "[sweep]") {
    const Sweep quoted = sweep_of("design = \"grid\"\nvary = { \"device.needle_length\" = [\"1 mm\"] }\n");
    const Sweep nested = sweep_of("design = \"grid\"\n[sweep.vary.device]\nneedle_length = [\"1 mm\"]\n");
    CHECK(quoted.factors()[0].name == "device.needle_length");
    CHECK(nested.factors()[0].name == "device.needle_length");
}

TEST_CASE("factors come in the order of the file, whatever sections their keys belong to", "[sweep]") {
    const auto names_of = [](const Sweep& sweep) {
        std::vector<std::string> names;
        for (const Factor& factor : sweep.factors()) names.push_back(factor.name);
        return names;
    };
    const std::vector<std::string> wanted{"device.needle_length", "patient.age", "device.needles", "patient.site"};
    const Sweep sweep = sweep_of(
        "design = \"grid\"\n[sweep.vary]\ndevice.needle_length = [\"1 mm\"]\npatient.age = "
        "[\"30 years\"]\ndevice.needles = [9]\npatient.site = [\"neck\"]\n");
    CHECK(names_of(sweep) == wanted);
    CHECK(names_of(parse_sweep(sweep.resolved(), "resolved.toml")) == wanted);
    const Sweep rows = sweep_of(
        "design = \"list\"\nrows = [{ device.needle_length = \"1 mm\", patient.age = \"30 years\", "
        "device.needles = 9, patient.site = \"neck\" }]\n");
    CHECK(names_of(rows) == wanted);
    CHECK(names_of(parse_sweep(rows.resolved(), "resolved.toml")) == wanted);
}

TEST_CASE("a key that varies need not stand in the file, and keeps the file's value in the scenario by itself",
          "[sweep]") {
    std::string text = swept("design = \"grid\"\nvary = { \"patient.age\" = [\"30 years\", \"60 years\"] }\n");
    CHECK(parse_sweep(text, "x.toml").scenario().quantity<"patient.age">() == 45 * 365.25);
    text.replace(text.find("age = \"45 years\""), 16, "");
    CHECK(parse_sweep(text, "x.toml").scenario().quantity<"patient.age">() == 30 * 365.25);
}

TEST_CASE("a sweep has rtol 1e-4 unless the file gives one", "[sweep]") {
    const std::string lines = "design = \"grid\"\nvary = { \"protocol.passes\" = [5] }\n";
    CHECK(sweep_of(lines).scenario().number<"simulation.rtol">() == 1e-4);
    CHECK(sweep_of(lines).resolved().find("rtol = 1e-4  # default of sweeps") != std::string::npos);
    std::string text = swept(lines);
    text.insert(text.find("duration"), "rtol = 1e-7\n");
    CHECK(parse_sweep(text, "x.toml").scenario().number<"simulation.rtol">() == 1e-7);
}

TEST_CASE("the parameters of a grade vary over their ranges, but for those that are named", "[sweep]") {
    const Sweep sweep = sweep_of(
        "design = \"sobol\"\n[sweep.vary]\nparameters = \"grade D\"\n\"parameters.clot_decay\" = "
        "\"uniform 0.3 1/d to 0.4 1/d\"\n");
    CHECK(std::ranges::all_of(sweep.factors(), [](const Factor& factor) { return factor.grade == "D"; }));
    const auto wanted = std::ranges::count_if(
        course_parameters, [](const Parameter& parameter) { return parameter.grade == Grade::opinion; });
    CHECK(static_cast<std::ptrdiff_t>(sweep.factors().size()) <= wanted);
    CHECK(sweep.factors().size() > 15);
    CHECK(factor_named(sweep, "parameters.clot_decay").at(0.999999) == Approx(0.4).epsilon(1e-4));
    CHECK(problem_of_sweep("design = \"sobol\"\nvary = { parameters = \"grade E\" }\n").code == "E-SWEEP");
}

TEST_CASE("words that only begin like a group of parameters name none", "[sweep]") {
    for (const std::string words : {"allergies", "alls cv 0.2", "grade", "grades A", ""}) {
        INFO(words);
        CHECK(problem_of_sweep("design = \"sobol\"\nvary = { parameters = \"" + words + "\" }\n").code == "E-SWEEP");
    }
}

TEST_CASE("without space or topicals the parameters of either are left alone by 'all'", "[sweep]") {
    const Sweep flat = sweep_of("design = \"sobol\"\nvary = { parameters = \"all\" }\n");
    CHECK(flat.factors().size() == course_parameters.size() - depth::parameters.size() - channel::parameters.size() -
                                       absorption::parameters.size());
    std::string text = swept("design = \"sobol\"\nvary = { parameters = \"all cv 0.1\" }\n");
    text.insert(text.find("duration"), "fidelity = \"depth\"\n");
    const Sweep deep = parse_sweep(text, "x.toml");
    CHECK(deep.factors().size() > flat.factors().size());
}

TEST_CASE("each level is checked as if a scenario had it", "[sweep]") {
    CHECK(problem_of_vary("device.needle_length = [\"1 mm\", \"9 mm\"]").where.path ==
          "sweep.vary.device.needle_length[2]");
    CHECK(problem_of_vary("device.needle_length = [\"1 s\"]").code == "E-UNIT");
    CHECK(problem_of_vary("protocol.passes = [1.5]").code == "E-TYPE");
    CHECK(problem_of_vary("patient.site = [\"knee\"]").code == "E-CHOICE");
    CHECK(problem_of_vary("parameters.clot_decay = [\"9 1/d\"]").code == "E-RANGE");
    CHECK(problem_of_vary("patient.conditions = [[\"pregnancy\"], []]").code == "E-WARNING");
    CHECK(problem_of_vary("device.injured_fraction = [0.1]").code == "E-CONFLICT");  // not of a roller
    const Problem late = problem_of_vary("protocol.sessions = [\"once\", \"every 4 weeks x 30\"]");
    CHECK(late.code == "E-SESSIONS");
    CHECK(late.where.path == "sweep.vary.protocol.sessions");
    CHECK(late.where.line == 17);
    CHECK(problem_of_vary("protocol.passes = []").code == "E-SWEEP");
    CHECK(problem_of_sweep("design = \"sobol\"\nvary = { \"simulation.duration\" = \"uniform 30 days to 200 days\" }\n")
              .code == "E-SESSIONS");  // the last session would come after the end
}

TEST_CASE("names that cannot vary are refused, with the one that was meant", "[sweep]") {
    CHECK(problem_of_vary("device.needle_lenght = [\"1 mm\"]").suggestion == "device.needle_length");
    CHECK(problem_of_vary("parameters.clot_deacy = [\"1 1/d\"]").suggestion == "parameters.clot_decay");
    for (const auto* line : {"title = [\"a\"]", "seed = [1, 2]", "model.id = [\"adler_2020\"]",
                             "simulation.outputs = [\"daily\"]", "sweep.samples = [1]"}) {
        INFO(line);
        CHECK(problem_of_vary(line).code == "E-CONFLICT");
    }
    CHECK(problem_of_vary("protocol.passes = 3").code == "E-TYPE");
    CHECK(problem_of_vary("patient.site = \"uniform\"").code == "E-TYPE");
    CHECK(problem_of_sweep("design = \"sobol\"\nvary = { \"patient.site\" = { cheek = 0.5, neck = 0.6 } }\n").code ==
          "E-SWEEP");
    CHECK(problem_of_vary("device = { needles = [9] }\n\"device.needles\" = [8]").code == "E-DUPLICATE");
}

TEST_CASE("arms set what the sweep does not vary, and each must be a scenario", "[sweep]") {
    const std::string head = "design = \"grid\"\nvary = { \"patient.age\" = [\"30 years\"] }\n";
    const Sweep sweep = sweep_of(head +
                                 "[sweep.arms.few]\nprotocol.passes = 3\n[sweep.arms.\"many more\"]\n"
                                 "\"protocol.passes\" = 30\nparameters.clot_decay = \"0.6 1/d\"\n");
    REQUIRE(sweep.arms().size() == 2);
    CHECK(sweep.arms()[1].name == "many more");
    CHECK(sweep.arms()[0].scenario.integer<"protocol.passes">() == 3);
    CHECK(sweep.arms()[1].scenario.integer<"protocol.passes">() == 30);
    const auto one = [&](const std::string& line) { return problem_of_sweep(head + "[sweep.arms.A]\n" + line + "\n"); };
    CHECK(one("patient.age = \"31 years\"").code == "E-CONFLICT");
    CHECK(one("protocol.passes = 3000").where.path == "sweep.arms.A.protocol.passes");
    CHECK(one("device.kind = \"fractional laser\"\nprotocol.passes = 1").where.path == "device.needle_length");
    CHECK(one("protocol.pases = 3").code == "E-UNKNOWN-KEY");
    CHECK(one("seed = 3").code == "E-CONFLICT");
    CHECK(problem_of_sweep(head + "arms = { A = 3 }\n").code == "E-TYPE");
}

TEST_CASE("what every arm has wrong is said once", "[sweep]") {
    std::string text = swept(
        "design = \"grid\"\nvary = { \"patient.age\" = [\"30 years\"] }\n[sweep.arms.A]\n"
        "protocol.passes = 3\n[sweep.arms.B]\nprotocol.passes = 4\n");
    text.replace(text.find("1.5 mm"), 6, "15 mm ");
    const auto problems = problems_of_sweep(text);
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where.path == "device.needle_length");
}

TEST_CASE("outcomes are named by reductions", "[sweep]") {
    const std::string head = swept_course + "[sweep]\ndesign = \"grid\"\nvary = { \"protocol.passes\" = [5] }\n";
    for (const auto& [outcomes, code] : std::vector<std::pair<std::string, std::string>>{
             {"outcomes = [\"wrinkle_dept final\"]", "E-OUTCOME"},
             {"outcomes = [\"wrinkle_depth\"]", "E-OUTCOME"},
             {"outcomes = []", "E-OUTCOME"},
             {"outcomes = [3]", "E-TYPE"},
             {"", "E-MISSING"},
             {"outcomes = [\"cost final\", \"cost  final\"]", "E-OUTCOME"}}) {
        const auto problems = problems_of_sweep(head + outcomes + "\n");
        INFO(outcomes);
        REQUIRE(problems.size() == 1);
        CHECK(problems[0].code == code);
    }
    CHECK(problems_of_sweep(head + "outcomes = [\"wrinkle_dept final\"]\n")[0].suggestion == "wrinkle_depth");
}

TEST_CASE("an outcome is understood by the name of its variable as well", "[sweep]") {
    for (const std::string text : {"wrinkle_depth effect final", "collagen_iii untreated auc", "tewl time of peak",
                                   "tewl time to 0.5", "wrinkle_depth effect time to -10", "tewl time to 1e-05", "tewl time to 1.5e+20", "tewl time to -2e+20",
                                   "collagen_total at 90 d", "tewl at 0.25 d", "collagen_iii_fraction peak"}) {
        const Reduction told = parse_reduction(text);
        CHECK(parse_reduction(name_of(told)) == told);
        CHECK(text_of(told) == text);
    }
    CHECK(name_of(parse_reduction("tewl time to -2.5")) == "tewl_time_to_m2_5");
    CHECK(parse_reduction(" tewl_final ") == parse_reduction("tewl final"));
    CHECK_THROWS_AS(parse_reduction("tewl_time_two_15"), InputError);
    CHECK_THROWS_AS(parse_reduction("   "), InputError);
    CHECK_THROWS_AS(parse_reduction("tewl_at_90"), InputError);
    CHECK_THROWS_AS(parse_reduction("tewl_final_final"), InputError);
}

TEST_CASE("all faults of a sweep come at once, in the order of the file", "[sweep]") {
    const auto problems = problems_of_sweep(
        "titel = \"x\"\n[patient]\nage = \"45 years\"\n[device]\nkind = \"roller\"\n[protocol]\nsessions = \"once\"\n"
        "passes = 15\n[sweep]\ndesign = \"gird\"\noutcomes = [\"nothing\"]\nvary = { \"device.needle_length\" = [\"1 "
        "s\", "
        "\"2 mm\"] }\ncohort = { aeg = 1 }\n");
    std::vector<std::string> codes;
    for (const auto& problem : problems) codes.push_back(problem.code);
    CHECK(codes == std::vector<std::string>{"E-UNKNOWN-KEY", "E-CHOICE", "E-OUTCOME", "E-UNIT", "E-UNKNOWN-KEY"});
}

TEST_CASE("a sweep is not a course, a course not a sweep, and a published model neither", "[sweep]") {
    const auto rows = parameter_rows();
    try {
        parse_scenario("patient.sex = \"female\"\n[sweep]\ndesign = \"cohort\"\n", "x.toml", rows);
        FAIL("a sweep was taken for a course");
    } catch (const InputError& error) {
        REQUIRE(error.problems().size() == 1);  // and nothing of an age that a cohort may give
        CHECK(error.problems()[0].code == "E-SWEEP");
        CHECK(error.problems()[0].where.line == 2);
        CHECK(error.problems()[0].allowed.find("cicatrix sweep") != std::string::npos);
    }
    CHECK(problems_of_sweep(swept_course)[0].code == "E-MISSING");
    CHECK(problems_of_sweep("[model]\nid = \"adler_2020\"\n[sweep]\ndesign = \"grid\"\n")[0].code == "E-CONFLICT");
    CHECK(describes_sweep(swept("design = \"grid\"\n")));
    CHECK_FALSE(describes_sweep(swept_course));
    CHECK_FALSE(describes_sweep("not = = toml"));
}

TEST_CASE("a cohort's adherence needs advice to follow and sessions to miss", "[sweep]") {
    const std::string head = "design = \"cohort\"\nsamples = 10\ncohort = { adherence = { ";
    CHECK(problem_of_sweep(head + "sunscreen = 0.5 } }\n").code == "E-CONFLICT");
    CHECK(problem_of_sweep(head + "sunscren = 0.5 } }\n").suggestion == "sunscreen");
    CHECK(problem_of_sweep(head + "sessions = 1.5 } }\n").code == "E-RANGE");
    const Sweep sweep = sweep_of(head + "sessions = 0.5 } }\n");
    CHECK(factor_named(sweep, "cohort.missed_sessions").range.high == 7);  // three sessions after the first
}

TEST_CASE("the resolved form of a sweep reads back as the same sweep", "[sweep]") {
    for (const auto* name : {"cohort", "needle_length"}) {
        const std::string path = std::string(CICATRIX_SCENARIOS) + "/" + name + ".toml";
        const Sweep sweep = read_sweep(path), again = parse_sweep(sweep.resolved(), "resolved.toml");
        CHECK(again.rows(0, 40) == sweep.rows(0, 40));
        REQUIRE(again.arms().size() == sweep.arms().size());
        for (std::size_t arm = 0; arm < sweep.arms().size(); ++arm)
            for (std::size_t i = 0; i < keys.size(); ++i) {
                const auto& [before, after] =
                    std::tie(sweep.arms()[arm].scenario.values()[i], again.arms()[arm].scenario.values()[i]);
                REQUIRE(before.has_value() == after.has_value());
                if (before) CHECK(toml_text(before->node) == toml_text(after->node));
            }
        CHECK(parse_sweep(again.resolved(), "again.toml").rows(0, 9) == sweep.rows(0, 9));
    }
}
