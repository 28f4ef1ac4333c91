"""Groups of parameters hold those that an outcome can depend on, and no other one."""

from __future__ import annotations

import numpy as np
import pytest
from sweep_scenarios import SWEEP

from cicatrix import _core

VARIED = '"patient.age" = "uniform 20 years to 70 years", "parameters.clot_decay" = "range"'
ALL = SWEEP.replace(VARIED, 'parameters = "all"')
PEN = 'kind = "pen"\nneedle_length = "1 mm"'
ABSORBED = ("film_thickness", "film_loss", "washed_after", "horny_diffusivity", "blood_clearance", "occlusion_gain")
DEEP = "papillary_collagen_iii_ratio"
ALONG = "pore_permeability"


@pytest.mark.parametrize(("fidelity", "there"), [("lumped", ()), ("depth", (DEEP,)), ("channel", (DEEP, ALONG))])
def test_a_group_leaves_out_what_no_outcome_can_depend_on(fidelity: str, there: tuple[str, ...]) -> None:
    text = ALL.replace("[sweep]", f'fidelity = "{fidelity}"\n[sweep]')
    if fidelity == "channel":
        text = text.replace('kind = "prescribed"\ninjured_fraction = 0.05', PEN)
        text = text.replace("[protocol]", "[protocol]\npasses = 5")
    names = {factor.name.removeprefix("parameters.") for factor in _core.parse_sweep(text, "all.toml").factors}
    assert "clot_decay" in names
    assert not names & set(ABSORBED)
    assert names & {DEEP, ALONG} == set(there)


def test_what_is_absorbed_moves_no_outcome_whatever_is_asked() -> None:
    """The reason why the group leaves it out: with a compound on the skin its parameters change no bit."""
    care = '[care]\ntopicals = [{ compound = "minoxidil", when = "daily", dose = "1 mg/cm2" }]\n'
    asked = [row.name for row in _core.states("microneedling")] + [row.name for row in _core.readouts()]
    outcomes = ", ".join(f'"{name} {kind}"' for name in asked for kind in ("final", "peak", "auc"))
    rows = ", ".join(f'{{ "parameters.film_loss" = "{rate} 1/day" }}' for rate in (0, 10))
    text = SWEEP[: SWEEP.index("[simulation]")] + care + SWEEP[SWEEP.index("[simulation]") : SWEEP.index("[sweep]")]
    text += f'[sweep]\ndesign = "list"\nrows = [{rows}]\noutcomes = [{outcomes}]\n'
    values = _core.parse_sweep(text, "topical.toml").run(0, 2).values
    assert np.isfinite(values).all()
    assert values[0].tobytes() == values[1].tobytes()
