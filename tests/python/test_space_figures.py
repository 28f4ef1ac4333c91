"""Maps over depth, pictures of a channel, the closing pore: what they show, where, and how it is named."""

from __future__ import annotations

import matplotlib
import numpy as np
import pytest
import xarray as xr
from drawn_figures import boxes_of_texts, covering, cut
from matplotlib.axes import Axes
from matplotlib.collections import QuadMesh
from matplotlib.colors import LogNorm
from matplotlib.figure import Figure
from sample_channel import BOTTOM, CELL, PAPILLARY, PORE, TIP, course_in_depth, course_round_channel
from sample_course import slow_maturation

from cicatrix.depth_figures import depth_figure, depth_words, rows_of
from cicatrix.outcome import RefusedError
from cicatrix.pore_figures import closing_pore_figure, closing_words, short_marks, short_time
from cicatrix.report import page
from cicatrix.space_figures import channel_figure, channel_words


@pytest.fixture(scope="module")
def course() -> xr.Dataset:
    return course_round_channel()


@pytest.fixture(scope="module")
def often() -> xr.Dataset:
    return course_round_channel(sessions=[0.0, 28.0, 56.0, 84.0])


def texts_of(figure: Figure) -> str:
    return " | ".join(text for text, _ in boxes_of_texts(figure))


def maps_of(figure: Figure) -> list[Axes]:
    """Panels that show values over space, without the bars of colours."""
    return [axes for axes in figure.axes if axes.get_ylim()[0] > axes.get_ylim()[1]]


def mesh_of(axes: Axes) -> QuadMesh:
    return next(each for each in axes.collections if isinstance(each, QuadMesh))


def values_of(axes: Axes) -> np.ndarray[tuple[int, ...], np.dtype[np.float64]]:
    values = mesh_of(axes).get_array()
    assert values is not None
    return np.asarray(values, dtype=float).ravel()


@pytest.mark.parametrize("sessions", [(0.0,), (0.0, 28.0, 56.0, 84.0), (0.0, 7.0)])
def test_no_text_is_cut_or_covers_another(sessions: tuple[float, ...]) -> None:
    course = course_round_channel(sessions=sessions)
    for figure in (
        depth_figure(course),
        depth_figure(course, ["collagen_iii"], until=14.0),
        channel_figure(course),
        channel_figure(course, ["collagen_iii"], days=[1.0]),
        closing_pore_figure(course),
    ):
        assert not cut(figure)
        assert not covering(figure)


def test_depth_points_down_and_begins_at_the_surface(course: xr.Dataset) -> None:
    for axes in maps_of(course.cx.plot("collagen_iii_profile")):
        low, high = axes.get_ylim()
        assert high == 0.0
        assert low == pytest.approx(BOTTOM)
        assert axes.get_ylabel() == "depth (mm)"


def test_the_effect_stands_beside_the_treated_skin_and_is_centred_at_zero(often: xr.Dataset) -> None:
    treated, effect = maps_of(depth_figure(often, ["collagen_iii"]))
    assert treated.get_title("left") == "treated"
    assert effect.get_title("left") == "effect: treated minus untreated"
    norm = mesh_of(effect).norm
    assert norm.vmin == -np.max(norm.vmax or 0.0)
    rows = rows_of(often, "collagen_iii", np.inf)
    wanted = (often["collagen_iii_profile"] - often["untreated_collagen_iii_profile"]).values
    assert rows.change == pytest.approx(wanted)
    assert values_of(effect).max() <= wanted.max() + 1e-12


def test_sessions_and_the_border_of_the_layers_are_drawn(often: xr.Dataset) -> None:
    for axes in maps_of(depth_figure(often, ["collagen_iii"])):
        marks = [float(np.asarray(line.get_xdata())[0]) for line in axes.lines if line.get_marker() == "v"]
        assert marks == [0.0, 28.0, 56.0, 84.0]
        level = [np.asarray(line.get_ydata(), dtype=float) for line in axes.lines]
        assert any(len(set(each)) == 1 and each[0] == pytest.approx(PAPILLARY) for each in level)


def test_several_states_are_several_rows_and_until_ends_the_time(course: xr.Dataset) -> None:
    panels = maps_of(course.cx.plot("collagen_iii_profile", "tgf_beta1_active_profile", until=14.0))
    assert len(panels) == 4
    assert all(axes.get_xlim() == pytest.approx((0.0, 14.0)) for axes in panels)
    assert "TGF-β1 active" in texts_of(course.cx.plot("tgf_beta1_active_profile"))


