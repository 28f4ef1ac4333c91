"""S05: some effect at once and in weeks, noticeable after 3 months, full after 6 to 12."""

import numpy as np

from cicatrix.claims.bench import Bench, Course
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.claims.measures import first_day, shallower
from cicatrix.milestones import MONTH

SCENARIO = "s05_when_results_show"
DAYS = (27, 98, 182, 365, 730)
OF_TIMING = (
    "immature_stiffness_ratio",
    "collagen_iii_stiffness_ratio",
    "cross_linking",
    "reach",
    "weakening_by_fragments",
)


def month_of(course: Course, share: float) -> float:
    """Month in which a share of the largest lasting effect on lines is reached for the first time.

    Looked at from a fortnight after the last session on, when the swelling and dryness that it leaves have passed.
    """
    effect = -course.effect("wrinkle_depth")
    later = np.where(course.days >= 84.0 + 14.0, effect, 0.0)
    return first_day(course, later, share * float(later.max())) / MONTH


def supports(course: Course, day: float) -> dict[str, float]:
    """What each collagen adds to the support of the epidermis, weighted by its stiffness, in per cent."""
    weights = {
        "collagen III": ("collagen_iii", course.parameter("collagen_iii_stiffness_ratio")),
        "young collagen I": ("collagen_i_immature", course.parameter("immature_stiffness_ratio")),
        "cross-linked collagen I": ("collagen_i_mature", 1.0),
    }
    every = sum(course.at(weight * course.twin(name), day) for name, weight in weights.values())
    return {
        told: 100.0 * course.at(weight * course.effect(name), day) / every for told, (name, weight) in weights.items()
    }


def of_swelling(bench: Bench, day: float) -> float:
    """How much shallower swelling makes lines on a day, against skin that it hardly stretches."""
    course = bench.course(SCENARIO)
    stiff = bench.course(SCENARIO, {"parameters.oedema_stretch": course.parameter("oedema_stretch", "low")})
    return shallower(course, day) - shallower(stiff, day)


def measure(bench: Bench) -> dict[str, Number]:
    """Lines by day, and what is behind them."""
    course = bench.course(SCENARIO)
    numbers = {f"day_{day}": Number(f"lines shallower on day {day}", shallower(course, day), "%") for day in DAYS}
    swelling = of_swelling(bench, 1.0)
    numbers["first_day"] = Number("lines shallower on day 1", shallower(course, 1.0), "%")
    numbers["swelling"] = Number("of that by swelling", swelling, "points")
    numbers["dryness"] = Number("and by dryness and all else", shallower(course, 1.0) - swelling, "points")
    for month in (1, 3, 12):
        for name, value in supports(course, month * MONTH).items():
            numbers[f"{name} {month}"] = Number(f"support added by {name}, month {month}", value, "%")
    for told, name in {"elastin": "elastin", "fragments of collagen": "collagen_fragments"}.items():
        numbers[name] = Number(f"{told} above untreated, month 12", course.at(course.gain(name), 365.0), "%")
    numbers["most"] = Number("the largest lasting effect is there", month_of(course, 1.0), "months")
    numbers["half"] = Number("half of the largest lasting effect is there", month_of(course, 0.5), "months")
    numbers["full"] = bench.over(
        SCENARIO,
        OF_TIMING,
        lambda changes: month_of(bench.course(SCENARIO, changes), 0.9),
        "90 % of the largest lasting effect is there",
        "months",
    )
    numbers["early"] = Number(
        "share of the effect of month 12 that is there in month 3",
        100.0 * shallower(course, 3 * MONTH) / shallower(course, 365),
        "%",
    )
    return numbers


def chart(bench: Bench) -> Chart:
    """What supports the epidermis in each month."""
    course = bench.course(SCENARIO)
    days = course.days[course.days <= 24 * MONTH]
    parts = [supports(course, float(day)) for day in days]
    lines = {name: (days / MONTH, np.array([part[name] for part in parts])) for name in parts[0]}
    return Chart("What the new matrix adds to the support of the epidermis", "months", "% of untreated support", lines)


def chart_of_lines(bench: Bench) -> Chart:
    """Lines and the visible result over two years."""
    course = bench.course(SCENARIO)
    lines = {
        "lines shallower, % of untreated": (course.days / MONTH, -course.gain("wrinkle_depth")),
        "visible result, own composite, % of flawless": (course.days / MONTH, 100.0 * course.effect("visible_result")),
    }
    return Chart("The result against untreated skin", "months", "as named", lines)


CLAIM = Claim(
    id="S05",
    short="the full effect takes 6 to 12 months",
    words="Some effect shows at once and in weeks, it is noticeable after 3 months and full after 6 to 12 months.",
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CANNOT_SAY,
        "Blinded raters saw more at 6 months than at 3 (3.4 and 2.4 points; untreated sides 0.4 and 1.0; 15 people). "
        "Patients rated themselves no better at 3 months than at 1. The full result at 12 months is expert opinion.",
        (
            "Alam et al. 2014, JAMA Dermatol, doi:10.1001/jamadermatol.2013.8687",
            "Alqam et al. 2022, Aesthet Surg J, doi:10.1093/asj/sjac085: self-rating at 1 and 3 months",
            "Kenkel group 2021, Aesthet Surg J, PMID 33656167: optical density +15.7 % at 1 month, +17.3 % at 3",
        ),
    ),
    criteria=(
        Criterion("a part of the effect of month 12 is there in month 3, not all", "early", least=10, most=90),
        Criterion(
            "90 % of the largest lasting effect is reached between month 6 and month 12", "full", least=6, most=12
        ),
    ),
    origin=Origin.EMERGES,
    origin_words="It follows from when collagen is laid down and how slowly it is cross-linked.",
    measure=measure,
    charts=(chart_of_lines, chart),
)
