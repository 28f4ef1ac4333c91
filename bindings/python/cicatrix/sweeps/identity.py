"""What makes two sweeps the same one: all that decides a member's numbers, and how members are put into batches."""

import hashlib
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np

from cicatrix import _core
from cicatrix.told_errors import UnusableError

_SAMPLES = re.compile(r"^(\s*(?:sweep\s*\.\s*)?samples\s*=\s*)[^#\n]*?(\s*(?:#.*)?)$")
_TABLE = re.compile(r"^\s*\[\s*sweep\s*\]\s*(?:#.*)?$")
_ANY_TABLE = re.compile(r"^\s*\[")
_WORDS = {
    "scenario": "the scenario",
    "version": "the version of cicatrix",
    "git_commit": "the source that cicatrix was built from",
    "batch_size": "the number of members in a batch",
    "precision": "the precision of the lanes",
    "members": "the number of members",
}


@dataclass(frozen=True)
class Identity:
    """What has to be the same for a sweep to go on."""

    scenario: str  # SHA-256 of the resolved scenario without the number of samples
    version: str
    git_commit: str
    batch_size: int
    precision: str
    members: int

    def difference(self, stored: "Identity") -> str:
        """How this one differs from the stored one, for the user; empty when it goes on with it."""
        pairs = {key: (getattr(stored, key), value) for key, value in asdict(self).items()}
        told = [self._told(key, *pair) for key, pair in pairs.items() if key != "members" and pair[0] != pair[1]]
        if not told and self.members < stored.members:
            told.append(self._told("members", stored.members, self.members))
        return "; ".join(told)

    @staticmethod
    def _told(key: str, old: Any, new: Any) -> str:
        return f"{_WORDS[key]} differs" if key == "scenario" else f"{_WORDS[key]} was {old} and is {new}"

    def rows(self) -> dict[str, str]:
        """As the ledger keeps it."""
        return {key: str(value) for key, value in asdict(self).items()}

    @classmethod
    def from_rows(cls, rows: dict[str, str]) -> "Identity":
        """As the ledger kept it. Raises KeyError or ValueError when it kept something else."""
        texts = {key: rows[key] for key in ("scenario", "version", "git_commit", "precision")}
        return cls(**texts, batch_size=int(rows["batch_size"]), members=int(rows["members"]))


def identity_of(sweep: "_core.Sweep", batch_size: int, *, single_precision: bool) -> Identity:
    """The identity of a sweep that this program would run."""
    resolved = tomllib.loads(sweep.resolved)  # without comments, which say where each value stands
    resolved["sweep"].pop("samples", None)
    checksum = hashlib.sha256(json.dumps(resolved).encode()).hexdigest()  # in order: it is that of a grid's members
    precision = precision_name(single_precision)
    return Identity(checksum, _core.version, _core.git_commit, batch_size, precision, sweep.members)


def precision_name(is_single: bool) -> str:
    """What members were computed in, as files call it."""
    return "single" if is_single else "double"


def require_samples(samples: object) -> None:
    """Raises ValueError for what is no number of members."""
    if isinstance(samples, bool) or not isinstance(samples, int | np.integer) or samples < 1:
        raise UnusableError(f"samples is how many members there are, a whole number from 1 on; given was {samples!r}")


def with_samples(text: str, samples: int) -> str:
    """The scenario with another number of samples. Raises ValueError when it has no table [sweep] of its own."""
    lines = text.split("\n")
    inside = False
    head = None
    for number, line in enumerate(lines):
        if _ANY_TABLE.match(line):
            inside = bool(_TABLE.match(line))
            head = number if inside else head
        elif (inside or "sweep" in line) and (found := _SAMPLES.match(line)):
            lines[number] = f"{found[1]}{samples}{found[2]}"
            return "\n".join(lines)
    if head is None:
        raise UnusableError("the scenario has no table [sweep] in which the number of samples could be set")
    lines.insert(head + 1, f"samples = {samples}")
    return "\n".join(lines)


def design_checksum(rows: Any) -> str:
    """SHA-256 of the factors of some members."""
    return hashlib.sha256(rows.astype("<f8", copy=False).tobytes()).hexdigest()


def fitting_batch_size(sweep: "_core.Sweep", *, workers: int) -> int:
    """How many members go into a batch: a shard costs some milliseconds, and no worker should be idle at the end."""
    fidelity = tomllib.loads(sweep.resolved)["simulation"]["fidelity"]
    most = 4096 if fidelity == "lumped" else 64
    size = 64
    while size < most and size * 16 * workers < sweep.members:
        size *= 2
    return size


def head_of(sweep: "_core.Sweep", precision: str) -> str:
    """What stands once in a sweep, as the ledger keeps it: whence it comes, in which precision it was computed, and the
    parameters of its base."""
    scenario = sweep.scenario
    named = _core.parse_sweep(scenario.text, Path(scenario.file).name)  # without the user's folders
    head = _core.sweep_head(named.scenario)
    attributes = {**head.attributes, "scenario_resolved": named.resolved, "precision": precision}
    variables = {
        variable.name: [list(variable.dimensions), _plain(variable.values), _plain_all(variable.attributes)]
        for variable in head.variables
    }
    return json.dumps({"attributes": _plain_all(attributes), "variables": variables}, ensure_ascii=False)


def _plain_all(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: _plain(value) for name, value in attributes.items()}


def _plain(value: Any) -> Any:
    if hasattr(value, "dtype"):
        return {"kind": str(value.dtype), "values": value.tolist()}
    return list(value) if isinstance(value, Iterable) and not isinstance(value, str) else value
