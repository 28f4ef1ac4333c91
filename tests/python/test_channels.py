"""Micro-injury from Python: the core's channels and maps, their table, and the two figures that show them."""

from __future__ import annotations

from collections.abc import Callable
from itertools import combinations

import matplotlib
import numpy as np
import pandas as pd
import pytest
from drawn_figures import boxes_of_texts, luminance, overlap, picture
from matplotlib.figure import Figure

from cicatrix import _core
from cicatrix.channels import (
    LAYERS,
    Device,
    channel_map_figure,
    half_length,
    injury_figure,
    injury_headline,
    injury_table,
    map_headline,
    usual_devices,
)
from cicatrix.theme import PRINT

KINDS: list[Device] = [_core.Roller(), _core.Pen(), _core.Pen(dwell=0.2), _core.Stamp(), _core.FractionalLaser()]


@pytest.fixture(scope="module")
def table() -> pd.DataFrame:
    """Three devices at a handful of lengths, with few draws."""
    return injury_table((0.25, 0.5, 0.75, 1.0, 1.5, 2.0, 3.0), draws=20)


def test_the_roller_opens_what_its_drum_prints() -> None:
    roller = _core.Roller(needles=192, rows=8, diameter=20.0, width=20.0)
    assert 100 * roller.density_per_pass == pytest.approx(15.3, abs=0.05)
    channels = _core.channels(roller, passes=15, needle_length=1.5)
    assert 100 * channels.strikes == pytest.approx(229, abs=0.5)
    assert 215 <= 100 * channels.density <= 229


@pytest.mark.parametrize(
    ("device", "length", "ratio"),
    [
        (_core.Roller(), 0.77, 0.20),
        (_core.Stamp(), 0.6, 0.77),
        (_core.Pen(), 0.5, 1.0),
        (_core.Pen(), 1.5, 1.0),
    ],
)
def test_depth_over_length_is_as_measured(device: Device, length: float, ratio: float) -> None:
    assert _core.channels(device, passes=1, needle_length=length).depth / length == pytest.approx(ratio, abs=0.1)


@pytest.mark.parametrize("device", KINDS)
def test_a_map_agrees_with_what_is_expected(device: Device) -> None:
    channels = _core.channels(device, passes=3, needle_length=1.0)
    found = _core.channel_map(device, channels, passes=3, reentry_radius=0.0, patches=40, depths=[0.2])
    assert abs(found.strikes.mean - channels.strikes) <= 3 * found.strikes.standard_error
    assert abs(found.density.mean - found.strikes.mean) < 1e-12
    assert len(found.reentered) == 3
    assert all(estimate.mean == 0.0 for estimate in found.reentered)
    assert len(found.reaching) == 1


def test_a_map_is_made_by_its_seed() -> None:
    roller = _core.Roller()
    channels = _core.channels(roller, passes=15, needle_length=1.5)

    def places(seed: int) -> list[tuple[float, float]]:
        return [(strike.x, strike.y) for strike in _core.strike_map(roller, channels, seed=seed, width=8.0)]

    assert places(1) == places(1)
    assert places(1) != places(2)
    assert all(0 <= value < 8 for place in places(1) for value in place)


def test_parameters_are_changed_by_name() -> None:
    roller = _core.Roller()
    usual = _core.channels(roller, passes=1, needle_length=1.5)
    firm = _core.channels(roller, passes=1, needle_length=1.5, parameters={"roller_dent": 0.4})
    soft = _core.channels(roller, passes=1, needle_length=1.5, give=_core.give("neck"))
    assert soft.depth < usual.depth < firm.depth


