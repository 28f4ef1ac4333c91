// Laws of the document tree: places, order and spelling are the file's, and what is written reads back.
#include <random>

#include "catch.hpp"
#include "cicatrix/scenario/document.hpp"
#include "cicatrix/scenario/findings.hpp"
#include "cicatrix/scenario/raw_text.hpp"

using namespace cicatrix;

namespace {

Node document(const std::string& text) { return read_document(text, "x.toml"); }

/// The value under a key of the root, which must be there.
Node value_of(const std::string& text, const std::string& key) {
    const Node root = document(text);
    const Entry* entry = root.find(key);
    REQUIRE(entry != nullptr);
    return entry->value;
}

std::vector<std::string> names_of_entries(const Node& table) {
    std::vector<std::string> names;
    for (const auto& entry : table.entries) names.push_back(entry.key);
    return names;
}

void check_place(Place place, int line, int column) {
    CHECK(place.line == line);
    CHECK(place.column == column);
}

/// Equal in everything but places and spelling.
bool same(const Node& a, const Node& b) {
    if (a.kind != b.kind || a.entries.size() != b.entries.size() || a.items.size() != b.items.size()) return false;
    if (a.kind == NodeKind::text && a.words != b.words) return false;
    if (a.truth != b.truth || a.integer != b.integer || !(a.number == b.number)) return false;
    for (std::size_t i = 0; i < a.items.size(); ++i)
        if (!same(a.items[i], b.items[i])) return false;
    for (const auto& entry : a.entries) {
        const Entry* other = b.find(entry.key);
        if (other == nullptr || !same(entry.value, other->value)) return false;
    }
    return true;
}

/// A value of random shape; texts hold whatever UTF-8 and control characters may stand in an escaped string.
Node random_node(std::mt19937& random, int depth) {
    static const std::string pieces[]{"a",      "\"",     "\\",         "\n", "\x1f", "\x7f",
                                      "\u00e9", "\u20ac", "\U0001F600", " ",  "#",    "'"};
    Node node;
    switch (random() % (depth > 0 ? 5 : 3)) {
        case 0:
            node.kind = NodeKind::text;
            for (auto length = random() % 6; length > 0; --length) node.words += pieces[random() % std::size(pieces)];
            break;
        case 1:
            node.kind = NodeKind::integer;
            node.integer = static_cast<long long>(random()) - 2000000000;
            node.number = static_cast<double>(node.integer);
            node.words = std::to_string(node.integer);
            break;
        case 2:
            node.kind = NodeKind::boolean;
            node.truth = random() % 2 == 0;
            node.words = node.truth ? "true" : "false";
            break;
        case 3:
            node.kind = NodeKind::list;
            for (auto length = random() % 4; length > 0; --length) node.items.push_back(random_node(random, depth - 1));
            break;
        default:
            for (auto length = random() % 4; length > 0; --length)
                node.entries.push_back({"k" + std::to_string(length) + (length % 2 == 0 ? " \"odd\" \u00e9" : ""),
                                        {},
                                        random_node(random, depth - 1)});
    }
    return node;
}

}  // namespace

TEST_CASE("each kind of value is told apart", "[document]") {
    CHECK(value_of("a = \"x\"", "a").kind == NodeKind::text);
    CHECK(value_of("a = '''x'''", "a").kind == NodeKind::text);
    CHECK(value_of("a = 3", "a").kind == NodeKind::integer);
    CHECK(value_of("a = 0x1f", "a").integer == 31);
    CHECK(value_of("a = 3.0", "a").kind == NodeKind::number);
    CHECK(value_of("a = 1e3", "a").number == 1000);
    CHECK(value_of("a = true", "a").truth);
    CHECK(value_of("a = 2026-11-20", "a").kind == NodeKind::date);
    CHECK(value_of("a = 12:00:00", "a").kind == NodeKind::date);
    CHECK(value_of("a = [1]", "a").kind == NodeKind::list);
    CHECK(value_of("a = {}", "a").kind == NodeKind::table);
    CHECK(value_of("[a]", "a").kind == NodeKind::table);
    CHECK(value_of("[[a]]", "a").kind == NodeKind::list);
    for (const auto kind : {NodeKind::table, NodeKind::list, NodeKind::text, NodeKind::integer, NodeKind::number,
                            NodeKind::boolean, NodeKind::date})
        CHECK_FALSE(words(kind).empty());
}

