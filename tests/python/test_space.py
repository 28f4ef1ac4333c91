"""What is read off a course in space: cells, mirrored rings, times in words, and how the pore closes."""

from __future__ import annotations

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_channel import (
    BOTTOM,
    CELL,
    HALF_LIFE,
    HORNY_HALF_LIFE,
    PAPILLARY,
    PORE,
    SOON,
    TOP,
    course_in_depth,
    course_round_channel,
)
from sample_course import slow_maturation

from cicatrix import pore, space
from cicatrix.colour_scales import amounts, changes
from cicatrix.outcome import Exit, RefusedError
from cicatrix.readouts import kind_of, spoken, telling


@pytest.fixture(scope="module")
def course() -> xr.Dataset:
    return course_round_channel()


def test_what_a_course_holds_is_told_by_its_dimensions(course: xr.Dataset) -> None:
    assert space.has_depth(course)
    assert space.has_channel(course)
    assert space.has_depth(course_in_depth())
    assert not space.has_channel(course_in_depth())
    assert not space.has_depth(slow_maturation())
    assert space.resolved(course, space.PROFILE) == ["tgf_beta1_active", "collagen_iii"]  # the twin's are not its own


def test_cells_meet_from_the_first_edge_to_the_last(course: xr.Dataset) -> None:
    depth, radius = space.edges(course, "depth"), space.edges(course, "radius")
    assert (depth[0], depth[-1]) == pytest.approx((TOP, BOTTOM))
    assert (radius[0], radius[-1]) == pytest.approx((0.0, CELL))
    assert (np.diff(depth) > 0).all()
    assert space.layer_borders(course) == pytest.approx([PAPILLARY])


def test_edges_can_be_told_from_the_middles_of_cells_that_begin_at_zero(course: xr.Dataset) -> None:
    without = course.drop_vars("radius_bounds")
    assert space.edges(without, "radius") == pytest.approx(space.edges(course, "radius"))


def test_the_mirror_keeps_the_axis_in_the_middle(course: xr.Dataset) -> None:
    assert space.mirrored([[1.0, 2.0, 3.0]]).tolist() == [[3.0, 2.0, 1.0, 1.0, 2.0, 3.0]]
    across = space.mirrored_edges(course)
    assert across == pytest.approx(-across[::-1])
    assert len(across) == 2 * course.sizes["radius"] + 1


def test_outputs_are_the_nearest_after_the_session_and_each_once(course: xr.Dataset) -> None:
    days = space.days_since(course)
    assert days[space.outputs_near(course, [1 / 24, 0.5, 3.0])] == pytest.approx([1 / 24, 0.5, 3.0])
    assert days[space.outputs_near(course, [0.0])] == pytest.approx(
        [SOON[0]]
    )  # at the session itself it is not yet done
    assert len(space.outputs_near(course, [400.0, 500.0, 600.0])) == 1


@pytest.mark.parametrize(
    ("day", "told"),
    [
        (10 / 1440, "10 minutes"),
        (1 / 24, "1 hour"),
        (0.5, "12 hours"),
        (1.0, "1 day"),
        (3.0, "3 days"),
        (28.0, "4 weeks"),
        (182.625, "6 months"),
        (730.5, "2 years"),
    ],
)
def test_times_are_told_in_words(day: float, told: str) -> None:
    assert space.passed(day) == told


def test_a_pore_that_closes_exponentially_has_its_half_life(course: xr.Dataset) -> None:
    living, horny = (pore.closing(course, name) for name in (space.COVER, space.HORNY))
    assert living.half_life == pytest.approx(HALF_LIFE, rel=1e-9)
    assert horny.half_life == pytest.approx(HORNY_HALF_LIFE, rel=1e-9)
    assert living.half_day == pytest.approx(SOON[0] + HALF_LIFE, rel=1e-9)
    assert living.closed == pytest.approx(SOON[0] + HALF_LIFE * np.log2(1 / pore.CLOSED), rel=1e-9)


def test_the_open_area_just_after_the_session_is_that_of_the_pore(course: xr.Dataset) -> None:
    (row,) = space.outputs_near(course, [0.0])
    assert pore.open_area(course, space.COVER)[row] == pytest.approx(np.pi * PORE**2)


def test_only_the_first_session_is_followed() -> None:
    twice = course_round_channel(sessions=[0.0, 28.0])
    assert pore.closing(twice, space.COVER).days[-1] == pytest.approx(28.0)
    assert pore.closing(twice, space.COVER).half_life == pytest.approx(HALF_LIFE, rel=1e-9)


