"""S03: redness for a day or two, swelling and discomfort."""

from cicatrix.claims.bench import Bench, Changes
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.claims.measures import HOURS, lasting

SCENARIO = "s03_redness"
LENGTHS = (0.25, 0.5, 1.5, 2.5)  # mm
OF_REDNESS = (
    "visible_erythema",
    "erythema_by_damage",
    "erythema_by_cells",
    "erythema_by_perfusion",
    "flare_half_length",
)


def of_length(length: float) -> Changes:
    """The scenario with another needle."""
    return {"device.needle_length": f"{length} mm"}


def red_days(bench: Bench, changes: Changes) -> float:
    """Days on which redness is seen."""
    course = bench.course(SCENARIO, changes)
    return lasting(course, course.of("erythema"), course.parameter("visible_erythema"))


def measure(bench: Bench) -> dict[str, Number]:
    """Durations and strengths by needle length."""
    numbers = {}
    for length in LENGTHS:
        hours = HOURS * red_days(bench, of_length(length))
        numbers[f"red_{length}"] = Number(f"redness is seen, {length} mm", hours, "h")
    what = "redness is seen, 1.5 mm"
    numbers["red_days"] = bench.over(SCENARIO, OF_REDNESS, lambda changes: red_days(bench, changes), what, "d")
    numbers["longer"] = Number(
        "redness after 2.5 mm over that after 0.25 mm",
        red_days(bench, of_length(2.5)) / red_days(bench, of_length(0.25)),
        "times",
    )
    for length in (0.5, 1.5):
        course = bench.course(SCENARIO, of_length(length))
        told = {
            "downtime": Number(f"days that show, {length} mm", float(course.of("downtime")[-1]), "d"),
            "oedema": Number(
                f"largest swelling of the dermis, {length} mm", 100.0 * float(course.of("oedema").max()), "%"
            ),
            "pain": Number(f"pain without anaesthetic, {length} mm", float(course.of("pain").max()), "of 10"),
            "blood": Number(f"points of blood, {length} mm", float(course.of("pinpoint_bleeding").max()), "per cm²"),
        }
        numbers.update({f"{key}_{length}": number for key, number in told.items()})
    return numbers


def chart(bench: Bench) -> Chart:
    """Redness over the first days."""
    lines = {}
    for length in LENGTHS:
        course = bench.course(SCENARIO, of_length(length))
        first = course.days <= 4.0
        lines[f"{length} mm"] = (course.days[first], course.of("erythema")[first])
    return Chart("Redness after needles of four lengths", "days", "erythema; 0.1 is just seen", lines)


CLAIM = Claim(
    id="S03",
    short="redness lasts 1 to 2 days",
    words="Redness lasts 1 to 2 days, with swelling, bruising, itch and flaking; bleeding and infection are rare.",
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CONSISTENT,
        "The order of size is right, and it depends on the needle: under 2 hours for short arrays, up to 24 "
        "hours for 0.3 to 0.75 mm, 3 days on the belly, at most 7 days over 85 articles. Infections were 0 to 3 %; "
        "the model flags them and does not predict them.",
        (
            "Bal et al. 2008, Eur J Pharm Sci, doi:10.1016/j.ejps.2008.06.016: under 2 h",
            "Hackethal et al. 2021, Skin Res Technol, doi:10.1111/srt.12918: at most 24 h",
            "Trial on striae 2019, Am J Clin Dermatol, doi:10.1007/s40257-018-0415-0: 3.0 days",
            "Chu, Foulad, Mesinkovska 2021, Dermatol Surg, doi:10.1097/01.dss.0000790428.70373.f6: at most 7 days",
            "Trial on striae alba 2023, Arch Dermatol Res, doi:10.1007/s00403-023-02601-w: one infection in 32",
        ),
    ),
    criteria=(
        Criterion("redness after 1.5 mm is seen for half a day to three days", "red_days", least=0.5, most=3.0),
        Criterion("the longest needles redden at least twice as long as the shortest", "longer", least=2.0),
    ),
    origin=Origin.BUILT_IN,
    origin_words="The clock of the cells is the model's; how much redness they make and when it is seen is assumed.",
    measure=measure,
    charts=(chart,),
)
