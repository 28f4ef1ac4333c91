// Laws of scenario texts: limits, encoding, syntax and files; no bytes whatever do harm.
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <random>

#include "cicatrix/scenario/raw_text.hpp"
#include "cicatrix/scenario/text_file.hpp"
#include "scenario_texts.hpp"

using namespace cicatrix;
using namespace cicatrix::test;

namespace {

std::string repeated(const std::string& text, int times) {
    std::string all;
    for (int i = 0; i < times; ++i) all += text;
    return all;
}

/// A folder that is gone after the test.
struct Folder {
    std::filesystem::path path =
        std::filesystem::temp_directory_path() / ("cicatrix_scenario_" + std::to_string(std::random_device{}()));
    Folder() { std::filesystem::create_directory(path); }
    ~Folder() { std::filesystem::remove_all(path); }

    std::filesystem::path write(const std::string& name, const std::string& content) const {
        std::ofstream(path / name, std::ios::binary) << content;
        return path / name;
    }
};

FileFault fault_of(const std::filesystem::path& path) {
    try {
        read_scenario(path, rows);
    } catch (const FileError& error) {
        CHECK(error.path() == path.string());
        return error.fault();
    }
    FAIL(path << " was read");
    return FileFault::corrupt;
}

}  // namespace

TEST_CASE("a syntax error is one problem with its place", "[scenario text]") {
    const Problem unquoted = problem_of("a = 1\nb = 52 years\n");
    CHECK(unquoted.code == "E-SYNTAX");
    CHECK(unquoted.where.line == 2);
    CHECK(unquoted.where.column == 8);
    for (const auto text : {"a =", "= 1", "a = \"x", "a = 'x\n'", "[a", "a = [1,", "a = {b = 1", "a b = 1",
                            "a = 99999999999999999999", "a = 1_", "a = \"\\q\""})
        CHECK(problem_of(text).code == "E-SYNTAX");
}

TEST_CASE("a line that stops the library's own checks is found", "[scenario text]") {
    for (const std::string line : {"[+a]", "[}a]", "[`a]", "[= 1"}) {
        const Problem problem = problem_of("a = 1\nb = 2\n" + line + "\nc = 3\n");
        INFO(problem.text());
        CHECK(problem.code == "E-SYNTAX");
        CHECK(problem.where.line == 3);
    }
}

TEST_CASE("a key or section given twice is one problem at the second", "[scenario text]") {
    const Problem key = problem_of("a = 1\nb = 2\n  a  =  3\n");
    CHECK(key.code == "E-DUPLICATE");
    CHECK(key.where.line == 3);
    CHECK(key.where.column == 3);
    for (const auto text : {"[a]\nb = 1\n[a]\nc = 2\n", "a = { b = 1, b = 2 }\n", "a.b = 1\n[a]\nb = 2\n",
                            "a = 1\na.b = 2\n", "a = [1]\n[[a]]\n"})
        CHECK(problem_of(text).code == "E-DUPLICATE");
}

TEST_CASE("columns count characters, not bytes", "[scenario text]") {
    CHECK(problem_of("t = \"\u00e9\u00e9\u00e9\" x\n").where.column == 11);
    const std::string text = with(good_text, "periorbital\"", "p\u00e9\" # \u00e9");
    CHECK(problem_of(text).where.column == 8);
}

TEST_CASE("the nesting of brackets is limited before anything recurses", "[scenario text]") {
    const auto nested = [](int depth) { return "a = " + repeated("[", depth) + repeated("]", depth) + "\n"; };
    CHECK(problem_of(nested(deepest_nesting) + good_text).code == "E-UNKNOWN-KEY");
    CHECK(problem_of(nested(deepest_nesting + 1)).code == "E-LIMIT");
    CHECK(problem_of("a = " + repeated("[", 500000)).code == "E-LIMIT");
    CHECK(problem_of("a = " + repeated("{ b = ", 1000)).code == "E-LIMIT");
    CHECK(problem_of("a = \"\"\"x\"\"\"\" # [\nb = " + repeated("[", 100)).code == "E-LIMIT");
    CHECK(problem_of("a = [\"\"\"x\"\"\"\"\", " + repeated("[", 100)).code == "E-LIMIT");
    CHECK(problems_of("# " + repeated("[", 100) + "\n" + good_text).empty());
    CHECK(problems_of(with(good_text, "Four sessions", repeated("[", 100))).empty());
    CHECK(problems_of(with(good_text, "\"Four sessions\"", "'''" + repeated("[\n", 100) + "'''")).empty());
}

TEST_CASE("the parts of a key are limited before anything recurses", "[scenario text]") {
    CHECK(problem_of("a" + repeated(".a", longest_key - 1) + " = 1\n" + good_text).code == "E-UNKNOWN-KEY");
    CHECK(problem_of("a" + repeated(".a", longest_key) + " = 1\n").code == "E-LIMIT");
    CHECK(problem_of("[a" + repeated(".a", 100000) + "]\n").code == "E-LIMIT");
    CHECK(problem_of("a" + repeated(".\"b\"", 100) + " = 1\n").code == "E-LIMIT");
    CHECK(problem_of("x = { a" + repeated(" . a", 100) + " = 1 }\n").code == "E-LIMIT");
}

