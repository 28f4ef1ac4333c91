"""Time axes: one that shows the first days and the last months alike, and an even one for ageing."""

from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

BEND = 5.0  # d; before it a day has the same width everywhere, after it each doubling has
MARKS = {
    0.0: "0",
    1.0: "1 d",
    3.0: "3 d",
    7.0: "1 wk",
    14.0: "2 wk",
    30.4375: "1 mo",
    91.3125: "3 mo",
    182.625: "6 mo",
    365.25: "12 mo",
    730.5: "24 mo",
    1826.25: "5 y",
    3652.5: "10 y",
    7305.0: "20 y",
    10957.5: "30 y",
    18262.5: "50 y",
}
EVEN_STEPS = {1.0: "d", 7.0: "wk", 30.4375: "mo", 365.25: "y", 1826.25: "y", 3652.5: "y", 18262.5: "y"}
MOST_MARKS = 9
NARROWEST = 0.065  # of the axis, between two marks


def stretched(day: Any) -> Any:
    """Place on the axis of a day."""
    return np.arcsinh(np.asarray(day, dtype=float) / BEND)


def day_at(place: Any) -> Any:
    """Day at a place on the axis, the inverse of `stretched`."""
    return BEND * np.sinh(np.asarray(place, dtype=float))


def marks_up_to(last: float) -> dict[float, str]:
    """The marks that fit on an axis from 0 to `last` days without touching each other, the last of them included."""
    fitting = [day for day in MARKS if day <= last * 1.02]
    chosen: list[float] = []
    for day in [fitting[-1], *fitting[:-1]]:
        if all(abs(float(stretched(day) - stretched(other))) >= NARROWEST * float(stretched(last)) for other in chosen):
            chosen.append(day)
    return {day: MARKS[day] for day in sorted(chosen)}


def use_stretched_time(axes: "Axes", last: float) -> None:
    """Gives `axes` the stretched time axis from 0 to `last` days."""
    axes.set_xscale("function", functions=(stretched, day_at))
    margin = 0.015 * float(stretched(last))
    axes.set_xlim(float(day_at(-margin)), float(day_at(stretched(last) + margin)))
    marks = marks_up_to(last)
    axes.set_xticks(list(marks), list(marks.values()))
    axes.set_xticks([], minor=True)


def even_marks(last: float) -> dict[float, str]:
    """Marks at even steps from 0 to `last` days, in the finest unit that leaves room for them."""
    step = next((step for step in EVEN_STEPS if last / step < MOST_MARKS), max(EVEN_STEPS))
    unit = {"d": 1.0, "wk": 7.0, "mo": 30.4375, "y": 365.25}[EVEN_STEPS[step]]
    days = [number * step for number in range(int(last * 1.001 / step) + 1)]
    return {day: f"{day / unit:.0f} {EVEN_STEPS[step]}" if day else "0" for day in days}


def use_even_time(axes: "Axes", last: float) -> None:
    """Gives `axes` an even time axis from 0 to `last` days."""
    axes.set_xlim(-0.015 * last, 1.015 * last)
    marks = even_marks(last)
    axes.set_xticks(list(marks), list(marks.values()))
