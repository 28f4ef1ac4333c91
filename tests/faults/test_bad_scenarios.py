"""Scenarios that cannot be run: each fault is told with its place, at once, and nothing is left behind."""

from __future__ import annotations

import math
import os
import re
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cicatrix import _core
from faults.command import Ending, cicatrix, ending, names_in, started

FORM = re.compile(r"[^:]+:(?P<line>\d+):(?P<column>\d+): (?P<path>[\w.\[\]]+): (?P<what>.+) \[(?P<code>E-[A-Z-]+)\]")
SEVEN_MISTAKES = """\
title = 7
[patient]
age = "52 kg"
site = "perioral arae"
favourite_colour = "red"
[device]
kind = "prescribed"
[protocol]
sessions = "every 4 wekks x 4"
[simulation]
rtol = 5.0
"""
# Where each mistake stands: the path of its key, what the place points at, the code.
PLANTED = [
    ("title", "7", "E-TYPE"),
    ("patient.age", '"52 kg"', "E-UNIT"),
    ("patient.site", '"perioral arae"', "E-CHOICE"),
    ("patient.favourite_colour", "favourite_colour", "E-UNKNOWN-KEY"),
    ("device.injured_fraction", "[device]", "E-MISSING"),
    ("protocol.sessions", '"every 4 wekks', "E-SESSIONS"),
    ("simulation.rtol", "5.0", "E-RANGE"),
]
GOOD = """\
title = "One session"
[patient]
age = "25 years"
[device]
kind = "prescribed"
injured_fraction = 0.05
[protocol]
sessions = "every 4 weeks x 4, skip 3"
[care]
topicals = [{ compound = "caffeine", dose = "1 mg/cm2", when = "daily for 14 days" }]
[simulation]
duration = "24 months"
outputs = ["1 day", "7 days"]
rtol = 1e-6
[parameters]
clot_decay = "0.52 1/d"
"""
TOPICAL = '{ compound = "caffeine", dose = "1 mg/cm2", when = "every 2 min" }, '
# The command as __main__.py starts it, telling at its end the most memory that it had, in MiB.
WEIGHED = """
import re, sys
from pathlib import Path
from cicatrix.cli import main
code = main(sys.argv[1:])
print(int(re.search(r"VmHWM:\\s*(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024)
sys.exit(code)
"""


def messages(ended: Ending) -> list[re.Match[str]]:
    """The lines that name a place; every line but the last, which says where to read more, has to be one."""
    *lines, more = ended.err.splitlines()
    assert more.startswith("more: cicatrix explain E-")
    found = [FORM.fullmatch(line) for line in lines]
    assert None not in found, ended.err
    return [match for match in found if match]


@pytest.mark.parametrize("command", [["run"], ["run", "--report", "page.html", "-o", "result.nc"], ["check"]])
def test_seven_mistakes_get_seven_messages_with_their_places_and_no_file(command: list[str], tmp_path: Path) -> None:
    (tmp_path / "bad.toml").write_text(SEVEN_MISTAKES)
    ended = cicatrix(*command, "bad.toml", folder=tmp_path)
    lines = SEVEN_MISTAKES.splitlines()
    told = messages(ended)
    assert (ended.code, ended.out, names_in(tmp_path)) == (65, "", ["bad.toml"])
    assert [(match["path"], match["code"]) for match in told] == [(path, code) for path, _, code in PLANTED]
    for match, (_, token, _) in zip(told, PLANTED, strict=True):
        assert lines[int(match["line"]) - 1][int(match["column"]) - 1 :].startswith(token), match.group()


@pytest.mark.parametrize(
    ("line", "code"),
    [("rtol == 3", "E-SYNTAX"), ("rtol = ", "E-SYNTAX"), ("duration = '1 year'", "E-DUPLICATE")],
)
def test_a_text_that_is_not_toml_gets_one_message_with_its_place(line: str, code: str, tmp_path: Path) -> None:
    text = SEVEN_MISTAKES.replace("rtol = 5.0", f'duration = "24 months"\n{line}')
    (tmp_path / "bad.toml").write_text(text)
    ended = cicatrix("run", "bad.toml", folder=tmp_path)
    place, more = ended.err.splitlines()
    assert (ended.code, ended.out, names_in(tmp_path)) == (65, "", ["bad.toml"])
    assert place.startswith(f"bad.toml:{text.splitlines().index(line) + 1}:")
    assert place.endswith(f"[{code}]")
    assert more.endswith(code)


