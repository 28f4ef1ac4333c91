"""Sobol' indices and elementary effects: what is known in closed form, what streams, what stops, what is said."""

from __future__ import annotations

import re
import tracemalloc
from collections.abc import Callable

import numpy as np
import pytest
import xarray as xr
from sample_sweep import Array, SampleFactor, SampleOutcome, SampleSweep, angles, ishigami

from cicatrix.percent import share_text
from cicatrix.studies.draws import random_points, resampling_weights
from cicatrix.studies.elementary_effects import MorrisStream
from cicatrix.studies.evidence import outcomes_of, sentences, table_text, to_measure
from cicatrix.studies.run_sums import RunSums
from cicatrix.studies.sensitivity import sensitivity
from cicatrix.studies.sobol_indices import SobolStream

WEIGHTS = np.array([0.0, 1.0, 4.5, 9.0, 99.0, 99.0, 99.0, 99.0])  # of Sobol's G function


def g_function(points: Array) -> Array:
    """Sobol's product of eight factors, which interact."""
    return np.asarray(np.prod((np.abs(4 * points - 2) + WEIGHTS) / (1 + WEIGHTS), axis=1)[:, None])


def exact_g() -> tuple[Array, Array]:
    """First and total order of the G function: products of the variances of its factors."""
    parts = 1 / (3 * (1 + WEIGHTS) ** 2)
    whole = np.prod(1 + parts) - 1
    total = parts * np.array([np.prod(np.delete(1 + parts, i)) for i in range(8)])
    return parts / whole, total / whole


def exact_ishigami(a: float = 7.0, b: float = 0.1) -> tuple[Array, Array]:
    """First and total order of Ishigami's function, from its integrals."""
    first = 0.5 * (1 + b * np.pi**4 / 5) ** 2
    second = a**2 / 8
    both = b**2 * np.pi**8 * (1 / 18 - 1 / 50)  # of the first factor with the third
    whole = first + second + both
    return np.array([first, second, 0.0]) / whole, np.array([first + both, second, both]) / whole


def of_angles(points: Array) -> Array:
    """Ishigami's function on the unit cube."""
    return ishigami(np.pi * (2 * points - 1))[:, None]


def scrambled(seed: int, first: int, count: int, dimensions: int) -> Array:
    """Sobol' points of SciPy."""
    qmc = pytest.importorskip("scipy.stats").qmc
    engine = qmc.Sobol(dimensions, rng=np.random.default_rng(seed))
    return np.asarray(engine.fast_forward(first).random(count) if first else engine.random(count), dtype=float)


def advanced(stream: SobolStream | MorrisStream, blocks: int) -> None:
    for _ in range(blocks):
        stream.advance()


@pytest.mark.parametrize("points", [random_points, scrambled])
@pytest.mark.parametrize(("function", "exact"), [(of_angles, exact_ishigami), (g_function, exact_g)])
def test_indices_are_those_known_in_closed_form(
    function: Callable[[Array], Array],
    exact: Callable[[], tuple[Array, Array]],
    points: Callable[[int, int, int, int], Array],
) -> None:
    first, total = exact()
    stream = SobolStream(function, len(first), points=points)
    advanced(stream, 32)
    found = stream.indices()
    # Twice the half-width of a 95 % interval: about four standard errors.
    assert np.abs(found.first[:, 0] - first) == pytest.approx(0.0, abs=found.widest)
    assert np.abs(found.total[:, 0] - total) == pytest.approx(0.0, abs=found.widest)
    assert found.widest < 0.1


def test_an_interval_of_95_percent_holds_the_truth_about_as_often() -> None:
    truth = np.concatenate(exact_ishigami())
    held = []
    for seed in range(60):
        stream = SobolStream(of_angles, 3, seed=seed)
        advanced(stream, 3)
        found = stream.indices()
        low, high = (
            np.concatenate(ends)[:, 0]
            for ends in ((found.first_low, found.total_low), (found.first_high, found.total_high))
        )
        held.append((low <= truth) & (truth <= high))
    share = np.mean(held)
    assert 0.9 < share < 0.99  # 360 intervals: three standard errors are 0.034


