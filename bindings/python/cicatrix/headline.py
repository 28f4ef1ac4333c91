"""The answer of a course in one sentence, made from its milestones."""

import numpy as np
import xarray as xr

from cicatrix.milestones import (
    BELOW,
    FORTNIGHT,
    NO_EFFECT,
    SHARES,
    TOO_COARSE,
    YEAR,
    Array,
    Milestone,
    cumulated,
    day_text,
    effect_text,
    first_passage,
    first_session,
    horizon_text,
    milestone,
    session_days,
)

CAUTION = (
    "Not yet calibrated: order and timing are what to look at, not amounts; "
    "of two devices or doses the stronger can be told, not by how much."
)


def caution(course: xr.Dataset) -> str:
    """What not to read out of the numbers; empty for a calibrated course."""
    return CAUTION if str(course.attrs.get("calibrated", "no")) == "no" else ""


def headline(course: xr.Dataset) -> str:
    """One sentence, made from the numbers, that says which clock is slow."""
    total, mature = (milestone(course, name) for name in ("collagen_total", "collagen_i_mature"))
    sessions = session_days(course) - first_session(course)
    if not sessions.size:
        return _ageing(course)
    if total.remark in (NO_EFFECT, BELOW) and mature.remark in (NO_EFFECT, BELOW):
        short = "" if total.horizon >= YEAR else f" within its {total.horizon:.0f} days"
        return f"This treatment leaves no lasting gain in collagen{short}."
    if total.remark == mature.remark == TOO_COARSE:
        return f"{_calm(course, sessions)}, but {TOO_COARSE} when the gain in collagen is there."
    return f"{_calm(course, sessions)}, {_matrix(total)}, {_maturation(total, mature)}."


def _matrix(total: Milestone) -> str:
    if not total.remark:
        length = horizon_text(total).replace("months", "month").replace("days", "day").replace(" ", "-")
        return (
            f"90 % of the {length} gain in total collagen ({effect_text(total)}) "
            f"is laid down by {day_text(total.days[2])}"
        )
    if total.remark == TOO_COARSE:
        return f"when total collagen is laid down cannot be told ({TOO_COARSE})"
    return f"after {horizon_text(total)} total collagen is {BELOW}"


def _maturation(total: Milestone, mature: Milestone) -> str:
    if mature.remark == BELOW:
        return f"but after {horizon_text(mature)} cross-linked collagen I is still below untreated skin"
    if mature.remark == NO_EFFECT:
        return f"but after {horizon_text(mature)} cross-linked collagen I is as in untreated skin"
    if mature.remark == TOO_COARSE:
        return f"but when cross-linked collagen I is there cannot be told ({TOO_COARSE})"
    if mature.remark:
        return "but the course ends before cross-linked collagen I can be judged"
    day = day_text(mature.days[2])
    if not mature.days[2] <= total.days[2]:
        return f"but cross-linked collagen I takes until {day}"
    return f"and 90 % of the gain in cross-linked collagen I is there by {day}"


def _ageing(course: xr.Dataset) -> str:
    """What time alone does, for a course without sessions."""
    values, years = course["collagen_total"].values, float(course["time"].values[-1] - course["time"].values[0]) / YEAR
    change = 100.0 * (float(values[-1]) / float(values[0]) - 1.0)
    if abs(change) < 0.05:
        return f"Without a session nothing changes: total collagen stays as it is for {years:.1f} years."
    verb = "falls" if change < 0 else "rises"
    return f"Without a session total collagen {verb} by {abs(change):.1f} % in {years:.1f} years: this is ageing alone."


def _calm(course: xr.Dataset, sessions: Array) -> str:
    """When inflammation is over, counted from the last session and for what that one set off."""
    told = "one session" if sessions.size == 1 else f"{sessions.size} sessions in {sessions[-1]:.0f} days"
    days = np.asarray(course["time"].values, dtype=float) - first_session(course) - sessions[-1]
    if days[-1] < FORTNIGHT or milestone(course, "inflammation").remark == TOO_COARSE:
        return f"After {told}"
    later = days >= 0
    excess = cumulated(days[later], np.asarray(course.cx.effect("inflammation").values, dtype=float)[later])
    spent = first_passage(days[later], excess, SHARES[-1] * float(excess[-1])) if later.any() else float("nan")
    if not np.isfinite(spent):
        return f"After {told}"
    since = "" if sessions.size == 1 else " of the last"
    return f"After {told} inflammation is spent within {spent:.0f} days{since}"
