"""Sweeps with faults: everything wrong is said in one go, at its place; no text does more than be refused."""

from __future__ import annotations

import re
import time
from collections import Counter

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cicatrix import _core

COURSE = """[patient]
site = "cheek"
[device]
kind = "roller"
needle_length = "1.5 mm"
[protocol]
sessions = "every 4 weeks x 4"
passes = 15
[care]
sunscreen = true
"""
COHORT = """[sweep]
design = "cohort"
samples = 100
outcomes = ["wrinkle_depth effect final", "tewl at 3 days"]
[sweep.cohort]
age = "normal 45 years sd 9 years from 30 years to 60 years"
sex = { female = 0.8, male = 0.2 }
variability = 0.2
correlation = 0.4
adherence = { sunscreen = 0.5, sessions = 0.9 }
[sweep.vary]
device.needle_length = "uniform 0.5 mm to 2 mm"
protocol.passes = [5, 10, 15]
parameters.clot_decay = "range"
[sweep.arms.A]
care.moisturiser = true
[sweep.arms.B]
device.needle_diameter = "0.2 mm"
"""
GOOD = COURSE + COHORT


def problems_of(text: str) -> list[_core.Problem]:
    """What is wrong with a sweep; empty when it can be run."""
    try:
        _core.parse_sweep(text, "tried.toml")
    except _core.InputError as error:
        return list(error.problems)
    return []


def told(text: str) -> list[tuple[str, str]]:
    """Path and code of each problem."""
    return [(problem.path, problem.code) for problem in problems_of(text)]


def with_sweep(
    lines: str, course: str = 'patient.age = "40 years"\n' + COURSE.replace("[patient]\n", "patient.")
) -> str:
    """A course that is swept as the lines say; what they keep is one outcome."""
    return course + '[sweep]\noutcomes = ["cost final"]\n' + lines


def test_the_good_sweep_has_no_fault() -> None:
    assert problems_of(GOOD) == []


def test_nine_mistakes_get_nine_messages_each_at_its_place() -> None:
    mistakes = {
        'site = "cheek"': 'site = "knee"',
        "samples = 100": "samples = 0",
        "wrinkle_depth effect final": "wrinkle_depth effect finally",
        "normal 45 years sd 9 years": "normal 45 years sd -9 years",
        "female = 0.8": "female = 0.9",
        "correlation": "corelation",
        "uniform 0.5 mm to 2 mm": "uniform 0.5 mm to 2 s",
        "[5, 10, 15]": "[5, 10, 1500]",
        "clot_decay": "clot_decoy",
    }
    text = GOOD
    for right, wrong in mistakes.items():
        assert right in text
        text = text.replace(right, wrong)
    lines = text.splitlines()
    found = problems_of(text)
    assert [problem.code for problem in found] == [
        "E-CHOICE",
        "E-RANGE",
        "E-OUTCOME",
        "E-SWEEP",
        "E-SWEEP",
        "E-UNKNOWN-KEY",
        "E-UNIT",
        "E-RANGE",
        "E-UNKNOWN-KEY",
    ]
    assert [problem.line for problem in found] == sorted(problem.line for problem in found)
    words = ["knee", "0", "finally", "-9", "0.9", "corelation", "2 s", "1500", "clot_decoy"]
    assert all(word in lines[problem.line - 1] for word, problem in zip(words, found, strict=True))
    assert all(problem.path.startswith("sweep.") for problem in found[1:])


@pytest.mark.parametrize(
    ("lines", "path", "code"),
    [
        ('design = "grid"\nvary = {}', "sweep", "E-SWEEP"),
        ('design = "cohort"\ncohort = {}', "sweep", "E-SWEEP"),
        ('design = "list"\nrows = []', "sweep", "E-SWEEP"),
        ('design = "list"\nrows = [{}]', "sweep", "E-SWEEP"),
        ('design = "list"\nrows = [1]', "sweep.rows[1]", "E-TYPE"),
        ('design = "grid"\nvary = { "protocol.passes" = [[1]] }', "sweep.vary.protocol.passes[1]", "E-TYPE"),
        ('design = "grid"\nvary = { "care.uv" = [nan] }', "sweep.vary.care.uv[1]", "E-RANGE"),
        (
            'design = "grid"\nvary = { "parameters.clot_decay" = [inf] }',
            "sweep.vary.parameters.clot_decay[1]",
            "E-UNIT",
        ),
        ('design = "grid"\nvary = { "" = [1] }', "sweep.vary.", "E-UNKNOWN-KEY"),
        ('design = "grid"\nvary = { parameters = 3 }', "sweep.vary.parameters", "E-SWEEP"),
        ('design = "sobol"\nvary = { "patient.site" = {} }', "sweep.vary.patient.site", "E-SWEEP"),
        ('design = "sobol"\nvary = { "care.uv" = { 1 = -0.5, 2 = 0.5 } }', "sweep.vary.care.uv.1", "E-TYPE"),
        (
            'design = "zip"\nvary = { "care.uv" = [1, 2], "protocol.passes" = [3] }',
            "sweep.vary.protocol.passes",
            "E-SWEEP",
        ),
        ('design = "grid"\narms = {}\nvary = { "care.uv" = [1] }', "sweep.arms", "E-SWEEP"),
        ('design = "cohort"\ncohort = { adherence = 3 }', "sweep.cohort.adherence", "E-TYPE"),
        ('design = "cohort"\ncohort = { variability = 2 }', "sweep.cohort.variability", "E-RANGE"),
        (
            'design = "cohort"\ncohort = { adherence = { sunscreen = 0.5 } }\nvary = { "care.sunscreen" = [true] }',
            "sweep.cohort.adherence.sunscreen",
            "E-CONFLICT",
        ),
    ],
)
def test_an_odd_sweep_has_one_fault(lines: str, path: str, code: str) -> None:
    assert told(with_sweep(lines)) == [(path, code)]


