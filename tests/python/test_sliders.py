"""The slider of notebooks: which sweeps it takes, what its picture holds, and that its widget changes the picture."""

from __future__ import annotations

from base64 import b64decode

import numpy as np
import pytest
from matplotlib.colors import to_hex
from sweep_scenarios import PEN

import cicatrix as cx
from cicatrix import _core, level_slider
from cicatrix.level_slider import Slider

BASE = (
    PEN
    + """
[simulation]
duration = "2 months"
outputs = "weekly"
rtol = 1e-6
[sweep]
design = "{design}"
outcomes = ["collagen_total final"]
[sweep.vary]
{vary}
"""
)
ONE_MILLIMETRE = ('"pen"', '"pen"\nneedle_length = "1 mm"')
LENGTHS = '"device.needle_length" = ["0.5 mm", "1 mm", "1.5 mm"]'


def sweep_of(vary: str, design: str = "grid") -> _core.Sweep:
    return cx.parse_sweep(BASE.format(vary=vary, design=design))


@pytest.fixture(scope="module")
def slider() -> Slider:
    return cx.slider(sweep_of(LENGTHS), "collagen_total")


def test_each_level_has_the_course_of_its_scenario(slider: Slider) -> None:
    assert slider.levels == ["0.5 mm", "1 mm", "1.5 mm"]
    alone = cx.run(cx.parse_scenario(BASE.split("[sweep]")[0].replace(*ONE_MILLIMETRE)))
    assert np.array_equal(slider.courses[1]["collagen_total"].values, alone["collagen_total"].values)


def test_levels_may_be_words() -> None:
    text = BASE.format(vary='"patient.site" = ["cheek", "periorbital"]', design="grid")
    slider = cx.slider(cx.parse_sweep(text.replace(*ONE_MILLIMETRE)), "collagen_total")
    assert slider.levels == ["cheek", "periorbital"]
    assert repr(slider) == "<Collagen total at 2 levels of Site: cheek, periorbital>"


def test_the_picture_has_a_line_for_each_level_and_one_before_the_others(slider: Slider) -> None:
    (all_levels,) = slider.figure().axes
    assert [line.get_label() for line in all_levels.lines] == slider.levels
    assert len({to_hex(line.get_color()) for line in all_levels.lines}) == 3
    (one,) = slider.figure("1 mm").axes
    orders = [line.get_zorder() for line in one.lines]
    assert orders[1] > max(orders[0], orders[2])
    for line, course in zip(one.lines, slider.courses, strict=True):
        assert np.array_equal(line.get_ydata(), course["collagen_total"].values)


def test_without_widgets_a_notebook_gets_the_picture(slider: Slider, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(level_slider, "find_spec", lambda _: None)
    bundle = slider._repr_mimebundle_()
    assert set(bundle) == {"text/plain", "image/png"}
    assert b64decode(bundle["image/png"]) == slider.figure()._repr_png_()


def test_the_widget_shows_the_level_that_is_chosen(slider: Slider) -> None:
    pytest.importorskip("ipywidgets", reason="not run: ipywidgets is not installed")
    chosen, picture = slider.widget().children
    chosen.value = "1.5 mm"
    assert picture.value == slider.figure("1.5 mm")._repr_png_()
    assert picture.value != slider.figure("1 mm")._repr_png_()
    assert {"image/png", "application/vnd.jupyter.widget-view+json"} < set(slider._repr_mimebundle_())


@pytest.mark.parametrize(
    ("vary", "design", "told"),
    [
        (f'{LENGTHS}\n"protocol.passes" = [1, 2]', "grid", "here vary: device.needle_length, protocol.passes"),
        ('"device.needle_length" = "uniform 0.5 mm to 1 mm"', 'latin hypercube"\nsamples = 2\n#', "here vary"),
    ],
)
def test_a_sweep_with_other_factors_is_refused(vary: str, design: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        cx.slider(sweep_of(vary, design), "collagen_total")


def test_a_name_or_level_that_there_is_not_is_refused(slider: Slider) -> None:
    with pytest.raises(KeyError, match="no read-out or state over time"):
        cx.slider(sweep_of(LENGTHS), "channel_density")
    with pytest.raises(KeyError, match=r"no level '3 mm'; it has: 0\.5 mm, 1 mm, 1\.5 mm"):
        slider.figure("3 mm")
