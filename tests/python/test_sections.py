"""Cross-sections: as many marks as the state says by the legend's own proportions, each where it was the day before."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
import xarray as xr
from drawn_figures import boxes_of_texts, illegible, picture
from matplotlib.axes import Axes
from matplotlib.collections import LineCollection
from matplotlib.colors import to_hex
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from PIL import Image

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.outcome import Exit
from cicatrix.section_figure import section_of, section_words
from cicatrix.section_marks import MARKS, Mark, marks_of, places
from cicatrix.theme import DERMIS, HORN, SKIN

TEXT = """
title = "Two sessions of a pen with a title that takes more than one line over a narrow picture"
patient = { age = "48 years", site = "cheek" }
device = { kind = "pen", needle_length = "1 mm" }
protocol = { sessions = ["10 days", "40 days"], passes = 6 }
simulation = { duration = "7 months" }
"""
AGEING = 'patient.age = "60 years"\nprotocol.sessions = "none"\nsimulation.duration = "40 days"\n'
WORTH = re.compile(r"^(?P<name>.*): 1 for (?P<amount>[0-9.]+) (?P<unit>\S+)")
# What a state of 1 is, by the meanings that `cicatrix list states` prints.
DRAWN: dict[float, Axes] = {}
CELLS = {"neutrophils": 1000.0, "macrophages": 500.0, "fibroblasts": 3000.0, "myofibroblasts": 3000.0}


@pytest.fixture(scope="module")
def course() -> xr.Dataset:
    return cx.run(_core.parse_scenario(TEXT))


def value(course: xr.Dataset, name: str, day: float) -> float:
    """A state on a day after the first session, which was on day 10."""
    return float(np.interp(day + 10.0, course["time"].values, course[name].values))


def panel(course: xr.Dataset, day: float) -> Axes:
    """What is drawn of the treated skin on a day; once for all tests."""
    if day not in DRAWN:
        (DRAWN[day],) = course.cx.section(day).axes
    return DRAWN[day]


def figure_of(axes: Axes) -> Figure:
    figure = axes.get_figure()
    assert isinstance(figure, Figure)
    return figure


def places_drawn(axes: Axes, mark: Mark) -> npt.NDArray[np.float64]:
    """Where the marks of a state stand, one row a mark."""
    fibres = [each for each in axes.collections if isinstance(each, LineCollection) and each.get_label() == mark.state]
    signs = [line for line in axes.lines if line.get_label() == mark.state]
    found = [np.mean(path[[0, -1]], axis=0) for each in fibres for path in each.get_segments()]
    found += [place for line in signs for place in np.asarray(line.get_xydata(), dtype=float)]
    return np.array(found).reshape(-1, 2)


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.state)
def test_as_many_marks_are_drawn_as_the_legend_says_of_the_state(course: xr.Dataset, mark: Mark) -> None:
    axes = panel(course, 3.0)
    texts = [text.get_text() for text in figure_of(axes).legends[0].get_texts()]
    (told,) = [found for text in texts if (found := WORTH.match(text)) and found["name"] == mark.told]
    scale = 100.0 if told["unit"] == "%" else CELLS[mark.state.partition("_")[0]]
    amount = scale * value(course, mark.state, 3.0)
    drawn = len(places_drawn(axes, mark))
    assert abs(drawn - amount / float(told["amount"])) <= 0.5 + 1e-6


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.state)
def test_a_mark_stays_where_it_is_from_one_day_to_another(course: xr.Dataset, mark: Mark) -> None:
    before, after = (places_drawn(panel(course, day), mark) for day in (3.0, 100.0))
    shared = min(len(before), len(after))
    tops = [section_of(course, day).top for day in (3.0, 100.0)]  # a thicker epidermis pushes the dermis down
    assert np.allclose(before[:shared, 0], after[:shared, 0])
    assert np.abs(before[:shared, 1] - after[:shared, 1]).max(initial=0.0) <= abs(tops[1] - tops[0]) + 1e-9


def test_states_differ_in_shape_where_they_share_a_colour() -> None:
    assert len({(mark.colour, mark.shape) for mark in MARKS}) == len(MARKS)
    assert len({mark.shape for mark in MARKS}) == len(MARKS)


@pytest.mark.parametrize("mark", MARKS, ids=lambda mark: mark.state)
def test_places_fill_the_picture_evenly(mark: Mark) -> None:
    found = places(mark, 400)
    assert found.min() >= 0.0
    assert found.max() < 1.0 + 1e-12
    for row in (0, 1):
        shares = np.histogram(found[:, row], bins=8, range=(0.0, 1.0))[0] / 400
        assert np.abs(shares - 1 / 8).max() < 0.02
    apart = np.linalg.norm(found[:, None, :2] - found[None, :, :2], axis=2) + np.eye(400)
    assert apart.min() > 0.4 / np.sqrt(400.0)  # of the distance in a square grid


def test_no_two_states_stand_in_step() -> None:
    for i, first in enumerate(MARKS):
        for second in MARKS[i + 1 :]:
            shift = (places(first, 50) - places(second, 50))[:, :2] % 1.0
            assert MARKS.index(second) - i == 8 or np.std(shift, axis=0).max() > 0.1


@pytest.mark.parametrize(("value", "marks"), [(float("nan"), 0), (-1e-9, 0), (0.0, 0), (0.0124, 2), (1.0, 200)])
def test_marks_are_whole_and_never_less_than_none(value: float, marks: int) -> None:
    assert marks_of(next(mark for mark in MARKS if mark.state == "collagen_iii"), value) == marks


def rectangles(axes: Axes, colour: str) -> list[Rectangle]:
    patches = [patch for patch in axes.patches if isinstance(patch, Rectangle)]
    return [patch for patch in patches if to_hex(patch.get_facecolor()) == colour]


@pytest.mark.parametrize(("colour", "state"), [(SKIN, "epidermal_cover"), (HORN, "barrier")])
def test_the_gaps_of_a_layer_are_the_share_that_is_open(course: xr.Dataset, colour: str, state: str) -> None:
    axes = panel(course, 0.2)
    covered = sum(patch.get_width() for patch in rectangles(axes, colour)) / axes.get_xlim()[1]
    assert covered == pytest.approx(value(course, state, 0.2), abs=1e-9)
    assert covered < 1.0 - 1e-4


def test_layers_are_as_thick_as_the_course_says(course: xr.Dataset) -> None:
    (dermis,) = rectangles(panel(course, 30.0), DERMIS)
    assert 1000.0 * dermis.get_y() == pytest.approx(value(course, "epidermal_thickness", 30.0))
    low = dermis.get_y() + course.attrs["dermis_thickness_mm"]
    assert dermis.get_y() + dermis.get_height() == pytest.approx(min(low, panel(course, 30.0).get_ylim()[0]))


def tips(axes: Axes) -> list[float]:
    """Depths of the channels."""
    ways = [np.asarray(line.get_ydata(), dtype=float) for line in axes.lines if np.size(line.get_ydata()) == 3]
    return [float(way[1]) for way in ways if way[0] == way[2] == 0.0]


def test_channels_reach_as_deep_as_those_of_the_last_session(course: xr.Dataset) -> None:
    first, second = (float(depth) for depth in course["channel_depth"].values)
    assert tips(panel(course, 20.0)) == pytest.approx([first] * len(tips(panel(course, 20.0))))
    assert tips(panel(course, 35.0)) == pytest.approx([second] * len(tips(panel(course, 35.0))))
    apart = 10.0 / np.sqrt(float(course["channel_density"].values[-1]))
    assert len(tips(panel(course, 35.0))) == pytest.approx(panel(course, 35.0).get_xlim()[1] / apart, abs=0.5)


def test_there_is_no_channel_before_the_first_session_nor_in_the_twin(course: xr.Dataset) -> None:
    assert tips(panel(course, -5.0)) == []
    treated, untreated = course.cx.section(1.0, untreated=True).axes
    assert tips(treated) != []
    assert tips(untreated) == []
    assert [axes.get_title("left") for axes in (treated, untreated)] == ["day 1, treated", "day 1, untreated"]


def test_the_twin_is_drawn_from_its_own_states(course: xr.Dataset) -> None:
    _, untreated = course.cx.section(3.0, untreated=True).axes
    neutrophils = next(mark for mark in MARKS if mark.state == "neutrophils")
    assert len(places_drawn(untreated, neutrophils)) == 0
    assert len(places_drawn(panel(course, 3.0), neutrophils)) > 0


def test_without_a_session_there_is_one_row_of_untreated_skin() -> None:
    figure = cx.run(_core.parse_scenario(AGEING)).cx.section(0.0, 30.0, untreated=True)
    assert [axes.get_title("left") for axes in figure.axes] == ["day 0, untreated", "day 30, untreated"]
    assert not any(text.startswith("channel") for text, _ in boxes_of_texts(figure))


@pytest.mark.parametrize(("days", "untreated"), [((3.0,), False), ((), True), ((0.0, 3.0, 30.0, 180.0), False)])
def test_no_text_is_cut_or_covers_another(course: xr.Dataset, days: tuple[float, ...], untreated: bool) -> None:
    figure = course.cx.section(*days, untreated=untreated)
    assert illegible(figure) == []


def test_the_words_hold_the_numbers_of_the_picture(course: xr.Dataset) -> None:
    figure = course.cx.section(3.0, untreated=True)
    words = figure.get_label()
    assert words == section_words(course, (3.0,), untreated=True)
    treated, untreated = words.split("On day 3, ")[1:]
    for told, axes in zip((treated, untreated), figure.axes, strict=True):
        for mark in MARKS:
            (count,) = re.findall(rf"[;,] (\d+) of {re.escape(mark.told)}[,.]", told)
            assert int(count) == len(places_drawn(axes, mark))


def test_the_same_picture_is_drawn_again(course: xr.Dataset) -> None:
    assert picture(course.cx.section(3.0)) == picture(figure_of(panel(course, 3.0)))


@pytest.mark.parametrize(
    ("days", "told"),
    [((9000.0,), "day 9000 lies outside the course"), ((-11.0,), "from day -10 to"), ((1, 2, 3, 4, 5), "1 to 4 days")],
)
def test_days_that_cannot_be_drawn_are_refused(course: xr.Dataset, days: tuple[float, ...], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        course.cx.section(*days)


def test_days_that_the_outputs_do_not_tell_are_refused_with_what_to_write(course: xr.Dataset) -> None:
    monthly = cx.run(
        _core.parse_scenario(TEXT.replace('duration = "7 months"', 'duration = "7 months", outputs = "monthly"'))
    )
    with pytest.raises(ValueError, match="day 3 lies between the outputs on days") as caught:
        monthly.cx.section(3.0)
    (line,) = re.findall(r'outputs = \["[^"]*"\]', str(caught.value))
    mended = cx.run(_core.parse_scenario(TEXT.replace('duration = "7 months"', f'duration = "7 months", {line}')))
    assert section_of(mended, 3.0).values == pytest.approx(section_of(course, 3.0).values, rel=1e-4, abs=1e-6)
    assert section_of(mended, 3.0).counts["neutrophils"] > 0


def test_no_state_is_read_across_a_session(course: xr.Dataset) -> None:
    days = course["time"].values - 10.0
    apart = course.isel(time=(days <= 29.5) | (days >= 30.5))  # the second session is on day 30 after the first
    for day in (29.9, 30.2):
        with pytest.raises(ValueError, match="with a session among them"):
            section_of(apart, day)
    at_the_session = course.isel(time=(days <= 30.0) | (days >= 30.4))  # an output at a session is of before it
    with pytest.raises(ValueError, match="with a session among them"):
        section_of(at_the_session, 30.2)
    assert section_of(at_the_session, 30.0).values["platelets"] == float(course["platelets"].sel(time=40.0))


def test_what_is_not_needled_skin_has_no_section(course: xr.Dataset) -> None:
    with pytest.raises(ValueError, match=r"has no elastin, perfusion, platelets and 1 more; `cicatrix run`"):
        section_of(course.drop_vars(["elastin", "perfusion", "barrier", "platelets"]), 3.0)
    with pytest.raises(ValueError, match=r"has no elastin; `cicatrix run`"):
        course.drop_vars("untreated_elastin").cx.section(3.0, untreated=True)


def test_a_course_that_broke_off_is_drawn_no_further_than_it_got(course: xr.Dataset) -> None:
    broken = course.copy(deep=True)
    broken["elastin"][broken["time"] > 30.0] = np.nan
    assert section_of(broken, 3.0).counts["elastin"] > 0
    with pytest.raises(ValueError, match="elastin has no value on day 100: the course did not get so far"):
        section_of(broken, 100.0)


def test_the_command_writes_a_section_with_its_words(result_file: Path, tmp_path: Path) -> None:
    target = tmp_path / "day.png"
    assert cli.main(["figure", str(result_file), "--section", "3", "--untreated", "-o", str(target)]) == Exit.DONE
    with Image.open(target) as image:
        words = str(image.info["Description"])
    assert words == section_words(cx.open(result_file), (3.0,), untreated=True)


def test_the_command_draws_what_plot_draws(
    result_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "lines.png"
    assert cli.main(["figure", str(result_file), "wrinkle_depth", "--until", "30", "-o", str(target)]) == Exit.DONE
    assert capsys.readouterr().out.strip() == str(target)
    with Image.open(target) as image:
        assert "Wrinkle depth: " in str(image.info["Description"])


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (["--untreated"], "--untreated goes with --section DAY"),
        (["tewl", "--section", "3"], "leave out names"),
        (["--section", "9000"], "lies outside the course"),
        (["wrinkle"], "did you mean 'wrinkle_depth'"),
        (["-o", "{result}"], "figures are written as"),
    ],
)
def test_the_command_says_what_it_cannot_draw(
    given: list[str],
    told: str,
    result_file: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    try:
        code = cli.main(["figure", str(result_file), *given])
    except SystemExit as ended:
        code = int(ended.code or 0)
    assert code == Exit.USAGE
    assert told in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["figure", "diff"])
def test_the_help_of_a_command_that_draws_begins_with_an_example(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit):
        cli.main([command, "--help"])
    told = capsys.readouterr().out
    assert f"example: cicatrix {command}" in told
    assert "-o FILE" in told or "--figure FILE" in told
