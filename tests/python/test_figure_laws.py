"""Laws of every kind of figure: words with numbers, whole texts apart from each other, no empty panel, one theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from drawn_figures import illegible, luminance
from every_figure import FIGURES, WOUND, drawn, treated
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.cm import ScalarMappable
from matplotlib.collections import Collection
from matplotlib.colors import to_hex, to_rgba
from matplotlib.figure import Figure
from matplotlib.lines import Line2D
from matplotlib.patches import Patch
from matplotlib.text import Text
from sample_front import a_front

import cicatrix as cx
from cicatrix import _core, theme
from cicatrix.position_figures import lines, space_time_words
from cicatrix.readouts import spoken
from cicatrix.studies.front_figure import front_figure, front_words
from cicatrix.svg import MARKS

KINDS = list(FIGURES)
NEUTRAL = {"#ffffff", "#000000", theme.DARK_HALO, to_hex(theme.HALO)}
GROUNDS = {theme.SKIN, theme.HORN, theme.DERMIS}
OF_PAGES = {getattr(palette, name) for palette in (theme.PRINT, MARKS) for name in vars(theme.PRINT)}
SERIES = {*theme.SERIES, theme.REST, *theme.GRADES.values()}
ORDERED = {colour for count in range(1, 20) for dark in (0.0, 0.28) for colour in theme.in_order(count, darkest=dark)}
THEME = NEUTRAL | GROUNDS | OF_PAGES | SERIES | ORDERED
# Machado, Oliveira and Fernandes 2009, doi 10.1109/TVCG.2009.113, whole deficiency, on linear red, green and blue.
UNLIKE = {
    "normal": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
}
XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])
JUST_NOTICED = 2.3  # of the distances below; colours of a figure are to be many times as far apart


@pytest.mark.parametrize("kind", KINDS)
def test_each_figure_says_in_words_what_it_shows(kind: str) -> None:
    words = drawn(kind)[1]
    assert len(words) > 40
    assert len(re.findall(r"\d+(?:\.\d+)?", words)) >= 2
    assert "nan" not in words.lower().split()


@pytest.mark.parametrize("kind", KINDS)
def test_no_text_is_cut_and_none_covers_another(kind: str) -> None:
    assert illegible(drawn(kind)[0]) == []


@pytest.mark.parametrize("kind", KINDS)
def test_no_panel_is_empty(kind: str) -> None:
    assert [axes.get_title("left") for axes in drawn(kind)[0].axes if not has_data(axes)] == []


def has_data(axes: Axes) -> bool:
    """Whether something is drawn beyond lines across the whole panel."""
    lines = [line for line in axes.lines if np.isfinite(np.asarray(line.get_ydata(), dtype=float)).any()]
    drawn_lines = [line for line in lines if np.size(line.get_xdata()) != 2 or line.get_marker() not in ("", "None")]
    return bool(drawn_lines or axes.patches or axes.collections or axes.images)


def colours_of(figure: Figure) -> Iterator[tuple[str, Artist]]:
    """Every colour that is seen, but for those of maps, with what has it."""
    for artist in figure.findobj(lambda each: isinstance(each, Line2D | Patch | Collection | Text)):
        if not artist.get_visible() or artist.get_alpha() == 0:
            continue
        if isinstance(artist, Text):
            if artist.get_text().strip():
                yield to_hex(artist.get_color()), artist
        elif isinstance(artist, Line2D):
            yield from of_line(artist)
        elif isinstance(artist, Collection):
            if not isinstance(artist, ScalarMappable) or artist.get_array() is None:
                yield from ((to_hex(each), artist) for each in (*artist.get_facecolor(), *artist.get_edgecolor()))
        elif isinstance(artist, Patch):
            faces = [artist.get_facecolor(), *([artist.get_edgecolor()] if artist.get_linewidth() else [])]
            yield from ((to_hex(each), artist) for each in faces if to_rgba(each)[3] > 0)


def of_line(line: Line2D) -> Iterator[tuple[str, Artist]]:
    if line.get_linestyle() not in ("None", "none", ""):
        yield to_hex(line.get_color()), line
    if line.get_marker() not in ("None", "none", "", None):
        faces = [line.get_markerfacecolor(), line.get_markeredgecolor()]
        yield from ((to_hex(each), line) for each in faces if str(each) != "none")


@pytest.mark.parametrize("kind", KINDS)
def test_all_colours_are_those_of_the_theme(kind: str) -> None:
    others = {colour: artist for colour, artist in colours_of(drawn(kind)[0]) if colour not in THEME}
    assert others == {}


def test_the_law_of_colours_sees_one_that_is_not_of_the_theme() -> None:
    figure = Figure()
    axes = figure.add_subplot()
    axes.plot([0, 1], [0, 1], color="#123456")
    axes.fill_between([0, 1], [1, 2], color="#654321")
    found = {colour for colour, _ in colours_of(figure)} - THEME
    assert {"#123456", "#654321"} <= found
    assert has_data(axes)
    assert not has_data(Figure().add_subplot())


def contrast(colour: str, page: str) -> float:
    low, high = sorted((luminance(colour), luminance(page)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colour", sorted(SERIES))
def test_colours_stand_out_from_paper(colour: str) -> None:
    assert contrast(colour, theme.PRINT.page) >= 3.0


@pytest.mark.parametrize("screen", theme.SCREEN)
def test_colours_of_a_page_stand_out_from_it_light_or_dark(screen: dict[str, str]) -> None:
    for name in ("--ink", "--quiet", "--inflammation", "--matrix", "--maturation"):
        assert contrast(screen[name], screen["--page"]) >= (4.5 if name in ("--ink", "--quiet") else 3.0)


def lab(colour: str, sight: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """A colour in CIELAB of 1976 as someone of this sight sees it."""
    channels = np.array([int(colour[i : i + 2], 16) / 255.0 for i in (1, 3, 5)])
    linear = np.where(channels <= 0.04045, channels / 12.92, ((channels + 0.055) / 1.055) ** 2.4)
    relative = XYZ @ np.clip(sight @ linear, 0.0, 1.0) / (XYZ @ np.ones(3))
    bent = np.where(relative > (6 / 29) ** 3, np.cbrt(relative), relative / (3 * (6 / 29) ** 2) + 4 / 29)
    return np.array([116 * bent[1] - 16, 500 * (bent[0] - bent[1]), 200 * (bent[1] - bent[2])])


@pytest.mark.parametrize("sight", UNLIKE)
def test_colours_are_told_apart_by_those_who_see_red_and_green_alike(sight: str) -> None:
    for first, second in combinations([*theme.SERIES, theme.REST], 2):
        apart = float(np.linalg.norm(lab(first, UNLIKE[sight]) - lab(second, UNLIKE[sight])))
        assert apart > 6 * JUST_NOTICED, (first, second)


def test_the_simulation_makes_red_and_green_alike() -> None:
    red, green = "#c04040", "#608020"
    near = [float(np.linalg.norm(lab(red, sight) - lab(green, sight))) for sight in UNLIKE.values()]
    assert near[1] < 0.5 * near[0]
    assert near[2] < 0.5 * near[0]
    grey = [lab("#808080", sight) for sight in UNLIKE.values()]
    assert np.allclose(grey[1], grey[0], atol=0.5)  # rows of the matrices add up to 1


@pytest.mark.parametrize("seed", range(4))
def test_labels_of_a_front_neither_cover_each_other_nor_a_point_that_is_named(seed: int) -> None:
    figure = front_figure(a_front(12, seed=seed))
    assert illegible(figure) == []
    (axes,) = figure.axes
    places = np.vstack([line.get_xydata() for line in axes.lines if line.get_marker() == "o"])
    points = axes.transData.transform(places)
    for text in axes.texts:
        box = Text.get_window_extent(text)
        inside = (points > (box.x0, box.y0)) & (points < (box.x1, box.y1))
        assert not inside.all(axis=1).any(), text


def test_a_protocol_of_many_choices_goes_on_in_the_next_line() -> None:
    found = a_front(3)
    many = {f"parameters.a_long_name_{i}": ("candidate", np.full(3, 0.123456 + i), {"units": "1/d"}) for i in range(4)}
    found = found.assign(many).assign_attrs(choices="; ".join([found.attrs["choices"], *many]))
    figure = front_figure(found)
    assert illegible(figure) == []
    whole = " ".join(text.get_text().strip() for text in figure.texts)
    assert whole.count("a long name 3 3.12 1/d") == 3


def test_a_value_that_is_next_to_nothing_is_not_told_to_three_digits() -> None:
    found = a_front(3)
    found["downtime_final"][0] = 1.54e-05
    assert "~0 days" in front_words(found)


def test_numbers_of_a_map_over_position_are_those_of_its_states() -> None:
    wound = cx.run(_core.parse_scenario(WOUND))
    words = space_time_words(wound)
    for name in lines(wound):
        values = wound[name].transpose("time", "position").values
        high, when, low = re.findall(rf"{spoken(name)}: highest (\S+) at time (\S+), lowest (\S+)\.", words)[0]
        assert [float(high), float(low)] == pytest.approx([values.max(), values.min()], rel=0.006, abs=1e-9)
        day = float(wound["time"].values[values.max(axis=1).argmax()])
        assert float(when) == pytest.approx(day, rel=0.006)


def test_numbers_of_the_words_are_those_of_the_course() -> None:
    words = drawn("read-outs")[1]
    depth = treated()["wrinkle_depth"].values
    first, last = re.findall(r"Wrinkle depth: (\S+) µm at first, (\S+) µm at the end", words)[0]
    assert [float(first), float(last)] == pytest.approx([depth[0], depth[-1]], rel=0.006)
