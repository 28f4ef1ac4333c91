"""A short film of one channel: concentrations spread and fade, the pore closes over them, a clock says when."""

import io
import os
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import matplotlib
import numpy as np
import xarray as xr
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.colors import to_rgb
from matplotlib.figure import Figure

from cicatrix import pore, readouts, space
from cicatrix._core import write_file
from cicatrix.channel_panel import ChannelPanel, covers, field, frame_of
from cicatrix.colour_scales import add_colour_bar, amounts
from cicatrix.milestones import Array, first_session, session_days
from cicatrix.outcome import Exit, RefusedError
from cicatrix.theme import AMOUNTS, HORN, PRINT, SKIN, STYLE, Palette, small_print

if TYPE_CHECKING:
    from PIL.Image import Image

FRAMES = 80
MOST_STATES = 3
SOONEST = 1 / 24  # d; nothing is shown that is nearer to a session
PACE, PAUSE = 90, 1500  # ms that a frame and the last one stay
DOTS = 100  # an inch
# Inches: a picture, the page round it.
PICTURE, SHORTEST, TALLEST, BETWEEN = 2.1, 2.4, 3.9, 1.25
LEFT, BAR, BESIDE, RIGHT = 0.75, 0.12, 0.1, 0.85
TOP, UNDER, FOOT = 0.95, 0.4, 0.78


@dataclass(frozen=True)
class Moment:
    """One frame: days since the first session, since the session before it, and the number of that session."""

    day: float
    since: float
    session: int


def channel_film(
    course: xr.Dataset,
    path: str | os.PathLike[str],
    names: Sequence[str] = (),
    *,
    frames: int = FRAMES,
    progress: Callable[[float], bool] | None = None,
) -> Path:
    """Writes a film of at most three states and returns where it is: GIF, MP4, or PNG frames in a folder.

    The ending of `path` says which; without an ending it is a folder. Time runs evenly in its logarithm, from an hour
    after the first session to the next one and, where there are several, from the last session to the end of the
    course. Without names it shows the first of the usual states. Raises RefusedError for a course without a channel,
    for MP4 where there is no ffmpeg and for an unknown ending; KeyError for a state without a field; FileError.
    """
    place = Path(path)
    space.need_channel(course, "the film")
    states = space.chosen_states(course, names, space.FIELD)[: MOST_STATES if names else 1]
    _refuse(course, place)
    moments = film_moments(course, frames)
    if not moments:
        raise RefusedError(Exit.BAD_INPUT, "this course has no output after a session, so there is nothing to film")
    pictures = _pictures(course, states, moments, progress)
    if place.suffix.lower() == ".gif":
        write_file(os.fspath(place), _gif(pictures))
    elif place.suffix.lower() == ".mp4":
        write_file(os.fspath(place), _mp4(pictures))
    else:
        _write_frames(pictures, place)
    return place


def _refuse(course: xr.Dataset, place: Path) -> None:
    """Raises RefusedError for a place that must not, or cannot, be written."""
    if (source := str(course.encoding.get("source", ""))) and os.path.realpath(source) == os.path.realpath(place):
        raise RefusedError(Exit.USAGE, f"{place} is the result itself; give the film another name")
    kind = place.suffix.lower()
    if not place.is_dir() and kind not in ("", ".gif", ".mp4"):
        told = "a film is written as .gif, as .mp4 or, without an ending, as a folder of PNG frames"
        raise RefusedError(Exit.USAGE, f"{place}: {told}")
    if kind == ".mp4" and shutil.which("ffmpeg") is None:
        raise RefusedError(
            Exit.MISSING, f"{place}: MP4 needs the program ffmpeg, which is not here; install it, or write a .gif"
        )


