"""The last stretch of a search: it goes downhill along gradients, keeps within conditions and lets whole numbers be."""

from pathlib import Path

import numpy as np
import pytest

from cicatrix.studies.choices import Coordinates
from cicatrix.studies.goals import Condition, Goal
from cicatrix.studies.optimum import asked_task, outcomes_of, slopes_of
from cicatrix.studies.polish import polished

optimize = pytest.importorskip("scipy.optimize", reason="not run: scipy is not installed")
CROWS_FEET = Path(__file__).parents[2] / "scenarios" / "crows_feet.toml"
LEAST_BUT_ABOVE_A_LINE = Condition("u + v", 1.2, -1.0)  # u + v >= 1.2


def _values(x: np.ndarray) -> np.ndarray:
    """A bowl about (0.3, 0.6), and u + v; a third coordinate is whole."""
    return np.array([(x[0] - 0.3) ** 2 + (x[1] - 0.6) ** 2 + x[2], x[0] + x[1]])


def _slopes(x: np.ndarray) -> np.ndarray:
    return np.array([[2 * (x[0] - 0.3), 2 * (x[1] - 0.6), 0.0], [1.0, 1.0, 0.0]])


@pytest.mark.parametrize(("conditions", "expected"), [((), (0.3, 0.6)), (((1, LEAST_BUT_ABOVE_A_LINE),), (0.45, 0.75))])
def test_the_bottom_of_a_bowl_is_found_within_its_conditions(
    conditions: tuple[tuple[int, Condition], ...], expected: tuple[float, float]
) -> None:
    tried = []

    def values(x: np.ndarray) -> np.ndarray:
        tried.append(x.copy())
        return _values(x)

    start, even = np.array([0.9, 0.8, 2.0]), np.array([True, True, False])
    highest, scale = np.array([1.0, 1.0, 5.0]), np.ones(len(conditions))
    polished(optimize, start, even, highest, values, _slopes, (0, Goal("bowl")), conditions, scale)
    met = [x for x in tried if all(condition.excess(_values(x)[i]) == 0 for i, condition in conditions)]
    best = min(met, key=lambda x: float(_values(x)[0]))
    assert best[:2] == pytest.approx(expected, abs=1e-5)
    assert all(x[2] == 2.0 for x in tried)


def test_without_a_slope_it_stops_where_it_is() -> None:
    tried = []

    def values(x: np.ndarray) -> np.ndarray:
        tried.append(x.copy())
        return _values(x)

    none = np.full((2, 3), np.nan)
    start, even = np.array([0.9, 0.8, 2.0]), np.array([True, True, False])
    polished(optimize, start, even, np.ones(3), values, lambda _: none, (0, Goal("bowl")), (), np.ones(0))
    assert all((x == start).all() for x in tried)


def test_slopes_of_outcomes_are_their_differences() -> None:
    task = asked_task(
        CROWS_FEET,
        minimise="downtime final",
        maximise="",
        subject_to="wrinkle_depth effect final <= -5 um",
        over={
            "device.needle_length": "0.5 mm to 1.5 mm",
            "protocol.passes": "1 to 20",
            "patient.age": "40 years to 60 years",
        },
    )
    coordinates = Coordinates(task.choices)
    outcomes, slopes = outcomes_of(task, 1), slopes_of(task, coordinates, 1)
    assert slopes is not None
    at, step = np.array([0.4, 11.0, 0.6]), 1e-3
    found = slopes(at)
    assert found.shape == (len(task.columns), 3)
    assert not found[:, 1].any()  # passes are whole
    for place in (0, 2):
        beside = at + np.outer([-step, step], np.eye(3)[place])
        low, high = outcomes(coordinates.points(beside))
        assert found[:, place] == pytest.approx((high - low) / (2 * step), rel=5e-3, abs=1e-3)


def test_what_limits_the_best_protocol_is_met_to_the_last_digits() -> None:
    import cicatrix as cx

    best = cx.optimum(
        CROWS_FEET,
        minimise="downtime final",
        subject_to="wrinkle_depth effect final <= -5 um",
        over={"device.needle_length": "0.5 mm to 1.5 mm", "protocol.passes": "1 to 20"},
    )
    reached = float(best["wrinkle_depth_effect_final"][0])
    assert -5 - 5e-6 < reached <= -5
