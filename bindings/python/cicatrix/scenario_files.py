"""Scenario files that came with this copy, and what a name on the command line or in a call means."""

import os
from difflib import get_close_matches
from pathlib import Path

from cicatrix import _core
from cicatrix.outcome import Exit, RefusedError
from cicatrix.storage import file_error
from cicatrix.told_errors import UnusableError


def scenarios() -> list[Path]:
    """The scenario files that came with this copy, those of claims behind the others; empty when none came with it."""
    package = Path(__file__).resolve().parent
    for folder in (package / "scenarios", package / "../../../scenarios"):  # installed, in the source tree
        place = folder.resolve()
        if found := [path for part in (".", "claims", "models") for path in sorted((place / part).glob("*.toml"))]:
            return found
    return []


def scenario_file(name: str) -> str:
    """The file of that name or, where there is none, the scenario that came with this copy and is called so."""
    refuse_ambiguous(name)
    if Path(name).exists():
        return name
    shipped = _shipped()
    if name not in {*shipped, *_core.models()} and (near := _near_scenarios(name, list(shipped))):
        raise RefusedError(Exit.NO_INPUT, f"{name}: {_near_text(near)}")
    return shipped.get(name, name)


def place_of(name: str | os.PathLike[str]) -> str:
    """The file of that name or, where there is none, the shipped scenario that is called so.

    Raises RefusedError for a folder that is called as one of them, FileError for what is nearly one of their names,
    ValueError for what is no name at all.
    """
    require_scenario(name)
    refuse_ambiguous(name)
    place, shipped = os.fspath(name), _shipped()
    if Path(place).exists():
        return place
    if place not in {*shipped, *_core.models()} and (near := _near_scenarios(place, list(shipped))):
        raise file_error("no_input", place, _near_text(near))
    return shipped.get(place, place)


def is_there(name: str) -> bool:
    """Whether there is a file of that name, or a shipped scenario that is called so."""
    refuse_ambiguous(name)
    return Path(name).exists() or name in _shipped()


def require_scenario(source: object, allowed: str = "the name of a file") -> None:
    """Raises ValueError for what is no name; `allowed` is what else would do."""
    if isinstance(source, str | os.PathLike):
        return
    told = f'this takes {allowed} or of a shipped scenario, such as "crows_feet", or what cicatrix.parse_scenario'
    told += f" (parse_sweep for a sweep) makes of a text; given was {_kind(source)}"
    if hasattr(source, "attrs"):
        told += '; the scenario of a course is cicatrix.parse_scenario(course.attrs["scenario_toml"])'
    raise UnusableError(told)


def _kind(value: object) -> str:
    name = type(value).__name__
    return f"{'an' if name[:1].lower() in 'aeiou' else 'a'} {name}"


def refuse_ambiguous(name: str | os.PathLike[str]) -> None:
    """Raises RefusedError for a folder that is called as a shipped scenario is: either may be meant.

    A Path is a place; it has forgotten a "./" that it was made with.
    """
    if isinstance(name, str) and Path(name).is_dir() and (scenario := _shipped().get(name)):
        told = f"this is a folder here and a shipped scenario; ./{name} is the folder, {scenario} the scenario"
        raise RefusedError(Exit.USAGE, f"{name}: {told}")


def _shipped() -> dict[str, str]:
    return {path.stem: str(path) for path in scenarios()}


def _near_text(near: list[str]) -> str:
    return f"there is no such file; did you mean {' or '.join(near)}? `cicatrix list scenarios` shows all"


def _near_scenarios(name: str, known: list[str]) -> list[str]:
    """Shipped scenarios that were perhaps meant; none for what names a place."""
    return [] if Path(name).parent != Path() else get_close_matches(Path(name).stem.lower(), known, n=3, cutoff=0.75)