def test_late_outputs_are_not_taken_for_the_open_pore(course: xr.Dataset) -> None:
    late = course.isel(time=np.flatnonzero((course["time"] == 0) | (course["time"] >= 1.0)))
    living, horny = (pore.closing(late, name) for name in (space.COVER, space.HORNY))
    assert "half closed before the first output (1 day)" in living.remark
    assert np.isnan(living.half_life)
    assert horny.half_life == pytest.approx(SOON[0] + HORNY_HALF_LIFE, rel=0.01)  # counted from the session


def test_a_pore_that_stays_open_or_never_opens_says_so(course: xr.Dataset) -> None:
    stuck = course.isel(time=slice(0, 4))
    assert pore.closing(stuck, space.HORNY).remark == "not half closed in this time"
    whole = course.assign({space.COVER: course[space.COVER] * 0 + 1})
    assert pore.closing(whole, space.COVER).remark == "no open pore"
    failed = course.assign({space.COVER: course[space.COVER] * np.nan})
    assert pore.closing(failed, space.COVER).remark == "no value"


@given(st.floats(0.05, 20.0), st.integers(3, 60), st.floats(0.02, 0.98))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_an_exponential_is_read_exactly_however_few_the_outputs(half_life: float, count: int, level: float) -> None:
    days = np.linspace(0.0, 10 * half_life, count)
    found = pore.first_below(days, 0.5 ** (days / half_life), level)
    assert found == pytest.approx(-half_life * np.log2(level), rel=1e-9)


def test_zero_change_is_white_and_both_sides_are_even() -> None:
    scale = changes(np.array([-1.0, 4.0]), 10.0)
    assert scale.norm.vmin == -4.0
    assert scale.norm.vmax == 4.0
    middle = scale.map(scale.norm(0.0))
    assert min(middle[:3]) > 0.95
    assert scale.map(scale.norm(-4.0))[2] > scale.map(scale.norm(-4.0))[0]  # less is blue
    assert scale.map(scale.norm(4.0))[0] > scale.map(scale.norm(4.0))[2]  # more is red


def test_a_change_of_a_millionth_does_not_fill_a_map() -> None:
    scale = changes(np.array([-1e-6, 1e-6]), 1.0)
    assert float(scale.norm.vmax or 0.0) > 1e-3
    flat = amounts(np.array([1.0, 1.0 + 1e-6]))
    assert float(flat.norm.vmax or 0.0) - float(flat.norm.vmin or 0.0) > 1e-3


def test_tops_that_lie_far_apart_are_drawn_in_powers_of_ten_and_zeros_stay_visible() -> None:
    values = np.array([[0.0, 100.0], [0.5, 1.0]])
    scale = amounts(values, tops=[100.0, 1.0])
    assert scale.remark == "powers of ten"
    assert np.isfinite(np.asarray(scale.norm(scale.drawn(values)), dtype=float)).all()
    assert amounts(values, tops=[100.0, 50.0]).remark == ""
    assert amounts(np.full(3, np.nan)).remark == "no value"


def test_a_course_without_a_channel_is_refused_with_what_to_write() -> None:
    for course in (slow_maturation(), course_in_depth()):
        with pytest.raises(RefusedError, match='fidelity = "channel" under') as caught:
            space.need_channel(course, "the film")
        assert caught.value.exit_code == Exit.BAD_INPUT
    with pytest.raises(RefusedError, match='fidelity = "depth" under'):
        space.need_depth(slow_maturation(), "this figure")


def test_states_may_be_named_with_their_ending_and_a_wrong_one_gets_the_nearest(course: xr.Dataset) -> None:
    assert space.chosen_states(course, ["collagen_iii_profile"], space.PROFILE) == ["collagen_iii"]
    assert space.chosen_states(course, ["collagen_iii"], space.FIELD) == ["collagen_iii"]
    assert space.chosen_states(course, [], space.FIELD) == ["tgf_beta1_active", "collagen_iii"]
    with pytest.raises(KeyError, match="did you mean 'collagen_iii'"):
        space.chosen_states(course, ["colagen_iii"], space.FIELD)


def test_the_kinds_in_space_are_listed_but_not_part_of_all(course: xr.Dataset) -> None:
    listed = course.cx.readouts()["kind"].to_dict()
    assert listed["collagen_iii_profile"] == "profile"
    assert listed["collagen_iii_field"] == "field"
    assert listed["epidermal_cover_ring"] == "ring"
    assert not {name for name in listed if name.startswith("untreated_")}
    assert not {"profile", "field", "ring"} & {kind_of(course, name) for name in telling(course)}
    assert kind_of(course, "channel_radius") == kind_of(course, "layer") == ""


@pytest.mark.parametrize(
    ("name", "told"),
    [("tgf_beta1_active", "TGF-β1 active"), ("macrophages_m1", "Macrophages M1"), ("il10", "IL-10"), ("tewl", "TEWL")],
)
def test_names_of_proteins_are_written_as_they_are_known(name: str, told: str) -> None:
    assert spoken(name) == told