TEST_CASE("the size of a text is limited", "[scenario text]") {
    const std::string filler = "#" + std::string(largest_text - good_text.size() - 2, 'x') + "\n";
    CHECK(problems_of(good_text + filler).empty());
    CHECK(problem_of(good_text + filler + "#").code == "E-LIMIT");
}

TEST_CASE("a text that is not UTF-8, or holds NUL, is refused at the byte", "[scenario text]") {
    for (const std::string bytes : {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf0\x80\x80\xaf",
                                    "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe2\x82", "\xff"}) {
        const Problem problem = problem_of("a = 1\nb = \"" + bytes + "\"\n");
        CHECK(problem.code == "E-SYNTAX");
        CHECK(problem.where.line == 2);
        CHECK(problem.where.column == 6);
    }
    CHECK(problem_of(std::string("a = 1\0\n", 7)).where.column == 6);
    CHECK(problems_of(with(good_text, "Four", "\u00c5\u20ac\U0001F600")).empty());
}

TEST_CASE("line ends and a byte order mark do not matter", "[scenario text]") {
    std::string windows;
    for (const char c : good_text) windows += c == '\n' ? "\r\n" : std::string(1, c);
    CHECK(problems_of(windows).empty());
    CHECK(problems_of("\xef\xbb\xbf" + good_text).empty());
    CHECK(problem_of(with(windows, "15\r", "0\r")).where.line == 10);
}

TEST_CASE("a file that is none, a folder, a pipe, a device or too large is no input", "[scenario text]") {
    const Folder folder;
    CHECK(fault_of(folder.path / "absent.toml") == FileFault::no_input);
    CHECK(fault_of(folder.path) == FileFault::no_input);
    CHECK(fault_of("/dev/zero") == FileFault::no_input);
    const auto pipe = folder.path / "pipe";
    REQUIRE(mkfifo(pipe.c_str(), 0600) == 0);
    CHECK(fault_of(pipe) == FileFault::no_input);
    CHECK(fault_of(folder.write("large.toml", std::string(largest_text + 1, '#'))) == FileFault::no_input);
    CHECK(read_scenario(folder.write("good.toml", good_text), rows).text() == good_text);
    CHECK(read_text_file(folder.write("empty.toml", "")).empty());
}

TEST_CASE("very many problems are cut off and say so, in bounded time", "[scenario text]") {
    std::string text = good_text + "[care]\n";
    for (int i = 0; text.size() < largest_text - 100; ++i) text += "k" + std::to_string(i) + " = 1\n";
    const auto begin = std::chrono::steady_clock::now();
    const auto problems = problems_of(text);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(20));  // a second on a quiet machine
    CHECK(problems.size() == 1001);
    CHECK(problems.back().code == "E-LIMIT");
    CHECK(problem_of(good_text + "[care]\n" + std::string(1000000, 'k') + " = 1\n").code == "E-UNKNOWN-KEY");
}

TEST_CASE("a message stays on one line whatever the file holds", "[scenario text]") {
    for (const auto line : {"\"a\\nb\\u001b[31m\" = 1\n", "site = \"x\\ny\\u001b\"\n", "age = \"1 \\n\"\n"})
        for (const auto& problem : problems_of("[patient]\n" + std::string(line)))
            CHECK(problem.text().find_first_of("\n\x1b") == std::string::npos);
}

TEST_CASE("bytes that are changed, dropped or doubled at random are read or refused, never worse", "[scenario text]") {
    const std::string seed =
        good_text +
        "outputs = [\"1 day\", \"7 days\"]\n[care]\ntopicals = [{ compound = \"minoxidil\", dose = "
        "\"1 mg/cm2\", when = \"daily for 9 days\" }]\n"
        "[parameters]\nplatelet_decay = \"0.5 1/d\"\n";
    const std::string alphabet = "[]{}=\".,#'\n\\ \t0159eExaT:-_\xc2\xa0\xe2\x80\xa8\xff\x01";
    std::mt19937 random(2026);
    for (int round = 0; round < 4000; ++round) {
        std::string text = seed;
        for (auto edits = random() % 6 + 1; edits > 0; --edits) {
            const std::size_t at = random() % text.size();
            const auto kind = random() % 4;
            if (kind == 0) text[at] = alphabet[random() % alphabet.size()];
            else if (kind == 1) text.erase(at, random() % 9 + 1);
            else if (kind == 2) text.insert(at, 1, alphabet[random() % alphabet.size()]);
            else text.insert(at, text.substr(random() % text.size(), random() % 30));
        }
        for (const auto& problem : problems_of(text)) {
            CHECK(problem.code.starts_with("E-"));
            CHECK(problem.where.line > 0);
            CHECK(problem.where.column > 0);
        }
    }
}
