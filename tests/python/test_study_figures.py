"""What is written on figures of sweeps and studies, which figure is taken, and the words that files carry with them."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from drawn_figures import boxes_of_texts, covering, cut, picture
from matplotlib.figure import Figure
from sample_grid import LENGTHS, PASSES, a_grid, pairs
from sample_protocols import DOWNTIME, EFFECT, protocols
from sample_sweep import SampleFactor, SampleOutcome, SampleSweep, angles, ishigami

from cicatrix.outcome import RefusedError
from cicatrix.studies.bars import bars, bars_words
from cicatrix.studies.drawing import figure_of, is_drawn_here, write_figure
from cicatrix.studies.factor_grid import grid
from cicatrix.studies.heat_map import heat_map, heat_map_words
from cicatrix.studies.pairs import paired
from cicatrix.studies.pairs_figure import pairs_figure, pairs_words
from cicatrix.studies.sensitivity import sensitivity

DEPTH = "wrinkle_depth_effect_final"
AT = {"protocol.sessions": "every 4 weeks x 4"}


def texts_of(figure: Figure) -> list[str]:
    """All that is written."""
    return [text for text, _ in boxes_of_texts(figure)]


@pytest.fixture(scope="module")
def study() -> xr.Dataset:
    """Indices of two outcomes, under two protocols."""
    outcomes = [SampleOutcome("wrinkle_depth_final", "um"), SampleOutcome("downtime_final", "d")]
    sweep = SampleSweep(
        angles("A", "assumed", ""),
        lambda rows: np.column_stack([ishigami(rows), rows[:, 1], rows[:, 0], rows[:, 2]]),
        outcomes * 2,
        ["roller", "pen"],
    )
    return sensitivity(sweep, samples=512, until=0.0)


def test_each_kind_of_result_has_its_figure(study: xr.Dataset) -> None:
    assert "share of the variance" in texts_of(figure_of(study)[0])
    assert "patients, the lowest difference first" in texts_of(figure_of(pairs())[0])
    assert any("Needle length" in text for text in texts_of(figure_of(a_grid(), DEPTH, at=AT)[0]))
    for drawn in (study, pairs(), a_grid()):
        assert is_drawn_here(drawn)
    assert not is_drawn_here(xr.Dataset({"a": ("time", [1.0])}))


def test_words_of_a_figure_name_what_is_drawn(study: xr.Dataset) -> None:
    assert figure_of(study)[1] == bars_words(study)
    assert figure_of(pairs())[1] == pairs_words(pairs(), "wrinkle_depth_final")
    assert figure_of(a_grid(), DEPTH)[1] == heat_map_words(a_grid(), DEPTH)


def test_the_front_of_a_search_is_drawn_with_both_goals() -> None:
    pytest.importorskip("scipy")
    from cicatrix.studies.optimum import optimum

    found = optimum(protocols(), minimise=[DOWNTIME, EFFECT], within="2 s")
    figure, words = figure_of(found)
    assert is_drawn_here(found)
    drawn = texts_of(figure)
    for goal, unit in (("Downtime final", "days"), ("Wrinkle depth effect final", "µm")):
        assert f"{goal} ({unit}, minimised)" in drawn
    assert any(f"{found.attrs['evaluations']} protocols tried" in text for text in drawn)
    for end in (0, -1):  # the words tell both ends of the front
        assert f"downtime final {found['downtime_final'].values[end]:.3g} days" in words
    assert not cut(figure)
    assert not covering(figure)


@pytest.mark.parametrize("kind", ["png", "svg", "pdf"])
def test_a_file_carries_its_words_and_no_date(kind: str, tmp_path: Path) -> None:
    figure, words = figure_of(pairs(12))
    path = tmp_path / f"pairs.{kind}"
    write_figure(figure, words, path)
    data = path.read_bytes()
    begin = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[kind]
    assert data.startswith(begin)
    assert b"Differences patient by patient" in data or "Differences".encode("utf-16-be") in data
    for mark in (b"CreationDate", b"dc:date", b"Creation Time", b"Matplotlib v"):
        assert mark not in data


def test_the_kind_of_a_file_does_not_depend_on_the_case_of_its_ending(tmp_path: Path) -> None:
    figure, words = figure_of(pairs(12))
    write_figure(figure, words, tmp_path / "a.PNG")
    assert (tmp_path / "a.PNG").read_bytes().startswith(b"\x89PNG")
    with pytest.raises(RefusedError) as refused:
        write_figure(figure, words, tmp_path / "png")
    assert refused.value.exit_code == 2
    assert not (tmp_path / "png").exists()


def test_a_figure_looks_the_same_when_it_is_drawn_again(study: xr.Dataset) -> None:
    drawn: list[Callable[[], Figure]] = [
        lambda: bars(study),
        lambda: heat_map(a_grid(), DEPTH, at=AT),
        lambda: pairs_figure(pairs(), "wrinkle_depth_final"),
    ]
    for draw in drawn:
        assert picture(draw()) == picture(draw())


def test_numbers_in_the_cells_of_a_map_are_those_of_the_grid() -> None:
    figure = heat_map(a_grid(), DEPTH, over=("device.needle_length", "protocol.passes"), at=AT)
    table = grid(a_grid(), DEPTH, AT).transpose("protocol.passes", "device.needle_length")
    axes = figure.axes[0]
    written = {text.get_position(): float(text.get_text()) for text in axes.texts}
    assert len(written) == len(LENGTHS) * len(PASSES)
    half = 0.051  # of the last digit that is written
    for (row, column), value in np.ndenumerate(table.values):
        assert written[(column + 0.5, row + 0.5)] == pytest.approx(value, abs=half)


def test_a_member_without_a_value_is_an_empty_cell_that_is_explained() -> None:
    # The order of members is that of the grid, sessions fastest: the fifth is 0.5 mm, 10 passes, 4 sessions.
    figure = heat_map(a_grid(failed=4), DEPTH, at=AT)
    whole = heat_map(a_grid(), DEPTH, at=AT)
    assert len(figure.axes[0].texts) == len(whole.axes[0].texts) - 1
    assert "hatched: no value" in texts_of(figure)
    assert "hatched: no value" not in texts_of(whole)
    assert heat_map_words(a_grid(failed=4), DEPTH, at=AT).endswith("1 without a value.")


def test_words_of_a_map_hold_the_ends_of_the_grid() -> None:
    words = heat_map_words(a_grid(), DEPTH)
    table = a_grid()[DEPTH].values
    numbers = [float(found) for found in re.findall(r"(?:Lowest|Highest): (-?[0-9.]+)", words)]
    assert numbers == pytest.approx([table.min(), table.max()], abs=0.051)
    assert f"map of {table.size} members" in words
    assert "needle length 2 mm" in words.split("Lowest")[1].split("Highest")[0]


def test_a_map_of_members_that_all_failed_says_so() -> None:
    sweep = a_grid()
    sweep[DEPTH][:] = np.nan
    assert heat_map_words(sweep, DEPTH).endswith("No value.")
    figure = heat_map(sweep, DEPTH, at=AT)
    assert "hatched: no value" in texts_of(figure)
    assert not figure.axes[0].texts


def test_bars_of_each_protocol_have_a_panel_that_names_it(study: xr.Dataset) -> None:
    figure = bars(study, "downtime_final")
    titles = [axes.get_title(loc="left") for axes in figure.axes]
    assert len(titles) == 2
    assert ["roller" in titles[0], "pen" in titles[1]] == [True, True]
    words = bars_words(study, "downtime_final")
    assert words.count("(roller)") == words.count("(pen)") == 1
    assert not cut(figure)
    assert not covering(figure)
    with pytest.raises(KeyError, match="no outcome 'pain'"):
        bars(study, "pain")


def test_a_legend_names_the_grades_that_are_there_and_no_other(study: xr.Dataset) -> None:
    (legend,) = bars(study).legends
    named = [text.get_text() for text in legend.get_texts()]
    assert named == ["grade A", "assumed", "set by the scenario"]


def test_bars_stand_in_the_order_of_their_size() -> None:
    weights = np.array([0.1, 5.0, 1.0, 3.0])
    factors = [SampleFactor(f"parameters.{name}", "B") for name in ("tiny", "huge", "small", "large")]
    study = sensitivity(SampleSweep(factors, lambda rows: rows @ weights), samples=512, until=0.0)
    axes = bars(study).axes[0]
    assert [label.get_text() for label in axes.get_yticklabels()] == ["huge", "large", "small", "tiny"]
    words = bars_words(study)
    assert re.findall(r"parameters\.(\w+)", words) == ["huge", "large", "small"]


def test_an_outcome_that_does_not_vary_has_no_bars() -> None:
    study = sensitivity(SampleSweep(angles(), lambda rows: np.ones(len(rows))), samples=512, until=0.0)
    figure = bars(study)
    assert "does not vary" in texts_of(figure)
    assert not figure.axes[0].patches
    assert bars_words(study).endswith("does not vary.")


def test_the_notes_of_pairs_are_those_of_their_numbers() -> None:
    sweep = pairs(40)
    sweep["wrinkle_depth_final"][7, 1] = np.nan
    found = paired(sweep, "wrinkle_depth_final")
    drawn = texts_of(pairs_figure(sweep, "wrinkle_depth_final"))
    share = f"{100 * found.share_below:.0f} %"
    assert any(text.startswith(f"lower in {share}") and "of 39 patients" in text for text in drawn)
    assert any("1 left out" in text for text in drawn)
    assert "pen minus roller, in the same patients" in drawn
    back = texts_of(pairs_figure(sweep, "wrinkle_depth_final", first="pen", second="roller"))
    assert "roller minus pen, in the same patients" in back


def test_a_figure_of_one_outcome_is_not_asked_for_two(study: xr.Dataset) -> None:
    with pytest.raises(ValueError, match=f"one outcome; there are {DEPTH}, downtime_final"):
        figure_of(a_grid(), DEPTH, "downtime_final")
    assert len(figure_of(study, "wrinkle_depth_final", "downtime_final")[0].axes) == 4
