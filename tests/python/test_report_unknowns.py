"""What the ranges of the parameters leave open: in the report of a course, where that is asked for."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from drawn_figures import covering, cut
from page_outline import Outline, chart_of, table_of

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.hover_charts import ChartBook
from cicatrix.outcome import RefusedError
from cicatrix.report_unknowns import (
    Unknowns,
    unknowns,
    unknowns_charts,
    unknowns_figure,
    unknowns_text,
    unknowns_words,
)
from cicatrix.theme import PRINT

MEMBERS = 40
LATE = """
title = "Late"
patient = { age = "40 years", site = "forehead" }
device = { kind = "pen", needle_length = "1 mm" }
protocol = { sessions = ["3 days", "30 days"], passes = 1 }
simulation.duration = "60 days"
parameters.cross_linking = "0.02 1/d"
"""


@pytest.fixture(scope="module")
def late() -> xr.Dataset:
    """A course whose first session is on its third day."""
    return cx.run(_core.parse_scenario(LATE))


@pytest.fixture(scope="module")
def found(late: xr.Dataset) -> Unknowns:
    return unknowns(late, MEMBERS)


def test_the_members_are_those_of_a_sweep_over_all_ranges(late: xr.Dataset, found: Unknowns) -> None:
    simulated = f'simulation = {{ duration = "60 days", rtol = {late.attrs["rtol"]} }}'
    text = LATE.replace('simulation.duration = "60 days"', simulated) + (
        f'[sweep]\ndesign = "latin hypercube"\nsamples = {MEMBERS}\n'
        'vary = { parameters = "all", "parameters.cross_linking" = ["0.02 1/d"] }\n'
        'outcomes = ["wrinkle_depth effect at 31 days", "collagen_total effect final"]\n'
    )
    sweep = cx.sweep(cx.parse_sweep(text, "late.toml"), progress=False)
    wrinkles, collagen = found.spreads
    at = list(found.days).index(28.0)  # days count from the first session, which is on day 3
    expected = np.quantile(sweep["wrinkle_depth_effect_at_31_d"], [0.05, 0.25, 0.5, 0.75, 0.95])
    assert wrinkles.quantiles[:, at] == pytest.approx(expected, rel=1e-9)
    last = sweep["collagen_total_effect_final"].values
    assert collagen.quantiles[[0, 4], -1] == pytest.approx(np.quantile(last, [0.05, 0.95]), rel=1e-9)
    assert collagen.share == pytest.approx(np.mean(np.sign(last) == np.sign(collagen.own[-1])))


def test_what_the_scenario_sets_stays_and_is_told_in_the_words_of_explain(late: xr.Dataset, found: Unknowns) -> None:
    assert found.kept == ["cross_linking"]
    explained = late.cx.explain("wrinkle_depth", members=20)
    assert explained.members.kept == found.kept
    assert explained.members.varied == found.varied
    told = "as the scenario sets them stay cross_linking"
    assert told in unknowns_text(found).lower()
    assert told in explained.text()
    assert "scenario sets" not in unknowns_text(replace(found, kept=[]))


def test_the_course_itself_stands_beside_its_members(late: xr.Dataset, found: Unknowns) -> None:
    assert found.days[-1] == 57.0
    assert (np.diff(found.days) > 0).all()
    effect = late.cx.effect("collagen_total")
    assert found.spreads[1].own[-1] == pytest.approx(float(effect[-1]))
    inside = late["time"].sel(time=31.0, method="nearest")
    assert found.spreads[1].own[list(found.days).index(28.0)] == pytest.approx(float(effect.sel(time=inside)), rel=1e-3)


def test_the_charts_and_the_table_show_the_bands_and_their_ends(found: Unknowns) -> None:
    book = ChartBook()
    book.add(list(unknowns_charts(found)))
    _, chart = book.data()["charts"]
    (axis,) = book.data()["axes"]
    labels = [series["label"] for series in chart["series"]]
    assert labels == ["this course", "median", "5 %", "25 %", "75 %", "95 %"]
    spread = found.spreads[1]
    assert axis["values"] == pytest.approx(found.days, rel=1e-5)
    assert chart["series"][0]["values"] == pytest.approx(spread.own, rel=1e-5)
    assert chart["series"][2]["values"] == pytest.approx(spread.quantiles[0], rel=1e-5)
    shaded = [[labels[number] for number in pair] for pair in chart["bands"]]
    assert shaded == [["95 %", "5 %"], ["75 %", "25 %"]]
    text = unknowns_text(found)
    _, *rows = table_of(text, "What is left open at the end, day 57")
    assert float(rows[1][3]) == pytest.approx(spread.quantiles[0, -1], abs=1e-3)
    assert f"{MEMBERS} members are this course" in text
    assert "no forecast" in text


def test_the_figure_covers_and_cuts_nothing_and_is_told_in_words(found: Unknowns) -> None:
    figure = unknowns_figure(found, palette=PRINT)
    assert not cut(figure)
    assert not covering(figure)
    assert "nine tenths of the members from" in unknowns_words(found)


def test_days_that_rounding_moves_beyond_the_end_are_read_at_the_end() -> None:
    begin, end = next(
        (n / 10, m / 24) for n in range(1, 400) for m in range(1440, 2000) if n / 10 + (m / 24 - n / 10) > m / 24
    )
    text = LATE.replace('"3 days", "30 days"', f'"{begin!r} days"').replace('"60 days"', f'"{end!r} days"')
    course = cx.run(_core.parse_scenario(text))
    assert np.isfinite(unknowns(course, 20).spreads[0].quantiles).all()
    assert len(course.cx.explain("wrinkle_depth", members=20).members.days) > 0


@pytest.mark.parametrize(
    ("scenario", "members", "told"),
    [
        (LATE, 19, "--members 19: a band takes 20 members or more"),
        ('patient.age = "40 years"\nprotocol.sessions = "none"\n', 50, "takes a course with a session"),
        (LATE + 'simulation.fidelity = "depth"\nsimulation.cells = 16\n', 50, 'with the fidelity "lumped"'),
    ],
)
def test_what_cannot_be_had_is_refused(scenario: str, members: int, told: str) -> None:
    with pytest.raises(RefusedError, match=told):
        unknowns(cx.run(_core.parse_scenario(scenario)), members)


def test_the_command_takes_the_number_of_members(
    result_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["report", str(result_file), "-o", "two.html", "--members", "2"]) == 2
    assert "20 members or more" in capsys.readouterr().err
    assert not Path("two.html").exists()
    assert cli.main(["report", str(result_file), "-o", "one.html", "--members", "20"]) == 0
    text = Path("one.html").read_text()
    assert "20 members are this course" in text
    assert chart_of(text, "Wrinkle depth: what is left open")[0]["bands"]
    assert not Outline(text).faults
