// The members of a sweep stand along one dimension: each column where it belongs, each failure with its state.
#include "cicatrix/io/shard.hpp"

#include "catch.hpp"
#include "cicatrix/course/course.hpp"
#include "cicatrix/io/netcdf.hpp"

#include <algorithm>
#include <stdexcept>

using namespace cicatrix;

namespace {

SweepColumns columns() {
    return {{{"device.needle_length", "mm", "length of the needles", "", {}},
             {"patient.site", "1", "treated site", "", {"crow's feet", "cheek"}}},
            {{"gain", "um", "what is gained", "", {}}, {"days", "d", "how long it takes", "", {}}},
            {"monthly", "weekly"}};
}

/// Three members under two protocols; the second member fails under the second one.
SweepRows rows() {
    return {100,
            3,
            {0.5, 0, 1.0, 1, 1.5, 0},
            {1, 10, 2, 20, 3, 30, 4, 40, 5, 50, 6, 60},
            {0, 0, 0, 2, 0, 0},
            {730, 730, 730, 12, 730, 730},
            {0, 0, 0, 5, 0, 0},
            {50, 51, 52, 53, 54, 55}};
}

const Variable& variable_of(const Group& group, const std::string& name) {
    const auto found = std::ranges::find(group.variables, name, &Variable::name);
    REQUIRE(found != group.variables.end());
    return *found;
}

template <class Value> std::vector<Value> column(const Group& group, const std::string& name) {
    return std::get<std::vector<Value>>(variable_of(group, name).values);
}

std::string text(const Variable& variable, const std::string& name) {
    for (const auto& [known, value] : variable.attributes)
        if (known == name) return std::get<std::string>(value);
    return {};
}

}  // namespace

TEST_CASE("each column of a sweep runs along its members, and along the arms where protocols are compared", "[io]") {
    const Group group = shard_of(columns(), rows());
    CHECK(column<std::int32_t>(group, "member") == std::vector<std::int32_t>{100, 101, 102});
    CHECK(column<std::string>(group, "arm") == std::vector<std::string>{"monthly", "weekly"});
    CHECK(column<double>(group, "device.needle_length") == std::vector{0.5, 1.0, 1.5});
    CHECK(variable_of(group, "device.needle_length").dimensions == std::vector<std::string>{"member"});
    CHECK(column<double>(group, "gain") == std::vector{1.0, 2.0, 3.0, 4.0, 5.0, 6.0});
    CHECK(column<double>(group, "days") == std::vector{10.0, 20.0, 30.0, 40.0, 50.0, 60.0});
    CHECK(variable_of(group, "gain").dimensions == std::vector<std::string>{"member", "arm"});
    CHECK(column<std::int32_t>(group, "solver_steps") == std::vector<std::int32_t>{50, 51, 52, 53, 54, 55});
    CHECK_NOTHROW(netcdf_bytes(group));
}

TEST_CASE("a sweep of one protocol has no arms", "[io]") {
    SweepColumns one = columns();
    one.arms = {""};
    SweepRows some = rows();
    some.count = 6, some.design.resize(12);
    const Group group = shard_of(one, some);
    CHECK(variable_of(group, "gain").dimensions == std::vector<std::string>{"member"});
    CHECK(group.dimensions.size() == 1);
}

TEST_CASE("words that vary are flags of the file, named without the blanks that end a name", "[io]") {
    const Group group = shard_of(columns(), rows());
    const Variable& site = variable_of(group, "patient.site");
    CHECK(column<std::int8_t>(group, "patient.site") == std::vector<std::int8_t>{0, 1, 0});
    CHECK(text(site, "flag_meanings") == "crow's_feet cheek");
    CHECK(text(site, "choices") == "crow's feet\ncheek");
}

TEST_CASE("a member that failed names the state that limited it, and no other one does", "[io]") {
    const Group group = shard_of(columns(), rows());
    CHECK(column<std::int8_t>(group, "status") == std::vector<std::int8_t>{0, 0, 0, 2, 0, 0});
    CHECK(column<std::int8_t>(group, "solver_limiting_state") == std::vector<std::int8_t>{-1, -1, -1, 5, -1, -1});
    const std::string names = text(variable_of(group, "solver_limiting_state"), "flag_meanings");
    CHECK(names.starts_with("none " + std::string(CourseModel::states[0].name) + " "));
    CHECK(names.ends_with(" " + std::string(CourseModel::states.back().name)));
}

TEST_CASE("a length of time that varies is not taken for a date", "[io]") {
    SweepColumns timed = columns();
    timed.factors[0].unit = "days";
    timed.factors[1].unit = "";
    const Group group = shard_of(timed, rows());
    CHECK(text(variable_of(group, "device.needle_length"), "units") == "d");
    CHECK(text(variable_of(group, "patient.site"), "units") == "1");
    CHECK(text(variable_of(group, "gain"), "units") == "um");
}

TEST_CASE("rows that do not fit the columns are refused", "[io]") {
    for (const auto shorten :
         {+[](SweepRows& r) { r.design.pop_back(); }, +[](SweepRows& r) { r.values.pop_back(); },
          +[](SweepRows& r) { r.status.pop_back(); }, +[](SweepRows& r) { r.steps.push_back(0); }}) {
        SweepRows some = rows();
        shorten(some);
        CHECK_THROWS_AS(shard_of(columns(), some), std::invalid_argument);
    }
    SweepColumns many = columns();
    many.factors[1].choices.resize(200, "site");
    CHECK_THROWS_AS(shard_of(many, rows()), std::invalid_argument);
}

TEST_CASE("equal members give equal bytes wherever they stand in a process", "[io]") {
    CHECK(netcdf_bytes(shard_of(columns(), rows())) == netcdf_bytes(shard_of(columns(), rows())));
    SweepRows others = rows();
    others.first += 1;
    CHECK(netcdf_bytes(shard_of(columns(), rows())) != netcdf_bytes(shard_of(columns(), others)));
}
