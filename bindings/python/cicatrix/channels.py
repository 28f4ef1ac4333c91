"""Micro-injury in figures: how many channels reach which layer at which needle length, and a map of a treated patch."""

import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import matplotlib
import numpy as np
from matplotlib.cm import ScalarMappable
from matplotlib.collections import EllipseCollection
from matplotlib.colors import BoundaryNorm, ListedColormap
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from cicatrix import _core
from cicatrix.milestones import Array
from cicatrix.theme import DOTTED, PRINT, STYLE, Palette, dress, in_order

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

Device: TypeAlias = "_core.Roller | _core.Pen | _core.Stamp | _core.FractionalLaser | _core.Scattered"
PER_CM2 = 100.0  # square millimetres
LENGTHS = tuple(np.round(np.arange(0.25, 3.0001, 0.05), 3).tolist())
UNCALIBRATED = "Not yet calibrated."


@dataclass(frozen=True)
class Layer:
    """What a channel can reach, and how its curve is drawn."""

    name: str
    words: str
    colour: str  # of the palette
    dashes: tuple[float, tuple[float, ...]]  # none: a solid line


@dataclass(frozen=True)
class Use:
    """A device as it is used, and which of its numbers nobody knows well."""

    name: str
    device: Device
    passes: int
    dent: str

    @property
    def title(self) -> str:
        """The device with its dose."""
        strikes = PER_CM2 * self.device.density_per_pass * self.passes
        return f"{self.name}, {self.passes} {'pass' if self.passes == 1 else 'passes'}\n({strikes:.0f} strikes/cm²)"


LAYERS = (
    Layer("papillary", "papillary dermis", "inflammation", (0.0, ())),
    Layer("reticular", "reticular dermis", "collagen_total", (0.0, (5.0, 1.5))),
    Layer("below", "through the dermis", "collagen_i_mature", (0.0, (1.5, 1.2))),
)


def usual_devices() -> tuple[Use, ...]:
    """Roller, stamp and pen at doses that clinics use: some 230 to 260 strikes on a square centimetre."""
    return (
        Use("Roller", _core.Roller(), 15, "roller_dent"),
        Use("Stamp", _core.Stamp(), 4, "stamp_dent"),
        Use("Pen", _core.Pen(), 1, "pen_dent"),
    )


def injury_table(lengths_mm: Sequence[float] = LENGTHS, *, site: str = "cheek", draws: int = 100) -> "pd.DataFrame":
    """Channels/cm2 that reach each layer: one row for each device, needle length (mm) and layer.

    `low` and `high` enclose nine tenths of the draws of the penetration parameters from their ranges.
    """
    import pandas as pd

    depths = _core.layer_depths(site)
    rows = []
    for use in usual_devices():
        drawn = _drawn((use.dent, "shallow_ratio", "depth_variation"), draws)
        for length in lengths_mm:
            middle = _reaching(use, length, depths, site, {})
            low, high = np.quantile([_reaching(use, length, depths, site, p) for p in drawn], (0.05, 0.95), axis=0)
            rows += [
                {"device": use.name, "needle_length": length, "layer": layer.name, "channels": c, "low": a, "high": b}
                for layer, c, a, b in zip(LAYERS, middle, low.tolist(), high.tolist(), strict=True)
            ]
    return pd.DataFrame(rows)


def _reaching(use: Use, length: float, depths: Sequence[float], site: str, parameters: dict[str, float]) -> list[float]:
    give = _core.give(site)
    channels = _core.channels(use.device, passes=use.passes, needle_length=length, give=give, parameters=parameters)
    return [PER_CM2 * channels.density_reaching(depth) for depth in depths]


def _drawn(names: Sequence[str], draws: int) -> list[dict[str, float]]:
    """Values of some parameters of the injury that fill their ranges evenly, the same ones each time.

    Each is the fractional part of a multiple of an irrational number of its own.
    """
    rows = {row.name: row for row in _core.course_parameters()}
    shares = [(0.5 + np.arange(draws) * np.sqrt(prime)) % 1.0 for prime in (2.0, 3.0, 5.0)]
    columns = [
        rows[name].low + share * (rows[name].high - rows[name].low) for name, share in zip(names, shares, strict=True)
    ]
    return [dict(zip(names, values, strict=True)) for values in np.column_stack(columns).tolist()]


