"""The commands that study an outcome, from `cicatrix sensitivity` to `cicatrix calibrate`."""

import argparse
from typing import Any

from cicatrix.outcome import Exit
from cicatrix.studies import arguments
from cicatrix.subcommand import add_json, add_quiet, subcommand

CSV = f"""\
a file of measurements, in the units of the read-outs; days as on the time axis, effect: treated less untreated skin

{arguments.MEASURED_EXAMPLE}"""


def add_studies(chosen: Any) -> None:
    """Declares them; what they do is not loaded before it is asked for, because it takes matplotlib."""
    text = "say what the outcomes of a sweep depend on"
    example = "cicatrix sensitivity needle_length.toml --figure needles.png"
    parser = subcommand(chosen, "sensitivity", _sensitivity, text, example)
    arguments.add_sensitivity(parser)
    add_json(parser)
    add_quiet(parser)
    text = "say how much an outcome changes with each parameter"
    example = "cicatrix gradient crows_feet.toml 'wrinkle_depth effect final' --parameter clot_decay"
    parser = subcommand(chosen, "gradient", _gradient, text, example)
    arguments.add_gradient(parser)
    add_json(parser)
    text = "find the best protocol, or the front between two goals"
    example = "cicatrix optimum crows_feet.toml --minimise 'downtime final' --vary 'protocol.passes=1 to 20'"
    parser = subcommand(chosen, "optimum", _optimum, text, example)
    arguments.add_optimum(parser)
    add_json(parser)
    add_quiet(parser)
    text = "compare two protocols of a sweep, patient by patient"
    parser = subcommand(chosen, "paired", _paired, text, "cicatrix paired persons 'wrinkle_depth effect final'")
    arguments.add_paired(parser)
    add_json(parser)
    text = "fit parameters to measurements"
    example = "cicatrix calibrate single_session measured.csv --parameter cross_linking"
    parser = subcommand(chosen, "calibrate", _calibrate, text, example)
    parser.epilog = CSV
    arguments.add_calibrate(parser)
    add_json(parser)


def _sensitivity(options: argparse.Namespace) -> Exit:
    from cicatrix.studies import command

    return command.sensitivity(options)


def _gradient(options: argparse.Namespace) -> Exit:
    from cicatrix.studies import gradient_command

    return gradient_command.gradient(options)


def _optimum(options: argparse.Namespace) -> Exit:
    from cicatrix.studies import command

    return command.optimum(options)


def _paired(options: argparse.Namespace) -> Exit:
    from cicatrix.studies import paired_command

    return paired_command.paired(options)


def _calibrate(options: argparse.Namespace) -> Exit:
    from cicatrix.studies import calibrate_command

    return calibrate_command.calibrate(options)
