"""Sweeps and studies as tables: one row for each member, and the same numbers as in the Dataset."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
import xarray as xr
from sample_sweep import SampleFactor, SampleOutcome, SampleSweep
from sweep_scenarios import SWEEP, WITH_A_REFUSED_MEMBER, written

import cicatrix as cx
from cicatrix import cli
from cicatrix.studies.sensitivity import sensitivity

FEW = SWEEP.replace("samples = 300", "samples = 6")
ARMS = FEW + "[sweep.arms.mild]\ndevice.injured_fraction = 0.02\n[sweep.arms.strong]\n"
EFFECT = "collagen_total_effect_final"


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows_of(file: str) -> list[dict[str, str]]:
    with Path(file).open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_table_of_a_sweep_has_its_members_with_factors_and_outcomes_bit_by_bit(here: Path) -> None:
    found = cx.sweep(written(here, FEW), store="few.sweep", progress=False)
    assert cli.main(["merge", "few.sweep", "--quiet"]) == 0
    for source in ("few.sweep", "few.nc"):
        assert cli.main(["export", source, "--format", "csv", "-o", f"{source}.csv"]) == 0
    rows = rows_of("few.sweep.csv")
    assert rows == rows_of("few.nc.csv")
    assert [int(row["member [1]"]) for row in rows] == list(range(6))
    for head, name in (("patient.age [years]", "patient.age"), (f"{EFFECT} [1]", EFFECT)):
        assert [float(row[head]) for row in rows] == found[name].values.tolist()
    assert {row["status"] for row in rows} == {"done"}


def test_under_two_protocols_each_member_has_a_row_for_each(here: Path) -> None:
    found = cx.sweep(written(here, ARMS), progress=False)
    table = found.cx.table()
    assert list(table["member"]) == [i // 2 for i in range(12)]
    assert list(table["arm"]) == ["mild", "strong"] * 6
    assert table[EFFECT].to_numpy().tolist() == found[EFFECT].transpose("member", "arm").values.ravel().tolist()
    assert table["patient.age"].to_numpy()[::2].tolist() == found["patient.age"].values.tolist()


def test_a_member_that_failed_says_so_beside_its_missing_numbers(here: Path) -> None:
    with pytest.warns(RuntimeWarning, match="1 of 4"):
        found = cx.sweep(written(here, WITH_A_REFUSED_MEMBER), progress=False)
    table = found.cx.table()
    assert list(table["status"]) == ["done", "refused", "done", "done"]
    assert np.isnan(table[EFFECT].to_numpy()).tolist() == [False, True, False, False]
    assert set(table["protocol.sessions"]) == {"once", "every 4 weeks x 2"}


def test_parquet_of_a_sweep_keeps_units_and_words(here: Path) -> None:
    parquet = pytest.importorskip("pyarrow.parquet")
    cx.sweep(written(here, FEW), store="few.sweep", progress=False)
    assert cli.main(["export", "few.sweep", "--format", "parquet", "-o", "few.parquet"]) == 0
    table = parquet.read_table("few.parquet")
    assert table.schema.field("patient.age").metadata[b"units"] == b"years"
    pd.testing.assert_frame_equal(table.to_pandas(), cx.open("few.sweep").cx.table())


def test_a_directory_that_is_not_complete_is_no_table(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = str(written(here, FEW))
    assert cli.main(["sweep", path, "-o", "few.sweep", "--batch", "2", "--shard", "1/2", "--quiet"]) == 0
    assert cli.main(["export", "few.sweep", "--format", "csv", "-o", "few.csv"]) == 66
    assert "`cicatrix sweep` on this directory goes on" in capsys.readouterr().err
    assert not Path("few.csv").exists()


def test_a_study_is_a_table_of_factors_for_each_outcome(here: Path) -> None:
    factors = [SampleFactor(f"parameters.rate_{i}", "D") for i in range(3)]
    outcomes = [SampleOutcome("downtime_final", "d"), SampleOutcome("cost_final", "USD")]
    sweep = SampleSweep(factors, lambda rows: rows[:, :2] + rows[:, 2:], outcomes)
    for method, number in (("sobol", "S1"), ("morris", "mu_star")):
        study = sensitivity(sweep, method=method, samples=64)
        table = study.cx.table().set_index(["outcome", "factor"])
        assert table.shape[0] == 6
        for outcome in ("downtime_final", "cost_final"):
            for factor in factors:
                wanted = float(study[number].sel(outcome=outcome, factor=factor.name))
                assert table[number][outcome, factor.name] == wanted


def test_an_optimum_is_a_table_of_its_protocols() -> None:
    front = {"passes": ("candidate", [5, 10]), "downtime_final": ("candidate", [2.0, 4.0], {"units": "d"})}
    found = xr.Dataset({**front, "tried_downtime_final": ("tried", [1.0, 2.0, 4.0])}, attrs={"study": "optimum"})
    assert found.cx.table()[["passes", "downtime_final"]].to_numpy().tolist() == [[5.0, 2.0], [10.0, 4.0]]
    assert "tried_downtime_final" not in found.cx.table()


def test_saving_a_sweep_merges_its_directory(here: Path) -> None:
    in_memory = cx.sweep(written(here, FEW), progress=False)
    with pytest.raises(ValueError, match="in memory alone; write it with to_netcdf"):
        cx.save(in_memory, "few.nc")
    cx.sweep("small.toml", store="few.sweep", progress=False)
    cx.save(cx.open("few.sweep"), "saved.nc")
    assert cli.main(["merge", "few.sweep", "--quiet"]) == 0
    assert Path("saved.nc").read_bytes() == Path("few.nc").read_bytes()
    cx.save(cx.open("saved.nc"), "again.nc")
    assert Path("again.nc").read_bytes() == Path("few.nc").read_bytes()
    in_memory.to_netcdf("own.nc", engine="h5netcdf")
    assert cx.open("own.nc")[EFFECT].identical(cx.open("few.sweep")[EFFECT])


@pytest.mark.parametrize("call", ["sweep('small.toml', progress=False)", "sensitivity('small.toml', samples=8)"])
def test_the_first_result_of_a_program_has_its_accessor(call: str, here: Path) -> None:
    """Nothing but the call itself may be needed to have `.cx`."""
    written(here, FEW)
    program = f"import cicatrix as cx; print(len(cx.{call}.cx.table()))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 0