TEST_CASE("values, keys and sections know where they stand", "[document]") {
    const Node root = document("first = 1\n[section]\n  key   =  \"\u00e9\"  # note\nlist = [10,\n  20]\n");
    check_place(root.find("first")->place, 1, 1);
    check_place(root.find("first")->value.place, 1, 9);
    const Node& section = root.find("section")->value;
    check_place(section.place, 2, 1);
    check_place(section.find("key")->place, 3, 3);
    check_place(section.find("key")->value.place, 3, 12);
    check_place(section.find("list")->value.items[0].place, 4, 9);
    check_place(section.find("list")->value.items[1].place, 5, 3);
}

TEST_CASE("entries keep the order of the file", "[document]") {
    const Node root = document("zebra = 1\napple = 2\n[middle]\nb = 1\na = 2\n[early]\n");
    CHECK(names_of_entries(root) == std::vector<std::string>{"zebra", "apple", "middle", "early"});
    CHECK(names_of_entries(root.find("middle")->value) == std::vector<std::string>{"b", "a"});
    CHECK(names_of_entries(value_of("t = { z = 1, y = 2, x = 3 }", "t")) == std::vector<std::string>{"z", "y", "x"});
}

TEST_CASE("a number keeps the spelling of the file", "[document]") {
    for (const std::string spelling :
         {"15", "15.0", "1e-6", "1_000", "0x1F", "+3", "-0.5", "nan", "true", "2026-11-20"}) {
        CHECK(value_of("a = " + spelling + "  # note\n", "a").words == spelling);
        CHECK(value_of("a = [\"\u00e9\u20ac\", " + spelling + "]", "a").items[1].words == spelling);
        CHECK(value_of("a = { b = " + spelling + " }", "a").find("b")->value.words == spelling);
    }
}

TEST_CASE("dotted keys and sections build the same tree", "[document]") {
    CHECK(same(document("[a]\nb.c = 1\n"), document("a = { b = { c = 1 } }\n")));
    CHECK(same(document("a.b.c = 1\n"), document("[a.b]\nc = 1\n")));
    CHECK(same(document("[[a]]\nb = 1\n[[a]]\nb = 2\n"), document("a = [{ b = 1 }, { b = 2 }]\n")));
    CHECK_FALSE(same(document("\"a.b\" = 1\n"), document("a.b = 1\n")));
}

TEST_CASE("a tree of any shape is written as TOML that reads back as the same tree", "[document]") {
    std::mt19937 random(8);
    for (int i = 0; i < 500; ++i) {
        const Node node = random_node(random, 4);
        const std::string text = "value = " + toml_text(node) + "\n";
        INFO(text);
        CHECK(same(value_of(text, "value"), node));
    }
}

TEST_CASE("a key that is not there is not found", "[document]") {
    const Node root = document("a = 1\n");
    CHECK(root.find("b") == nullptr);
    CHECK(root.find("") == nullptr);
    CHECK(document("").entries.empty());
}

TEST_CASE("columns and bytes of a line are each other's inverse at the beginnings of characters", "[document]") {
    const std::string line = "a\u00e9\u20ac\U0001F600z";
    CHECK(byte_of_column(line, 1) == 0);
    CHECK(byte_of_column(line, 5) == 10);
    CHECK(byte_of_column(line, 99) == line.size());
    for (int column = 1; column <= 6; ++column) CHECK(column_of_byte(line, byte_of_column(line, column)) == column);
}

TEST_CASE("a text has one more line than it has line ends", "[document]") {
    CHECK(lines_of("") == std::vector<std::string_view>{""});
    CHECK(lines_of("a\nb") == std::vector<std::string_view>{"a", "b"});
    CHECK(lines_of("a\n\n") == std::vector<std::string_view>{"a", "", ""});
}

TEST_CASE("findings are thrown together, in the order of the file", "[document]") {
    Findings findings("x.toml");
    CHECK(findings.empty());
    CHECK_NOTHROW(findings.raise());
    findings.add({9, 1}, "late", {"E-TYPE", "third"});
    findings.add({2, 8}, "early", {"E-TYPE", "second"});
    findings.add({2, 1}, "early", {"E-RANGE", "first", "allowed", "meant"});
    findings.add(InputError({Problem{{"x.toml", 11, 1, "last"}, "fourth", "", "", "E-UNIT"}}), "E-SESSIONS");
    try {
        findings.raise();
        FAIL("nothing was thrown");
    } catch (const InputError& error) {
        REQUIRE(error.problems().size() == 4);
        CHECK(error.problems()[0].text() == "x.toml:2:1: early: first, allowed (did you mean 'meant'?) [E-RANGE]");
        CHECK(error.problems()[1].what == "second");
        CHECK(error.problems()[2].what == "third");
        CHECK(error.problems()[3].code == "E-SESSIONS");
        CHECK(std::string(error.what()).find("\nx.toml:9:1: late: third [E-TYPE]\n") != std::string::npos);
    }
}
