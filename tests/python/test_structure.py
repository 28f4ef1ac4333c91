"""The shape of the source: the chain of modules runs one way, files and functions stay small, tests keep up."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from source_shape import functions, line_count, without_text

ROOT = Path(__file__).resolve().parents[2]
INCLUDE = re.compile(r'^\s*#\s*include\s+["<]cicatrix/([^">]+)[">]', re.MULTILINE)
FORBIDDEN_WORDS = {"util", "utils", "utility", "helper", "helpers", "manager", "common", "misc", "process", "handle"}
PRINTS_OR_EXITS = re.compile(r"std::(?:cout|cerr|clog)\b|\bf?printf\s*\(|\bputs\s*\(|\b(?:quick_)?(?:exit|abort)\s*\(")
FIRST_LINE = {".hpp": "// ", ".cpp": "// ", ".py": '"""'}


def code(*folders: str) -> list[Path]:
    """The C++ and Python files in some folders of the tree."""
    found = [path for folder in folders for path in (ROOT / folder).rglob("*") if path.suffix in FIRST_LINE]
    return sorted(path for path in found if "__pycache__" not in path.parts)


def chain() -> list[str]:
    """The modules of the core in their order, as the build reads them."""
    listed = re.search(r"set\(modules ([^)]*)\)", (ROOT / "core" / "CMakeLists.txt").read_text())
    assert listed is not None
    return listed.group(1).split()


def place(path: Path, line: int | None = None) -> str:
    """A file as a reader names it."""
    return f"{path.relative_to(ROOT)}" if line is None else f"{path.relative_to(ROOT)}:{line}"


def none(culprits: list[str]) -> None:
    """Fails with every culprit named, one a line."""
    assert not culprits, "\n" + "\n".join(culprits)


def core_includes() -> list[tuple[Path, str]]:
    """Every include of a project header within the core."""
    return [(path, target) for path in code("core") for target in INCLUDE.findall(path.read_text())]


def test_each_folder_of_the_core_stands_in_the_chain() -> None:
    folders = {path.relative_to(ROOT / "core").parts[0] for path in code("core")}
    assert folders <= set(chain())


def test_no_module_includes_a_later_one() -> None:
    order = {module: rank for rank, module in enumerate(chain())}
    backwards = [
        f"{place(path)} includes {target}"
        for path, target in core_includes()
        if order[target.split("/")[0]] > order[path.relative_to(ROOT / "core").parts[0]]
    ]
    none(backwards)


def test_each_included_header_exists() -> None:
    none([f"{place(path)}: {name}" for path, name in core_includes() if not (ROOT / "core" / name).exists()])


def test_no_file_is_longer_than_400_lines() -> None:
    others = [ROOT / "run", ROOT / ".ci" / "run"]  # the stub of the core is made, a line or two for each name
    counts = {place(path): line_count(path) for path in [*code("core", "bindings", "docs", "tests"), *others]}
    none([f"{name}: {lines}" for name, lines in counts.items() if lines > 400])


def test_no_function_is_longer_than_60_lines() -> None:
    every = [function for path in code("core", "bindings", "docs", "tests") for function in functions(path)]
    none([f"{place(function.path, function.line)}: {function.lines}" for function in every if function.lines > 60])


def test_tests_have_at_least_four_lines_for_five_of_the_source() -> None:
    tests = sum(map(line_count, code("tests")))
    source = sum(line_count(path) - table_lines(path) for path in code("core", "bindings"))
    assert tests >= 0.8 * source, f"{tests} lines of tests for {source} lines of source"


def table_lines(path: Path) -> int:
    """Lines of declared tables, which are data: their laws count rows, not lines."""
    parts = re.split(r"// clang-format (off|on)", path.read_text(encoding="utf-8"))
    return sum(table.count("\n") for marker, table in zip(parts[1::2], parts[2::2], strict=True) if marker == "off")


def test_no_file_is_named_by_what_says_nothing() -> None:
    every = code("core", "bindings", "docs", "tests")
    none([place(path) for path in every if FORBIDDEN_WORDS & set(path.stem.split("_"))])


def test_each_file_begins_by_saying_what_it_is() -> None:
    every = code("core", "bindings", "docs", "tests")
    none([place(path) for path in every if not path.read_text().startswith(FIRST_LINE[path.suffix])])


def test_the_core_neither_prints_nor_exits() -> None:
    loud = [
        place(path, number)
        for path in code("core")
        for number, line in enumerate(without_text(path.read_text()).splitlines(), 1)
        if PRINTS_OR_EXITS.search(line)
    ]
    none(loud)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("int f() { return 1; }", [1]),
        ("namespace a {\nint f() {\n  if (x) {\n  }\n}\n}", [4]),
        ("struct A {\n public:\n  A() : a_{1}, b_{2} {\n    g();\n  }\n  int a_{0};\n};", [3]),
        ("struct A {\n  std::array<int, 2> table{\n    1,\n    2,\n  };\n  int f(V v = {1, 2}) {\n  }\n};", [2]),
        ('TEST_CASE("} {") {\n  // }\n  auto g = [](int i) {\n    return i;\n  };\n}\nvoid h() {}\n', [6, 1]),
        ("template <class T>\n    requires(sizeof(T) == 8)\nstruct A {\n  void f() const {\n  }\n};", [2]),
        ("#define F(x) \\\n  { x }\nvoid f(int i = 1'000) {\n  g('{');\n}", [3]),
    ],
)
def test_the_counter_sees_functions_as_a_reader_does(text: str, lines: list[int], tmp_path: Path) -> None:
    path = tmp_path / "sample.cpp"
    path.write_text(text)
    assert [function.lines for function in functions(path)] == lines
