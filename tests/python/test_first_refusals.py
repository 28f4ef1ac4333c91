"""What commands on sweeps refuse before anything is computed: figures and files that could not be made in the end."""

from __future__ import annotations

from pathlib import Path

import pytest
from sweep_scenarios import SWEEP, written

from cicatrix import cli

COURSE = SWEEP[: SWEEP.index("[sweep]")]
GRID = (
    COURSE
    + """\
[sweep]
design = "grid"
outcomes = ["collagen_total effect final"]
"""
)
OPTIMUM = ["optimum", "two.toml", "--minimise", "collagen_total effect final"]
LEVELS: dict[str, dict[str, list[str] | list[float]]] = {
    "grid": {"patient.age": ["30 years", "40 years"], "parameters.clot_decay": ["0.3 1/day", "0.4 1/day"]},
    "lone": {"patient.age": ["30 years", "40 years"]},
    "many": {
        "patient.age": [f"{20 + i} years" for i in range(15)],
        "parameters.clot_decay": [f"{0.2 + 0.01 * i:.2f} 1/day" for i in range(15)],
        "device.injured_fraction": [0.01 + 0.001 * i for i in range(13)],
    },
}


def scenario(folder: Path, kind: str) -> str:
    """The name of a file whose sweep can or cannot be drawn."""
    if kind in ("sobol", "arms"):
        text = SWEEP.replace("samples = 300", "samples = 2" if kind == "arms" else "samples = 50")
        if kind == "arms":
            text += "[sweep.arms.mild]\ndevice.injured_fraction = 0.02\n[sweep.arms.strong]\n"
    else:
        vary = "".join(f'"{name}" = {levels}\n' for name, levels in LEVELS[kind].items())
        text = GRID + "[sweep.vary]\n" + vary
    written(folder, text, f"{kind}.toml")
    return f"{kind}.toml"


def code_of(arguments: list[str]) -> int:
    try:
        return int(cli.main(arguments))
    except SystemExit as ended:
        return int(ended.code or 0)


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, SWEEP.replace("samples = 300", "samples = 4"), "two.toml")
    return tmp_path


@pytest.mark.parametrize("command", [["sweep", "two.toml"], ["sensitivity", "two.toml"], OPTIMUM])
@pytest.mark.parametrize(
    ("figure", "code", "words"),
    [
        ("map.bmp", 2, "map.bmp: figures are written as .png, .svg, .pdf"),
        ("map", 2, "map: figures are written as .png, .svg, .pdf"),
        ("no/such/map.png", 73, "no/such/map.png: cannot be written: there is no folder"),
        ("folder.png", 73, "it is a folder"),
    ],
)
def test_a_figure_that_cannot_be_written_is_refused_at_once(
    command: list[str], figure: str, code: int, words: str, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (here / "folder.png").mkdir()
    assert code_of([*command, "--figure", figure]) == code
    assert words in capsys.readouterr().err
    assert files(here) == {"two.toml", "folder.png"}


def test_a_sweep_that_no_figure_shows_is_refused_before_its_first_member(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    name = scenario(here, "arms")
    assert code_of(["sweep", name, "--figure", "map.png", "--quiet"]) == 2
    told = capsys.readouterr().err
    assert told == "cicatrix: map.png: protocols are compared in 3 patients or more; this sweep has 2\n"
    assert files(here) == {"two.toml", name}


@pytest.mark.parametrize("kind", ["grid", "sobol", "lone", "many"])
def test_a_sweep_that_can_be_drawn_is_not_refused(kind: str, here: Path) -> None:
    assert code_of(["sweep", scenario(here, kind), "--figure", "map.png", "--quiet"]) == 0
    assert (here / "map.png").read_bytes().startswith(b"\x89PNG")


def test_a_part_of_a_sweep_says_when_its_figure_comes(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    name = scenario(here, "grid")
    asked = ["sweep", name, "--figure", "map.png", "--batch", "2", "--quiet"]
    assert code_of([*asked, "--shard", "1/2"]) == 0
    assert "map.png: is drawn when all members have been run" in capsys.readouterr().out
    assert code_of([*asked, "--shard", "2/2"]) == 0
    assert (here / "map.png").exists()


def test_an_optimum_of_one_goal_has_no_figure(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = SWEEP.replace(', "erythema auc"', "")
    written(here, text, "alone.toml")
    asked = ["optimum", "alone.toml", "--minimise", "collagen_total effect final", "--within", "0 s", "--quiet"]
    asked += ["--vary", "device.injured_fraction=0.02 to 0.1"]
    assert code_of([*asked, "--figure", "front.png"]) == 2
    assert "nothing to be drawn against; add --subject-to or a second goal" in capsys.readouterr().err
    assert files(here) == {"two.toml", "alone.toml"}
    assert code_of([*asked, "--subject-to", "collagen_total effect final <= 100", "--figure", "front.png"]) == 2


@pytest.mark.parametrize("command", [["sensitivity", "two.toml"], OPTIMUM])
def test_a_study_replaces_no_scenario_and_needs_a_place(
    command: list[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = (here / "two.toml").read_bytes()
    assert code_of([*command, "-o", "two.toml"]) == 2
    assert "must be different files" in capsys.readouterr().err
    assert code_of([*command, "-o", "no/such/found.nc"]) == 73
    assert (here / "two.toml").read_bytes() == before
