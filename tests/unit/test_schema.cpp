// Laws of the JSON Schema: it is JSON, accepts every shipped scenario, and sees the faults that one key alone shows.
#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <regex>

#include "cicatrix/scenario/codes.hpp"
#include "cicatrix/scenario/document.hpp"
#include "cicatrix/scenario/schema.hpp"
#include "cicatrix/scenario/text_file.hpp"
#include "scenario_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;
using Json = nlohmann::json;

namespace {

Json json_of(const Node& node) {
    if (node.kind == NodeKind::text) return node.words;
    if (node.kind == NodeKind::boolean) return node.truth;
    if (node.kind == NodeKind::integer) return node.integer;
    if (node.kind == NodeKind::number) return node.number;
    Json value = node.kind == NodeKind::list ? Json::array() : Json::object();
    for (const auto& item : node.items) value.push_back(json_of(item));
    for (const auto& entry : node.entries) value[entry.key] = json_of(entry.value);
    return value;
}

bool has_type(const Json& value, const std::string& type) {
    return (type == "object" && value.is_object()) || (type == "array" && value.is_array()) ||
           (type == "string" && value.is_string()) || (type == "number" && value.is_number()) ||
           (type == "integer" && value.is_number_integer()) || (type == "boolean" && value.is_boolean());
}

bool obeys(const Json& value, const Json& schema);

bool has_required(const Json& value, const Json& names) {
    return std::ranges::all_of(names, [&](const Json& name) { return value.contains(name.get<std::string>()); });
}

/// Members that `properties` names obey what it says of them, others what `additionalProperties` says.
bool obeys_as_object(const Json& value, const Json& schema) {
    const Json properties = schema.value("properties", Json::object());
    const Json others = schema.value("additionalProperties", Json::object());
    for (const auto& [name, member] : value.items()) {
        const Json& form = properties.contains(name) ? properties[name] : others;
        if (form == false || !obeys(member, form)) return false;
    }
    return true;
}

/// The words of draft 07 that our schema uses; each but `type` is silent about values of another type.
bool obeys_word(const Json& value, const Json& schema, const std::string& word, const Json& rule) {
    const auto whole = [&](const Json& form) { return obeys(value, form); };
    const auto each = [&](const Json& item) { return obeys(item, rule); };
    if (word == "type") return has_type(value, rule);
    if (word == "enum") return std::ranges::find(rule, value) != rule.end();
    if (word == "pattern")
        return !value.is_string() || std::regex_search(value.get<std::string>(), std::regex(rule.get<std::string>()));
    if (word == "minimum") return !value.is_number() || value >= rule;
    if (word == "maximum") return !value.is_number() || value <= rule;
    if (word == "anyOf") return std::ranges::any_of(rule, whole);
    if (word == "allOf") return std::ranges::all_of(rule, whole);
    if (word == "items") return !value.is_array() || std::ranges::all_of(value, each);
    if (word == "properties" || word == "additionalProperties")
        return !value.is_object() || obeys_as_object(value, schema);
    if (word == "required") return !value.is_object() || has_required(value, rule);
    const bool is_known = word == "description" || word == "title" || word == "$schema";
    if (!is_known) FAIL("a word that the test does not know: " << word);
    return true;
}

bool obeys(const Json& value, const Json& schema) {
    for (const auto& [word, rule] : schema.items())
        if (!obeys_word(value, schema, word, rule)) return false;
    return true;
}

const Json& schema() {
    static const Json parsed = Json::parse(scenario_schema(rows));
    return parsed;
}

bool is_accepted(const std::string& text) { return obeys(json_of(read_document(text, "x.toml")), schema()); }

}  // namespace

TEST_CASE("the schema accepts every shipped scenario and every good example", "[schema]") {
    for (const auto& entry : std::filesystem::directory_iterator(CICATRIX_SCENARIOS))
        if (entry.path().extension() == ".toml") {
            INFO(entry.path());
            CHECK(is_accepted(read_text_file(entry.path())));
        }
    for (const auto& page : error_pages()) {
        INFO(page.code);
        CHECK(is_accepted(std::string(page.good)));
    }
    for (const auto& text :
         {good_text, laser_text, with(good_text, "roller", "pen"), with(good_text, "roller", "stamp")})
        CHECK(is_accepted(scenario_of(text).resolved()));
    CHECK(is_accepted(with_sessions("[\"0 days\", \"30 days\"]")));
    CHECK(is_accepted(with_sessions("[{ at = \"0 days\", needle_length = \"1 mm\", passes = 3 }]")));
}

TEST_CASE("the schema refuses what one key alone shows to be wrong", "[schema]") {
    for (const std::string code :
         {"E-UNKNOWN-KEY", "E-TYPE", "E-UNIT", "E-CHOICE", "E-MISSING", "E-SESSIONS", "E-LATER", "E-TOPICALS"}) {
        INFO(code);
        CHECK_FALSE(is_accepted(std::string(find_error_page(code)->bad)));
    }
    CHECK_FALSE(is_accepted(with(good_text, "passes = 15", "passes = 1500")));
    CHECK_FALSE(is_accepted(with(good_text, "passes = 15", "passes = 1.5")));
    CHECK_FALSE(is_accepted(with_sessions("[{ needle_length = \"1 mm\" }]")));
    CHECK_FALSE(is_accepted(good_text + "[parameters]\nunheard_of = 1\n"));
}

TEST_CASE("the schema lets a sweep vary what a course needs, and knows the keys of cohorts", "[schema]") {
    const std::string sweep = "[sweep]\ndesign = \"cohort\"\noutcomes = [\"cost final\"]\n";
    CHECK(is_accepted(sweep + "cohort = { age = \"uniform 20 years to 60 years\", sex = { female = 1.0 } }\n"));
    CHECK_FALSE(is_accepted(sweep + "cohort = { aeg = \"uniform 20 years to 60 years\" }\n"));
    CHECK_FALSE(is_accepted(sweep + "cohort = { adherence = { sessions = 2 } }\n"));
    CHECK_FALSE(is_accepted(sweep + "vary = [\"patient.age\"]\n"));
    CHECK_FALSE(is_accepted(sweep + "samples = 0\n"));
    CHECK_FALSE(is_accepted("[patient]\nage = \"30 years\"\n"));
}

TEST_CASE("the schema describes every key and every parameter", "[schema]") {
    for (const auto& key : keys) {
        INFO(key.name);
        const Json& root = schema()["properties"];
        const std::string section(section_of(key.name));
        const std::string leaf(leaf_of(key.name));
        const Json& entry = section.empty() ? root[leaf] : root[section]["properties"][leaf];
        CHECK(entry["description"].get<std::string>().starts_with(std::string(key.meaning)));
    }
    for (const auto& row : rows)
        CHECK(schema()["properties"]["parameters"]["properties"].contains(std::string(row.name)));
}
