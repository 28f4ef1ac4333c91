"""The classroom page: what it shows is what the package computes, and a lesson goes through in a browser."""

from __future__ import annotations

import base64
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import pytest
import xarray as xr

import cicatrix as cx
from cicatrix.glossary import GRADES
from cicatrix.milestones import SHARES, day_text, first_passage, milestone
from cicatrix.timescale import MARKS, day_at, stretched

Shown: TypeAlias = dict[str, Any]
Lesson: TypeAlias = tuple[str, list[Shown]]

MOST_BYTES = 500_000
NODE = pytest.mark.skipif(shutil.which("node") is None, reason="not run: node is not installed")


class References(HTMLParser):
    """Every address that the elements of a page ask for."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name in {"src", "href", "action", "data", "srcset"}]


@pytest.fixture(scope="module")
def page(root: Path) -> Path:
    """The page as it is shipped."""
    return root / "bindings" / "web" / "classroom.html"


@pytest.fixture(scope="module")
def surroundings(root: Path, page: Path) -> dict[str, str]:
    """What a test in a browser needs to know; skips where the browser, node or the packages are missing."""
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    missing = [name for name in ("node", "npm") if shutil.which(name) is None]
    if missing or chromium is None:
        pytest.skip(f"not run: {(missing or ['chromium'])[0]} is not installed")
    packages = Path(os.environ.get("CICATRIX_BUILD", root / "build")) / "browser"
    packages.mkdir(parents=True, exist_ok=True)
    lock = root / "tests" / "web" / "package-lock.json"
    if not (packages / lock.name).exists() or (packages / lock.name).read_bytes() != lock.read_bytes():
        shutil.copy(lock.with_name("package.json"), packages)
        command = ["npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
        shutil.copy(lock, packages)
        done = subprocess.run(command, cwd=packages, capture_output=True, text=True)
        if done.returncode:
            (packages / lock.name).unlink()
            pytest.skip("not run: playwright-core and axe-core are not installed, and npm cannot fetch them")
    return {**os.environ, "CICATRIX_NODE_PACKAGES": str(packages), "CICATRIX_PAGE": str(page), "CHROMIUM": chromium}


@pytest.fixture(scope="module")
def session() -> xr.Dataset:
    """A course of the package, with outputs near enough for milestones."""
    return cx.run("single_session")


@pytest.fixture(scope="module")
def formulae(root: Path, session: xr.Dataset) -> Shown:
    """Facts that the page has in JavaScript, for the days, numbers and shares below and strong collagen in a course."""
    command = ["node", str(root / "tests" / "web" / "formulae.cjs"), str(root / "bindings" / "web")]
    treated = session["collagen_i_mature"]
    course = {
        "days": session["time"].values.tolist(),
        "treated": treated.values.tolist(),
        "untreated": (treated - session.cx.effect("collagen_i_mature")).values.tolist(),
    }
    asked = json.dumps({"days": DAYS, "numbers": NUMBERS, "shares": [*SHARES, *QUANTILES], "course": course})
    done = subprocess.run(command, input=asked, capture_output=True, text=True, check=True)
    facts: Shown = json.loads(done.stdout)
    return facts


NUMBERS = [-3.5, -1.0, 0.0, 0.25, 0.25, 7.0, 11.0, 1e6]
QUANTILES = [0.0, 0.05, 0.95, 1.0]
DAYS = [0.0, 0.04, 1.1, 9.94, 15.2, 40.0, 75.9, 76.2, 110.0, 210.5, 365.25]


@NODE
def test_time_is_stretched_and_told_as_in_the_package(formulae: Shown) -> None:
    assert formulae["places"] == pytest.approx(list(stretched(DAYS)), rel=1e-14)
    assert formulae["back"] == pytest.approx(list(day_at(stretched(DAYS))), rel=1e-12)
    assert formulae["told"] == [day_text(day) for day in DAYS]
    marks = [(day, text) for day, text in formulae["marks"]]
    assert set(marks) < set(MARKS.items())
    assert marks[-1] == (365.25, "12 mo")


@NODE
def test_milestones_follow_the_rules_of_the_package(formulae: Shown) -> None:
    assert formulae["share"] in SHARES
    expected = first_passage(np.array([0.0, 1.0, 3.0, 9.0]), np.array([0.0, -1.0, 1.0, 4.0]), 2.5)
    assert formulae["passage"] == pytest.approx(expected, rel=1e-14)


@NODE
def test_quantiles_effects_and_days_of_a_gain_are_those_of_the_package(formulae: Shown, session: xr.Dataset) -> None:
    assert formulae["quantiles"] == pytest.approx(list(np.quantile(NUMBERS, [*SHARES, *QUANTILES])), rel=1e-14)
    absolute, percent = formulae["effects"]
    assert absolute == pytest.approx(session.cx.effect("collagen_i_mature").values.tolist(), abs=1e-14)
    relative = 100.0 * session.cx.effect("collagen_i_mature", relative=True).values
    assert percent == pytest.approx(relative.tolist(), abs=1e-12)
    expected = milestone(session, "collagen_i_mature")
    reached = formulae["reached"][: len(SHARES)]
    assert expected.remark == ""
    assert [one["final"] for one in reached] == pytest.approx([100.0 * expected.relative] * len(SHARES), rel=1e-12)
    assert [one["day"] for one in reached] == pytest.approx(list(expected.days), rel=1e-9)


@NODE
def test_persons_keep_their_numbers_and_those_who_never_gain_count(formulae: Shown) -> None:
    three = formulae["three"]
    assert three["persons"] == [None, [0.0, 100.0, 100.0], [0.0, 0.0, 0.0]]
    assert three["count"] == 2
    first, last = three["spread"]
    assert last == "Infinity"
    assert first == "Infinity"


@NODE
def test_marks_in_the_drawing_are_counted_in_the_measures_of_the_model(formulae: Shown, session: xr.Dataset) -> None:
    assert len(formulae["cells"]) == 4
    for kind in formulae["cells"]:
        assert f"relative to {kind['whole']} cells/mm3" in session[kind["name"]].attrs["long_name"]
        assert f"{kind['cells']} {kind['plural']}" in formulae["marks_told"]


@NODE
def test_grades_of_evidence_are_those_of_the_package(formulae: Shown) -> None:
    assert [tuple(row) for row in formulae["grades"]] == list(GRADES.items())


@NODE
def test_every_end_of_every_control_is_a_scenario_of_the_package(formulae: Shown) -> None:
    assert len(set(formulae["scenarios"])) > 10
    for text in formulae["scenarios"]:
        cx.parse_scenario(text)
    for text in formulae["crowds"]:
        cx.parse_sweep(text)
    assert all(formulae["links"])


def test_the_page_is_small_and_asks_for_nothing(page: Path) -> None:
    assert page.stat().st_size <= MOST_BYTES
    references = References()
    references.feed(page.read_text(encoding="utf-8"))
    assert references.found
    assert all(address.startswith(("#", "data:")) for address in references.found)
    code = re.sub(r'<script[^>]*id="core-bytes".*?</script>', "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    asking = re.compile(r"\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|document\.cookie|importScripts")
    assert not asking.findall(code)


def test_the_page_carries_the_licences_of_what_is_in_it(root: Path, page: Path) -> None:
    after = page.read_text(encoding="utf-8").split("</html>")[1]
    uplot = (root / "bindings" / "charts" / "uplot" / "LICENSE").read_text(encoding="utf-8")
    assert " ".join(uplot.split()) in " ".join(after.split())
    for told in ("toml++", "Copyright (c) Mark Gillard", "Frances Y. Kuo"):
        assert told in after
    assert after.strip().startswith("<!--")
    assert after.strip().endswith("-->")
    assert after.count("--") == 2


def test_the_page_is_made_of_the_files_that_stand_beside_it(root: Path, page: Path, tmp_path: Path) -> None:
    made = tmp_path / "page.html"
    maker = root / "bindings" / "web" / "make_page.py"
    subprocess.run([sys.executable, str(maker), "-o", str(made)], check=True, capture_output=True)
    assert made.read_bytes() == page.read_bytes(), "run python3 bindings/web/make_page.py"


def test_a_missing_core_is_told_with_what_to_do(root: Path, tmp_path: Path) -> None:
    maker = root / "bindings" / "web" / "make_page.py"
    for core in (tmp_path / "no.wasm", tmp_path):
        command = [sys.executable, str(maker), "--core", str(core), "-o", str(tmp_path / "page.html")]
        done = subprocess.run(command, capture_output=True, text=True)
        assert done.returncode == 1
        assert f"there is no {core}" in done.stderr
        assert "cmake" in done.stderr
        assert not (tmp_path / "page.html").exists()


def test_a_core_is_found_in_its_build_folder(root: Path, page: Path, tmp_path: Path) -> None:
    held = re.search(r'id="core-bytes"[^>]*>([^<]+)<', page.read_text(encoding="utf-8"))
    assert held
    (tmp_path / "cicatrix.wasm").write_bytes(gzip.decompress(base64.b64decode(held[1])))
    maker = root / "bindings" / "web" / "make_page.py"
    command = [sys.executable, str(maker), "--core", str(tmp_path), "-o", str(tmp_path / "page.html")]
    subprocess.run(command, check=True, capture_output=True)
    told = (tmp_path / "page.html").read_text(encoding="utf-8")
    remade = re.search(r'id="core-bytes"[^>]*>([^<]+)<', told)
    assert remade
    assert gzip.decompress(base64.b64decode(remade[1])) == (tmp_path / "cicatrix.wasm").read_bytes()


def test_no_script_of_the_page_is_longer_than_400_lines(root: Path) -> None:
    scripts = [*(root / "bindings" / "web").glob("*.js"), *(root / "tests" / "web").glob("*.*js")]
    assert scripts
    assert not [path.name for path in scripts if len(path.read_text(encoding="utf-8").splitlines()) > 400]


@pytest.fixture(scope="module")
def lesson(
    root: Path, surroundings: dict[str, str], tmp_path_factory: pytest.TempPathFactory
) -> tuple[str, list[Shown]]:
    """What a lesson in a browser ends with, empty if all went well, and what it showed of some plans."""
    path = tmp_path_factory.mktemp("lesson") / "shown.json"
    told = in_browser(root, "lesson.test.mjs", {**surroundings, "CICATRIX_SHOWN": str(path)})
    shown: list[Shown] = json.loads(path.read_text(encoding="utf-8")) if path.exists() else []
    return told, shown


def in_browser(root: Path, name: str, surroundings: dict[str, str]) -> str:
    """Runs one file of tests/web and tells what failed in it; empty if nothing did."""
    command = ["node", str(root / "tests" / "web" / name)]
    done = subprocess.run(command, env=surroundings, capture_output=True, text=True, encoding="utf-8", timeout=300)
    passed = re.findall(r"^ok \d", done.stdout, flags=re.MULTILINE)
    failed = re.findall(r"^not ok .*?^  \.\.\.$", done.stdout, flags=re.DOTALL | re.MULTILINE)
    return "" if done.returncode == 0 and len(passed) >= 5 else "\n".join(failed) or done.stdout + done.stderr


def test_a_lesson_goes_through(lesson: Lesson) -> None:
    assert lesson[0] == ""


def test_everyone_can_use_it(root: Path, surroundings: dict[str, str]) -> None:
    assert in_browser(root, "access.test.mjs", surroundings) == ""


def test_the_tables_of_the_page_have_the_numbers_of_the_package(lesson: Lesson) -> None:
    assert lesson[1]
    for shown in lesson[1]:
        rows = shown["tables"]["inflammation"]
        days = [float(head.removeprefix("day ")) for head, *_ in rows]
        outputs = json.dumps([f"{day:g} days" for day in [0, *days]])
        course = cx.run(cx.parse_scenario(f"{shown['scenario']}outputs = {outputs}\n"))
        for name, relative in (("inflammation", False), ("collagen_iii", True), ("collagen_i_mature", True)):
            effect = course.cx.effect(name, relative=relative).sel(time=days).values * (100.0 if relative else 1.0)
            told = [float(row[1]) for row in shown["tables"][name]]
            # The page joins its outputs, some hundred a year, by straight lines and rounds to two digits.
            assert told == pytest.approx(effect, rel=2e-3, abs=0.006 + 1e-4 * float(np.max(effect)))
