"""S17: it can be done at home or professionally."""

from cicatrix.claims.bench import NOTHING, Bench, Changes, Course
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.claims.measures import collagen_gain, shallower

HOME = "s17_home"
CLINIC = "s17_clinic"
AT_ONCE: Changes = {
    "protocol.sessions": "once",
    "simulation.duration": "1 day",
    "simulation.outputs": ["1 min", "1 day"],
}
LONGER: Changes = {"device.needle_length": "0.5 mm"}


def of_clinic(bench: Bench, changes: Changes, *, at_home: Changes = NOTHING) -> float:
    """The effect on lines at home over that of the clinic, in per cent."""
    home = shallower(bench.course(HOME, {**at_home, **changes}))
    return 100.0 * home / shallower(bench.course(CLINIC, changes))


def measure(bench: Bench) -> dict[str, Number]:
    """Both side by side."""
    numbers = {}
    for told, name in {"home": HOME, "clinic": CLINIC}.items():
        numbers.update({f"{told}_{key}": number for key, number in _side(told, bench.course(name)).items()})
        pain = bench.course(name, AT_ONCE).of("pain").max()
        numbers[f"{told}_pain"] = Number(f"{told}: pain without anaesthetic", float(pain), "of 10")
    of_reach = ("reach", "roller_dent", "shallow_ratio")
    told = "effect on lines at home, of that in the clinic"
    numbers["share"] = bench.over(HOME, of_reach, lambda changes: of_clinic(bench, changes), told, "%")
    value = of_clinic(bench, NOTHING, at_home=LONGER)
    numbers["longer"] = Number("the same with a home roller of 0.5 mm", value, "%")
    return numbers


def _side(told: str, course: Course) -> dict[str, Number]:
    sessions = len(course.of("session_time"))
    return {
        "lines": Number(f"{told}: lines shallower after 12 months", shallower(course), "%"),
        "collagen": Number(f"{told}: collagen above untreated after 12 months", collagen_gain(course), "%"),
        "downtime": Number(f"{told}: days that show, each session", float(course.of("downtime")[-1]) / sessions, "d"),
        "time": Number(f"{told}: time in all {sessions} sessions", float(course.of("treatment_time")[-1]), "min"),
        "cost": Number(f"{told}: cost of all sessions", float(course.of("cost")[-1]), "USD"),
    }


def chart(bench: Bench) -> Chart:
    """Lines over the year."""
    lines = {}
    for told, course in {"clinic": bench.course(CLINIC), "home": bench.course(HOME)}.items():
        lines[told] = (course.days, -course.gain("wrinkle_depth"))
    return Chart("A clinic's needles and a home roller", "days", "lines shallower than untreated, %", lines)


CLAIM = Claim(
    id="S17",
    short="at home as well as professionally",
    words="It can be done at home as well as professionally.",
    scenarios=(HOME, CLINIC),
    evidence=Evidence(
        Verdict.CANNOT_SAY,
        "No trial sets home and clinic side by side. A roller of 0.25 mm with salt water did less than the same with "
        "growth factors, so such short needles alone seem to do little; long needles are used in clinics only.",
        (
            "Lee et al. 2014, Ann Dermatol, PMC4198585: 0.25 mm, 25 people",
            "Facial barrier after microneedles 2012, Dermatol Surg, doi:10.1111/j.1524-4725.2012.02550.x",
        ),
    ),
    criteria=(
        Criterion("a home roller gives at least three quarters of the clinic's effect on lines", "share", least=75.0),
    ),
    origin=Origin.EMERGES,
    origin_words="It follows from how little of the dermis short needles reach.",
    measure=measure,
    charts=(chart,),
)
