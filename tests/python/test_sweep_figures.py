"""Figures of sweeps: values in the cells of maps, bars by grade, patients in order; and the numbers behind them."""

from __future__ import annotations

import re
from itertools import product

import numpy as np
import pytest
import xarray as xr
from drawn_figures import boxes_of_texts, covering, cut, luminance
from matplotlib.collections import QuadMesh
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from sample_grid import LENGTHS, PASSES, a_grid, pairs
from sample_grid import SESSIONS as WORDS
from sample_sweep import SampleFactor, SampleOutcome, SampleSweep

from cicatrix.studies.bars import bars, bars_words
from cicatrix.studies.factor_grid import factors_of, grid, levels_of
from cicatrix.studies.heat_map import heat_map, heat_map_words, maps_of, number_text
from cicatrix.studies.pairs import median_interval, paired, student
from cicatrix.studies.pairs_figure import pairs_figure, pairs_words
from cicatrix.studies.sensitivity import sensitivity
from cicatrix.theme import GRADES

EFFECT = "wrinkle_depth_effect_final"


def texts_of(figure: Figure) -> list[str]:
    return [text for text, _ in boxes_of_texts(figure)]


def meshes(figure: Figure) -> list[QuadMesh]:
    return [each for axes in figure.axes[:-1] for each in axes.collections if isinstance(each, QuadMesh)]


@pytest.fixture(scope="module")
def study() -> xr.Dataset:
    grades = ["assumed", "D", "C", "B", "A", ""]
    factors = [SampleFactor(f"parameters.rate_{i}", grades[i % 6]) for i in range(20)]
    weights = 1.0 / np.arange(1.0, 21.0)
    outcomes = [SampleOutcome(EFFECT, "um"), SampleOutcome("downtime_final", "d"), SampleOutcome("cost_final", "USD")]
    sweep = SampleSweep(
        factors, lambda rows: np.column_stack([rows @ weights, rows @ weights[::-1], np.ones(len(rows))]), outcomes
    )
    return sensitivity(sweep, samples=1024)


def test_a_grid_has_each_member_in_its_place() -> None:
    table = grid(a_grid(), EFFECT)
    assert table.dims == ("device.needle_length", "protocol.passes", "protocol.sessions")
    flat = a_grid()[EFFECT].values
    for number, (length, passes, words) in enumerate(product(LENGTHS, PASSES, WORDS)):
        place = {"device.needle_length": length, "protocol.passes": passes, "protocol.sessions": words}
        assert table.sel(place).item() == flat[number]
    shuffled = a_grid().isel(member=np.random.default_rng(1).permutation(36))
    assert grid(shuffled, EFFECT).sel(table.coords).values == pytest.approx(table.values)


def test_a_grid_with_a_hole_has_no_value_there() -> None:
    table = grid(a_grid().isel(member=slice(1, None)), EFFECT)
    assert int(np.isnan(table.values).sum()) == 1
    assert np.isnan(table.sel({"device.needle_length": 0.5, "protocol.passes": 5, "protocol.sessions": WORDS[0]}))


def test_levels_of_a_grid_can_be_chosen() -> None:
    table = grid(a_grid(), EFFECT, {"device.needle_length": 1.5, "protocol.sessions": WORDS[1]})
    assert table.dims == ("protocol.passes",)
    with pytest.raises(KeyError, match=r"no level 1\.7; it has: 0\.5, 1\.0"):
        grid(a_grid(), EFFECT, {"device.needle_length": 1.7})
    with pytest.raises(KeyError, match="no factor 'passes'"):
        grid(a_grid(), EFFECT, {"passes": 5})


def test_what_is_no_grid_is_said_to_be_none() -> None:
    twice = xr.concat([a_grid(), a_grid()], dim="member")
    with pytest.raises(ValueError, match="no grid"):
        grid(twice, EFFECT)
    with pytest.raises(KeyError, match="it has: wrinkle_depth_effect_final, downtime_final"):
        grid(a_grid(), "tewl_peak")


