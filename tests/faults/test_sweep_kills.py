"""Sweeps that are killed, stopped, in each other's way or without room: what was acknowledged stays for good."""

from __future__ import annotations

import json
import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from sweep_scenarios import SLOW, SWEEP, written

from cicatrix.sweeps.merging import merge
from faults.command import CICATRIX, cicatrix, ending, started
from faults.kill_sweep import acknowledged, ledger_rows, shards, tried

KILLS = int(os.environ.get("CICATRIX_KILLS", "4"))
BATCH = ("--batch", "16")


@pytest.fixture
def scenario(tmp_path: Path) -> Path:
    """A sweep of some seconds, in many batches."""
    return written(tmp_path, SLOW, "slow.toml")


def wait_for_shards(folder: Path, count: int) -> None:
    """Returns when so many batches are acknowledged."""
    end = time.monotonic() + 60
    while len(acknowledged(folder)) < count:
        assert time.monotonic() < end
        time.sleep(0.01)


def test_kills_lose_nothing_repeat_nothing_and_change_nothing(scenario: Path, tmp_path: Path) -> None:
    samples = str(16 * (4 * KILLS + 4))  # some batches come between two kills
    outcome = tried([str(scenario), *BATCH, "--threads", "1", "--samples", samples], tmp_path, KILLS)
    assert (outcome.kills, outcome.is_sound) == (KILLS, True), outcome


@pytest.mark.parametrize(
    ("told", "code", "word"), [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]
)
def test_a_sweep_that_is_told_to_stop_keeps_what_is_done_and_goes_on_later(
    told: signal.Signals, code: int, word: str, scenario: Path, tmp_path: Path
) -> None:
    running = started([*CICATRIX, "sweep", str(scenario), "-o", "sweep", *BATCH], tmp_path)
    wait_for_shards(tmp_path / "sweep", 2)
    begun = time.monotonic()
    running.send_signal(told)
    ended = ending(running)
    assert time.monotonic() - begun < 1
    assert (ended.code, ended.err) == (code, f"cicatrix: {word}\n")
    before = acknowledged(tmp_path / "sweep")
    kept = len(before) * int(BATCH[1])
    assert ended.out == f"sweep: {kept} members are kept; the same line goes on from there\n"
    assert set(shards(tmp_path / "sweep")) == {f"shards/00/{number:05d}.h5" for number in before}
    assert not list((tmp_path / "sweep").rglob("*.lock"))
    assert cicatrix("sweep", scenario, "-o", "sweep", folder=tmp_path).code == 0
    now = acknowledged(tmp_path / "sweep")
    assert {number: now[number] for number in before} == before
    assert cicatrix("sweep", scenario, "-o", "whole", *BATCH, folder=tmp_path).code == 0
    assert shards(tmp_path / "whole") == shards(tmp_path / "sweep")
    assert ledger_rows(tmp_path / "whole") == ledger_rows(tmp_path / "sweep")


def test_a_second_writer_is_sent_away_and_told_whom_to_wait_for(scenario: Path, tmp_path: Path) -> None:
    first = started([*CICATRIX, "sweep", str(scenario), "-o", "sweep", *BATCH], tmp_path)
    wait_for_shards(tmp_path / "sweep", 1)
    first.send_signal(signal.SIGSTOP)  # so that it is not over before the second one looks
    for arguments in ([], ["--shard", "1/4"]):
        begun = time.monotonic()
        second = cicatrix("sweep", scenario, "-o", "sweep", *BATCH, *arguments, folder=tmp_path)
        assert time.monotonic() - begun < 2
        assert (second.code, second.out) == (75, "")
        assert f"process {first.pid} on {socket.gethostname()} is writing it" in second.err
    assert cicatrix("check", "sweep", folder=tmp_path).code == 1  # a reader disturbs nobody: it is not complete
    first.send_signal(signal.SIGCONT)
    assert ending(first).code == 0


def test_a_writer_on_another_machine_counts_as_long_as_it_gives_signs(tmp_path: Path) -> None:
    scenario = written(tmp_path)
    assert cicatrix("sweep", scenario, "-o", "sweep", folder=tmp_path).code == 0
    lock = tmp_path / "sweep" / "manifest.lock"
    lock.write_text(json.dumps({"pid": 7, "host": "node-17"}))
    for command in (["sweep", "sweep"], ["merge", "sweep"]):
        refused = cicatrix(*command, folder=tmp_path)
        assert refused.code == 75
        assert "process 7 on node-17 is writing it" in refused.err
    an_hour_ago = time.time() - 3600
    os.utime(lock, (an_hour_ago, an_hour_ago))
    assert cicatrix("sweep", "sweep", folder=tmp_path).code == 0
    assert not lock.exists()


