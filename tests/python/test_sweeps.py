"""A sweep is one thing: in memory, in a directory, in a merged file, by any workers, in any number of steps."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from sweep_scenarios import SWEEP, WITH_A_REFUSED_MEMBER, written

import cicatrix as cx
from cicatrix import cli
from cicatrix.outcome import RefusedError
from cicatrix.sweeps.batch import Task
from cicatrix.sweeps.engine import BatchError, run_by
from cicatrix.sweeps.merging import merge
from cicatrix.sweeps.store import shard_place, stored


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> xr.Dataset:
    """The small sweep, in memory, on one thread."""
    return cx.sweep(written(tmp_path_factory.mktemp("alone")), threads=1)


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """The file of the small sweep."""
    return written(tmp_path)


def shards_of(folder: Path) -> dict[str, tuple[bytes, int]]:
    """The bytes of every shard and the time it was written at."""
    return {path.name: (path.read_bytes(), path.stat().st_mtime_ns) for path in folder.rglob("*.h5")}


def merged(folder: Path) -> bytes:
    """The bytes of the file that a directory is merged into."""
    merge(folder, folder.with_suffix(".nc"))
    return folder.with_suffix(".nc").read_bytes()


def test_a_sweep_has_one_value_of_each_outcome_for_each_member(alone: xr.Dataset) -> None:
    assert alone.sizes["member"] == 300
    assert alone["collagen_total_effect_final"].dims == ("member",)
    assert np.isfinite(alone["collagen_total_effect_final"]).all()
    assert (alone["status"] == 0).all()
    assert alone["patient.age"].dims == ("member",)
    assert set(alone.coords) == {"member", "parameter", "patient.age", "parameters.clot_decay"}
    assert 20 <= float(alone["patient.age"].min()) < float(alone["patient.age"].max()) <= 70


@pytest.mark.parametrize(
    "how", [{"threads": 2}, {"threads": 7}, {"lanes": 1}, {"lanes": 2}, {"lanes": 4}, {"batch": 41}]
)
def test_threads_lanes_and_batches_do_not_change_a_bit(how: dict[str, int], alone: xr.Dataset, scenario: Path) -> None:
    assert cx.sweep(scenario, **how).identical(alone)  # type: ignore[arg-type]


def test_directory_merged_file_and_memory_hold_the_same(alone: xr.Dataset, scenario: Path, tmp_path: Path) -> None:
    assert cx.sweep(scenario, store=tmp_path / "sweep").identical(alone)
    merge(tmp_path / "sweep", tmp_path / "sweep.nc")
    assert cx.open(tmp_path / "sweep.nc").identical(alone)
    with xr.open_dataset(tmp_path / "sweep.nc", engine="h5netcdf") as plain:
        np.testing.assert_array_equal(plain["erythema_auc"], alone["erythema_auc"])


def test_the_merged_file_does_not_depend_on_batches_or_workers(scenario: Path, tmp_path: Path) -> None:
    cx.sweep(scenario, store=tmp_path / "one", batch=300, threads=1)
    cx.sweep(scenario, store=tmp_path / "many", batch=41)
    with ThreadPoolExecutor(3) as executor:
        cx.sweep(scenario, store=tmp_path / "pool", batch=32, executor=executor)
    assert merged(tmp_path / "one") == merged(tmp_path / "many") == merged(tmp_path / "pool")


def test_a_directory_goes_on_where_it_stands(scenario: Path, tmp_path: Path) -> None:
    seen: list[int] = []

    def stop_after_three(reached: Any) -> bool:
        seen.append(reached.done)
        return bool(reached.done < 100)

    with pytest.raises(KeyboardInterrupt):
        cx.sweep(scenario, store=tmp_path / "sweep", batch=32, progress=stop_after_three)
    begun = shards_of(tmp_path / "sweep")
    assert 0 < len(begun) < 10
    whole = cx.sweep(scenario, store=tmp_path / "sweep")
    now = shards_of(tmp_path / "sweep")
    assert len(now) == 10
    assert {name: now[name] for name in begun} == begun  # the same bytes, and not written again
    assert whole.identical(cx.sweep(scenario))


def test_more_samples_extend_a_sweep(scenario: Path, tmp_path: Path) -> None:
    cx.sweep(scenario, store=tmp_path / "sweep", batch=50)
    before = shards_of(tmp_path / "sweep")
    more = cx.sweep(scenario, store=tmp_path / "sweep", samples=420)
    now = shards_of(tmp_path / "sweep")
    assert {name: now[name] for name in before} == before
    assert more.sizes["member"] == 420
    assert more.identical(cx.sweep(scenario, samples=420))
    assert "samples = 420" in (tmp_path / "sweep" / "scenario.toml").read_text()
    cx.sweep(scenario, store=tmp_path / "fresh", samples=420, batch=60)
    assert merged(tmp_path / "fresh") == merged(tmp_path / "sweep")


@pytest.mark.parametrize(
    ("text", "how", "word"),
    [
        (SWEEP.replace("0.05", "0.06"), {}, "the scenario differs"),
        (SWEEP.replace("seed = 7", "seed = 8"), {}, "the scenario differs"),
        (SWEEP.replace("samples = 300", "samples = 200"), {}, "the number of members was 300 and is 200"),
        (SWEEP, {"batch": 32}, "the number of members in a batch was 64 and is 32"),
        (SWEEP, {"single_precision": True}, "the precision of the lanes was double and is single"),
    ],
)
def test_another_sweep_is_not_mixed_into_a_directory(
    text: str, how: dict[str, Any], word: str, scenario: Path, tmp_path: Path
) -> None:
    cx.sweep(scenario, store=tmp_path / "sweep")
    before = shards_of(tmp_path / "sweep")
    with pytest.raises(RefusedError, match=word) as refused:
        cx.sweep(written(tmp_path, text, "other.toml"), store=tmp_path / "sweep", **how)
    assert refused.value.exit_code == 65
    assert shards_of(tmp_path / "sweep") == before


def test_comments_and_places_of_a_scenario_are_not_another_sweep(scenario: Path, tmp_path: Path) -> None:
    cx.sweep(scenario, store=tmp_path / "sweep")
    before = shards_of(tmp_path / "sweep")
    cx.sweep(written(tmp_path, f"# a remark\n\n{SWEEP}", "remark.toml"), store=tmp_path / "sweep")
    assert shards_of(tmp_path / "sweep") == before


def test_another_program_does_not_go_on_with_a_sweep(scenario: Path, tmp_path: Path) -> None:
    cx.sweep(scenario, store=tmp_path / "sweep")
    with sqlite3.connect(tmp_path / "sweep" / "manifest.db") as ledger:
        ledger.execute("UPDATE run SET value = '0.0.7' WHERE key = 'version'")
    with pytest.raises(RefusedError, match=r"the version of cicatrix was 0\.0\.7"):
        cx.sweep(scenario, store=tmp_path / "sweep")
    assert cx.open(tmp_path / "sweep").sizes["member"] == 300  # but any program reads it


def lose(folder: Path) -> None:
    """Takes a shard away."""
    (folder / shard_place(2)).unlink()


def cut(folder: Path) -> None:
    """Shortens a shard."""
    place = folder / shard_place(2)
    place.write_bytes(place.read_bytes()[:-1])


def flip(folder: Path) -> None:
    """Turns one bit of a shard over."""
    place = folder / shard_place(2)
    data = bytearray(place.read_bytes())
    data[len(data) // 2] ^= 1
    place.write_bytes(bytes(data))


@pytest.mark.parametrize("damage", [lose, cut, flip])
def test_a_shard_that_is_lost_or_changed_is_named_and_never_read(
    damage: Callable[[Path], None], scenario: Path, tmp_path: Path
) -> None:
    folder = tmp_path / "sweep"
    cx.sweep(scenario, store=folder, batch=50)
    whole = merged(folder)
    folder.with_suffix(".nc").unlink()
    damage(folder)
    for read in (lambda: cx.open(folder), lambda: merge(folder, folder.with_suffix(".nc"))):
        with pytest.raises(cx.FileError, match=r"00002\.h5") as told:
            read()
        assert told.value.fault == "corrupt"
    assert not list(tmp_path.glob("sweep.nc*"))
    assert cli.main(["check", str(folder)]) == 65
    if damage is flip:  # only its checksum tells, and `sweep` trusts the size
        (folder / shard_place(2)).unlink()
    cx.sweep(scenario, store=folder)
    assert merged(folder) == whole


def test_members_that_were_not_run_are_told_apart(scenario: Path, tmp_path: Path, alone: xr.Dataset) -> None:
    folder = tmp_path / "sweep"
    cx.sweep(scenario, store=folder, batch=50)
    lose(folder)
    part = cx.open(folder, allow_missing=True)
    gone = part["status"] == -2
    assert part["member"].values[gone].tolist() == list(range(100, 150))
    assert part["status"].attrs["flag_meanings"].split()[-1] == "not_run"
    assert part["status"].attrs["flag_values"][-1] == -2
    assert np.isnan(part["erythema_auc"].values[gone]).all()
    np.testing.assert_array_equal(part["erythema_auc"].values[~gone], alone["erythema_auc"].values[~gone])


def test_what_has_not_been_run_is_named(scenario: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    assert cli.main(["sweep", str(scenario), "-o", str(folder), "--shard", "1/3", "--batch", "50"]) == 0
    with pytest.raises(cx.FileError, match="4 of 6 batches have not been run: members 50 to 99, 100 to 149") as told:
        cx.open(folder)
    assert told.value.fault == "no_input"


def test_jobs_that_share_a_directory_make_the_same_sweep(scenario: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    for number in (2, 3, 1):
        assert cli.main(["sweep", str(scenario), "-o", str(folder), "--shard", f"{number}/3", "--batch", "32"]) == 0
    assert sorted(path.name for path in folder.glob("manifest*")) == [f"manifest-{i}-of-3.db" for i in (1, 2, 3)]
    cx.sweep(scenario, store=tmp_path / "alone")
    assert merged(folder) == merged(tmp_path / "alone")
    before = shards_of(folder)
    cx.sweep(scenario, store=folder, samples=330)  # one program goes on with what the jobs have left
    assert {name: shards_of(folder)[name] for name in before if name != "00009.h5"} == {
        name: row for name, row in before.items() if name != "00009.h5"
    }


def test_a_job_with_another_scenario_is_refused(scenario: Path, tmp_path: Path) -> None:
    other = written(tmp_path, SWEEP.replace("0.05", "0.06"), "other.toml")
    assert cli.main(["sweep", str(scenario), "-o", str(tmp_path / "sweep"), "--shard", "1/2"]) == 0
    assert cli.main(["sweep", str(other), "-o", str(tmp_path / "sweep"), "--shard", "2/2"]) == 65


class Unlucky(Executor):
    """Runs tasks at once, and loses some."""

    def __init__(self, losses: dict[int, int]) -> None:
        self.left = losses

    def submit(self, task: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """The result of a task, or its loss."""
        future: Future[Any] = Future()
        number = given[0].number
        if self.left.get(number, 0):
            self.left[number] -= 1
            future.set_exception(RuntimeError("the worker was lost"))
        else:
            future.set_result(task(*given, **named))
        return future


def test_a_batch_whose_worker_is_lost_is_tried_again(scenario: Path, tmp_path: Path, alone: xr.Dataset) -> None:
    found = cx.sweep(scenario, store=tmp_path / "sweep", batch=50, executor=Unlucky({1: 2, 4: 1}))
    assert found.identical(alone)


def test_a_batch_that_takes_every_worker_down_costs_no_other_one(scenario: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    with pytest.raises(BatchError, match="members 50 to 99 could not be computed: RuntimeError: the worker was lost"):
        cx.sweep(scenario, store=folder, batch=50, executor=Unlucky({1: 99}))
    assert sorted(stored(folder).batches) == [0, 2, 3, 4, 5]
    cx.sweep(scenario, store=folder)
    assert stored(folder).missing() == []


def die(*_: Any) -> None:
    """Ends the process that runs it, as a lack of memory would."""
    import os

    os._exit(1)


def test_a_pool_that_breaks_says_how_to_go_on() -> None:
    task = Task("", "nowhere.toml", 0, 0, 1, None, 1, 0, False)

    class Breaking(ProcessPoolExecutor):
        def submit(self, task: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
            return super().submit(die)

    with Breaking(1) as executor, pytest.raises(BatchError, match="the same call goes on from there"):
        run_by(executor, [task], lambda record: None, lambda done, failed: True)


def test_processes_make_the_same_sweep(scenario: Path, tmp_path: Path, alone: xr.Dataset) -> None:
    with ProcessPoolExecutor(2) as executor:
        assert cx.sweep(scenario, store=tmp_path / "sweep", executor=executor).identical(alone)
        assert cx.sweep(scenario, executor=executor).identical(alone)


def test_a_member_that_fails_fails_alone(tmp_path: Path) -> None:
    others = WITH_A_REFUSED_MEMBER.replace(', "every 4 weeks x 2"', "")
    with pytest.warns(RuntimeWarning, match="1 of 4 members failed, the first one: member 1: refused") as told:
        found = cx.sweep(written(tmp_path, WITH_A_REFUSED_MEMBER), store=tmp_path / "sweep")
    assert len(told) == 1
    names = found["status"].attrs["flag_meanings"].split()
    assert [names[status] for status in found["status"].values] == ["done", "refused", "done", "done"]
    sound = cx.sweep(written(tmp_path, others, "others.toml"))
    for name in ("collagen_total_effect_final", "erythema_auc"):
        assert np.isnan(found[name].values).tolist() == [False, True, False, False]
        assert found[name].values[[0, 2]].tobytes() == sound[name].values.tobytes()
    (failure,) = stored(tmp_path / "sweep").failures
    assert failure.factors == {"simulation.duration [days]": 20.0, "protocol.sessions": "every 4 weeks x 2"}


def test_a_sweep_with_a_failure_ends_with_1_and_says_how_to_repeat_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["sweep", str(written(tmp_path, WITH_A_REFUSED_MEMBER)), "-o", "with a blank"]) == 1
    assert "`cicatrix run 'with a blank' --member 1` repeats" in capsys.readouterr().out
    assert cli.main(["sweep", "with a blank"]) == 1  # also when there is nothing left to do
    assert cli.main(["check", "with a blank", "--json"]) == 1
    assert json.loads(capsys.readouterr().out.split("\n", 4)[-1])["failures"][0]["member"] == 1
    assert cli.main(["run", "with a blank", "--member", "1"]) == 65
    assert "the session on day 28 is not before the end" in capsys.readouterr().err
    assert cli.main(["run", "with a blank", "--member", "4"]) == 2


def test_one_member_alone_is_the_one_of_the_sweep(tmp_path: Path, alone: xr.Dataset) -> None:
    path = written(tmp_path)
    assert cli.main(["run", str(path), "--member", "299", "-o", str(tmp_path / "one.nc"), "--quiet"]) == 0
    one = cx.open(tmp_path / "one.nc")
    gain = float(one.cx.effect("collagen_total")[-1])
    assert gain == float(alone["collagen_total_effect_final"][299])


def test_json_lines_tell_begin_and_end(scenario: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["sweep", str(scenario), "-o", str(tmp_path / "sweep"), "--json"]) == 0
    begin, *_, end = map(json.loads, capsys.readouterr().out.splitlines())
    assert (begin["event"], begin["members"], begin["title"]) == ("begin", 300, "A sweep of the tests")
    assert (end["event"], end["done"], end["failed"], end["exit"]) == ("end", 300, 0, 0)


def test_check_says_what_a_sweep_will_be(scenario: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["check", str(scenario)]) == 0
    told = capsys.readouterr().out
    assert "300 members (sobol)" in told
    assert "patient.age, parameters.clot_decay" in told
    assert cli.main(["check", str(scenario), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["outcomes"] == ["collagen_total effect final", "erythema auc"]


def test_a_directory_with_other_files_is_left_alone(scenario: Path, tmp_path: Path) -> None:
    assert cli.main(["sweep", str(scenario), "-o", str(tmp_path)]) == 73
    assert cli.main(["merge", str(tmp_path)]) == 66
    assert cli.main(["check", str(tmp_path)]) == 66


def test_what_killed_writers_left_is_cleared_away(scenario: Path, tmp_path: Path) -> None:
    folder = tmp_path / "sweep"
    cx.sweep(scenario, store=folder)
    (folder / "shards" / "00" / "00001.h5.part").write_bytes(b"half")
    shutil.copy(folder / shard_place(1), folder / "shards" / "00" / "00002.h5.part")
    cx.sweep(scenario, store=folder)
    assert not list(folder.rglob("*.part"))
