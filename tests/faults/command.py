"""The command as another program starts it, how it ended, and what it left behind."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

CICATRIX = (sys.executable, "-m", "cicatrix")


@dataclass(frozen=True)
class Ending:
    """How a command ended and what it said."""

    code: int
    out: str
    err: str


def listen_to_interrupts() -> None:
    """In a new process: Ctrl-C acts, also where the tests themselves run as a background job, which ignores it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def started(
    arguments: Sequence[str], folder: Path, environment: Mapping[str, str] | None = None
) -> subprocess.Popen[str]:
    """A program that runs in `folder`, its words still to be read."""
    pipe = subprocess.PIPE
    variables = dict(os.environ if environment is None else environment)
    return subprocess.Popen(
        arguments,
        cwd=folder,
        env=variables,
        stdin=subprocess.DEVNULL,
        stdout=pipe,
        stderr=pipe,
        text=True,
        preexec_fn=listen_to_interrupts,
    )


def ending(running: subprocess.Popen[str]) -> Ending:
    """Waits for the end, which is never one with a traceback."""
    out, err = running.communicate(timeout=60)
    assert "Traceback" not in err, err
    return Ending(running.returncode, out, err)


def cicatrix(
    *arguments: str | Path,
    folder: Path,
    through: Sequence[str] = (),
    environment: Mapping[str, str] | None = None,
    before: Callable[[], None] | None = None,
) -> Ending:
    """Runs `cicatrix` in `folder`; `through` is a program that starts it, `before` runs in the new process."""
    ended = subprocess.run(
        [*through, *CICATRIX, *map(str, arguments)],
        cwd=folder,
        env=dict(os.environ if environment is None else environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        preexec_fn=before,
        timeout=60,
    )
    assert "Traceback" not in ended.stderr, ended.stderr
    return Ending(ended.returncode, ended.stdout, ended.stderr)


def names_in(folder: Path) -> list[str]:
    """What lies in a folder."""
    return sorted(path.name for path in folder.iterdir())
