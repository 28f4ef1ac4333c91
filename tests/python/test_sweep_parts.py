"""The parts that keep a sweep: its samples, its ledger, the lease of its writer, its workers and its progress."""

from __future__ import annotations

import errno
import fcntl
import io
import json
import os
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import Executor, Future
from pathlib import Path
from typing import Any

import pytest
from sweep_scenarios import SLOW, SWEEP

from cicatrix import FileError, _core
from cicatrix.storage import file_error
from cicatrix.sweeps import lease
from cicatrix.sweeps.batch import Record, Task
from cicatrix.sweeps.engine import BatchError, run_by
from cicatrix.sweeps.identity import fitting_batch_size, identity_of, with_samples
from cicatrix.sweeps.lease import Lease, holder_of
from cicatrix.sweeps.ledger import BatchRow, Failure, Ledger, contents
from cicatrix.sweeps.progress import JsonLines, SweepLine, count_text
from cicatrix.sweeps.store import Part, shard_place
from cicatrix.sweeps.sweeping import Reached, one_failure_text


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("[sweep]\nsamples = 5\n", "[sweep]\nsamples = 12\n"),
        ("[sweep]\nsamples=5  # few\n", "[sweep]\nsamples=12  # few\n"),
        (
            'a = 1\n[ sweep ] # all\ndesign = "sobol"\n  samples = 5',
            'a = 1\n[ sweep ] # all\ndesign = "sobol"\n  samples = 12',
        ),
        ('[sweep]\ndesign = "sobol"\n', '[sweep]\nsamples = 12\ndesign = "sobol"\n'),
        (
            "[x]\nsamples = 3\n[sweep]\nsamples = 5\n[y]\nsamples = 4",
            "[x]\nsamples = 3\n[sweep]\nsamples = 12\n[y]\nsamples = 4",
        ),
        ("sweep.samples = 5\n[x]\n", "sweep.samples = 12\n[x]\n"),
    ],
)
def test_another_number_of_samples_changes_nothing_else(before: str, after: str) -> None:
    assert with_samples(before, 12) == after


def test_a_scenario_without_a_sweep_takes_no_samples() -> None:
    with pytest.raises(ValueError, match="no table"):
        with_samples("[patient]\nage = 3\n", 5)


def test_a_batch_is_never_larger_than_a_kill_may_cost() -> None:
    sizes = []
    for members in (1, 100, 1000, 10_000, 100_000, 1_000_000, 10_000_000):
        small = _core.parse_sweep(with_samples(SWEEP, members), "many.toml")
        sizes.append(fitting_batch_size(small, workers=1))
        assert fitting_batch_size(small, workers=8) <= sizes[-1]
        slow = _core.parse_sweep(with_samples(SLOW, members), "slow.toml")
        assert fitting_batch_size(slow, workers=1) == 64
    assert sizes == sorted(sizes)
    assert (sizes[0], sizes[-1]) == (64, 4096)


def identity(text: str, **how: Any) -> Any:
    """The identity of a sweep."""
    chosen = {"batch_size": 64, "single_precision": False, **how}
    return identity_of(
        _core.parse_sweep(text, "any.toml"), chosen["batch_size"], single_precision=chosen["single_precision"]
    )


def test_a_sweep_is_the_same_whatever_its_comments_and_its_samples() -> None:
    whole = identity(SWEEP)
    assert identity(SWEEP.replace("samples = 300", "samples = 900")).difference(whole) == ""
    assert identity(f"# remark\n{SWEEP}").difference(whole) == ""
    for old, new in (
        ("uniform 20", "uniform 21"),
        (
            '"patient.age" = "uniform 20 years to 70 years", "parameters.clot_decay" = "range"',
            '"parameters.clot_decay" = "range", "patient.age" = "uniform 20 years to 70 years"',
        ),
        ('"erythema auc"', '"erythema peak"'),
        ('design = "sobol"', 'design = "latin hypercube"'),
        ("seed = 7", "seed = 8"),
        ("injured_fraction = 0.05", "injured_fraction = 0.06"),
    ):
        assert old in SWEEP
        assert identity(SWEEP.replace(old, new)).difference(whole) == "the scenario differs", new
    assert "was 64 and is 32" in identity(SWEEP, batch_size=32).difference(whole)
    assert "was 300 and is 100" in identity(SWEEP.replace("samples = 300", "samples = 100")).difference(whole)
    assert type(whole).from_rows(whole.rows()) == whole


def batch_row(number: int, failed: int = 0) -> BatchRow:
    """A batch of ten members."""
    return BatchRow(number, 10 * number, 10, failed, 1000 + number, f"{number:064x}", "d")


