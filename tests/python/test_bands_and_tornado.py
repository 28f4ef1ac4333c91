"""Bands of a quantity over time, and bars of one parameter after the other: each against numbers made another way."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from drawn_figures import boxes_of_texts, illegible
from matplotlib.colors import to_hex
from matplotlib.patches import Rectangle

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.outcome import Exit
from cicatrix.readout_figures import single_members
from cicatrix.studies.bands_figure import bands_figure, bands_of, bands_words, quantities_of
from cicatrix.studies.drawing import figure_of
from cicatrix.studies.tornado_figure import tornado_figure, tornado_words
from cicatrix.svg import MARKS

DAYS = (3.0, 30.0, 91.25, 182.5)
OUTCOME = "wrinkle_depth effect final"
SHORT = """
title = "A pen, once"
patient.age = "45 years"
device = { kind = "pen", needle_length = "1 mm" }
protocol = { sessions = "once", passes = 4 }
simulation.duration = "3 months"
"""


def kept(members: int = 101, *, arms: tuple[str, ...] = (), failed: int = 0) -> xr.Dataset:
    """A sweep whose members lie evenly between 0 and `day`, the first of them without a value."""
    spread = np.linspace(0.0, 1.0, members)
    spread[:failed] = np.nan
    values = {}
    for day in DAYS:
        about = {"long_name": f"wrinkle_depth of the treated skin, on day {day:g}", "units": "um", "role": "outcome"}
        column = spread * day if not arms else np.column_stack([spread * day + 1000.0 * i for i in range(len(arms))])
        values[f"wrinkle_depth_at_{day:g}_d".replace(".", "_")] = (("member", "arm")[: column.ndim], column, about)
    about = {"long_name": "erythema, integrated over the course", "units": "d", "role": "outcome"}
    values["erythema_auc"] = (("member", "arm")[: 1 + bool(arms)], np.zeros(column.shape), about)
    coordinates = {
        "member": np.arange(members),
        "patient.age": ("member", np.arange(members) + 0.5, {"role": "factor"}),
    }
    found = xr.Dataset(values, coords=coordinates, attrs={"title": "Made by hand"})
    return found.assign_coords(arm=np.array(arms, dtype=object)) if arms else found


def heights(figure: object, low: float, high: float) -> list[tuple[float, float]]:
    """The lowest and highest point of each band on the last day."""
    (axes,) = figure.axes  # type: ignore[attr-defined]
    found = []
    for band in axes.collections:
        corners = band.get_paths()[0].vertices
        last = corners[np.isclose(corners[:, 0], DAYS[-1])][:, 1]
        found.append((float(last.min()), float(last.max())))
    return found


def test_bands_hold_nine_and_five_tenths_of_the_members() -> None:
    wide, half = heights(bands_figure(kept()), 0.05, 0.95)
    assert wide == pytest.approx((0.05 * DAYS[-1], 0.95 * DAYS[-1]))
    assert half == pytest.approx((0.25 * DAYS[-1], 0.75 * DAYS[-1]))


def test_the_median_stands_on_the_days_that_were_kept() -> None:
    (axes,) = bands_figure(kept()).axes
    (median,) = (line for line in axes.lines if line.get_marker() == "o")
    assert np.asarray(median.get_xdata()) == pytest.approx(DAYS)
    assert np.asarray(median.get_ydata()) == pytest.approx(0.5 * np.array(DAYS))


def test_single_members_go_from_the_lowest_to_the_highest() -> None:
    values = np.array([[5.0], [1.0], [3.0], [2.0], [4.0], [9.0], [7.0], [8.0], [6.0]])
    assert [values[row, 0] for row in single_members(values)] == [1.0, 3.0, 5.0, 7.0, 9.0]
    (axes,) = bands_figure(kept()).axes
    assert len(axes.lines) == 1 + len(single_members(np.zeros((101, 4))))


def test_each_protocol_has_bands_and_a_line_of_its_own() -> None:
    figure = bands_figure(kept(arms=("pen", "roller")))
    (axes,) = figure.axes
    medians = [line for line in axes.lines if line.get_marker() == "o"]
    assert len({line.get_color() for line in medians}) == len({str(line.get_linestyle()) for line in medians}) == 2
    assert len(axes.collections) == 4
    texts = [text for text, _ in boxes_of_texts(figure)]
    assert {"median, pen", "median, roller"} <= set(texts)
    assert "roller, day 3.0: median 1e+03 µm" in bands_words(kept(arms=("pen", "roller")))


@pytest.mark.parametrize("sweep", [kept(), kept(arms=("a clinic pen", "a home roller")), kept(failed=3)])
def test_no_text_is_cut_or_covers_another(sweep: xr.Dataset) -> None:
    figure = bands_figure(sweep)
    assert illegible(figure) == []


def test_the_words_hold_the_quantiles() -> None:
    words = bands_words(kept())
    assert "day 3.0: median 1.5 µm, 90 % between 0.15 and 2.85." in words
    assert "month 6.0: median 91.2 µm, 90 % between 9.12 and 173." in words


def test_members_without_a_value_are_left_out_and_counted() -> None:
    sweep = kept(failed=3)
    assert bands_of(sweep).left_out == 3
    assert any("98 members; 3 left out" in text for text, _ in boxes_of_texts(bands_figure(sweep)))


def test_what_cannot_make_a_band_says_what_to_ask_for() -> None:
    two = kept().drop_vars([f"wrinkle_depth_at_{day}_d" for day in ("3", "30")])
    assert quantities_of(two) == {}
    with pytest.raises(ValueError, match="three days or more, and a band needs that; ask for them in the scenario"):
        bands_of(two)
    with pytest.raises(KeyError, match="'tewl' is not kept on three days or more; there is wrinkle_depth"):
        bands_of(kept(), "tewl")
    with pytest.raises(ValueError, match="5 members or more"):
        bands_of(kept(4))


def test_a_sweep_is_drawn_over_time_where_its_first_outcome_is() -> None:
    assert figure_of(kept())[1] == bands_words(kept())
    assert figure_of(kept(), "wrinkle_depth")[1] == bands_words(kept())
    assert "erythema" in figure_of(kept(), "erythema auc")[1].lower()
    assert figure_of(kept(), "wrinkle_depth at 30 days")[1] != bands_words(kept())


@pytest.fixture(scope="module")
def found() -> xr.Dataset:
    return cx.tornado(_core.parse_scenario(SHORT), OUTCOME, most=4)


def final(change: str) -> float:
    course = cx.run(_core.parse_scenario(SHORT + change))
    return float(course.cx.effect("wrinkle_depth")[-1])


def test_the_ends_of_a_bar_are_those_of_courses_run_by_themselves(found: xr.Dataset) -> None:
    rows = {row.name: row for row in _core.course_parameters()}
    assert found.attrs["value"] == pytest.approx(final(""), rel=1e-4)
    for name in found["factor"].values[:2]:
        row = rows[name]
        unit = "" if row.unit == "1" else f" {row.unit}"
        for end, value in (("at_low", row.low), ("at_high", row.high)):
            course = final(f'parameters.{name} = "{value!r}{unit}"\n' if unit else f"parameters.{name} = {value!r}\n")
            assert float(found[end].sel(factor=name)) == pytest.approx(course, rel=1e-4)


def test_the_widest_swing_stands_first(found: xr.Dataset) -> None:
    ends = np.column_stack([found["at_low"], found["at_high"]]) - found.attrs["value"]
    swings = np.abs(ends).max(axis=1)
    assert found.sizes["factor"] == 4
    assert list(swings) == sorted(swings, reverse=True)
    assert swings.min() > 0


def test_bars_reach_from_the_value_to_both_ends(found: xr.Dataset) -> None:
    (axes,) = tornado_figure(found).axes
    bars = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    ends = sorted(patch.get_x() + patch.get_width() for patch in bars)
    assert ends == pytest.approx(sorted([*found["at_low"].values, *found["at_high"].values]))
    assert all(patch.get_x() == pytest.approx(found.attrs["value"]) for patch in bars)
    assert len({patch.get_hatch() for patch in bars}) == 2  # ends differ without their colours, too


def test_a_tornado_has_no_text_that_is_cut_and_words_of_its_numbers(found: xr.Dataset) -> None:
    figure = found.cx.plot()
    assert illegible(figure) == []
    first = found.isel(factor=0)
    words = figure.get_label()
    assert words == tornado_words(found)
    low, high = re.findall(rf"{first['factor'].item()} \([^)]*\): (\S+) µm at its low end, (\S+) µm", words)[0]
    assert float(low) == pytest.approx(float(first["at_low"]), rel=0.01)
    assert float(high) == pytest.approx(float(first["at_high"]), rel=0.01)


def test_a_course_that_failed_is_a_bar_that_is_not_there(found: xr.Dataset) -> None:
    broken = found.copy(deep=True)
    broken["at_high"][0] = np.nan
    figure = tornado_figure(broken)
    assert "failed" in [text for text, _ in boxes_of_texts(figure)]
    assert len(figure.axes[0].patches) == len(tornado_figure(found).axes[0].patches) - 1


def test_pages_get_bands_and_bars_in_their_own_colours(found: xr.Dataset) -> None:
    for drawn in (found, kept()):
        figure = figure_of(drawn, palette=MARKS)[0]
        (axes,) = figure.axes
        assert to_hex(figure.get_facecolor()) == MARKS.page
        assert {to_hex(label.get_color()) for label in axes.get_xticklabels()} == {MARKS.ink}


def test_names_without_a_range_are_refused() -> None:
    with pytest.raises(ValueError, match=r"'device\.needle_length' is no parameter"):
        cx.tornado(_core.parse_scenario(SHORT), OUTCOME, ["device.needle_length"])


def test_gradient_draws_the_ends_of_what_it_was_asked_for(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario, target = tmp_path / "once.toml", tmp_path / "ends.svg"
    scenario.write_text(SHORT)
    asked = ["gradient", str(scenario), OUTCOME, "--parameter", "clot_decay", "--figure", str(target)]
    assert cli.main(asked) == Exit.DONE
    assert capsys.readouterr().out.rstrip().endswith(f"figure  {target}")
    assert "clot_decay" in target.read_text()
    assert cli.main([*asked[:3], "erythema auc", *asked[3:]]) == Exit.USAGE
    assert "--figure draws one outcome, and 2 are asked for" in capsys.readouterr().err
