"""Scenarios in words for tests: a patient, a device and some sessions, and the course that they give."""

from __future__ import annotations

import xarray as xr

import cicatrix as cx
from cicatrix import _core

DEVICES = {
    "roller": 'kind = "roller"\nneedle_length = "1.5 mm"',
    "pen": 'kind = "pen"\nneedle_length = "1 mm"',
    "stamp": 'kind = "stamp"\nneedle_length = "0.6 mm"',
    "given density": 'kind = "stamp"\nneedle_length = "1 mm"\nchannel_density = "50 /cm2"',
    "fractional laser": 'kind = "fractional laser"',
    "prescribed": 'kind = "prescribed"\ninjured_fraction = 0.05',
}
NEEDS_PASSES = {"roller": 15, "pen": 1, "stamp": 2, "given density": 3}


def scenario_text(
    device: str = "roller",
    *,
    age: int = 40,
    patient: str = "",
    care: str = "",
    sessions: str = '"every 4 weeks x 2"',
    parameters: str = "",
    outputs: str = '"weekly"',
) -> str:
    """A scenario of a quarter of a year; each argument adds lines to its section."""
    passes = f"passes = {NEEDS_PASSES[device]}\n" if device in NEEDS_PASSES else ""
    return (
        f'[patient]\nage = "{age} years"\n{patient}\n[device]\n{DEVICES[device]}\n'
        f"[protocol]\nsessions = {sessions}\n{passes}[care]\n{care}\n"
        f'[simulation]\nduration = "90 days"\noutputs = {outputs}\n[parameters]\n{parameters}\n'
    )


def course_of(text: str) -> xr.Dataset:
    """The course of a scenario's text, which must reach its end."""
    course = cx.run(_core.parse_scenario(text, "x.toml"))
    assert int(course["status"]) == 0
    assert int(course["untreated_status"]) == 0
    return course
