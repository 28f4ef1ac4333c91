"""The charts of a report that can be hovered: their numbers are those of the result."""

from __future__ import annotations

import base64
import hashlib
import math
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from page_outline import Outline, chart_of, charts_of
from sample_channel import course_round_channel
from sample_course import course_with, slow_maturation

import cicatrix as cx
from cicatrix import _core
from cicatrix.course_charts import clock_charts, pore_charts, readout_charts, time_axis
from cicatrix.figures import PANELS
from cicatrix.hover_charts import Chart, ChartBook
from cicatrix.pore import closing
from cicatrix.readout_figures import readout_figure
from cicatrix.report import page
from cicatrix.report_drivers import drivers

CREAMS = """
patient = { age = "45 years", site = "cheek" }
device = { kind = "pen", needle_length = "1 mm" }
protocol.sessions = "every 4 weeks x 2"
protocol.passes = 2
care.topicals = [{ compound = "caffeine", dose = "0.1 mg/cm2", when = "once" }]
simulation.duration = "120 days"
"""
DIGITS = 1e-5  # relative; what rounding for the page may cost


@pytest.fixture(scope="module")
def stored(result_file: Path) -> xr.Dataset:
    return cx.open(result_file)


@pytest.fixture(scope="module")
def text(result_page: str) -> str:
    return result_page


def plain(charts: list[Chart]) -> list[tuple[dict[str, Any], dict[str, Any]]]:
    """Charts as a page carries them, each with its axis."""
    book = ChartBook()
    book.add(charts)
    told = book.data()
    return [(chart, told["axes"][chart["axis"]]) for chart in told["charts"]]


def test_each_chart_of_a_read_out_holds_the_numbers_of_the_result(stored: xr.Dataset, text: str) -> None:
    for name, title in (("wrinkle_depth", "Wrinkle depth ("), ("epidermal_thickness", "Epidermal"), ("tewl", "TEWL")):
        chart, axis = chart_of(text, title)
        count = len(axis["values"])
        assert axis["values"] == pytest.approx(stored["time"].values[:count], rel=DIGITS)
        treated, untreated = chart["series"]
        assert (treated["label"], untreated["label"]) == ("treated", "untreated twin")
        assert treated["values"] == pytest.approx(stored[name].values[:count], rel=DIGITS)
        assert untreated["values"] == pytest.approx(stored[f"untreated_{name}"].values[:count], rel=DIGITS)
        assert chart["unit"] in chart["title"]


def test_charts_of_the_first_days_end_with_them(stored: xr.Dataset, text: str) -> None:
    _, soon = chart_of(text, "TEWL")
    _, late = chart_of(text, "Wrinkle depth (")
    assert soon["values"][-1] == 14.0 == soon["ends"][1]
    assert late["values"][-1] == float(stored["time"][-1])


def test_the_three_clocks_show_the_effect_and_its_milestones(stored: xr.Dataset, text: str) -> None:
    chart, axis = chart_of(text, "New matrix")
    gain = 100.0 * (stored["collagen_total"] / stored["untreated_collagen_total"] - 1.0)
    assert chart["series"][0]["values"] == pytest.approx(gain.values, rel=DIGITS, abs=1e-9)
    row = stored.cx.milestones().loc["collagen_total"]
    days, heights, told, _ = zip(*chart["notes"], strict=True)
    assert list(days) == pytest.approx([row["day10"], row["day50"], row["day90"], row["horizon"]], rel=DIGITS)
    assert list(heights) == pytest.approx(np.interp(days, axis["values"], gain.values), rel=1e-3)
    assert [text.split(":")[0] for text in told] == ["10 %", "50 %", "90 %", "100 %"]
    assert chart["spans"] == [pytest.approx([row["day10"], row["day90"]], rel=DIGITS)]


def test_a_time_is_told_in_words_as_often_as_there_are_values(text: str) -> None:
    for axis in charts_of(text)["axes"]:
        assert len(axis["words"]) == len(axis["values"])
        assert axis["values"] == sorted(axis["values"])
    _, days = chart_of(text, "New matrix")
    assert days["words"][days["values"].index(56.0)] == "day 56"
    assert days["words"][-1].startswith("month")


