"""The core in the classroom page gives the numbers of the native one, bit for bit."""

from __future__ import annotations

import base64
import gzip
import json
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt
import pytest
import xarray as xr

import cicatrix as cx

Array: TypeAlias = npt.NDArray[np.float64]
Answers: TypeAlias = dict[str, Any]

NEEDED = pytest.mark.skipif(shutil.which("node") is None, reason="not run: node is not installed")
DAYS = [0, 0.25, 1, 3, 7, 14, 30, 56, 90, 180, 365]
COURSES = ("single_session", "clinic_pen", "home_roller", "old_skin", "young_skin")
COHORT = """
[sweep]
design = "cohort"
samples = 24
outcomes = {outcomes}
[sweep.cohort]
variability = 0.2
age = "normal 48 years sd 9 years from 30 years to 70 years"
site = {{ cheek = 0.6, periorbital = 0.4 }}
"""
SEEN = ("wrinkle_depth", "hydration", "erythema", "melanin_index", "collagen_i_mature")


@pytest.fixture(scope="module")
def core(root: Path, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The loader, and the compiled core as it stands in the page."""
    page = (root / "bindings" / "web" / "classroom.html").read_text(encoding="utf-8")
    held = re.search(r'<script[^>]*id="core-bytes"[^>]*>([^<]+)<', page)
    assert held
    path = tmp_path_factory.mktemp("core") / "cicatrix.wasm"
    path.write_bytes(gzip.decompress(base64.b64decode(held[1])))
    return root / "bindings" / "web" / "core.js", path


def asked(root: Path, core: tuple[Path, Path], questions: list[dict[str, Any]]) -> Answers:
    command = ["node", str(root / "tests" / "web" / "ask_core.cjs"), *map(str, core)]
    done = subprocess.run(command, input=json.dumps(questions), capture_output=True, text=True, check=True)
    answers: Answers = json.loads(done.stdout)
    return answers


def numbers(answer: Answers, whose: str, name: str) -> Array:
    return np.frombuffer(bytes.fromhex(answer[whose][name]), dtype="<f8")


def with_outputs(root: Path, name: str) -> str:
    """A shipped scenario that records on our days."""
    text = (root / "scenarios" / f"{name}.toml").read_text(encoding="utf-8")
    assert "outputs" not in text
    line = "outputs = " + json.dumps([f"{day} days" for day in DAYS]) + "\n"
    return (
        text.replace("[simulation]\n", "[simulation]\n" + line)
        if "[simulation]" in text
        else f"{text}\n[simulation]\n{line}"
    )


def followed(course: xr.Dataset) -> list[str]:
    """The states and read-outs over time that have a twin."""
    return [str(name) for name in course.data_vars if course[name].dims == ("time",) and f"untreated_{name}" in course]


@NEEDED
def test_every_state_and_read_out_has_the_bits_of_the_native_core(
    root: Path, core: tuple[Path, Path], tmp_path: Path
) -> None:
    questions: list[dict[str, Any]] = []
    courses: list[xr.Dataset] = []
    for name in COURSES:
        path = tmp_path / f"{name}.toml"
        path.write_text(with_outputs(root, name), encoding="utf-8")
        course = cx.run(path)
        courses.append(course)
        questions.append({"text": path.read_text(encoding="utf-8"), "names": followed(course), "days": DAYS})
    answers = asked(root, core, questions)["answers"]
    for title, question, course, answer in zip(COURSES, questions, courses, answers, strict=True):
        assert answer["status"] == 0
        assert len(question["names"]) >= 26 + 20
        for name in question["names"]:
            for whose, variable in (("treated", name), ("untreated", f"untreated_{name}")):
                assert np.array_equal(numbers(answer, whose, name), course[variable].sel(time=DAYS).values), variable
        sessions = answer["sessions"]
        assert [session["day"] for session in sessions] == list(course["session_time"].values)
        if title != "single_session":  # which prescribes its injury
            dense = [100 * session["density"] for session in sessions]
            assert dense == pytest.approx(course["channel_density"].values, rel=1e-12)


@NEEDED
def test_persons_have_the_bits_of_the_native_sweep(root: Path, core: tuple[Path, Path], tmp_path: Path) -> None:
    outcomes = [f"{name}{twin} at {day} days" for name in SEEN for twin in ("", " untreated") for day in DAYS]
    text = (root / "scenarios" / "clinic_pen.toml").read_text(encoding="utf-8")
    path = tmp_path / "persons.toml"
    path.write_text(text + COHORT.format(outcomes=json.dumps(outcomes)), encoding="utf-8")
    sweep = cx.sweep(path)
    asking = {"text": path.read_text(encoding="utf-8"), "names": list(SEEN), "days": DAYS}
    parts = [{**asking, "first": 0, "count": 7}, {**asking, "first": 7, "count": 17}]
    answers = asked(root, core, parts)["answers"]
    assert [status for answer in answers for status in answer["status"]] == [0] * 24
    kept = [name for name in sweep.data_vars if sweep[name].dims == ("member",) and "_at_" in str(name)]
    variables = dict(zip(outcomes, kept, strict=True))
    for name in SEEN:
        for whose, twin in (("treated", ""), ("untreated", " untreated")):
            found = np.concatenate([numbers(answer, whose, name).reshape(-1, len(DAYS)) for answer in answers])
            for i, day in enumerate(DAYS):
                assert np.array_equal(found[:, i], sweep[variables[f"{name}{twin} at {day} days"]].values)


@NEEDED
def test_what_is_wrong_is_told_in_the_words_of_the_command(root: Path, core: tuple[Path, Path], tmp_path: Path) -> None:
    text = '[patient]\nage = "400 years"\n[device]\nkind = "comb"\n'
    good = {"text": with_outputs(root, "single_session"), "names": ["collagen_iii"], "days": [0, 30]}
    answers = asked(root, core, [{**good, "text": text}, {**good, "names": ["collagen_iv"]}, good])["answers"]
    path = tmp_path / "this plan"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(cx.InputError) as refused:
        cx.run(path)
    assert answers[0]["refused"] == "Problem"
    told = [line.split(": ", 1)[1] for line in str(refused.value).splitlines()]
    assert len(told) > 1
    assert [line.split(": ", 1)[1] for line in answers[0]["problems"]] == told
    assert "collagen_iv" in answers[1]["problems"][0]
    assert answers[2]["status"] == 0  # the next question finds a core that works


@NEEDED
def test_tables_are_those_of_the_package(root: Path, core: tuple[Path, Path]) -> None:
    tables = asked(root, core, [])["tables"]
    states, seen = cx.listing("states"), cx.listing("readouts")
    states = states[states["model"] == "microneedling"]
    assert [(row["name"], row["unit"]) for row in tables["states"]] == list(states["unit"].items())
    shown = {row["name"]: (row["unit"], row["meaning"]) for row in tables["readouts"]}
    native = {name: (row["unit"], row["meaning"]) for name, row in seen.iterrows()}
    assert shown.items() <= native.items()  # which has those of sessions and of creams as well
    assert len(shown) == len(cx.run("single_session").cx.readouts().query("kind == 'read-out'"))
    parameters = cx.listing("parameters")
    model = parameters[parameters["part"] == "microneedling"]
    kept = [(row["name"], row["value"], row["unit"], row["grade"], row["meaning"]) for row in tables["parameters"]]
    assert kept == list(model[["value", "unit", "grade", "meaning"]].itertuples(name=None))
    assert tables["version"] == cx.__version__
