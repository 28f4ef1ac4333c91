"""From when on an effect is there to stay: right where paper can tell, silent where it cannot be told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_course import ramp

from cicatrix.lasting_milestones import CANCELS, SUMMED, Effect, effect_until_horizon, lasting_passage
from cicatrix.milestones import NO_EFFECT, TOO_COARSE, TOO_SHORT, Array

DAILY = np.arange(0.0, 401.0)


def effect(values: Array, *, days: Array = DAILY, sessions: tuple[float, ...] = (0.0,), name: str = "lines") -> Effect:
    """On skin that is 2 um without treatment."""
    untreated = np.full(len(days), 2.0)
    return effect_until_horizon(name, "um", days, untreated + values, untreated, np.array(sessions))


@pytest.mark.parametrize("height", [0.4, -0.4])
def test_a_straight_change_reaches_its_shares_in_proportion_whichever_way_it_goes(height: float) -> None:
    row = effect(ramp(DAILY, 70.0, height)).milestone()
    assert row.days == pytest.approx((7.0, 35.0, 63.0), rel=1e-9)
    assert row.effect == pytest.approx(height, rel=1e-9)
    assert row.relative == pytest.approx(height / 2.0, rel=1e-9)
    assert (row.unit, row.horizon, row.remark) == ("um", 365.25, "")


def test_what_is_lost_again_does_not_count_and_is_told() -> None:
    swelling = np.where(DAILY < 3, -0.5, 0.0)
    row = effect(ramp(DAILY, 100.0, -0.4) + swelling * (DAILY > 0)).milestone()
    assert row.days == pytest.approx((10.0, 50.0, 90.0), rel=1e-9)
    assert row.remark.startswith("to stay; reached before, on day 0.1, day 0.4, day 0.7")


def test_days_count_from_the_first_session_and_end_after_twelve_months() -> None:
    days = np.arange(0.0, 801.0)
    late = np.where(days > 400.0, 5.0, 0.0)
    row = effect(ramp(days - 14.0, 70.0, 0.4) + late, days=days, sessions=(14.0, 42.0)).milestone()
    assert row.days == pytest.approx((7.0, 35.0, 63.0), rel=1e-9)
    assert row.effect == pytest.approx(0.4, rel=1e-9)


def test_what_comes_and_goes_is_summed_over_time() -> None:
    pulse = np.where((DAILY > 0) & (DAILY <= 10), 1.0, 0.0)
    row = effect(pulse).milestone()
    # trapezoids: half of day 1, nine whole days, half of day 11: 10 um d
    assert row.effect == pytest.approx(10.0)
    assert row.unit == "um d"
    assert row.remark == SUMMED
    assert row.days[1] == pytest.approx(5.5)
    assert np.isnan(row.relative)


def test_remarks_say_why_there_are_no_days() -> None:
    both = np.where((DAILY > 0) & (DAILY <= 10), 1.0, 0.0) - np.where((DAILY > 20) & (DAILY <= 30), 1.0, 0.0)
    monthly = np.arange(0.0, 401.0, 30.0)
    cases = [
        (effect(np.zeros(401)), NO_EFFECT),
        (effect(ramp(DAILY, 100.0, 1e-12)), NO_EFFECT),
        (effect(both), CANCELS),
        (effect(ramp(monthly, 70.0, 1.0), days=monthly), TOO_COARSE),
        (effect(np.where(monthly == 30.0, 1.0, 0.0), days=monthly), TOO_COARSE),
        (effect(ramp(DAILY, 70.0, 1.0), sessions=(0.0, 300.0), name="collagen_i_mature"), TOO_SHORT),
    ]
    for found, remark in cases:
        row = found.milestone()
        assert row.remark == remark
        assert np.isnan(row.days).all()


def test_another_course_is_followed_in_the_same_way_and_may_be_about_zero() -> None:
    own = effect(ramp(DAILY, 70.0, 0.4))
    shape = np.interp(own.days, DAILY, ramp(DAILY, 70.0, 0.4))
    assert own.lasting_days(-3.0 * shape) == pytest.approx((7.0, 35.0, 63.0), rel=1e-9)
    assert np.isnan(own.lasting_days(0.009 * shape)).all()
    gone = np.where(own.days == 5.0, 1.0, 0.0)
    assert np.isnan(own.lasting_days(gone)).all()


@given(st.lists(st.floats(-5.0, 10.0), min_size=2, max_size=30), st.floats(0.01, 0.99))
@settings(max_examples=100, deadline=None, derandomize=True)
def test_the_lasting_passage_is_where_the_curve_has_the_level_for_the_last_time(
    steps: list[float], share: float
) -> None:
    values = np.concatenate([[0.0], np.cumsum(steps)])
    days = np.arange(len(values), dtype=float)
    level = share * float(values[-1])
    if abs(level) < 1e-6:
        return
    day, way = lasting_passage(days, values, level), np.sign(level)
    assert np.interp(day, days, values) == pytest.approx(level, rel=1e-6)
    assert (way * values[days > day] >= abs(level)).all()


def test_a_level_that_is_not_kept_is_never_there_to_stay() -> None:
    days = np.array([0.0, 1.0, 2.0])
    assert np.isnan(lasting_passage(days, np.array([0.0, 3.0, 1.0]), 2.0))
    assert lasting_passage(days, np.array([3.0, 3.0, 3.0]), 2.0) == 0.0