def test_the_time_axis_is_that_of_the_curves(course: xr.Dataset) -> None:
    (curve,) = course.cx.plot("collagen_total").axes
    assert maps_of(course.cx.plot("collagen_iii_profile"))[0].get_xscale() == curve.get_xscale()
    none = course_in_depth().drop_vars("session_time")
    treated, change = maps_of(depth_figure(none, ["collagen_iii"]))
    assert treated.get_xscale() == "linear"
    assert treated.get_title("left") == "untreated skin"
    assert change.get_title("left") == "change since the start"


def test_curves_and_maps_are_not_drawn_together(course: xr.Dataset) -> None:
    with pytest.raises(ValueError, match="drawn apart"):
        course.cx.plot("collagen_iii_profile", "collagen_total")


def test_a_profile_of_a_course_without_depth_is_refused_with_what_to_write() -> None:
    with pytest.raises(KeyError, match="fidelity"):
        slow_maturation().cx.plot("collagen_iii_profile")
    with pytest.raises(KeyError, match="did you mean 'collagen_iii_profile'"):
        course_in_depth().cx.plot("colagen_iii_profile")
    with pytest.raises(RefusedError, match='fidelity = "channel"'):
        channel_figure(course_in_depth())


def test_the_channel_is_mirrored_about_its_axis(course: xr.Dataset) -> None:
    (axes,) = maps_of(channel_figure(course, ["tgf_beta1_active"], days=[1.0]))
    assert axes.get_xlim() == pytest.approx((-CELL, CELL))
    values = values_of(axes).reshape(course.sizes["depth"], -1)
    assert values == pytest.approx(values[:, ::-1])
    field = course["tgf_beta1_active_field"].sel(time=1.0).values
    half = values[:, course.sizes["radius"] :]
    assert half == pytest.approx(np.maximum(field, np.min(mesh_of(axes).norm.vmin or 0.0)))
    assert [text.get_text() for text in axes.get_xticklabels()] == ["0.15", "0", "0.15"]  # distances, not places


def test_the_wall_of_the_channel_is_outlined_down_to_its_tip(course: xr.Dataset) -> None:
    (axes,) = maps_of(channel_figure(course, ["collagen_iii"], days=[1.0]))
    outlines = [line for line in axes.lines if np.size(line.get_xdata()) > 4]
    across = np.concatenate([np.asarray(line.get_xdata(), dtype=float) for line in outlines])
    down = np.concatenate([np.asarray(line.get_ydata(), dtype=float) for line in outlines])
    assert (across.min(), across.max()) == pytest.approx((-PORE, PORE))
    assert down.max() == pytest.approx(TIP, abs=0.05)


def test_columns_are_the_nearest_outputs_by_name_and_a_row_has_one_scale(course: xr.Dataset) -> None:
    figure = channel_figure(course, ["tgf_beta1_active", "collagen_iii"])
    panels = maps_of(figure)
    titles = [axes.get_title() for axes in panels[:6]]
    assert titles == ["after 1 hour", "12 hours", "1 day", "3 days", "7 days", "4 weeks"]
    limits = [{(mesh_of(axes).norm.vmin, mesh_of(axes).norm.vmax) for axes in row} for row in (panels[:6], panels[6:])]
    assert [len(each) for each in limits] == [1, 1]
    assert len(figure.axes) == 12 + 2  # one bar of colours a row
    assert isinstance(mesh_of(panels[0]).norm, LogNorm)  # fifty times as much in the first hour as after weeks
    assert "powers of ten" in texts_of(figure)
    assert not isinstance(mesh_of(panels[6]).norm, LogNorm)


def test_a_stretched_picture_says_so_and_a_true_one_too(course: xr.Dataset) -> None:
    def told(width: float) -> str:
        cells = course["radius_bounds"].dims, width * course["radius_bounds"].values
        wide = course.assign_coords(radius=width * course["radius"].values).assign(radius_bounds=cells)
        figure = channel_figure(wide, ["collagen_iii"], days=[1.0, 7.0])
        assert not covering(figure)
        return texts_of(figure)

    assert "true to scale" in told(1.0)
    assert "times too wide" in told(0.3)
    assert "times too narrow" in told(4.0)


def test_epidermis_and_horny_layer_are_missing_over_the_open_pore(course: xr.Dataset) -> None:
    (axes,) = maps_of(channel_figure(course, ["collagen_iii"], days=[0.0]))
    _, living, horny = [each for each in axes.collections if isinstance(each, QuadMesh)]
    for sheet in (living, horny):
        cover = np.asarray(sheet.get_array(), dtype=float).ravel()
        middle = len(cover) // 2
        assert cover[middle] == pytest.approx(0.0)
        assert cover[0] == cover[-1] == 1.0


def test_the_closing_pore_states_the_half_lives_of_its_layers(often: xr.Dataset) -> None:
    told = texts_of(closing_pore_figure(often))
    assert "half-life 12 h" in told
    assert "half-life 30 h" in told
    assert "closed after 3.33 days" in told  # half a day times the logarithm of 100 to base 2
    assert "the first of 4 sessions" in told
    assert "half-life 12 h, closed after 3.33 days" in closing_words(often)


