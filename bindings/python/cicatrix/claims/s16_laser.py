"""S16: microneedling is 75 % better than laser for acne scars."""

from cicatrix.claims.bench import NOTHING, Bench, Changes, Course
from cicatrix.claims.charts import Chart, bars
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict

NEEDLING = "s16_scars_by_needling"
LASER = "s16_scars_by_laser"
# Lasers are set as differently as pens; these three span the usual settings.
SETTINGS: dict[str, Changes] = {
    "shallow": {},
    "deep": {"device.column_depth": "1.0 mm"},
    "deep and dense": {"device.column_depth": "1.0 mm", "protocol.passes": 4},
}
SESSIONS = 3


def filled(course: Course) -> float:
    """How much shallower scars are than untreated ones at month 6, in per cent."""
    return -float(course.gain("scar_depth")[-1])


def risk(course: Course) -> float:
    """Chance of dark spots, in per cent."""
    return 100.0 * float(course.of("hyperpigmentation_risk")[-1])


def better(bench: Bench, setting: Changes, changes: Changes = NOTHING) -> float:
    """How much more needling fills than the laser, in per cent of the laser."""
    return 100.0 * (filled(bench.course(NEEDLING, changes)) / filled(bench.course(LASER, {**setting, **changes})) - 1.0)


def measure(bench: Bench) -> dict[str, Number]:
    """Both side by side."""
    courses = {"needling, 1.5 mm": bench.course(NEEDLING)}
    courses.update({f"laser, {told}": bench.course(LASER, setting) for told, setting in SETTINGS.items()})
    numbers = {}
    for told, course in courses.items():
        grade = float(course.of("scar_grade")[0] - course.of("scar_grade")[-1])
        numbers[f"{told} depth"] = Number(f"{told}: scars shallower at month 6", filled(course), "%")
        numbers[f"{told} grade"] = Number(f"{told}: points that the grade has fallen", grade)
        days = float(course.of("downtime")[-1]) / SESSIONS
        numbers[f"{told} downtime"] = Number(f"{told}: days that show after each session", days, "d")
        numbers[f"{told} risk"] = Number(f"{told}: chance of dark spots, phototype IV", risk(course), "%")
    found = [better(bench, setting) for setting in SETTINGS.values()]
    for end in ("low", "high"):
        reach = {"parameters.reach": f"{bench.course(LASER).parameter('reach', end)!r} mm"}
        found += [better(bench, setting, reach) for setting in SETTINGS.values()]
    numbers["better"] = Number(
        "needling fills more than the laser by",
        found[0],
        "%",
        min(found),
        max(found),
        ("settings of the laser", "reach"),
    )
    return numbers


def chart(bench: Bench) -> Chart:
    """Result, downtime and risk side by side."""
    courses = {"needling": bench.course(NEEDLING)}
    courses.update({f"laser, {told}": bench.course(LASER, setting) for told, setting in SETTINGS.items()})
    heights = {
        "scars shallower, %": {told: filled(course) for told, course in courses.items()},
        "days that show, each session": {
            told: float(course.of("downtime")[-1]) / SESSIONS for told, course in courses.items()
        },
        "chance of dark spots, %": {told: risk(course) for told, course in courses.items()},
    }
    return bars("Needling beside a fractional laser", "as named below", heights)


CLAIM = Claim(
    id="S16",
    short="75 % better than laser for acne scars",
    words="Microneedling is 75 % better than laser for acne scars.",
    scenarios=(NEEDLING, LASER),
    evidence=Evidence(
        Verdict.CONTRADICTED,
        "No source for the figure was found. A trial of 46 people saw no difference from a non-ablative laser "
        "(p = 0.264); a meta-analysis puts carbon dioxide lasers ahead, not significantly (-1.08, -2.48 to 0.32); "
        "another favours needling over mixed treatments by 0.42 points. What needling does have is fewer dark spots: "
        "those lasers had 3.04 times as many (1.49 to 6.21).",
        (
            "Cachafeiro et al. 2016, Dermatol Surg, doi:10.1097/DSS.0000000000000597",
            "Meta-analysis 2026, Lasers Med Sci 41:124, doi:10.1007/s10103-026-04905-5",
            "Meta-analysis 2022, Aesthet Plast Surg, PMID 35426044",
        ),
    ),
    criteria=(Criterion("needling fills scars at least 75 % more than the laser", "better", least=75.0),),
    origin=Origin.EMERGES,
    origin_words=(
        "The filling follows from what each device injures, with the same assumed filling for both; that heat darkens "
        "more is put in after the meta-analysis."
    ),
    measure=measure,
    charts=(chart,),
)
