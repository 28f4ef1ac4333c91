"""Laws of studies that need no model: what sums up to a whole, what no scale changes, what is the same either way."""

from __future__ import annotations

import math
import time

import numpy as np
import pytest
import xarray as xr
from sample_grid import a_grid, pairs
from sample_sweep import Array, SampleFactor, SampleOutcome, SampleSweep, angles, ishigami
from sweep_scenarios import note

from cicatrix.studies.asked_sweep import as_function, outcomes_of, points_for, seconds
from cicatrix.studies.choices import Coordinates, choice_of
from cicatrix.studies.draws import POINTS, TRAJECTORIES, random_points, resampling_weights
from cicatrix.studies.elementary_effects import MorrisStream
from cicatrix.studies.evidence import sentences, table_text, to_measure
from cicatrix.studies.factor_grid import factors_of, grid, levels_of
from cicatrix.studies.factor_sets import grade_name, sets_of
from cicatrix.studies.front import thinned, unsurpassed
from cicatrix.studies.goals import condition_of, goals_of, sessions_in
from cicatrix.studies.pairs import paired
from cicatrix.studies.run_sums import REPLICATES, RunSums, interval
from cicatrix.studies.search import Ledger, Watch, meets, scatter, signed, worst_excess
from cicatrix.studies.sensitivity import Clock, sensitivity
from cicatrix.studies.sobol_indices import SobolStream

WEIGHTS = np.array([3.0, 2.0, 1.0, 0.5])
OUTCOME = {"outcome": "wrinkle_depth_final"}


def four(formula_weights: Array = WEIGHTS) -> SampleSweep:
    """Four factors whose parts add up."""
    factors = [SampleFactor(f"parameters.k{i}", grade) for i, grade in enumerate(("A", "B", "B", "assumed"))]
    return SampleSweep(factors, lambda rows: rows @ formula_weights)


@pytest.fixture(scope="module")
def added() -> xr.Dataset:
    """The indices of parts that add up."""
    return sensitivity(four(), samples=4096, until=0.0).sel(OUTCOME)


def test_without_interactions_shares_add_up_to_the_whole_and_both_orders_agree(added: xr.Dataset) -> None:
    parts = WEIGHTS**2 / np.sum(WEIGHTS**2)
    assert added["S1"].values == pytest.approx(parts, abs=0.03)
    assert added["ST"].values == pytest.approx(parts, abs=0.03)
    assert float(added["S1"].sum()) == pytest.approx(1.0, abs=0.05)
    assert float(added["variance"]) == pytest.approx(np.sum(WEIGHTS**2) / 12, rel=0.03)
    assert float(added["mean"]) == pytest.approx(WEIGHTS.sum() / 2, rel=0.01)


def test_a_group_of_parts_that_add_up_has_the_sum_of_their_shares(added: xr.Dataset) -> None:
    shares = dict(zip(added["group"].values, added["group_S1"].values, strict=True))
    assert shares["grade B"] == pytest.approx(float(added["S1"][1] + added["S1"][2]), abs=0.04)
    assert shares["grade A"] == float(added["S1"][0])  # of one factor: the same runs
    factors = dict(zip(added["group"].values, added["group_factors"].values, strict=True))
    assert factors["grade B"] == "parameters.k1; parameters.k2"


@pytest.mark.parametrize(("scale", "shift"), [(-1.0, 0.0), (1e-6, 0.0), (1e6, 5.0)])
def test_shares_do_not_depend_on_unit_or_sign_of_an_outcome(scale: float, shift: float) -> None:
    one = sensitivity(SampleSweep(angles(), ishigami), samples=512, until=0.0)
    other = sensitivity(SampleSweep(angles(), lambda rows: scale * ishigami(rows) + shift), samples=512, until=0.0)
    for index in ("S1", "ST", "ST_low", "ST_high", "group_ST"):
        assert other[index].values == pytest.approx(one[index].values, rel=1e-6, abs=1e-9)
    assert other["variance"].values == pytest.approx(scale**2 * one["variance"].values)


def test_size_of_effects_goes_with_the_unit_of_an_outcome() -> None:
    one = sensitivity(SampleSweep(angles(), ishigami), method="morris", samples=32)
    other = sensitivity(SampleSweep(angles(), lambda rows: -2.5 * ishigami(rows)), method="morris", samples=32)
    assert other["mu_star"].values == pytest.approx(2.5 * one["mu_star"].values)
    assert other["mu"].values == pytest.approx(-2.5 * one["mu"].values)
    assert other["sigma"].values == pytest.approx(2.5 * one["sigma"].values)


