"""The directory of a sweep: the scenario, a file for each batch of members, and the ledger that says which are there.

A batch counts once the ledger says so, and the ledger says so once its file is on the disk under its name. Each writer
has a ledger of its own: SQLite's locks are not to be trusted between machines, and writers never need the same row. As
a batch is a function of the scenario alone, two writers that meet in one batch all the same write the same bytes.
"""

import os
import re
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from cicatrix import _core
from cicatrix.outcome import Exit, RefusedError
from cicatrix.storage import file_error
from cicatrix.sweeps.identity import Identity, design_checksum, head_of, identity_of
from cicatrix.sweeps.lease import PAUSE, TRIES, Lease, holder_of
from cicatrix.sweeps.ledger import BatchRow, Failure, Ledger, contents

SCENARIO = "scenario.toml"
SHARDS = "shards"
PER_FOLDER = 1000  # shards

_LEDGER = re.compile(r"manifest(?:-(\d+)-of-(\d+))?\.db")


@dataclass(frozen=True)
class Part:
    """One of several jobs that share a sweep: every `count`-th batch, from the one of its own number on."""

    number: int = 1
    count: int = 1

    @property
    def name(self) -> str:
        """Of its ledger, without an ending."""
        return "manifest" if self.count == 1 else f"manifest-{self.number}-of-{self.count}"

    def owns(self, batch: int) -> bool:
        """Whether it is this job that computes the batch."""
        return batch % self.count == self.number - 1


WHOLE = Part()  # of a sweep that one job does alone


def shard_place(number: int) -> Path:
    """Where a batch lies in the directory."""
    return Path(SHARDS, f"{number // PER_FOLDER:02d}", f"{number:05d}.h5")


def is_store(folder: Path) -> bool:
    """Whether a directory is that of a sweep."""
    return folder.is_dir() and bool(ledgers(folder))


def ledgers(folder: Path) -> list[Path]:
    """The ledgers of all writers of a directory, of which there are none in a directory of another kind."""
    return sorted(path for path in folder.iterdir() if _LEDGER.fullmatch(path.name))


