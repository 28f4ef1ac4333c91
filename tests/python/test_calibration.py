"""Parameters are found again from measurements that the model itself made, with honest uncertainty."""

from pathlib import Path

import numpy as np
import pytest
import xarray as xr

import cicatrix as cx
from cicatrix.result_kinds import kind_of
from cicatrix.studies.calibration import Problem, calibrate, observed, told_of_misfit
from cicatrix.studies.gradient import point_of

pytest.importorskip("scipy")

CROWS_FEET = Path(__file__).resolve().parents[2] / "scenarios" / "crows_feet.toml"
NAMES = ["synthesis_gain_by_tgf", "cross_linking", "barrier_closure", "permanent_crease"]
TRUE = np.array([60.0, 0.02, 1.0, 0.004])
DEVIATIONS = {"collagen_total": 0.002, "tewl": 0.1, "wrinkle_depth effect": 0.2}
DAYS = (0.5, 1.0, 2.0, 7.0, 30.0, 90.0, 180.0, 360.0)


def _measured(seed: int) -> list[tuple[float, str, float, float]]:
    """What a patient with the true parameters shows, with noise."""
    asked = [(day, readout) for readout in DEVIATIONS for day in DAYS]
    point = point_of(CROWS_FEET, [f"{readout} at {day!r} days" for day, readout in asked], NAMES)
    values = np.asarray(point.sweep.run_rows(TRUE[None]).values)[0]
    noise = np.random.default_rng(seed).standard_normal(len(asked))
    return [
        (day, readout, float(value + DEVIATIONS[readout] * error), DEVIATIONS[readout])
        for (day, readout), value, error in zip(asked, values, noise, strict=True)
    ]


@pytest.fixture(scope="module")
def fit() -> xr.Dataset:
    return calibrate(CROWS_FEET, _measured(11), NAMES)


def test_known_parameters_are_found_again_within_their_errors(fit: xr.Dataset) -> None:
    off = (fit["estimate"].values - TRUE) / fit["standard_error"].values
    assert np.abs(off).max() < 3.5
    assert (fit["left"].values[[0, 3]] < 0.5).all()  # these the measurements settle
    observations = fit.sizes["observation"]
    assert fit.attrs["chi_square"] < observations + 4 * np.sqrt(2 * observations)


def test_errors_are_those_that_repeated_measurements_scatter_by() -> None:
    fits = [calibrate(CROWS_FEET, _measured(seed), NAMES) for seed in range(20, 32)]
    off = np.stack([(each["estimate"].values - TRUE) / each["standard_error"].values for each in fits])
    assert 0.4 < np.sqrt((off**2).mean()) < 1.6


def test_covariance_and_correlation_belong_together(fit: xr.Dataset) -> None:
    errors, covariance = fit["standard_error"].values, fit["covariance"].values
    np.testing.assert_allclose(np.sqrt(np.diag(covariance)), errors)
    np.testing.assert_allclose(covariance / np.outer(errors, errors), fit["correlation"].values)
    assert (fit["left"].values <= 1).all()


def test_a_fit_comes_back_from_its_file(fit: xr.Dataset, tmp_path: Path) -> None:
    cx.save(fit, tmp_path / "fit.nc")
    again = cx.open(tmp_path / "fit.nc")
    assert again["estimate"].values.tolist() == fit["estimate"].values.tolist()
    assert again.cx.table()["parameter"].tolist() == NAMES
    assert kind_of(tmp_path / "fit.nc") == "a calibration"


def test_a_fit_that_misses_or_runs_into_an_end_says_so(fit: xr.Dataset) -> None:
    assert "misses" not in fit.attrs["told"]
    assert "end of its range" not in fit.attrs["told"]
    absurd = [(30.0, "collagen_total", 50.0, 0.01), (90.0, "collagen_total", 0.1, 0.01)]
    told = calibrate(CROWS_FEET, absurd, NAMES[:1]).attrs["told"]
    assert "the fit misses the measurements: chi-square is" in told
    assert "synthesis_gain_by_tgf ended at the upper end of its range" in told
    assert told_of_misfit(2 + 3 * 2.0 - 1e-9, 2) == []  # mean 2 and standard deviation 2 of chi-square
    assert len(told_of_misfit(2 + 3 * 2.0 + 1e-9, 2)) == 1
    assert told_of_misfit(float("nan"), 2) == []


def test_the_jacobian_is_that_of_the_residuals() -> None:
    table = observed(_measured(1))
    outcomes = [f"{row.readout} at {row.day!r} days" for row in table.itertuples()]
    problem = Problem(point_of(CROWS_FEET, outcomes, NAMES), table, outcomes, 1)
    place, step = np.array([0.4, -0.3, 0.5, 0.2]), 1e-3
    quotients = [
        (problem.residuals(place + step * side) - problem.residuals(place - step * side)) / (2 * step)
        for side in np.eye(len(NAMES))
    ]
    expected = np.stack(quotients, axis=1)
    np.testing.assert_allclose(problem.jacobian(place), expected, rtol=2e-3, atol=2e-3 * np.abs(expected).max())


def test_parameters_that_only_act_together_are_told() -> None:
    asked = ["needle_slope", "injured_width"]  # their product is the width of what a needle injures
    days = [("collagen_total", day) for day in (90.0, 180.0, 360.0)]
    point = point_of(CROWS_FEET, [f"{readout} at {day!r} days" for readout, day in days], asked)
    values = np.asarray(point.sweep.run_rows(point.row[None]).values)[0]
    seen = [(day, readout, float(value), 1e-4) for (readout, day), value in zip(days, values, strict=True)]
    found = calibrate(CROWS_FEET, seen, asked)
    assert found["correlation"].values[0, 1] < -0.9
    assert "needle_slope and injured_width cannot be told apart" in found.attrs["told"]


def test_only_parameters_are_fitted() -> None:
    with pytest.raises(ValueError, match="no parameter"):
        calibrate(CROWS_FEET, _measured(1), ["device.needle_length"])
