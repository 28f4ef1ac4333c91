"""Designs by chance: marginals, independence, growth and texts, whatever the factors are."""

from __future__ import annotations

import itertools
import math
import tomllib

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cicatrix import _core

COURSE = """
seed = {seed}
patient.age = "45 years"
device = {{ kind = "roller", needle_length = "1.5 mm" }}
protocol = {{ sessions = "every 4 weeks x 4", passes = 10 }}
[sweep]
outcomes = ["cost final"]
"""
BY_CHANCE = ["latin hypercube", "sobol", "cohort"]
FACTORS = """[sweep.vary]
device.needle_length = "uniform 0.5 mm to 2 mm"
care.uv = "loguniform 0.01 to 1"
patient.age = "normal 45 years sd 10 years from 20 years to 80 years"
device.penetration_ratio = "lognormal 0.7 cv 0.1"
patient.site = { cheek = 0.5, neck = 0.25, forehead = 0.25 }
protocol.passes = "uniform 1 to 8"
"""


def sweep_of(lines: str, seed: int = 1) -> _core.Sweep:
    return _core.parse_sweep(COURSE.format(seed=seed) + lines, "x.toml")


def drawn(design: str, count: int, seed: int = 1, factors: str = FACTORS) -> npt.NDArray[np.float64]:
    """The first rows of a design."""
    return sweep_of(f'design = "{design}"\nsamples = {count}\n{factors}', seed).design(0, count)


def normal_share(score: float) -> float:
    """Share of the standard normal distribution below a number."""
    return 0.5 * math.erfc(-score / math.sqrt(2))


def share_of_age(age: float) -> float:
    """Share of the ages below one, between the ends at which they are cut off."""
    low, high = normal_share(-2.5), normal_share(3.5)
    return (normal_share((age - 45) / 10) - low) / (high - low)


def share_of_ratio(ratio: float) -> float:
    """Share of the ratios below one; what lies beyond the limits is less than any test sees."""
    return normal_share(math.log(ratio / 0.7) / math.sqrt(math.log(1 + 0.1**2)))


SHARES = [lambda x: (x - 0.5) / 1.5, lambda x: math.log(x / 0.01) / math.log(100), share_of_age, share_of_ratio]


@pytest.mark.parametrize("design", BY_CHANCE)
@pytest.mark.parametrize("factor", range(4))
def test_a_factor_follows_its_distribution(design: str, factor: int) -> None:
    count = 4096
    found = np.sort([SHARES[factor](value) for value in drawn(design, count)[:, factor]])
    wanted = (np.arange(count) + 0.5) / count
    farthest = np.abs(found - wanted).max()
    # Independent draws stray by 2.0 / sqrt(count) once in 1500 times (Kolmogorov); one draw a stratum by a stratum.
    assert farthest < (2.0 / math.sqrt(count) if design == "cohort" else 1.01 / count)


@pytest.mark.parametrize("design", BY_CHANCE)
def test_levels_and_whole_numbers_come_as_often_as_said(design: str) -> None:
    count = 4096
    rows = drawn(design, count)
    sites = np.bincount(rows[:, 4].astype(int), minlength=3) / count
    passes = np.bincount(rows[:, 5].astype(int), minlength=9)[1:] / count
    room = 4 * math.sqrt(0.25 / count) if design == "cohort" else 1e-9
    assert sites == pytest.approx([0.5, 0.25, 0.25], abs=room)
    assert passes == pytest.approx([0.125] * 8, abs=room)


@pytest.mark.parametrize("design", BY_CHANCE)
def test_factors_do_not_go_together(design: str) -> None:
    count = 4096
    correlations = np.corrcoef(drawn(design, count)[:, [0, 1, 2, 3, 5]].T) - np.eye(5)
    assert np.abs(correlations).max() < 4.5 / math.sqrt(count)


