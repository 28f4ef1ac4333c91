"""S07: wrinkles look worse in the first days because the skin loses water, and moisturiser prevents it."""

from cicatrix.claims.bench import NOTHING, Bench, Changes
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.claims.measures import HOURS, lasting, peak_day, shallower

SCENARIO = "s07_dryness"
MOISTURISED: Changes = {"care.moisturiser": True}
COVERED: Changes = {"care.occlusion": "6 h"}
OF_DRYNESS = (
    "horny_layer_stiffening",
    "horny_layer_shrinkage",
    "horny_layer_thinning",
    "horny_layer_modulus",
    "epidermis_modulus",
    "dermal_modulus_home",
    "oedema_stretch",
    "flaking_by_water_loss",
    "dryness_of_flakes",
    "permanent_crease",
)


def worst(bench: Bench, changes: Changes) -> float:
    """Largest depth of lines above that of untreated skin from 12 hours to 14 days, in per cent of it."""
    course = bench.course(SCENARIO, changes)
    return float(course.gain("wrinkle_depth")[(course.days >= 0.5) & (course.days <= 14.0)].max())


def of_bare(bench: Bench, cared: Changes, bare: Changes) -> float:
    """How much of the worsening is left with care, in per cent; 0 when lines never are deeper than untreated ones."""
    return 100.0 * max(0.0, worst(bench, cared)) / worst(bench, bare)


def measure(bench: Bench) -> dict[str, Number]:
    """Water and lines with and without care."""
    bare = bench.course(SCENARIO)
    loss, lines = bare.effect("tewl"), bare.gain("wrinkle_depth")
    rest = 100.0 * max(0.0, bare.at(lines, 14.0)) / float(lines.max())
    return {
        "tewl": Number("largest rise of water loss", float(loss.max()), "g m⁻² h⁻¹"),
        "tewl_hours": Number(
            "water loss is within 10 % of its rise after", HOURS * lasting(bare, loss, 0.1 * float(loss.max())), "h"
        ),
        "hydration": Number(
            "least water of the horny layer, of untreated skin", 100.0 + float(bare.gain("hydration").min()), "%"
        ),
        "day": Number("lines are deepest on day", peak_day(bare, lines), ""),
        "left": Number("left of that on day 14", rest, "%"),
        "worse": bench.over(
            SCENARIO, OF_DRYNESS, lambda changes: worst(bench, changes), "lines deeper than untreated at the worst", "%"
        ),
        "moisturised": bench.over(
            SCENARIO,
            ("water_passing_moisturiser",),
            lambda changes: of_bare(bench, {**MOISTURISED, **changes}, changes),
            "the same with moisturiser, of that without",
            "%",
        ),
        "covered": Number("the same under a film for 6 hours, of that without", of_bare(bench, COVERED, NOTHING), "%"),
        "later": Number("lines shallower than untreated after a year", shallower(bare), "%"),
    }


def chart(bench: Bench) -> Chart:
    """Lines in the first fortnight."""
    lines = {}
    for told, changes in {"bare": NOTHING, "moisturiser": MOISTURISED, "film for 6 hours": COVERED}.items():
        course = bench.course(SCENARIO, changes)
        first = course.days <= 14.0
        lines[told] = (course.days[first], course.gain("wrinkle_depth")[first])
    return Chart("Lines in the first fortnight", "days", "depth of lines against untreated skin, %", lines)


CLAIM = Claim(
    id="S07",
    short="lines look worse at first, from dryness",
    words="Wrinkles can look worse in the first days because the skin loses water; moisturiser prevents it.",
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CONSISTENT,
        "Water loss is raised for 48 to 72 hours, longer needles raise it more, and scaling and dryness stand in the "
        "diary of a trial. How deep lines were in those days, with or without moisturiser, was not measured.",
        (
            "Sasaki 2019, Aesthet Surg J Open Forum, doi:10.1093/asjof/ojz017: 0.5 and 1.5 mm, 48 h",
            "Facial barrier after microneedles 2012, Dermatol Surg, doi:10.1111/j.1524-4725.2012.02550.x: 72 h",
            "SkinPen trial diary, NCT02646917: scaling and dryness",
            "Fractional laser 2012, J Drugs Dermatol (harsher): dry on day 3, normal on day 7",
        ),
    ),
    criteria=(
        Criterion("lines are at least 1 % deeper than untreated ones at the worst", "worse", least=1.0),
        Criterion("moisturiser at least halves that", "moisturised", most=50.0),
    ),
    origin=Origin.EMERGES,
    origin_words="It comes out of layer mechanics on a dry, stiff film, with assumed stiffness; hence the wide range.",
    measure=measure,
    charts=(chart,),
)
