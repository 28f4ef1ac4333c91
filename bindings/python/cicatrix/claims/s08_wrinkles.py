"""S08: deep wrinkles, fine lines, crow's feet and loose skin improve."""

from cicatrix.claims.bench import Bench, Changes
from cicatrix.claims.charts import Chart, bars
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.claims.measures import OF_WRINKLES, shallower

SCENARIO = "s08_wrinkles"
SITES = ("forehead", "periorbital", "perioral", "cheek", "neck")


def at_site(site: str) -> Changes:
    """The scenario at another site."""
    return {"patient.site": site}


def least_gain(bench: Bench, changes: Changes) -> float:
    """The effect on lines at the site where it is smallest, in per cent."""
    return min(shallower(bench.course(SCENARIO, {**at_site(site), **changes})) for site in SITES)


def elastic_gain(bench: Bench, changes: Changes) -> float:
    """Elasticity above that of untreated skin after a year, in per cent."""
    return float(bench.course(SCENARIO, changes).gain("elasticity")[-1])


def measure(bench: Bench) -> dict[str, Number]:
    """Effect on lines by site, and on elasticity."""
    numbers = {}
    for site in SITES:
        course = bench.course(SCENARIO, at_site(site))
        depth = float(course.twin("wrinkle_depth")[-1])
        numbers[site] = Number(
            f"{site}: lines of {depth:.0f} µm are shallower after 12 months by", shallower(course), "%"
        )
    what = "at the site that gains least"
    numbers["least"] = bench.over(SCENARIO, OF_WRINKLES, lambda changes: least_gain(bench, changes), what, "%")
    numbers["elasticity"] = bench.over(
        SCENARIO,
        ("reach", "viscous_share", "elastin_share_of_recoil", "weakening_by_fragments", "immature_stiffness_ratio"),
        lambda changes: elastic_gain(bench, changes),
        "elasticity above untreated, beside the eye",
        "%",
    )
    return numbers


def chart(bench: Bench) -> Chart:
    """Effect by site."""
    heights = {site: {"lines": shallower(bench.course(SCENARIO, at_site(site)))} for site in SITES}
    return bars("Lines after 12 months, by site", "shallower than untreated, %", heights)


CLAIM = Claim(
    id="S08",
    short="wrinkles and loose skin improve",
    words="Deep wrinkles, fine lines, crow's feet and loose skin improve.",
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CONSISTENT,
        "Wrinkles of the neck improved by 0.86 grades (26 %) and facial elasticity by 28 % three months after four "
        "sessions, but without a control group; half of the patients improved.",
        (
            "Alqam et al. 2022, Aesthet Surg J, doi:10.1093/asj/sjac085: neck, 32 people",
            "Kenkel group 2021, Aesthet Surg J, PMID 33656167: elasticity, very probably the same people",
        ),
    ),
    criteria=(
        Criterion("lines get shallower at every site, by 1 % at least", "least", least=1.0),
        Criterion("elasticity rises, by 1 % at least", "elasticity", least=1.0),
    ),
    origin=Origin.EMERGES,
    origin_words="The sign comes out of more and better bound collagen below the epidermis; the size is not fitted.",
    measure=measure,
    charts=(chart,),
)
