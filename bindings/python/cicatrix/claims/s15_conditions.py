"""S15: who should not be needled, and what conditions change."""

from cicatrix import _core
from cicatrix.claims.bench import Bench, Changes
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.claims.measures import lasting
from cicatrix.milestones import cumulated

SCENARIO = "s15_conditions"
REFUSED = (
    "active infection",
    "active acne",
    "eczema",
    "open wounds",
    "keloid tendency",
    "pregnancy",
    "unstable skin",
)
MINUTES = 24.0 * 60.0  # per day


def with_condition(*names: str) -> Changes:
    """The scenario for a patient with other conditions, or with none."""
    return {"patient.conditions": list(names)}


def is_refused(bench: Bench, name: str) -> bool:
    """True if a patient with the condition is turned away until the warning is acknowledged."""
    try:
        bench.scenario(SCENARIO, {**with_condition(name), "patient.acknowledge_warnings": False})
    except _core.InputError as error:
        return any(problem.code == "E-WARNING" for problem in error.problems)
    return False


def myofibroblast_days(bench: Bench, changes: Changes) -> float:
    """Myofibroblasts above those of untreated skin, summed over the year."""
    course = bench.course(SCENARIO, changes)
    return float(cumulated(course.days, course.effect("myofibroblasts"))[-1])


def bleeding_minutes(bench: Bench, changes: Changes) -> float:
    """Minutes until a tenth of the points that bled after five minutes is left."""
    course = bench.course(SCENARIO, changes)
    blood = course.of("pinpoint_bleeding")
    return MINUTES * lasting(course, blood, 0.1 * float(blood.max()))


def measure(bench: Bench) -> dict[str, Number]:
    """Refusals, warnings and what two conditions change."""
    none, keloid, thinned = with_condition(), with_condition("keloid tendency"), with_condition("anticoagulants")
    collagen = {
        told: float(bench.course(SCENARIO, changes).gain("collagen_total")[-1])
        for told, changes in {"none": none, "keloid": keloid}.items()
    }
    return {
        "refused": Number(
            f"of {len(REFUSED)} named conditions, refused until acknowledged",
            float(sum(is_refused(bench, name) for name in REFUSED)),
        ),
        "warnings": Number(
            "warnings kept in the result of the pregnant, eczematous, infected patient",
            float(len(bench.course(SCENARIO).warnings)),
        ),
        "disclosed": Number(
            "warnings in that of a patient on blood thinners", float(len(bench.course(SCENARIO, thinned).warnings))
        ),
        "myofibroblasts": Number(
            "keloid tendency: myofibroblasts over the year, of those without",
            myofibroblast_days(bench, keloid) / myofibroblast_days(bench, none),
            "times",
        ),
        "collagen": Number("collagen above untreated after 12 months, no condition", collagen["none"], "%"),
        "collagen_keloid": Number("the same with keloid tendency", collagen["keloid"], "%"),
        "bleeding": Number("bleeding points fall to a tenth, no condition", bleeding_minutes(bench, none), "min"),
        "bleeding_thinned": Number("the same on blood thinners", bleeding_minutes(bench, thinned), "min"),
        "longer": Number(
            "bleeding on blood thinners over that without",
            bleeding_minutes(bench, thinned) / bleeding_minutes(bench, none),
            "times",
        ),
    }


def chart(bench: Bench) -> Chart:
    """Myofibroblasts with and without keloid tendency."""
    lines = {}
    for told, names in {
        "no condition": (),
        "keloid tendency": ("keloid tendency",),
        "blood thinners": ("anticoagulants",),
    }.items():
        course = bench.course(SCENARIO, with_condition(*names))
        early = course.days <= 122.0
        lines[told] = (course.days[early], course.effect("myofibroblasts")[early])
    return Chart(
        "Cells that make scars stay longer in skin that forms keloids", "days", "myofibroblasts above untreated", lines
    )


CLAIM = Claim(
    id="S15",
    short="not for some, blood thinners matter",
    words=(
        "Not for people with active infection or acne, eczema, open wounds, keloid tendency, pregnancy or unstable "
        "skin; blood thinners need to be disclosed."
    ),
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CONSISTENT,
        "It matches whom trials left out, as a precaution. Just because they were left out nobody knows how large the "
        "risk is. Reported harm in others: infections in 0 to 3 %, fifteen published granulomas.",
        (
            "Trial on striae alba 2023, Arch Dermatol Res, doi:10.1007/s00403-023-02601-w: one infection in 32",
            "Friedmann et al. 2024, Dermatol Surg, doi:10.1097/dss.0000000000004450: granulomas",
        ),
    ),
    criteria=(
        Criterion("every condition named is refused until acknowledged", "refused", least=len(REFUSED)),
        Criterion("keloid tendency leaves more myofibroblasts", "myofibroblasts", least=1.1),
        Criterion("bleeding lasts longer on blood thinners", "longer", least=1.1),
    ),
    origin=Origin.BUILT_IN,
    origin_words="Warnings are texts and the strength of both conditions is assumed; the model predicts no risk.",
    measure=measure,
    charts=(chart,),
)
