"""What a person asks of a course: how long it shows, when the skin is dry, what the lines do, what it takes."""

from dataclasses import dataclass

import numpy as np
import xarray as xr

from cicatrix.milestones import MONTH, Array, day_text, first_session, session_days
from cicatrix.percent import change_text, share_text
from cicatrix.readout_curves import compounds
from cicatrix.readout_figures import SOON
from cicatrix.schedule import NAN

BACK = 0.1  # of its largest rise; less, and the water barrier is called back
NOTHING = 1e-9
MOMENTS = {
    "day\N{NO-BREAK SPACE}1": 1.0,
    "day\N{NO-BREAK SPACE}3": 3.0,
    "day\N{NO-BREAK SPACE}5": 5.0,
    "day\N{NO-BREAK SPACE}14": 14.0,
    **{f"month\N{NO-BREAK SPACE}{months}": months * MONTH for months in (1, 2, 3, 4, 5, 6, 9, 12, 18, 24, 36)},
}
FOLLOWED = {"wrinkle_depth": "wrinkle depth", "elasticity": "elasticity", "dermal_density": "dermal density"}


@dataclass(frozen=True)
class Answer:
    """A question and what this course says to it."""

    question: str
    told: str


@dataclass(frozen=True)
class _Window:
    """The time after the first session, until the next one or the end; empty where outputs are too far apart."""

    days: Array  # from the session
    course: xr.Dataset

    @property
    def soon(self) -> bool:
        """True if an output tells what the session did at once."""
        return bool(((self.days > 0) & (self.days <= SOON)).any())

    def values(self, name: str) -> Array:
        return np.asarray(self.course[name].values, dtype=float)


def answers(course: xr.Dataset) -> list[Answer]:
    """The answers that this course can give, in the order in which people ask."""
    if not session_days(course).size:
        return []
    window = _first_window(course)
    found = [
        Answer("How many days does it show (redness, swelling, flakes)?", _downtime(course)),
        Answer("How long is the skin red after the first session?", _redness(window)),
        Answer("When is the water barrier back?", _barrier(window)),
        Answer("When does the skin feel dry?", _dryness(window)),
        Answer("How much does it hurt?", _pain(window)),
        Answer("How deep are the lines after twelve months?", _change(course, "wrinkle_depth", "µm")),
        Answer("How deep are the scars after twelve months?", _change(course, "scar_depth", "µm")),
        Answer("How likely is a dark spot?", _risk(course)),
        Answer("How much hair is there after twelve months?", _change(course, "hair_density", "hairs/cm²")),
        *(Answer(f"How much {name} gets in?", text) for name, text in _absorbed(course)),
        Answer("What does it take?", _effort(course)),
    ]
    return [answer for answer in found if answer.told]


def _first_window(course: xr.Dataset) -> _Window:
    sessions, times = session_days(course), np.asarray(course["time"].values, dtype=float)
    end = float(sessions[1]) if sessions.size > 1 else float(times[-1])
    within = (times >= sessions[0]) & (times <= end)
    days = times[within] - sessions[0]
    daily = days.size > 2 and float(np.diff(days[days <= 7.0]).max(initial=0.0)) <= 1.0 + NOTHING
    return _Window(days, course.isel(time=within)) if daily else _Window(np.empty(0), course.isel(time=slice(0, 0)))


def _has(window: _Window, *names: str) -> bool:
    return bool(window.days.size) and all(name in window.course for name in names)


def _downtime(course: xr.Dataset) -> str:
    if "downtime" not in course:
        return ""
    days, count = float(course["downtime"].values[-1]), session_days(course).size
    if days < 1 / 24:
        return "less than an hour"
    told = f"{days:.1f} days" if days >= 1 else f"{24 * days:.0f} hours"
    return told if count == 1 else f"{told} over {count} sessions"


def _parameter(course: xr.Dataset, name: str) -> float:
    names = [str(each) for each in course["parameter"].values] if "parameter" in course else []
    return float(course["parameter_value"].values[names.index(name)]) if name in names else NAN


def _redness(window: _Window) -> str:
    """Until when erythema is above what is just seen."""
    level = _parameter(window.course, "visible_erythema")
    if not _has(window, "erythema") or np.isnan(level):
        return ""
    values = window.values("erythema")
    last = _last_above(window.days, values, level)
    if last == 0.0:
        return "too little to be seen"
    end = "until the next session" if last >= window.days[-1] else f"for {_length(last)}"
    return f"{end}; it is strongest after {_length(float(window.days[values.argmax()]))}" if window.soon else end


def _last_above(days: Array, values: Array, level: float) -> float:
    """Day on which the values fall below a level for good; 0 when they never reach it."""
    above = np.flatnonzero(values >= level)
    if not above.size:
        return 0.0
    last = int(above[-1])
    if last + 1 == len(values):
        return float(days[-1])
    share = (values[last] - level) / (values[last] - values[last + 1])
    return float(days[last] + share * (days[last + 1] - days[last]))


def _length(days: float) -> str:
    if days < 1 / 24:
        return f"{1440 * days:.0f} min"
    return f"{24 * days:.0f} h" if days < 2 else f"{days:.1f} days"


