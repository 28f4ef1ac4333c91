"""Points of a sweep that is no grid: which factors are shown, what is said of them, and that nothing is covered."""

from __future__ import annotations

from itertools import product

import numpy as np
import pytest
import xarray as xr
from drawn_figures import boxes_of_texts, covering, cut
from sample_grid import a_grid, pairs

from cicatrix.studies.drawing import figure_of
from cicatrix.studies.outcome_names import outcome_in, worded
from cicatrix.studies.scatter_figure import MOST_POINTS, PANELS, panels_of, scatter_figure, scatter_words

OUTCOME = "wrinkle_depth_effect_final"


def scattered(members: int = 300, factors: int = 3) -> xr.Dataset:
    """The first factor decides, the second hinders a little, the others have nothing to do with the outcome."""
    draws = np.random.default_rng(2)
    held = draws.uniform(0.5, 2.0, (factors, members))
    depth = -(held[0] ** 3) + 0.3 * held[1]
    coordinates: dict[str, object] = {
        f"parameters.rate_{i}": ("member", held[i], {"role": "factor", "units": "d-1"}) for i in range(factors)
    }
    words = np.array(["light", "dark"])[(held[1] > 1.2).astype(int)]
    coordinates["patient.skin"] = "member", words, {"role": "factor", "units": "1"}
    about = {"role": "outcome", "units": "um", "long_name": "depth of lines"}
    return xr.Dataset({OUTCOME: ("member", depth, about)}, coordinates, {"title": "Many"})


def test_the_closest_factors_come_first_with_their_rank_correlation() -> None:
    found = panels_of(scattered(), OUTCOME)
    assert [panel.levels.name for panel in found[:1]] == ["parameters.rate_0"]
    sweep = scattered().assign_coords(
        monotone=("member", np.exp(scattered()[OUTCOME].values), {"role": "factor", "units": "1"})
    )
    closest = panels_of(sweep, OUTCOME)[0]
    assert closest.levels.name == "monotone"
    assert closest.correlation == pytest.approx(1.0)  # ranks do not see the exponential
    assert len(panels_of(scattered(factors=9), OUTCOME)) == PANELS


def test_numbers_that_only_name_something_are_no_factor_to_draw() -> None:
    sweep = scattered()
    named = {"role": "factor", "units": "1"}
    ranks = np.argsort(np.argsort(sweep[OUTCOME].values)).astype(float)  # goes with the outcome as closely as can be
    numbered = sweep.assign_coords(dict.fromkeys(("cohort.person", "cohort.missed_sessions"), ("member", ranks, named)))
    assert [panel.levels.name for panel in panels_of(numbered, OUTCOME)] == [
        panel.levels.name for panel in panels_of(sweep, OUTCOME)
    ]
    assert scatter_words(numbered, OUTCOME) == scatter_words(sweep, OUTCOME)


@pytest.mark.parametrize(("members", "factors"), [(5, 2), (300, 3), (2 * MOST_POINTS, 9)])
def test_nothing_is_covered_or_cut(members: int, factors: int) -> None:
    figure = scatter_figure(scattered(members, factors))
    assert not cut(figure)
    assert not covering(figure)
    texts = " ".join(text for text, _ in boxes_of_texts(figure))
    assert "Wrinkle depth" in texts
    if members > MOST_POINTS:
        assert f"{MOST_POINTS} of {members} members" in texts
        assert "the 6 closest of 10 factors" in texts


def test_a_list_of_one_factor_is_a_line() -> None:
    alone = scattered(8, 2)
    alone = alone.drop_vars(["parameters.rate_1", "patient.skin"])
    figure = scatter_figure(alone)
    (line,) = figure.axes[0].get_lines()
    drawn = np.asarray(line.get_xydata())
    assert np.all(np.diff(drawn[:, 0]) > 0)
    assert np.sort(drawn[:, 1]) == pytest.approx(np.sort(alone[OUTCOME].values))


def test_points_of_several_factors_are_never_joined_and_have_a_median_when_they_are_many() -> None:
    few, many = scatter_figure(scattered(30, 3)), scatter_figure(scattered(45, 3))
    assert [len(axes.get_lines()) for axes in few.axes] == [0] * 4
    assert [len(axes.get_lines()) for axes in many.axes] == [1] * 4
    assert all(len(np.atleast_1d(axes.get_lines()[0].get_xydata())) < 45 for axes in many.axes)
    assert "median" not in scatter_words(scattered(30, 3))
    assert "line: median" in scatter_words(scattered(45, 3))
    alone = scattered(45, 2).drop_vars(["parameters.rate_1", "patient.skin"])
    assert "median" not in scatter_words(alone)  # its line joins the members


def test_of_a_large_grid_members_are_drawn_from_everywhere() -> None:
    levels = np.linspace(0.0, 1.0, 8)
    held = np.array(list(product(levels, repeat=4))).T
    coordinates = {f"rate_{i}": ("member", held[i], {"role": "factor", "units": "1"}) for i in range(4)}
    outcome = ("member", held.sum(axis=0), {"role": "outcome", "units": "1"})
    figure, words = figure_of(xr.Dataset({OUTCOME: outcome}, coordinates))
    assert f"{MOST_POINTS} of {8**4} members" in words
    for axes in figure.axes:
        assert len(np.unique(np.asarray(axes.collections[0].get_offsets())[:, 0])) == 8


def test_more_combinations_than_any_float_are_no_grid_all_the_same() -> None:
    assert "the 6 closest of 400 factors" in figure_of(scattered(50, 399))[1]


def test_members_without_a_value_are_left_out() -> None:
    sweep = scattered()
    sweep[OUTCOME][:10] = np.nan
    assert "290 members" in scatter_words(sweep)
    sweep[OUTCOME][:] = np.nan
    with pytest.raises(ValueError, match="no member has a value"):
        scatter_figure(sweep)


def test_which_figure_shows_a_sweep() -> None:
    assert "map of" in figure_of(a_grid())[1]
    assert "rank correlation" in figure_of(scattered())[1]
    assert "patient by patient" in figure_of(pairs())[1]
    assert figure_of(a_grid(), "wrinkle_depth effect final")[1] == figure_of(a_grid(), OUTCOME)[1]


def test_an_outcome_is_found_by_its_words_and_told_when_it_is_near() -> None:
    known = ["wrinkle_depth_effect_final", "tewl_at_0_5_d"]
    assert outcome_in("wrinkle_depth effect final", known, "sweep") == known[0]
    assert outcome_in("tewl at 12 hours", known, "sweep") == known[1]
    with pytest.raises(KeyError, match="did you mean wrinkle_depth_effect_final"):
        outcome_in("wrinkle_depth_effect_finl", known, "sweep")
    with pytest.raises(KeyError, match=r"it has: a_0, .*, a_5 and 3 more"):
        outcome_in("elastin final", [f"a_{i}" for i in range(9)], "sweep")
    assert worded("wrinkle_depth_effect_final") == "wrinkle_depth effect final"
    assert worded("  sessions ") == "sessions"
