"""S12: pores look smaller."""

from cicatrix.claims.bench import Bench
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.claims.measures import collagen_gain

SCENARIO = "s12_pores"


def measure(bench: Bench) -> dict[str, Number]:
    """The pore index after a year."""
    course = bench.course(SCENARIO)
    return {
        "collagen": Number("collagen above untreated after 12 months", collagen_gain(course), "%"),
        "smaller": bench.over(
            SCENARIO,
            ("pore_slackness", "reach"),
            lambda changes: -float(bench.course(SCENARIO, changes).gain("pore_index")[-1]),
            "pores narrower than untreated after 12 months",
            "%",
        ),
    }


def chart(bench: Bench) -> Chart:
    """The pore index at three values of its one assumed parameter."""
    lines = {}
    for slackness in (0.0, 0.5, 1.5):
        course = bench.course(SCENARIO, {"parameters.pore_slackness": slackness})
        lines[f"slackness {slackness:g}"] = (course.days, course.gain("pore_index"))
    return Chart("All depends on one number that nobody measured", "days", "pore index against untreated, %", lines)


CLAIM = Claim(
    id="S12",
    short="pores look smaller",
    words="Pores look smaller.",
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CANNOT_SAY,
        "No trial of plain needling was found. With needles that also heat by radio frequency more than 70 % of "
        "patients were graded better, which says nothing of needles alone.",
        ("Cho et al., Dermatol Surg, fractional radio-frequency needles, 30 people",),
    ),
    criteria=(Criterion("pores get narrower, by 1 % at least", "smaller", least=1.0),),
    origin=Origin.BUILT_IN,
    origin_words="The index is unvalidated: how pores follow collagen is one assumed number that may be zero.",
    measure=measure,
    charts=(chart,),
)
