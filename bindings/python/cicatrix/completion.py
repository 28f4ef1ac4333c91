"""What Tab offers behind `cicatrix`: commands, options, names and files, for the word that is being typed.

The shells ask the command itself, so that what they offer is what this copy takes: a script written beforehand would
know the names of another version.
"""

import argparse
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

MOST_WORDS = 70  # letters of a meaning beside a name

Names = Iterable[tuple[str, str]]  # with a few words on each


@dataclass(frozen=True)
class Offer:
    """What a value may be: names, and files that end in one of some ways."""

    names: Callable[[], Names] = tuple
    endings: tuple[str, ...] | None = None  # of files; () for any file, None for none
    folders: bool = False


def _scenarios() -> Names:
    from cicatrix.scenario_files import scenarios

    return [(path.stem, "") for path in scenarios()]


def _listed(*kinds: str) -> Callable[[], Names]:
    def names() -> Names:
        from cicatrix.catalogue import listing

        return [
            (str(row["name"]), str(row.get("meaning", row.get("title", "")))) for kind in kinds for row in listing(kind)
        ]

    return names


def _quantities() -> Names:
    """What a course of needled skin can be asked for."""
    from cicatrix import _core

    yield from ((row.name, row.meaning) for row in _core.readouts())
    yield from ((row.name, row.meaning) for row in _core.states("microneedling"))


def _keys() -> Names:
    return [(f"{name}=", meaning) for name, meaning in _listed("keys", "parameters")() if "<" not in name]


def _claims() -> Names:
    files = sorted((Path(__file__).parent / "claims").glob("s[0-9][0-9]_*.py"))  # to load them takes a second
    return [(path.stem[:3].upper(), path.stem[4:].replace("_", " ")) for path in files]


def _explained() -> Names:
    from cicatrix.glossary import TERMS

    kinds = ("codes", "keys", "parameters", "states", "readouts", "models", "compounds")
    yield from _scenarios()
    yield from ((term, "term") for term in TERMS)
    for kind in kinds:
        yield from ((name or told, "") for name, told in _listed(kind)())


RESULT = Offer(endings=(".nc",), folders=True)
ANYTHING = Offer(endings=())
NOTHING = Offer()
QUANTITY = Offer(names=_quantities)
# By what an argument is called in the help; `test_completion` sees to it that every one has its line.
OFFERS = {
    "SCENARIO": Offer(names=_scenarios, endings=(".toml",), folders=True),
    "SCENARIO|RESULT|DIR": Offer(names=_scenarios, endings=(".toml", ".nc"), folders=True),
    "RESULT": RESULT,
    "A": RESULT,
    "B": RESULT,
    "RESULT|DIR": RESULT,
    "CSV": Offer(endings=(".csv",), folders=True),
    "FILE": ANYTHING,
    "HTML": ANYTHING,
    "DIR": Offer(folders=True),
    "ID": Offer(names=_claims),
    "OUTCOME": QUANTITY,
    "GOAL": QUANTITY,
    "CONDITION": QUANTITY,
    "KEY=CHOICE": Offer(names=_keys),
    "N": NOTHING,
    "I/N": NOTHING,
    "WIDTH": NOTHING,
    "TIME": NOTHING,
    "DAY": NOTHING,
    "ADDRESS": NOTHING,
}
# Names of several kinds share a word in the help: these go by what the argument is for.
OFFERS_OF_NAMES = {
    "names": Offer(names=_explained, endings=(".toml", ".nc")),
    "parameter": Offer(names=_listed("parameters", "keys")),
    "state": Offer(names=_quantities),
    "of": Offer(names=_quantities),
    "arm": NOTHING,
    "first": NOTHING,
    "second": NOTHING,
}


def offer_of(action: argparse.Action) -> Offer:
    """What the value of an argument may be. Raises KeyError for one that the tables above do not know."""
    if action.choices is not None:
        choices = list(map(str, action.choices))
        return Offer(names=lambda: [(choice, "") for choice in choices])
    if action.metavar == "NAME":
        return OFFERS_OF_NAMES[action.dest]
    return OFFERS[str(action.metavar)]


def completions(parser: argparse.ArgumentParser, words: list[str]) -> list[str]:
    """Lines for a shell: a name, a tab and what it means; `:files .toml` and `:folders` where these may stand as well.

    The last of the words is the one that is being typed, perhaps empty.
    """
    *before, typed = words or [""]
    before = [word for word in before if word != "="]  # which bash makes a word of its own
    commands = _commands(parser)
    if not before:
        return _lines(typed, [(name, _meaning(parser, name)) for name in commands])
    command = commands.get(before[0])
    return _lines_within(command, before[1:], typed) if command else []


def _commands(parser: argparse.ArgumentParser) -> dict[str, argparse.ArgumentParser]:
    return next(dict(action.choices) for action in parser._actions if isinstance(action, argparse._SubParsersAction))


def _meaning(parser: argparse.ArgumentParser, command: str) -> str:
    chosen = next(action for action in parser._actions if isinstance(action, argparse._SubParsersAction))
    return next((str(each.help) for each in chosen._choices_actions if each.dest == command), "")


def _lines_within(command: argparse.ArgumentParser, before: list[str], typed: str) -> list[str]:
    options = {name: action for action in command._actions for name in action.option_strings}
    waiting, given = _walked(options, before)
    if waiting is not None:
        return _offered(offer_of(waiting), typed)
    if typed.startswith("-"):
        return _lines(typed, [(name, _plain(action)) for name, action in options.items() if name.startswith("--")])
    positions = [action for action in command._actions if not action.option_strings]
    if len(given) >= 1 and positions and positions[0].dest == "names" and _is_course(given[0]):
        return _offered(QUANTITY, typed)
    for place, action in enumerate(positions):
        if place == len(given) or (place == len(positions) - 1 and action.nargs in ("+", "*")):
            return _offered(offer_of(action), typed)
    return []


def _walked(options: dict[str, argparse.Action], before: list[str]) -> tuple[argparse.Action | None, list[str]]:
    """The option whose value comes next, if one is waiting, and what stands apart from options."""
    waiting: argparse.Action | None = None
    given: list[str] = []
    for word in before:
        if waiting is not None:
            waiting = None
        elif word in options:
            waiting = options[word] if options[word].nargs != 0 else None
        elif not word.startswith("-"):
            given.append(word)
    return waiting, given


def _is_course(name: str) -> bool:
    return Path(name).suffix in (".toml", ".nc") or name in {scenario for scenario, _ in _scenarios()}


def _plain(action: argparse.Action) -> str:
    return str(action.help or "").replace("%%", "%")


def _offered(offer: Offer, typed: str) -> list[str]:
    lines = _lines(typed, offer.names())
    if offer.endings is not None:
        lines.append(" ".join([":files", *offer.endings]))
    return [*lines, ":folders"] if offer.folders else lines


def _lines(typed: str, names: Names) -> list[str]:
    found: dict[str, str] = {}
    for name, meaning in names:
        if name.startswith(typed) and " " not in name:  # which each shell would quote in its own way
            found.setdefault(name, " ".join(meaning.split())[:MOST_WORDS])
    return [f"{name}\t{meaning}" if meaning else name for name, meaning in found.items()]
