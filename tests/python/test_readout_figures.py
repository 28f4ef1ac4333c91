"""Figures of read-outs: each names what it shows, with its unit, its untreated twin, its sessions and its grade."""

from __future__ import annotations

import matplotlib
import numpy as np
import pytest
import xarray as xr
from drawn_figures import covering, cut
from matplotlib.axes import Axes
from sample_course import course_with, slow_maturation

import cicatrix as cx
from cicatrix import _core
from cicatrix.readout_figures import readout_figure, readout_words
from cicatrix.readouts import drawable, is_silent, printed_unit, spoken, telling

CREAMS = """
patient = { age = "52 years", site = "periorbital" }
device = { kind = "pen", needle_length = "1 mm" }
protocol = { sessions = "every 4 weeks x 3", passes = 2 }
care.topicals = [
  { compound = "hydrocortisone", dose = "0.004 mg/cm2", when = "once" },
  { compound = "benzoic acid", dose = "0.004 mg/cm2", when = "once" },
]
simulation.duration = "200 days"
"""
LASER = """
patient = { age = "30 years", site = "cheek", phototype = 4, baseline = "atrophic scar" }
device = { kind = "fractional laser", column_diameter = "0.1 mm", column_depth = "0.6 mm" }
protocol.sessions = "every 1 week x 14"
"""
SCALP = """
patient = { age = "40 years", site = "scalp" }
device = { kind = "roller", needle_length = "1.5 mm" }
protocol = { sessions = "every 1 week x 12", passes = 10 }
care.topicals = [{ compound = "minoxidil", dose = "0.5 mg/cm2", when = "daily" }]
"""
HOME = """
patient = { age = "35 years", site = "cheek" }
device = { kind = "roller", needle_length = "0.25 mm" }
protocol = { sessions = "every 1 week x 12", passes = 10 }
"""
AGEING = 'patient.age = "25 years"\nprotocol.sessions = "none"\nsimulation.ageing = "drift"\n'


@pytest.fixture(scope="module")
def creams() -> xr.Dataset:
    return cx.run(_core.parse_scenario(CREAMS))


def words_on(axes: Axes) -> str:
    return " ".join([axes.get_title("left"), axes.get_title("right"), *(text.get_text() for text in axes.texts)])


@pytest.mark.parametrize("scenario", [CREAMS, LASER, SCALP, HOME, AGEING])
def test_no_text_of_any_panel_is_cut_or_covers_another(scenario: str) -> None:
    figure = cx.run(_core.parse_scenario(scenario)).cx.plot("all")
    assert not cut(figure)
    assert not covering(figure)


def test_everything_that_is_listed_can_be_drawn_and_no_panel_is_empty(creams: xr.Dataset) -> None:
    names = list(creams.cx.readouts().index)
    assert {row.name for row in _core.readouts()} | {row.name for row in _core.states("microneedling")} <= set(names)
    for name in names:
        (axes,) = readout_figure(creams, [name]).axes
        assert spoken(name) in axes.get_title("left")
        assert printed_unit(creams[name].attrs["units"]) in axes.get_title("left")
        assert axes.patches or any(np.size(line.get_ydata()) > 2 for line in axes.lines)


def test_the_twin_and_the_sessions_stand_beside_what_was_treated() -> None:
    course = slow_maturation(sessions=[0.0, 28.0])
    figure = course.cx.plot("collagen_total")
    (axes,) = figure.axes
    curves = [np.asarray(line.get_ydata()) for line in axes.lines if np.size(line.get_ydata()) > 2]
    assert any(np.array_equal(curve, course["collagen_total"]) for curve in curves)
    assert any(np.array_equal(curve, course["untreated_collagen_total"]) for curve in curves)
    upright = [float(np.asarray(line.get_xdata())[0]) for line in axes.lines if np.size(line.get_xdata()) == 2]
    assert upright == [0.0, 28.0]
    told = [text.get_text() for legend in figure.legends for text in legend.get_texts()]
    assert told == ["treated", "untreated twin", "session"]


def test_without_a_session_there_is_no_twin_and_time_is_even() -> None:
    days = np.arange(0.0, 3653.0, 30.0)
    figure = course_with(days, sessions=(), collagen_total=-days / 36525.0).cx.plot("collagen_total")
    (axes,) = figure.axes
    assert len(axes.lines) == 1
    assert axes.get_xscale() == "linear"
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["untreated skin"]


def test_the_time_axis_is_that_of_the_three_clocks_and_ends_where_it_is_told() -> None:
    course = slow_maturation()
    (clock, *_), (panel,) = course.cx.plot().axes, course.cx.plot("inflammation").axes
    assert panel.get_xscale() == clock.get_xscale()
    assert panel.get_xlim() == pytest.approx(clock.get_xlim())
    (short,) = course.cx.plot("inflammation", until=14).axes
    assert 14.0 <= short.get_xlim()[1] < 16.0


def test_the_members_are_drawn_as_the_band_of_their_middle_nine_tenths() -> None:
    course = slow_maturation()
    shifts = xr.DataArray(np.linspace(0.0, 1.0, 101), dims="member")
    members = (course[["collagen_total"]] * 0 + 1 + shifts).transpose("member", "time")
    figure = course.cx.plot("collagen_total", members=members)
    (band,) = figure.axes[0].collections
    heights = band.get_paths()[0].vertices[:, 1]
    assert (heights.min(), heights.max()) == pytest.approx((1.05, 1.95))
    ends = [np.asarray(line.get_ydata())[-1] for line in figure.axes[0].lines if line.get_linewidth() == 0.6]
    assert ends == pytest.approx([1.0, 1.25, 1.5, 1.75, 2.0])  # single members, from the lowest to the highest
    assert "5 to 95 % of the members" in [text.get_text() for text in figure.legends[0].get_texts()]


