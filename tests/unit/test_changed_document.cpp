// Documents that are changed: names of nested tables, values put in the place of others, and the text that comes of it.
#include <algorithm>
#include <cstdlib>
#include <limits>

#include "catch.hpp"
#include "cicatrix/base/error.hpp"
#include "cicatrix/scenario/changed_document.hpp"
#include "cicatrix/scenario/factor.hpp"

using namespace cicatrix;

namespace {

const std::string course = R"(title = "A \"quoted\" course"
seed = 12
[patient]
age = "45 years"
conditions = ["eczema"]
[device]
kind = "roller"
needle_length = "1.5 mm"
[parameters]
clot_decay = "0.5 1/d"
)";

Node document_of(const std::string& text) { return read_document(text, "x.toml"); }

std::vector<std::string> names_in(const std::string& text) {
    const Node document = document_of(text);
    std::vector<std::string> names;
    for (const auto& entry : named_entries(document)) names.push_back(entry.name);
    return names;
}

/// Whether two documents say the same, wherever it stands.
bool same(const Node& a, const Node& b) {
    const auto first = named_entries(a), second = named_entries(b);
    return first.size() == second.size() && std::ranges::all_of(first, [&](const NamedEntry& entry) {
               const auto hit = std::ranges::find(second, entry.name, &NamedEntry::name);
               return hit != second.end() && toml_text(*hit->value) == toml_text(*entry.value);
           });
}

}  // namespace

TEST_CASE("names with a dot, nested tables and sections give the same names", "[document]") {
    const std::vector<std::string> wanted{"device.needles", "patient.age"};
    CHECK(names_in("device.needles = 9\npatient.age = 3\n") == wanted);
    CHECK(names_in("\"device.needles\" = 9\n\"patient.age\" = 3\n") == wanted);
    CHECK(names_in("device = { needles = 9 }\npatient = { age = 3 }\n") == wanted);
    CHECK(names_in("[device]\nneedles = 9\n[patient]\nage = 3\n") == wanted);
}

TEST_CASE("a table that is no section stays one value", "[document]") {
    CHECK(names_in("other = { a = 1, b = 2 }\nparameters = { a = 1 }\n") ==
          std::vector<std::string>{"other", "parameters.a"});
    CHECK(names_in("patient = 3\n") == std::vector<std::string>{"patient"});
    const Node shares = document_of("patient.site = { cheek = 0.5, neck = 0.5 }\n");
    REQUIRE(named_entries(shares).size() == 1);
    CHECK(named_entries(shares)[0].value->kind == NodeKind::table);
}

TEST_CASE("a value takes the place of another, or opens its section", "[document]") {
    Node document = document_of(course);
    set_value(document, "device.needle_length", text_node("2 mm"));
    set_value(document, "title", text_node("Another"));
    set_value(document, "care.uv", number_node(0.25, ""), {7, 3});
    CHECK(find_value(document, "device.needle_length")->words == "2 mm");
    CHECK(find_value(document, "title")->words == "Another");
    CHECK(find_value(document, "care.uv")->number == 0.25);
    CHECK(document.find("care")->value.place.line == 7);
    CHECK(find_value(document, "device.kind")->words == "roller");
    CHECK(named_entries(document).size() == 8);
}

TEST_CASE("what is not there is not found, and a section is left out whole", "[document]") {
    const Node document = document_of(course);
    CHECK(find_value(document, "care.uv") == nullptr);
    CHECK(find_value(document, "device.needles") == nullptr);
    CHECK(find_value(document, "question") == nullptr);
    const Node rest = without_section(document, "device");
    CHECK(find_value(rest, "device.kind") == nullptr);
    CHECK(find_value(rest, "patient.age")->words == "45 years");
    CHECK(same(without_section(document, "sweep"), document));
}

TEST_CASE("the text of a document reads back as the document", "[document]") {
    Node document = document_of(course);
    CHECK(same(document_of(document_text(document)), document));
    set_value(document, "protocol.sessions",
              document_of("a = [{ at = \"1 day\", passes = 3 }, { at = \"9 days\" }]").entries[0].value);
    set_value(document, "care.moisturiser", document_of("a = true").entries[0].value);
    set_value(document, "simulation.rtol", number_node(1e-7, ""));
    set_value(document, "question", text_node("Does \\ a \"quote\" survive?\n"));
    const Node again = document_of(document_text(document));
    CHECK(same(again, document));
    CHECK(find_value(again, "simulation.rtol")->number == 1e-7);
    CHECK(find_value(again, "question")->words == "Does \\ a \"quote\" survive?\n");
    CHECK(document_text(again) == document_text(document_of(document_text(again))));
}

TEST_CASE("values outside sections come before the first section", "[document]") {
    Node document;
    set_value(document, "patient.age", text_node("45 years"));
    set_value(document, "title", text_node("Late"));
    CHECK(document_text(document).starts_with("title = \"Late\"\n"));
}

TEST_CASE("numbers are written so that they read back to the last bit", "[document]") {
    for (const double value : {0.1, 1.0 / 3, 1e-300, 123456789.123456789, 5e-324, 1.7976931348623157e308, -0.0}) {
        CHECK(document_of("a = " + number_node(value, "").words).entries[0].value.number == value);
        const std::string words = number_node(value, "mm").words;
        CHECK(words.ends_with(" mm"));
        CHECK(std::strtod(words.c_str(), nullptr) == value);
    }
    CHECK(number_node(15, "", true).words == "15");
    CHECK(number_node(15, "", true).kind == NodeKind::integer);
    CHECK(number_node(15, "").kind == NodeKind::number);
    CHECK(number_node(9007199254740991, "", true).integer == 9007199254740991);
}

TEST_CASE("a factor takes what it allows and says what that is", "[document]") {
    Factor length;
    length.name = "device.needle_length";
    length.unit = "mm";
    length.range = {0.1, 3};
    CHECK_NOTHROW(length.check(0.1));
    CHECK_NOTHROW(length.check(3));
    CHECK(length.range_text() == "0.1 mm to 3 mm");
    for (const double value :
         {0.09, 3.01, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()})
        CHECK_THROWS_AS(length.check(value), InputError);
    Factor site;
    site.name = "patient.site";
    site.kind = FactorKind::choice;
    site.choices = {text_node("cheek"), document_of("a = [1, 2]").entries[0].value};
    CHECK(site.choice_text(0) == "cheek");
    CHECK(site.choice_text(1) == "[1, 2]");
    CHECK_NOTHROW(site.check(1));
    for (const double value : {-1.0, 0.5, 2.0}) CHECK_THROWS_AS(site.check(value), InputError);
    Factor passes = length;
    passes.whole = true;
    CHECK_THROWS_AS(passes.check(1.5), InputError);
}
