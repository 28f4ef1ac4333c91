"""Why read-outs change: the sums, the tables and sentences made from them, the figure and the command."""

from __future__ import annotations

import json
import re
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from drawn_figures import boxes_of_texts, covering, cut, picture

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.explanation import WHOSE, Explanation
from cicatrix.explanation_figure import MOST, explanation_figure
from cicatrix.explanation_text import explanation_text, figure_words, number, sentences, strongest
from cicatrix.milestones import MONTH, day_text
from cicatrix.outcome import Exit, RefusedError
from cicatrix.theme import REST, SERIES

READOUTS = [row.name for row in _core.readouts()]
TEXT = """
title = "Two sessions"
patient = { age = "48 years", site = "cheek" }
device = { kind = "pen", needle_length = "1 mm" }
protocol = { sessions = ["10 days", "40 days"], passes = 3 }
simulation = { duration = "7 months", outputs = "weekly" }
"""


@pytest.fixture(scope="module")
def course() -> xr.Dataset:
    """Seven months after two sessions, the first on day 10."""
    return cx.run(_core.parse_scenario(TEXT))


@pytest.fixture(scope="module")
def found(course: xr.Dataset) -> Explanation:
    """What changes the lines."""
    explained: Explanation = course.cx.explain("wrinkle_depth")
    return explained


@pytest.mark.parametrize("name", READOUTS)
def test_the_processes_of_every_read_out_add_up_to_its_change_on_every_day(name: str, course: xr.Dataset) -> None:
    for whose in WHOSE:
        explained = course.cx.explain(name, whose=whose)
        range_ = float(max(np.ptp(course[name].values), np.ptp(course[f"untreated_{name}"].values)))
        gap = np.abs(explained.changes.sum(axis=0) - explained.values)
        assert gap.max() <= 1e-6 * max(range_, 1e-6 * float(np.abs(course[name].values).max()))
        assert explained.closure.max() < 1e-6


@pytest.mark.parametrize("name", ["wrinkle_depth", "erythema", "collagen_iii", "visible_result"])
def test_an_effect_is_the_one_that_the_course_shows(name: str, course: xr.Dataset) -> None:
    explained = course.cx.explain(name)
    on_outputs = np.searchsorted(explained.days, course["time"].values)
    effect = course.cx.effect(name).values
    assert np.allclose(explained.values[on_outputs], effect, rtol=0.0, atol=1e-5 * float(np.ptp(effect)))


def test_treated_less_untreated_is_the_effect_process_by_process(course: xr.Dataset) -> None:
    parts = {whose: course.cx.explain("collagen_total", whose=whose) for whose in WHOSE}
    at = {whose: dict(zip(part.processes, part.changes[:, -1], strict=True)) for whose, part in parts.items()}
    for process, change in at["effect"].items():
        left = at["treated"].get(process, 0.0) - at["untreated"].get(process, 0.0)
        assert change == pytest.approx(left, rel=1e-9, abs=1e-12)
    assert "session" in at["treated"]
    assert "session" not in at["untreated"]


def test_months_count_from_the_first_session_and_the_table_adds_up(found: Explanation) -> None:
    assert found.ends[:-1] == pytest.approx(10.0 + MONTH * np.arange(1, 7))
    assert found.ends[-1] == found.days[-1]
    table = found.table()
    assert list(table.index) == [*found.processes, "all"]
    assert table.loc["all"].to_numpy() == pytest.approx(table.iloc[:-1].sum().to_numpy())
    assert table.loc["all"].sum() == pytest.approx(found.values[-1], abs=1e-6 * float(np.ptp(found.values)))


def test_only_processes_that_do_something_are_told_the_strongest_first(found: Explanation) -> None:
    strength = np.abs(found.changes).max(axis=1)
    assert (np.diff(strength) <= 0).all()
    assert strength.min() > 0
    assert "cross-linking" in found.processes
    assert "MMP from M1" not in found.processes  # it changes no line by itself


def test_sentences_tell_the_numbers_of_the_table(found: Explanation) -> None:
    table, months = found.table(), sentences(found)
    assert len(months) == table.shape[1]
    told = 0
    for month, sentence in zip(table.columns, months, strict=True):
        assert sentence.startswith(f"Month {month}: ")
        column = table[month]
        for process, amount in re.findall(r"(?:, against |mostly |, | and )([^(,]+?) \(([+-][\d.e+-]+) µm\)", sentence):
            assert amount == number(float(column[process])), sentence
            told += 1
        if "mostly" in sentence:
            assert f": {number(float(column['all']))} µm;" in sentence
            way = np.sign(column["all"])
            first = re.findall(r"mostly ([^(]+) \(", sentence)[0]
            assert way * column[first] == (way * column.drop("all")).max()
    assert told >= len(months)