def half_length(table: "pd.DataFrame", device: str, layer: str) -> float:
    """Needle length in mm from which half of the channels reach a layer; NaN if no length of the table does."""
    rows = table[(table["device"] == device) & (table["layer"] == layer)]
    channels, lengths = (rows[name].to_numpy(dtype=float) for name in ("channels", "needle_length"))
    # The most that any length opens: even the longest needles reach the upper layer with all channels.
    most = float(table[table["device"] == device]["channels"].max())
    above = np.flatnonzero(channels >= 0.5 * most)
    if not above.size:
        return float("nan")
    first = int(above[0])
    if first == 0:
        return float(lengths[0])
    return float(np.interp(0.5 * most, channels[first - 1 : first + 1], lengths[first - 1 : first + 1]))


def injury_headline(table: "pd.DataFrame") -> str:
    """From which needle length each device reaches the reticular dermis, from the numbers."""
    found = {use.name.lower(): half_length(table, use.name, "reticular") for use in usual_devices()}
    told = [f"{length:.1f} mm with a {name}" for name, length in sorted(found.items(), key=lambda row: row[1])]
    return "Length is not depth: half of the channels reach the reticular dermis from " + ", ".join(told)


def injury_figure(table: "pd.DataFrame | None" = None, *, site: str = "cheek", palette: Palette = PRINT) -> Figure:
    """Draws the table of `injury_table`: micro-injury density against needle length, one panel for each device."""
    table = injury_table(site=site) if table is None else table
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7.4, 4.2), facecolor=palette.page)
        panels = figure.subplots(1, 3, sharey=True, sharex=True)
        figure.subplots_adjust(left=0.075, right=0.985, top=0.7, bottom=0.215, wspace=0.09)
        headline = textwrap.fill(injury_headline(table), 84)
        figure.text(0.012, 0.975, headline, va="top", size=11, weight="bold", color=palette.ink)
        _name_layers(figure, _core.layer_depths(site), palette)
        for axes, use in zip(panels, usual_devices(), strict=True):
            _draw_device(axes, table[table["device"] == use.name], palette)
            axes.set_title(use.title, loc="left", size=9.5, color=palette.ink, pad=5)
        panels[0].set_ylabel("channels per cm² that reach it", color=palette.quiet)
        panels[1].set_xlabel("needle length, mm", color=palette.quiet)
        panels[0].set_ylim(0.0, 1.06 * float(table["high"].max()))
        panels[0].set_xlim(0.0, 1.02 * float(table["needle_length"].max()))
        figure.text(0.012, 0.02, _note(site), size=8.5, color=palette.quiet)
        told = "Channels per cm² that reach each layer against needle length, one panel for each device."
        figure.set_label(f"{told} {injury_headline(table)}. {_note(site)}")
        figure.draw_without_rendering()
    return figure


def _note(site: str) -> str:
    return (
        "Line: defaults. Band: 90 % of draws of dent, ratio of short needles and spread of depth from their ranges."
        f"\nSkin of the {site}; the dose of each device is one that clinics use. {UNCALIBRATED}"
    )


def _name_layers(figure: Figure, depths: Sequence[float], palette: Palette) -> None:
    lines = [
        Line2D([], [], color=palette.of(layer.colour), linestyle=layer.dashes, linewidth=2.0, label=label)
        for layer, depth in zip(LAYERS, depths, strict=True)
        for label in [f"{layer.words}, {depth:.2f} mm"]
    ]
    figure.legend(
        handles=lines,
        loc="upper left",
        bbox_to_anchor=(0.0, 0.88),
        ncols=3,
        fontsize=9,
        handlelength=2.4,
        columnspacing=1.4,
        labelcolor=palette.ink,
    )


def _draw_device(axes: "Axes", rows: "pd.DataFrame", palette: Palette) -> None:
    dress(axes, palette)
    for layer in LAYERS:
        shown = rows[rows["layer"] == layer.name]
        length, middle, low, high = (
            shown[name].to_numpy(dtype=float) for name in ("needle_length", "channels", "low", "high")
        )
        colour = palette.of(layer.colour)
        axes.fill_between(length, low, high, color=colour, alpha=0.15, linewidth=0, zorder=2)
        axes.plot(length, middle, color=colour, linestyle=layer.dashes, linewidth=2.0, zorder=4)