def test_no_index_depends_on_the_ends_of_a_factor_that_the_formula_takes_back() -> None:
    def unit(rows: Array) -> Array:
        return ishigami(np.pi * (2.0 * (rows - 100.0) / 50.0 - 1.0))

    wide = [SampleFactor(name, low=100.0, high=150.0) for name in "xyz"]
    one = sensitivity(SampleSweep(angles(), ishigami), samples=256, until=0.0)
    other = sensitivity(SampleSweep(wide, unit), samples=256, until=0.0)
    assert other["ST"].values == pytest.approx(one["ST"].values, rel=1e-6)


def test_a_mean_effect_is_never_larger_than_its_size() -> None:
    found = sensitivity(SampleSweep(angles(), ishigami), method="morris", samples=64)
    assert (np.abs(found["mu"]) <= found["mu_star"] + 1e-12).all()
    assert (found["mu_star_low"] <= found["mu_star"]).all()
    assert (found["mu_star"] <= found["mu_star_high"]).all()
    assert np.isnan(found["group_mu"]).all()  # three factors together have no direction


def test_an_outcome_that_never_has_a_value_is_told_so() -> None:
    sweep = SampleSweep(angles("A", "B", "C"), lambda rows: np.full(len(rows), np.nan))
    found = sensitivity(sweep, samples=512, until=0.0)
    assert found["without_value"].item() == found.attrs["evaluations"]
    assert found["pairs"].sum() == 0
    assert sentences(found, OUTCOME) == ["wrinkle_depth_final does not vary: never a number in every sample."]
    assert to_measure(found, OUTCOME) == []
    assert table_text(found, OUTCOME) == ""


def test_nothing_varies_ends_a_run_soon() -> None:
    sweep = SampleSweep(angles(), lambda rows: np.full(len(rows), 2.0))
    found = sensitivity(sweep, until=0.01)
    assert found.attrs["stopped"] == "no outcome varies"
    assert found.attrs["samples"] < 5000


def test_a_factor_without_a_part_has_no_share_at_all() -> None:
    found = sensitivity(four(np.array([1.0, 1.0, 0.0, 0.0])), samples=256, until=0.0).sel(OUTCOME)
    assert found["ST"].values[2:].tolist() == [0.0, 0.0]
    assert found["S1"].values[2:].tolist() == [0.0, 0.0]


def test_what_is_to_be_measured_first_has_the_largest_share_of_what_is_not_known(added: xr.Dataset) -> None:
    study = sensitivity(four(), samples=2048, until=0.0)
    first = to_measure(study, OUTCOME)
    assert [row.name for row in first] == ["parameters.k1", "parameters.k2", "parameters.k3"]
    assert [row.grade for row in first] == ["B", "B", "assumed"]
    table = table_text(study, OUTCOME).splitlines()
    assert [line.split()[0] for line in table] == ["factor", *(f"parameters.k{i}" for i in range(4))]


def test_streams_of_one_seed_share_no_number() -> None:
    one = random_points(5, 0, 400, 3, stream=POINTS)
    other = random_points(5, 0, 400, 3, stream=TRAJECTORIES)
    assert not np.isin(one, other).any()
    assert ((one > 0) & (one < 1)).all()
    assert one.mean(axis=0) == pytest.approx(0.5, abs=0.06)  # four standard errors
    assert abs(np.corrcoef(one.T) - np.eye(3)).max() < 0.2


def test_far_rows_of_an_endless_table_cost_no_more_than_the_first() -> None:
    assert np.array_equal(random_points(5, 10**15, 3, 2)[1:], random_points(5, 10**15 + 1, 2, 2))
    assert random_points(5, 0, 0, 2).shape == (0, 2)
    assert np.array_equal(resampling_weights(1, 3, 2, 5), np.floor(resampling_weights(1, 3, 2, 5)))


def test_an_interval_of_resamples_has_so_many_outside() -> None:
    resamples = np.arange(1001.0)[:, None] * np.array([1.0, -2.0])
    low, high = interval(resamples)
    inside = (low <= resamples) & (resamples <= high)
    assert inside.mean(axis=0) == pytest.approx(0.95, abs=0.002)
    assert np.isnan(interval(np.array([[1.0], [np.nan]]))[0]).all()


def test_sums_of_a_stream_keep_every_term_and_few_runs() -> None:
    sums = RunSums()
    for size in (1, 2, 3, 500, 0, 7):
        sums.add(np.ones((size, 2)))
    assert sums.samples == 513
    found = sums.resampled(3)
    assert found.shape == (1 + REPLICATES, 2)
    assert found[0].tolist() == [513.0, 513.0]
    assert np.array_equal(found[:, 0], found[:, 1])
    assert found[1:, 0].mean() == pytest.approx(513, rel=0.05)
    assert sums.runs <= 64


