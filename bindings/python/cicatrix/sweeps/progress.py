"""How far a sweep is: a line on a terminal, or lines of JSON for other programs."""

import json
import sys
import time
from types import TracebackType
from typing import TYPE_CHECKING, Any, TextIO

from cicatrix.progress import ProgressLine, duration_text

if TYPE_CHECKING:
    from cicatrix.sweeps.sweeping import Reached

PAUSE = 1.0  # s between two lines of JSON


class Rate:
    """Members a second since the beginning, and what that means for the rest."""

    def __init__(self) -> None:
        self._begun = time.monotonic()

    def __call__(self, reached: "Reached") -> tuple[float, float | None]:
        """Members per second, and the seconds left; None as long as none can be told."""
        rate = reached.done / max(time.monotonic() - self._begun, 1e-9)
        left = reached.members - reached.before - reached.done
        return rate, left / rate if reached.done else None


class SweepLine:
    """Shows on a terminal how many members are done and how many failed, at which rate and how long it will take."""

    def __init__(self, text: str, *, stream: TextIO | None = None, quiet: bool = False) -> None:
        self._line = ProgressLine(text, stream=stream, quiet=quiet)
        self._rate = Rate()

    def __call__(self, reached: "Reached") -> bool:
        return self._line.show(lambda: self._words(reached))

    def _words(self, reached: "Reached") -> str:
        rate, left = self._rate(reached)
        there = reached.before + reached.done
        share = 100 * there // reached.members if reached.members else 100
        words = f"{share:3} % of {count_text(reached.members)} members, {count_text(round(rate))} per s"
        words += f", {duration_text(left)} left" if left is not None else ""
        return words + (f", {count_text(reached.failed)} failed" if reached.failed else "")

    def __enter__(self) -> "SweepLine":
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._line.clear()


class JsonLines:
    """Tells other programs: one object on each line, `event` saying what it is."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self._stream = sys.stdout if stream is None else stream
        self._rate = Rate()
        self._told = time.monotonic()

    def __call__(self, reached: "Reached") -> bool:
        now = time.monotonic()
        if now - self._told >= PAUSE:
            self._told = now
            rate, left = self._rate(reached)
            done = reached.before + reached.done
            left = None if left is None else round(left, 1)
            self.tell(
                "progress", members=reached.members, done=done, failed=reached.failed, rate=round(rate, 1), left=left
            )
        return True

    def tell(self, event: str, **about: Any) -> None:
        """Writes one line."""
        print(json.dumps({"event": event, **about}, ensure_ascii=False), file=self._stream, flush=True)


def count_text(count: int) -> str:
    """A number with its thousands apart: 1 234 567."""
    return f"{count:,}".replace(",", " ")