def test_the_text_tells_months_sums_time_constants_and_milestones(found: Explanation) -> None:
    text = explanation_text(found)
    assert all(sentence in text for sentence in sentences(found))
    assert f"{found.closure.max():.1e} of the range" in text
    assert "not calibrated" in text
    (line,) = (line for line in text.splitlines() if line.startswith("collagen_i_mature  ") and "month" not in line)
    assert line.split()[1:] == [f"{value:.3g}" for value in found.time_constant_table().loc["collagen_i_mature"]]
    table = found.milestone_table()
    assert list(table.index) == ["wrinkle_depth", *found.course.cx.milestones().index]
    for name, row in table.iterrows():
        days = [day_text(row[share]) for share in ("day10", "day50", "day90")]
        assert any(re.match(rf"{name} +{' +'.join(days)}", line) for line in text.splitlines()), name
    assert "`--members 200` adds" in text


def test_the_milestones_of_what_is_explained_are_those_of_its_effect(found: Explanation) -> None:
    own, *clocks = found.milestones()
    effect = found.course.cx.effect("wrinkle_depth")
    on = np.interp(10.0 + np.array(own.days), effect["time"].values, effect.values)
    assert on == pytest.approx(np.array([0.1, 0.5, 0.9]) * own.effect, rel=1e-3)
    assert own.effect == pytest.approx(float(effect[-1]), rel=1e-5)
    assert own.relative == pytest.approx(float(found.course.cx.effect("wrinkle_depth", relative=True)[-1]), rel=1e-5)
    assert [row.name for row in clocks] == list(found.course.cx.milestones().index)


def test_a_clock_is_told_once_and_skin_without_its_twin_has_no_milestones(course: xr.Dataset) -> None:
    names = list(course.cx.explain("collagen_total").milestone_table().index)
    assert sorted(names) == sorted(course.cx.milestones().index)
    assert names[0] == "collagen_total"
    treated = course.cx.explain("collagen_total", whose="treated")
    assert treated.milestones() == []
    assert treated.milestone_table().empty
    assert "milestones" not in explanation_text(treated)


def test_a_long_course_is_told_by_years_and_one_without_sessions_has_no_effect() -> None:
    text = (
        'patient.age = "30 years"\nprotocol.sessions = "none"\nsimulation = { ageing = "drift", duration = "5 years" }'
    )
    course = cx.run(_core.parse_scenario(text))
    untreated = course.cx.explain("collagen_total", whose="untreated")
    assert [sentence[:7] for sentence in sentences(untreated)] == [f"Year {year}:" for year in range(1, 6)]
    assert untreated.table().loc["all"].max() < 0
    effect = course.cx.explain("collagen_total")
    assert effect.processes == []
    assert all("hardly any change (0)" in sentence for sentence in sentences(effect))
    for explained in (untreated, effect):
        assert explanation_text(explained)
        assert covering(explanation_figure(explained)) == []


def test_a_table_adds_up_what_it_has_no_room_for(found: Explanation) -> None:
    names, changes = strongest(found, 4)
    assert names[:3] == found.processes[:3]
    assert names[3] == f"{len(found.processes) - 3} others"
    assert changes.sum(axis=0) == pytest.approx(found.changes.sum(axis=0))
    assert strongest(found, 99)[0] == found.processes


def test_numbers_have_signs_and_tell_what_is_too_small() -> None:
    assert [number(value, 1e-3) for value in (0.0, 1e-4, -0.12345, 12.0)] == ["0", "~0", "-0.123", "+12"]


@pytest.mark.parametrize(("name", "whose"), [("wrinkle_depth", "effect"), ("erythema", "treated"), ("cost", "treated")])
def test_the_figure_is_legible_and_the_same_each_time(name: str, whose: str, course: xr.Dataset) -> None:
    explained = course.cx.explain(name, whose=whose)
    figure = explanation_figure(explained)
    assert covering(figure) == []
    assert cut(figure) == []
    texts = [text for text, _ in boxes_of_texts(figure)]
    assert all(process in texts for process in strongest(explained, MOST)[0])
    assert any("not yet calibrated" in text for text in texts)
    assert picture(figure) == picture(explained.plot())


def test_bars_end_where_the_processes_have_come_to(found: Explanation) -> None:
    (axes,) = explanation_figure(found).axes
    names, changes = strongest(found, MOST)
    for name, row, bars in zip(names, changes, axes.containers, strict=True):
        assert bars.get_label() == name
        assert bars[-1].get_height() == pytest.approx(row[-1])
    sums = [sum(bars[-1].get_height() for bars in axes.containers)]
    (line,) = (drawn.get_ydata() for drawn in axes.lines if drawn.get_label() == "all together")
    assert sums[0] == pytest.approx(float(np.asarray(line)[-1]), abs=1e-6 * float(np.ptp(found.values)))
    assert len({*SERIES, REST}) == MOST


