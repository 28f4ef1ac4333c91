"""The calendar and the answers on the command line: what `check` and `run` print, as text and as JSON."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from cicatrix import cli
from cicatrix.outcome import Exit

TWIN_TOLD = " (the same care, no session)"


@pytest.fixture
def scenario(root: Path) -> str:
    return str(root / "scenarios" / "single_session.toml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_check_prints_the_calendar(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = str(root / "scenarios" / "crows_feet.toml")
    assert cli.main(["check", file]) == 0
    told = capsys.readouterr().out
    rows = [line.split() for line in told.splitlines()]
    assert [row[:5] for row in rows if row[:1] in (["1"], ["4"])] == [
        ["1", "0", "1", "1.5", "mm"],
        ["4", "84", "13", "1.5", "mm"],
    ]
    assert "every day: moisturiser" in told
    assert cli.main(["check", file, "--json"]) == 0
    sessions = json.loads(capsys.readouterr().out)["sessions"]
    assert [session["day"] for session in sessions] == [0, 28, 56, 84]
    assert all(session["channel_density"] > 0 and session["visible_days"] > 0 for session in sessions)


@pytest.mark.parametrize("command", ["run", "check"])
def test_a_session_too_soon_after_another_is_warned_of(
    command: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'patient.age = "25 years"\ndevice = { kind = "prescribed", injured_fraction = 0.05 }\n'
    (folder / "hasty.toml").write_text(f"{text}protocol.sessions = ['0 days', '2 days', '60 days']\n")
    assert cli.main([command, "hasty.toml"]) == 0
    warned = [line for line in capsys.readouterr().out.splitlines() if line.startswith("warning: ")]
    assert len(warned) == 1
    assert "session 2" in warned[0]
    assert cli.main([command, "hasty.toml", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["warnings"] == [warned[0].removeprefix("warning: ")]


@pytest.mark.parametrize(
    ("protocol", "told"),
    [
        ('sessions = ["0 days", "20 min"], passes = 15', "takes longer than there is time"),
        ('sessions = "once", passes = 200', "channels per cm2"),
    ],
)
def test_what_nobody_would_do_is_warned_of(
    protocol: str, told: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = 'patient.age = "25 years"\ndevice = { kind = "roller", needle_length = "1 mm" }\n'
    (folder / "absurd.toml").write_text(f"{text}protocol = {{ {protocol} }}\n")
    assert cli.main(["check", "absurd.toml"]) == 0
    warned = [line for line in capsys.readouterr().out.splitlines() if line.startswith("warning: ")]
    assert sum(told in line for line in warned) == 1


def test_run_answers_what_a_person_asks(scenario: str, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["run", scenario]) == 0
    told = capsys.readouterr().out
    assert "How many days does it show" in told
    assert cli.main(["run", scenario, "--json"]) == 0
    answers = json.loads(capsys.readouterr().out)["answers"]
    plain = told.replace(TWIN_TOLD, "", 1)
    assert all(f"{question} {answer}" in plain for question, answer in answers.items())


def test_run_says_once_what_untreated_is_where_the_word_comes_first(
    scenario: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    cream = 'care.topicals = [{ compound = "caffeine", dose = "1 mg/cm2", when = "daily" }]\n'
    (folder / "cream.toml").write_text(cream + Path(scenario).read_text())
    assert cli.main(["run", "cream.toml"]) == 0
    told = capsys.readouterr().out
    assert told.count(TWIN_TOLD) == 1
    before, after = told.split(TWIN_TOLD)
    assert before.endswith("untreated")
    assert before.count("untreated") == 1
    assert "untreated" in after


def test_a_protocol_without_sessions_has_a_calendar_too(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(root / "scenarios" / "ageing.toml")]) == 0
    told = capsys.readouterr().out
    assert "no session" in told
    assert "the course ends on day" in told


def test_a_patient_who_should_not_be_treated_is_refused_until_the_warning_is_acknowledged(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    device = 'device = { kind = "roller", needle_length = "1 mm" }\nprotocol = { sessions = "once", passes = 5 }\n'
    patient = 'patient = {{ age = "30 years", conditions = ["pregnancy"]{} }}\n'
    (folder / "unsaid.toml").write_text(patient.format("") + device)
    (folder / "said.toml").write_text(patient.format(", acknowledge_warnings = true") + device)
    assert cli.main(["check", "unsaid.toml"]) == Exit.BAD_INPUT
    assert "E-WARNING" in capsys.readouterr().err
    assert cli.main(["check", "said.toml"]) == 0
    assert capsys.readouterr().out.count("warning: Pregnancy") == 1
    assert cli.main(["run", "said.toml", "--report", "said.html"]) == 0
    assert capsys.readouterr().out.count("warning: Pregnancy") == 1
    assert (folder / "said.html").read_text().count("Warning: Pregnancy") == 1