def failure(member: int) -> Failure:
    """A member that failed."""
    return Failure(
        member, "", "step too small", 12.5, "tgf_beta1_active", {"patient.age [years]": 30.0, "patient.site": "cheek"}
    )


def test_a_ledger_keeps_what_it_was_told(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "manifest.db")
    ledger.begin({"members": "30", "head": "{}"})
    ledger.record(batch_row(2, 1), [failure(23)])
    ledger.record(batch_row(0), [])
    told = contents(tmp_path / "manifest.db")  # while it is being written
    ledger.close()
    assert told == contents(tmp_path / "manifest.db")
    assert told.run == {"members": "30", "head": "{}"}
    assert told.batches == [batch_row(0), batch_row(2, 1)]
    assert told.failures == [failure(23)]


def test_a_batch_that_is_recorded_again_takes_the_place_of_its_failures_too(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "manifest.db")
    ledger.record(batch_row(2, 1), [failure(23)])
    ledger.record(batch_row(3, 1), [failure(31)])
    ledger.record(batch_row(2, 2), [failure(24), failure(25)])
    ledger.close()
    assert [each.member for each in contents(tmp_path / "manifest.db").failures] == [24, 25, 31]


def test_a_row_that_cannot_be_written_whole_is_not_there(tmp_path: Path) -> None:
    ledger = Ledger(tmp_path / "manifest.db")
    with pytest.raises(FileError):
        ledger.record(batch_row(2, 2), [failure(23), failure(23)])  # the same one twice
    ledger.close()
    assert contents(tmp_path / "manifest.db").batches == []


def test_a_file_that_is_no_ledger_is_called_so(tmp_path: Path) -> None:
    (tmp_path / "manifest.db").write_bytes(b"no ledger" * 1000)
    for opened in (contents, Ledger):
        with pytest.raises(FileError, match="is not the ledger of a sweep") as told:
            opened(tmp_path / "manifest.db")
        assert told.value.fault == "corrupt"


def test_a_ledger_that_another_program_holds_is_locked(tmp_path: Path) -> None:
    Ledger(tmp_path / "manifest.db").close()
    other = sqlite3.connect(tmp_path / "manifest.db", isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    begun = time.monotonic()
    ledger = Ledger(tmp_path / "manifest.db")
    with pytest.raises(FileError) as told:
        ledger.begin({"members": "1"})
    assert time.monotonic() - begun < 2
    assert told.value.fault == "locked"
    other.execute("ROLLBACK")
    other.close()
    ledger.begin({"members": "1"})
    ledger.close()


def test_a_lease_has_one_holder_and_goes_with_it(tmp_path: Path) -> None:
    place = tmp_path / "manifest.lock"
    first = Lease(place)
    assert str(holder_of(place)) == f"process {os.getpid()} on {socket.gethostname()}"
    with pytest.raises(FileError, match=f"process {os.getpid()} on") as told:
        Lease(place)
    assert told.value.fault == "locked"
    first.release()
    first.release()
    assert not place.exists()
    assert holder_of(place) is None
    Lease(place).release()


def test_the_child_of_a_killed_holder_does_not_keep_its_lease(tmp_path: Path) -> None:
    program = """
import os, signal, sys, time
from pathlib import Path
from cicatrix.sweeps.lease import Lease
lease = Lease(Path("manifest.lock"))
if os.fork() == 0:
    time.sleep(20)
    os._exit(0)
os.kill(os.getpid(), signal.SIGKILL)
"""
    subprocess.run([sys.executable, "-c", program], cwd=tmp_path, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert (tmp_path / "manifest.lock").exists()
    Lease(tmp_path / "manifest.lock").release()


def no_locks(*_: Any) -> None:
    """As a file system without locks answers."""
    raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))


@pytest.mark.parametrize(("host", "living", "fresh", "held"), [
    ("here", True, True, True),
    ("here", True, False, True),
    ("here", False, True, False),
    ("elsewhere", True, True, True),
    ("elsewhere", True, False, False),
])  # fmt: skip
def test_without_locks_the_signs_of_a_holder_count(
    host: str, living: bool, fresh: bool, held: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended = subprocess.Popen(["true"])
    ended.wait()
    pid = os.getppid() if living else ended.pid
    place = tmp_path / "manifest.lock"
    place.write_text(json.dumps({"pid": pid, "host": socket.gethostname() if host == "here" else "node-17"}))
    if not fresh:
        os.utime(place, (time.time() - 2 * lease.FRESH,) * 2)
    monkeypatch.setattr(fcntl, "flock", no_locks)
    if held:
        with pytest.raises(FileError, match=f"process {pid} on"):
            Lease(place)
    else:
        Lease(place).release()


def test_a_holder_gives_signs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lease, "SIGN", 0.05)
    held = Lease(tmp_path / "manifest.lock")
    os.utime(tmp_path / "manifest.lock", (1, 1))
    end = time.monotonic() + 5
    while (tmp_path / "manifest.lock").stat().st_mtime < 2 and time.monotonic() < end:
        time.sleep(0.01)
    signed = (tmp_path / "manifest.lock").stat().st_mtime
    held.release()
    assert signed > time.time() - 60