def test_factors_are_named_with_their_units() -> None:
    sweep = a_grid()
    assert factors_of(sweep) == ["device.needle_length", "protocol.passes", "protocol.sessions"]
    assert levels_of(sweep, "device.needle_length").title == "Needle length (mm)"
    assert levels_of(sweep, "protocol.passes").texts == ["5", "10", "15"]
    assert levels_of(sweep, "protocol.sessions").values == WORDS


@pytest.mark.parametrize(
    "at", [{}, {"protocol.passes": 10}, {"device.needle_length": 2.0}, {"protocol.sessions": WORDS[0]}]
)
@pytest.mark.parametrize("outcome", [EFFECT, "downtime_final"])
def test_no_text_of_a_map_is_cut_or_covers_another(outcome: str, at: dict[str, object]) -> None:
    figure = heat_map(a_grid(failed=7), outcome, at=at)
    assert not cut(figure)
    assert not covering(figure)


def test_every_cell_shows_its_value_in_its_colour() -> None:
    sweep = a_grid(failed=7)
    figure = heat_map(sweep, "downtime_final")
    maps = maps_of(sweep, "downtime_final")
    drawn = meshes(figure)
    assert len(drawn) == 3
    for mesh, values in zip(drawn, maps.values, strict=True):
        held = np.ma.filled(np.ma.asarray(mesh.get_array()), np.nan).reshape(values.shape)
        assert held == pytest.approx(values, nan_ok=True)
    printed = [text for text in texts_of(figure) if re.fullmatch(r"\d+\.\d", text) and float(text) > 2]
    assert len(printed) >= 30
    assert "hatched: no value" in texts_of(figure)


def test_letters_stand_out_from_their_cells() -> None:
    figure = heat_map(a_grid(), EFFECT)
    for axes in figure.axes[:-1]:
        (mesh,) = (each for each in axes.collections if isinstance(each, QuadMesh))
        colours = mesh.to_rgba(np.ma.asarray(mesh.get_array())).reshape(-1, 4)
        for text, colour in zip(axes.texts, colours, strict=True):
            cell = to_hex((float(colour[0]), float(colour[1]), float(colour[2])))
            ink, ground = sorted((luminance(to_hex(text.get_color())), luminance(cell)))
            assert (ground + 0.05) / (ink + 0.05) > 4.0


def test_axes_of_a_map_are_those_that_were_asked_for() -> None:
    figure = heat_map(a_grid(), EFFECT, over=("protocol.sessions", "device.needle_length"), at={"protocol.passes": 5})
    axes = figure.axes[0]
    assert axes.get_xlabel() == "Sessions"
    assert axes.get_ylabel() == "Needle length (mm)"
    assert [label.get_text() for label in axes.get_xticklabels()] == WORDS


def test_a_map_has_one_scale_and_the_unit_beside_it() -> None:
    figure = heat_map(a_grid(), EFFECT)
    norms = {(mesh.norm.vmin, mesh.norm.vmax) for mesh in meshes(figure)}
    assert len(norms) == 1
    assert figure.axes[-1].get_ylabel() == "µm"
    assert "Wrinkle depth effect final (µm)" in texts_of(figure)


def test_a_change_to_both_sides_is_white_at_zero() -> None:
    sweep = a_grid()
    sweep[EFFECT].data += 15.0  # older xarrays drop the attributes of sums
    norm = meshes(heat_map(sweep, EFFECT))[0].norm
    assert norm.vmin == -np.max(norm.vmax or 0.0)


