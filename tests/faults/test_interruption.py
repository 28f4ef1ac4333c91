"""Runs that are killed, asked to stop, or in each other's way: a result is there whole or not at all."""

from __future__ import annotations

import fcntl
import os
import signal
import sys
import time
from collections import Counter
from pathlib import Path
from subprocess import Popen

import pytest

from faults.command import CICATRIX, cicatrix, ending, names_in, started

# Writes two results in turn to one file, for ever.
WRITES_FOR_EVER = """
import sys
from cicatrix import _core
groups = [_core.run(_core.read_scenario(path)) for path in sys.argv[1:]]
for group in groups:
    group.write("result.nc")
print("begun", flush=True)
while True:
    for group in groups:
        group.write("result.nc")
"""
# Runs one scenario again and again, as __main__.py does once.
RUNS_FOR_EVER = """
import sys
from cicatrix.cli import main
code = 0
while code == 0:
    code = main(["run", sys.argv[1], "-o", "result.nc", "--json"])
    (code == 0) and print("begun", flush=True)
sys.exit(code)
"""
LONG = """
[patient]
age = "25 years"
[device]
kind = "prescribed"
injured_fraction = 0.05
[protocol]
sessions = "every 4 weeks x 30"
[simulation]
duration = "60 years"
ageing = "drift"
outputs = "monthly"
rtol = 1e-11
"""


def wait_for(word: str, running: Popen[str]) -> None:
    """Reads what a program says until it says `word`."""
    assert running.stdout is not None
    while (line := running.stdout.readline()).strip() != word:
        assert line, running.communicate()


def listens(running: Popen[str]) -> bool:
    """True once the command has said what it does with SIGTERM, or has ended."""
    status = Path(f"/proc/{running.pid}/status").read_text()
    caught = next((line.split()[1] for line in status.splitlines() if line.startswith("SigCgt")), "0")
    return bool(int(caught, 16) >> (signal.SIGTERM - 1) & 1) or running.poll() is not None


def results(scenario: Path, folder: Path) -> tuple[list[Path], list[bytes]]:
    """Two scenarios and the bytes of their results."""
    other = folder / "other.toml"
    other.write_text(scenario.read_text().replace("injured_fraction = 0.05", "injured_fraction = 0.06"))
    paths = [scenario, other]
    for path in paths:
        assert cicatrix("run", path, "-o", f"{path.stem}.nc", folder=folder).code == 0
    return paths, [(folder / f"{path.stem}.nc").read_bytes() for path in paths]


def kill_while_writing(writer: Popen[str], part: Path) -> None:
    """Stops a writer again and again until it is caught with a file begun and not finished."""
    for _ in range(10_000):
        writer.send_signal(signal.SIGSTOP)
        os.waitpid(writer.pid, os.WUNTRACED)
        if part.exists() and part.stat().st_size > 0:
            return writer.kill()
        writer.send_signal(signal.SIGCONT)
        time.sleep(0.0005)
    pytest.fail("the writing was never met")


def test_a_kill_while_a_result_is_written_leaves_the_old_or_the_new_one(scenario: Path, tmp_path: Path) -> None:
    paths, wholes = results(scenario, tmp_path)
    assert wholes[0] != wholes[1]
    for number in range(10):
        folder = tmp_path / str(number)
        folder.mkdir()
        writer = started([sys.executable, "-c", WRITES_FOR_EVER, *map(str, paths)], folder)
        wait_for("begun", writer)
        kill_while_writing(writer, folder / "result.nc.part")
        assert ending(writer).code == -signal.SIGKILL
        assert names_in(folder) == ["result.nc", "result.nc.part"]
        assert (folder / "result.nc").read_bytes() in wholes


def test_what_a_kill_left_behind_is_replaced_by_the_next_run(scenario: Path, whole: bytes, tmp_path: Path) -> None:
    (tmp_path / "result.nc.part").write_bytes(whole[:1000] * 1000)
    (tmp_path / "result.nc").write_bytes(b"an earlier result")
    assert cicatrix("run", scenario, "-o", "result.nc", folder=tmp_path).code == 0
    assert names_in(tmp_path) == ["result.nc"]
    assert (tmp_path / "result.nc").read_bytes() == whole


