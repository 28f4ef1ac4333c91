"""The best protocol: against a fine grid, with conditions, without a solution, and as a front between two goals."""

from __future__ import annotations

import tomllib
from typing import Any

import numpy as np
import pytest
import xarray as xr
from drawn_figures import boxes_of_texts, covering, cut
from matplotlib.figure import Figure
from sample_protocols import DOWNTIME, EFFECT, SESSIONS, least_downtime, protocols
from sample_sweep import SampleFactor

from cicatrix.result_kinds import kind_of_study
from cicatrix.studies import command
from cicatrix.studies.choices import Coordinates, choice_of, choices_in, written_sweep
from cicatrix.studies.front import thinned, unsurpassed
from cicatrix.studies.front_figure import axes_of, front_figure, front_words, protocol_text
from cicatrix.studies.goals import condition_of, goals_of, sessions_in
from cicatrix.studies.optimum import optimum, without_sweep

pytest.importorskip("scipy")
WANTED = f"{EFFECT} <= -20 um"


@pytest.fixture(scope="module")
def best() -> xr.Dataset:
    return optimum(protocols(), minimise=DOWNTIME, subject_to=WANTED)


@pytest.fixture(scope="module")
def front() -> xr.Dataset:
    return optimum(protocols(), minimise=[DOWNTIME, EFFECT])


@pytest.fixture(scope="module")
def nothing() -> xr.Dataset:
    return optimum(protocols(), minimise=DOWNTIME, subject_to=f"{EFFECT} <= -200 um")


def texts_of(figure: Figure) -> str:
    return " | ".join(text for text, _ in boxes_of_texts(figure))


@pytest.mark.parametrize("seed", range(4))
def test_the_best_protocol_is_as_good_as_a_fine_grid(seed: int) -> None:
    found = optimum(protocols(seed=seed), minimise=DOWNTIME, subject_to=WANTED)
    assert found["downtime_final"].item() == pytest.approx(least_downtime(-20.0), rel=1e-3)
    assert found["wrinkle_depth_effect_final"].item() <= -20.0
    assert found.attrs["feasible"] == 1


def test_a_choice_at_an_end_of_what_is_allowed_is_told(best: xr.Dataset, nothing: xr.Dataset) -> None:
    moved = best.copy()
    name = "device.needle_length"
    low, high = (best[name].attrs[end] for end in ("valid_min", "valid_max"))
    assert low < best[name].item() < high
    told = {}
    for place in (low, 0.5 * (low + high), high):
        moved[name] = ("candidate", [place], best[name].attrs)
        told[place] = [line for line in command._edges(moved) if line.startswith(name)]
    assert [len(lines) for lines in told.values()] == [1, 0, 1]
    assert "the least" in told[low][0]
    assert "the most" in told[high][0]
    moved[name].attrs["valid_min"] = high
    assert not [line for line in command._edges(moved) if line.startswith(name)]  # there was no choice
    assert command._edges(nothing) == []


def test_a_front_and_a_single_optimum_are_results_of_two_kinds(best: xr.Dataset, front: xr.Dataset) -> None:
    assert kind_of_study(best.attrs) == "an optimum"
    assert kind_of_study(front.attrs) == "a front between two goals"


def test_an_optimum_does_not_choose_the_patient() -> None:
    sweep = protocols()
    sweep.factors[1] = SampleFactor("patient.age")
    with pytest.raises(ValueError, match=r"the sweep varies patient\.age: name what may be chosen"):
        optimum(sweep, minimise=DOWNTIME)


def test_the_protocol_gives_what_is_said_of_it(best: xr.Dataset) -> None:
    row = [
        best["device.needle_length"].item(),
        best["protocol.passes"].item(),
        float(SESSIONS.index(best["protocol.sessions"].item())),
    ]
    again = protocols().run_rows(np.array([row])).values[0]
    assert again == pytest.approx([best["wrinkle_depth_effect_final"].item(), best["downtime_final"].item()])


def test_the_same_seed_finds_the_same_protocol(best: xr.Dataset) -> None:
    assert optimum(protocols(), minimise=DOWNTIME, subject_to=WANTED).identical(best)