def test_the_half_life_is_marked_where_half_of_the_pore_is_open(course: xr.Dataset) -> None:
    axes = closing_pore_figure(course).axes[-1]
    dots = [line for line in axes.lines if line.get_marker() == "o"]
    assert [float(np.asarray(dot.get_ydata())[0]) for dot in dots] == [50.0, 50.0]
    assert sorted(float(np.asarray(dot.get_xdata())[0]) for dot in dots) == pytest.approx([0.507, 1.257], abs=1e-3)


def test_cover_is_drawn_on_both_sides_of_the_axis(course: xr.Dataset) -> None:
    figure = closing_pore_figure(course)
    for axes in figure.axes[:2]:
        assert axes.get_xlim() == pytest.approx((-CELL, CELL))
        for steps in axes.patches:
            values = np.asarray(steps.get_data().values)  # type: ignore[attr-defined]
            assert values == pytest.approx(values[::-1])
            assert values[0] == 100.0
        upright = [float(np.asarray(line.get_xdata())[0]) for line in axes.lines]
        assert upright == pytest.approx([-PORE, PORE])


def test_short_axes_have_room_between_their_marks() -> None:
    for last in (0.2, 0.9, 2.0, 5.0, 13.0, 28.0):
        marks = short_marks(last)
        assert 2 <= len(marks) <= 10
        assert np.ptp(np.diff(list(marks))) == pytest.approx(0.0, abs=1e-9)
    assert list(short_marks(2.0).values()) == ["0", "6 h", "12 h", "18 h", "24 h", "30 h", "36 h", "42 h", "48 h"]
    assert short_time(0.5) == "12 h"
    assert short_time(3.25) == "3.25 days"


def test_a_course_without_a_value_is_drawn_without_complaint(course: xr.Dataset) -> None:
    numbers = [name for name in course.data_vars if str(name).endswith(("_profile", "_field", "_ring"))]
    failed = course.assign({name: course[name] * np.nan for name in numbers})
    assert "no value" in texts_of(depth_figure(failed))
    assert "no value" in texts_of(channel_figure(failed))
    assert "no value" in texts_of(closing_pore_figure(failed))


def test_a_dermis_that_begins_at_the_surface_gets_an_epidermis_that_can_be_seen(course: xr.Dataset) -> None:
    bounds = course["depth_bounds"].values - course["depth_bounds"].values[0, 0]
    bare = course.assign(depth_bounds=(("depth", "bound"), bounds))
    figure = channel_figure(bare, ["collagen_iii"], days=[1.0])
    assert maps_of(figure)[0].get_ylim()[1] < 0.0
    assert "the epidermis is not to scale" in texts_of(figure)
    assert not cut(figure)
    assert not covering(figure)


def test_a_field_and_a_ring_can_be_plotted_by_name(course: xr.Dataset) -> None:
    assert "after 1 hour" in texts_of(course.cx.plot("collagen_iii_field"))
    assert "half-life 12 h" in texts_of(course.cx.plot("epidermal_cover_ring"))


def test_every_figure_says_that_nothing_is_calibrated_and_changes_no_setting(course: xr.Dataset) -> None:
    before = dict(matplotlib.rcParams)
    for figure in (depth_figure(course), channel_figure(course), closing_pore_figure(course)):
        assert "not yet calibrated" in texts_of(figure)
    assert dict(matplotlib.rcParams) == before


def test_the_words_come_from_the_data(course: xr.Dataset) -> None:
    profile = course["collagen_iii_profile"] - course["untreated_collagen_iii_profile"]
    assert f"largest {float(profile.max()):+.3g} at day 0.0" in depth_words(course, ["collagen_iii"])
    hour = course["tgf_beta1_active_field"].sel(time=1 / 24, method="nearest")
    assert f"{float(hour.max()):.3g} after 1 hour" in channel_words(course, ["tgf_beta1_active"])
    assert "no value" in depth_words(course.assign(collagen_iii_profile=np.nan * profile), ["collagen_iii"])


def test_the_report_of_a_channel_shows_all_three_and_stays_small(often: xr.Dataset) -> None:
    text = page(often)
    assert len(text.encode()) < 2_000_000  # the most that any report may take; this is the largest kind
    for told in ("Over depth", "Round one channel", "The closing pore", "half-life 12 h"):
        assert told in text
    names = [part.split('"')[0] for part in text.split(' id="')[1:]]
    assert len(names) == len(set(names))
    in_depth = page(course_in_depth())
    assert "Over depth" in in_depth
    assert "Round one channel" not in in_depth
    assert "Over depth" not in page(slow_maturation())
    assert page(often) == text  # the same course gives the same page
