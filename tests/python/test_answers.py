"""The calendar and the answers: what a person is told follows from the curves, or is left out where they are silent."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pytest
import xarray as xr
from sample_course import course_with

import cicatrix as cx
from cicatrix import _core
from cicatrix.answers import answers, monthly
from cicatrix.schedule import calendar_text, care_lines, scenario_of, session_rows, session_table, warning_lines

FINE = np.unique(np.concatenate([[0.01, 0.02], np.arange(0.0, 5.0, 0.05), np.arange(5.0, 366.0)]))
SEEN = 0.1  # erythema that is just seen, in the courses made here


def course_showing(
    days: npt.ArrayLike, *, sessions: tuple[float, ...] = (0.0,), **curves: tuple[npt.ArrayLike, float]
) -> xr.Dataset:
    """A course whose read-outs follow `curves`, each with the value of untreated skin."""
    course = course_with(days, sessions=sessions)
    count = course.sizes["time"]
    for name, (values, untreated) in curves.items():
        course[name] = ("time", np.broadcast_to(np.asarray(values, dtype=float), count), {"formula": "made by hand"})
        course[f"untreated_{name}"] = ("time", np.full(count, untreated))
    course = course.assign_coords(parameter=np.array(["visible_erythema", "b", "c", "d"], dtype=object))
    course["parameter_value"] = ("parameter", np.array([SEEN, 0.0, 0.0, 0.0]))
    return course


def told(course: xr.Dataset, about: str) -> str:
    """The answer to the one question that has these words; empty when it is not given."""
    found = [answer.told for answer in answers(course) if about in answer.question]
    assert len(found) <= 1
    return found[0] if found else ""


def test_the_skin_is_red_until_what_is_seen_is_crossed_for_the_last_time() -> None:
    falling = np.clip(0.5 * (1.0 - FINE / 5.0), 0.0, None)  # 0.1 on day 4
    assert told(course_showing(FINE, erythema=(falling, 0.0)), "red").startswith("for 4.0 days")
    assert told(course_showing(FINE, erythema=(0.1 * falling, 0.0)), "red") == "too little to be seen"
    again = np.where(FINE > 20.0, 0.3, falling)
    assert told(course_showing(FINE, erythema=(again, 0.0)), "red").startswith("until the next session")


def test_the_barrier_is_back_when_a_tenth_of_its_rise_is_left() -> None:
    rise = 10.0 * np.exp(-FINE / 0.5)  # a tenth of 10 after 0.5 ln 10 = 1.151 days = 27.6 h
    answer = told(course_showing(FINE, tewl=(12.0 + rise, 12.0)), "barrier")
    assert answer.startswith("within 28 h")
    assert "22 g m⁻² h⁻¹" in answer
    assert told(course_showing(FINE, tewl=(12.0, 12.0)), "barrier") == "it is not harmed"


def test_what_outputs_are_too_coarse_for_is_not_answered() -> None:
    daily, weekly = np.arange(0.0, 366.0), np.arange(0.0, 366.0, 7.0)
    curves = {"tewl": (13.0, 12.0), "pain": (3.0, 0.0), "erythema": (0.5, 0.0), "hydration": (0.9, 1.0)}
    for days, given in ((FINE, "barrier hurt red dry"), (daily, "red dry"), (weekly, "")):
        course = course_showing(days, **curves)
        assert [word for word in ("barrier", "hurt", "red", "dry") if told(course, word)] == given.split()


def test_lines_after_a_year_are_told_beside_those_of_untreated_skin() -> None:
    course = course_showing(np.arange(0.0, 400.0), wrinkle_depth=(45.0, 50.0))
    assert told(course, "lines") == "45 µm, untreated 50 (-10.0 %)"
    assert not told(course.isel(time=slice(0, 200)), "lines")


def test_what_the_skin_has_none_of_is_not_answered() -> None:
    course = course_showing(np.arange(0.0, 400.0), scar_depth=(0.0, 0.0), hair_density=(0.0, 0.0))
    assert not told(course, "scars")
    assert not told(course, "hair")


def test_sums_so_far_are_told_whole_and_for_each_session() -> None:
    days = np.arange(0.0, 101.0)
    visible = np.interp(days, [0, 3, 28, 33, 100], [0, 3, 3, 8, 8])
    minutes = np.where(days > 28, 50.0, np.where(days > 0, 20.0, 0.0))
    course = course_showing(days, sessions=(0.0, 28.0), downtime=(visible, 0.0), treatment_time=(minutes, 0.0))
    assert told(course, "How many days") == "8.0 days over 2 sessions"
    assert told(course, "What does it take") == "2 sessions, 50 minutes"
    rows = session_rows(course)
    assert [row.visible_days for row in rows] == pytest.approx([3.0, 5.0])
    assert [row.minutes for row in rows] == pytest.approx([20.0, 30.0])
    assert [row.week for row in rows] == [1, 5]


def test_a_course_without_sessions_answers_nothing() -> None:
    course = course_showing(np.arange(0.0, 400.0), sessions=(), wrinkle_depth=(50.0, 50.0))
    assert answers(course) == []
    assert monthly(course) == ([], [])
    assert session_rows(course) == []


def test_the_months_are_told_up_to_the_end_of_the_course() -> None:
    course = course_showing(np.arange(0.0, 200.0), wrinkle_depth=(49.0, 50.0))
    heads, rows = monthly(course)
    assert all(len(row) == len(heads) for row in rows)
    assert rows[-1][0] == "month\N{NO-BREAK SPACE}6"
    assert all(row[1:] == ["49.0", "-2.0 %"] for row in rows)


def test_a_column_that_no_session_fills_is_left_out() -> None:
    prescribed = cx.run(_core.parse_scenario(scenario_with('kind = "prescribed", injured_fraction = 0.05', passes="")))
    roller = cx.run(_core.parse_scenario(scenario_with('kind = "roller", needle_length = "1.5 mm"')))
    heads, cells = session_table(session_rows(prescribed))
    assert not {"needle", "passes", "channels/cm²", "price"} & set(heads)
    assert {"needle", "passes", "channels/cm²", "mean depth"} <= set(session_table(session_rows(roller))[0])
    assert cells[0][heads.index("injured")] == "5 %"


def scenario_with(device: str, *, passes: str = "passes = 10", more: str = "") -> str:
    return f"""