def test_no_protocol_is_simulated_twice(best: xr.Dataset) -> None:
    sweep = protocols()
    found = optimum(sweep, minimise=DOWNTIME, subject_to=WANTED)
    assert sweep.rows == found.attrs["evaluations"] == best.attrs["evaluations"]


def test_sessions_and_choices_can_be_goals_too() -> None:
    fewest = optimum(protocols(), minimise="sessions", subject_to=WANTED)
    assert fewest["sessions"].item() == 2  # a single one comes to -14.9 um at most
    passes = optimum(protocols(), minimise="protocol.passes", subject_to=WANTED)
    most = -3 * 2**0.7 * np.sqrt(6) * np.log1p(passes["protocol.passes"].item())
    assert most == pytest.approx(-20.0, rel=1e-2)  # with the longest needles and all sessions


def test_what_is_to_be_large_is_made_large() -> None:
    found = optimum(protocols(), maximise=EFFECT)
    assert found["wrinkle_depth_effect_final"].item() == pytest.approx(-3 * 0.5**0.7 * np.log(2), rel=1e-3)
    assert found.attrs["maximise"] == "wrinkle_depth_effect_final"


def test_without_a_solution_the_nearest_comes_back(nothing: xr.Dataset) -> None:
    assert nothing.attrs["feasible"] == 0
    assert not nothing["tried_feasible"].any()
    assert nothing["wrinkle_depth_effect_final"].item() == pytest.approx(-36.34, abs=0.1)  # the most there is


def test_a_protocol_whose_course_fails_is_never_the_best() -> None:
    found = optimum(protocols(failing=True), minimise=EFFECT)
    assert found["device.needle_length"].item() == pytest.approx(1.9, abs=0.02)
    assert found["device.needle_length"].item() < 1.9
    assert found.attrs["failed"] > 0


def test_a_front_holds_what_a_search_for_one_of_its_points_finds(front: xr.Dataset) -> None:
    downtime, effect = front["downtime_final"].values, front["wrinkle_depth_effect_final"].values
    assert (np.diff(downtime) > 0).all()
    assert (np.diff(effect) < 0).all()
    for wanted in (-12.0, -20.0, -28.0):
        reached = downtime[effect <= wanted].min()
        assert reached == pytest.approx(least_downtime(wanted), rel=0.06)  # a hundred points share the whole front
    assert 20 <= front.sizes["candidate"] <= 100


def test_time_and_watchers_end_a_search() -> None:
    assert optimum(protocols(), minimise=DOWNTIME, within="0 s").attrs["stopped"] == "the time was over"
    with pytest.raises(KeyboardInterrupt):
        optimum(protocols(), minimise=DOWNTIME, progress=lambda _: False)
    shares: list[float] = []

    def remember(share: float) -> bool:
        shares.append(share)
        return True

    optimum(protocols(), minimise=[DOWNTIME, EFFECT], progress=remember)
    assert shares == sorted(shares)
    assert 0.0 <= shares[0] <= shares[-1] <= 1.0


@pytest.mark.parametrize(
    ("asked", "fault"),
    [
        ({"minimise": "pain peak"}, "'pain peak' is no outcome"),
        ({"minimise": DOWNTIME, "subject_to": "pain peak <= 3"}, "'pain peak' is no outcome"),
        ({"minimise": DOWNTIME, "subject_to": f"{EFFECT} = 3"}, "is no condition"),
        ({"minimise": DOWNTIME, "subject_to": f"{EFFECT} <= -0.02 mm"}, "write the limit in um"),
        ({"minimise": DOWNTIME, "subject_to": f"{EFFECT} <= -20"}, "write the limit in um"),
        ({"minimise": DOWNTIME, "subject_to": "device.needle_length >= 0.1 cm"}, "write the limit in mm"),
        ({"minimise": DOWNTIME, "subject_to": "sessions <= 4 weeks"}, "plain numbers, without a unit"),
        ({}, "there are 0"),
        ({"minimise": [DOWNTIME, EFFECT, "sessions"]}, "there are 3"),
        ({"minimise": DOWNTIME, "over": {"protocol.passes": "1 to 3"}}, "takes a scenario file"),
    ],
)
def test_what_cannot_be_asked_is_refused_with_what_to_write(asked: dict[str, Any], fault: str) -> None:
    with pytest.raises(ValueError, match=fault):
        optimum(protocols(), **asked)