HOSTILE: dict[str, tuple[Callable[[Path], object], int]] = {
    "one hundred million bytes": (lambda path: path.write_bytes(bytes(10**8)), 66),
    "lists in lists": (lambda path: path.write_text(f"a = {'[' * 100_000}{']' * 100_000}\n"), 65),
    "tables in tables": (lambda path: path.write_text(f"a = {'{b=' * 100_000}1{'}' * 100_000}\n"), 65),
    "a key of many parts": (lambda path: path.write_text(f"{'a.' * 99_999}a = 1\n"), 65),
    "a table of many parts": (lambda path: path.write_text(f"[{'a.' * 99_999}a]\n"), 65),
    "many keys": (lambda path: path.write_text("".join(f"k{i} = {i}\n" for i in range(50_000))), 65),
    "many sessions": (lambda path: path.write_text(GOOD.replace("x 4", "x 1000000")), 65),
    "many doses": (lambda path: path.write_text(GOOD.replace("topicals = [", f"topicals = [{TOPICAL * 9_000}")), 65),
    "a number of many digits": (lambda path: path.write_text(f"seed = {'9' * 1_000_000}\n"), 65),
    "not UTF-8": (lambda path: path.write_bytes(b'title = "\xff\xfe"\n'), 65),
    "NUL": (lambda path: path.write_bytes(GOOD.encode() + b"\0"), 65),
    "random bytes": (lambda path: path.write_bytes(bytes(i * i * 31 % 251 for i in range(10_000))), 65),
    "another program's entity bomb": (lambda path: path.write_text("a: &a [x,x]\nb: &b [*a,*a]\n"), 65),
    "pipe": (lambda path: os.mkfifo(path), 66),
    "device": (lambda path: path.symlink_to("/dev/zero"), 66),
    "folder": (lambda path: path.mkdir(), 66),
    "link to nothing": (lambda path: path.symlink_to("nowhere.toml"), 66),
    "link to itself": (lambda path: path.symlink_to(path.name), 66),
}


def weighed(scenario: str, folder: Path) -> Ending:
    """A run that writes to stdout how many MiB it had at most."""
    return ending(started([sys.executable, "-c", WEIGHED, "run", scenario], folder))


@pytest.fixture(scope="module")
def weight_of_a_refusal(tmp_path_factory: pytest.TempPathFactory) -> float:
    """MiB that it takes to refuse a harmless slip: the interpreter and its packages."""
    folder = tmp_path_factory.mktemp("slip")
    (folder / "slip.toml").write_text("titel = 'slip'\n", encoding="utf-8")
    return float(weighed("slip.toml", folder).out)


@pytest.mark.parametrize("kind", HOSTILE)
def test_a_hostile_file_is_refused_fast_and_in_little_memory(
    kind: str, weight_of_a_refusal: float, tmp_path: Path
) -> None:
    make, code = HOSTILE[kind]
    make(tmp_path / "hostile.toml")
    begun = time.monotonic()
    ended = weighed("hostile.toml", tmp_path)
    assert time.monotonic() - begun < 2
    assert ended.code == code, ended.err
    assert float(ended.out) < weight_of_a_refusal + 50, "MiB"
    assert "hostile.toml" in ended.err
    assert max(map(len, ended.err.splitlines())) < 1000
    assert names_in(tmp_path) == ["hostile.toml"]


@pytest.mark.parametrize("change", [lambda text: "\ufeff" + text, lambda text: text.replace("\n", "\r\n")])
def test_what_windows_editors_write_changes_nothing(change: Callable[[str], str], tmp_path: Path) -> None:
    (tmp_path / "good.toml").write_bytes(change(GOOD).encode())
    ended = cicatrix("check", "good.toml", "--resolved", folder=tmp_path)
    assert (ended.code, ended.out) == (0, _core.parse_scenario(GOOD, "good.toml").resolved)


@pytest.mark.parametrize("condition", ["pregnancy", "eczema", "active infection"])
def test_a_condition_that_speaks_against_needling_has_to_be_acknowledged(condition: str, tmp_path: Path) -> None:
    text = GOOD.replace("[device]", f'conditions = ["smoking", "{condition}"]\n[device]')
    (tmp_path / "unasked.toml").write_text(text)
    ended = cicatrix("run", "unasked.toml", folder=tmp_path)
    (told,) = messages(ended)
    assert (ended.code, ended.out, names_in(tmp_path)) == (65, "", ["unasked.toml"])
    assert (told["path"], told["code"]) == ("patient.conditions[2]", "E-WARNING")
    assert "acknowledge_warnings = true" in told["what"]
    (tmp_path / "known.toml").write_text(text.replace("[device]", "acknowledge_warnings = true\n[device]"))
    assert cicatrix("check", "known.toml", folder=tmp_path).code == 0


def problems_of(text: str) -> list[_core.Problem]:
    """What is wrong with a text; nothing but an InputError may say so."""
    try:
        _core.parse_scenario(text, "tried.toml")
    except _core.InputError as error:
        return error.problems
    return []


