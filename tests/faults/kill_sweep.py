"""Kills a sweep again and again, resumes it each time, and compares what is left with a sweep that nobody disturbed.

python tests/faults/kill_sweep.py SCENARIO [--kills 100] [--batch N] [--samples N]

Each kill (SIGKILL, to the command and to all that it started) comes after a new shard has appeared, at a random moment.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from dataclasses import asdict, dataclass
from pathlib import Path

COMMAND = (sys.executable, "-m", "cicatrix", "sweep")
LATEST = 0.3  # s between a new shard and the kill


@dataclass
class Outcome:
    """What became of the batches. Acknowledged is what the ledger says is stored."""

    kills: int
    undisturbed: float  # s
    batches: int
    lost: int  # acknowledged before a kill and not after it
    repeated: int  # acknowledged, and written again
    identical: bool  # to the undisturbed sweep: every shard, and every row of the ledger

    @property
    def is_sound(self) -> bool:
        """Whether nothing was lost, repeated or changed."""
        return not self.lost and not self.repeated and self.identical


def acknowledged(folder: Path) -> dict[int, tuple[str, int, int]]:
    """The batches of the ledger: their checksum, and by which file they are there."""
    ledger = folder / "manifest.db"
    if not ledger.exists():
        return {}
    database = sqlite3.connect(ledger, timeout=10)
    try:
        rows = database.execute("SELECT number, sha256 FROM batch").fetchall()
    except sqlite3.OperationalError:
        return {}  # killed before its tables were made
    finally:
        database.close()
    places = {number: folder / "shards" / f"{number // 1000:02d}" / f"{number:05d}.h5" for number, _ in rows}
    found = {number: places[number].stat() for number, _ in rows if places[number].exists()}
    return {number: (sha, found[number].st_ino, found[number].st_mtime_ns) for number, sha in rows if number in found}


def shards(folder: Path) -> dict[str, str]:
    """The checksum of each shard that lies in a directory."""
    found = sorted((folder / "shards").rglob("*.h5"))
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in found}


def ledger_rows(folder: Path) -> list[str]:
    """Every statement that would make the ledger again."""
    database = sqlite3.connect(folder / "manifest.db")
    try:
        return list(database.iterdump())
    finally:
        database.close()


def begun(arguments: list[str], folder: Path) -> subprocess.Popen[bytes]:
    """A sweep in a group of processes of its own."""
    command = [*COMMAND, *arguments, "-o", str(folder), "--quiet"]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)


def kill_after_a_new_shard(running: subprocess.Popen[bytes], folder: Path, rng: random.Random) -> bool:
    """Kills the sweep; False when it came to its end before."""
    before = len(list((folder / "shards").rglob("*.h5")))
    while len(list((folder / "shards").rglob("*.h5"))) <= before:
        if running.poll() is not None:
            return False
        time.sleep(0.002)
    time.sleep(rng.uniform(0, LATEST))
    if running.poll() is not None:
        return False
    os.killpg(running.pid, signal.SIGKILL)
    running.wait()
    return True


def tried(arguments: list[str], place: Path, kills: int, seed: int = 5) -> Outcome:
    """Runs one sweep undisturbed and one with so many kills."""
    whole, killed = place / "whole", place / "killed"
    start = time.monotonic()
    subprocess.run([*COMMAND, *arguments, "-o", str(whole), "--quiet"], check=True, stdout=subprocess.DEVNULL)
    outcome = Outcome(0, round(time.monotonic() - start, 1), len(shards(whole)), 0, 0, False)
    rng = random.Random(seed)
    known: dict[int, tuple[str, int, int]] = {}
    while outcome.kills < kills:
        running = begun(arguments, killed)
        if not kill_after_a_new_shard(running, killed, rng):
            break
        outcome.kills += 1
        now = acknowledged(killed)
        outcome.lost += sum(number not in now for number in known)
        outcome.repeated += sum(number in now and now[number] != row for number, row in known.items())
        known = now
    subprocess.run([*COMMAND, *arguments, "-o", str(killed), "--quiet"], check=True, stdout=subprocess.DEVNULL)
    now = acknowledged(killed)
    outcome.lost += sum(number not in now for number in known)
    outcome.repeated += sum(number in now and now[number] != row for number, row in known.items())
    same = shards(whole) == shards(killed) and ledger_rows(whole) == ledger_rows(killed)
    outcome.identical = same and not list(killed.rglob("*.part"))
    return outcome


def main() -> int:
    """Prints what became of a sweep under kills as JSON; returns 1 when anything was lost."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("scenario")
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--batch")
    parser.add_argument("--samples")
    options = parser.parse_args()
    arguments = [options.scenario]
    for name in ("batch", "samples"):
        if value := getattr(options, name):
            arguments += [f"--{name}", value]
    with tempfile.TemporaryDirectory() as place:
        outcome = tried(arguments, Path(place), options.kills)
    print(json.dumps(asdict(outcome)))
    return 0 if outcome.is_sound and outcome.kills == options.kills else 1


if __name__ == "__main__":
    sys.exit(main())