def test_protocols_compared_in_pairs_have_no_optimum() -> None:
    sweep = protocols()
    sweep.arms = ["roller", "pen"]
    with pytest.raises(ValueError, match="one protocol"):
        optimum(sweep, minimise=DOWNTIME)


def test_sessions_are_a_goal_only_where_they_are_chosen() -> None:
    sweep = protocols()
    sweep.factors[2] = SampleFactor("device.spacing")
    with pytest.raises(ValueError, match=r"protocol\.sessions is chosen"):
        optimum(sweep, minimise="sessions")


def test_no_row_of_a_front_is_surpassed_and_every_other_row_is() -> None:
    goals = np.random.default_rng(3).normal(size=(300, 2))
    goals[7] = np.nan
    goals[11] = goals[12]
    kept = unsurpassed(goals)
    for row in range(300):
        beaten = (goals <= goals[row]).all(axis=1) & (goals < goals[row]).any(axis=1)
        same = [other for other in kept if (goals[other] == goals[row]).all()]
        assert bool(same) == (not beaten.any() and row != 7)
    assert list(unsurpassed(np.array([[3.0], [1.0], [np.nan], [1.0]]))) == [1]
    assert unsurpassed(np.full((3, 2), np.nan)).size == 0


def test_a_thinned_front_keeps_its_ends_and_its_even_steps() -> None:
    along = np.linspace(0.0, 1.0, 1001)
    goals = np.column_stack([along, 1 - along])
    kept = thinned(goals, 11)
    assert goals[kept, 0] == pytest.approx(np.linspace(0.0, 1.0, 11))
    assert list(thinned(goals[:5], 11)) == [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("wish", "values", "sizes"),
    [
        ("1 to 4", (1, 2, 3, 4), (4,)),
        (["roller", "pen"], ("roller", "pen"), (2,)),
        ("every {2..3} weeks x {1..2}", tuple(f"every {w} weeks x {n}" for w in (2, 3) for n in (1, 2)), (2, 2)),
        ("0.5 mm to 2 mm", (), ()),
        ("uniform 0.5 mm to 2 mm", (), ()),
    ],
)
def test_a_wish_says_what_may_be_chosen(wish: Any, values: tuple[Any, ...], sizes: tuple[int, ...]) -> None:
    choice = choice_of("a.b", wish)
    assert (choice.values, choice.sizes) == (values, sizes)
    written = tomllib.loads(choice.toml)
    assert written == {"a.b": list(values) if values else "uniform 0.5 mm to 2 mm"}


@pytest.mark.parametrize("wish", ["", "1.5 mm", [], "4 to 1", "every {5..2} weeks x 3", "{1..9999} and {1..9999}"])
def test_a_wish_without_a_choice_is_refused(wish: Any) -> None:
    with pytest.raises(ValueError, match=r"a\.b"):
        choice_of("a.b", wish)


def test_coordinates_reach_every_choice_and_no_other_point() -> None:
    choices = [choice_of("p", "every {2..4} weeks x {1..2}"), choice_of("l", "1.0 to 2.0"), choice_of("k", ["one"])]
    coordinates = Coordinates(choices)
    assert coordinates.whole == [True, True, False]
    assert coordinates.highest == [2.0, 1.0, 1.0]
    every = np.array([[week, count, 0.3] for week in range(3) for count in range(2)])
    points = coordinates.points(every)
    assert np.floor(points[:, 0] * 6) == pytest.approx(np.arange(6))
    assert points[:, 1:] == pytest.approx(np.tile([0.3, 0.5], (6, 1)))
    ends = coordinates.points(np.array([[-0.4, 1.4, 0.0], [2.4, 0.4, 1.0]]))
    assert (ends > 0).all()
    assert (ends < 1).all()


def test_the_choices_of_a_sweep_are_those_of_its_file() -> None:
    length, _, sessions = choices_in(protocols().factors)
    assert length.sizes == ()
    assert sessions.values == tuple(SESSIONS)


BASE = """title = "One"
[patient]
age = "40 years"

[sweep]
design = "grid"
vary = { "protocol.passes" = [
    5, 10] }
[sweep.cohort]
sex = "female"
[care]
sunscreen = true
"""


