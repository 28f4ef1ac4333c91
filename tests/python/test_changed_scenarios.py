"""Values of a scenario are changed from Python as a file would say them, and wrong ones are refused in these words."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from test_told_errors import caught

import cicatrix as cx
from cicatrix.told_errors import UnusableError

SCENARIO = """\
title = "Changed"
[patient]
age = "40 years"
[device]
kind = "pen"
needle_length = "1.5 mm"
[protocol]
sessions = "once"
passes = 2
"""
FASTER = '[parameters]\ncross_linking = "0.02 1/d"'


@pytest.mark.parametrize(
    ("changes", "old", "new"),
    [
        ({"device.needle_length": "1 mm"}, '"1.5 mm"', '"1 mm"'),
        ({"protocol.passes": np.int64(4)}, "passes = 2", "passes = 4"),
        ({"protocol.sessions": ["0 days", "30 days"]}, '"once"', '["0 days", "30 days"]'),
        (
            {"parameters.cross_linking": "0.02 1/d"},
            "passes = 2",
            'passes = 2\n[parameters]\ncross_linking = "0.02 1/d"',
        ),
        ({"patient.age": "60 years", "patient.site": "neck"}, '"40 years"', '"60 years"\nsite = "neck"'),
    ],
)
def test_a_change_gives_the_bits_of_a_file_that_says_the_same(
    changes: dict[str, Any], old: str, new: str, tmp_path: Path
) -> None:
    (tmp_path / "mine.toml").write_text(SCENARIO)
    written = cx.run(cx.parse_scenario(SCENARIO.replace(old, new)))
    for source in (tmp_path / "mine.toml", cx.parse_scenario(SCENARIO)):
        found = cx.run(source, changes=changes)
        assert found.attrs["title"] == "Changed"
        for name in ("wrinkle_depth", "untreated_collagen_total", "erythema"):
            assert found[name].values.tobytes() == written[name].values.tobytes()


def test_without_a_change_nothing_changes() -> None:
    scenario = cx.parse_scenario(SCENARIO)
    assert cx.run(scenario, changes={})["tewl"].equals(cx.run(scenario)["tewl"])


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"device.needle_lenght": "1 mm"}, "did you mean 'device.needle_length'?"),
        ({"cross_linking": "0.02 1/d"}, "which stands here as 'parameters.cross_linking'"),
        ({"device.needle_length": 1}, "'1' has no unit"),
        ({"patient.site": "fohead"}, "did you mean 'forehead'?"),
    ],
)
def test_a_wrong_key_or_value_is_refused_with_what_was_given(changes: dict[str, Any], told: str) -> None:
    error = caught(lambda: cx.run("crows_feet", changes=changes))
    assert isinstance(error, cx.InputError)
    assert told in str(error)
    assert f"asked for {next(iter(changes))}" in str(error)


@pytest.mark.parametrize(
    ("scenario", "changes", "told"),
    [
        ("crows_feet", {"patient.age": None}, "patient.age: a change is a text .* given was None"),
        ("crows_feet", "patient.age", "changes is a dict .* given was 'patient.age'"),
        ("reynolds_2006", {"patient.age": "40 years"}, "this is the model reynolds_2006"),
    ],
)
def test_what_is_no_change_is_refused(scenario: str, changes: Any, told: str) -> None:
    with pytest.raises(UnusableError, match=told):
        cx.run(scenario, changes=changes)
