// Laws of the patient's conditions: what speaks against needling must be acknowledged, and is told either way.
#include <algorithm>

#include "cicatrix/skin/condition.hpp"
#include "scenario_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;

namespace {

std::string with_conditions(const std::string& names, const std::string& more = "") {
    return with(good_text, "[device]", "conditions = [" + names + "]\n" + more + "[device]");
}

const std::string acknowledged = "acknowledge_warnings = true\n";

}  // namespace

TEST_CASE("a condition that must be acknowledged stops the scenario until it is", "[conditions]") {
    for (const auto& condition : conditions) {
        const std::string name = "\"" + std::string(condition.name) + "\"";
        INFO(name);
        CHECK(problems_of(with_conditions(name)).size() == (condition.must_acknowledge ? 1 : 0));
        CHECK(scenario_of(with_conditions(name, acknowledged)).warnings() ==
              std::vector<std::string>{std::string(condition.warning)});
    }
}

TEST_CASE("pregnancy, eczema and infection must be acknowledged", "[conditions]") {
    for (const std::string name : {"pregnancy", "eczema", "active infection"}) {
        const Problem problem = problem_of(with_conditions("\"smoking\", \"" + name + "\""));
        CHECK(problem.code == "E-WARNING");
        CHECK(problem.where.path == "patient.conditions[2]");
        CHECK(problem.allowed.find("acknowledge_warnings = true") != std::string::npos);
    }
}

TEST_CASE("every condition of a patient is refused at once, and warned of at once", "[conditions]") {
    const std::string names = R"("pregnancy", "smoking", "eczema")";
    CHECK(problems_of(with_conditions(names)).size() == 2);
    CHECK(scenario_of(with_conditions(names, acknowledged)).warnings().size() == 3);
    CHECK(scenario_of(good_text).warnings().empty());
    CHECK(scenario_of(with_conditions("", acknowledged)).warnings().empty());
}

TEST_CASE("a condition is named once", "[conditions]") {
    const Problem twice = problem_of(with_conditions(R"("smoking", "diabetes", "smoking")"));
    CHECK(twice.code == "E-CHOICE");
    CHECK(twice.where.path == "patient.conditions[3]");
}

TEST_CASE("an answer that cannot be read is one problem, not also a warning", "[conditions]") {
    CHECK(problem_of(with_conditions("\"pregnancy\"", "acknowledge_warnings = \"yes\"\n")).code == "E-TYPE");
    CHECK(problem_of(with_conditions("\"pregnant\"")).code == "E-CHOICE");
}
