"""S09: atrophic acne scars and stretch marks improve, severe ones need needles beyond 1.5 mm."""

import numpy as np

from cicatrix.claims.bench import Bench, Changes
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.milestones import MONTH

SCENARIO = "s09_scars"
LENGTHS = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0)  # mm
STRIAE: Changes = {"patient.baseline": "striae", "patient.site": "abdomen", "protocol.sessions": "every 4 weeks x 3"}


def of_length(length: float) -> Changes:
    """The scenario with another needle."""
    return {"device.needle_length": f"{length} mm"}


def filled(bench: Bench, changes: Changes) -> float:
    """How much shallower scars are than untreated ones at the end, in per cent."""
    return -float(bench.course(SCENARIO, changes).gain("scar_depth")[-1])


def deeper(bench: Bench, changes: Changes) -> float:
    """What 2.5 mm fills more than 1.5 mm, in per cent of the latter."""
    short, long = (filled(bench, {**of_length(length), **changes}) for length in (1.5, 2.5))
    return 100.0 * (long / short - 1.0) if short > 0 else 0.0


def measure(bench: Bench) -> dict[str, Number]:
    """Depth and grade of scars."""
    course = bench.course(SCENARIO)
    numbers = {}
    for months in (3, 6):
        day = months * MONTH
        start = float(course.of("scar_grade")[0])
        told = start - course.at(course.of("scar_grade"), day), start - course.at(course.twin("scar_grade"), day)
        numbers[f"grade_{months}"] = Number(f"points that the grade has fallen at month {months}", told[0])
        numbers[f"drift_{months}"] = Number(f"of which the untreated side falls as well, month {months}", told[1])
    numbers["filled"] = bench.over(
        SCENARIO,
        ("scar_filling", "reach"),
        lambda changes: filled(bench, changes),
        "scars shallower than untreated after 12 months",
        "%",
    )
    five = {"protocol.sessions": "every 4 weeks x 5"}
    numbers["five"] = Number("the same after five monthly sessions", filled(bench, five), "%")
    numbers["striae"] = Number("stretch marks after three monthly sessions", filled(bench, STRIAE), "%")
    numbers["deeper"] = bench.over(
        SCENARIO, ("reach", "roller_dent"), lambda changes: deeper(bench, changes), "what 2.5 mm adds to 1.5 mm", "%"
    )
    return numbers


def chart(bench: Bench) -> Chart:
    """Filling against needle length."""
    x = np.array(LENGTHS)
    lines = {}
    for sessions in (3, 5):
        changes: Changes = {"protocol.sessions": f"every 4 weeks x {sessions}"}
        y = [filled(bench, {**changes, **of_length(length)}) for length in LENGTHS]
        lines[f"{sessions} monthly sessions"] = (x, np.array(y))
    return Chart("Scars after 12 months, roller", "needle length, mm", "shallower than untreated, %", lines)


CLAIM = Claim(
    id="S09",
    short="scars and stretch marks improve",
    words="Atrophic acne scars, stretch marks and other scars improve; severe ones need needles beyond 1.5 mm.",
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CANNOT_SAY,
        "Scars improve, by 9 to 45 % of their score in five series, mostly without a control; in a blinded one by 3.4 "
        "points against 0.4 on the untreated side at 6 months. No trial looked for the dose: that severe scars "
        "need longer needles is untested.",
        (
            "Alam et al. 2014, JAMA Dermatol, doi:10.1001/jamadermatol.2013.8687: half faces, blinded, 15 people",
            "Dogra, Yadav, Sarangal 2014, J Cosmet Dermatol: 11.73 to 6.5 points, no control",
            "Sohag Medical Journal, article 40927: 8.6 %, ten people",
            "Alster and Li 2020, Dermatol Surg, doi:10.1097/dss.0000000000002081: stretch marks, no control",
        ),
    ),
    criteria=(
        Criterion("scars get shallower, by 1 % at least", "filled", least=1.0),
        Criterion("2.5 mm does at least a tenth more than 1.5 mm", "deeper", least=10.0),
    ),
    origin=Origin.BUILT_IN,
    origin_words="The new collagen is the model's, but how much of it lifts the floor of a scar is assumed.",
    measure=measure,
    charts=(chart,),
)
