"""Results against results: rerun compares every bit, diff says which inputs differ and what moved."""

from __future__ import annotations

import json
import re
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import cicatrix as cx
from cicatrix import cli
from cicatrix.comparison import difference_text
from cicatrix.outcome import Exit

h5py = import_module("h5py")  # has no types


@pytest.fixture
def scenario(root: Path) -> str:
    return str(root / "scenarios" / "single_session.toml")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_rerun_is_bit_identical(result_file: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["rerun", str(result_file), "-o", "again.nc"]) == 0
    assert "bit-identical" in capsys.readouterr().out
    assert (folder / "again.nc").exists()


def test_a_rerun_notices_the_last_bit(result_file: Path, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "bent.nc").write_bytes(result_file.read_bytes())
    with h5py.File("bent.nc", "r+") as file:
        values = file["collagen_total"][...]
        values[3] = np.nextafter(values[3], 9.0)
        file["collagen_total"][...] = values
    assert cli.main(["rerun", "bent.nc", "--json"]) == Exit.FAILED
    told = json.loads(capsys.readouterr().out)
    assert told["differing"] == ["collagen_total"]


def test_a_rerun_calls_a_variable_that_the_result_lacks_new(
    result_file: Path, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "older.nc").write_bytes(result_file.read_bytes())
    with h5py.File("older.nc", "r+") as file:
        del file["melanin"]
    assert cli.main(["rerun", "older.nc"]) == 0
    assert capsys.readouterr().out.splitlines()[1] == "not in the stored result: melanin"
    assert cli.main(["diff", "older.nc", str(result_file)]) == 0
    assert "only in the second: melanin" in capsys.readouterr().out


def test_diff_shows_inputs_once_milestones_first_and_no_trifles(
    result_file: Path, scenario: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path(scenario).read_text().replace("injured_fraction = 0.05", "injured_fraction = 0.04")
    (folder / "less.toml").write_text(f'{text}[care]\nsunscreen = true\n[parameters]\nclot_decay = "0.53 1/d"\n')
    assert cli.main(["run", "less.toml", "--quiet"]) == 0
    capsys.readouterr()
    assert cli.main(["diff", str(result_file), "less.nc"]) == 0
    told = capsys.readouterr().out
    assert "  care.sunscreen: false -> true\n" in told
    assert "  parameters.clot_decay: 0.52 -> 0.53\n" in told
    assert "parameter_value" not in told
    assert "solver_" not in told
    assert told.index("milestones") < told.index("variables that moved")
    for skin in ("", "untreated_"):  # the furthest first, of treated and then of untreated skin
        rows = re.findall(rf"^  {skin}(?!untreated_)\w+: [^(\n]+\(([+-][^ ]+) %\)", told, re.MULTILINE)
        shares = [abs(float(found)) for found in rows]
        assert shares == sorted(shares, reverse=True)
        assert min(shares, default=0.01) >= 0.01
    (line,) = [line for line in told.splitlines() if line.startswith("  inflammation: -")]
    assert " mm-3 (-" in line


def test_diff_names_the_input_that_differs_and_what_moved(
    result_file: Path, scenario: str, folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = Path(scenario).read_text().replace("injured_fraction = 0.05", "injured_fraction = 0.06")
    (folder / "more.toml").write_text(text)
    assert cli.main(["run", "more.toml", "--quiet"]) == 0
    capsys.readouterr()
    assert cli.main(["diff", str(result_file), "more.nc", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert "device.injured_fraction" in told["inputs"]
    assert "patient.age" not in told["inputs"]
    moved = {row["name"]: row for row in told["moved"]}
    expected = np.abs(cx.open("more.nc")["melanin"].values - cx.open(result_file)["melanin"].values).max()
    assert moved["melanin"]["largest"] == pytest.approx(expected)
    assert cli.main(["diff", str(result_file), str(result_file)]) == 0
    assert capsys.readouterr().out.splitlines() == ["no input differs", "no variable moved"]


def test_diff_says_that_patients_differ_and_puts_what_was_treated_first() -> None:
    older = cx.run("single_session", changes={"patient.age": "60 years", "patient.site": "neck"})
    lines = difference_text(cx.run("single_session"), older).splitlines()
    (told,) = [line for line in lines if line.startswith("the patients differ")]
    assert re.search(r"age .* -> 60 years, site .* -> neck\): untreated skin differs as well$", told)
    rows = lines[lines.index("variables that moved by 0.01 % or more, by their largest difference:") + 1 :]
    untreated = [row.startswith("  untreated_") for row in rows if row.startswith("  ")]
    assert any(untreated)
    assert untreated == sorted(untreated)
    days = [found[1] for row in rows if (found := re.search(r" on day ([0-9.]+)$", row))]
    assert days
    assert [day for day in days if len(day.replace(".", "").lstrip("0")) > 4] == []
    same = cx.run("single_session", changes={"protocol.sessions": "none"})
    assert "the patients differ" not in difference_text(cx.run("single_session"), same)
