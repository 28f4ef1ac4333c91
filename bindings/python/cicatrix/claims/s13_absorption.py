"""S13: only 4 to 8 % of a cream is absorbed through intact skin, and needling multiplies it."""

from cicatrix.claims.bench import NOTHING, Bench, Changes
from cicatrix.claims.charts import Chart, bars
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict

SCENARIO = "s13_absorption"
COMPOUNDS = ("hydrocortisone", "benzoic acid", "ascorbic acid", "tretinoin", "minoxidil", "lidocaine")  # as in the file
OF_ABSORPTION = ("film_thickness", "film_loss", "washed_after", "horny_diffusivity")
OF_CHANNELS = ("channel_hindrance", "mouth_radius")


def intact(bench: Bench, place: int, changes: Changes = NOTHING) -> float:
    """Share of the dose that the blood has taken up through intact skin by the end, in per cent."""
    return 100.0 * float(
        bench.course(SCENARIO, changes).twin("absorbed_fraction").reshape(-1, len(COMPOUNDS))[-1, place]
    )


def needled(bench: Bench, place: int, changes: Changes = NOTHING) -> float:
    """The same through needled skin."""
    return 100.0 * float(bench.course(SCENARIO, changes).of("absorbed_fraction").reshape(-1, len(COMPOUNDS))[-1, place])


def measure(bench: Bench) -> dict[str, Number]:
    """Absorbed shares and gains of each compound."""
    numbers = {}
    for place, compound in enumerate(COMPOUNDS):
        numbers[f"intact_{place}"] = Number(
            f"{compound}: absorbed through intact skin", intact(bench, place), "% of the dose"
        )
        gain = needled(bench, place) / intact(bench, place)
        numbers[f"gain_{place}"] = Number(f"{compound}: with needles of 0.5 mm", gain, "times as much")
    numbers["apart"] = bench.over(
        SCENARIO,
        OF_ABSORPTION,
        lambda changes: intact(bench, 1, changes) / intact(bench, 0, changes),
        "benzoic acid over hydrocortisone, intact skin",
        "times",
    )
    numbers["multiplied"] = bench.over(
        SCENARIO,
        OF_CHANNELS,
        lambda changes: needled(bench, 0, changes) / intact(bench, 0, changes),
        "hydrocortisone: gain by needling",
        "times",
    )
    return numbers


def chart(bench: Bench) -> Chart:
    """Absorbed shares with and without needling."""
    heights = {
        compound: {"intact": intact(bench, place), "needled, 0.5 mm": needled(bench, place)}
        for place, compound in enumerate(COMPOUNDS)
    }
    return bars("There is no one number for creams", "absorbed after 7 days, % of the dose", heights)


CLAIM = Claim(
    id="S13",
    short="4 to 8 % of a cream gets in, needled far more",
    words="Only 4 to 8 % of a cream is absorbed through intact skin; needling multiplies it.",
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CONTRADICTED,
        "There is no general figure: 0.4 to 1.6 % of hydrocortisone and 14 to 37 % of benzoic acid pass intact skin, "
        "depending on the dose as well. Needling multiplied small peptides 2 to 22 times and a small drug 2.2 times "
        "(not significant): large gains belong to compounds that hardly pass by themselves.",
        (
            "Wester and Maibach 1976, J Invest Dermatol, doi:10.1111/1523-1747.ep12664543",
            "Mohammed et al. 2014, PLoS One, doi:10.1371/journal.pone.0101956: peptides",
            "Rollers and amantadine 2015, Pharmaceutics, PMC4695825: pig ear",
        ),
    ),
    criteria=(
        Criterion("compounds differ by no more than from 4 to 8 %, twofold", "apart", most=2.0),
        Criterion("needling at least doubles the uptake of hydrocortisone", "multiplied", least=2.0),
    ),
    origin=Origin.BUILT_IN,
    origin_words="The order of compounds follows from mass and partition; the film on the skin is set by measurements.",
    measure=measure,
    charts=(chart,),
)
