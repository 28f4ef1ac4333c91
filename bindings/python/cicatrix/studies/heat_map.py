"""An outcome over two factors of a grid, with its values in the cells; a third factor makes one map for each level."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from matplotlib.patheffects import withStroke
from matplotlib.ticker import MaxNLocator

from cicatrix.colour_scales import LINE, Scale, add_colour_bar, amounts, changes
from cicatrix.readouts import meaning_of, printed_unit, spoken
from cicatrix.studies.draws import Array
from cicatrix.studies.factor_grid import Levels, factors_of, grid, levels_of, outcomes_of
from cicatrix.studies.outcome_names import outcome_in
from cicatrix.theme import BLACK, BRIGHT, DARK_HALO, HALO, PRINT, STYLE, Palette, small_print
from cicatrix.told_errors import UnusableError

if TYPE_CHECKING:
    from matplotlib.axes import Axes

MOST_MAPS = 12
MOST_MARKS = 12  # along an axis
MOST_SHAPES = 1000  # cells that are shapes of their own in a file of shapes; more become a picture
LINES = 5  # of equal value, about
# Inches.
CELL, NARROWEST, WIDEST, LOWEST, TALLEST = 0.56, 1.3, 4.6, 1.1, 3.9
WIDE_AMONG, TALL_AMONG = 2.3, 1.6  # of one map among more than three
LEFT, RIGHT, TOP, UNDER, BETWEEN, FOOT, BAR = 0.85, 1.0, 0.55, 0.5, 0.32, 0.24, 0.13
PAGE = 10.0
LETTER = 0.075  # width of a printed digit
SLANT = 0.5  # sine of the slant of names that would cover each other
DARK = 0.42  # luminance of a colour on which white letters are read better than black ones


@dataclass(frozen=True)
class Maps:
    """What is drawn: values (maps, rows, columns) and what stands along each."""

    outcome: str
    unit: str
    told: str
    across: Levels
    down: Levels
    beside: Levels | None
    values: Array
    is_change: bool

    @property
    def titles(self) -> list[str]:
        """What each map is for; empty where there is one."""
        if self.beside is None:
            return [""]
        unit = printed_unit(self.beside.unit)
        name = self.beside.title.split(" (")[0]
        return [f"{name}: {text} {unit}".rstrip() for text in self.beside.texts]


@dataclass(frozen=True)
class Layout:
    """Where the maps stand, in inches."""

    wide: float
    tall: float
    columns: int
    rows: int
    left: float  # for the levels of the factor upwards
    over: float  # for the title of a map
    under: float  # for the names of its levels
    letters: float  # width of the longest level to the right, with air
    is_slanted: bool

    @classmethod
    def of(cls, maps: Maps) -> "Layout":
        """As many maps beside each other as a page takes."""
        count = len(maps.across.values)
        several = len(maps.values) > 3
        wide = float(np.clip(CELL * count, NARROWEST, WIDE_AMONG if several else WIDEST))
        tall = float(np.clip(0.6 * CELL * len(maps.down.values), LOWEST, TALL_AMONG if several else TALLEST))
        left = max(LEFT, 0.4 + LETTER * max(map(len, maps.down.texts)))
        columns = min(len(maps.values), max(1, int((PAGE - left - RIGHT) / (wide + BETWEEN))))
        longest = LETTER * max(map(len, maps.across.texts))
        words = isinstance(maps.across.values[0], str)
        is_slanted = words and longest > wide / min(count, MOST_MARKS)
        under = UNDER + (SLANT * longest if is_slanted else 0.0)
        over, rows = 0.25 if maps.beside else 0.0, -(-len(maps.values) // columns)
        return cls(wide, tall, columns, rows, left, over, under, longest + 2 * LETTER, is_slanted)

    @property
    def marks(self) -> tuple[int, int]:
        """How many levels are named along both axes; slanted words are all named."""
        across = MOST_MARKS if self.is_slanted else max(2, int(self.wide / self.letters))
        return min(across, MOST_MARKS), min(max(2, int(self.tall / 0.17)), MOST_MARKS)

    @property
    def width(self) -> float:
        """Of the page."""
        return max(self.left + self.columns * (self.wide + BETWEEN) - BETWEEN + RIGHT, 4.6)

    @property
    def height(self) -> float:
        """Of the page."""
        return TOP + self.rows * (self.tall + self.under + self.over) + FOOT

    def _low(self, row: int) -> float:
        return FOOT + (self.rows - 1 - row) * (self.tall + self.under + self.over) + self.under

    def box(self, number: int) -> tuple[float, float, float, float]:
        """The place of a map as matplotlib takes it."""
        row, column = divmod(number, self.columns)
        left, low = self.left + column * (self.wide + BETWEEN), self._low(row)
        return left / self.width, low / self.height, self.wide / self.width, self.tall / self.height

    @property
    def box_of_bar(self) -> tuple[float, float, float, float]:
        """The place of the bar of colours, beside the first row."""
        left = self.left + self.columns * (self.wide + BETWEEN) - BETWEEN + 0.14
        return left / self.width, self._low(0) / self.height, BAR / self.width, self.tall / self.height


def maps_of(
    sweep: xr.Dataset, outcome: str = "", *, over: tuple[str, ...] = (), at: Mapping[str, Any] | None = None
) -> Maps:
    """An outcome over the factors `over`: along the axis to the right, the one upwards, and from map to map.

    Without names the first outcome, over the factors in their order. `at` chooses levels of the others, and the
    protocol as `arm`. Raises KeyError, ValueError.
    """
    outcome = outcome_in(outcome, outcomes_of(sweep), "sweep") if outcome else outcomes_of(sweep)[0]
    chosen = dict(at or {})
    if "arm" in sweep[outcome].dims and "arm" not in chosen:
        chosen["arm"] = str(sweep["arm"].values[0])
    table = grid(sweep, outcome, chosen)
    free = [name for name in factors_of(sweep) if name not in chosen]
    order = [*over, *_usual_order(sweep, [name for name in free if name not in over])]
    if not 2 <= len(order) <= 3 or set(order) != set(free):
        raise UnusableError(_why_not(over, free))
    across, down, *rest = (levels_of(sweep, name) for name in order)
    if rest and len(rest[0].values) > MOST_MAPS:
        told = f"{len(rest[0].values)} maps, one for each {rest[0].name}, are too many for one figure"
        raise UnusableError(f"{told}, which has up to {MOST_MAPS}; choose levels with at=")
    values = table.transpose(*[levels.name for levels in rest], down.name, across.name).values
    arm = f", {chosen['arm']}" if "arm" in chosen else ""
    return Maps(
        outcome=outcome,
        unit=str(table.attrs.get("units", "1")),
        told=meaning_of(table) + arm,
        across=across,
        down=down,
        beside=rest[0] if rest else None,
        values=np.asarray(values, dtype=float).reshape(-1, len(down.values), len(across.values)),
        is_change="_effect_" in outcome,
    )


def _usual_order(sweep: xr.Dataset, names: list[str]) -> list[str]:
    """Numbers with many levels first, along the axes; words and numbers with few make the maps."""
    levels = {name: levels_of(sweep, name).values for name in names}
    return sorted(names, key=lambda name: (isinstance(levels[name][0], str), -len(levels[name])))


def _why_not(over: tuple[str, ...], free: list[str]) -> str:
    if unknown := [name for name in over if name not in free]:
        return f"{unknown[0]!r} is no factor that varies; those are: {', '.join(free)}"
    if len(free) > 3:
        return f"a map shows two or three factors and {len(free)} vary ({', '.join(free)}); choose levels with at="
    return f"a map takes two factors that vary; there is {', '.join(free) or 'none'}"


def is_mapped(sweep: xr.Dataset, outcome: str) -> bool:
    """Whether an outcome fills maps that can be looked at, without a choice of factors or levels."""
    try:
        return maps_of(sweep, outcome).values.size > 0
    except ValueError:
        return False


def heat_map(
    sweep: xr.Dataset,
    outcome: str = "",
    *,
    over: tuple[str, ...] = (),
    at: Mapping[str, Any] | None = None,
    palette: Palette = PRINT,
) -> Figure:
    """Draws the maps of `maps_of`, which names what it takes and raises; the maps share one scale of colours."""
    maps = maps_of(sweep, outcome, over=over, at=at)
    layout = Layout.of(maps)
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(layout.width, layout.height), facecolor=palette.page)
        scale = _scale(maps)
        mesh: Any = None
        for number, (values, title) in enumerate(zip(maps.values, maps.titles, strict=True)):
            axes = figure.add_axes(layout.box(number))
            mesh = _draw(axes, maps, values, scale, layout=layout, palette=palette)
            axes.set_title(title, loc="left", size=8.5, color=palette.ink, pad=4)
            _name_axes(axes, maps, first=number % layout.columns == 0, palette=palette)
        add_colour_bar(figure.add_axes(layout.box_of_bar), mesh, scale, palette, label=printed_unit(maps.unit))
        _write_head(figure, maps, palette)
        small_print(figure, sweep, palette)
        if not np.isfinite(maps.values).all():
            right, up = 1 - 0.012, 0.06 / layout.height
            figure.text(right, up, "hatched: no value", ha="right", va="bottom", size=8, color=palette.quiet)
        figure.draw_without_rendering()  # makes the marks of the axes while the settings are ours
    return figure


def _scale(maps: Maps) -> Scale:
    known = maps.values[np.isfinite(maps.values)]
    if maps.is_change and known.size and known.min() < 0 < known.max():
        return changes(known, float(np.abs(known).max()))
    return amounts(known)


def _draw(axes: "Axes", maps: Maps, values: Array, scale: Scale, *, layout: Layout, palette: Palette) -> Any:
    rows, columns = values.shape
    axes.set_facecolor(palette.page)
    axes.patch.set(hatch="////", edgecolor=palette.quiet, linewidth=0)  # is seen where there is no value
    drawn = np.ma.masked_invalid(values)
    looks: dict[str, Any] = {"cmap": scale.map, "norm": scale.norm, "rasterized": maps.values.size > MOST_SHAPES}
    mesh = axes.pcolormesh(np.arange(columns + 1), np.arange(rows + 1), drawn, **looks)
    for spine in axes.spines.values():
        spine.set_visible(False)
    for axis, levels, marks in zip((axes.xaxis, axes.yaxis), (maps.across, maps.down), layout.marks, strict=True):
        step = -(-len(levels.values) // marks)
        places = range(0, len(levels.values), step)
        axis.set_ticks([place + 0.5 for place in places], [levels.texts[place] for place in places])
    if layout.is_slanted:
        for label in axes.get_xticklabels():
            label.set(rotation=30, ha="right", rotation_mode="anchor")
    axes.tick_params(colors=palette.quiet, labelcolor=palette.ink, labelsize=8.5, length=0)
    texts = [[number_text(value, maps.values) for value in row] for row in values]
    widest = max(len(text) for row in texts for text in row)
    if LETTER * widest < layout.wide / columns and layout.tall / rows > 0.15:
        _write_values(axes, values, texts, scale)
    elif rows > 2 and columns > 2:
        _write_lines(axes, values, maps)
    return mesh


def _write_lines(axes: "Axes", values: Array, maps: Maps) -> None:
    """Lines of equal value with their values, the same in all maps, where cells are too small to be written in."""
    known = maps.values[np.isfinite(maps.values)]
    if not known.size or known.min() == known.max() or not np.isfinite(values).any():
        return
    levels = MaxNLocator(nbins=LINES).tick_values(float(known.min()), float(known.max()))
    inside = [level for level in levels if np.nanmin(values) < level < np.nanmax(values)]
    if not inside:
        return
    rows, columns = values.shape
    middles = np.arange(columns) + 0.5, np.arange(rows) + 0.5
    for colour, width in ((HALO, 1.4), (LINE, 0.7)):
        drawn = axes.contour(
            *middles, np.ma.masked_invalid(values), levels=inside, colors=colour, linewidths=width, linestyles="solid"
        )
    texts = axes.clabel(drawn, fmt=lambda level: f"{level:g}", fontsize=7.5, inline=False)
    for text in texts:
        text.set(color=LINE, path_effects=[withStroke(linewidth=1.8, foreground=DARK_HALO)])


def _write_values(axes: "Axes", values: Array, texts: list[list[str]], scale: Scale) -> None:
    for (row, column), value in np.ndenumerate(values):
        if not np.isfinite(value):
            continue
        red, green, blue, _ = scale.map(scale.norm(scale.drawn(value)))
        bright = 0.2126 * red**2.2 + 0.7152 * green**2.2 + 0.0722 * blue**2.2
        colour = BRIGHT if bright < DARK**2.2 else BLACK
        axes.text(column + 0.5, row + 0.5, texts[row][column], ha="center", va="center", size=8, color=colour)


def number_text(value: float, among: Array) -> str:
    """A value with as many decimals as tell it from its neighbours: three digits of the largest of them."""
    known = np.abs(among[np.isfinite(among)])
    largest = float(known.max(initial=0.0))
    if not np.isfinite(value):
        return ""
    if largest == 0 or largest >= 1e5 or largest < 1e-2:
        return f"{value:.2g}"
    decimals = max(0, 2 - int(np.floor(np.log10(largest))))
    text = f"{value:.{decimals}f}"
    return text.lstrip("-") if float(text) == 0 else text


def _name_axes(axes: "Axes", maps: Maps, *, first: bool, palette: Palette) -> None:
    axes.set_xlabel(maps.across.title, size=8.5, color=palette.quiet)
    if first:
        axes.set_ylabel(maps.down.title, size=8.5, color=palette.quiet)
    else:
        axes.tick_params(axis="y", labelleft=False)


def _write_head(figure: Figure, maps: Maps, palette: Palette) -> None:
    width, height = (float(length) for length in figure.get_size_inches())
    unit = printed_unit(maps.unit)
    title = f"{spoken(maps.outcome)} ({unit})" if unit else spoken(maps.outcome)
    up = 1 - 0.08 / height
    figure.text(0.12 / width, up, title, va="top", size=11, weight="bold", color=palette.ink)
    letters = int((width - 0.24) / 0.066)
    told = maps.told if len(maps.told) <= letters else maps.told[: letters - 2].rsplit(" ", 1)[0] + " …"
    figure.text(0.12 / width, up - 0.2 / height, told, va="top", size=8, color=palette.quiet)


def heat_map_words(
    sweep: xr.Dataset, outcome: str = "", *, over: tuple[str, ...] = (), at: Mapping[str, Any] | None = None
) -> str:
    """What the maps show, in words, for those who cannot see them."""
    maps = maps_of(sweep, outcome, over=over, at=at)
    unit = printed_unit(maps.unit)
    kinds = [f"{maps.across.title} to the right", f"{maps.down.title} upwards"]
    kinds += [f"one map for each {maps.beside.title}"] if maps.beside else []
    told = [f"{spoken(maps.outcome)}: map of {maps.values.size} members, {', '.join(kinds)}."]
    if not np.isfinite(maps.values).any():
        return " ".join([*told, "No value."])
    for word, find in (("Lowest", np.nanargmin), ("Highest", np.nanargmax)):
        beside, row, column = np.unravel_index(int(find(maps.values)), maps.values.shape)
        value = f"{number_text(float(maps.values[beside, row, column]), maps.values)} {unit}".rstrip()
        where = [_place(maps.across, int(column)), _place(maps.down, int(row))]
        where += [_place(maps.beside, int(beside))] if maps.beside else []
        told.append(f"{word}: {value} at {', '.join(where)}.")
    missing = int(np.sum(~np.isfinite(maps.values)))
    return " ".join([*told, f"{missing} without a value."] if missing else told)


def _place(levels: Levels, at: int) -> str:
    name, _, unit = levels.title.partition(" (")
    return f"{name.lower()} {levels.texts[at]} {unit.rstrip(')')}".rstrip()