def test_members_of_sets_that_are_the_same_are_computed_once() -> None:
    calls: list[int] = []

    def counted(points: Array) -> Array:
        calls.append(len(points))
        return points[:, :1]

    stream = SobolStream(counted, 3, sets=[(0,), (0, 1, 2)])
    stream.advance(8)
    assert calls == [8 * 4]
    screening = MorrisStream(counted, 3, sets=[(0,), (1, 2)])
    screening.advance(8)
    assert calls[1:] == [8 * 3]
    sets = sets_of(angles("A", "A", "D"), {"all": ["z", "x", "y"], "one": ["y"]})
    assert sets.evaluated == [(0,), (1,), (2,), (0, 1, 2)]
    assert sets.rows(sets.groups) == [3, 1]


def test_grades_stand_from_the_surest_to_what_has_none() -> None:
    sets = sets_of([SampleFactor(str(i), grade) for i, grade in enumerate(("assumed", "", "D", "A"))])
    assert list(sets.groups)[:2] == ["grade A", "grade D"]
    assert set(sets.groups) == {grade_name(grade) for grade in ("A", "D", "assumed", "")}
    with pytest.raises(ValueError, match="has no factor"):
        sets_of(angles(), {"none": []})


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("5 minutes", 300.0), ("1 minute", 60.0), ("30 s", 30.0), ("1.5h", 5400.0), (" 2 hours ", 7200.0), (12, 12.0)],
)
def test_stretches_of_time_are_read(text: str | float, wanted: float) -> None:
    assert seconds(text) == wanted


@pytest.mark.parametrize("text", ["", "5", "five minutes", "-3 s", "3 parsecs", "1,5 h", "2 s s"])
def test_what_is_no_stretch_of_time_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="is no stretch of time"):
        seconds(text)


