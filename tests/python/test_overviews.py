"""What a Dataset says of itself: it is true, every call that it names works, and a notebook can show it anywhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from importlib.util import find_spec
from typing import Any

import numpy as np
import pytest
import xarray as xr
from sample_channel import course_in_depth, course_round_channel
from sample_course import course_with
from sweep_scenarios import PEN

import cicatrix as cx
from cicatrix import _core
from cicatrix.explanation_text import sentences
from cicatrix.figures import alternative_text
from cicatrix.overview import overview_of
from cicatrix.overview_page import DARK_PAGES, LIGHT_PAGES, MOST_POINTS, STYLE, overview_html, overview_text
from cicatrix.readouts import GROUPS, drawable
from cicatrix.report_style import DARK, LIGHT
from cicatrix.svg import VARIABLES

SWEEP = (
    f'title = "Two lengths"\n{PEN}'
    + """
[simulation]
duration = "6 months"
outputs = "monthly"
[sweep]
design = "latin hypercube"
samples = 8
outcomes = ["wrinkle_depth effect final", "erythema auc"]
[sweep.vary]
"device.needle_length" = "uniform 0.5 mm to 2 mm"
"parameters.cross_linking" = "cv 0.2"
"""
)
ARMS = """
[sweep.arms.often]
protocol.passes = 4
[sweep.arms.seldom]
protocol.passes = 1
"""


@pytest.fixture(scope="module")
def course() -> xr.Dataset:
    return cx.run("crows_feet")


@pytest.fixture(scope="module")
def found(course: xr.Dataset) -> dict[str, xr.Dataset]:
    """One of each kind that there is."""
    choices = {"protocol.passes": "1 to 3"}
    every = {
        "course": course,
        "course without a session": cx.run("ageing"),
        "model": cx.run("reynolds_2006"),
        "model in space": cx.run("sherratt_murray"),
        "sweep": cx.sweep(cx.parse_sweep(SWEEP), progress=False),
        "sweep of arms": cx.sweep(cx.parse_sweep(SWEEP + ARMS), progress=False),
        "sensitivity": cx.sensitivity(cx.parse_sweep(SWEEP), samples=32),
        "screening": cx.sensitivity(cx.parse_sweep(SWEEP), method="morris", samples=4),
    }
    if find_spec("scipy"):
        measured = [(90.0, "wrinkle_depth effect", -1.0, 0.3)]
        every["calibration"] = cx.calibrate("single_session", measured, ["cross_linking"])
        every["optimum"] = cx.optimum("crows_feet", minimise=["downtime final", "cost final"], over=choices)
    return every


def kinds() -> list[str]:
    names = ["course", "course without a session", "model", "model in space", "sweep", "sweep of arms"]
    studies = ["calibration", "optimum"] if find_spec("scipy") else []
    return [*names, "sensitivity", "screening", *studies]


class Page(HTMLParser):
    """What a page holds: tags, attributes, and texts."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str]] = []
        self.texts: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def values(self, name: str) -> list[str]:
        return [value for key, value in self.attributes if key == name]


def test_a_course_tells_its_title_answer_sessions_and_names(course: xr.Dataset) -> None:
    told = repr(course.cx)
    lines = told.splitlines()
    assert lines[0] == f"<Cicatrix course: {course.attrs['title']}>"
    assert " ".join(lines[1:4]).startswith(course.cx.headline())
    assert "4, on days 0, 28, 56, 84" in told
    for name, kind in drawable(course).items():
        assert kind != "read-out" or re.search(rf"\b{name}\b", told), name
    assert len(lines) <= 25
    assert max(map(len, lines)) <= 100


@pytest.mark.parametrize("kind", kinds())
def test_every_call_that_is_named_works(kind: str, found: dict[str, xr.Dataset]) -> None:
    dataset = found[kind]
    calls = overview_of(dataset).calls
    assert calls
    names = {"course": dataset, "sweep": dataset, "study": dataset}
    for call, meaning in calls:
        assert eval(call, names) is not None
        assert meaning


@pytest.mark.parametrize("kind", kinds())
def test_a_block_of_a_notebook_loads_nothing_and_runs_nothing(kind: str, found: dict[str, xr.Dataset]) -> None:
    page = Page(found[kind].cx._repr_html_())
    assert not {"script", "link", "iframe"} & set(page.tags)
    assert [value for value in (*page.values("src"), *page.values("xlink:href"), *page.values("href"))
            if not value.startswith(("#", "data:image/png;base64,"))] == []  # fmt: skip
    assert found[kind].attrs["title"] in page.texts
    ids = page.values("id")
    assert len(set(ids)) == len(ids)


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind not in ("model", "calibration")])
def test_a_picture_says_in_words_what_it_shows(kind: str, found: dict[str, xr.Dataset]) -> None:
    page = found[kind].cx._repr_html_()
    words = re.findall(r"<desc [^>]*>([^<]+)</desc>", page)
    assert len(words) == 1
    assert 'role="img"' in page
    assert len(words[0]) > 40


def test_the_picture_of_a_course_is_that_of_the_three_clocks(course: xr.Dataset) -> None:
    page = Page(course.cx._repr_html_())
    assert alternative_text(course) in page.texts
    days = course.cx.milestones()
    assert [text for text in page.texts if text in days.index] == list(days.index)


def test_two_blocks_on_a_page_do_not_share_a_name(found: dict[str, xr.Dataset]) -> None:
    first, second = (Page(found[kind].cx._repr_html_()).values("id") for kind in ("course", "course without a session"))
    assert first
    assert set(first) & set(second) == set()


