"""S11: collagen declines after 25, shows after 30, and older and photo-aged skin benefits."""

import numpy as np

from cicatrix.claims.bench import Bench, Changes
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.claims.measures import OF_WRINKLES, collagen_gain, shallower
from cicatrix.milestones import YEAR

UNTREATED = "s11_ageing"
TREATED = "s11_older_skin"
START = 20.0  # years of age, as the scenario says
AGES = (25, 35, 45, 60, 75)
PHOTO_AGED: Changes = {"patient.baseline": "photo-aged"}


def lost(bench: Bench, age: float) -> float:
    """Collagen lost since 25, in per cent."""
    course = bench.course(UNTREATED)
    collagen = course.of("collagen_total")
    at_25, later = (course.at(collagen, (years - START) * YEAR) for years in (25.0, age))
    return 100.0 * (1.0 - later / at_25)


def measure(bench: Bench) -> dict[str, Number]:
    """Loss by age, and what treatment adds."""
    numbers = {
        f"lost_{age}": Number(f"collagen lost from 25 to {age} years", lost(bench, age), "%")
        for age in (30, 40, 55, 70)
    }
    numbers["before"] = Number("collagen lost from 20 to 25 years", -lost(bench, START), "%")
    numbers["rate"] = Number("loss per year between 25 and 55", lost(bench, 55) / 30.0, "%")
    for age in AGES:
        course = bench.course(TREATED, {"patient.age": f"{age} years"})
        numbers[f"gain_{age}"] = Number(
            f"collagen above untreated after 12 months, {age} years", collagen_gain(course), "%"
        )
    numbers["lines"] = bench.over(
        TREATED,
        OF_WRINKLES,
        lambda changes: shallower(bench.course(TREATED, changes)),
        "lines shallower at 60 years",
        "%",
    )
    numbers["photo_aged"] = bench.over(
        TREATED,
        OF_WRINKLES,
        lambda changes: shallower(bench.course(TREATED, {**PHOTO_AGED, **changes})),
        "the same in photo-aged skin",
        "%",
    )
    return numbers


def chart(bench: Bench) -> Chart:
    """Collagen against age."""
    course = bench.course(UNTREATED)
    collagen = course.of("collagen_total")
    ages = START + course.days / YEAR
    at_25 = float(np.interp(25.0, ages, collagen))
    return Chart(
        "A slow loss without a step",
        "age, years",
        "collagen, % of that at 25",
        {"collagen": (ages, 100.0 * collagen / at_25)},
    )


CLAIM = Claim(
    id="S11",
    short="collagen falls after 25, older skin benefits",
    words="Collagen production declines after 25 and shows after 30; older and photo-aged skin benefits.",
    scenarios=(UNTREATED, TREATED),
    evidence=Evidence(
        Verdict.CONSISTENT,
        "The decline is real and slow: about 1 % a year, a third less procollagen beyond 80 than below 30, no step at "
        "25 or 30. Trials treated people of 44 to 65 years, without a control; how benefit depends on age is unknown.",
        (
            "Varani et al. 2006, Am J Pathol: procollagen 82 ng/ml at 18 to 29 years, 56 beyond 80",
            "Skin thickness in normal ageing 1990, Gerontology, doi:10.1159/000213172: dermis -6 % a decade",
            "Reilly et al. 2021, Plast Aesthet Res, doi:10.20517/2347-9264.2020.153: most in the 2nd to 3rd decade",
            "Kenkel group 2021, Aesthet Surg J, PMID 33656167: people of 44 to 65 years",
        ),
    ),
    criteria=(
        Criterion("between 25 and 55 skin loses 0.5 to 1.5 % of its collagen a year", "rate", least=0.5, most=1.5),
        Criterion("lines of skin of 60 years get shallower, by 1 % at least", "lines", least=1.0),
        Criterion("and so do those of photo-aged skin", "photo_aged", least=1.0),
    ),
    origin=Origin.BUILT_IN,
    origin_words="Loss with age and its onset are put in after measurements; the benefit comes out of the model.",
    measure=measure,
    charts=(chart,),
)