def test_a_grid_beyond_all_bounds_is_refused_at_once() -> None:
    levels = "[" + ", ".join(f"{0.001 + 0.00001 * i:.5f}" for i in range(1000)) + "]"
    names = ["care.uv", "protocol.session_price", "simulation.rtol", "device.penetration_ratio"]
    vary = "\n".join(f"{name} = {levels}" for name in names).replace(
        "simulation.rtol", "parameters.tgf_beta3_antagonism"
    )
    begun = time.perf_counter()
    found = told(with_sweep(f'design = "grid"\n[sweep.vary]\n{vary}\n'))
    assert ("sweep.vary", "E-LIMIT") in found
    assert time.perf_counter() - begun < 20


NUMBERS = ["0", "-1", "1e400", "nan", "inf", "0.5", "true", "999999999999999999999", "1e-300"]
TEXTS = [
    '""',
    '"uniform"',
    '"uniform 1 mm to"',
    '"normal 1 mm sd 1 mm from 2 mm to 1 mm"',
    '"lognormal 0 mm cv 0.1"',
    '"cv 0.2"',
    '"cv 1e9"',
    '"range"',
    '"grid"',
    '"sobol"',
    '"cost final"',
    '"cost time to x"',
    "[]",
    "{}",
    "[[], {}]",
    "{ a = 0.5, b = 0.5 }",
    '{ at = "1 day" }',
]
LINES = [
    "[sweep]",
    "[sweep.arms]",
    "[sweep.vary]",
    "[[sweep.rows]]",
    "rows = [{}]",
    "parameters = 'all'",
    *GOOD.splitlines(),
]
PIECES = ["[", "]", "{", "}", '"', "=", ",", ".", "\n", "sweep", "cohort.person", "parameters.", "\0"]
VALUES = [match.span(1) for match in re.finditer(r"= (.*)", GOOD)]
NAMES = [match.span() for match in re.finditer(r"^\S+", GOOD, re.MULTILINE)]
ANYWHERE = st.tuples(st.integers(0, len(GOOD)), st.integers(0, 12)).map(lambda piece: (piece[0], sum(piece)))
EDIT = st.one_of(  # where a piece begins and ends, and what stands in its place
    st.tuples(st.sampled_from(VALUES), st.sampled_from([*NUMBERS, *TEXTS])),
    st.tuples(st.sampled_from(NAMES), st.sampled_from(LINES)),
    st.tuples(ANYWHERE, st.one_of(st.sampled_from([*PIECES, *NUMBERS, *TEXTS, *LINES]), st.text(max_size=4))),
)


def edited(text: str, edits: list[tuple[tuple[int, int], str]]) -> str:
    """The text with pieces of it replaced by others, the last one first."""
    for (begin, end), piece in sorted(edits, reverse=True):
        text = text[:begin] + piece + text[end:]
    return text


def test_no_edit_of_a_sweep_does_more_than_refuse_it() -> None:
    codes = {page.code for page in _core.error_pages()}
    seen: Counter[str] = Counter()

    @settings(derandomize=True, max_examples=500, deadline=None, database=None)
    @given(st.lists(EDIT, min_size=1, max_size=3))
    @example([((0, 0), "# nothing but a comment\n")])
    def try_edits(edits: list[tuple[tuple[int, int], str]]) -> None:
        text = edited(GOOD, edits)
        problems = problems_of(text)
        for problem in problems:
            assert problem.code in codes
            assert 1 <= problem.line <= text.count("\n") + 1
            assert problem.column >= 1
            assert "\n" not in problem.text
        if not problems:  # what is accepted has members that run or are refused, and texts that say the same
            sweep = _core.parse_sweep(text, "tried.toml")
            rows = sweep.design(0, min(3, sweep.members or 3))
            assert rows.shape[1] == len(sweep.factors)
            assert _core.parse_sweep(sweep.resolved, "resolved.toml").design(0, len(rows)).tolist() == rows.tolist()
        seen.update({problem.code for problem in problems} or {"accepted"})

    try_edits()
    assert {"accepted", "E-SYNTAX", "E-UNKNOWN-KEY", "E-TYPE", "E-RANGE", "E-SWEEP", "E-OUTCOME"} <= set(seen)