@dataclass(frozen=True)
class Stored:
    """What all ledgers of a directory say together."""

    folder: Path
    identity: Identity
    head: str
    batches: dict[int, BatchRow]
    failures: list[Failure]

    @property
    def batch_count(self) -> int:
        """How many batches the whole sweep has."""
        return -(-self.identity.members // self.identity.batch_size)

    def size_of(self, number: int) -> int:
        """How many members a batch has."""
        first = number * self.identity.batch_size
        return min(self.identity.batch_size, self.identity.members - first)

    def missing(self) -> list[int]:
        """Batches that no ledger has, or not with all their members."""
        rows = self.batches
        every = range(self.batch_count)
        return [number for number in every if number not in rows or rows[number].members != self.size_of(number)]

    def lost(self) -> list[int]:
        """Batches that a ledger has and whose file is gone or of another size."""
        return [number for number, row in self.batches.items() if not _is_there(self.folder, row)]


def stored(folder: Path) -> Stored:
    """What is stored in a directory. Raises FileError, `locked` while another machine writes it."""
    if not folder.is_dir():
        raise file_error("no_input", folder, "there is no such directory")
    for path in sorted(folder.glob("manifest*.lock")):
        if (holder := holder_of(path)) and holder.is_elsewhere:
            raise file_error("locked", folder, f"{holder} is writing it at this moment")
    found = _together(folder, ledgers(folder))
    if found is None:
        raise file_error("no_input", folder, "is not the directory of a sweep (it has no ledger manifest.db)")
    return found


def _together(folder: Path, paths: list[Path]) -> Stored | None:
    told = [known for known in map(contents, paths) if known.run]
    if not told:
        return None
    try:
        identities = [Identity.from_rows(known.run) for known in told]
        heads = [known.run["head"] for known in told]
    except (KeyError, ValueError) as error:
        raise file_error("corrupt", folder, f"its ledger does not say what the sweep is: {error}") from None
    most = max(range(len(told)), key=lambda i: identities[i].members)
    for identity in identities:
        if identities[most].difference(identity):
            raise file_error("corrupt", folder, f"its ledgers disagree: {identities[most].difference(identity)}")
    batches: dict[int, BatchRow] = {}
    for known in told:  # a batch that two jobs had is the one with more members, or the same one
        for row in known.batches:
            if row.number not in batches or batches[row.number].members < row.members:
                batches[row.number] = row
    failures = {(failure.member, failure.arm): failure for known in told for failure in known.failures}
    ordered = [failures[key] for key in sorted(failures)]
    return Stored(folder, identities[most], heads[most], dict(sorted(batches.items())), ordered)


def _is_there(folder: Path, row: BatchRow) -> bool:
    try:
        return (folder / shard_place(row.number)).stat().st_size == row.bytes
    except OSError:
        return False


class Store:
    """A directory that this program writes, or its part of it, from its making until `close`."""

    def __init__(self, folder: Path, sweep: "_core.Sweep", identity: Identity, part: Part) -> None:
        """Opens a directory to go on where it stands, and makes it where there is none.

        Raises FileError, `locked` while another program writes the same batches, and RefusedError saying what differs
        when the directory holds another sweep.
        """
        self.folder, self.sweep, self.part = folder, sweep, part
        _make(folder)
        self._lease = Lease(folder / f"{part.name}.lock")
        try:
            self._refuse_others()
            before = self._before(identity)
            self.identity = identity
            self._ledger = Ledger(folder / f"{part.name}.db")
            try:
                self._begin(before)
            except BaseException:
                self._ledger.close()
                raise
        except BaseException:
            self._lease.release()
            raise

    def close(self) -> None:
        """Gives the directory back."""
        self._ledger.close()
        self._lease.release()

    def to_do(self) -> Iterator[int]:
        """The batches of this part that are not stored, in their order."""
        now = _together(self.folder, self._readable())
        assert now is not None  # we have begun our own
        again = {*now.missing(), *now.lost()}
        return (number for number in range(now.batch_count) if number in again and self.part.owns(number))

    def record(self, row: BatchRow, failures: list[Failure]) -> None:
        """Acknowledges a batch whose file is in its place."""
        if not _is_there(self.folder, row):
            place = self.folder / shard_place(row.number)
            told = "was written by a worker and is not here: workers have to write into the same directory"
            raise file_error("cannot_create", place, told)
        self._ledger.record(row, failures)

    def _refuse_others(self) -> None:
        """Writers of whom one is to write what another one does too."""
        for path in sorted(self.folder.glob("manifest*.lock")):
            same = path.name.endswith(f"-of-{self.part.count}.lock") and self.part.count > 1
            if not same and path.name != f"{self.part.name}.lock" and (holder := holder_of(path)):
                raise file_error("locked", self.folder, f"{holder} is writing it at this moment ({path.stem})")

    def _readable(self) -> list[Path]:
        """Ledgers that nobody writes at this moment but we: those of jobs beside ours have none of our batches."""
        beside = f"-of-{self.part.count}.db" if self.part.count > 1 else None
        own = f"{self.part.name}.db"
        return [path for path in ledgers(self.folder) if path.name == own or not (beside and path.match(f"*{beside}"))]

    def _before(self, identity: Identity) -> Stored | None:
        before = _together(self.folder, self._readable())
        if before is None and (place := self.folder / SCENARIO).exists():  # a job beside ours has begun
            text = place.read_text(encoding="utf-8")
            single = identity.precision == "single"
            begun = identity_of(_core.parse_sweep(text, str(place)), identity.batch_size, single_precision=single)
            self._refuse(identity.difference(begun))
        if before:
            self._refuse(identity.difference(before.identity))
        return before

    def _refuse(self, difference: str) -> None:
        if difference:
            told = f"{self.folder}: holds another sweep: {difference}; take a new directory for this one"
            raise RefusedError(Exit.BAD_INPUT, told)

    def _begin(self, before: Stored | None) -> None:
        if before and before.identity.members < self.identity.members:
            self._refuse_another_design(before)
        if before is None or before.identity != self.identity:
            _write_once(self.folder / SCENARIO, self.sweep.scenario.text.encode())
            head = head_of(self.sweep, self.identity.precision)
        else:
            head = before.head  # which names the file that the sweep began with
        self._ledger.begin({**self.identity.rows(), "head": head})
        self._remove_orphans()

    def _refuse_another_design(self, before: Stored) -> None:
        """More samples must leave the members that are there as they are."""
        for row in before.batches.values():
            if design_checksum(self.sweep.design(row.first, row.members)) != row.design:
                last = row.first + row.members - 1
                told = f"with {self.identity.members} members, members {row.first} to {last} would be others"
                self._refuse(f"{told} (the design is {self.sweep.design_name})")

    def _remove_orphans(self) -> None:
        """What killed writers of the batches of this part had begun."""
        for path in self.folder.glob(f"{SHARDS}/*/*.part"):
            number = path.name.partition(".")[0]
            if number.isdecimal() and self.part.owns(int(number)):
                with suppress(OSError):
                    path.unlink()


def _write_once(place: Path, data: bytes) -> None:
    """Writes a file unless another job, which writes the same at this moment, has been faster."""
    for left in reversed(range(TRIES)):
        try:
            if not place.exists() or place.read_bytes() != data:
                _core.write_file(str(place), data)
        except _core.FileError as error:
            if error.fault != "locked" or not left:
                raise
            time.sleep(PAUSE)
        else:
            return


def _make(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        foreign = [
            path.name for path in folder.iterdir() if not re.match(r"manifest|shards$|scenario\.toml", path.name)
        ]
        if foreign and not ledgers(folder):
            raise file_error("cannot_create", folder, f"holds other things than a sweep ({sorted(foreign)[0]})")
        (folder / SHARDS).mkdir(exist_ok=True)
    except _core.FileError:
        raise
    except OSError as error:
        raise file_error("cannot_create", folder, f"cannot be made: {os.strerror(error.errno or 0)}") from None