def spelt(number: float, unit: str) -> str:
    """A value as a scenario has it."""
    return f"{number!r}" if unit == "1" else f'"{number!r} {unit}"'


def bad_spellings(row: _core.ParameterRow) -> list[str]:
    """Values that a parameter cannot have."""
    beyond = [math.nan, math.inf, -math.inf, 1e308, -1e308, *([-1.0] if row.low > -1 else [])]
    tiny = [5e-324] if row.low > 5e-324 else []
    wrong_units = [f'"{row.value!r} furlong"', f'"{row.value!r} V"', "true", "[]", '""']
    return [spelt(number, row.unit) for number in (*beyond, *tiny)] + wrong_units


@pytest.mark.parametrize("row", _core.parameters("microneedling"), ids=lambda row: row.name)
def test_a_parameter_takes_its_default_and_no_value_that_it_cannot_have(row: _core.ParameterRow) -> None:
    head = GOOD[: GOOD.index("clot_decay")]
    place = (len(head.splitlines()) + 1, f"parameters.{row.name}")
    assert not problems_of(f"{head}{row.name} = {spelt(row.value, row.unit)}\n")
    for bad in bad_spellings(row):
        problems = problems_of(f"{head}{row.name} = {bad}\n")
        assert [(problem.line, problem.path) for problem in problems] == [place], bad


@pytest.mark.parametrize("value", ["nan", "inf", "-1", "1e308", '"1e999 years"', '"-1 d"', '"nan d"', "{}"])
def test_a_key_with_a_number_takes_no_impossible_one(value: str) -> None:
    for line in ('age = "25 years"', "injured_fraction = 0.05", 'duration = "24 months"', "rtol = 1e-6"):
        problems = problems_of(GOOD.replace(line, f"{line.split(' = ')[0]} = {value}"))
        assert [problem.line for problem in problems] == [GOOD.splitlines().index(line) + 1], line


PIECES = ["\n", "[", "]", "{", "}", '"', "'", '"""', "=", ".", ",", "#", "\\", "\\u", "é", "\r", "\t", "\x7f", "-"]
NUMBERS = ["nan", "-inf", "1e400", "-1", "0", "0x1F", "99999999999999999999", "true", "1979-05-27T07:32:00Z", "''"]
TEXTS = [
    '"daily for 0 days"',
    '"every 2 min"',
    '["eczema"]',
    '"1 µm"',
    '"every 0 days x 9"',
    '"once, skip 1"',
    '"weekly"',
    '[["1 day"]]',
    "[1, [2, {a = 3}]]",
    "a.b.c",
]
LINES = ["[[patient]]", "[sweep]", "[parameters]", "[device.kind]", "passes = 4", "conditions = 1", *GOOD.splitlines()]
VALUES = [match.span(1) for match in re.finditer(r"= (.*)", GOOD)]
NAMES = [match.span() for match in re.finditer(r"^\S+", GOOD, re.MULTILINE)]
ANYWHERE = st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12)).map(lambda piece: (piece[0], sum(piece)))
EDIT = st.one_of(  # where a piece begins and ends, and what stands in its place
    st.tuples(st.sampled_from(VALUES), st.sampled_from([*NUMBERS, *TEXTS])),
    st.tuples(st.sampled_from(NAMES), st.sampled_from(LINES)),
    st.tuples(ANYWHERE, st.one_of(st.sampled_from([*PIECES, *NUMBERS, *TEXTS, *LINES]), st.text(max_size=4))),
)
EDITS = st.lists(EDIT, min_size=1, max_size=3)


def edited(text: str, edits: list[tuple[tuple[int, int], str]]) -> str:
    """The text with pieces of it replaced by others, the last one first."""
    for (begin, end), piece in sorted(edits, reverse=True):
        text = text[:begin] + piece + text[end:]
    return text


def test_no_edit_of_a_scenario_does_more_than_refuse_it() -> None:
    codes = {page.code for page in _core.error_pages()}
    seen: Counter[str] = Counter()

    @settings(derandomize=True, max_examples=1000, deadline=None, database=None)
    @given(EDITS)
    @example([((0, 0), "# nothing but a comment\n")])
    def try_edits(edits: list[tuple[tuple[int, int], str]]) -> None:
        text = edited(GOOD, edits)
        problems = problems_of(text)
        for problem in problems:
            assert problem.code in codes
            assert 1 <= problem.line <= text.count("\n") + 1
            assert problem.column >= 1
            assert "\n" not in problem.text
        seen.update({problem.code for problem in problems} or {"accepted"})

    try_edits()
    assert {"accepted", "E-SYNTAX", "E-UNKNOWN-KEY", "E-TYPE", "E-RANGE", "E-SESSIONS"} <= set(seen)