def test_members_of_the_course_itself_are_drawn_as_median_and_band() -> None:
    course = slow_maturation()
    shifts = xr.DataArray(np.linspace(-1.0, 1.0, 21), dims="member")
    many = course.assign(collagen_total=(course["collagen_total"] + shifts).assign_attrs(units="1"))
    (axes,) = many.cx.plot("collagen_total").axes
    assert len(axes.collections) == 1
    curves = [np.asarray(line.get_ydata()) for line in axes.lines if np.size(line.get_ydata()) > 2]
    assert any(np.allclose(curve, course["collagen_total"]) for curve in curves)


def test_each_session_has_its_bar_and_its_value(creams: xr.Dataset) -> None:
    (axes,) = creams.cx.plot("channel_density").axes
    heights = [bar.get_height() for bar in axes.patches]
    assert heights == pytest.approx(creams["channel_density"].values)
    assert f"{heights[0]:.3g}" in words_on(axes)


def test_each_compound_has_its_line_and_its_name(creams: xr.Dataset) -> None:
    (axes,) = creams.cx.plot("absorbed_fraction").axes
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["hydrocortisone", "benzoic acid"]
    curves = [np.asarray(line.get_ydata()) for line in axes.lines if np.size(line.get_ydata()) > 2]
    for i in range(2):
        assert any(np.array_equal(curve, creams["absorbed_fraction"].isel(topical=i)) for curve in curves)


def test_each_panel_says_how_well_it_is_known_and_the_figure_that_it_is_not_calibrated(creams: xr.Dataset) -> None:
    figure = creams.cx.plot("wrinkle_depth", "tewl")
    for axes, name in zip(figure.axes, ("wrinkle_depth", "tewl"), strict=True):
        assert creams[name].attrs["evidence_grade"] in axes.get_title("right")
    assert "not yet calibrated" in " ".join(text.get_text() for text in figure.texts)
    fitted = creams.assign_attrs(calibrated="yes").cx.plot("wrinkle_depth")
    assert "calibrated" not in " ".join(text.get_text() for text in fitted.texts)


def test_a_panel_of_a_course_in_space_tells_the_error_of_its_cells() -> None:
    course = slow_maturation()
    course["inflammation"].attrs["grid_error"] = 0.0213
    assert "grid error 0.02 mm⁻³" in course.cx.plot("inflammation").axes[0].get_title("right")
    assert "grid error" not in course.cx.plot("collagen_total").axes[0].get_title("right")


def test_an_unknown_name_gets_the_nearest() -> None:
    with pytest.raises(KeyError, match="did you mean 'collagen_total'"):
        slow_maturation().cx.plot("colagen_total")
    with pytest.raises(KeyError, match="cannot be drawn"):
        slow_maturation().cx.plot("status")


def test_all_leaves_out_what_says_nothing(creams: xr.Dataset) -> None:
    said = set(telling(creams))
    assert "scar_depth" not in said  # no scar in this skin
    assert "scar_depth" in set(telling(cx.run(_core.parse_scenario(LASER))))
    assert said == {name for name, kind in drawable(creams).items() if kind != "state" and not is_silent(creams, name)}


def test_a_change_of_a_millionth_does_not_fill_its_panel() -> None:
    course = slow_maturation()
    course["collagen_total"] = course["collagen_total"] * 0 + 1.0 + 1e-6 * (course["time"] > 100)
    (axes,) = course.cx.plot("collagen_total").axes
    low, high = axes.get_ylim()
    assert high - low > 1e-3


def test_the_words_come_from_the_data() -> None:
    told = readout_words(slow_maturation(), ["collagen_total", "injured_fraction"])
    assert "Collagen total: 1 at first, 1.13 at the end, highest 1.13 at day 20" in told
    assert "untreated 1 at the end" in told
    assert "Injured fraction: 0.05 in each session." in told


def test_drawing_changes_no_setting() -> None:
    before = dict(matplotlib.rcParams)
    slow_maturation().cx.plot("inflammation", "collagen_total")
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize(
    ("unit", "printed"), [("1", ""), ("g m-2 h-1", "g m⁻² h⁻¹"), ("um", "µm"), ("ug cm-2", "µg cm⁻²"), ("d", "days")]
)
def test_units_are_printed_as_people_write_them(unit: str, printed: str) -> None:
    assert printed_unit(unit) == printed


def test_a_figure_says_when_outputs_begin_too_late_to_show_a_peak() -> None:
    course = slow_maturation()  # its first output comes a day after the session
    assert "24 h after a session" in " ".join(text.get_text() for text in course.cx.plot("inflammation").texts)
    soon = course.assign_coords(time=np.concatenate([[0.0, 0.01], np.arange(1.0, 730.0)]))
    assert "after a session" not in " ".join(text.get_text() for text in soon.cx.plot("inflammation").texts)
    bars = course.cx.plot("injured_fraction")
    assert "after a session" not in " ".join(text.get_text() for text in bars.texts)
