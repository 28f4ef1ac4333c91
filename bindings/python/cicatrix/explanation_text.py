"""An explanation in words: a sentence a month, tables, and how well the sums close."""

from typing import TYPE_CHECKING, Any

import numpy as np

from cicatrix.lasting_milestones import SUMMED
from cicatrix.member_sweep import kept_text
from cicatrix.milestones import Array, day_text, horizon_text, milestone_table
from cicatrix.readouts import printed_unit, spoken

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from cicatrix.explanation import Explanation
    from cicatrix.overview import Overview
    from cicatrix.theme import Palette

MOST = 10  # processes in a table; what the others do is added up
SHOWN = 12  # months in a table, from the first on; later ones are every sixth
NOTHING = 1e-3  # of the largest change so far; a month that changes less is quiet
UNSEEN = 1e-5  # of the largest number in a table
TELLING = 0.8  # of what pulls one way: as many processes are named as make that
AGAINST = 0.2  # of the change of a month; less is not worth a word
WHOSE_TITLE = {"effect": "effect (treated less untreated)", "treated": "treated skin", "untreated": "untreated skin"}


def explanation_text(found: "Explanation") -> str:
    """All that a terminal shows of an explanation."""
    unit = printed_unit(found.unit)
    head = f"{found.name}{f' ({unit})' if unit else ''}, {WHOSE_TITLE[found.whose]}: what changed it"
    parts = [
        f"{head}, {found.period} by {found.period}",
        "",
        *sentences(found),
        "",
        *_process_table(found),
        "",
        closure_text(found),
    ]
    if found.states:
        parts += ["", *_time_constant_table(found)]
    if found.whose == "effect":
        parts += ["", *_milestones(found)]
    told = "a process is what changes a read-out at once: what called it up, such as TGF-beta1, is not split out"
    if "depth" in found.course.dims:
        told += "; in space, states are means over the skin"
    return "\n".join([*parts, "", f"{told}; the model is not calibrated"])


def explanation_overview(found: "Explanation") -> "Overview":
    """What a notebook shows of an explanation, with its picture."""
    from cicatrix.headline import caution
    from cicatrix.overview import Overview

    def drawn(palette: "Palette") -> "tuple[Figure, str]":
        from cicatrix.explanation_figure import explanation_figure

        return explanation_figure(found, palette=palette), figure_words(found)

    told = [text.partition(": ") for text in sentences(found)[:SHOWN]]
    return Overview(
        kind=f"explanation of {found.name}",
        title=f"{spoken(found.name)}, {WHOSE_TITLE[found.whose]}",
        sentence=closure_text(found).capitalize(),
        caution=caution(found.course),
        facts=[(period, text) for period, _, text in told],
        calls=[
            (".text()", "all sentences, the tables and the time constants"),
            (".table()", f"a row for each process, a column for each {found.period}"),
            (".plot()", "the picture, to change or to save"),
        ],
        drawn=drawn,
    )


def sentences(found: "Explanation") -> list[str]:
    """One for each month or year, from its numbers."""
    changes = found.by_period()
    whole = float(np.abs(found.values).max(initial=0.0))
    return [_sentence(found, place, changes[:, place], whole) for place in range(changes.shape[1])]


def _sentence(found: "Explanation", place: int, changes: Array, whole: float) -> str:
    change = float(changes.sum())
    head = f"{found.period.capitalize()} {place + 1}: "
    if abs(change) <= NOTHING * whole:
        return f"{head}hardly any change ({amount(change, found.unit, UNSEEN * whole)})."
    way = np.sign(change)
    told = f"{head}{amount(change, found.unit)}; mostly {_named(found, changes * way, way, share=TELLING)}"
    against = np.where(changes * way < -AGAINST * abs(change), -changes * way, 0.0)
    return f"{told}, against {_named(found, against, -way, share=TELLING)}." if against.any() else f"{told}."


def _named(found: "Explanation", pulls: Array, way: float, *, share: float) -> str:
    """The strongest of what pulls one way, three at most, with their amounts."""
    order = [int(i) for i in np.argsort(-pulls, kind="stable") if pulls[i] > 0]
    whole, sofar, parts = float(pulls[order].sum()), 0.0, []
    for i in order[:3]:
        parts.append(f"{found.processes[i]} ({amount(way * float(pulls[i]), found.unit)})")
        sofar += float(pulls[i])
        if sofar >= share * whole:
            break
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


def amount(change: float, unit: str, least: float = 0.0) -> str:
    """A change with its sign and unit, as the tables write it."""
    printed = printed_unit(unit)
    return f"{number(change, least)}{f' {printed}' if printed else ''}"


def number(change: float, least: float = 0.0) -> str:
    """Three digits, with the sign; `~0` for what is less than `least`."""
    if abs(change) <= least:
        return "0" if change == 0 else "~0"
    return f"{change:+.3g}"


def strongest(found: "Explanation", most: int = MOST) -> tuple[list[str], Array]:
    """What the strongest processes have made of the quantity on each day, and all others together, if there are any."""
    if len(found.processes) <= most:
        return list(found.processes), found.changes
    others = found.changes[most - 1 :].sum(axis=0, keepdims=True)
    told = f"{len(found.processes) - most + 1} others"
    return [*found.processes[: most - 1], told], np.vstack([found.changes[: most - 1], others])


