"""The figures: legible, honest about their axis, without traces in the settings of matplotlib."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import matplotlib
import numpy as np
import pandas as pd
import pytest
from drawn_figures import covering, cut, luminance, picture
from hypothesis import given, settings
from hypothesis import strategies as st
from sample_course import course_with, slow_maturation

import cicatrix as cx
from cicatrix import _core
from cicatrix.dose import dose_headline, gain_against_dose, gain_figure
from cicatrix.figures import alternative_text, three_clocks
from cicatrix.theme import PRINT
from cicatrix.timescale import day_at, even_marks, marks_up_to, stretched

SHIPPED = (Path(__file__).resolve().parents[2] / "scenarios").glob("*.toml")
SCENARIOS = sorted(path.name for path in SHIPPED if not _core.file_describes_sweep(str(path)))  # one course each


@pytest.mark.parametrize("scenario", SCENARIOS)
def test_no_text_is_cut_or_covers_another(root: Path, scenario: str) -> None:
    figure = cx.run(root / "scenarios" / scenario).cx.plot()
    assert not cut(figure)
    assert not covering(figure)


@pytest.mark.parametrize("days", [10, 30, 60, 92])
@pytest.mark.parametrize("sessions", ["'once'", "['0 days', '3 days', '7 days']", "['0 days', '14 days', '28 days']"])
def test_a_short_course_drops_labels_rather_than_pile_them_up(days: int, sessions: str) -> None:
    text = f"""
patient.age = "25 years"
device = {{ kind = "prescribed", injured_fraction = 0.05 }}
protocol.sessions = {sessions if days > 28 else "'once'"}
simulation.duration = "{days} days"
"""
    assert not covering(cx.run(_core.parse_scenario(text)).cx.plot())


def test_each_clock_has_its_panel_sessions_and_milestones() -> None:
    figure = three_clocks(slow_maturation(sessions=[0.0, 28.0]))
    assert len(figure.axes) == 3
    for axes in figure.axes:
        places = [np.asarray(line.get_xdata(), dtype=float) for line in axes.lines]
        upright = [float(place[0]) for place in places if len(place) == 2 and place[0] == place[1]]
        assert upright == [0.0, 28.0]
        told = [text.get_text() for text in axes.texts]
        assert sum(text.startswith(("10 %", "50 %", "90 %")) for text in told) == 3


def test_the_headline_stands_over_the_figure() -> None:
    course = slow_maturation()
    written = " ".join(text.get_text().replace("\n", " ") for text in three_clocks(course).texts)
    assert course.cx.headline() in written
    assert not any("inflammation" in text.get_text() for text in three_clocks(course, with_headline=False).texts)


def test_drawing_changes_no_setting_and_opens_no_window() -> None:
    before = dict(matplotlib.rcParams)
    three_clocks(slow_maturation())
    assert dict(matplotlib.rcParams) == before
    program = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parent)!r})\n"
        "from sample_course import slow_maturation; import cicatrix.course\n"
        "slow_maturation().cx.plot(); assert 'matplotlib.pyplot' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_settings_of_the_user_do_not_change_the_picture() -> None:
    usual = picture(three_clocks(slow_maturation()))
    with matplotlib.rc_context({"font.size": 20, "axes.grid": True, "lines.linewidth": 9, "xtick.labelsize": 30}):
        assert picture(three_clocks(slow_maturation())) == usual


@given(st.floats(0.0, 20000.0), st.floats(0.0, 20000.0))
@settings(max_examples=200, deadline=None, derandomize=True)
def test_the_time_axis_keeps_order_and_can_be_undone(first: float, second: float) -> None:
    assert day_at(stretched(first)) == pytest.approx(first, rel=1e-12, abs=1e-12)
    if second > first + 1e-6:
        assert stretched(second) > stretched(first)


def test_the_first_fortnight_and_the_months_both_have_room() -> None:
    year = float(stretched(365.25))
    assert 0.25 < float(stretched(14.0)) / year < 0.5
    assert 0.25 < (year - float(stretched(91.0))) / year < 0.5


@pytest.mark.parametrize("last", [3.0, 14.0, 90.0, 365.25, 730.5, 10957.5])
def test_marks_start_at_zero_and_reach_the_end(last: float) -> None:
    marks = marks_up_to(last)
    assert 0.0 in marks
    assert max(marks) >= 0.6 * last


@pytest.mark.parametrize(
    ("last", "first", "number"), [(5.0, "1 d", 6), (30.0, "1 wk", 5), (365.25 * 5, "1 y", 6), (10957.5, "5 y", 7)]
)
def test_an_even_axis_has_even_marks_with_room_between(last: float, first: str, number: int) -> None:
    marks = even_marks(last)
    assert list(marks.values())[1] == first
    assert len(marks) == number
    assert np.ptp(np.diff(list(marks))) == pytest.approx(0.0, abs=1e-9)


def test_ageing_is_drawn_over_even_time_and_not_as_an_effect() -> None:
    days = np.arange(0.0, 7306.0, 365.25)
    figure = three_clocks(course_with(days, sessions=(), collagen_total=-days / 36525.0))
    (line,) = figure.axes[1].lines
    shown = np.asarray(line.get_ydata(), dtype=float)
    assert shown[0] == 0.0
    assert shown[-1] == pytest.approx(-20.0)
    assert figure.axes[1].get_xscale() == "linear"


def test_the_words_tell_the_milestones() -> None:
    told = alternative_text(slow_maturation())
    assert "New matrix: 10 % at day 2.0, 50 % at day 10, 90 % at day 18." in told
    assert "Maturation: no effect." in alternative_text(course_with(np.arange(0.0, 400.0)))


def test_colours_differ_in_grey_and_stand_out_from_paper() -> None:
    shades = [luminance(colour) for colour in (PRINT.inflammation, PRINT.collagen_total, PRINT.collagen_i_mature)]
    assert all(1.05 / (shade + 0.05) >= 3.0 for shade in shades)
    assert all(1.05 / (luminance(colour) + 0.05) >= 4.5 for colour in (PRINT.ink, PRINT.quiet))


def test_the_figure_says_that_nothing_is_calibrated() -> None:
    assert "not yet calibrated" in " ".join(text.get_text() for text in three_clocks(slow_maturation()).texts)
    fitted = three_clocks(slow_maturation().assign_attrs(calibrated="yes"))
    assert "calibrated" not in " ".join(text.get_text() for text in fitted.texts)


def test_home_needles_gain_little_and_passes_gain_at_least_twofold() -> None:
    table = gain_against_dose([0.25, 1.5], [1, 5, 15])
    gain = table["collagen_total"].to_dict()
    assert gain[0.25, 15] <= 0.25 * gain[1.5, 15]
    assert gain[1.5, 15] >= 2 * gain[1.5, 1] > 0
    assert gain[1.5, 1] < gain[1.5, 5] < gain[1.5, 15]
    figure = gain_figure(table)
    assert not cut(figure)
    assert not covering(figure)
    assert dose_headline(table) == figure.texts[0].get_text()


def test_the_headline_of_the_doses_follows_from_the_table() -> None:
    index = pd.MultiIndex.from_product([[0.25, 1.5], [1, 15]], names=["needle_length", "passes"])
    table = pd.DataFrame({"collagen_total": [0.1, 2.0, 4.0, 10.0], "wrinkle_depth": [0.0, 1.0, 2.0, 3.0]}, index=index)
    told = dose_headline(table)
    assert "20 % of what a 1.5 mm one does" in told
    assert "15 passes gain 2.5 times what 1 gains" in told
