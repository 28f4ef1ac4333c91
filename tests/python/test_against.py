"""Two courses against each other: days that are known on paper, their difference, the figure and the command."""

from __future__ import annotations

from argparse import Namespace
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from drawn_figures import boxes_of_texts, illegible
from matplotlib.colors import to_hex
from PIL import Image
from sample_course import course_with, ramp

import cicatrix as cx
from cicatrix import cli
from cicatrix.accessor import CourseAccessor
from cicatrix.against import against, against_words, reached_text
from cicatrix.figure_command import draw_difference
from cicatrix.lasting_milestones import lasting_passage, reached
from cicatrix.outcome import Exit, RefusedError
from cicatrix.theme import BLUE, INDIGO, VERMILLION

DAYS = np.arange(0.0, 401.0)


def course(end: float, height: float, *, title: str = "", **more: object) -> xr.Dataset:
    """A gain in collagen that rises in a straight line until the day `end`."""
    made = course_with(DAYS, collagen_total=ramp(DAYS, end, height), **more)  # type: ignore[arg-type]
    return made.assign_attrs(title=title or f"Until day {end:g}")


@pytest.fixture
def fast_and_slow() -> tuple[xr.Dataset, xr.Dataset]:
    return course(100.0, 0.1), course(300.0, 0.2)


def test_a_share_of_a_straight_rise_is_reached_at_that_share_of_its_time() -> None:
    found = reached(course(250.0, 0.1), "collagen_total", 0.8)
    assert found.day == pytest.approx(200.0)
    assert found.effect == pytest.approx(0.1)
    assert found.remark == ""
    falling = reached(course(250.0, -0.1), "collagen_total", 0.8)
    assert falling.day == pytest.approx(200.0)
    assert falling.effect == pytest.approx(-0.1)


def test_a_mark_that_is_passed_and_lost_again_does_not_count() -> None:
    effect = ramp(DAYS, 250.0, 0.1) + np.where((DAYS > 3) & (DAYS < 6), 0.2, 0.0)
    found = reached(course_with(DAYS, collagen_total=effect), "collagen_total", 0.8)
    assert found.day == pytest.approx(200.0)


@pytest.mark.parametrize(
    ("effect", "remark"),
    [
        (np.zeros(DAYS.size), "no effect"),
        (np.exp(-DAYS / 5.0), "it comes and goes"),
    ],
)
def test_what_has_no_such_day_says_why(effect: np.ndarray, remark: str) -> None:
    found = reached(course_with(DAYS, collagen_total=effect), "collagen_total", 0.8)
    assert np.isnan(found.day)
    assert found.remark == remark


def test_outputs_that_are_too_far_apart_do_not_tell_a_day() -> None:
    days = np.array([0.0, 1.0, 60.0, 200.0, 360.0, 365.25, 370.0])
    found = reached(course_with(days, collagen_total=ramp(days, 250.0, 0.1)), "collagen_total", 0.8)
    assert found.remark == "outputs are too far apart to tell"


def test_a_lasting_passage_is_not_undone_later() -> None:
    values = np.array([0.0, 1.0, 2.0, 2.0, 0.0])
    days = np.arange(5.0)
    assert lasting_passage(days[:4], values[:4], 1.5) == pytest.approx(1.5)
    assert np.isnan(lasting_passage(days, values, 1.5))
    assert lasting_passage(days, values + 2.0, 1.5) == 0.0


def test_the_difference_is_that_of_both_at_every_day_of_either(fast_and_slow: tuple[xr.Dataset, xr.Dataset]) -> None:
    fast, slow = fast_and_slow
    found = against(fast, slow.isel(time=slice(None, None, 7)), "collagen_total")
    assert set(fast["time"].values[:300]) <= set(found.days)
    expected = ramp(found.days, 300.0, 0.2) - ramp(found.days, 100.0, 0.1)
    near = np.abs(found.days - 300.0) > 7.0  # where straight lines between outputs a week apart cut the corner
    assert found.difference[near] == pytest.approx(expected[near], abs=1e-12)
    assert found.of_effects is None  # the same untreated skin


def test_of_unlike_persons_the_difference_of_the_effects_stands_apart() -> None:
    found = against(course(100.0, 0.1), course(100.0, 0.1, home=0.8), "collagen_total")
    assert found.difference == pytest.approx(np.full(DAYS.size, -0.2))
    assert found.of_effects == pytest.approx(np.zeros(DAYS.size), abs=1e-12)


def test_days_count_from_the_first_session_of_each() -> None:
    late = course_with(DAYS, sessions=[50.0], collagen_total=ramp(DAYS - 50.0, 100.0, 0.1))
    found = against(course(100.0, 0.1), late, "collagen_total")
    assert found.difference[found.days >= 0] == pytest.approx(np.zeros(int((found.days >= 0).sum())), abs=1e-12)
    assert (found.days[0], found.days[-1]) == (0.0, 350.0)


def test_the_sentence_tells_the_day_of_each(fast_and_slow: tuple[xr.Dataset, xr.Dataset]) -> None:
    told = reached_text(against(*fast_and_slow, "collagen_total"))
    assert (
        told == "80 % of the effect after 12 months is reached for good: A month 2.6 (of +0.1), B month 7.9 (of +0.2)"
    )


