"""Where a sweep is described: in a scenario file, or in the directory that holds its members."""

from pathlib import Path

from cicatrix.commands import refuse_result
from cicatrix.scenario_files import refuse_ambiguous, scenario_file
from cicatrix.storage import file_error
from cicatrix.sweeps.store import SCENARIO, is_store


def described_in(name: str) -> str:
    """The scenario file. Raises FileError for a directory of another kind, RefusedError for a result."""
    refuse_ambiguous(name)
    place = Path(name)
    if place.is_dir():
        if not is_store(place):
            raise file_error("no_input", name, "is not the directory of a sweep (it has no ledger manifest.db)")
        return str(place / SCENARIO)
    source = scenario_file(name)
    refuse_result(source)
    return source


def name_of(source: str) -> str:
    """How results are called that are made of a sweep: as its file, or as its directory."""
    place = Path(source)
    return place.parent.stem if place.name == SCENARIO and is_store(place.parent) else place.stem
