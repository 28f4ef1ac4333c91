"""What an option or an argument asks wrongly is told in its own words, not as a line that nobody wrote."""

from __future__ import annotations

import json
import re
from collections.abc import Sequence

import numpy as np
import pytest
import xarray as xr

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.catalogue import explanation
from cicatrix.outcome import Exit
from cicatrix.studies.asked_problems import in_the_words_given, nearest_factor
from cicatrix.studies.evidence import NO_INTERVAL, WHY_NO_INTERVAL, table_text
from cicatrix.studies.gradient_command import derivative_unit

OPTIMUM = ["optimum", "crows_feet", "--minimise", "downtime final", "--quiet"]


def refused(arguments: Sequence[str], capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The lines of a refusal."""
    assert cli.main(arguments) == Exit.BAD_INPUT
    told = capsys.readouterr()
    assert told.out == ""
    return told.err.splitlines()


@pytest.mark.parametrize(
    ("vary", "told"),
    [
        ("device.needle_length=2 mm to 1 mm", "its first end is not below its second"),
        ("needle_length=0.5 mm to 1 mm", "did you mean 'device.needle_length'?"),
        ("protocol.pases=1 to 20", "did you mean 'protocol.passes'?"),
        ("cross_linking=0.01 1/d to 0.02 1/d", "is a parameter, which stands here as 'parameters.cross_linking'"),
        ("cross_link=0.01 1/d to 0.02 1/d", "did you mean 'parameters.cross_linking'?"),
        ("protocol.passes=1 to 2000", "201 is out of range, allowed is a whole number from 1 to 200"),
    ],
)
def test_a_choice_is_refused_in_the_words_of_the_option(
    vary: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    first, *others = refused([*OPTIMUM, "--vary", vary], capsys)
    assert f"crows_feet.toml, asked for {vary.replace('=', ' = ')}: " in first.replace(
        "crows_feet,", "crows_feet.toml,"
    )
    assert told in first
    assert [line for line in others if not line.startswith("more: ")] == []  # one, were it a thousand values
    assert not re.search(r":\d+:\d+:", first)


def test_an_outcome_is_refused_in_its_own_words(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments in (
        ["gradient", "crows_feet", "tewl auc", "wrinkle_dept effect final"],
        [*OPTIMUM, "--vary", "protocol.passes=1 to 20", "--subject-to", "wrinkle_dept effect final <= -5 um"],
    ):
        (first, _) = refused(arguments, capsys)
        assert ", asked for wrinkle_dept effect final: " in first
        assert "did you mean 'wrinkle_depth'?" in first


def test_a_parameter_of_a_gradient_gets_the_nearest_name(capsys: pytest.CaptureFixture[str]) -> None:
    (first, _) = refused(["gradient", "crows_feet", "tewl auc", "--parameter", "needle_length"], capsys)
    assert ", asked for needle_length: 'needle_length' is no key of a scenario and no parameter" in first
    assert "did you mean 'device.needle_length'?" in first
    with pytest.raises(cx.InputError, match="did you mean 'cross_linking'"):
        cx.gradient("single_session", "tewl auc", ["cross_linkin"])


def test_other_programs_are_told_the_same(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["gradient", "crows_feet", "tewl auc", "--parameter", "planets", "--json"]) == Exit.BAD_INPUT
    (problem,) = json.loads(capsys.readouterr().out)["problems"]
    assert (problem["path"], problem["line"], problem["column"]) == ("planets", 0, 0)
    assert problem["code"] == "E-UNKNOWN-KEY"


def test_faults_of_the_scenario_itself_keep_their_lines() -> None:
    with (
        pytest.raises(cx.InputError, match=r"mine.toml:2:7: patient.age") as caught,
        in_the_words_given("mine.toml", {"protocol.passes": "1 to 2"}, ["tewl auc"]),
    ):
        _core.parse_scenario("[patient]\nage = 40\n", "mine.toml")
    assert "asked for" not in str(caught.value)


@pytest.mark.parametrize(
    ("name", "nearest"),
    [("needle_length", "device.needle_length"), ("needle_lenght", "device.needle_length"), ("age", "patient.age"),
     ("clot_decy", "clot_decay"), ("xyzzy", "")],
)  # fmt: skip
def test_the_nearest_factor_may_be_named_by_its_end(name: str, nearest: str) -> None:
    assert nearest_factor(name) == nearest


@pytest.mark.parametrize(
    ("outcome", "parameter", "unit"),
    [("um", "1/d", "um per (1/d)"), ("1", "mm", "per mm"), ("d", "1", "d"), ("1", "1", "1"), ("um", "", "um")],
)
def test_a_derivative_has_the_unit_of_the_outcome_over_that_of_the_parameter(
    outcome: str, parameter: str, unit: str
) -> None:
    assert derivative_unit(outcome, parameter) == unit


def test_a_gradient_prints_the_unit_of_each_derivative(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ["gradient", "crows_feet", "wrinkle_depth effect final"]
    parameters = ["--parameter", "reach", "--parameter", "device.needle_length", "--parameter", "cross_linking"]
    assert cli.main([*asked, *parameters]) == 0
    lines = {line.split()[0]: line for line in capsys.readouterr().out.splitlines()[2:]}
    assert " um per mm " in lines["reach"]
    assert " um per mm " in lines["device.needle_length"]
    assert " um per (1/d) " in lines["cross_linking"]
    assert cli.main([*asked, *parameters, "--json"]) == 0
    (told,) = json.loads(capsys.readouterr().out)["outcomes"]
    assert told["parameters"]["reach"]["unit"] == "um per mm"


def test_an_interval_that_there_is_not_is_said_and_explained() -> None:
    sizes = {"S1": 1.0, "S1_low": np.nan, "S1_high": np.nan, "ST": 0.9, "ST_low": 0.5, "ST_high": 1.2}
    study = xr.Dataset(
        {name: (("factor", "outcome"), [[size]]) for name, size in sizes.items()},
        coords={"factor": ["reach"], "outcome": ["tewl_final"], "grade": ("factor", ["assumed"])},
        attrs={"method": "sobol"},
    )
    told = table_text(study, {"outcome": "tewl_final"})
    assert f"1.000 ({NO_INTERVAL})" in told
    assert "0.900 (0.500 to 1.200)" in told
    assert told.endswith(WHY_NO_INTERVAL)
    assert "nan" not in told
    whole = table_text(study.fillna(0.2), {"outcome": "tewl_final"})
    assert NO_INTERVAL not in whole


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("sobol", "S1"),
        ("morris", "mu_star"),
        ("cohort", "sweep.samples"),
        ("arm", "[sweep.arms.pen]"),
        ("arms", "arm: "),
    ],
)
def test_words_of_studies_have_a_page(word: str, told: str) -> None:
    assert told in explanation(word)


def test_the_arms_of_the_page_can_be_run() -> None:
    page = explanation("arms")
    tables = "\n".join(line.strip() for line in page.splitlines() if line.startswith("  "))
    scenario = 'patient.age = "40 years"\nprotocol = { sessions = "once", passes = 1 }\n[sweep]\ndesign = "cohort"\n'
    rest = 'samples = 2\noutcomes = ["tewl auc"]\n[sweep.cohort]\nage = "uniform 30 years to 60 years"\n'
    assert list(cx.parse_sweep(scenario + rest + tables).arms) == ["pen", "roller"]