def test_a_run_killed_at_any_moment_keeps_the_earlier_result(scenario: Path, whole: bytes, tmp_path: Path) -> None:
    earlier = whole[::-1]
    before = 0
    for delay in (0.02, 0.1, 0.2, 0.3, 0.4):
        (tmp_path / "result.nc").write_bytes(earlier)
        running = started([*CICATRIX, "run", str(scenario), "-o", "result.nc"], tmp_path)
        time.sleep(delay)
        running.kill()
        ending(running)
        left = (tmp_path / "result.nc").read_bytes()
        assert left in (earlier, whole)
        assert set(names_in(tmp_path)) <= {"result.nc", "result.nc.part"}
        before += left == earlier
    assert before > 0, "no kill came before the end"


ENDINGS = [(signal.SIGINT, 130, "interrupted"), (signal.SIGTERM, 143, "terminated")]


@pytest.mark.parametrize(("told", "code", "word"), ENDINGS)
def test_a_run_that_is_told_to_stop_stops_within_a_second(
    told: signal.Signals, code: int, word: str, tmp_path: Path
) -> None:
    (tmp_path / "long.toml").write_text(LONG)
    running = started([sys.executable, "-c", RUNS_FOR_EVER, "long.toml"], tmp_path)
    wait_for("begun", running)  # so that all imports are over
    (tmp_path / "result.nc").unlink()
    time.sleep(0.1)
    begun = time.monotonic()
    running.send_signal(told)
    ended = ending(running)
    assert time.monotonic() - begun < 1
    assert (ended.code, ended.err) == (code, f"cicatrix: {word}\n")
    assert set(names_in(tmp_path)) <= {"long.toml", "result.nc"}


@pytest.mark.parametrize(("told", "code", "word"), ENDINGS)
def test_a_stop_at_any_moment_leaves_a_whole_result_or_none(
    told: signal.Signals, code: int, word: str, scenario: Path, whole: bytes, tmp_path: Path
) -> None:
    codes: Counter[int] = Counter()
    for delay in (0.0, 0.1, 0.2, 0.3):
        running = started([*CICATRIX, "run", str(scenario), "-o", "result.nc"], tmp_path)
        while not listens(running):
            time.sleep(0.001)
        time.sleep(delay)
        running.send_signal(told)
        ended = ending(running)
        codes[ended.code] += 1
        if ended.out:  # all was done; a signal may still end Python itself on its way out
            assert ended.code in (0, code, -told)
        else:  # Python ends itself by SIGINT when the interrupt met a text that a library executes, whoever caught it
            assert (ended.code in (code, -signal.SIGINT), ended.err) == (True, f"cicatrix: {word}\n")
        assert names_in(tmp_path) in ([], ["result.nc"])
        for path in tmp_path.iterdir():
            assert path.read_bytes() == whole
            path.unlink()
    assert codes[code] > 0, "no signal came before the end"


def test_runs_that_write_one_file_at_once_leave_one_whole_result(scenario: Path, whole: bytes, tmp_path: Path) -> None:
    both = [started([*CICATRIX, "run", str(scenario), "-o", "result.nc"], tmp_path) for _ in range(3)]
    endings = [ending(running) for running in both]
    assert {ended.code for ended in endings} <= {0, 75}
    assert 0 in {ended.code for ended in endings}
    assert names_in(tmp_path) == ["result.nc"]
    assert (tmp_path / "result.nc").read_bytes() == whole


def test_a_file_that_another_run_is_writing_is_left_to_it(scenario: Path, tmp_path: Path) -> None:
    with (tmp_path / "result.nc.part").open("wb") as part:
        fcntl.flock(part, fcntl.LOCK_EX)
        ended = cicatrix("run", scenario, "-o", "result.nc", folder=tmp_path)
    assert ended.code == 75
    assert "result.nc: another program is writing it" in ended.err
    assert names_in(tmp_path) == ["result.nc.part"]
