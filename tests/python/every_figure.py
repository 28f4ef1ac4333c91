"""One small figure of each kind that the package draws, with its words, for the laws that hold for all of them."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import numpy as np
import xarray as xr
from matplotlib.figure import Figure
from sample_channel import course_in_depth, course_round_channel
from sample_course import slow_maturation
from sample_front import a_front
from sample_grid import a_grid, pairs
from sample_sweep import SampleSweep, angles, ishigami

import cicatrix as cx
from cicatrix import _core
from cicatrix.channels import channel_map_figure, injury_figure, injury_table
from cicatrix.claims.charts import Chart, description, figure
from cicatrix.dose import gain_against_dose, gain_figure
from cicatrix.studies.sensitivity import sensitivity

Drawn = tuple[Figure, str]
PEN = """
title = "A pen, twice"
patient = { age = "48 years", site = "cheek" }
device = { kind = "pen", needle_length = "1 mm" }
protocol = { sessions = ["0 days", "30 days"], passes = 4 }
care.topicals = [{ compound = "ascorbic acid", dose = "0.1 mg/cm2", when = "daily for 14 days" }]
simulation.duration = "7 months"
"""
OVER_TIME = """
[sweep]
design = "grid"
outcomes = ["erythema at 3 days", "erythema at 7 days", "erythema at 40 days"]
vary = { "patient.age" = ["20 years", "30 years", "40 years", "50 years", "60 years", "70 years"] }
"""
WOUND = """
model = { id = "sherratt_murray", variant = "activator", space = "planar" }
simulation = { duration = "25 days", cells = 32 }
"""
CHART = Chart(
    "A chart", "days", "Gain in collagen after one session (%)", {"pen": (np.arange(3.0), np.array([0.0, 1.5, 2.5]))}
)


@cache
def treated() -> xr.Dataset:
    return cx.run(_core.parse_scenario(PEN))


def labelled(figure: Figure) -> Drawn:
    return figure, str(figure.get_label())


def _against() -> Drawn:
    other = PEN.replace("A pen, twice", "Another person").replace("48 years", "62 years")
    return labelled(treated().cx.against(cx.run(_core.parse_scenario(other))))


def _bands() -> Drawn:
    text = PEN.replace("7 months", "2 months")
    return labelled(cx.sweep(cx.parse_sweep(text + OVER_TIME), progress=False).cx.plot())


def _scattered() -> Drawn:
    lengths = np.random.default_rng(1).uniform(0.5, 2.0, a_grid().sizes["member"])
    about = a_grid()["device.needle_length"].attrs
    sweep = a_grid().assign_coords({"device.needle_length": ("member", lengths, about)})
    return labelled(sweep.cx.plot("wrinkle_depth_effect_final"))


def _bars() -> Drawn:
    study = sensitivity(SampleSweep(angles("A", "assumed", "D"), ishigami), samples=256, until=0.0)
    return labelled(study.cx.plot())


FIGURES: dict[str, Callable[[], Drawn]] = {
    "three clocks": lambda: labelled(slow_maturation().cx.plot()),
    "read-outs": lambda: labelled(treated().cx.plot("wrinkle_depth", "channel_density", "absorbed_fraction")),
    "cross-section": lambda: labelled(treated().cx.section(3.0, 30.0, untreated=True)),
    "against": _against,
    "explanation": lambda: labelled(treated().cx.explain("wrinkle_depth").plot()),
    "depth": lambda: labelled(course_in_depth().cx.plot("collagen_iii_profile")),
    "channel": lambda: labelled(course_round_channel().cx.plot("tgf_beta1_active_field")),
    "pore": lambda: labelled(course_round_channel().cx.plot("barrier_ring")),
    "wound in space": lambda: labelled(cx.run(_core.parse_scenario(WOUND)).cx.plot()),
    "bands": _bands,
    "map": lambda: labelled(a_grid(failed=7).cx.plot()),
    "scatter": _scattered,
    "pairs": lambda: labelled(pairs(40).cx.plot()),
    "bars": _bars,
    "tornado": lambda: labelled(cx.tornado(_core.parse_scenario(PEN), "wrinkle_depth effect final", most=3).cx.plot()),
    "front": lambda: labelled(a_front().cx.plot()),
    "dose": lambda: labelled(gain_figure(gain_against_dose([0.25, 1.5], [1, 4]))),
    "injury": lambda: labelled(injury_figure(injury_table([0.5, 1.0, 1.5], draws=4))),
    "patch": lambda: labelled(channel_map_figure(passes=3, width_mm=6.0)),
    "claim": lambda: (figure(CHART), description(CHART)),
}


@cache
def drawn(kind: str) -> Drawn:
    """The figure of a kind and its words, drawn once."""
    return FIGURES[kind]()
