"""A line that says how far a run is and how long it will still take."""

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TextIO


class ProgressLine:
    """Shows progress on a terminal, and nothing elsewhere; is itself the callback that a run takes."""

    PATIENCE = 0.3  # s; a run that is over sooner shows nothing
    PAUSE = 0.1  # s between two changes of the line

    def __init__(self, text: str, *, stream: TextIO | None = None, quiet: bool = False) -> None:
        self._text = text
        self._stream = sys.stderr if stream is None else stream
        self._silent = quiet or not self._stream.isatty()
        self._begun = time.monotonic()
        self._shown = self._begun + self.PATIENCE - self.PAUSE
        self._width = 0

    def __call__(self, share: float) -> bool:
        return self.show(lambda: f"{100 * share:3.0f} %{self._remaining(share, time.monotonic())}")

    def show(self, words: Callable[[], str]) -> bool:
        """Shows what is to stand behind the text, when it is time for it; returns True."""
        now = time.monotonic()
        if not self._silent and now - self._shown >= self.PAUSE:
            self._shown = now
            self._write(f"{self._text} {words()}")
        return True

    def clear(self) -> None:
        """Takes the line away again."""
        if self._width:
            self._stream.write("\r" + " " * self._width + "\r")
            self._stream.flush()
            self._width = 0

    def _remaining(self, share: float, now: float) -> str:
        if share < 0.02:
            return ""
        seconds = (now - self._begun) * (1.0 - share) / share
        return f", {duration_text(seconds)} left"

    def _write(self, line: str) -> None:
        self._stream.write("\r" + line.ljust(self._width))
        self._stream.flush()
        self._width = max(self._width, len(line))


@contextmanager
def watched(progress: Callable[[float], bool] | bool | None, text: str) -> Iterator[Callable[[float], bool]]:
    """What a call tells how far it is: the one given, or for True a line on a terminal that goes away at the end."""
    line = ProgressLine(text, quiet=progress is not True)
    try:
        yield progress if callable(progress) else line
    finally:
        line.clear()


def duration_text(seconds: float) -> str:
    """A stretch of time as one would say it: `0.3 s`, `8 s`, `2 min 05 s`, `1 h 10 min`."""
    if seconds < 0.95:
        return f"{max(seconds, 0.1):.1f} s"
    whole = round(seconds)
    if whole < 60:
        return f"{whole} s"
    if whole < 3600:
        return f"{whole // 60} min {whole % 60:02d} s"
    return f"{whole // 3600} h {whole % 3600 // 60:02d} min"
