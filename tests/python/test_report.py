"""The report: one page that needs nothing else, says how sure it is and lets no text of a user become markup."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
import xarray as xr
from page_outline import Outline
from sample_course import course_with, slow_maturation

import cicatrix as cx
from cicatrix import _core
from cicatrix.report import page, write_report
from cicatrix.report_style import STYLE
from cicatrix.svg import VARIABLES


@pytest.fixture(scope="module")
def stored(result_file: Path) -> xr.Dataset:
    return cx.open(result_file)


@pytest.fixture(scope="module")
def text(result_page: str) -> str:
    return result_page


def test_the_page_is_well_formed_and_says_its_language(text: str) -> None:
    outline = Outline(text)
    assert not outline.faults
    assert outline.named("html") == [{"lang": "en"}]
    assert len(outline.named("h1")) == 1
    assert len(outline.named("main")) == 1


def test_what_is_referred_to_by_id_exists_once(text: str) -> None:
    outline = Outline(text)
    names = [str(attributes["id"]) for _, attributes in outline.elements if "id" in attributes]
    assert len(names) == len(set(names))
    for _, attributes in outline.elements:
        for name in str(attributes.get("aria-labelledby") or "").split():
            assert name in names
        link = str(attributes.get("xlink:href") or attributes.get("href") or "")
        assert not link or link.removeprefix("#") in names


def test_the_page_opens_offline_and_is_small(text: str) -> None:
    assert len(text.encode()) < 450_000  # this page took 405,050 bytes; pages of courses in space take more
    outline = Outline(text)
    assert not {"link", "img", "iframe", "object"} & {tag for tag, _ in outline.elements}
    assert not any("src" in attributes for _, attributes in outline.elements)
    assert "@import" not in text
    loaded = re.findall(r"url\((?!#)[^)]*\)", text)
    assert not loaded


def test_the_figure_is_drawn_in_line_and_told_in_words(text: str) -> None:
    drawing = text[text.index("<svg") : text.index("</svg>") + len("</svg>")]
    root = ElementTree.fromstring(drawing)
    assert root.attrib["role"] == "img"
    words = root.find("{http://www.w3.org/2000/svg}desc")
    assert words is not None
    assert "cross-linked collagen I" in (words.text or "")


def test_the_figure_follows_light_and_dark(text: str) -> None:
    assert not any(mark in text.lower() for mark in VARIABLES)
    used = set(re.findall(r"var\((--[a-z]+)\)", text))
    light, dark, *_ = re.split(r"@media", STYLE)
    assert "prefers-color-scheme: dark" in dark
    for name in used:
        assert f"{name}:" in light
        assert f"{name}:" in dark


def test_the_page_answers_its_question_and_gives_the_milestones(stored: xr.Dataset, text: str) -> None:
    words = " ".join(Outline(text).words)
    assert stored.attrs["summary"] in words
    assert stored.cx.headline() in words
    for told in ("total collagen", "cross-linked collagen I", "10 %", "50 %", "90 %"):
        assert told in words


def test_the_page_says_how_sure_it_is_and_how_to_repeat_it(stored: xr.Dataset, text: str, result_file: Path) -> None:
    words = " ".join(Outline(text).words)
    grades = [str(grade) for grade in stored["parameter_grade"].values]
    assert f"{grades.count('assumed')} of {len(grades)} parameters" in words
    assert words.count("Not yet calibrated") == 1
    assert words.count("not medical advice") == 1
    assert f"cicatrix rerun {result_file.name}" in words
    assert stored.attrs["scenario_sha256"] in words
    assert stored.attrs["scenario_toml"] in "".join(Outline(text).words)


def test_no_text_of_a_user_becomes_markup() -> None:
    hostile = "</title><script>alert(\"1\")</script><img src=x onerror=alert(1)> & 'quoted'"
    course = slow_maturation()
    course.attrs.update(
        title=hostile, summary=hostile, notes=hostile, scenario_toml=hostile, version=hostile, scenario_file=hostile
    )
    course["injured_fraction"].attrs["long_name"] = hostile
    text = page(course, result=f"{hostile}.nc".replace("/", ""))
    outline = Outline(text)
    assert not outline.faults
    assert "img" not in {tag for tag, _ in outline.elements}
    assert len(outline.named("script")) == len(Outline(page(slow_maturation())).named("script"))
    assert not any(name.startswith("on") for _, attributes in outline.elements for name in attributes)


def test_the_same_course_gives_the_same_page() -> None:
    assert page(slow_maturation()) == page(slow_maturation())


def test_every_session_has_a_row() -> None:
    text = page(slow_maturation(sessions=[0.0, 28.0, 56.0]))
    section = text[text.index('id="sessions"') :]
    assert section[: section.index("</section>")].count("<tr>") == 1 + 3


def test_a_course_without_sessions_has_a_report_too() -> None:
    outline = Outline(page(course_with(np.arange(0.0, 731.0), sessions=())))
    assert not outline.faults
    assert "No session." in "".join(outline.words)


def test_a_course_that_failed_gives_a_warning_and_no_numbers() -> None:
    course = slow_maturation()
    course["status"] = ((), np.int8(1), course["status"].attrs)
    outline = Outline(page(course))
    words = " ".join(outline.words)
    assert "did not reach its end: step too small" in words
    assert "cicatrix run" in words
    assert not outline.named("svg")
    assert "gain in total collagen" not in words


def test_the_page_tells_what_was_simulated_and_which_parameters_were_changed() -> None:
    text = """