def test_jobs_of_an_array_write_one_directory_at_once(scenario: Path, tmp_path: Path) -> None:
    jobs = [
        started([*CICATRIX, "sweep", str(scenario), "-o", "sweep", "--shard", f"{number}/3", *BATCH], tmp_path)
        for number in (1, 2, 3)
    ]
    assert [(ended.code, ended.err) for ended in map(ending, jobs)] == 3 * [(0, "")]
    assert cicatrix("sweep", scenario, "-o", "whole", *BATCH, folder=tmp_path).code == 0
    for name in ("sweep", "whole"):
        merge(tmp_path / name, tmp_path / f"{name}.nc")
    assert (tmp_path / "sweep.nc").read_bytes() == (tmp_path / "whole.nc").read_bytes()


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own with room for the ledger and a few shards."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = ["mount", "-t", "tmpfs", "-o", "size=300k", "tmpfs", str(disk)]
    if os.geteuid() != 0 or not shutil.which("mount") or subprocess.run(mounted, capture_output=True).returncode:
        pytest.skip("not run: mounting a small disk is not allowed here")
    yield disk
    subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_ends_with_74_and_a_sweep_goes_on_when_there_is_room(small_disk: Path, tmp_path: Path) -> None:
    scenario = written(tmp_path)
    ended = cicatrix("sweep", scenario, "-o", "disk/sweep", *BATCH, folder=tmp_path)
    assert (ended.code, ended.out) == (74, "")
    assert "disk/sweep/" in ended.err
    assert not list(small_disk.rglob("*.part"))
    before = acknowledged(small_disk / "sweep")
    subprocess.run(["mount", "-o", "remount,size=4m", str(small_disk)], check=True)
    assert cicatrix("sweep", scenario, "-o", "disk/sweep", folder=tmp_path).code == 0
    now = acknowledged(small_disk / "sweep")
    assert len(now) == 19
    assert {number: now[number] for number in before} == before


def test_a_shard_that_may_not_be_written_names_its_bytes(tmp_path: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    scenario = written(tmp_path, SWEEP.replace("samples = 300", "samples = 4000"))
    ended = cicatrix("sweep", scenario, "-o", "sweep", "--batch", "4000", folder=tmp_path, before=limit)
    assert (ended.code, ended.out) == (74, "")
    assert "shards/00/00000.h5: cannot write" in ended.err
    assert not list(tmp_path.rglob("*.part"))
    assert not list(tmp_path.rglob("*.h5"))


def test_a_merge_without_room_ends_with_74_and_leaves_nothing(tmp_path: Path) -> None:
    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))

    assert cicatrix("sweep", written(tmp_path), "-o", "sweep", folder=tmp_path).code == 0
    ended = cicatrix("merge", "sweep", "-o", "whole.nc", folder=tmp_path, before=limit)
    assert (ended.code, ended.out) == (74, "")
    assert "whole.nc: cannot write" in ended.err
    assert not list(tmp_path.glob("whole.nc*"))


def test_a_folder_that_is_closed_ends_with_73_before_anything_is_computed(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    begun = time.monotonic()
    ended = cicatrix("sweep", written(tmp_path, SLOW), "-o", "file/sweep", folder=tmp_path)
    assert time.monotonic() - begun < 2
    assert (ended.code, ended.out) == (73, "")


# A cluster of two workers; one is stopped in mid-batch, so that its batch is nowhere, and killed.
LOSES_A_WORKER = """
import os, signal, sys, threading, time
from pathlib import Path
import cicatrix as cx
from distributed import Client, LocalCluster

def lose_one(client, folder):
    workers = list(client.run(os.getpid).values())
    while len(list(folder.rglob("*.h5"))) < 3:
        time.sleep(0.01)
    os.kill(workers[0], signal.SIGSTOP)
    time.sleep(0.5)
    os.kill(workers[0], signal.SIGKILL)
    print("killed", flush=True)

if __name__ == "__main__":
    folder = Path(sys.argv[2])
    with LocalCluster(n_workers=2, threads_per_worker=1, dashboard_address=None) as cluster, Client(cluster) as client:
        client.wait_for_workers(2)
        killer = threading.Thread(target=lose_one, args=(client, folder), daemon=True)
        killer.start()
        cx.sweep(sys.argv[1], store=folder, batch=16, executor=client.get_executor(), progress=False)
        killer.join(1)
"""


def test_a_dask_worker_killed_in_mid_batch_costs_nothing_else(scenario: Path, tmp_path: Path) -> None:
    pytest.importorskip("distributed", reason="not run: distributed is not installed")
    (tmp_path / "loses.py").write_text(LOSES_A_WORKER)
    ended = subprocess.run(
        [sys.executable, "loses.py", str(scenario), "sweep"], cwd=tmp_path, capture_output=True, text=True, timeout=120
    )
    assert (ended.returncode, ended.stdout) == (0, "killed\n"), ended.stderr
    assert cicatrix("sweep", scenario, "-o", "whole", *BATCH, folder=tmp_path).code == 0
    assert shards(tmp_path / "whole") == shards(tmp_path / "sweep")
    assert ledger_rows(tmp_path / "whole") == ledger_rows(tmp_path / "sweep")