@pytest.mark.parametrize(
    "refused",
    [
        lambda: _core.Roller(needles=0),
        lambda: _core.Roller(rows=0),
        lambda: _core.Pen(glide_speed=-1),
        lambda: _core.Stamp(width=float("nan")),
        lambda: _core.FractionalLaser(ablation=1.5),
        lambda: _core.Scattered(density=1, drive="thrown"),
        lambda: _core.channels(_core.Roller(), passes=-1),
        lambda: _core.channels(_core.Roller(), passes=1, parameters={"roler_dent": 1.0}),
        lambda: _core.layer_depths("elbow"),
    ],
)
def test_what_no_device_can_be_is_refused(refused: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        refused()


def test_layers_follow_one_another_and_blood_comes_from_below_the_first() -> None:
    top, reticular, bottom = _core.layer_depths("forehead")
    assert 0 < top < reticular < bottom
    channels = _core.channels(_core.Pen(), passes=1, needle_length=1.0)
    assert 0 < _core.bleeding_density(channels) <= channels.density_reaching(top)


def test_the_table_has_each_device_length_and_layer_once(table: pd.DataFrame) -> None:
    keys = ["device", "needle_length", "layer"]
    assert len(table) == len(usual_devices()) * 7 * len(LAYERS)
    assert not table.duplicated(keys).any()


def test_longer_needles_reach_every_layer_with_more_channels(table: pd.DataFrame) -> None:
    for _, rows in table.groupby(["device", "layer"]):
        assert (np.diff(rows["channels"].to_numpy()) >= -1e-9).all()


def test_fewer_channels_reach_deeper_layers(table: pd.DataFrame) -> None:
    wide = table.pivot(index=["device", "needle_length"], columns="layer", values="channels")
    assert (wide["papillary"] >= wide["reticular"]).all()
    assert (wide["reticular"] >= wide["below"]).all()


def test_the_band_lies_between_nothing_and_all_strikes(table: pd.DataFrame) -> None:
    assert (table["low"] >= 0).all()
    assert (table["low"] <= table["high"]).all()
    for use in usual_devices():
        rows = table[table["device"] == use.name]
        assert (rows["high"] <= 100 * use.device.density_per_pass * use.passes + 1e-9).all()


def test_the_band_is_the_same_each_time() -> None:
    assert injury_table((1.0,), draws=7).equals(injury_table((1.0,), draws=7))


def test_a_pen_needs_the_shortest_needles_and_a_roller_the_longest(table: pd.DataFrame) -> None:
    lengths = [half_length(table, name, "reticular") for name in ("Pen", "Stamp", "Roller")]
    assert lengths == sorted(lengths)
    assert injury_headline(table).index("pen") < injury_headline(table).index("roller")


def test_half_the_channels_are_found_between_two_lengths_or_nowhere() -> None:
    rows = [("Roller", 1.0, "below", 0.0), ("Roller", 2.0, "below", 60.0), ("Roller", 2.0, "papillary", 100.0)]
    table = pd.DataFrame(rows, columns=["device", "needle_length", "layer", "channels"])
    assert half_length(table, "Roller", "below") == pytest.approx(1.0 + 50.0 / 60.0)
    assert np.isnan(half_length(table, "Roller", "reticular"))


def figures(table: pd.DataFrame) -> list[Figure]:
    return [
        injury_figure(table),
        channel_map_figure(),
        channel_map_figure(_core.Pen(), passes=2, needle_length_mm=0.5, site="forehead"),
        channel_map_figure(_core.Stamp(), passes=1, needle_length_mm=0.6, site="neck"),
        channel_map_figure(_core.FractionalLaser(), passes=1),
        channel_map_figure(needle_length_mm=0.25, passes=3, width_mm=6.0),
    ]


def test_no_text_is_cut_or_covers_another(table: pd.DataFrame) -> None:
    for figure in figures(table):
        boxes = boxes_of_texts(figure)
        whole = figure.bbox
        for text, box in boxes:
            assert box.x0 >= whole.x0 - 0.5, text
            assert box.x1 <= whole.x1 + 0.5, text
            assert box.y0 >= whole.y0 - 0.5, text
            assert box.y1 <= whole.y1 + 0.5, text
        assert not [(a, b) for (a, first), (b, second) in combinations(boxes, 2) if overlap(first, second) > 1.0]


def test_every_figure_says_that_nothing_is_calibrated(table: pd.DataFrame) -> None:
    for figure in figures(table):
        assert any("Not yet calibrated" in text.get_text() for text in figure.texts)


def test_settings_of_the_user_do_not_change_the_figure(table: pd.DataFrame) -> None:
    usual = picture(injury_figure(table))
    with matplotlib.rc_context({"font.size": 20, "axes.grid": True, "legend.fontsize": 30, "lines.linewidth": 9}):
        assert picture(injury_figure(table)) == usual


def test_the_curves_are_told_apart_without_colour(table: pd.DataFrame) -> None:
    for axes in injury_figure(table).axes:
        assert len(axes.lines) == len(LAYERS)
    assert len({str(layer.dashes) for layer in LAYERS}) == len(LAYERS)
    assert all(1.05 / (luminance(PRINT.of(layer.colour)) + 0.05) >= 3.0 for layer in LAYERS)


def test_each_new_strike_is_a_dot_and_each_other_a_ring() -> None:
    roller = _core.Roller()
    channels = _core.channels(roller, passes=15, needle_length=1.5)
    strikes = _core.strike_map(roller, channels, passes=15, width=10.0, seed=1)
    patch = channel_map_figure().axes[0]
    new = sum(strike.is_new for strike in strikes)
    (dots,) = patch.collections
    assert len(np.asarray(dots.get_offsets())) == new
    (rings,) = patch.lines
    assert len(np.asarray(rings.get_xdata())) == len(strikes) - new
    assert f"{100 * channels.density:.0f} channels" in map_headline(channels, strikes)