def test_light_and_dark_have_every_colour_of_a_drawing(course: xr.Dataset) -> None:
    for variable in VARIABLES.values():
        assert f"{variable}: #" in LIGHT
        assert f"{variable}: #" in DARK
    assert f"<style>{STYLE}</style>" in course[["tewl"]].cx._repr_html_()
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", STYLE)
    for themes, colours in ((LIGHT_PAGES, LIGHT), (DARK_PAGES, DARK)):
        for theme in themes:
            assert [body.strip() for selectors, body in rules if theme in selectors] == [colours], theme


def test_a_title_is_text_and_not_markup(course: xr.Dataset) -> None:
    changed = course.assign_attrs(title="<b>a & b</b>")
    assert "<b>" not in changed.cx._repr_html_()
    assert "<b>a & b</b>" in Page(changed.cx._repr_html_()).texts
    assert "<b>a & b</b>" in repr(changed.cx)


def parts(course: xr.Dataset) -> Iterator[tuple[str, xr.Dataset]]:
    yield "a day", course.isel(time=5)
    yield "a read-out", course[["tewl"]]
    yield "nothing", xr.Dataset()
    yield "without its twin", course.drop_vars([str(name) for name in course if str(name).startswith("untreated_")])
    yield "another's", xr.Dataset({"rain": ("time", [1.0, 2.0])}, coords={"time": [0.0, 1.0]})


def test_what_was_made_from_a_course_still_says_what_it_can(course: xr.Dataset) -> None:
    for what, part in parts(course):
        told, page = repr(part.cx), part.cx._repr_html_()
        assert told.startswith("<Cicatrix "), what
        assert "<figure>" not in page, what
        for call, _ in overview_of(part).calls:
            eval(call, {"course": part})


def test_a_course_that_did_not_end_says_so_and_draws_nothing() -> None:
    failed = course_with(np.arange(0.0, 400.0))
    failed["status"] = failed["status"].copy(data=np.int8(1))
    assert "the course did not reach its end: step too small" in repr(failed.cx)
    assert "<figure>" not in failed.cx._repr_html_()
    assert overview_of(failed).calls == []


def test_very_many_members_become_a_picture_of_dots() -> None:
    sweep = cx.sweep(cx.parse_sweep(SWEEP), samples=MOST_POINTS + 1, progress=False)
    page = sweep.cx._repr_html_()
    assert "<svg" not in page
    assert Page(page).values("alt")[0]
    assert f"members  {MOST_POINTS + 1}" in repr(sweep.cx)


def test_members_that_failed_are_counted(found: dict[str, xr.Dataset]) -> None:
    sweep = found["sweep"].copy(deep=True)
    assert "ended" not in repr(sweep.cx)
    sweep["status"].values[:3] = 1
    assert "ended    3 too many steps, 5 done" in repr(sweep.cx)


def test_each_readout_stands_in_one_group() -> None:
    grouped = [name for _, names in GROUPS for name in names]
    over_time = cx.listing("readouts").query("`of each` == 'time'").index
    assert sorted(grouped) == sorted(over_time)


def test_an_explanation_shows_its_months_and_its_picture(course: xr.Dataset) -> None:
    why = course.cx.explain("wrinkle_depth")
    page = Page(why._repr_html_())
    month, _, told = sentences(why)[0].partition(": ")
    assert page.texts.index(month) + 1 == page.texts.index(told)
    assert page.tags.count("svg") == 1
    for call in (".text()", ".table()", ".plot()"):
        assert call in repr(why)
        assert eval(f"why{call}", {"why": why}) is not None


def test_xarray_shows_first_what_the_result_is(found: dict[str, xr.Dataset]) -> None:
    for kind in ("course", "sweep"):
        told = repr(found[kind])
        shown = [line.split(":")[0].strip() for line in told.partition("Attributes:")[2].splitlines()[1:]]
        assert shown[:2] == ["title", "summary"]
        assert len(told) < 3000  # although a course holds its scenario twice, the longer one over 10 000 letters
        assert len(found[kind].attrs["scenario_resolved"]) > len(told) / 2


def test_the_order_of_attributes_loses_none(course: xr.Dataset) -> None:
    group = _core.run(_core.parse_scenario(str(course.attrs["scenario_toml"])))
    assert set(course.attrs) == set(dict(group.attributes))


def test_tab_offers_methods_and_names_that_are_for_users(course: xr.Dataset) -> None:
    offered = dir(course.cx)
    assert {"plot", "effect", "milestones", "explain", "readouts", "table", "headline"} <= set(offered)
    assert [name for name in offered if name.startswith("_") or not callable(getattr(course.cx, name))] == []
    assert [name for name in offered if not getattr(type(course.cx), name).__doc__] == []
    assert sorted(dir(cx)) == sorted([*cx.__all__, "__version__"])
    keys: Any = course._ipython_key_completions_()
    assert set(drawable(course)) <= set(keys)


def test_courses_in_space_are_told_how_to_be_explained(course: xr.Dataset) -> None:
    calls = {}
    for kind, made in (("depth", course_in_depth(last=300.0)), ("channel", course_round_channel(last=300.0))):
        lines = course[["wrinkle_depth", "untreated_wrinkle_depth"]].drop_vars("parameter", errors="ignore")
        told = overview_of(
            made.merge(lines.reindex(time=made["time"], method="nearest")).assign_attrs(scenario_toml="")
        ).calls
        calls[kind] = {call.split("(")[0]: meaning for call, meaning in told}
    assert "as long as the course" not in calls["depth"]["course.cx.explain"]
    assert "as long as the course" in calls["channel"]["course.cx.explain"]


def test_an_overview_without_anything_is_a_line() -> None:
    nothing = overview_of(xr.Dataset())
    assert len(overview_text(nothing).splitlines()) == 1
    assert Page(overview_html(nothing)).tags[:2] == ["div", "style"]