def channel_map_figure(
    device: "Device | None" = None,
    *,
    passes: int = 15,
    needle_length_mm: float = 1.5,
    site: str = "cheek",
    width_mm: float = 10.0,
    seed: int = 1,
    palette: Palette = PRINT,
) -> Figure:
    """Draws a treated patch seen from above, pass by pass, and beside it how deep its channels go."""
    device = _core.Roller() if device is None else device
    channels = _core.channels(device, passes=passes, needle_length=needle_length_mm, give=_core.give(site))
    strikes = _core.strike_map(device, channels, passes=passes, width=width_mm, seed=seed)
    bottom = 1.15 * max(channels.depth + 2.0 * channels.depth_spread, _core.layer_depths(site)[1])
    with matplotlib.rc_context(STYLE):
        figure = Figure(figsize=(7.4, 4.6), facecolor=palette.page)
        patch, reached, injured = (
            figure.add_axes((left, 0.175, width, 0.655))
            for left, width in ((0.062, 0.407), (0.592, 0.185), (0.795, 0.185))
        )
        figure.text(0.012, 0.975, map_headline(channels, strikes), va="top", size=11, weight="bold", color=palette.ink)
        _draw_patch(patch, strikes, channels, width_mm, passes, palette)
        _explain_passes(figure, strikes, passes, palette)
        depths = np.linspace(0.0, bottom, 241)
        _draw_reached(reached, device, channels, passes, depths, seed, palette)
        _draw_injured(injured, channels, depths, palette)
        _mark_layers((reached, injured), channels, site, bottom, palette.quiet)
        figure.text(0.012, 0.02, map_note(channels, needle_length_mm), size=8.5, color=palette.quiet)
        told = f"{map_headline(channels, strikes)}. {map_note(channels, needle_length_mm)}"
        figure.set_label(f"A treated patch from above, and its channels against depth. {told}")
        figure.draw_without_rendering()
    return figure


def map_headline(channels: "_core.Channels", strikes: "Sequence[_core.Strike]") -> str:
    """What the patch shows, from the numbers."""
    opened = f"{PER_CM2 * channels.density:.0f} channels per cm², {channels.depth:.2f} mm deep on average"
    if channels.thermal or not strikes:
        return opened
    entered = sum(not strike.is_new for strike in strikes)
    return f"{opened};\n{100 * entered / len(strikes):.1f} % of the strikes on this patch entered an older hole"


def map_note(channels: "_core.Channels", needle_length_mm: float) -> str:
    """What is drawn to scale, how much of the skin is open, and what the points are."""
    what = "Columns of heat" if channels.thermal else f"Needles of {needle_length_mm:g} mm"
    return (
        f"{what}. Dots: mouths to scale, {100 * channels.open_area:.1f} % of the surface. "
        f"Lines: expected; points: counted on maps.\n{UNCALIBRATED}"
    )


def _draw_patch(
    axes: "Axes",
    strikes: "Sequence[_core.Strike]",
    channels: "_core.Channels",
    width: float,
    passes: int,
    palette: Palette,
) -> None:
    axes.set_facecolor(palette.page)
    axes.set_xlim(0.0, width)
    axes.set_ylim(0.0, width)
    axes.set_aspect("equal")
    axes.tick_params(colors=palette.quiet, labelsize=8.5, length=3)
    for spine in axes.spines.values():
        spine.set_color(palette.line)
    axes.set_xlabel("mm", color=palette.quiet, labelpad=1, loc="left")
    new = [strike for strike in strikes if strike.is_new]
    colours = in_order(max(passes, 1))
    _add_dots(axes, new, 2.0 * channels.mouth_radius, [colours[strike.pass_index] for strike in new])
    old = [strike for strike in strikes if not strike.is_new]
    axes.plot(
        [strike.x for strike in old],
        [strike.y for strike in old],
        linestyle="none",
        marker="o",
        markersize=7,
        markerfacecolor="none",
        markeredgecolor=palette.inflammation,
        markeredgewidth=1.2,
        zorder=4,
    )
    axes.set_title("Where the device struck", loc="left", size=9.5, weight="bold", color=palette.ink, pad=6)


def _add_dots(axes: "Axes", strikes: "Sequence[_core.Strike]", diameter: float, colours: Sequence[object]) -> None:
    if not strikes:
        return
    size = max(diameter, 0.01)
    dots = EllipseCollection(
        np.full(len(strikes), size),
        np.full(len(strikes), size),
        np.zeros(len(strikes)),
        units="xy",
        offsets=np.array([(strike.x, strike.y) for strike in strikes]),
        offset_transform=axes.transData,
        facecolors=colours,
        edgecolors="none",
        zorder=3,
    )
    axes.add_collection(dots)


