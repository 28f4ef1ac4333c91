"""How a command of `cicatrix` is declared: its name, what it says of itself, and the options that many share."""

import argparse
from collections.abc import Callable
from typing import Any

from cicatrix.outcome import Exit


def subcommand(
    chosen: Any, name: str, does: Callable[[argparse.Namespace], Exit], text: str, example: str
) -> argparse.ArgumentParser:
    """A command among the `chosen`; `text` begins with a verb, and its help with the example."""
    parser: argparse.ArgumentParser = chosen.add_parser(
        name,
        help=text,
        description=f"example: {example}\n\n{text[0].upper()}{text[1:]}.",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(command=does, json=False)
    return parser


def add_json(parser: argparse.ArgumentParser) -> None:
    """The option of a command that can print JSON."""
    parser.add_argument("--json", action="store_true", help="print JSON")


def add_quiet(parser: argparse.ArgumentParser) -> None:
    """The option of a command that shows its progress."""
    parser.add_argument("--quiet", action="store_true", help="show no progress")