def test_a_clock_gives_the_first_block_and_no_block_that_ends_too_late(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 50.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    told: list[float] = []
    clock = Clock(10.0, lambda share: note(told, share))
    now = 53.0
    early = clock.is_over  # 3 s of 10 are over, and one more block of 3 s fits
    clock.show(0.1)
    now = 57.5
    late = clock.is_over  # the longest took 4.5 s
    assert (early, late) == (False, True)
    clock.show(2.0)
    assert told == [0.3, 1.0]
    watch = Watch(10.0, 4, None)
    watch.done = 3
    shown = [watch.show()]
    now = 67.5
    shown.append(watch.show())
    assert shown == [False, True]


def test_rows_of_a_front_are_those_that_no_other_beats() -> None:
    draws = np.random.default_rng(3)
    goals = np.round(draws.uniform(0.0, 4.0, (200, 2)), 1)
    goals[draws.random(200) < 0.1] = np.nan
    front = unsurpassed(goals)
    known = goals[np.isfinite(goals).all(axis=1)]
    for row in goals[front]:
        better = (known <= row).all(axis=1) & (known < row).any(axis=1)
        assert not better.any()
    for row in known:
        assert (goals[front] <= row).all(axis=1).any()
    moved = unsurpassed(goals * [3.0, 0.1] + [7.0, -2.0])  # neither units nor zeros matter
    assert np.array_equal(moved, front)
    assert unsurpassed(np.full((3, 2), np.nan)).size == 0


@pytest.mark.parametrize("most", [2, 3, 10, 39, 40, 90])
def test_a_thinned_front_is_a_part_of_it_in_its_order(most: int) -> None:
    steps = np.linspace(0.0, 1.0, 40) ** 2
    goals = np.column_stack([steps, 1.0 - np.sqrt(steps)])
    kept = thinned(goals, most)
    assert len(kept) <= min(most, 40)
    assert (np.diff(kept) > 0).all()
    assert {0, 39} <= set(kept.tolist())


def test_conditions_and_goals_turn_with_their_sign() -> None:
    below, above = condition_of("a final <= 3"), condition_of("a final >= 3 um")
    values = np.array([[1.0], [3.0], [5.0], [np.nan]])
    assert below.excess(values[:3, 0]).tolist() == [0.0, 0.0, 2.0]
    assert above.excess(values[:3, 0]).tolist() == [2.0, 0.0, 0.0]
    assert meets(values, [(0, below)]).tolist() == [True, True, False, False]
    assert meets(values, [(0, below), (0, above)]).tolist() == [False, True, False, False]
    worst = worst_excess(values, [(0, below)])
    assert worst[:2].tolist() == [0.0, 0.0]
    assert worst[2] == pytest.approx(2.0 / np.std([1.0, 3.0, 5.0]))
    assert math.isinf(worst[3])
    small, large = goals_of("a", "b")
    assert np.array_equal(signed(np.array([[1.0, 2.0]]), [(0, small), (1, large)]), [[1.0, -2.0]])
    for text in (str(below), str(above)):
        assert str(condition_of(text)) == text


def test_a_scatter_is_never_nothing() -> None:
    assert scatter(np.array([np.nan, np.nan])) == 1.0
    assert scatter(np.array([4.0, 4.0])) == 1.0
    assert scatter(np.array([1.0, np.nan, 3.0])) == 1.0
    assert scatter(np.array([10.0, 30.0])) == 10.0


def test_a_ledger_asks_for_each_protocol_once() -> None:
    asked: list[int] = []

    def outcomes(points: Array) -> Array:
        asked.append(len(points))
        return np.column_stack([points[:, 0], np.full(len(points), 7.0)])

    ledger = Ledger(outcomes, Coordinates([choice_of("protocol.passes", "1 to 4")]))
    first = ledger.values(np.array([[0.0], [0.2], [3.0], [0.0]]))  # 0.2 is rounded to 0
    second = ledger.values(np.array([[3.0], [1.0]]))
    assert asked == [2, 1]
    assert first[:, 0].tolist() == [0.125, 0.125, 0.875, 0.125]
    assert second[:, 0].tolist() == [0.875, 0.375]
    assert np.array_equal(ledger.points[:, 0], ledger.outcomes[:, 0])  # rows of one protocol stand together
    assert np.array_equal(np.rint(ledger.coordinates[:, 0]), np.floor(4 * ledger.points[:, 0]))
    assert ledger.values(np.zeros((0, 1))).shape == (0, 2)


def test_sentences_of_sessions_are_counted_whatever_is_skipped() -> None:
    assert sessions_in("every 4 weeks x 6, skip 2 5") == sessions_in("every 4 weeks x 4") == 4
    assert sessions_in("every 4 weeks x 6, skip 2 2 9") == 5
    assert sessions_in("none") == 0


def test_pairs_turn_with_their_order_and_go_with_their_unit() -> None:
    sweep = pairs(60)
    there = paired(sweep, "wrinkle_depth_final")
    back = paired(sweep, "wrinkle_depth_final", first=there.second, second=there.first)
    assert (back.mean_low, back.mean_high) == pytest.approx((-there.mean_high, -there.mean_low))
    assert (back.median_low, back.median_high) == (-there.median_high, -there.median_low)
    assert back.share_below == pytest.approx(1.0 - there.share_below)
    longer = sweep.assign(wrinkle_depth_final=sweep["wrinkle_depth_final"] * 1000.0)
    wide = paired(longer, "wrinkle_depth_final")
    assert wide.mean_high - wide.mean_low == pytest.approx(1000.0 * (there.mean_high - there.mean_low))
    assert paired(sweep, "wrinkle_depth_final", second="roller").first == "pen"


def test_more_pairs_make_a_narrower_interval_about_as_their_root() -> None:
    few, many = (paired(pairs(count, seed=9), "wrinkle_depth_final") for count in (100, 1600))
    widths = [found.mean_high - found.mean_low for found in (few, many)]
    assert widths[0] / widths[1] == pytest.approx(4.0, rel=0.2)


def test_a_grid_gives_back_every_member_once() -> None:
    sweep = a_grid()
    table = grid(sweep, "downtime_final")
    assert sorted(table.values.ravel()) == sorted(sweep["downtime_final"].values)
    assert [levels_of(sweep, name).unit for name in factors_of(sweep)] == ["mm", "1", "1"]
    chosen = grid(sweep, "downtime_final", {"device.needle_length": 1.0 + 1e-12})
    assert np.array_equal(chosen, table.sel({"device.needle_length": 1.0}))
    with pytest.raises(KeyError, match=r"needle_length has no level 1\.1"):
        grid(sweep, "downtime_final", {"device.needle_length": 1.1})


def test_a_sweep_is_a_function_of_points_for_all_its_protocols() -> None:
    sweep = SampleSweep(angles(), lambda rows: np.column_stack([rows[:, 0], rows[:, 1]]), arms=["a", "b"])
    sweep.outcomes = [SampleOutcome("x_final"), SampleOutcome("x_final")]
    values = as_function(sweep, threads=1)(np.full((5, 3), 0.5))
    assert values.shape == (5, 2)
    assert [outcome.name for outcome in outcomes_of(sweep)] == ["x_final"]
    assert points_for(2)(1, 0, 4, 2).shape == (4, 2)
