"""Who writes a sweep: a lock on a file that names its holder, so that a second writer learns whom to wait for.

The lock decides among the programs of one machine, and goes with the program that held it. Some network file systems
keep such locks to each machine, and a few know none; for them the holder touches its file every few seconds, and a file
that names another machine counts as long as it is fresh.
"""

import errno
import fcntl
import json
import os
import socket
import threading
import time
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

from cicatrix.storage import file_error

FRESH = 60.0  # s after its last sign that a holder on another machine still counts
SIGN = 10.0  # s between two signs
TRIES = 5  # a program that only looks at the lease, or that is just ending, holds it for a moment
PAUSE = 0.1  # s between two tries

_NO_LOCKS = (errno.ENOLCK, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)


@dataclass(frozen=True)
class Holder:
    """The program that writes a sweep."""

    pid: int
    host: str

    @property
    def is_elsewhere(self) -> bool:
        """Whether it runs on another machine."""
        return self.host != socket.gethostname()

    def __str__(self) -> str:
        return f"process {self.pid} on {self.host}"


class Lease:
    """The right to write what the file stands for, from its making until `release`."""

    def __init__(self, path: Path) -> None:
        """Raises FileError: `locked` and by whom, or `cannot_create`."""
        self._path = path
        self._file = _locked(path)
        # A child must not keep the lock of a parent that was killed.
        os.register_at_fork(after_in_child=self._let_go)
        self._over = threading.Event()
        told = json.dumps(asdict(_myself())).encode()
        os.truncate(self._file, 0)
        os.pwrite(self._file, told, 0)
        self._signs = threading.Thread(target=self._give_signs, daemon=True)
        self._signs.start()

    def release(self) -> None:
        """Gives the right back; the file goes."""
        if self._over.is_set():
            return
        self._over.set()
        self._signs.join()
        with suppress(OSError):
            self._path.unlink()
        self._let_go()

    def _let_go(self) -> None:
        file, self._file = self._file, -1
        if file >= 0:
            os.close(file)

    def _give_signs(self) -> None:
        while not self._over.wait(SIGN):
            with suppress(OSError):
                os.utime(self._file)


def holder_of(path: Path) -> Holder | None:
    """Who holds the lease of this file at this moment."""
    try:
        file = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        return _holder(file)
    finally:
        os.close(file)


def _locked(path: Path) -> int:
    tries = 0
    while True:
        try:
            file = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o666)
        except OSError as error:
            raise file_error("cannot_create", path, f"cannot be made: {error.strerror}") from None
        holder = _holder(file)
        if not holder and _is_named(file, path):
            return file
        os.close(file)  # without a holder: the one before took the file away between our opening and our lock
        if holder and (tries := tries + 1) == TRIES:
            raise file_error("locked", path.parent, f"{holder} is writing it at this moment")
        time.sleep(PAUSE if holder else 0.0)


def _holder(file: int) -> Holder | None:
    """Who holds the open file; nobody when it is ours now."""
    told = _told_in(file)
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        if error.errno in _NO_LOCKS:
            return told if told and _lives(told, file) else None
        return told or Holder(0, "this machine")
    if told and told.is_elsewhere and _is_fresh(file):
        return told
    return None


def _told_in(file: int) -> Holder | None:
    try:
        return Holder(**json.loads(os.pread(file, 1000, 0)))
    except (ValueError, TypeError, OSError):
        return None  # nobody has written into it yet


def _lives(holder: Holder, file: int) -> bool:
    if holder.is_elsewhere:
        return _is_fresh(file)
    try:
        os.kill(holder.pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return holder != _myself()


def _is_fresh(file: int) -> bool:
    return time.time() - os.fstat(file).st_mtime < FRESH


def _is_named(file: int, path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file), path.lstat())
    except OSError:
        return False


def _myself() -> Holder:
    return Holder(os.getpid(), socket.gethostname())