def film_moments(course: xr.Dataset, frames: int) -> list[Moment]:
    """When the frames are, by stages; each stage has its share of the frames."""
    days, start = space.days_since(course), first_session(course)
    sessions = session_days(course) - start
    if not sessions.size or not np.isfinite(days).all():
        return []
    ends = [float(days[-1])] if sessions.size == 1 else [float(sessions[1]), float(days[-1])]
    begins = [(0.0, 1)] if sessions.size == 1 else [(0.0, 1), (float(sessions[-1]), int(sessions.size))]
    found: list[Moment] = []
    for (session, number), end in zip(begins, ends, strict=True):
        outputs = days[(days > session + space.BRIEF) & (days <= end + space.BRIEF)] - session
        if not outputs.size:
            continue
        first = max(float(outputs[0]), min(SOONEST, float(outputs[-1])))
        times = np.geomspace(first, float(outputs[-1]), max(frames // len(begins), 2))
        found += [Moment(session + float(time), float(time), number) for time in times]
    return found


def between_outputs(course: xr.Dataset, values: Array, moment: Moment) -> Array:
    """Values, time first, at a moment: on a straight line between outputs, but never across a session."""
    days = space.days_since(course)
    after = min(int(np.searchsorted(days, moment.day - space.BRIEF)), len(days) - 1)
    before = max(after - 1, 0)
    crossed = days[before] <= moment.day - moment.since + space.BRIEF  # the output before is of before the session
    if crossed or days[after] <= days[before]:
        return np.asarray(values[after])
    share = (moment.day - days[before]) / (days[after] - days[before])
    return np.asarray((1.0 - share) * values[before] + share * values[after])


def _pictures(
    course: xr.Dataset, states: Sequence[str], moments: Sequence[Moment], progress: Callable[[float], bool] | None
) -> Iterator["Image"]:
    from PIL import Image

    with matplotlib.rc_context(STYLE):
        stage = _Stage(course, states, moments, PRINT)
        for number, moment in enumerate(moments):
            if progress is not None and not progress(number / len(moments)):
                raise KeyboardInterrupt
            yield Image.fromarray(stage.picture(moment)).convert("RGB")


class _Stage:
    """The figure whose values change from frame to frame."""

    def __init__(self, course: xr.Dataset, states: Sequence[str], moments: Sequence[Moment], palette: Palette) -> None:
        self._course, self._moments = course, moments
        frame = frame_of(course)
        high = float(np.clip(PICTURE * frame.height / frame.width, SHORTEST, TALLEST))
        width = LEFT + len(states) * PICTURE + (len(states) - 1) * BETWEEN + RIGHT
        self._size = (_even(max(width, 4.6)), _even(TOP + high + UNDER + FOOT))
        self.figure = Figure(figsize=self._size, dpi=DOTS, facecolor=palette.page)
        self._canvas: Any = FigureCanvasAgg(self.figure)
        self._values = {state: field(course, state) for state in states}
        self._covers = covers(course)
        self._open = {name: pore.open_area(course, name) for name in (space.COVER, space.HORNY) if name in course}
        left = (self._size[0] - width) / 2 + LEFT
        self._panels = [
            self._panel(state, left + number * (PICTURE + BETWEEN), high, palette)
            for number, state in enumerate(states)
        ]
        across = LEFT / self._size[0]
        self._clock = self._text(across, self._size[1] - 0.17, 13, palette.ink, weight="bold", va="top")
        self._told = self._text(across, self._size[1] - 0.43, 8.5, palette.quiet, va="top")
        self._hand = self._add_time(palette)
        small_print(self.figure, course, palette)

    def _text(self, across: float, up: float, size: float, colour: str, **looks: Any) -> Any:
        return self.figure.text(across, up / self._size[1], "", size=size, color=colour, **looks)

    def _panel(self, state: str, left: float, high: float, palette: Palette) -> ChannelPanel:
        box = (left / self._size[0], (FOOT + UNDER) / self._size[1], PICTURE / self._size[0], high / self._size[1])
        axes = self.figure.add_axes(box)
        filmed = np.stack([between_outputs(self._course, self._values[state], moment) for moment in self._moments[::4]])
        scale = amounts(filmed, tops=[float(each.max()) for each in filmed])
        panel = ChannelPanel(axes, self._course, scale, palette)
        unit = readouts.printed_unit(str(self._course[state + space.FIELD].attrs.get("units", "1")))
        axes.set_title(readouts.spoken(state), loc="left", size=9.5, weight="bold", color=palette.ink, pad=4)
        axes.set_ylabel("depth (mm)", size=8.5, color=palette.quiet)
        axes.set_xlabel("mm from the axis", size=8.5, color=palette.quiet, labelpad=1.5)
        bar = self.figure.add_axes(((left + PICTURE + BESIDE) / self._size[0], box[1], BAR / self._size[0], box[3]))
        add_colour_bar(bar, panel.mesh, scale, palette, label=unit)
        return panel

    def _add_time(self, palette: Palette) -> Any:
        """A bar under the pictures on which a dot shows how far the film is, with the sessions named."""
        up, long = 0.42 / self._size[1], 1 - (LEFT + 0.4) / self._size[0]
        axes = self.figure.add_axes((LEFT / self._size[0], up, long, 0.02))
        axes.set_xlim(0.0, max(len(self._moments) - 1, 1))
        axes.set_ylim(-1.0, 1.0)
        axes.axis("off")
        axes.plot([0, len(self._moments) - 1], [0, 0], color=palette.line, linewidth=3, solid_capstyle="round")
        looks: dict[str, Any] = {"textcoords": "offset points", "size": 7.5, "color": palette.quiet}
        for place, label in time_marks(self._moments).items():
            axes.plot([place], [0], "|", color=palette.quiet, markersize=7, clip_on=False)
            axes.annotate(label, (place, 0), (0, -6), ha="center", va="top", **looks)
        for session in (stages := list(dict.fromkeys(moment.session for moment in self._moments))):
            begin = next(number for number, moment in enumerate(self._moments) if moment.session == session)
            told = f"after session {session}" if len(stages) > 1 else ""
            axes.annotate(told, (begin, 0), (0, 6), **looks)
        return axes.plot([0], [0], "o", color=palette.inflammation, markersize=7, clip_on=False, zorder=5)[0]

    def picture(self, moment: Moment) -> Any:
        """The frame of one moment, as an array of red, green, blue and opacity."""
        living, horny = (between_outputs(self._course, cover, moment) for cover in self._covers)
        for panel, values in zip(self._panels, self._values.values(), strict=True):
            panel.show(between_outputs(self._course, values, moment), cover=living, horny=horny)
        self._clock.set_text(clock_text(moment, session_days(self._course).size))
        self._told.set_text(self._pore_text(moment))
        self._hand.set_data([self._moments.index(moment)], [0])
        self._canvas.draw()
        return np.asarray(self._canvas.buffer_rgba()).copy()

    def _pore_text(self, moment: Moment) -> str:
        """How much of the pore is open."""
        whole = np.pi * space.pore_radius(self._course) ** 2
        names = {space.COVER: "living epidermis", space.HORNY: "horny layer"}
        if not whole > 0:
            return ""
        shares = {name: float(between_outputs(self._course, area, moment)) / whole for name, area in self._open.items()}
        told = [f"{names[name]} {min(100 * share, 100.0):.0f} %" for name, share in shares.items()]
        return "pore open: " + ", ".join(told) if told else ""


def _even(length: float) -> float:
    """A length in inches that is an even number of dots, as films want it."""
    return (2 * round(length * DOTS / 2) + 0.01) / DOTS  # a whole number would be rounded down by its last bit


def clock_text(moment: Moment, sessions: int) -> str:
    """The time in words: `3 days after session 1`."""
    told = space.passed(moment.since)
    return f"{told} after session {moment.session}" if sessions > 1 else f"{told} after the session"


def time_marks(moments: Sequence[Moment]) -> dict[float, str]:
    """Places among the frames, with what stands under them: hours, days, weeks, months and years of each stage."""
    marks: dict[float, str] = {}
    for session in dict.fromkeys(moment.session for moment in moments):
        places = [number for number, moment in enumerate(moments) if moment.session == session]
        logs = np.log([moments[number].since for number in places])
        for day, label in ((1 / 24, "1 h"), (1.0, "1 d"), (7.0, "1 wk"), (30.4375, "1 mo"), (365.25, "1 y")):
            if logs[0] - 1e-6 <= np.log(day) <= logs[-1] + 0.02 and len(places) > 1:
                marks[float(np.interp(np.log(day), logs, places))] = label
    return marks


def _gif(pictures: Iterator["Image"]) -> bytes:
    """Frames in one set of colours, so that nothing flickers."""
    from PIL import Image

    colours, frames = _film_colours(), []
    for picture in pictures:
        frames.append(Image.fromarray(_nearest(np.asarray(picture), colours)))
        frames[-1].putpalette([int(part) for part in colours.ravel()])
    stream, durations = io.BytesIO(), [PACE] * (len(frames) - 1) + [PAUSE]
    first, *rest = frames
    first.save(stream, "gif", save_all=True, append_images=rest, duration=durations, loop=0, optimize=False)
    return stream.getvalue()


def _nearest(picture: Any, colours: Any) -> Any:
    """Number of the nearest colour for each point; the one of Pillow rounds and turns white to cream."""
    points = picture.astype(np.int32)
    packed = (points[..., 0] << 16) | (points[..., 1] << 8) | points[..., 2]
    there, which = np.unique(packed.ravel(), return_inverse=True)
    parts = np.column_stack([there >> 16, (there >> 8) & 255, there & 255])
    best = np.array([np.square(colours - part).sum(axis=1).argmin() for part in parts], dtype=np.uint8)
    return best[which].reshape(packed.shape)


def _film_colours() -> Any:
    """Red, green and blue of each colour of a GIF: those of the map, and of all else as it fades into the page."""
    page = np.array(to_rgb(PRINT.page))
    found = [np.array(AMOUNTS(place)[:3]) for place in np.linspace(0.0, 1.0, 120)]
    for colour, steps in ((SKIN, 28), (HORN, 28), (PRINT.ink, 40), (PRINT.inflammation, 8)):
        found += [page + share * (np.array(to_rgb(colour)) - page) for share in np.linspace(0.0, 1.0, steps)]
    return np.rint(255 * np.array(found)).astype(np.int32)


def _mp4(pictures: Iterator["Image"]) -> bytes:
    """Frames as H.264 by ffmpeg."""
    first = next(pictures)
    size = f"{first.width}x{first.height}"
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "film.mp4"
        source = ("-f", "rawvideo", "-pix_fmt", "rgb24", "-s", size, "-r", f"{1000 / PACE:.3f}", "-i", "-")
        command = ["ffmpeg", "-loglevel", "error", "-y", *source, "-pix_fmt", "yuv420p", os.fspath(target)]
        frames = b"".join(picture.tobytes() for picture in (first, *pictures))
        done = subprocess.run(command, input=frames, capture_output=True, check=False)
        if done.returncode or not target.exists():
            told = done.stderr.decode(errors="replace").strip().splitlines()
            reason = told[-1] if told else "no reason given"
            raise RefusedError(Exit.FAILED, f"ffmpeg could not make the film: {reason}")
        return target.read_bytes()


def _write_frames(pictures: Iterator["Image"], folder: Path) -> None:
    """One PNG a frame; frames of an earlier film that was longer go."""
    folder.mkdir(exist_ok=True)
    names = set()
    for number, picture in enumerate(pictures):
        stream = io.BytesIO()
        picture.save(stream, "png")
        place = folder / f"frame_{number:03d}.png"
        write_file(os.fspath(place), stream.getvalue())
        names.add(place.name)
    for place in folder.glob("frame_[0-9][0-9][0-9].png"):
        if place.name not in names:
            place.unlink()
