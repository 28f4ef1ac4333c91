"""What may be chosen of a protocol: numbers between two ends, whole numbers, lists, sentences with places to fill."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, TypeAlias

import numpy as np

from cicatrix.studies.asked_sweep import Factor
from cicatrix.studies.draws import Array
from cicatrix.told_errors import UnusableError

Wish: TypeAlias = str | Sequence[Any]

_PLACE = re.compile(r"\{\s*(-?\d+)\s*\.\.\s*(-?\d+)\s*\}")  # {2..8}
_BETWEEN = re.compile(r"\s*(.+?)\s+to\s+(.+?)\s*")
_WHOLE = re.compile(r"-?\d+")
EVEN = 0  # in place of the size of a coordinate that is not a whole number
INSIDE = 2.0**-53  # of the unit interval: at its ends a distribution without ends has no number
MOST = 4096  # sentences that places may be filled to


@dataclass(frozen=True)
class Choice:
    """One factor as an optimiser sees it: sizes of its whole-numbered coordinates, or none for one that is even."""

    name: str
    values: tuple[Any, ...]  # those it can take; empty for a number between two ends
    sizes: tuple[int, ...]
    sentence: str = ""  # of a number between two ends

    @property
    def toml(self) -> str:
        """The entry of `sweep.vary`."""
        written = json.dumps(list(self.values), ensure_ascii=False) if self.values else json.dumps(self.sentence)
        return f"{json.dumps(self.name)} = {written}"


def choice_of(name: str, wish: Wish) -> Choice:
    """Reads `"0.5 mm to 2 mm"`, `"1 to 20"`, `["a", "b"]` or `"every {2..8} weeks x {1..6}"`. Raises ValueError."""
    if not isinstance(wish, str):
        values = tuple(wish)
        if not values:
            raise UnusableError(f"{name}: there is nothing to choose from")
        return Choice(name, values, (len(values),))
    if places := _PLACE.findall(wish):
        return _filled(name, wish, [(int(low), int(high)) for low, high in places])
    if found := _BETWEEN.fullmatch(wish):
        low, high = found[1].removeprefix("uniform").strip(), found[2]
        if _WHOLE.fullmatch(low) and _WHOLE.fullmatch(high):
            whole = tuple(range(int(low), int(high) + 1))
            if not whole:
                raise UnusableError(f"{name}: {wish!r} ends before it begins")
            return Choice(name, whole, (len(whole),))
        return Choice(name, (), (), f"uniform {low} to {high}")
    raise UnusableError(
        f"{name}: {wish!r} says nothing to choose from; write for example '0.5 mm to 2 mm', '1 to 20', a list, or "
        "'every {2..8} weeks x {1..6}'"
    )


def _filled(name: str, sentence: str, places: list[tuple[int, int]]) -> Choice:
    """Every way to fill the places of a sentence, the last place first."""
    ranges = [range(low, high + 1) for low, high in places]
    sizes = tuple(len(each) for each in ranges)
    if not all(sizes) or int(np.prod(sizes)) > MOST:
        raise UnusableError(
            f"{name}: {sentence!r} can be filled in {int(np.prod(sizes))} ways; allowed are 1 to {MOST}"
        )
    texts = []
    for numbers in product(*ranges):
        left = iter(numbers)
        texts.append(_PLACE.sub(lambda _: str(next(left)), sentence))  # noqa: B023
    return Choice(name, tuple(texts), sizes)


def choices_in(factors: Sequence[Factor]) -> list[Choice]:
    """The factors that a sweep varies, as its own file words them."""
    found = []
    for factor in factors:
        listed: list[Any] = [*factor.choices] or [*(factor.levels or ())]
        sizes = (len(listed),) if listed else ()
        found.append(Choice(factor.name, tuple(listed), sizes, factor.distribution))
    return found


class Coordinates:
    """Turns the coordinates of an optimiser into points of the unit cube, one column for each factor."""

    def __init__(self, choices: Sequence[Choice]) -> None:
        self._choices = list(choices)
        sizes = [size for choice in choices for size in (choice.sizes or (EVEN,)) if size != 1]
        self.whole = [size != EVEN for size in sizes]
        self.highest = [float(size - 1) if size != EVEN else 1.0 for size in sizes]

    def points(self, coordinates: Array) -> Array:
        """Points (rows, factors) at coordinates (rows, coordinates); whole ones are rounded."""
        left = iter(coordinates.T)
        columns = []
        for choice in self._choices:
            if not choice.sizes:
                columns.append(np.clip(next(left), INSIDE, 1.0 - INSIDE))
                continue
            nothing = np.zeros(len(coordinates))
            places = [np.rint(next(left) if size > 1 else nothing).astype(int) for size in choice.sizes]
            index = np.ravel_multi_index(places, choice.sizes, mode="clip")
            columns.append((index + 0.5) / float(np.prod(choice.sizes)))
        return np.column_stack(columns)


def written_sweep(scenario: str, choices: Mapping[str, Wish], outcomes: Sequence[str]) -> tuple[str, list[Choice]]:
    """A scenario without a sweep with one that varies the choices, and what these are."""
    read = [choice_of(name, wish) for name, wish in choices.items()]
    lines = ["", "[sweep]", 'design = "sobol"', "samples = 1", f"outcomes = {json.dumps(list(outcomes))}"]
    lines += [f"vary = {{ {', '.join(choice.toml for choice in read)} }}", ""]
    return scenario.rstrip("\n") + "\n" + "\n".join(lines), read
