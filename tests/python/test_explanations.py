"""Lists and explanations: everything that has a name has a page, and the page says what to do with it."""

from __future__ import annotations

import json

import pytest

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix._core import keys as scenario_keys
from cicatrix.catalogue import LISTS, TOPICALS_EXAMPLE, listing
from cicatrix.glossary import TERMS
from cicatrix.outcome import Exit


@pytest.mark.parametrize("kind", sorted(LISTS))
def test_every_list_has_rows_and_is_json_too(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["list", kind]) == 0
    head, *lines = capsys.readouterr().out.splitlines()
    assert head.startswith("name  ")
    assert cli.main(["list", kind, "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert len(rows) == len(lines) > 0
    assert all(line.startswith(row["name"]) for line, row in zip(lines, rows, strict=True))


@pytest.mark.parametrize("kind", sorted(set(LISTS) - {"scenarios"}))
def test_everything_that_is_listed_is_explained(kind: str, capsys: pytest.CaptureFixture[str]) -> None:
    for row in listing(kind):
        assert cli.main(["explain", *str(row["name"]).split()]) == 0
        told = capsys.readouterr().out
        assert told.startswith(str(row["name"]))
        assert str(row.get("meaning", row.get("title", ""))) in told


def test_an_unknown_name_gets_the_nearest(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "colagen_total"]) == Exit.USAGE
    told = capsys.readouterr().err
    assert "collagen_total" in told
    assert "cicatrix list" in told


@pytest.mark.parametrize(("name", "meant"), [("E-SESIONS", "E-SESSIONS"), ("e-topical", "E-TOPICALS")])
def test_a_misspelt_code_gets_the_nearest_as_it_is_written(
    name: str, meant: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["explain", name]) == Exit.USAGE
    assert meant in capsys.readouterr().err


def test_read_outs_of_compounds_and_sessions_are_listed_as_the_file_holds_them() -> None:
    text = """
patient.age = "30 years"
device = { kind = "roller", needle_length = "1 mm" }
protocol = { sessions = "once", passes = 5 }
care.topicals = [{ compound = "vitamin C", dose = "0.1 mg/cm2", when = "daily" }]
simulation.duration = "20 days"
"""
    course = cx.run(_core.parse_scenario(text))
    assert list(course["topical"].values) == ["ascorbic acid"]
    rows = {str(row["name"]): row for row in listing("readouts")}
    held = {name: course[name] for name in course.data_vars if {"session", "topical"} & set(course[name].dims)}
    held = {name: variable for name, variable in held.items() if not str(name).startswith("untreated_")}
    assert {name for name, row in rows.items() if row["of each"] != "time"} == set(held)
    for name, variable in held.items():
        row = rows[str(name)]
        assert row["of each"] == ("session" if variable.dims == ("session",) else "compound")
        assert (row["unit"], row["meaning"]) == (variable.attrs["units"], variable.attrs["long_name"])
        assert row["formula"] == variable.attrs.get("formula", "")


@pytest.mark.parametrize("term", [*TERMS, "mouth_radius", "reach", "twin", "parameters.<name>"])
def test_every_word_of_the_results_has_a_page(term: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", *term.split()]) == 0
    assert len(capsys.readouterr().out.splitlines()) >= 2


def test_explain_takes_several_names_at_once(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "E-UNIT", "melanin"]) == 0
    told = capsys.readouterr().out
    assert told.startswith("E-UNIT")
    assert "\nmelanin: state" in told


def test_a_key_tells_what_each_device_takes_and_how_well_that_is_known(capsys: pytest.CaptureFixture[str]) -> None:
    for default in _core.device_defaults():
        assert cli.main(["explain", default.path]) == 0
        told = capsys.readouterr().out
        assert f"{default.device}: {default.value} (grade {default.grade}" in told
        assert default.source in told


def test_a_key_tells_whether_it_is_required_and_whether_it_changes_anything(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for key in scenario_keys():
        assert cli.main(["explain", key.path]) == 0
        told = capsys.readouterr().out
        assert ("required" in told) is key.required, key.path
        assert ("stored only" in told) is key.stored_only, key.path
        assert ("needed by" in told) is bool(key.needed_by), key.path


def test_a_key_that_a_device_needs_is_missed_by_that_device_alone() -> None:
    (passes,) = (key for key in scenario_keys() if key.path == "protocol.passes")
    assert not passes.required
    for device in ("roller", "pen", "stamp", "fractional laser"):
        needle = "" if device == "fractional laser" else ', needle_length = "1 mm"'
        text = f'patient.age = "30 years"\nprotocol.sessions = "once"\ndevice = {{ kind = "{device}"{needle} }}\n'
        if device in passes.needed_by:
            with pytest.raises(_core.InputError, match="passes"):
                _core.parse_scenario(text)
        else:
            assert "passes" in _core.parse_scenario(text).resolved


def test_the_page_of_topicals_says_what_a_table_holds_with_an_example_that_runs(
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert cli.main(["explain", "care.topicals"]) == 0
    told = capsys.readouterr().out
    assert all(f"  {key.path} " in told and key.allowed in told for key in _core.topical_keys())
    assert all(line in told for line in TOPICALS_EXAMPLE.splitlines())
    scenario = _core.parse_scenario(f'patient.age = "30 years"\nprotocol.sessions = "none"\n{TOPICALS_EXAMPLE}')
    assert [entry.what.split(",")[0] for entry in scenario.calendar][:2] == ["ascorbic acid", "my peptide"]


def test_a_compound_is_explained_by_what_people_call_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", "Vitamin", "C"]) == 0
    assert capsys.readouterr().out.startswith("ascorbic acid: compound")


def test_a_parameter_is_set_as_its_page_says(capsys: pytest.CaptureFixture[str]) -> None:
    for name in ("clot_decay", "synthesis_gain_by_tgf", "ageing_onset", "reach", "visible_erythema", "film_loss"):
        assert cli.main(["explain", name]) == 0
        lines = capsys.readouterr().out.splitlines()[-2:]
        text = 'patient.age = "25 years"\nprotocol.sessions = "none"\n' + "\n".join(line.strip() for line in lines)
        assert name in _core.parse_scenario(text).resolved


def test_every_parameter_that_a_scenario_may_set_is_listed_with_its_part() -> None:
    rows = {str(row["name"]): row for row in listing("parameters")}
    assert list(rows) == [row.name for row in _core.course_parameters()]
    assert {rows[row.name]["part"] for row in _core.parameters("microneedling")} == {"microneedling"}
    assert rows["reach"]["part"] != "microneedling"


def test_a_condition_tells_its_warning_and_what_it_changes(capsys: pytest.CaptureFixture[str]) -> None:
    for condition in _core.conditions():
        assert cli.main(["explain", *condition.name.split()]) == 0
        told = capsys.readouterr().out
        assert condition.warning in told
        assert ("must be acknowledged" in told) is condition.must_acknowledge
        assert all(f"{name} x" in told for name in condition.changes)
