"""The directory of a sweep: what counts as stored, foreign shards, who may write, and what merging leaves behind."""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import xarray as xr
from sweep_scenarios import SWEEP, WITH_A_REFUSED_MEMBER, note, written

import cicatrix as cx
from cicatrix import _core
from cicatrix.outcome import RefusedError
from cicatrix.storage import file_error
from cicatrix.sweeps.batch import Task, carried_out, columns_of
from cicatrix.sweeps.engine import paced, run_here
from cicatrix.sweeps.identity import design_checksum, head_of, identity_of
from cicatrix.sweeps.ledger import contents
from cicatrix.sweeps.merging import merge
from cicatrix.sweeps.progress import Rate, SweepLine
from cicatrix.sweeps.reading import joined, open_sweep, read_shard
from cicatrix.sweeps.store import SCENARIO, Part, Store, is_store, shard_place, stored
from cicatrix.sweeps.sweeping import Options, Reached, failure_text, read_sweep, run_in_memory, run_into

FEW = SWEEP.replace("samples = 300", "samples = 23")
SIZES = [5, 5, 5, 5, 3]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with 23 members in 5 shards; tests copy it."""
    folder = tmp_path_factory.mktemp("made") / "few.sweep"
    cx.sweep(written(folder.parent, FEW, "few.toml"), store=folder, batch=5, progress=False)
    return folder


@pytest.fixture
def folder(made: Path, tmp_path: Path) -> Path:
    """A copy of it."""
    shutil.copytree(made, tmp_path / "few.sweep")
    return tmp_path / "few.sweep"


def ledger_says(folder: Path, statement: str, *values: Any) -> None:
    """Changes what the ledger says."""
    with sqlite3.connect(folder / "manifest.db") as ledger:
        ledger.execute(statement, values)


def test_the_plan_of_batches_covers_every_member_once(made: Path) -> None:
    known = stored(made)
    assert known.batch_count == 5
    assert [known.size_of(number) for number in range(5)] == SIZES
    rows = list(known.batches.values())
    covered = [member for row in rows for member in range(row.first, row.first + row.members)]
    assert covered == list(range(23))
    assert (known.missing(), known.lost(), known.failures) == ([], [], [])


def test_a_ledger_knows_the_bytes_of_each_shard_and_what_it_was_made_from(made: Path) -> None:
    sweep = _core.read_sweep(str(made / SCENARIO))
    for row in stored(made).batches.values():
        data = (made / shard_place(row.number)).read_bytes()
        assert (len(data), hashlib.sha256(data).hexdigest()) == (row.bytes, row.sha256)
        assert design_checksum(sweep.design(row.first, row.members)) == row.design
    sums = {row.design for row in stored(made).batches.values()}
    assert len(sums) == 5


def test_nothing_else_lies_in_a_directory(made: Path) -> None:
    assert sorted(path.name for path in made.iterdir()) == ["manifest.db", "scenario.toml", "shards"]
    assert len([path for path in made.rglob("*") if path.is_file()]) == 2 + 5
    assert is_store(made)
    assert not is_store(made / "shards")
    assert not is_store(made / "scenario.toml")


def test_a_shard_alone_has_its_members_with_units_and_meanings(made: Path) -> None:
    columns = read_shard(made, stored(made).batches[4])
    assert columns["member"][1].tolist() == [20, 21, 22]
    dimensions, values, about = columns["collagen_total_effect_final"]
    assert (dimensions, values.shape) == (("member",), (3,))
    assert about["units"]
    assert about["long_name"]
    assert columns["patient.age"][2]["role"] == "factor"


@pytest.mark.parametrize("pair", [(0, 1), (1, 4)])
def test_shards_that_changed_places_are_not_taken_for_each_other(pair: tuple[int, int], folder: Path) -> None:
    one, two = (folder / shard_place(number) for number in pair)
    data = one.read_bytes()
    one.write_bytes(two.read_bytes())
    two.write_bytes(data)
    with pytest.raises(cx.FileError) as told:
        cx.open(folder)
    assert told.value.fault == "corrupt"
    with pytest.raises(cx.FileError):
        merge(folder, folder.with_suffix(".nc"))
    assert not folder.with_suffix(".nc").exists()


def test_a_shard_of_another_sweep_is_damage(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.sweep"
    cx.sweep(written(tmp_path, FEW.replace("0.05", "0.06"), "o.toml"), store=other, batch=5, progress=False)
    place = folder / shard_place(3)
    ours = place.read_bytes()
    shutil.copy(other / shard_place(3), place)
    assert place.read_bytes() != ours
    for allowed in (False, True):  # what is wrong is never allowed, only what is missing
        with pytest.raises(cx.FileError) as told:
            open_sweep(folder, allow_missing=allowed) if place.stat().st_size == len(ours) else cx.open(folder)
        assert told.value.fault == "corrupt"


def test_files_that_no_ledger_knows_are_not_members(folder: Path, made: Path) -> None:
    shutil.copy(folder / shard_place(0), folder / shard_place(5))
    shutil.copy(folder / shard_place(0), folder / "shards" / "00" / "extra.h5")
    assert cx.open(folder).identical(cx.open(made))


def test_a_ledger_that_forgot_a_batch_has_it_computed_again(folder: Path, made: Path) -> None:
    ledger_says(folder, "DELETE FROM batch WHERE number = 2")
    assert stored(folder).missing() == [2]
    part = cx.open(folder, allow_missing=True)
    assert np.flatnonzero(part["status"] == -2).tolist() == [10, 11, 12, 13, 14]
    before = (folder / shard_place(2)).read_bytes()
    run_into(folder, read_sweep(folder, Options()), Options(), lambda reached: True)
    assert (folder / shard_place(2)).read_bytes() == before
    assert cx.open(folder).identical(cx.open(made))


def test_when_all_shards_are_gone_members_are_there_and_no_number(folder: Path) -> None:
    shutil.rmtree(folder / "shards")
    with pytest.raises(cx.FileError, match="5 of 5 shards are gone"):
        cx.open(folder)
    run_into(folder, read_sweep(folder, Options()), Options(), lambda reached: True)
    assert cx.open(folder).sizes["member"] == 23


@pytest.mark.parametrize(
    ("statement", "words"),
    [
        ("DELETE FROM run WHERE key = 'batch_size'", "does not say what the sweep is"),
        ("UPDATE run SET value = 'many' WHERE key = 'members'", "does not say what the sweep is"),
        ("DELETE FROM run WHERE key = 'head'", "does not say what the sweep is"),
        ("DELETE FROM run", "is not the directory of a sweep"),
        ("DROP TABLE failure", "is not the directory of a sweep"),
    ],
)
def test_a_ledger_that_says_too_little_is_told_so(statement: str, words: str, folder: Path) -> None:
    ledger_says(folder, statement)
    with pytest.raises(cx.FileError, match=words):
        cx.open(folder)


def test_ledgers_that_disagree_are_not_mixed(folder: Path) -> None:
    shutil.copy(folder / "manifest.db", folder / "manifest-1-of-2.db")
    assert stored(folder).missing() == []
    with sqlite3.connect(folder / "manifest-1-of-2.db") as ledger:
        ledger.execute("UPDATE run SET value = 'single' WHERE key = 'precision'")
    with pytest.raises(cx.FileError, match="ledgers disagree: the precision") as told:
        cx.open(folder)
    assert told.value.fault == "corrupt"


def test_two_writers_of_one_part_exclude_each_other(folder: Path) -> None:
    sweep = read_sweep(folder, Options())
    identity = identity_of(sweep, 5, single_precision=False)
    one = Store(folder, sweep, identity, Part(1, 2))
    try:
        with pytest.raises(cx.FileError) as told:
            Store(folder, sweep, identity, Part(1, 2))
        assert told.value.fault == "locked"
        for other in (Part(), Part(1, 3)):  # which would write batches of the first too
            with pytest.raises(cx.FileError, match="is writing it at this moment"):
                Store(folder, sweep, identity, other)
        Store(folder, sweep, identity, Part(2, 2)).close()
        assert stored(folder).missing() == []  # and it can be read meanwhile
    finally:
        one.close()
    Store(folder, sweep, identity, Part()).close()
    assert not list(folder.glob("*.lock"))


def test_a_batch_whose_file_is_not_there_is_not_acknowledged(tmp_path: Path) -> None:
    sweep = read_sweep(written(tmp_path, FEW), Options())
    store = Store(tmp_path / "s", sweep, identity_of(sweep, 5, single_precision=False), Part())
    try:
        record = carried_out(Task(FEW, "few.toml", 0, 0, 5, None, 1, 0, False))
        with pytest.raises(cx.FileError, match="is not here"):
            store.record(record.row, record.failures)
        assert list(store.to_do()) == [0, 1, 2, 3, 4]
    finally:
        store.close()
    assert contents(tmp_path / "s" / "manifest.db").batches == []


def test_members_kept_in_memory_are_those_of_a_shard(made: Path) -> None:
    record = carried_out(Task(FEW, "few.toml", 4, 20, 3, None, 1, 0, False))
    assert record.columns is not None
    there = read_shard(made, stored(made).batches[4])
    assert list(record.columns) == list(there)
    for name, (dimensions, values, _) in there.items():
        assert record.columns[name][0] == dimensions
        assert np.array_equal(record.columns[name][1], values), name
    assert record.row.design == stored(made).batches[4].design


def test_parts_join_in_any_order_and_what_no_part_has_is_nan() -> None:
    sweep = _core.parse_sweep(FEW, "few.toml")
    parts = [columns_of(_core.shard(sweep, first, sweep.run(first, 5))) for first in (15, 0)]
    found = joined(head_of(sweep, "double"), parts, 23)
    assert np.flatnonzero(np.isfinite(found["erythema_auc"])).tolist() == [*range(5), *range(15, 20)]
    assert found["member"].values.tolist() == list(range(23))
    assert np.array_equal(found["erythema_auc"][15:20], sweep.run(15, 5).values[:, 1])


def test_a_merge_that_is_stopped_leaves_no_file_and_no_change(folder: Path) -> None:
    target = folder.with_suffix(".nc")
    target.write_bytes(b"of the user")
    shares: list[float] = []

    def stop(share: float) -> bool:
        shares.append(share)
        return share < 0.5

    with pytest.raises(KeyboardInterrupt):
        merge(folder, target, stop)
    assert shares == sorted(shares)
    assert shares[-1] < 1
    assert target.read_bytes() == b"of the user"
    assert sorted(path.name for path in folder.parent.iterdir()) == ["few.nc", "few.sweep"]
    assert merge(folder, target, lambda share: note(shares, share)) == 23
    assert shares[-1] == 1.0
    assert cx.open(target).identical(cx.open(folder))


def test_a_merged_file_names_what_made_it(folder: Path) -> None:
    merge(folder, folder.with_suffix(".nc"))
    with xr.open_dataset(folder.with_suffix(".nc"), engine="h5netcdf") as file:
        assert file.attrs["scenario_toml"] == FEW
        assert _core.parse_sweep(str(file.attrs["scenario_resolved"]), "again.toml").members == 23
        assert (file.attrs["version"], file.attrs["git_commit"]) == (_core.version, _core.git_commit)
        assert str(folder.parent) not in json.dumps({name: str(value) for name, value in file.attrs.items()})
        assert file["patient.age"].dims == ("member",)


def test_progress_counts_what_was_there_before(folder: Path) -> None:
    for number in (1, 3):
        (folder / shard_place(number)).unlink()
    told: list[Reached] = []
    run_into(folder, read_sweep(folder, Options()), Options(), lambda reached: note(told, reached))
    assert {(reached.members, reached.before) for reached in told} == {(23, 13)}
    assert told[-1].done == 10
    assert [reached.done for reached in told] == sorted(reached.done for reached in told)
    told.clear()
    run_into(folder, read_sweep(folder, Options()), Options(), lambda reached: note(told, reached))
    assert all(reached.done == 0 and reached.before == 23 for reached in told)


def test_a_part_counts_its_own_members(tmp_path: Path) -> None:
    planned = read_sweep(written(tmp_path, FEW), Options())
    told: list[Reached] = []
    for number in (1, 2):
        options = Options(batch=5, part=Part(number, 2))
        run_into(tmp_path / "s", planned, options, lambda reached: note(told, reached))
    assert list(dict.fromkeys(reached.members for reached in told if reached.done == reached.members)) == [13, 10]


def test_what_cannot_be_stored_ends_a_sweep_and_is_told(tmp_path: Path) -> None:
    tasks = [Task(FEW, "few.toml", number, 5 * number, 5, None, 1, 0, False) for number in range(4)]
    sweep = _core.parse_sweep(FEW, "few.toml")
    kept: list[int] = []

    def keep(record: Any) -> None:
        kept.append(record.row.number)
        raise file_error("disk_full", tmp_path, "cannot write")

    with pytest.raises(cx.FileError, match="cannot write") as told:
        run_here(tasks, sweep, keep, lambda done, failed: True)
    assert told.value.fault == "disk_full"
    assert kept == [0]


def test_what_is_computed_is_stored_before_a_stop_is_told() -> None:
    tasks = [Task(FEW, "few.toml", number, 5 * number, 5, None, 1, 0, False) for number in range(4)]
    kept: list[int] = []
    with pytest.raises(KeyboardInterrupt):
        run_here(
            tasks,
            _core.parse_sweep(FEW, "few.toml"),
            lambda record: kept.append(record.row.number),
            lambda done, failed: done < 10,
        )
    assert kept == [0, 1]


def test_failures_are_counted_by_member_in_memory_and_in_a_directory(tmp_path: Path) -> None:
    path = written(tmp_path, WITH_A_REFUSED_MEMBER, "grid.toml")
    planned = read_sweep(path, Options())
    told: list[Reached] = []
    records = run_in_memory(planned, Options(batch=1), lambda reached: note(told, reached))
    assert [record.row.failed for record in records] == [0, 1, 0, 0]
    assert told[-1].failed == 1
    text = failure_text([failure for record in records for failure in record.failures], 4)
    assert text.startswith("1 of 4 members failed, the first one: member 1: refused (")
    with pytest.warns(RuntimeWarning, match="1 of 4 members failed"), ThreadPoolExecutor(2) as executor:
        cx.sweep(path, store=tmp_path / "grid", batch=1, executor=executor, progress=False)
    assert [failure.member for failure in stored(tmp_path / "grid").failures] == [1]


@pytest.mark.parametrize("size", [-1, 65537])
def test_a_batch_has_a_size_that_a_shard_can_have(size: int, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="a batch has 1 to 65536 members") as told:
        cx.sweep(written(tmp_path, FEW), batch=size, progress=False)
    assert told.value.exit_code == 2


def test_a_line_of_progress_leaves_out_what_cannot_be_known(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 5.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    rate = Rate()
    now = 7.0
    assert rate(Reached(100, 40, 0, 0)) == (0.0, None)
    assert rate(Reached(100, 40, 20, 0)) == (10.0, 4.0)
    assert rate(Reached(100, 40, 60, 0)) == (30.0, 0.0)
    line = SweepLine("x", quiet=True)
    assert line(Reached(0, 0, 0, 0))
    asked: list[int] = []
    tell = paced(lambda done, failed: note(asked, done) and done < 3, pause=1.0)
    for now, done, going in (  # noqa: B007
        (10.0, 1, True),
        (10.5, 2, True),
        (11.0, 3, False),
        (11.1, 4, False),
    ):
        assert tell(done, 0) is going
    assert asked == [1, 3]