def test_the_axis_of_a_course_without_sessions_is_even() -> None:
    ageing = course_with(np.arange(0.0, 731.0), sessions=())
    _, (chart, axis), _ = plain(clock_charts(ageing, time_axis(ageing)))
    assert chart["title"] == PANELS[1].title_of_ageing
    assert axis["bend"] == 0
    assert [told for _, told in axis["marks"]][-1] == "2 y"
    twice = slow_maturation(sessions=[0.0, 28.0])
    _, (chart, stretched), _ = plain(clock_charts(twice, time_axis(twice)))
    assert stretched["bend"] > 0
    assert chart["upright"] == [0.0, 28.0]


def test_a_compound_has_a_curve_of_its_own() -> None:
    course = cx.run(_core.parse_scenario(CREAMS))
    ((chart, _),) = plain(readout_charts(course, ["absorbed_fraction"], time_axis(course)))
    treated, untreated = chart["series"]
    assert treated["label"] == "caffeine"
    assert untreated["label"] == "caffeine, untreated"
    assert treated["values"] == pytest.approx(course["absorbed_fraction"].values[:, 0], rel=DIGITS, abs=1e-12)
    assert treated["values"] != untreated["values"]


def test_the_printed_figure_and_the_chart_have_the_same_curves_and_limits(stored: xr.Dataset, text: str) -> None:
    chart, _ = chart_of(text, "Elasticity")
    (axes,) = readout_figure(stored, ["elasticity"]).axes
    assert chart["ends"] == pytest.approx(axes.get_ylim(), rel=DIGITS)
    drawn = [np.asarray(line.get_ydata()) for line in axes.lines if np.size(line.get_ydata()) > 2]
    for series, curve in zip(chart["series"], drawn, strict=True):
        assert series["values"] == pytest.approx(curve, rel=DIGITS)


def test_each_chart_has_a_place_beside_a_drawing_whose_words_it_takes(text: str) -> None:
    outline = Outline(text)
    places = [attributes for attributes in outline.named("div") if "data-charts" in attributes]
    numbers = [int(number) for place in places for number in str(place["data-charts"]).split()]
    assert numbers == list(range(len(charts_of(text)["charts"])))
    named = {str(attributes["id"]) for _, attributes in outline.elements if "id" in attributes}
    assert all({place["aria-labelledby"], place["aria-describedby"]} <= named for place in places)
    assert all("hidden" in place for place in places)  # until the script runs


def test_what_drives_the_result_is_told_by_process_and_month(stored: xr.Dataset, text: str) -> None:
    found = stored.cx.explain("wrinkle_depth")
    chart, axis = chart_of(text, "Wrinkle depth: what changes it")
    assert chart["stacked"]
    *bars, together = chart["series"]
    at = np.searchsorted(found.days, found.ends - 1e-9)
    assert together["values"] == pytest.approx(found.values[at], rel=DIGITS)
    assert bars[0]["label"] == found.processes[0]
    assert bars[0]["values"] == pytest.approx(found.changes[0][at], rel=DIGITS, abs=1e-12)
    summed = np.sum([bar["values"] for bar in bars], axis=0)
    assert summed == pytest.approx(together["values"], abs=1e-4 * np.abs(found.values).max())
    assert axis["words"][0] == "month 1"
    words = " ".join(Outline(text).words)
    assert "Month 1: " in words
    assert "is not split out" in words


def test_the_page_says_how_to_ask_what_the_ranges_leave_open(text: str) -> None:
    assert "cicatrix report single_session.nc --members 200" in " ".join("".join(Outline(text).words).split())


def test_what_cannot_be_explained_is_left_out_or_says_why() -> None:
    assert not drivers(slow_maturation(), ChartBook())  # made by hand: there is no scenario to run again


def test_a_course_in_depth_is_explained_and_one_round_a_channel_where_it_is_asked_for() -> None:
    deep = cx.run(_core.parse_scenario(CREAMS + 'simulation.fidelity = "depth"\nsimulation.cells = 16\n'))
    assert "What changes wrinkle depth" in drivers(deep, ChartBook())
    round_channel = course_round_channel().assign_attrs(scenario_toml="# not run again")
    assert "cicatrix explain RESULT wrinkle_depth" in drivers(round_channel, ChartBook())