def test_scrambled_points_err_less_than_strata_and_strata_less_than_chance() -> None:
    def error(design: str) -> float:
        means = []
        for seed in range(12):
            rows = drawn(design, 512, seed)
            length, uv = (rows[:, 0] - 0.5) / 1.5, np.log(rows[:, 1] / 0.01) / math.log(100)
            means.append(float(np.mean((1 + length) * (1 + uv))))
        return math.sqrt(np.mean((np.array(means) - 2.25) ** 2))

    assert 4 * error("sobol") < error("latin hypercube")
    assert 2 * error("latin hypercube") < error("cohort")


@pytest.mark.parametrize("design", BY_CHANCE)
def test_another_seed_is_another_design_and_the_same_seed_the_same(design: str) -> None:
    assert np.array_equal(drawn(design, 64), drawn(design, 64))
    numbers = [0, 1, 2, 3]
    assert not np.any(drawn(design, 64)[:, numbers] == drawn(design, 64, seed=2)[:, numbers])


@pytest.mark.parametrize("design", BY_CHANCE)
def test_more_samples_leave_the_first_ones_as_they_are(design: str) -> None:
    assert np.array_equal(drawn(design, 1000)[:37], drawn(design, 37))


@settings(derandomize=True, max_examples=40, deadline=None, database=None)
@given(
    st.lists(st.integers(1, 200), min_size=1, max_size=5, unique=True),
    st.lists(st.floats(0.1, 3, allow_nan=False), min_size=1, max_size=5, unique=True),
    st.lists(st.sampled_from([row.name for row in _core.sites()]), min_size=1, max_size=4, unique=True),
)
def test_a_grid_is_the_product_of_its_levels(passes: list[int], lengths: list[float], sites: list[str]) -> None:
    levels = ", ".join(f'"{length!r} mm"' for length in lengths)
    named = ", ".join(f'"{site}"' for site in sites)
    sweep = sweep_of(
        f'design = "grid"\n[sweep.vary]\nprotocol.passes = {passes}\ndevice.needle_length = [{levels}]\n'
        f"patient.site = [{named}]\n"
    )
    wanted = list(itertools.product(passes, lengths, range(len(sites))))
    assert sweep.members == len(wanted)
    assert sweep.design(0, len(wanted)).tolist() == [list(map(float, row)) for row in wanted]


@settings(derandomize=True, max_examples=40, deadline=None, database=None)
@given(st.floats(0.1, 3), st.floats(10, 110), st.floats(0, 10), st.floats(0.2, 1.5), st.integers(1, 200))
def test_the_text_of_a_row_holds_its_numbers_to_the_last_bit(
    length: float, age: float, uv: float, clot: float, passes: int
) -> None:
    lines = """design = "sobol"
[sweep.vary]
device.needle_length = "uniform 0.1 mm to 3 mm"
patient.age = "uniform 10 years to 110 years"
care.uv = "uniform 0 to 10"
parameters.clot_decay = "range"
protocol.passes = "uniform 1 to 200"
"""
    text = sweep_of(lines).row_scenario([length, age, uv, clot, float(passes)])
    told = tomllib.loads(text)
    assert _core_number(told["device"]["needle_length"]) == length
    assert _core_number(told["patient"]["age"]) == age
    assert float(told["care"]["uv"]) == uv
    assert _core_number(told["parameters"]["clot_decay"]) == clot
    assert told["protocol"]["passes"] == passes


def _core_number(words: str) -> float:
    """The number in front of a unit."""
    return float(words.split()[0])


@settings(derandomize=True, max_examples=60, deadline=None, database=None)
@given(st.lists(st.floats(1e-9, 1 - 1e-9), min_size=12, max_size=12))
def test_rows_rise_with_the_points_of_the_unit_cube(numbers: list[float]) -> None:
    sweep = sweep_of(f'design = "sobol"\n{FACTORS}')
    low, high = np.minimum(numbers[:6], numbers[6:]), np.maximum(numbers[:6], numbers[6:])
    below, above = sweep.rows_at(np.array([low, high]))
    assert (below <= above).all()
    for factor, value in zip(sweep.factors, below, strict=True):
        if factor.low is not None and factor.high is not None:
            assert factor.low <= value <= factor.high
