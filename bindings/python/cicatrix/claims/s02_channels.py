"""S02: a device leaves thousands of tiny channels, and pores are not enlarged."""

import math

import numpy as np

from cicatrix import _core
from cicatrix.claims.bench import Bench, Changes
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.claims.measures import HOURS

SCENARIO = "s02_channels"
AREA = 100.0  # cm2, as the scenario says
PASSES = (1, 2, 3, 5, 8, 10, 15, 20, 25, 30)


def half_life(bench: Bench) -> float:
    """Hours in which half of the holes in the horny layer close, from what is left after two days."""
    course = bench.course(SCENARIO)
    holes = 1.0 - course.of("barrier") / course.twin("barrier")
    first, later = (course.at(holes, day) for day in (0.25, 2.0))
    return HOURS * (2.0 - 0.25) * math.log(2.0) / math.log(first / later)


def of_map(passes: float) -> tuple[float, float]:
    """Distinct channels per cm2, and the percentage of the last pass that enters older holes, on a seeded map."""
    roller = _core.Roller(needles=192)  # as the scenario says
    channels = _core.channels(roller, passes=passes, needle_length=1.5)
    found = _core.channel_map(roller, channels, passes=int(passes))
    return 100.0 * found.density.mean, 100.0 * found.reentered[-1].mean


def measure(bench: Bench) -> dict[str, Number]:
    """Counts, open area and how long it stays open."""
    one = bench.scenario(SCENARIO, {"protocol.passes": 1}).sessions[0]
    many = bench.scenario(SCENARIO).sessions[0]
    course = bench.course(SCENARIO)

    def channels(changes: Changes) -> float:
        return AREA * bench.scenario(SCENARIO, changes).sessions[0].channel_density

    mapped, last = of_map(many.passes)
    return {
        "one_pass": Number("channels of one pass", one.channel_density, "per cm²"),
        "strikes": Number("needles that strike in 15 passes", many.strike_density, "per cm²"),
        "density": Number("distinct channels of 15 passes", many.channel_density, "per cm²"),
        "channels": bench.over(SCENARIO, ("reentry_radius",), channels, f"channels on {AREA:.0f} cm² of skin"),
        "mapped": Number("the same on a map of random strikes, per area", mapped, "per cm²"),
        "reentered": Number("strikes of the last pass that enter an older hole", last, "%"),
        "open_area": Number("share of the surface that is open after the session", 100.0 * many.open_area, "%"),
        "half_life": Number("time in which half of the holes close", half_life(bench), "h"),
        "closed": bench.over(
            SCENARIO,
            ("barrier_closure",),
            lambda changes: _closed(bench, changes),
            "holes that are closed after four weeks",
            "%",
        ),
        "pores": Number("pore index against untreated skin at the end", float(course.gain("pore_index")[-1]), "%"),
    }


def _closed(bench: Bench, changes: Changes) -> float:
    course = bench.course(SCENARIO, changes)
    opened = bench.scenario(SCENARIO, changes).sessions[0].open_area
    return 100.0 * (1.0 + course.at(course.effect("barrier"), 28.0) / opened)


def chart(bench: Bench) -> Chart:
    """Density against passes."""
    sessions = [bench.scenario(SCENARIO, {"protocol.passes": passes}).sessions[0] for passes in PASSES]
    x = np.array(PASSES, dtype=float)
    lines = {
        "needles that strike": (x, np.array([session.strike_density for session in sessions])),
        "distinct channels": (x, np.array([session.channel_density for session in sessions])),
    }
    return Chart("Later passes enter some of the holes of earlier ones", "passes", "per cm²", lines)


def chart_of_closing(bench: Bench) -> Chart:
    """Open area over the first days."""
    course = bench.course(SCENARIO)
    first = (course.days > 0.0) & (course.days <= 7.0)
    lines = {"open": (course.days[first], -100.0 * course.effect("barrier")[first])}
    return Chart("Holes in the horny layer close within days", "days", "open share of the surface, %", lines)


CLAIM = Claim(
    id="S02",
    short="thousands of channels, pores not enlarged",
    words="A rolled or stamped device leaves thousands of tiny channels; pores are not enlarged.",
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CONSISTENT,
        "The count follows from the geometry of the device: 192 needles on a drum of 2 by 2 cm leave about 16 per cm² "
        "and pass, 250 per cm² after fifteen. Holes close with a half-life of 20 to 26 hours. Whether pores widen was "
        "not measured; holes that are gone in days give no reason for it.",
        (
            "Schwarz and Laaff 2011, Plast Reconstr Surg, doi:10.1097/PRS.0b013e3182131e0f: needles and drum",
            "Micropore lifetime at three sites 2021, PMC8259462: half-lives of 20.2 to 25.9 h, 35 people",
            "Kalluri, Kolli, Banga 2011, AAPS J, PMC3160154: mouths of 70.7 um, hairless rat",
        ),
    ),
    criteria=(
        Criterion("more than a thousand channels on the treated skin", "channels", least=1000),
        Criterion("at least 99 % of the holes are closed after four weeks", "closed", least=99.0),
    ),
    origin=Origin.EMERGES,
    origin_words="The count comes from the drum; only the half-life of the holes is put in as measured.",
    measure=measure,
    charts=(chart, chart_of_closing),
)
