"""Milestones and headline: right where they can be worked out on paper, and silent where they cannot be told."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_course import course_with, ramp, slow_maturation

import cicatrix as cx
from cicatrix.headline import CAUTION, caution
from cicatrix.milestones import BELOW, NO_EFFECT, TOO_COARSE, TOO_SHORT, cumulated, day_text, first_passage

DAYS = ["day10", "day50", "day90"]


@pytest.fixture(scope="module")
def course(result_file: Path) -> xr.Dataset:
    return cx.open(result_file)


def test_total_collagen_is_early_and_cross_linking_takes_months(course: xr.Dataset) -> None:
    table = course.cx.milestones()
    assert list(table.index) == ["inflammation", "collagen_total", "collagen_i_mature"]
    assert table.loc["inflammation", "day90"] < table.loc["collagen_total", "day90"] < 30
    assert table.loc["collagen_i_mature", "day90"] > 120
    assert (table["day10"] < table["day50"]).all()
    assert (table["day50"] < table["day90"]).all()
    assert (table["horizon"] == 365.25).all()


def test_a_straight_rise_reaches_its_shares_in_proportion() -> None:
    days = np.arange(0.0, 731.0)
    table = course_with(days, collagen_total=ramp(days, 70.0, 0.2)).cx.milestones()
    found = [table.loc["collagen_total", column] for column in ("day10", "day50", "day90")]
    assert found == pytest.approx([7.0, 35.0, 63.0], rel=1e-12)
    assert table.loc["collagen_total", "effect"] == pytest.approx(0.2, rel=1e-12)


def test_milestones_count_from_the_first_session() -> None:
    days = np.arange(0.0, 731.0)
    late = course_with(days, sessions=[14.0], collagen_total=ramp(days - 14.0, 70.0, 0.2)).cx.milestones()
    assert late.loc["collagen_total", "day50"] == pytest.approx(35.0, rel=1e-12)


def test_a_constant_inflammation_has_passed_in_proportion_to_its_length() -> None:
    days = np.arange(0.0, 731.0)
    excess = np.where(days < 10.0, 100.0, 0.0)
    table = course_with(days, inflammation=excess).cx.milestones()
    # ten days at 100 with one day of fall: 950 in all, so that 10 % are 95 on day 0.95
    assert table.loc["inflammation", "effect"] == pytest.approx(950.0)
    assert table.loc["inflammation", "day10"] == pytest.approx(0.95)
    assert table.loc["inflammation", "unit"] == "mm-3 d"


def test_without_an_effect_there_is_no_milestone() -> None:
    table = course_with(np.arange(0.0, 400.0)).cx.milestones()
    assert table[["day10", "day50", "day90"]].isna().all(axis=None)


def test_rounding_noise_is_no_effect() -> None:
    days = np.arange(0.0, 400.0)
    table = course_with(days, collagen_total=ramp(days, 100.0, 1e-13)).cx.milestones()
    assert table.loc["collagen_total"][["day10", "day50", "day90"]].isna().all()


@pytest.mark.parametrize("name", ["collagen_total", "collagen_i_mature"])
def test_a_loss_has_no_milestones_and_says_so(name: str) -> None:
    days = np.arange(0.0, 400.0)
    loss = ramp(days, 100.0, -0.1)
    table = course_with(days, collagen_total=loss, collagen_i_mature=loss).cx.milestones()
    assert table.loc[name][["day10", "day50", "day90"]].isna().all()
    assert table.loc[name, "effect"] == pytest.approx(-0.1)
    assert table.loc[name, "remark"] == BELOW


def test_a_short_course_says_how_short() -> None:
    days = np.arange(0.0, 101.0)
    table = course_with(days, collagen_total=ramp(days, 200.0, 0.2)).cx.milestones()
    assert table.loc["collagen_total", "horizon"] == 100.0
    assert table.loc["collagen_total", "day90"] == pytest.approx(90.0)
    assert "100-day" in slow_maturation().isel(time=slice(0, 101)).cx.headline()


@given(st.lists(st.floats(0.0, 10.0), min_size=2, max_size=30), st.floats(0.01, 0.99))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_the_first_passage_is_where_the_curve_has_the_level(steps: list[float], share: float) -> None:
    values = np.concatenate([[0.0], np.cumsum(steps)])
    days = np.arange(len(values), dtype=float)
    level = share * float(values[-1])
    if level < 1e-6:
        return
    day = first_passage(days, values, level)
    assert np.interp(day, days, values) == pytest.approx(level, rel=1e-9)
    assert (values[days < day] < level).all()


def test_the_area_under_a_straight_line_is_half_its_square() -> None:
    days = np.array([0.0, 1.0, 4.0, 10.0])
    assert cumulated(days, days) == pytest.approx(0.5 * days**2)


def test_days_are_told_as_people_say_them() -> None:
    assert [day_text(day) for day in (0.74, 15.2, 365.25 / 2, 365.25 * 4, float("nan"))] == [
        "day 0.7",
        "day 15",
        "month 6.0",
        "year 4.0",
        "-",
    ]


def test_the_headline_says_which_clock_is_slow() -> None:
    told = slow_maturation().cx.headline()
    assert "After one session inflammation is spent within 5 days" in told  # 2 d x ln 10
    assert "total collagen (+13.0 %) is laid down by day 18, but cross-linked collagen I takes until month 8.9" in told


def test_the_headline_does_not_praise_what_is_not_there() -> None:
    days = np.arange(0.0, 731.0)
    loss = ramp(days, 20.0, -0.1)
    assert "no lasting gain" in slow_maturation(collagen_total=loss, collagen_i_mature=loss).cx.headline()
    assert "nothing changes" in course_with(days, sessions=()).cx.headline()
    ageing = course_with(days, sessions=(), collagen_total=ramp(days, 730.5, -0.2)).cx.headline()
    assert "falls by 20.0 % in 2.0 years" in ageing


def test_the_headline_counts_calm_from_the_last_session() -> None:
    days = np.arange(0.0, 731.0)
    pulses = sum(np.where(days >= at, 400.0 * np.exp(-(days - at) / 2.0), 0.0) for at in (0.0, 28.0))
    told = slow_maturation(sessions=[0.0, 28.0], inflammation=pulses).cx.headline()
    assert "After 2 sessions in 28 days inflammation is spent within 5 days of the last" in told


def thinned(course: xr.Dataset, every: int) -> xr.Dataset:
    """The same course with outputs `every` so many days."""
    return course.isel(time=slice(0, None, every))


def test_outputs_that_are_too_far_apart_tell_no_day() -> None:
    table = thinned(slow_maturation(), 30).cx.milestones()
    assert table[DAYS].isna().all(axis=None)
    assert (table["remark"] == TOO_COARSE).all()
    assert np.isnan(table.loc["inflammation", "effect"])
    assert table.loc["collagen_total", "effect"] == pytest.approx(0.13)  # its last values are known well
    assert "too far apart to tell" in thinned(slow_maturation(), 30).cx.headline()


def test_a_late_rise_can_be_told_from_monthly_outputs() -> None:
    days = np.arange(0.0, 731.0)
    slow = course_with(days, collagen_i_mature=np.clip((days - 100.0) / 200.0, 0.0, 1.0))
    for every in (1, 7, 30):
        table = thinned(slow, every).cx.milestones()
        assert table.loc["collagen_i_mature"][DAYS].to_list() == pytest.approx([120.0, 200.0, 280.0], abs=6.0)
    assert thinned(slow, 40).cx.milestones().loc["collagen_i_mature", "remark"] == TOO_COARSE


@given(st.integers(1, 60), st.floats(20.0, 350.0))
@settings(max_examples=60, deadline=None, derandomize=True)
def test_a_day_that_is_told_is_off_by_less_than_half_of_itself(every: int, end: float) -> None:
    course = course_with(np.arange(0.0, 731.0), collagen_total=ramp(np.arange(0.0, 731.0), end, 0.2))
    row = thinned(course, every).cx.milestones().loc["collagen_total"]
    for share, day in zip((0.1, 0.5, 0.9), row[DAYS], strict=True):
        assert np.isnan(day) or abs(day - share * end) <= max(1.0, 0.5 * day)


def test_the_sum_of_inflammation_takes_an_output_a_day_after_every_session() -> None:
    days = np.arange(0.0, 731.0)
    pulses = sum(np.where(days >= at, 400.0 * np.exp(-(days - at) / 2.0), 0.0) for at in (0.0, 100.0))
    whole = slow_maturation(sessions=[0.0, 100.0], inflammation=pulses)
    assert whole.cx.milestones().loc["inflammation", "remark"] == ""
    gap = whole.isel(time=np.flatnonzero(days != 107.0))
    assert gap.cx.milestones().loc["inflammation", "remark"] == TOO_COARSE
    assert "is spent" not in gap.cx.headline()
    between = whole.isel(time=np.flatnonzero(days != 50.0))
    day = whole.cx.milestones().loc["inflammation", "day90"]
    assert between.cx.milestones().loc["inflammation", "day90"] == pytest.approx(day, rel=1e-9)


def test_a_course_that_ends_early_does_not_judge_cross_linking() -> None:
    short = slow_maturation().isel(time=slice(0, 91))
    assert short.cx.milestones().loc["collagen_i_mature", "remark"] == TOO_SHORT
    assert "ends before cross-linked collagen I can be judged" in short.cx.headline()
    assert slow_maturation().isel(time=slice(0, 93)).cx.milestones().loc["collagen_i_mature", "remark"] == ""
    late = slow_maturation(sessions=[0.0, 60.0]).isel(time=slice(0, 121))
    assert late.cx.milestones().loc["collagen_i_mature", "remark"] == TOO_SHORT


def test_cross_linked_collagen_below_untreated_skin_is_called_so() -> None:
    days = np.arange(0.0, 731.0)
    dip = np.where(days < 60.0, -0.01, 0.0) + ramp(days, 300.0, 0.001)
    short = slow_maturation(collagen_i_mature=dip).isel(time=slice(0, 31))
    assert short.cx.milestones().loc["collagen_i_mature", DAYS].isna().all()
    assert "after 30 days cross-linked collagen I is still below untreated skin" in short.cx.headline()


def test_a_trace_of_inflammation_counts_by_its_own_size() -> None:
    days = np.arange(0.0, 400.0)
    trace = course_with(days, inflammation=1e-6 * np.exp(-days / 2.0)).cx.milestones()
    assert np.isfinite(trace.loc["inflammation", "day90"])
    noise = course_with(days, inflammation=np.zeros(400))
    for name in ("inflammation", "untreated_inflammation"):
        noise[name] = noise[name] + 5.0
    noise["inflammation"] = noise["inflammation"] + 1e-13
    assert noise.cx.milestones().loc["inflammation", "remark"] == NO_EFFECT


def test_every_per_cent_is_that_of_the_twin_on_the_same_day() -> None:
    days = np.arange(0.0, 731.0)
    course = course_with(days, home=0.5, collagen_total=ramp(days, 20.0, 0.1), collagen_i_mature=ramp(days, 300.0, 0.1))
    assert course.cx.milestones().loc["collagen_total", "relative"] == pytest.approx(0.2)
    assert "(+20.0 %)" in course.cx.headline()


def test_a_course_is_not_calibrated_unless_it_says_so(course: xr.Dataset) -> None:
    assert caution(course) == CAUTION
    assert caution(course.assign_attrs(calibrated="yes")) == ""
