"""S10: pigmentation, melasma and sun damage fade, and sun protection is needed afterwards."""

from cicatrix.claims.bench import NOTHING, Bench, Changes
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict

SCENARIO = "s10_pigment"
SCREENED: Changes = {"care.sunscreen": True}
PHOTOTYPES = (2, 4, 6)


def end(bench: Bench, changes: Changes) -> float:
    """Melanin above that of untreated skin with the same light and cream after a year, in per cent."""
    return float(bench.course(SCENARIO, changes).gain("melanin_index")[-1])


def darkest(bench: Bench, changes: Changes) -> float:
    """Largest melanin above that of untreated skin, in per cent."""
    return float(bench.course(SCENARIO, changes).gain("melanin_index").max())


def risk(bench: Bench, changes: Changes) -> float:
    """Chance of dark spots by the end, in per cent."""
    return 100.0 * float(bench.course(SCENARIO, changes).of("hyperpigmentation_risk")[-1])


def measure(bench: Bench) -> dict[str, Number]:
    """Melanin and risk with and without sunscreen."""
    course = bench.course(SCENARIO)
    numbers = {
        "darkest": Number("melanin above untreated at the worst, in the sun", darkest(bench, NOTHING), "%"),
        "screened": Number("the same with sunscreen", darkest(bench, SCREENED), "%"),
        "faded": Number(
            "melanin with sunscreen alone after 12 months, of that in the sun",
            100.0
            * float(bench.course(SCENARIO, SCREENED).twin("melanin_index")[-1] / course.twin("melanin_index")[-1]),
            "%",
        ),
    }
    for phototype in PHOTOTYPES:
        chance = risk(bench, {"patient.phototype": phototype})
        numbers[f"risk_{phototype}"] = Number(f"chance of dark spots, phototype {phototype}, in the sun", chance, "%")
    numbers["change"] = bench.over(
        SCENARIO,
        ("pigment_response", "pigment_inflammation_half", "pigment_response_by_sun"),
        lambda changes: end(bench, changes),
        "melanin above untreated after 12 months",
        "%",
    )
    numbers["protection"] = bench.over(
        SCENARIO,
        ("pigment_response_by_sun", "sunscreen_protection"),
        lambda changes: 100.0 * risk(bench, {**SCREENED, **changes}) / risk(bench, changes),
        "chance of dark spots with sunscreen, of that without",
        "%",
    )
    return numbers


def chart(bench: Bench) -> Chart:
    """Melanin over the year."""
    bare, screened = bench.course(SCENARIO), bench.course(SCENARIO, SCREENED)
    lines = {
        "needled, in the sun": (bare.days, bare.of("melanin_index")),
        "needled, sunscreen": (screened.days, screened.of("melanin_index")),
        "untreated, in the sun": (bare.days, bare.twin("melanin_index")),
        "untreated, sunscreen": (screened.days, screened.twin("melanin_index")),
    }
    return Chart("Sunscreen fades, needling does not", "days", "melanin, 1: unexposed skin of phototype II", lines)


CLAIM = Claim(
    id="S10",
    short="pigmentation and sun damage fade",
    words="Pigmentation, melasma and sun damage fade; sun protection is needed afterwards.",
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CANNOT_SAY,
        "An effect of needling alone is unproven: with a bleaching cream melasma fell by 70 %, but by 75 % with the "
        "cream alone in another series. Dark spots followed in 0 to 22 % of patients by study. That sun makes "
        "them likelier is customary advice without a number for needling.",
        (
            "Lima et al. 2017, BMC Dermatol, doi:10.1186/s12895-017-0066-5: needling with cream, and cream alone",
            "Ismail et al. 2019, J Cosmet Dermatol, doi:10.1111/jocd.12878: needling with vitamin C, -33 %",
            "Dogra, Yadav, Sarangal 2014, J Cosmet Dermatol: dark spots in 5 of 30, phototypes IV and V",
            "Aust et al. 2008, Plast Reconstr Surg, doi:10.1097/PRS.0b013e318188245e: melanocytes unchanged, rats",
        ),
    ),
    criteria=(
        Criterion(
            "needling alone leaves less melanin, by 1 % at least",
            "change",
            most=-1.0,
            blind="the model has no process by which needling alone could fade pigment",
        ),
        Criterion("sunscreen lowers the chance of dark spots by a tenth at least", "protection", most=90.0),
    ),
    origin=Origin.BUILT_IN,
    origin_words="How inflammation and light stir pigment is assumed, after rats and a few series.",
    measure=measure,
    charts=(chart,),
)
