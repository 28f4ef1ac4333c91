"""A scenario with other values of some of its keys: the only member of a sweep that varies these by one value each."""

import json
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from cicatrix import _core
from cicatrix.studies.asked_problems import in_the_words_given
from cicatrix.studies.gradient import alone
from cicatrix.told_errors import UnusableError

if TYPE_CHECKING:
    from cicatrix.course import PathLike

OUTCOME = "inflammation auc"  # a sweep asks for something; nothing is computed


def changed(source: "PathLike | _core.Scenario", changes: Mapping[str, Any]) -> _core.Scenario:
    """The scenario with these values in the place of its own: `{"device.needle_length": "1 mm"}`.

    Raises InputError for a key or a value that there cannot be, FileError, ValueError for a published model.
    """
    if not isinstance(changes, Mapping):
        raise UnusableError(f'changes is a dict such as {{"device.needle_length": "1 mm"}}; given was {changes!r}')
    text, file = alone(source)
    if not (plain := _core.parse_scenario(text, file)).is_course:
        told = "changes are of needled skin; write [parameters] and [initial] into a text for cicatrix.parse_scenario"
        raise UnusableError(f"{file}: this is the model {plain.model}, and {told}")
    if not changes:
        return plain
    vary = ", ".join(f"{json.dumps(name)} = [{_written(name, value)}]" for name, value in changes.items())
    sweep = f'[sweep]\ndesign = "zip"\noutcomes = {json.dumps([OUTCOME])}\nvary = {{ {vary} }}\n'
    with in_the_words_given(file, {name: str(value) for name, value in changes.items()}, [OUTCOME]):
        planned = _core.parse_sweep(f"{text.rstrip()}\n\n{sweep}", file)
    member = planned.member_scenario(0).replace(f"{plain.title}, member 0", plain.title, 1)
    return _core.parse_scenario(member, file)


def _written(name: str, value: Any) -> str:
    """A value as TOML writes it."""
    plain = value.item() if hasattr(value, "item") else value
    if not isinstance(plain, str | bool | int | float | list | tuple):
        told = f'a change is a text such as "1 mm", a number, true or false, or a list; given was {value!r}'
        raise UnusableError(f"{name}: {told}")
    return json.dumps(plain)