def test_dots_stand_on_the_sum_where_its_shares_come_to_stay(found: Explanation) -> None:
    (axes,) = explanation_figure(found).axes
    own = found.milestones()[0]
    at, heights = axes.lines[-1].get_data()
    assert np.asarray(at) * MONTH == pytest.approx(own.days)  # all before the last period, which is a shorter one
    assert np.asarray(heights) == pytest.approx(np.array([0.1, 0.5, 0.9]) * own.effect, rel=1e-3)


def test_the_words_of_the_figure_tell_its_numbers(found: Explanation) -> None:
    words = figure_words(found)
    assert number(float(found.values[-1])) in words
    assert all(process in words for process in strongest(found, MOST)[0])
    assert all(day_text(day) in words for day in found.milestones()[0].days)


def test_the_command_explains_a_result_as_text_json_and_figure(
    result_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    figure = tmp_path / "why.svg"
    assert cli.main(["explain", str(result_file), "collagen_total", "--figure", str(figure)]) == 0
    text = capsys.readouterr().out
    assert "Month 12: " in text
    assert text.splitlines()[-1] == str(figure)
    assert "Stacked bars" in figure.read_text(encoding="utf-8")
    assert cli.main(["explain", str(result_file), "collagen_total", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["closure"]["worst"] < 1e-6
    assert list(told["milestones"]) == ["collagen_total", "inflammation", "collagen_i_mature"]
    assert told["members"] is None
    for month in told["periods"]:
        assert sum(month["by_process"].values()) == pytest.approx(month["change"], abs=1e-12)
        assert month["told"] in text
        assert set(month["time_constants"]) == {"collagen_iii", "collagen_i_immature", "collagen_i_mature"}


def test_a_course_in_depth_is_explained_by_its_means() -> None:
    in_depth = TEXT.replace(
        'outputs = "weekly"', 'outputs = "weekly", fidelity = "depth", cells = 16, grid_error = false'
    )
    course = cx.run(_core.parse_scenario(in_depth.replace('"7 months"', '"3 months"')))
    explained = course.cx.explain("collagen_i_immature")
    assert explained.closure.max() < 1e-6
    on_outputs = np.searchsorted(explained.days, course["time"].values)
    effect = course.cx.effect("collagen_i_immature").values
    assert np.allclose(explained.values[on_outputs], effect, rtol=0.0, atol=1e-5 * float(np.ptp(effect)))
    assert "cross-linking" in explained.processes
    assert "means over the skin" in explained.text()


def test_the_command_explains_a_shipped_scenario(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "single_session", "elastin", "--whose", "untreated"]) == 0
    assert capsys.readouterr().out.startswith("elastin, untreated skin: ")


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (["single_session"], Exit.USAGE, "single_session wrinkle_depth"),
        (["single_session", "wrinkle", "depth"], Exit.USAGE, "say one read-out or state"),
        (["single_session", "colagen"], Exit.USAGE, "collagen_total"),
        (["adler_2020.toml", "M"], Exit.NO_INPUT, "adler_2020.toml"),
        (["tewl", "--json"], Exit.USAGE, "explain a course"),
        (["tewl", "--whose", "effect"], Exit.USAGE, "explain a course"),
    ],
)
def test_what_cannot_be_explained_is_refused_with_a_way_out(
    line: list[str], code: Exit, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["explain", *line]) == code
    said = capsys.readouterr()
    assert told in said.out + said.err


def test_a_dataset_without_its_scenario_or_with_an_unknown_whose_is_refused(course: xr.Dataset) -> None:
    bare = course.copy()
    bare.attrs = {}
    with pytest.raises(RefusedError, match="holds no scenario"):
        bare.cx.explain("tewl")
    with pytest.raises(ValueError, match="effect, treated, untreated"):
        course.cx.explain("tewl", whose="both")
    with pytest.raises(KeyError, match="did you mean 'tewl'"):
        course.cx.explain("tewel")


def test_the_core_refuses_days_outside_the_course_and_unknown_names() -> None:
    scenario = _core.parse_scenario(TEXT)
    for days in ([], [-1.0], [3.0, 2.0], [1e4]):
        with pytest.raises(ValueError, match="days ascend"):
            _core.explain(scenario, ["tewl"], days)
    with pytest.raises(ValueError, match="neither a read-out nor a state"):
        _core.explain(scenario, ["tewel"], [1.0])