def test_jobs_share_all_batches_between_them_and_none_twice() -> None:
    for count in (1, 2, 7):
        parts = [Part(number, count) for number in range(1, count + 1)]
        for batch in range(50):
            assert sum(part.owns(batch) for part in parts) == 1
        assert len({part.name for part in parts}) == count


def test_shards_lie_in_folders_that_do_not_grow_for_ever() -> None:
    places = [shard_place(number) for number in (0, 17, 999, 1000, 123_456)]
    assert [str(place) for place in places[:2]] == ["shards/00/00000.h5", "shards/00/00017.h5"]
    assert len({place.parent for place in places}) == 3
    assert len(set(places)) == 5


class Faulty(Executor):
    """Gives a fault in place of the first results."""

    def __init__(self, *faults: Exception) -> None:
        self.faults = list(faults)
        self.given = 0

    def submit(self, task: Callable[..., Any], /, *given: Any, **named: Any) -> Future[Any]:
        """A result, or a fault."""
        self.given += 1
        future: Future[Any] = Future()
        if self.faults:
            future.set_exception(self.faults.pop(0))
        else:
            future.set_result(Record(batch_row(given[0].number), []))
        return future


def tasks(count: int) -> list[Task]:
    """Some batches."""
    return [Task("", "any.toml", number, 10 * number, 10, None, 1, 0, False) for number in range(count)]


def test_a_shard_that_a_lost_worker_still_holds_is_tried_again() -> None:
    kept: list[Record] = []
    run_by(Faulty(file_error("locked", "x", "held")), tasks(3), kept.append, lambda done, failed: True)
    assert sorted(record.row.number for record in kept) == [0, 1, 2]


def test_a_full_disk_ends_the_whole_sweep() -> None:
    executor = Faulty(file_error("disk_full", "x", "cannot write 7 bytes"))
    with pytest.raises(FileError, match="cannot write 7 bytes"):
        run_by(executor, tasks(3), lambda record: None, lambda done, failed: True)
    assert executor.given == 3


def test_a_batch_is_tried_three_times() -> None:
    executor = Faulty(RuntimeError("a"), RuntimeError("b"), RuntimeError("c"))
    with pytest.raises(BatchError, match="members 0 to 9 could not be computed: RuntimeError: c"):
        run_by(executor, tasks(1), lambda record: None, lambda done, failed: True)
    assert executor.given == 3


def test_an_executor_is_left_when_the_progress_says_so() -> None:
    with pytest.raises(KeyboardInterrupt):
        run_by(Faulty(), tasks(2), lambda record: None, lambda done, failed: False)


class Terminal(io.StringIO):
    """A stream that shows lines."""

    def isatty(self) -> bool:
        """It is one."""
        return True


def test_the_line_tells_share_rate_rest_and_failures(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    terminal = Terminal()
    with SweepLine("needles", stream=terminal) as line:
        now = 110.0
        line(Reached(members=10_000, before=2_000, done=2_000, failed=3))
    assert "needles  40 % of 10 000 members, 200 per s, 30 s left, 3 failed" in terminal.getvalue()
    assert terminal.getvalue().endswith("\r")


def test_json_lines_come_no_more_often_than_each_second(monkeypatch: pytest.MonkeyPatch) -> None:
    now = 100.0
    monkeypatch.setattr(time, "monotonic", lambda: now)
    stream = io.StringIO()
    lines = JsonLines(stream)
    for now in (100.2, 101.5, 101.6, 104.0):  # noqa: B007
        lines(Reached(members=100, before=0, done=50, failed=1))
    told = [json.loads(line) for line in stream.getvalue().splitlines()]
    assert [each["rate"] for each in told] == [round(50 / 1.5, 1), 12.5]
    assert told[-1] == {"event": "progress", "members": 100, "done": 50, "failed": 1, "rate": 12.5, "left": 4.0}


def test_numbers_and_failures_are_worded_for_people() -> None:
    assert count_text(1_234_567) == "1 234 567"
    told = one_failure_text(failure(4711))
    assert told.startswith("member 4711: step too small on day 12.5, limited by tgf_beta1_active (")
    assert told.endswith("(patient.age [years] 30, patient.site cheek)")