def test_a_group_explains_what_its_factors_explain_together() -> None:
    stream = SobolStream(of_angles, 3, sets=[(0, 2), (1,), (0, 1, 2)])
    advanced(stream, 32)
    found = stream.indices()
    first, total = exact_ishigami()
    assert found.first[0, 0] == pytest.approx(1 - first[1], abs=0.03)
    assert found.total[1, 0] == pytest.approx(total[1], abs=0.03)
    assert found.first[2, 0] == pytest.approx(1.0, abs=0.03)


def test_what_is_far_from_zero_keeps_its_digits() -> None:
    near, far = SobolStream(of_angles, 3), SobolStream(lambda points: of_angles(points) + 1e9, 3)
    advanced(near, 4)
    advanced(far, 4)
    assert far.indices().total == pytest.approx(near.indices().total, rel=1e-5)
    assert far.indices().first == pytest.approx(near.indices().first, abs=1e-5)


def test_memory_does_not_grow_with_the_samples() -> None:
    def most(blocks: int) -> int:
        stream = SobolStream(of_angles, 3)
        tracemalloc.start()
        advanced(stream, blocks)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most(1)
    assert most(200) < 1.1 * most(4)


def test_a_run_of_samples_is_the_same_whatever_came_before() -> None:
    whole = random_points(7, 0, 100, 5)
    assert np.array_equal(random_points(7, 37, 20, 5), whole[37:57])
    assert not np.array_equal(random_points(8, 0, 100, 5), whole)
    weights = resampling_weights(7, 0, 4000, 50)
    assert np.array_equal(resampling_weights(7, 1000, 10, 50), weights[1000:1010])
    assert weights.mean() == pytest.approx(1.0, abs=0.01)  # Poisson numbers of mean and variance 1
    assert weights.var() == pytest.approx(1.0, abs=0.02)


def test_sums_do_not_depend_on_how_samples_come() -> None:
    terms = np.arange(1000.0)[:, None]  # whole numbers: their sums are exact
    at_once, by_sevens = RunSums(), RunSums()
    at_once.add(terms)
    for begin in range(0, 1000, 7):
        by_sevens.add(terms[begin : begin + 7])
    assert np.array_equal(at_once.resampled(1), by_sevens.resampled(1))
    assert at_once.resampled(1)[0] == terms.sum()
    assert 32 <= at_once.runs <= 64


def test_failed_members_are_left_out_in_pairs_and_counted() -> None:
    def poisoned(points: Array) -> Array:
        values = of_angles(points)
        values[points[:, 2] > 0.98] = np.nan
        return values

    def clean(points: Array) -> Array:
        return of_angles(np.column_stack([points[:, :2], 0.98 * points[:, 2]]))

    broken, whole = SobolStream(poisoned, 3), SobolStream(clean, 3)
    advanced(broken, 32)
    advanced(whole, 32)
    found, wanted = broken.indices(), whole.indices()
    assert found.without_value[0] == pytest.approx(0.02 * found.evaluations, rel=0.1)
    assert (found.pairs < found.samples).all()
    assert found.total[:, 0] == pytest.approx(wanted.total[:, 0], abs=wanted.widest)


def test_effects_of_a_line_are_its_slopes() -> None:
    slopes = np.array([3.0, -2.0, 0.0])
    stream = MorrisStream(lambda points: (points @ slopes)[:, None], 3)
    advanced(stream, 1)
    found = stream.effects()
    assert found.mean[:, 0] == pytest.approx(slopes, abs=1e-9)
    assert found.size[:, 0] == pytest.approx(np.abs(slopes), abs=1e-9)
    assert found.spread[:, 0] == pytest.approx(0.0, abs=1e-6)


def test_effects_tell_bends_and_partners_from_lines() -> None:
    stream = MorrisStream(lambda points: (points[:, 0] + points[:, 1] * points[:, 2])[:, None], 4)
    advanced(stream, 8)
    found = stream.effects()
    assert found.mean[:, 0] == pytest.approx([1.0, 0.5, 0.5, 0.0], abs=0.03)
    assert found.spread[0, 0] < 1e-6
    assert (found.spread[1:3, 0] > 0.2).all()
    assert found.size[3, 0] == 0.0


