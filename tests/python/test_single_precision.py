"""Sweeps in single precision: near those in double precision, known as such, refused where they cannot be computed."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from sweep_scenarios import SWEEP, written

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.outcome import Exit, RefusedError
from cicatrix.sweeps.merging import merge

FEW = SWEEP.replace("samples = 300", "samples = 60")
TOO_PRECISE = FEW.replace("[sweep]", "rtol = 1e-6\n[sweep]")
OUTCOMES = ("collagen_total_effect_final", "erythema_auc")


@pytest.fixture(scope="module")
def single(tmp_path_factory: pytest.TempPathFactory) -> xr.Dataset:
    """The small sweep in single precision, in memory."""
    return cx.sweep(written(tmp_path_factory.mktemp("single"), FEW), single_precision=True, progress=False)


def test_it_comes_near_double_precision_without_being_it(single: xr.Dataset, tmp_path: Path) -> None:
    double = cx.sweep(written(tmp_path, FEW), progress=False)
    for name in OUTCOMES:
        scale = float(abs(double[name]).max())
        apart = abs(single[name] - double[name]) / scale
        assert 0 < float(apart.max()) < 1e-4, name  # both have rtol 1e-4


def test_threads_and_lanes_do_not_change_a_bit(single: xr.Dataset, tmp_path: Path) -> None:
    scenario = written(tmp_path, FEW)
    assert cx.sweep(scenario, single_precision=True, threads=3, lanes=1, batch=17, progress=False).identical(single)


def test_each_result_says_in_which_precision_it_was_computed(single: xr.Dataset, tmp_path: Path) -> None:
    scenario = written(tmp_path, FEW)
    assert single.attrs["precision"] == "single"
    assert cx.sweep(scenario, progress=False).attrs["precision"] == "double"
    folder = tmp_path / "few.sweep"
    cx.sweep(scenario, store=folder, single_precision=True, progress=False)
    merge(folder, tmp_path / "few.nc")
    assert cx.open(tmp_path / "few.nc").identical(single)
    with xr.open_dataset(tmp_path / "few.nc", engine="h5netcdf") as plain:
        assert plain.attrs["precision"] == "single"


def test_a_directory_goes_on_in_its_own_precision_alone(single: xr.Dataset, tmp_path: Path) -> None:
    scenario, folder = written(tmp_path, FEW), tmp_path / "few.sweep"
    cx.sweep(scenario, store=folder, single_precision=True, batch=20, progress=False)
    next(folder.rglob("*.h5")).unlink()
    with pytest.raises(RefusedError, match="precision of the lanes was single and is double"):
        cx.sweep(scenario, store=folder, progress=False)
    assert cx.sweep(scenario, store=folder, single_precision=True, progress=False).identical(single)


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        (TOO_PRECISE, "simulation.rtol", "1e-06 is too small"),
        (FEW.replace("[sweep]", 'fidelity = "depth"\ncells = 16\n[sweep]'), "simulation.fidelity", '"depth"'),
        (
            FEW.replace('"patient.age" =', '"simulation.rtol" = "loguniform 1e-6 to 1e-3", "patient.age" ='),
            "sweep.vary.simulation.rtol",
            "1e-06 is too small",
        ),
    ],
)
def test_what_it_cannot_carry_is_refused_at_its_place_before_anything_is_written(
    text: str, path: str, words: str, tmp_path: Path
) -> None:
    scenario = written(tmp_path, text)
    with pytest.raises(cx.InputError, match=words) as told:
        cx.sweep(scenario, store=tmp_path / "any.sweep", single_precision=True, progress=False)
    (problem,) = told.value.problems
    assert problem.path == path
    assert path.rpartition(".")[2] in text.splitlines()[problem.line - 1]
    assert "allowed is 3e-06 and more" in str(told.value) or '"lumped"' in str(told.value)
    assert not (tmp_path / "any.sweep").exists()
    sweep = _core.parse_sweep(text, "any.toml")
    with pytest.raises(cx.InputError):
        sweep.run(0, 1, single_precision=True)


def test_the_command_knows_it_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, single: xr.Dataset) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, FEW, "few.toml")
    written(tmp_path, TOO_PRECISE, "precise.toml")
    assert cli.main(["sweep", "few.toml", "--single-precision", "--quiet"]) == Exit.DONE
    assert cx.open("few.sweep").equals(single)
    assert cli.main(["sweep", "precise.toml", "--single-precision", "--quiet"]) == Exit.BAD_INPUT
    assert not Path("precise.sweep").exists()


def test_a_sensitivity_says_it_too(tmp_path: Path) -> None:
    scenario = written(tmp_path, FEW)
    found = cx.sensitivity(scenario, samples=16, single_precision=True)
    assert found.attrs["precision"] == "single"
    assert np.isfinite(found["S1"]).all()
    with pytest.raises(cx.InputError):
        cx.sensitivity(written(tmp_path, TOO_PRECISE, "precise.toml"), samples=16, single_precision=True)