@pytest.mark.parametrize(
    ("over", "at", "fault"),
    [
        (("protocol.area",), {}, "no factor that varies"),
        ((), {"protocol.passes": 5, "protocol.sessions": WORDS[0]}, "takes two factors"),
    ],
)
def test_maps_that_cannot_be_drawn_are_refused(over: tuple[str, ...], at: dict[str, object], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        heat_map(a_grid(), EFFECT, over=over, at=at)


def test_a_fourth_factor_must_be_chosen() -> None:
    sweep = a_grid()
    deep = sweep.assign_coords({"patient.age": ("member", np.arange(36) % 4 + 40.0, {"role": "factor"})})
    with pytest.raises(ValueError, match="choose levels with at="):
        heat_map(deep, EFFECT)


def test_words_of_a_map_tell_its_ends() -> None:
    told = heat_map_words(a_grid(failed=7), "downtime_final")
    assert "Lowest: 2.0 days at needle length 0.5 mm, passes 5, sessions every 4 weeks x 2." in told
    assert "Highest: 24.0 days at needle length 2 mm" in told
    assert told.endswith("1 without a value.")


@pytest.mark.parametrize(
    ("value", "among", "text"),
    [(1.234, [1.234, 5.0], "1.23"), (-43.27, [43.0], "-43.3"), (1234.5, [1234.5], "1234"), (-0.001, [50.0], "0.0")],
)
def test_a_value_has_as_many_digits_as_tell_it_from_others(value: float, among: list[float], text: str) -> None:
    assert number_text(value, np.array(among)) == text


def test_bars_show_both_orders_with_their_intervals(study: xr.Dataset) -> None:
    figure = bars(study, EFFECT)
    (axes,) = figure.axes
    at = study.sel(outcome=EFFECT)
    rows = np.argsort(-at["ST"].values)[:12]
    widths = sorted(float(patch.get_width()) for patch in axes.patches if isinstance(patch, Rectangle))
    assert widths == pytest.approx(sorted([*at["ST"].values[rows], *at["S1"].values[rows]]))
    lines = [tuple(np.asarray(line.get_xdata(), dtype=float)) for line in axes.lines]
    assert (float(at["ST_low"].values[rows[0]]), float(at["ST_high"].values[rows[0]])) in lines
    assert [label.get_text() for label in axes.get_yticklabels()] == [f"rate_{row}" for row in rows]


def test_bars_have_the_colour_of_their_grade(study: xr.Dataset) -> None:
    figure = bars(study, EFFECT)
    first = figure.axes[0].patches[0]
    assert to_hex(first.get_facecolor()) == GRADES["assumed"]
    shown = texts_of(figure)
    for grade in ("grade A", "grade D", "assumed", "set by the scenario"):
        assert grade in shown
    assert len(set(GRADES.values())) == len(GRADES)


def test_no_text_of_bars_is_cut_or_covers_another(study: xr.Dataset) -> None:
    for figure in (bars(study), bars(study, EFFECT), bars(study, "cost_final")):
        assert not cut(figure)
        assert not covering(figure)
    assert "does not vary" in texts_of(bars(study, "cost_final"))
    with pytest.raises(KeyError, match="no outcome 'pain'"):
        bars(study, "pain")


def test_words_of_bars_name_the_largest_with_their_grades(study: xr.Dataset) -> None:
    told = bars_words(study)
    assert re.search(r"Wrinkle depth effect final: parameters\.rate_0 0\.\d+ \(assumed\), parameters\.rate_1", told)
    assert "Cost final: does not vary." in told


def test_bars_of_a_screening_have_spreads_beside_sizes() -> None:
    factors = [SampleFactor("device.needle_length", unit="mm"), SampleFactor("parameters.rate", "D")]
    sweep = SampleSweep(factors, lambda rows: rows[:, 0] * (1 + rows[:, 1]))
    screened = sensitivity(sweep, method="morris")
    figure = bars(screened)
    (axes,) = figure.axes
    marks = [float(np.asarray(line.get_xdata())[0]) for line in axes.lines if line.get_marker() == "D"]
    assert sorted(marks) == pytest.approx(sorted(screened["sigma"].values[:, 0]))
    assert "(µm)" in axes.get_xlabel()
    assert not cut(figure)


def test_pairs_find_a_small_difference_between_very_different_patients() -> None:
    found = paired(pairs(), "wrinkle_depth_final")
    assert (found.first, found.second) == ("roller", "pen")
    assert found.mean_low < -3.0 < found.mean_high
    assert found.median_low < -3.0 < found.median_high
    assert found.mean_high < -2.0  # the patients themselves scatter by 40 um
    assert found.mean == pytest.approx(-3.0, abs=0.5)
    back = paired(pairs(), "wrinkle_depth_final", first="pen", second="roller")
    assert back.mean == pytest.approx(-found.mean)


def test_intervals_of_pairs_hold_the_truth_as_often_as_they_say() -> None:
    held = np.array(
        [
            (found.mean_low <= -3.0 <= found.mean_high, found.median_low <= -3.0 <= found.median_high)
            for found in (paired(pairs(15, seed=seed), "wrinkle_depth_final") for seed in range(400))
        ]
    ).mean(axis=0)
    # Three standard errors of 400 trials are 0.033; the interval of the median holds 0.965 of 15.
    assert held[0] == pytest.approx(0.95, abs=0.033)
    assert held[1] == pytest.approx(0.965, abs=0.033)


def test_quantiles_are_those_of_the_tables() -> None:
    stats = pytest.importorskip("scipy.stats")
    for freedom in (1, 2, 3, 4, 9, 10, 99, 1000):
        assert student(freedom) == pytest.approx(stats.t.ppf(0.975, freedom), rel=1e-9)
    for count in (6, 10, 25, 400):
        values = np.arange(float(count))
        low, high = median_interval(values)
        outside = 2 * stats.binom.cdf(low, count, 0.5)
        assert outside <= 0.05 < 2 * stats.binom.cdf(low + 1, count, 0.5)
        assert high == count - 1 - low
    assert median_interval(np.arange(4.0)) == (0.0, 3.0)
    low, high = median_interval(np.arange(5000.0))
    assert 2 * stats.binom.cdf(low, 5000, 0.5) == pytest.approx(0.05, abs=0.005)


def test_patients_of_whom_one_course_failed_are_left_out_and_counted() -> None:
    sweep = pairs()
    sweep["wrinkle_depth_final"][3, 0] = np.nan
    found = paired(sweep, "wrinkle_depth_final")
    assert found.left_out == 1
    assert found.differences.size == 199
    assert "1 left out because a course failed" in str(found)


def test_pairs_that_cannot_be_made_are_refused() -> None:
    with pytest.raises(KeyError, match="no outcome 'pain'"):
        paired(pairs(), "pain")
    with pytest.raises(KeyError, match="no protocol 'laser'"):
        paired(pairs(), "wrinkle_depth_final", second="laser")
    with pytest.raises(ValueError, match="one protocol only"):
        paired(a_grid(), EFFECT)
    with pytest.raises(ValueError, match="known in 2 pairs"):
        paired(pairs(2), "wrinkle_depth_final")


@pytest.mark.parametrize("patients", [3, 40, 2000])
def test_patients_stand_in_the_order_of_their_differences(patients: int) -> None:
    sweep = pairs(patients)
    figure = pairs_figure(sweep, "wrinkle_depth_final")
    assert not cut(figure)
    assert not covering(figure)
    (axes,) = figure.axes
    found = paired(sweep, "wrinkle_depth_final")
    if patients <= 120:
        below = int(np.sum(found.differences < 0))
        boxes = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
        heights = [patch.get_height() for patch in boxes if patch.get_width() < 1]
        assert sorted(heights) == pytest.approx(sorted(found.differences))
        assert heights[:below] == sorted(heights[:below])
    levels = [float(np.asarray(line.get_ydata())[0]) for line in axes.lines]
    assert found.mean in levels


def test_words_of_pairs_tell_the_mean_with_its_interval() -> None:
    told = pairs_words(pairs(), "wrinkle_depth_final")
    assert re.search(r"pen minus roller: mean -2\.\d+ µm \(95 % interval -3\.\d+ to -2\.\d+\)", told)
    assert "lower in 9" in told
