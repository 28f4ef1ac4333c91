"""Small sweeps for the tests: some seconds of skin, a few hundred members, and one sweep of which members fail."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

Value = TypeVar("Value")

SWEEP = """\
title = "A sweep of the tests"
seed = 7
[patient]
age = "25 years"
[device]
kind = "prescribed"
injured_fraction = 0.05
[protocol]
sessions = "once"
[simulation]
duration = "60 days"
outputs = ["1 day", "60 days"]
[sweep]
design = "sobol"
samples = 300
vary = { "patient.age" = "uniform 20 years to 70 years", "parameters.clot_decay" = "range" }
outcomes = ["collagen_total effect final", "erythema auc"]
"""

# Takes some hundredths of a second for each member.
SLOW = SWEEP.replace("[sweep]", 'fidelity = "depth"\ncells = 128\n[sweep]').replace("samples = 300", "samples = 96")

# The second of four members has its second session after its end, which no scenario may have.
WITH_A_REFUSED_MEMBER = (
    SWEEP[: SWEEP.index("[sweep]")]
    + """\
[sweep]
design = "grid"
outcomes = ["collagen_total effect final", "erythema auc"]
[sweep.vary]
simulation.duration = ["20 days", "60 days"]
protocol.sessions = ["once", "every 4 weeks x 2"]
"""
).replace('outputs = ["1 day", "60 days"]', 'outputs = ["1 day"]')

# One session with a pen whose needles are as long as they usually are.
PEN = """\
[patient]
age = "45 years"
[device]
kind = "pen"
[protocol]
sessions = "once"
passes = 2
"""

# Lines on a cheek; without a sweep, and with persons who go through two protocols.
LINES = """title = "Lines"
seed = 3
[patient]
age = "45 years"
site = "cheek"
[device]
kind = "roller"
needle_length = "1.0 mm"
[protocol]
sessions = "every 4 weeks x 2"
passes = 5
[simulation]
duration = "6 months"
outputs = "monthly"
"""
PAIRS = (
    LINES
    + """[sweep]
design = "cohort"
samples = 12
outcomes = ["wrinkle_depth effect final"]
[sweep.cohort]
age = "uniform 35 years to 60 years"
[sweep.arms.few]
protocol = { passes = 3 }
[sweep.arms.many]
protocol = { passes = 12 }
"""
)


def written(folder: Path, text: str = SWEEP, name: str = "small.toml") -> Path:
    """The file of a sweep."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def note(told: list[Value], value: Value) -> bool:
    """Writes down what a sweep tells, and lets it go on."""
    told.append(value)
    return True