def _explain_passes(figure: Figure, strikes: "Sequence[_core.Strike]", passes: int, palette: Palette) -> None:
    axes = figure.add_axes((0.482, 0.175, 0.014, 0.655))
    edges = np.arange(passes + 1) + 0.5
    scale = ScalarMappable(BoundaryNorm(edges, max(passes, 1)), ListedColormap(in_order(max(passes, 1))))
    bar = figure.colorbar(scale, cax=axes, ticks=[1, passes] if passes > 1 else [1])
    bar.outline.set_visible(False)
    axes.minorticks_off()
    axes.tick_params(colors=palette.quiet, labelsize=8.5, length=0)
    axes.set_title("pass", size=8.5, color=palette.quiet, loc="left", pad=6)
    if any(not strike.is_new for strike in strikes):
        figure.text(0.469, 0.098, "○ entered an older hole", ha="right", size=8.5, color=palette.inflammation)


def _draw_reached(
    axes: "Axes",
    device: Device,
    channels: "_core.Channels",
    passes: int,
    depths: Array,
    seed: int,
    palette: Palette,
) -> None:
    """The closed form as a line, counts of the Monte Carlo map with three standard errors as points."""
    dress(axes, palette)
    expected = [PER_CM2 * channels.density_reaching(depth) for depth in depths.tolist()]
    axes.plot(expected, depths, color=palette.collagen_total, linewidth=2.0, zorder=3)
    at = depths[20::40].tolist()
    counted = _core.channel_map(device, channels, passes=passes, seed=seed, depths=at).reaching
    axes.errorbar(
        [PER_CM2 * estimate.mean for estimate in counted],
        at,
        xerr=[3.0 * PER_CM2 * estimate.standard_error for estimate in counted],
        fmt="o",
        color=palette.ink,
        markersize=3.5,
        elinewidth=1.0,
        zorder=4,
    )
    axes.set_xlim(0.0, 1.12 * max(PER_CM2 * channels.density, 1e-9))
    axes.set_title("Channels", loc="left", size=9.5, weight="bold", color=palette.collagen_total, pad=6)
    axes.set_xlabel("reaching it, per cm²", color=palette.quiet, labelpad=1)
    axes.set_ylabel("depth below the surface, mm", color=palette.quiet)


def _draw_injured(axes: "Axes", channels: "_core.Channels", depths: Array, palette: Palette) -> None:
    dress(axes, palette)
    injured = np.array([100.0 * channels.injured_share(depth) for depth in depths.tolist()])
    axes.fill_betweenx(depths, 0.0, injured, color=palette.inflammation, alpha=0.25, linewidth=0, zorder=2)
    axes.plot(injured, depths, color=palette.inflammation, linewidth=2.0, zorder=3)
    axes.set_xlim(0.0, 1.12 * max(float(injured.max()), 1e-9))
    axes.set_title("Injury", loc="left", size=9.5, weight="bold", color=palette.inflammation, pad=6)
    axes.set_xlabel("% of the plane", color=palette.quiet, labelpad=1)
    axes.tick_params(axis="y", labelleft=False)


def _mark_layers(panels: "Sequence[Axes]", channels: "_core.Channels", site: str, bottom: float, ink: str) -> None:
    """Where the layers begin; named in the first panel on the side that its curve leaves free."""
    depths = _core.layer_depths(site)
    for axes in panels:
        axes.set_ylim(bottom, 0.0)
        for depth in depths:
            if depth < bottom:
                axes.axhline(depth, color=ink, linewidth=0.8, linestyle=DOTTED, zorder=1.5)
    for name, depth in zip(("papillary dermis", "reticular dermis", "fat"), depths, strict=True):
        if depth > 0.95 * bottom:
            continue
        is_above = channels.density_reaching(depth + 0.05 * bottom) > 0.5 * channels.density
        panels[0].annotate(
            name,
            (0.0 if is_above else 1.0, depth),
            xycoords=panels[0].get_yaxis_transform(),
            xytext=(2 if is_above else -1, -3),
            textcoords="offset points",
            ha="left" if is_above else "right",
            va="top",
            size=8.5,
            color=ink,
            bbox={"boxstyle": "square,pad=0.08", "facecolor": panels[0].get_facecolor(), "edgecolor": "none"},
            zorder=2,
        )