def _barrier(window: _Window) -> str:
    """When the rise of the water loss is a tenth of its largest."""
    if not _has(window, "tewl", "untreated_tewl") or not window.soon:
        return ""
    rise = window.values("tewl") - window.values("untreated_tewl")
    if rise.max() <= NOTHING:
        return "it is not harmed"
    loss, rest = float(window.values("tewl").max()), float(window.values("untreated_tewl")[0])
    told = f"within {_length(_last_above(window.days, rise, BACK * float(rise.max())))}"
    return f"{told}; at its highest the skin loses {loss:.3g} g m⁻² h⁻¹ of water, at rest {rest:.3g}"


def _dryness(window: _Window) -> str:
    if not _has(window, "hydration", "untreated_hydration"):
        return ""
    loss = 100 * (1.0 - window.values("hydration") / window.values("untreated_hydration"))
    low = int(loss.argmax())
    if loss[low] < 0.1:
        return "it does not"
    back = _last_above(window.days, loss, BACK * float(loss[low]))
    end = f"and back after {_length(back)}" if back < window.days[-1] else "and not back when the next session comes"
    return f"it is driest on {day_text(float(window.days[low]))}, by {loss[low]:.1f} % of its water, {end}"


def _pain(window: _Window) -> str:
    """The pain of the session, where an output tells it."""
    if not _has(window, "pain") or not window.soon:
        return ""
    return f"{window.values('pain').max():.1f} on a scale from 0 to 10"


def _at(course: xr.Dataset, name: str, day: float) -> float:
    days = np.asarray(course["time"].values, dtype=float) - first_session(course)
    return float(np.interp(day, days, np.asarray(course[name].values, dtype=float)))


def _change(course: xr.Dataset, name: str, unit: str) -> str:
    """A read-out after twelve months beside its untreated twin; empty where there is none of it."""
    twin, year = f"untreated_{name}", 12 * MONTH
    if name not in course or twin not in course or not _told(course, year):
        return ""
    treated, untreated = _at(course, name, year), _at(course, twin, year)
    if max(abs(treated), abs(untreated)) <= NOTHING:
        return ""
    return f"{treated:.4g} {unit}, untreated {untreated:.4g} ({change_text(treated / untreated - 1)})"


def _risk(course: xr.Dataset) -> str:
    name = "hyperpigmentation_risk"
    return f"{share_text(float(course[name].values[-1]))} for all sessions" if name in course else ""


def _absorbed(course: xr.Dataset) -> list[tuple[str, str]]:
    if "absorbed_fraction" not in course:
        return []
    told = []
    for i, name in enumerate(compounds(course)):
        text = f"{_absorbed_share(course, 'absorbed_fraction', i)} of what is put on"
        if "untreated_absorbed_fraction" in course:
            text += f", {_absorbed_share(course, 'untreated_absorbed_fraction', i)} untreated"
        told.append((name, text))
    return told


def _absorbed_share(course: xr.Dataset, name: str, compound: int) -> str:
    return share_text(float(course[name].isel(topical=compound).values[-1]))


def _effort(course: xr.Dataset) -> str:
    ends = {name: float(course[name].values[-1]) for name in ("treatment_time", "cost") if name in course}
    count = session_days(course).size
    told = [f"{count} session" if count == 1 else f"{count} sessions"]
    if minutes := ends.get("treatment_time"):
        told.append(f"{minutes:.0f} minutes" if minutes < 120 else f"{minutes / 60:.1f} hours")
    if price := ends.get("cost"):
        told.append(f"{price:.0f} USD")
    return ", ".join(told)


def _told(course: xr.Dataset, day: float) -> bool:
    """True where the outputs round a day, counted from the first session, are near enough to read it."""
    days = np.asarray(course["time"].values, dtype=float) - first_session(course)
    after = int(np.searchsorted(days, day - NOTHING))
    if not 0 < after < len(days):
        return False
    return bool(np.isclose(days[after], day) or days[after] - days[after - 1] <= max(1.0, 0.35 * day))


def monthly(course: xr.Dataset) -> tuple[list[str], list[list[str]]]:
    """Headings and cells of a table of what is followed from day 1 to the end: value, and change against the twin."""
    names = [name for name in FOLLOWED if name in course and f"untreated_{name}" in course]
    if not names or not session_days(course).size:
        return [], []
    heads = ["", "wrinkle depth (µm)"] if "wrinkle_depth" in names else [""]
    heads += [f"{FOLLOWED[name]}, change" for name in names]
    rows = []
    for moment, day in MOMENTS.items():
        if not _told(course, day):
            continue
        depth = [f"{_at(course, 'wrinkle_depth', day):.1f}"] if "wrinkle_depth" in names else []
        rows.append([moment, *depth, *(_against_twin(course, name, day) for name in names)])
    return heads, rows


def _against_twin(course: xr.Dataset, name: str, day: float) -> str:
    untreated = _at(course, f"untreated_{name}", day)
    return change_text(_at(course, name, day) / untreated - 1) if abs(untreated) > NOTHING else "-"
