"""S06: three to four sessions of about half an hour and 100 to 200 dollars."""

import numpy as np

from cicatrix.claims.bench import NOTHING, Bench, Changes
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.claims.measures import OF_COLLAGEN, collagen_gain, shallower

SCENARIO = "s06_sessions"
COUNTS = (1, 2, 3, 4, 5, 6, 8)
INTERVALS = (2, 4, 6)  # weeks
DAYS = 540  # from the first session; the last of eight is seven months behind


def sessions(count: int, weeks: int = 4) -> Changes:
    """The scenario with another number of sessions."""
    return {"protocol.sessions": f"every {weeks} weeks x {count}"}


def gain(bench: Bench, count: int, changes: Changes, weeks: int = 4) -> float:
    """Lines shallower at the end, in per cent."""
    return shallower(bench.course(SCENARIO, {**sessions(count, weeks), **changes}), DAYS)


def matrix(bench: Bench, count: int, changes: Changes) -> float:
    """New collagen at the end, in per cent."""
    return collagen_gain(bench.course(SCENARIO, {**sessions(count), **changes}))


def measure(bench: Bench) -> dict[str, Number]:
    """Effect, time and money by number and interval of sessions."""
    numbers = {}
    for count in COUNTS:
        told = f"lines shallower after 18 months, {count} session{'s' if count > 1 else ''}"
        numbers[f"gain_{count}"] = Number(told, gain(bench, count, NOTHING), "%")
    for weeks in INTERVALS:
        told = f"the same, 4 sessions every {weeks} weeks"
        numbers[f"every_{weeks}"] = Number(told, gain(bench, 4, NOTHING, weeks), "%")
    course = bench.course(SCENARIO)
    numbers["minutes"] = Number("time of one session", float(course.of("treatment_time")[-1]) / 4, "min")
    numbers["price"] = Number("price of one session", float(course.of("cost")[-1]) / 4, "USD")
    for count in (1, 4, 6):
        told = f"collagen above untreated after 18 months, {count} session{'s' if count > 1 else ''}"
        numbers[f"collagen_{count}"] = Number(told, matrix(bench, count, NOTHING), "%")
    numbers["one"] = bench.over(
        SCENARIO,
        OF_COLLAGEN,
        lambda changes: 100.0 * matrix(bench, 1, changes) / matrix(bench, 4, changes),
        "collagen of one session, of that of four",
        "%",
    )
    numbers["more"] = bench.over(
        SCENARIO,
        OF_COLLAGEN,
        lambda changes: 100.0 * (matrix(bench, 6, changes) / matrix(bench, 4, changes) - 1.0),
        "collagen that two more sessions add to four",
        "%",
    )
    return numbers


def chart(bench: Bench) -> Chart:
    """Effect against number of sessions."""
    x = np.array(COUNTS, dtype=float)
    y = np.array([gain(bench, count, NOTHING) for count in COUNTS])
    title = "Each session adds less than the one before"
    return Chart(title, "sessions, four weeks apart", "lines shallower after 18 months, %", {"lines": (x, y)})


CLAIM = Claim(
    id="S06",
    short="three to four sessions are needed",
    words="Three to four sessions are needed, each of about 30 minutes and 100 to 200 dollars.",
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CONSISTENT,
        "It matches practice: the median of ten studies is three sessions, four weeks apart. No trial separates the "
        "number of sessions from the time that passes, and none compares intervals.",
        ("Harris, Naidoo, Murrell 2015, Int J Womens Dermatol: review of ten studies of acne scars",),
    ),
    criteria=(
        Criterion("one session lays down less than two thirds of the collagen of four", "one", most=67),
        Criterion(
            "two more sessions add less than a third to the collagen of four",
            "more",
            most=33,
            blind="where enough begins is a wish that no model knows; here each session goes on adding",
        ),
    ),
    origin=Origin.EMERGES,
    origin_words=(
        "Diminishing returns come out of the crowding of new matrix; time and price of a session are put in."
    ),
    measure=measure,
    charts=(chart,),
)