def test_a_scenario_gets_a_sweep_in_place_of_its_own() -> None:
    text, choices = written_sweep(without_sweep(BASE), {"protocol.passes": "1 to 3"}, [DOWNTIME])
    held = tomllib.loads(text)
    assert held["care"] == {"sunscreen": True}
    assert held["sweep"]["vary"] == {"protocol.passes": [1, 2, 3]}
    assert held["sweep"]["outcomes"] == [DOWNTIME]
    assert [choice.name for choice in choices] == ["protocol.passes"]
    assert without_sweep("title = 'a'\n") == "title = 'a'\n"
    with pytest.raises(ValueError, match="cannot be taken out"):
        without_sweep("sweep = { design = 'grid' }\n")


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("once", 1),
        ("none", 0),
        ("every 4 weeks x 4", 4),
        ("every 10 days x 6, skip 3 5", 4),
        ("every 4 weeks x 3, skip 9", 3),
        ('["0 days", "30 days"]', 2),
    ],
)
def test_sessions_are_counted_as_a_calendar_would(text: str, count: int) -> None:
    assert sessions_in(text) == count


def test_sessions_that_cannot_be_counted_are_said_to_be_so() -> None:
    with pytest.raises(ValueError, match="cannot be counted"):
        sessions_in("now and then")


def test_a_condition_is_read_and_written() -> None:
    condition = condition_of("  tewl   peak >= 1.5e1 g m-2 h-1 ")
    assert str(condition) == "tewl peak >= 15 g m-2 h-1"
    assert list(condition.excess(np.array([14.0, 15.0, 16.0]))) == [1.0, 0.0, 0.0]
    assert [(goal.text, goal.sign) for goal in goals_of("a  b", "c")] == [("a b", 1.0), ("c", -1.0)]


def test_nothing_drawn_of_a_search_is_cut_or_covered(best: xr.Dataset, front: xr.Dataset, nothing: xr.Dataset) -> None:
    for found in (best, front, nothing):
        figure = front_figure(found)
        assert not cut(figure)
        assert not covering(figure)


def test_the_figure_names_axes_with_units_and_protocols_with_numbers(best: xr.Dataset, front: xr.Dataset) -> None:
    shown = texts_of(front_figure(front))
    assert "Downtime final (days, minimised)" in shown
    assert "Wrinkle depth effect final (µm, minimised)" in shown
    assert "1  needle length 0.5 mm, passes 1, every 4 weeks x 1: 0.85 days, -1.28 µm" in shown
    assert f"{front.attrs['evaluations']} protocols tried" in shown
    alone = texts_of(front_figure(best))
    assert f"wanted: {WANTED}" in alone
    assert protocol_text(best, 0) in alone


def test_the_front_is_drawn_where_its_protocols_are(front: xr.Dataset) -> None:
    (axes,) = front_figure(front).axes
    line = next(line for line in axes.lines if line.get_drawstyle() == "steps-post")
    assert np.asarray(line.get_xdata()) == pytest.approx(front["downtime_final"].values)
    assert np.asarray(line.get_ydata()) == pytest.approx(front["wrinkle_depth_effect_final"].values)


def test_the_figure_says_when_nothing_meets_the_conditions(nothing: xr.Dataset) -> None:
    assert "No protocol meets the conditions" in texts_of(front_figure(nothing))
    assert "None meets the conditions" in front_words(nothing)


def test_words_tell_both_ends_of_a_front(front: xr.Dataset) -> None:
    told = front_words(front)
    assert "needle length 0.5 mm, passes 1, every 4 weeks x 1: downtime final 0.85 days" in told
    assert "needle length 2 mm, passes 20, every 4 weeks x 6: downtime final 20 days" in told


def test_a_goal_without_anything_beside_it_is_not_drawn() -> None:
    sweep = protocols()
    sweep.outcomes = sweep.outcomes[1:]
    values = sweep.formula
    sweep.formula = lambda rows: values(rows)[:, 1]
    with pytest.raises(ValueError, match="nothing to be drawn against"):
        axes_of(optimum(sweep, minimise=DOWNTIME))