def test_few_samples_have_wide_intervals_and_not_none() -> None:
    screening, stream = MorrisStream(of_angles, 3), SobolStream(of_angles, 3)
    screening.advance(16)
    stream.advance(16)
    effects, found = screening.effects(), stream.indices()
    assert (effects.size_high - effects.size_low > 1.0).all()
    assert found.widest > 0.2


def test_an_effect_that_repeats_is_not_overlooked() -> None:
    stream = MorrisStream(of_angles, 3)
    advanced(stream, 2)
    assert stream.effects().size_low[1, 0] > 1.0


def test_salib_says_the_same() -> None:
    pytest.importorskip("SALib")
    from SALib.analyze import morris as morris_analysis
    from SALib.analyze import sobol as sobol_analysis
    from SALib.sample import morris as morris_sample
    from SALib.sample import sobol as sobol_sample

    problem = {"num_vars": 8, "names": [f"x{i}" for i in range(8)], "bounds": [[0.0, 1.0]] * 8}
    rows = sobol_sample.sample(problem, 1024, calc_second_order=False, seed=1)
    theirs = sobol_analysis.analyze(problem, g_function(rows)[:, 0], calc_second_order=False, seed=1)
    stream = SobolStream(g_function, 8)
    advanced(stream, 16)
    ours = stream.indices()
    for mine, other in ((ours.first, "S1"), (ours.total, "ST")):
        assert mine[:, 0] == pytest.approx(theirs[other], abs=ours.widest + float(np.max(theirs[f"{other}_conf"])))

    def monotone(points: Array) -> Array:
        return np.asarray(points @ WEIGHTS + points[:, 0] * points[:, 1])[:, None]

    rows = morris_sample.sample(problem, 200, num_levels=4, seed=1)
    effects = morris_analysis.analyze(problem, rows, monotone(rows)[:, 0], num_levels=4, seed=1)
    screening = MorrisStream(monotone, 8)
    advanced(screening, 1)
    assert screening.effects().size[:, 0] == pytest.approx(np.asarray(effects["mu_star"]), abs=0.1)


@pytest.fixture(scope="module")
def study() -> xr.Dataset:
    sweep = SampleSweep(
        angles("A", "assumed", "D"),
        lambda rows: np.column_stack([ishigami(rows), np.full(len(rows), 3.0)]),
        [SampleOutcome("wrinkle_depth_final", "um"), SampleOutcome("scar_depth_final", "um")],
    )
    return sensitivity(sweep, until=0.05)


def test_the_spread_is_told_by_grade_of_evidence(study: xr.Dataset) -> None:
    assert list(study["group"].values) == ["grade A", "grade D", "assumed"]
    told = " ".join(sentences(study, {"outcome": "wrinkle_depth_final"}))
    share = study["group_S1"].sel(group="assumed", outcome="wrinkle_depth_final").item()
    assert share == pytest.approx(exact_ishigami()[0][1], abs=0.05)
    assert f"assumed (1 factor): {share_text(share)} of the spread by itself" in told
    assert f"Measure this first: y (assumed, {share_text(share)})" in told


def test_what_is_measured_or_cannot_be_told_from_nothing_is_not_proposed(study: xr.Dataset) -> None:
    assert [row.name for row in to_measure(study, {"outcome": "wrinkle_depth_final"})] == ["y"]


def test_an_outcome_that_does_not_vary_is_said_to_be_so(study: xr.Dataset) -> None:
    assert np.isnan(study["ST"].sel(outcome="scar_depth_final")).all()
    (told,) = sentences(study, {"outcome": "scar_depth_final"})
    assert told == "scar_depth_final does not vary: 3 um in every sample."
    assert table_text(study, {"outcome": "scar_depth_final"}) == ""


def test_a_run_ends_when_the_intervals_are_narrow(study: xr.Dataset) -> None:
    known = study.sel(outcome="wrinkle_depth_final")
    for index in ("S1", "ST", "group_S1", "group_ST"):
        assert float((known[f"{index}_high"] - known[f"{index}_low"]).max()) <= 0.05
    assert study.attrs["stopped"] == "every interval is below 0.05"
    assert study.attrs["evaluations"] == 5 * study.attrs["samples"]  # grades of one factor cost nothing more


