"""Between which days milestones lie when parameters vary: as the courses of the members themselves say."""

from __future__ import annotations

import json

import numpy as np
import pytest
import xarray as xr
from drawn_figures import boxes_of_texts, covering, cut

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.explained_members import MemberMilestones
from cicatrix.explanation import Explanation
from cicatrix.explanation_figure import explanation_figure
from cicatrix.explanation_text import explanation_text
from cicatrix.milestones import day_text
from cicatrix.outcome import Exit, RefusedError

MEMBERS = 20
TEXT = """
title = "One session"
patient = { age = "48 years", site = "cheek" }
device = { kind = "pen", needle_length = "1 mm" }
protocol = { sessions = ["10 days"], passes = 3 }
simulation = { duration = "5 months", outputs = "weekly" }
parameters = { cross_linking = "0.02 1/d" }
"""


@pytest.fixture(scope="module")
def found() -> Explanation:
    """The dermal modulus five months after one session, and its members."""
    explained: Explanation = cx.run(_core.parse_scenario(TEXT)).cx.explain("dermal_modulus", members=MEMBERS)
    return explained


def test_the_days_of_members_are_those_of_their_own_courses(found: Explanation) -> None:
    assert found.members is not None
    assert found.effect is not None
    sweep = f'design = "latin hypercube"\nsamples = {MEMBERS}\noutcomes = ["tewl peak"]\n[sweep.vary]\n'
    vary = 'parameters = "all"\n"parameters.cross_linking" = ["0.02 1/d"]\n'
    planned = _core.parse_sweep(f"{TEXT}\n[sweep]\n{sweep}{vary}")
    days = []
    for member in range(MEMBERS):
        text = planned.member_scenario(member)
        assert "cross_linking = 0.02" in text or 'cross_linking = "0.02 1/d"' in text
        course = cx.run(_core.parse_scenario(text))
        values = np.interp(found.effect.days + 10.0, course["time"].values, course.cx.effect("dermal_modulus").values)
        days.append(found.effect.lasting_days(values))
    shows = np.isfinite(days).all(axis=1)
    assert shows.sum() > 10
    assert len(found.members.days) == shows.sum()
    assert found.members.days == pytest.approx(np.array(days)[shows], rel=1e-3, abs=0.05)


def test_what_the_scenario_sets_stays_and_the_rest_varies(found: Explanation) -> None:
    assert found.members is not None
    assert found.members.kept == ["cross_linking"]
    bare = cx.run(_core.parse_scenario(TEXT.replace("parameters =", "# parameters =")))
    other = bare.cx.explain("dermal_modulus", members=MEMBERS).members
    assert other.kept == []
    assert other.varied == found.members.varied + 1


def test_intervals_are_the_middle_nine_tenths_of_those_with_an_effect() -> None:
    days = np.outer(np.arange(1.0, 102.0), [1.0, 2.0, 3.0])
    members = MemberMilestones(members=110, failed=2, varied=5, kept=[], days=days, otherwise=0)
    assert members.intervals == [(6.0, 96.0), (12.0, 192.0), (18.0, 288.0)]
    few = MemberMilestones(members=110, failed=2, varied=5, kept=[], days=days[:19], otherwise=0)
    assert np.isnan(few.intervals).all()
    assert few.told()["with_effect"] == 19


def test_the_text_and_the_table_tell_intervals_and_what_they_stand_on(found: Explanation) -> None:
    assert found.members is not None
    text = explanation_text(found)
    for low, high in found.members.intervals:
        assert (f"{day_text(low)} to {day_text(high)}" in text) == np.isfinite(low)
    assert f"5 to 95 % of {len(found.members.days)} members" in text
    assert f"each with {found.members.varied} parameters anywhere in their ranges" in text
    assert "as the scenario sets them stay cross_linking" in text
    assert "--members" not in text
    table = found.milestone_table()
    assert table.index[0] == "dermal_modulus"
    assert table.loc["dermal_modulus", "day50_low"] == pytest.approx(found.members.intervals[1][0], nan_ok=True)
    assert table["day50_low"].iloc[1:].isna().all()


def test_the_figure_with_members_is_legible(found: Explanation) -> None:
    figure = explanation_figure(found)
    assert covering(figure) == []
    assert cut(figure) == []
    assert any("5 to 95 % of" in text for text, _ in boxes_of_texts(figure))


def test_the_command_tells_members_in_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "single_session", "collagen_i_mature", "--members", "60", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    members, own = told["members"], told["milestones"]["collagen_i_mature"]
    assert members["members"] == 60
    assert members["with_effect"] + members["failed"] <= 60
    for share in ("day10", "day50", "day90"):
        low, high = members[share]
        assert low < own[share] < high


def test_all_of_their_draws_are_the_same_each_time(found: Explanation) -> None:
    again = found.course.cx.explain("dermal_modulus", members=MEMBERS)
    assert np.array_equal(again.members.days, found.members.days if found.members else np.empty(0))


@pytest.mark.parametrize(
    ("line", "code", "told"),
    [
        (["single_session", "tewl", "--members", "19"], Exit.USAGE, "20 or more"),
        (["single_session", "tewl", "--members", "30", "--whose", "treated"], Exit.USAGE, "treated skin alone"),
        (["tewl", "--members", "30"], Exit.USAGE, "explain a course"),
        (["scenarios/claims/s11_older_skin.toml", "tewl", "--members", "30"], Exit.BAD_INPUT, '"weekly"'),
    ],
)
def test_members_are_refused_with_a_way_out(
    line: list[str], code: Exit, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["explain", *line]) == code
    assert told in capsys.readouterr().err


def test_members_need_an_effect(found: Explanation) -> None:
    course: xr.Dataset = found.course
    with pytest.raises(RefusedError, match="untreated skin alone"):
        course.cx.explain("tewl", whose="untreated", members=MEMBERS)