def _process_table(found: "Explanation") -> list[str]:
    names, changes = strongest(found)
    until = np.concatenate(
        [np.zeros((len(names), 1)), changes[:, np.searchsorted(found.days, found.ends - 1e-9)]], axis=1
    )
    months = np.diff(until, axis=1)
    shown, least = _shown(len(found.ends)), UNSEEN * float(np.abs(months).max(initial=0.0))
    rows = [[name, *(number(row[month], least) for month in shown)] for name, row in zip(names, months, strict=True)]
    total = [number(float(months[:, month].sum()), least) for month in shown]
    return _lines(
        [f"process, change in {found.period}", *(str(month + 1) for month in shown)], [*rows, ["all", *total]]
    )


def _shown(count: int) -> list[int]:
    """Which months a table shows."""
    return [month for month in range(count) if month < SHOWN or (month + 1) % 6 == 0 or month + 1 == count]


def _time_constant_table(found: "Explanation") -> list[str]:
    shown = _shown(len(found.ends))
    rows = [
        [name, *(_days(float(row[month])) for month in shown)]
        for name, row in zip(found.states, found.time_constants, strict=True)
    ]
    return _lines([f"time constant (d), end of {found.period}", *(str(month + 1) for month in shown)], rows)


def _days(value: float) -> str:
    return f"{value:.3g}" if np.isfinite(value) and value < 1e6 else "-"


def _lines(head: list[str], rows: list[list[str]], left: tuple[int, ...] = (0,)) -> list[str]:
    """The columns `left` hold words, the others numbers."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    return [
        "  ".join(
            cell.ljust(width) if i in left else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        )
        for row in (head, *rows)
    ]


def closure_text(found: "Explanation") -> str:
    """How far the processes are from adding up, at worst."""
    worst = int(np.argmax(found.closure))
    return (
        f"the processes add up to the change within {found.closure[worst]:.1e} of the range of {found.name} "
        f"(at worst, on day {found.days[worst]:.6g}; {len(found.days)} days looked at)"
    )


def _milestones(found: "Explanation") -> list[str]:
    first, *clocks = found.milestones()
    rows = [[first.name, *map(day_text, first.days), first.remark]]
    if found.members:
        ends = [f"{day_text(low)} to {day_text(high)}" if low == low else "-" for low, high in found.members.intervals]
        rows.append([f"  5 to 95 % of {len(found.members.days)} members", *ends, ""])
    rows += [[row.name, *map(day_text, row.days), row.remark] for row in clocks]
    head = [f"milestones, share of {horizon_text(first)}", "10 %", "50 %", "90 %", ""]
    return [line.rstrip() for line in _lines(head, rows, left=(0, 4))] + [members_text(found)]


def members_text(found: "Explanation") -> str:
    """What the intervals stand on, or how to have them."""
    members = found.members
    if members is None:
        return "`--members 200` adds between which days these lie when each parameter may be anywhere in its range"
    zero = members.members - members.failed - len(members.days)
    told = [
        f"members: {members.members} courses, each with {members.varied} parameters anywhere in their ranges at once",
        f"{zero} have an effect of about zero and are left out" if zero else "",
        f"{members.failed} failed" if members.failed else "",
        f"in {members.otherwise} the effect has the other sign" if members.otherwise else "",
        kept_text(members.kept),
    ]
    return "; ".join(part for part in told if part)


def explanation_told(found: "Explanation") -> dict[str, Any]:
    """The numbers of an explanation by name; amounts are in the unit of the quantity."""
    table = found.by_period()
    return {
        "name": found.name,
        "unit": found.unit,
        "whose": found.whose,
        "periods": [
            {
                found.period: month + 1,
                "until_day": float(found.ends[month]),
                "change": float(table[:, month].sum()),
                "by_process": {name: float(table[i, month]) for i, name in enumerate(found.processes)},
                "time_constants": {name: float(found.time_constants[i, month]) for i, name in enumerate(found.states)},
                "told": told,
            }
            for month, told in enumerate(sentences(found))
        ],
        "closure": {"worst": float(found.closure.max()), "day": float(found.days[int(np.argmax(found.closure))])},
        "milestones": milestone_table(found.milestones()).to_dict(orient="index"),
        "members": found.members.told() if found.members else None,
    }


def figure_words(found: "Explanation") -> str:
    """What the figure shows, in words, for those who cannot see it."""
    names, changes = strongest(found, 7)
    last = [f"{name} {amount(float(row[-1]), found.unit)}" for name, row in zip(names, changes, strict=True)]
    title = f"Stacked bars of what changed {spoken(found.name)}, {WHOSE_TITLE[found.whose]}, with the sum as a line."
    told = (
        f"{title} On day {found.days[-1]:.5g}: {', '.join(last)}; in all {amount(float(found.values[-1]), found.unit)}."
    )
    return f"{told} {milestone_words(found)}".strip()


def milestone_words(found: "Explanation") -> str:
    """From when on the shares of the effect are there to stay, as a sentence; empty where that is not told."""
    rows = found.milestones()
    if not rows or np.isnan(rows[0].days).any():
        return ""
    what = "its sum over" if rows[0].remark == SUMMED else "the effect after"
    low, middle, high = map(day_text, rows[0].days)
    told = f"10, 50 and 90 % of {what} {horizon_text(rows[0])} are there to stay from {low}, {middle} and {high} on"
    if found.members is None or np.isnan(found.members.intervals).any():
        return f"{told}."
    return f"{told}; lines: 5 to 95 % of {len(found.members.days)} members."
