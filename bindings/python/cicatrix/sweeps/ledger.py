"""The ledger of a sweep: which batches are stored, by which program, and which members failed. SQLite keeps it."""

import json
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from cicatrix.storage import file_error

SCHEMA = 1  # of the tables below
_TABLES = """
CREATE TABLE run(key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE batch(number INTEGER PRIMARY KEY, first INTEGER NOT NULL, members INTEGER NOT NULL,
                   failed INTEGER NOT NULL, bytes INTEGER NOT NULL, sha256 TEXT NOT NULL, design TEXT NOT NULL);
CREATE TABLE failure(member INTEGER, arm TEXT, reason TEXT NOT NULL, day REAL, state TEXT NOT NULL,
                     factors TEXT NOT NULL, PRIMARY KEY(member, arm)) WITHOUT ROWID;
"""
_PATIENCE = 1.0  # s that another program's transaction is waited for


@dataclass(frozen=True)
class BatchRow:
    """One stored batch."""

    number: int
    first: int
    members: int
    failed: int
    bytes: int
    sha256: str
    design: str  # SHA-256 of what its members were made from


@dataclass(frozen=True)
class Failure:
    """A member that failed, under one of the protocols compared."""

    member: int
    arm: str
    reason: str
    day: float
    state: str
    factors: dict[str, Any]


class Ledger:
    """The tables `run`, `batch` and `failure` of one file. A row is on the disk when its call returns."""

    def __init__(self, path: Path) -> None:
        """Opens a ledger to write into it, and makes it where there is none. Raises FileError."""
        self.path = path
        with _told(path):
            self._database = sqlite3.connect(path, timeout=_PATIENCE, isolation_level=None, check_same_thread=False)
            self._database.execute("PRAGMA journal_mode=WAL")
            self._database.execute("PRAGMA synchronous=FULL")
            if not self._database.execute("SELECT 1 FROM sqlite_master").fetchone():
                with self._transaction():
                    for statement in _TABLES.strip().split(";\n"):
                        self._database.execute(statement.rstrip(";"))

    def close(self) -> None:
        """Gives the file back; what is in it is on the disk already."""
        with _told(self.path):
            self._database.close()

    def begin(self, run: dict[str, str]) -> None:
        """Says what the sweep is."""
        with _told(self.path), self._transaction():
            self._database.executemany("INSERT OR REPLACE INTO run VALUES(?, ?)", sorted(run.items()))

    def record(self, row: BatchRow, failures: list[Failure]) -> None:
        """Says that a batch is stored, in one transaction with its failures."""
        with _told(self.path), self._transaction():
            last = row.first + row.members
            self._database.execute("DELETE FROM failure WHERE member >= ? AND member < ?", (row.first, last))
            self._database.execute("INSERT OR REPLACE INTO batch VALUES(?, ?, ?, ?, ?, ?, ?)", _values(row))
            rows = [[*_values(failure)[:-1], json.dumps(failure.factors)] for failure in failures]
            self._database.executemany("INSERT INTO failure VALUES(?, ?, ?, ?, ?, ?)", rows)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        try:
            yield
        except BaseException:
            self._database.rollback()
            raise
        self._database.execute("COMMIT")


@dataclass(frozen=True)
class Contents:
    """What a ledger says."""

    run: dict[str, str]
    batches: list[BatchRow]
    failures: list[Failure]


def contents(path: Path) -> Contents:
    """What the ledger at `path` says; empty when it was begun and nothing came of it. Raises FileError."""
    with _told(path):
        database = _opened_to_read(path)
        try:
            database.execute("BEGIN")  # one moment for all three tables
            if not database.execute("SELECT 1 FROM sqlite_master WHERE name = 'failure'").fetchone():
                return Contents({}, [], [])
            run = dict(database.execute("SELECT key, value FROM run"))
            batches = [BatchRow(*row) for row in database.execute("SELECT * FROM batch ORDER BY number")]
            found = database.execute("SELECT * FROM failure ORDER BY member, arm").fetchall()
        finally:
            database.close()
    failures = [
        Failure(member, arm, reason, day, state, json.loads(factors))
        for member, arm, reason, day, state, factors in found
    ]
    return Contents(run, batches, failures)


def _opened_to_read(path: Path) -> sqlite3.Connection:
    # Beside a ledger that nobody writes there is no log, and where no file may be made one must not be asked for.
    alone = not path.with_name(f"{path.name}-wal").exists() and not os.access(path.parent, os.W_OK)
    uri = f"{path.absolute().as_uri()}?mode={'ro&immutable=1' if alone else 'rw'}"
    return sqlite3.connect(uri, uri=True, timeout=_PATIENCE, isolation_level=None)


def _values(row: BatchRow | Failure) -> list[Any]:
    return [getattr(row, field.name) for field in fields(row)]


@contextmanager
def _told(path: Path) -> Iterator[None]:
    """Turns what SQLite says into a FileError."""
    try:
        yield
    except sqlite3.DatabaseError as error:
        words = str(error)
        if "full" in words or "I/O" in words:
            raise file_error("disk_full", path, f"cannot write: {words}") from None
        if "locked" in words:
            raise file_error("locked", path, "another program is writing it at this moment") from None
        if isinstance(error, sqlite3.OperationalError):
            raise file_error("cannot_create", path, words) from None
        raise file_error("corrupt", path, f"is not the ledger of a sweep: {words}") from None
