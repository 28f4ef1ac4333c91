// Laws of errors: a message has one form, a nearest name is near, a number reads back.
#include <cmath>
#include <limits>
#include <random>

#include "catch.hpp"
#include "cicatrix/base/error.hpp"

using namespace cicatrix;

TEST_CASE("a problem's text leaves out what is not known", "[errors]") {
    CHECK(Problem{{"x.toml", 3, 7, "a.b"}, "wrong", "allowed is c", "c", "E-ONE"}.text() ==
          "x.toml:3:7: a.b: wrong, allowed is c (did you mean 'c'?) [E-ONE]");
    CHECK(Problem{{"x.toml", 0, 0, "a.b"}, "wrong", "", "", "E-ONE"}.text() == "x.toml: a.b: wrong [E-ONE]");
    CHECK(Problem{{}, "wrong", "", "", "E-ONE"}.text() == "wrong [E-ONE]");
}

TEST_CASE("an input error carries every problem, one a line", "[errors]") {
    const InputError error({Problem{{}, "one", "", "", "E-ONE"}, Problem{{}, "two", "", "", "E-TWO"}});
    CHECK(error.problems().size() == 2);
    CHECK(std::string(error.what()) == "one [E-ONE]\ntwo [E-TWO]");
}

TEST_CASE("file and numerical errors keep their values", "[errors]") {
    const FileError file(FileFault::disk_full, "/a/b", "no space");
    CHECK(file.fault() == FileFault::disk_full);
    CHECK(file.path() == "/a/b");
    CHECK(std::string(file.what()) == "/a/b: no space");
    const NumericalError numerical(7, 12.5, "collagen", "the step became too small");
    CHECK(numerical.member() == 7);
    CHECK(numerical.time() == 12.5);
    CHECK(numerical.state() == "collagen");
    CHECK(std::string(numerical.what()) ==
          "member 7 stopped at day 12.5 (step limited by collagen): the step became too small");
}

TEST_CASE("the nearest name is one or two slips away, not a guess", "[errors]") {
    const std::vector<std::string_view> names{"needle_length", "needles", "kind", "uv", "sex"};
    CHECK(nearest_name("needle_lenght", names) == "needle_length");
    CHECK(nearest_name("neddles", names) == "needles");
    CHECK(nearest_name("kinds", names) == "kind");
    CHECK(nearest_name("vu", names).empty());
    CHECK(nearest_name("u", names) == "uv");
    CHECK(nearest_name("colour", names).empty());
    CHECK(nearest_name("", names).empty());
    CHECK(nearest_name("kind", {}).empty());
}

TEST_CASE("a name is nearest to itself", "[errors]") {
    const std::vector<std::string_view> names{"mm", "um", "m", "cm"};
    for (const auto name : names) CHECK(nearest_name(name, names) == name);
}

TEST_CASE("the shortest text of a number reads back as the number", "[errors]") {
    CHECK(shortest_text(0.1) == "0.1");
    CHECK(shortest_text(3) == "3");
    CHECK(shortest_text(1e-6) == "1e-06");
    std::mt19937_64 random(3);
    for (int i = 0; i < 10000; ++i) {
        const double value = std::ldexp(static_cast<double>(random() >> 11), static_cast<int>(random() % 1900) - 1000);
        CHECK(std::stod(shortest_text(value)) == value);
    }
}