def test_the_sentence_says_how_long_a_shorter_course_is(fast_and_slow: tuple[xr.Dataset, xr.Dataset]) -> None:
    fast, slow = fast_and_slow
    until = DAYS <= 91.0
    told = reached_text(against(fast.isel(time=until), slow.isel(time=until), "collagen_total"))
    assert told.startswith("80 % of the effect after 91 days is reached for good: A day 73 (of +0.091)")
    unlike = reached_text(against(fast.isel(time=until), slow, "collagen_total"))
    assert unlike.startswith("80 % of the effect is reached for good: A day 73 (of +0.091) after 91 days, B month 7.9")
    assert unlike.endswith(" after 12 months")


def test_cross_linking_is_not_judged_before_it_had_time() -> None:
    days = DAYS[DAYS <= 91.0]
    soon = course_with(days, sessions=[0.0, 28.0], collagen_i_mature=ramp(days, 300.0, 0.1))
    assert soon.cx.milestones().loc["collagen_i_mature", "remark"] == "the course ends too soon to tell"
    assert reached(soon, "collagen_i_mature", 0.8).remark == "the course ends too soon to tell"
    long = course_with(DAYS, sessions=[0.0, 28.0], collagen_i_mature=ramp(DAYS, 300.0, 0.1))
    assert reached(long, "collagen_i_mature", 0.8).remark == ""


def test_a_course_without_a_session_has_no_such_day(fast_and_slow: tuple[xr.Dataset, xr.Dataset]) -> None:
    ageing = course_with(DAYS, sessions=(), collagen_total=-DAYS / 40000.0)
    told = reached_text(against(fast_and_slow[0], ageing, "collagen_total"))
    assert told.endswith("B has none, for want of a session or a twin")


def test_names_that_cannot_be_compared_are_refused(fast_and_slow: tuple[xr.Dataset, xr.Dataset]) -> None:
    fast, slow = fast_and_slow
    with pytest.raises(KeyError, match=r"^In course B, 'collagen_total' cannot be drawn: "):
        against(fast, slow.drop_vars("collagen_total"), "collagen_total")
    with pytest.raises(KeyError, match="of A is no course over time but a session"):
        against(fast, slow, "injured_fraction")
    broken = slow.copy(deep=True)
    broken["collagen_total"][5] = np.nan
    with pytest.raises(ValueError, match="collagen_total of B has no value on some days"):
        against(fast, broken, "collagen_total")
    other = slow.assign(collagen_total=slow["collagen_total"].assign_attrs(units="mm"))
    with pytest.raises(ValueError, match="is in 1 in A and in mm in B"):
        against(fast, other, "collagen_total")


def test_both_courses_and_their_difference_are_drawn(fast_and_slow: tuple[xr.Dataset, xr.Dataset]) -> None:
    fast, slow = fast_and_slow
    upper, lower = CourseAccessor(fast).against(slow, "collagen_total").axes
    by_colour = {to_hex(line.get_color()): line for line in upper.lines if line.get_linewidth() == 2.0}
    assert np.asarray(by_colour[BLUE].get_ydata()) == pytest.approx(fast["collagen_total"].values)
    assert np.asarray(by_colour[VERMILLION].get_ydata()) == pytest.approx(slow["collagen_total"].values)
    assert by_colour[BLUE].get_linestyle() != by_colour[VERMILLION].get_linestyle()
    (line,) = (line for line in lower.lines if to_hex(line.get_color()) == INDIGO)
    assert np.asarray(line.get_ydata()) == pytest.approx((slow["collagen_total"] - fast["collagen_total"]).values)
    assert upper.get_xlim() == lower.get_xlim()


@pytest.mark.parametrize(
    "title", ["Short", "A title of a scenario that is far too long for half a line of a legend, so"]
)
def test_no_text_is_cut_or_covers_another(title: str) -> None:
    figure = course(100.0, 0.1, title=title).cx.against(course(300.0, 0.2, title=title, home=0.9), "collagen_total")
    assert illegible(figure) == []
    texts = [text for text, _ in boxes_of_texts(figure)]
    assert any(text.startswith(f"A: {title[:20]}") for text in texts)


def test_the_words_hold_the_numbers_of_the_difference(fast_and_slow: tuple[xr.Dataset, xr.Dataset]) -> None:
    found = against(*fast_and_slow, "collagen_total")
    words = fast_and_slow[0].cx.against(fast_and_slow[1], "collagen_total").get_label()
    assert words == against_words(found)
    assert f"Largest difference {found.difference[np.abs(found.difference).argmax()]:+.3g}" in words
    assert reached_text(found) in words
    assert "A: Until day 100: 1 at first, 1.1 at the end." in words


def test_the_command_draws_the_difference(
    result_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "both.png"
    pair = [str(result_file), str(result_file)]
    assert cli.main(["diff", *pair, "--figure", str(target), "--of", "tewl"]) == Exit.DONE
    assert capsys.readouterr().out.splitlines()[-1] == f"figure  {target}"
    held = cx.open(result_file)
    with Image.open(target) as image:
        assert image.info["Description"] == against_words(against(held, held, "tewl"))


def test_the_command_says_what_it_cannot_compare(tmp_path: Path) -> None:
    options = Namespace(figure=str(tmp_path / "both.png"), of="collagen_totl")
    with pytest.raises(RefusedError, match="--of collagen_totl: In course A, 'collagen_totl' cannot be drawn: did you"):
        draw_difference(course(100.0, 0.1), course(300.0, 0.2), options)
    assert list(tmp_path.iterdir()) == []
