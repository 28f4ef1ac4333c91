"""S01: needles of 0.5 to 2.5 mm are used, and 1.5 mm is enough for wrinkles."""

import numpy as np

from cicatrix import _core
from cicatrix.claims.bench import NOTHING, Bench, Changes
from cicatrix.claims.charts import Chart
from cicatrix.claims.claim import Claim, Criterion, Evidence, Number, Origin, Verdict
from cicatrix.claims.measures import OF_WRINKLES, shallower

SCENARIO = "s01_needle_length"
LENGTHS = (0.25, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0)  # mm
DEVICES = {"pen": 1, "stamp": 4, "roller": 15}  # passes of each


def of_device(kind: str, length: float) -> Changes:
    """The scenario with another device and needle."""
    return {"device.kind": kind, "device.needle_length": f"{length} mm", "protocol.passes": DEVICES[kind]}


def reaching(kind: str, length: float) -> float:
    """Channels that reach the reticular dermis beside the eye, per cm2."""
    device = {"pen": _core.Pen, "stamp": _core.Stamp, "roller": _core.Roller}[kind]()
    give = _core.give("periorbital")
    channels = _core.channels(device, passes=DEVICES[kind], needle_length=length, give=give)
    _, reticular, _ = _core.layer_depths("periorbital")
    return 100.0 * channels.density_reaching(reticular)


def added_beyond(bench: Bench, kind: str, changes: Changes) -> float:
    """What needles of 2.5 mm flatten lines more than needles of 1.5 mm do, in points of per cent."""
    short, long = (shallower(bench.course(SCENARIO, {**of_device(kind, length), **changes})) for length in (1.5, 2.5))
    return long - short


def measure(bench: Bench) -> dict[str, Number]:
    """Depth and density by device, and what deeper needles add."""
    numbers = {}
    for kind in DEVICES:
        for length in (0.5, 1.5, 2.5):
            session = bench.scenario(SCENARIO, of_device(kind, length)).sessions[0]
            told = f"{kind}, {length} mm"
            numbers[f"depth {told}"] = Number(f"{told}: mean depth", session.channel_depth, "mm")
            numbers[f"deep {told}"] = Number(f"{told}: reach the reticular dermis", reaching(kind, length), "per cm²")
            numbers[f"injured {told}"] = Number(
                f"{told}: injured share of the dermis", 100 * session.injured_fraction, "%"
            )
        told = f"channels in a session, {kind}, {DEVICES[kind]} pass{'es' if DEVICES[kind] > 1 else ''}"
        numbers[f"density_{kind}"] = Number(told, session.channel_density, "per cm²")
    for length in (0.5, 1.5, 2.5):
        gain = shallower(bench.course(SCENARIO, of_device("pen", length)))
        numbers[f"gain_{length}"] = Number(f"lines shallower after 12 months, pen of {length} mm", gain, "%")
    what = "what 2.5 mm adds to that of 1.5 mm, pen"
    numbers["added_pen"] = bench.over(
        SCENARIO, OF_WRINKLES, lambda changes: added_beyond(bench, "pen", changes), what, "points"
    )
    told = "what 2.5 mm adds to that of 1.5 mm, roller"
    numbers["added_roller"] = Number(told, added_beyond(bench, "roller", NOTHING), "points")
    return numbers


def chart(bench: Bench) -> Chart:
    """Effect on lines against needle length."""
    x = np.array(LENGTHS)
    lines = {
        kind: (x, np.array([shallower(bench.course(SCENARIO, of_device(kind, length))) for length in LENGTHS]))
        for kind in DEVICES
    }
    return Chart("Deeper needles do more only down to a depth", "needle length, mm", "lines shallower, %", lines)


def chart_of_depth(bench: Bench) -> Chart:
    """Depth against needle length."""
    x = np.array(LENGTHS)
    lines = {}
    for kind in DEVICES:
        depths = [bench.scenario(SCENARIO, of_device(kind, length)).sessions[0].channel_depth for length in LENGTHS]
        lines[kind] = (x, np.array(depths))
    return Chart("Skin gives way: a needle goes less deep than it is long", "needle length, mm", "depth, mm", lines)


CLAIM = Claim(
    id="S01",
    short="needles of 1.5 mm are enough for wrinkles",
    words="Needles of 0.5 to 2.5 mm are used, by professionals up to 3 mm; about 1.5 mm is enough for wrinkles.",
    scenarios=(SCENARIO,),
    evidence=Evidence(
        Verdict.CANNOT_SAY,
        "The lengths are those of the devices sold, and 1.5 mm is the median of ten studies. That 1.5 mm is enough was "
        "never tested: no trial varies the length alone. Facial dermis is 0.6 to 1.2 mm thick by ultrasound.",
        (
            "Harris, Naidoo, Murrell 2015, Int J Womens Dermatol: median length in ten studies of acne scars",
            "Meng et al. 2022, BMC Med Imaging, doi:10.1186/s12880-022-00839-w: thickness of the dermis",
            "FDA De Novo DEN160029, as a vendor sums it up: pens set up to 2.5 mm, evaluated up to 1.5 mm",
        ),
    ),
    criteria=(
        Criterion("with a pen, 2.5 mm flattens lines by less than one more point of per cent", "added_pen", most=1.0),
    ),
    origin=Origin.EMERGES,
    origin_words=(
        "It follows from how deep needles go and how thick the dermis is; beyond it they injure more than they raise. "
        "What injury costs in elastin is assumed."
    ),
    measure=measure,
    charts=(chart_of_depth, chart),
)