def test_a_run_ends_when_its_time_is_over_or_its_samples_are_taken() -> None:
    sweep = SampleSweep(angles(), ishigami)
    stopped = sensitivity(sweep, until=0.0, within="0 s")
    assert stopped.attrs["stopped"] == "the time was over"
    told = re.fullmatch(r"(\S+), of (S1|ST) of (.+) on wrinkle_depth final", stopped.attrs["widest"])
    assert told
    kinds = ("S1", "ST", "group_S1", "group_ST")
    widths = {kind: stopped[f"{kind}_high"] - stopped[f"{kind}_low"] for kind in kinds}
    widest = max(kinds, key=lambda kind: float(widths[kind].max()))
    assert float(told[1]) == pytest.approx(float(widths[widest].max()), rel=0.06)  # of two digits
    assert widest.endswith(told[2])
    names = str(widths[widest].dims[0])
    assert str(widths[widest].isel(outcome=0).idxmax(names).item()) == told[3]
    some = sensitivity(sweep, until=0.0, samples=1000)
    assert (some.attrs["samples"], some.attrs["stopped"]) == (1000, "all samples were taken")
    with pytest.raises(ValueError, match="'5 minutes'"):
        sensitivity(sweep, within="a while")


def test_the_same_seed_and_samples_give_the_same_numbers() -> None:
    one, two = (sensitivity(SampleSweep(angles(), ishigami), until=0.0, samples=1500) for _ in range(2))
    assert one.identical(two)
    other = sensitivity(SampleSweep(angles(), ishigami, seed=2), until=0.0, samples=1500)
    assert not one["ST"].equals(other["ST"])


def test_rows_come_in_batches_of_bounded_size() -> None:
    many = [SampleFactor(f"parameters.k{i}", "assumed") for i in range(230)]
    sweep = SampleSweep(many, lambda rows: rows[:, 0] + 2 * rows[:, 7])
    found = sensitivity(sweep, samples=64, until=0.0)
    assert sweep.most_rows <= 4096
    assert found["ST"].sel(factor="parameters.k7", outcome="wrinkle_depth_final") == pytest.approx(0.8, abs=0.2)
    screened = sensitivity(sweep, method="morris", samples=16)
    assert screened.attrs["evaluations"] == 16 * 232  # each factor, all of them together, and the start
    order = screened["factor"].values[np.argsort(-screened["mu_star"].values[:, 0])]
    assert list(order[:2]) == ["parameters.k7", "parameters.k0"]
    assert "and 228 more" in table_text(screened, {"outcome": "wrinkle_depth_final"})


def test_protocols_are_judged_each_by_itself() -> None:
    sweep = SampleSweep(angles(), lambda rows: np.column_stack([rows[:, 0], rows[:, 1]]), arms=["roller", "pen"])
    sweep.outcomes *= 2  # a column for each protocol
    found = sensitivity(sweep, samples=2048)
    assert [name for name, _ in outcomes_of(found)] == ["wrinkle_depth_final (roller)", "wrinkle_depth_final (pen)"]
    assert found["ST"].sel(arm="roller", factor="x").item() == pytest.approx(1.0, abs=0.02)
    assert found["ST"].sel(arm="pen", factor="x").item() == pytest.approx(0.0, abs=0.02)


def test_groups_of_ones_own_are_judged_and_a_wrong_one_is_refused() -> None:
    sweep = SampleSweep(angles(), ishigami)
    found = sensitivity(sweep, groups={"even": ["y"], "partners": ["x", "z"]}, samples=4096)
    assert found["group_ST"].sel(group="partners").item() == pytest.approx(0.5576, abs=0.05)
    with pytest.raises(ValueError, match="no factor 'w'"):
        sensitivity(sweep, groups={"a": ["w"]})
    with pytest.raises(ValueError, match="no method"):
        sensitivity(sweep, method="guess")


def test_whoever_watches_can_stop_it() -> None:
    with pytest.raises(KeyboardInterrupt):
        sensitivity(SampleSweep(angles(), ishigami), progress=lambda _: False)