patient = { age = "52 years", site = "forehead" }
device = { kind = "roller", needle_length = "1.5 mm" }
protocol = { sessions = "once", passes = 15 }
simulation.duration = "60 days"
parameters.clot_decay = "0.61 1/d"
"""
    words = "|".join(Outline(page(cx.run(_core.parse_scenario(text)))).words)
    for told in ("52 years", "forehead", "roller", "1.5 mm", "15", "clot_decay", "0.61"):
        assert f"|{told}|" in words
    (default,) = [row for row in _core.parameters("microneedling") if row.name == "clot_decay"]
    assert f"|{default.value:.4g}|" in words
    assert "synthesis_gain_by_tgf" not in words.split("Parameters that the scenario changes")[1].split("SHA-256")[0]


def test_shares_of_the_skin_are_told_as_per_cent(stored: xr.Dataset, text: str) -> None:
    section = text[text.index('id="sessions"') :]
    assert f"<td>{100 * float(stored['injured_fraction'][0]):.4g}</td>" in section
    assert "(%)" in section


def test_the_length_in_the_captions_is_that_of_the_course() -> None:
    short = page(slow_maturation().isel(time=slice(0, 121)))
    assert "after 120 days" in short
    assert "12 months" not in short


def test_notes_are_shown() -> None:
    course = slow_maturation()
    course.attrs["notes"] = "first note\nsecond note"
    assert page(course).count("note</li>") == 2


def test_a_report_that_cannot_be_written_leaves_the_folder_as_it_was(tmp_path: Path) -> None:
    taken = tmp_path / "report.html"
    taken.mkdir()
    with pytest.raises(cx.FileError) as caught:
        write_report(slow_maturation(), taken)
    assert caught.value.fault == "cannot_create"
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    with pytest.raises(cx.FileError):
        write_report(slow_maturation(), tmp_path / "missing" / "report.html")


def test_a_report_replaces_an_earlier_one(tmp_path: Path) -> None:
    target = tmp_path / "report.html"
    target.write_text("earlier")
    write_report(slow_maturation(), target)
    assert target.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]


def test_the_page_shows_warnings_before_its_answer(text: str, stored: xr.Dataset) -> None:
    warned = page(stored.assign_attrs(warnings="first & last\nsecond"))
    words = "".join(Outline(warned).words)
    assert words.index("Warning: first & last") < words.index("Warning: second") < words.index(stored.cx.headline())
    assert "Warning:" not in "".join(Outline(text).words)


def test_the_page_answers_people_and_draws_what_they_see(stored: xr.Dataset, text: str) -> None:
    outline = Outline(text)
    words = " ".join(outline.words)
    for told in ("How many days does it show", "What does it take?", "Calendar", "Month by month", "Wrinkle depth"):
        assert told in words
    assert len(outline.named("svg")) >= 3
    assert all(drawing["aria-labelledby"] for drawing in outline.named("svg"))
    assert words.count("not yet calibrated") == len(outline.named("svg"))  # each figure says so, for itself
