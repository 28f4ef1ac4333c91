"""S04: injury sets off the healing cascade, with new collagen and elastin and a faster epidermal turnover."""

import numpy as np

from cicatrix.claims.bench import Bench, Changes
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.claims.measures import OF_COLLAGEN, collagen_gain, peak_day

SCENARIO = "s04_cascade"
OF_ELASTIN = (
    "reach",
    "elastin_assembly",
    "tropoelastin_from_tgf",
    "tropoelastin_from_tgf_beta3",
    "elastin_loss_by_neutrophils",
)
STEPS = {
    "neutrophils": "neutrophils",
    "macrophages_m1": "inflammatory macrophages",
    "macrophages_m2": "repair macrophages",
    "collagen_i_immature": "collagen I not yet cross-linked",
    "collagen_i_mature": "cross-linked collagen I",
}


def elastin_gain(bench: Bench, changes: Changes) -> float:
    """Elastin above that of untreated skin after a year, in per cent."""
    return float(bench.course(SCENARIO, changes).gain("elastin")[-1])


def measure(bench: Bench) -> dict[str, Number]:
    """Days of the peaks, and what stays."""
    course = bench.course(SCENARIO)
    days = {name: peak_day(course, course.effect(name)) for name in STEPS}
    numbers = {name: Number(f"most {STEPS[name]}", days[name], "d") for name in STEPS}
    order = np.diff(list(days.values()))
    thicker = course.gain("epidermal_thickness")
    numbers["order"] = Number("shortest time from one of these peaks to the next", float(order.min()), "d")
    share = course.gain("collagen_iii_fraction")
    numbers["collagen_iii"] = Number("largest share of collagen III", peak_day(course, share), "d")
    numbers["collagen_iii_end"] = Number("share of collagen III above untreated after 12 months", float(share[-1]), "%")
    numbers["tropoelastin"] = Number("largest rise of tropoelastin", float(course.gain("tropoelastin").max()), "%")
    numbers["epidermis"] = Number("largest thickening of the epidermis", float(thicker.max()), "%")
    numbers["collagen"] = bench.over(
        SCENARIO,
        OF_COLLAGEN,
        lambda changes: collagen_gain(bench.course(SCENARIO, changes)),
        "collagen above untreated skin after 12 months",
        "%",
    )
    numbers["elastin"] = bench.over(
        SCENARIO,
        OF_ELASTIN,
        lambda changes: elastin_gain(bench, changes),
        "elastin above untreated skin after 12 months",
        "%",
    )
    return numbers


def chart(bench: Bench) -> Chart:
    """The steps, each as a share of its own peak."""
    course = bench.course(SCENARIO)
    first = course.days <= 120.0
    lines = {}
    for name in STEPS:
        effect = course.effect(name)
        lines[STEPS[name]] = (course.days[first], effect[first] / effect.max())
    return Chart("One step after another", "days", "effect, share of its peak", lines)


CLAIM = Claim(
    id="S04",
    short="injury sets off the healing cascade",
    words="Injury triggers the healing cascade: growth factors, new collagen and elastin, faster epidermal turnover.",
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CANNOT_SAY,
        "More collagen is supported (stains +53 %, epidermis +50 % after five sessions), and wounds show the order of "
        "the steps. Elastin is in conflict: total elastin unchanged in one trial, elastic fibres up in another, and "
        "no trial measured the mass of collagen itself.",
        (
            "Lotfi, Moneib, Yehia 2013, J Egypt Womens Dermatol Soc, doi:10.1097/01.EWX.0000432504.85255.ec",
            "Kenkel group 2021, Aesthet Surg J, PMID 33656167: elastin protein unchanged",
            "Trial on striae 2019, Am J Clin Dermatol, doi:10.1007/s40257-018-0415-0: elastic fibres up",
            "Betz et al. 1993, Int J Legal Med, doi:10.1007/bf01222117 and doi:10.1007/BF01225021: collagens III and I",
        ),
    ),
    criteria=(
        Criterion("the peaks follow each other in the order of a wound", "order", least=0.0),
        Criterion("more collagen than in untreated skin stays", "collagen", least=0.1),
        Criterion("more elastin than in untreated skin stays", "elastin", least=0.0),
    ),
    origin=Origin.EMERGES,
    origin_words="Order and lasting collagen come out of the equations; that elastin cross-links slowly is put in.",
    measure=measure,
    charts=(chart,),
)