def test_the_closing_pore_can_be_followed_beside_its_drawing() -> None:
    course = course_round_channel(cells=8)
    ((chart, axis),) = plain(pore_charts(course))
    assert chart["unit"] == "%"
    for series, layer in zip(chart["series"], ("epidermal_cover_ring", "barrier_ring"), strict=True):
        found = closing(course, layer)
        expected = np.interp(axis["values"], found.days, 100.0 * found.open)
        assert series["values"] == pytest.approx(expected, rel=DIGITS, abs=1e-6)
    assert axis["words"][0].endswith(" h")
    assert axis["bend"] == 0
    alone, beside = ChartBook().add(pore_charts(course)), ChartBook().add(pore_charts(course), is_beside=True)
    assert 'class="live"' in alone
    assert 'class="live beside"' in beside


def test_a_pore_without_outputs_has_no_chart() -> None:
    assert not pore_charts(course_round_channel(cells=8).isel(time=[0]))


def test_a_value_that_is_not_there_is_null() -> None:
    course = slow_maturation()
    course["collagen_total"][3] = math.nan
    _, (chart, _), _ = plain(clock_charts(course, time_axis(course)))
    assert chart["series"][0]["values"].index(None) == 3


def test_a_browser_may_run_these_scripts_and_load_nothing(text: str) -> None:
    (policy,) = [each["content"] for each in Outline(text).named("meta") if "http-equiv" in each]
    rules = dict(rule.strip().split(" ", 1) for rule in str(policy).split(";"))
    assert rules["default-src"] == "'none'"
    assert "connect-src" not in rules
    scripts = re.findall(r"<script>(.*?)</script>", text, re.DOTALL)
    sums = [base64.b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts]
    assert rules["script-src"].split() == [f"'sha256-{each}'" for each in sums]
    assert len(scripts) == 2


def test_no_text_of_a_user_ends_the_data() -> None:
    course = slow_maturation()
    hostile = "</script><img src=x>"
    course["wrinkle_depth"] = course["collagen_total"].assign_attrs(long_name=hostile, formula="x", units=hostile)
    outline = Outline(text := page(course))
    assert not outline.faults
    assert not outline.named("img")
    chart, _ = chart_of(text, "Wrinkle depth")
    assert hostile in chart["told"]


def test_the_script_is_one_that_can_be_read() -> None:
    if not (node := shutil.which("node")):
        pytest.skip("there is no node to read JavaScript with")
    script = Path(cx.__file__).parent / "charts" / "report_charts.js"
    done = subprocess.run([node, "--check", str(script)], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_the_functions_of_the_script_are_short(root: Path) -> None:
    lines = (root / "bindings" / "charts" / "report_charts.js").read_text().splitlines()
    heads = [number for number, line in enumerate(lines) if re.match(r"  function \w+\(", line)]
    ends = [next(n for n in range(head, len(lines)) if lines[n] == "  }") for head in heads]
    assert len(heads) > 10
    assert max(end - head + 1 for head, end in zip(heads, ends, strict=True)) <= 60
    assert len(lines) <= 400
    assert max(map(len, lines)) <= 120


def test_colours_follow_light_and_dark_or_are_the_same_in_both(text: str) -> None:
    for chart in charts_of(text)["charts"]:
        for series in chart["series"]:
            assert re.fullmatch(r"--[a-z]+|#[0-9a-f]{6}", series["colour"])


def test_a_legend_tells_the_end_of_a_curve_before_anything_is_pointed_at(root: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("not run: node is not installed")
    script = (root / "bindings/charts/report_charts.js").read_text(encoding="utf-8")
    (words,) = re.findall(r"  const STILL = .*?;", script)
    (function,) = re.findall(r"  function told\(.*?\n  }\n", script, re.DOTALL)
    calls = """
    const chart = { series: [{ values: [1, 2, 7] }] };
    const text = (i) => chart.series[0].values[i];
    console.log(told(chart, null, text), told(chart, 0, text), told({ ...chart, nearest: true }, null, text));
    """
    done = subprocess.run([node, "-e", words + function + calls], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "7 1 point at one"


def test_cells_of_tables_may_wrap(text: str) -> None:
    """What may not wrap stands behind a bar to scroll with, where no reader looks for it."""
    assert re.search(r"\bt[dh]\b[^{}]*\{[^}]*nowrap", text) is None