patient = {{ age = "40 years" }}
device = {{ {device} }}
protocol.sessions = "every 4 weeks x 5"
{f"protocol.{passes}" if passes else ""}
{more}
simulation.duration = "150 days"
"""


def test_each_session_stands_in_the_calendar_with_what_it_does() -> None:
    text = scenario_with('kind = "roller", needle_length = "1.5 mm"', more='care.occlusion = "12 h"')
    scenario = _core.parse_scenario(text)
    course = cx.run(scenario)
    lines = calendar_text(scenario, course).splitlines()
    starts = [line.split()[:5] for line in lines if line.split()[:1] in [[str(i)] for i in range(1, 6)]]
    assert starts == [[str(i + 1), str(28 * i), str(4 * i + 1), "1.5", "mm"] for i in range(5)]
    assert lines[-1] == "the course ends on day 150"
    for row, session in zip(session_rows(course), scenario.sessions, strict=True):
        assert row.channel_density == pytest.approx(session.channel_density)
        assert row.minutes == pytest.approx(session.minutes)
        assert row.price == pytest.approx(session.price)


def test_care_is_told_once_for_all_its_days() -> None:
    more = 'care = { moisturiser = true, occlusion = "12 h", topicals = [{ compound = "caffeine", '
    more += 'dose = "1 mg/cm2", when = "daily" }] }'
    lines = care_lines(_core.parse_scenario(scenario_with('kind = "roller", needle_length = "1 mm"', more=more)))
    assert "every day: moisturiser" in lines
    assert not any("sunscreen" in line for line in lines)
    (film,) = (line for line in lines if "film" in line)
    assert film.startswith("day 0 to 0.5, 28 to 28.5")
    assert film.count(" to ") == 4
    assert "and 1 more" in film
    assert sum("caffeine" in line for line in lines) == 1


def test_warnings_of_patient_and_protocol_come_first() -> None:
    text = """
patient = { age = "40 years", conditions = ["pregnancy"], acknowledge_warnings = true }
device = { kind = "prescribed", injured_fraction = 0.05 }
protocol.sessions = ["0 days", "2 days"]
"""
    scenario = _core.parse_scenario(text)
    course = cx.run(scenario)
    warned = warning_lines(course)
    assert len(warned) == 2
    assert calendar_text(scenario, course).splitlines()[:2] == [f"warning: {line}" for line in warned]


def test_a_result_whose_scenario_cannot_be_read_keeps_its_calendar() -> None:
    course = cx.run(_core.parse_scenario(scenario_with('kind = "roller", needle_length = "1 mm"')))
    foreign = course.assign_attrs(scenario_toml="of = 'another version'")
    assert scenario_of(foreign) is None
    heads, cells = session_table(session_rows(foreign))
    assert "needle" not in heads
    assert len(cells) == 5
