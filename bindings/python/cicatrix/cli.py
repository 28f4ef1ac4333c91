"""The command `cicatrix`: data on standard output, everything else on standard error, one exit code for each ending."""

import argparse
import errno
import io
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import suppress
from types import FrameType
from typing import Any

from cicatrix import _core, commands, explain_command, figure_command, film_command
from cicatrix.completion_command import add_completion, asks_for_words, words_offered
from cicatrix.first_steps import first_steps
from cicatrix.outcome import Exit, RefusedError, exit_of
from cicatrix.plain_json import print_json
from cicatrix.studies import arguments
from cicatrix.studies.figure_files import figure_file
from cicatrix.studies.subcommands import add_studies
from cicatrix.subcommand import add_json, add_quiet, subcommand
from cicatrix.told_errors import ToldError, told_lines

HELP = """\
example: cicatrix run scenarios/crows_feet.toml --report crows_feet.html
Simulates what happens in skin after micro-injury. A research simulation, not medical advice.
cicatrix COMMAND --help says more; exit codes: 0 done, 1 failed or differs,
2 usage, 65 and 66 bad or no input, 73 cannot write there, 74 disk full or faulty"""
KINDS = (
    *("scenarios", "models", "parameters", "states", "readouts", "sites", "baselines", "conditions", "compounds"),
    *("keys", "codes"),
)

_told_to_stop = False  # by Ctrl-C or by another program
_terminated = False  # by another program


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command and returns its exit code."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    options = argparse.Namespace(json=False)  # until the given ones are known
    try:
        _listen_for_signals()  # where what they raise is caught
        _write_what_the_terminal_can()
        parser = command_line()
        if not given:
            print(first_steps())
            return Exit.DONE  # whoever types the name alone asks what it is, and that was answered
        if asks_for_words(given):
            print(words_offered(parser, given))
            return Exit.DONE
        options = parser.parse_args(given)
        code: Exit = options.command(options)
        sys.stdout.flush()
        return _stopped() if _told_to_stop else code  # a library may have swallowed the interrupt
    except BrokenPipeError:
        return _reader_left()
    except KeyboardInterrupt:
        return _stopped()
    except Exception as error:
        # A signal that meets an import comes out of it as an ImportError.
        return _stopped() if _told_to_stop else _ending_of(error, options)


def _write_what_the_terminal_can() -> None:
    """A dash or a degree sign that the terminal's encoding does not have becomes a question mark, not a fault."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _ending_of(error: Exception, options: argparse.Namespace) -> Exit:
    """Says what went wrong and returns its exit code."""
    if isinstance(error, _core.InputError):
        return _refuse_input(error, options)
    if isinstance(error, _core.FileError):
        return _refuse(str(error), exit_of(error), options)
    if isinstance(error, RefusedError):
        return _refuse(str(error), error.exit_code, options)
    if isinstance(error, ToldError):  # a name or a value that a call refused in words
        return _refuse(str(error), Exit.USAGE, options)
    if isinstance(error, _core.NumericalError):
        return _refuse(str(error), Exit.FAILED, options)
    if isinstance(error, ImportError):
        return _refuse(f"a package is missing: {error}", Exit.MISSING, options)
    if isinstance(error, OSError):
        return _refuse(str(error), Exit.DISK if error.errno in (errno.ENOSPC, errno.EIO) else Exit.INTERNAL, options)
    if os.environ.get("CICATRIX_TRACEBACK"):  # a fault of ours, told without a traceback unless one is asked for
        raise error
    told = f"internal error: {type(error).__name__}: {error} (CICATRIX_TRACEBACK=1 shows where)"
    return _refuse(told, Exit.INTERNAL, options)


class _Listing(argparse.RawDescriptionHelpFormatter):
    """Lists the commands without a line for their placeholder, so that all fit on a screen."""

    def _format_action(self, action: argparse.Action) -> str:
        text = super()._format_action(action)
        return text.partition("\n")[2] if action.nargs == argparse.PARSER else text


def command_line() -> argparse.ArgumentParser:
    """All that the command takes."""
    parser = argparse.ArgumentParser(
        prog="cicatrix",
        usage=argparse.SUPPRESS,  # the example says it, and the list of commands fills the screen
        description=HELP,
        formatter_class=_Listing,
        add_help=False,
    )
    parser.add_argument("-h", "--help", action="help", help=argparse.SUPPRESS)  # whoever reads this knows
    told = f"cicatrix {_core.version} ({_core.git_commit})"
    parser.add_argument("--version", action="version", version=told, help=argparse.SUPPRESS)
    chosen = parser.add_subparsers(title="commands", prog="cicatrix", metavar="COMMAND [...]", required=True)
    _add_run(chosen)
    _add_sweep(chosen)
    _add_merge(chosen)
    _add_check(chosen)
    _add_report(chosen)
    _add_explain(chosen)
    _add_list(chosen)
    _add_claims(chosen)
    _add_rerun(chosen)
    _add_diff(chosen)
    _add_export(chosen)
    _add_figure(chosen)
    _add_film(chosen)
    _add_verify(chosen)
    add_studies(chosen)
    add_completion(chosen)
    return parser


def _add_run(chosen: Any) -> None:
    text = "simulate a scenario and write the result"
    parser = subcommand(chosen, "run", commands.run, text, "cicatrix run single_session.toml -o single.nc")
    parser.add_argument("scenario", metavar="SCENARIO", help="scenario file (TOML), or the name of a shipped one")
    parser.add_argument("-o", "--output", metavar="FILE", help="result file; otherwise <scenario>.nc in this folder")
    parser.add_argument("--report", metavar="FILE", help="write an HTML report as well")
    parser.add_argument("--member", metavar="N", type=int, help="of a sweep, or of its directory: this member alone")
    parser.add_argument("--arm", metavar="NAME", help="of a sweep that compares protocols: the member under this one")
    add_json(parser)
    add_quiet(parser)


def _add_sweep(chosen: Any) -> None:
    def sweep(options: argparse.Namespace) -> Exit:
        from cicatrix.sweeps import command

        return command.sweep(options)

    text = "run the many members of a scenario, or go on with them"
    parser = subcommand(chosen, "sweep", sweep, text, "cicatrix sweep needle_length.toml -o needles.sweep")
    parser.add_argument("scenario", metavar="SCENARIO", help="with a table [sweep]; or the directory of a sweep")
    parser.add_argument("-o", "--output", metavar="DIR", help="directory; otherwise <scenario>.sweep in this folder")
    parser.add_argument(
        "--samples", metavar="N", type=arguments.positive, help="members, in place of the number in the scenario"
    )
    parser.add_argument("--threads", metavar="N", type=arguments.positive, help="otherwise one for each processor")
    parser.add_argument("--lanes", type=int, choices=(0, 1, 2, 4, 8), default=0, help="members side by side; 0: best")
    parser.add_argument("--single-precision", action="store_true", help="for screening; for rtol 3e-6 and more")
    parser.add_argument("--shard", metavar="I/N", help="of N jobs that share the directory, be the I-th")
    parser.add_argument("--dask", metavar="ADDRESS", help="let the workers of this Dask scheduler compute")
    parser.add_argument(
        "--batch", metavar="N", type=arguments.positive, help="members in a shard; a directory keeps its own number"
    )
    told = f"draw the first outcome as well: {arguments.FIGURE}"
    parser.add_argument("--figure", metavar="FILE", type=figure_file, help=told)
    parser.add_argument("--report", metavar="FILE", help="write an HTML report as well")
    parser.add_argument("--json", action="store_true", help="print lines of JSON: begin, progress, failure, end")
    add_quiet(parser)


def _add_merge(chosen: Any) -> None:
    def merge(options: argparse.Namespace) -> Exit:
        from cicatrix.sweeps import command

        return command.merge(options)

    text = "make one file of the directory of a sweep"
    parser = subcommand(chosen, "merge", merge, text, "cicatrix merge needles.sweep -o needles.nc")
    parser.add_argument("folder", metavar="DIR")
    parser.add_argument("-o", "--output", metavar="FILE", help="result file; otherwise <directory>.nc in this folder")
    add_json(parser)
    add_quiet(parser)


def _add_check(chosen: Any) -> None:
    text = "say whether a scenario can be run, or a result is whole"
    parser = subcommand(chosen, "check", commands.check, text, "cicatrix check crows_feet.toml")
    parser.add_argument("file", metavar="SCENARIO|RESULT|DIR")
    parser.add_argument("--resolved", action="store_true", help="print the scenario with every default filled in")
    add_json(parser)


def _add_report(chosen: Any) -> None:
    text = "write the HTML report of a result"
    parser = subcommand(chosen, "report", commands.report, text, "cicatrix report crows_feet.nc")
    parser.add_argument("result", metavar="RESULT|DIR", help="of a course or a sweep, or the directory of a sweep")
    parser.add_argument("-o", "--output", metavar="HTML", help="otherwise <result>.html in this folder")
    told = "of a course: show what the ranges of its parameters leave open, in so many members"
    parser.add_argument("--members", metavar="N", type=arguments.positive, default=0, help=told)


def _add_explain(chosen: Any) -> None:
    text = "explain a name, or why a read-out of a course changes"
    parser = subcommand(chosen, "explain", explain_command.explain, text, "cicatrix explain crows_feet wrinkle_depth")
    explain_command.add_arguments(parser)


def _add_list(chosen: Any) -> None:
    text = "list scenarios, models, parameters, error codes and so on"
    parser = subcommand(chosen, "list", commands.list_names, text, "cicatrix list parameters")
    parser.add_argument("kind", metavar="KIND", choices=KINDS, help=", ".join(KINDS))
    add_json(parser)


def _add_claims(chosen: Any) -> None:
    def play(options: argparse.Namespace) -> Exit:
        from cicatrix.claims.command import claims  # not before it is asked for: it takes matplotlib

        return claims(options)

    text = "play popular claims; judge evidence and model"
    parser = subcommand(chosen, "claims", play, text, "cicatrix claims S07 --report claims.html")
    parser.add_argument("ids", metavar="ID", nargs="*", help="S01 to S17; all when none is given")
    parser.add_argument("--report", metavar="FILE", help="write an HTML page as well")
    add_json(parser)
    add_quiet(parser)


def _add_rerun(chosen: Any) -> None:
    text = "compute a result again and compare every bit"
    parser = subcommand(chosen, "rerun", commands.rerun, text, "cicatrix rerun crows_feet.nc")
    parser.add_argument("result", metavar="RESULT")
    parser.add_argument("-o", "--output", metavar="FILE", help="keep the new result")
    add_json(parser)
    add_quiet(parser)


def _add_diff(chosen: Any) -> None:
    text = "say which inputs of two results differ and what moved"
    parser = subcommand(chosen, "diff", commands.diff, text, "cicatrix diff young.nc old.nc --figure both.png")
    figure_command.add_difference(parser)
    add_json(parser)


def _add_verify(chosen: Any) -> None:
    text = "solve a scenario again, by another method and more tightly"
    parser = subcommand(chosen, "verify", commands.verify, text, "cicatrix verify crows_feet")
    parser.add_argument("scenario", metavar="SCENARIO")
    add_json(parser)


def _add_export(chosen: Any) -> None:
    text = "write a result as a table, or a model as SBML or equations"
    example = "cicatrix export crows_feet.nc --format csv -o crows_feet.csv"
    parser = subcommand(chosen, "export", commands.export, text, example)
    parser.add_argument(
        "result",
        metavar="RESULT",
        help="a result, or the directory of a sweep; for sbml and equations a model or a scenario",
    )
    parser.add_argument(
        "--format",
        choices=("csv", "parquet", "sbml", "equations"),
        required=True,
        help="of a result: csv heads each column with `name [unit]`, parquet keeps units and meanings as metadata of "
        "its columns; of a model or a scenario: sbml, or equations as Markdown",
    )
    parser.add_argument("-o", "--output", metavar="FILE", required=True)


def _add_film(chosen: Any) -> None:
    text = "film the surroundings of one channel and its closing pore"
    parser = subcommand(chosen, "film", film_command.film, text, "cicatrix film channel.nc -o channel.gif")
    film_command.add_arguments(parser)
    add_quiet(parser)


def _add_figure(chosen: Any) -> None:
    text = "draw a result, or a cross-section of the skin on a day"
    example = "cicatrix figure crows_feet.nc --section 30 -o day_30.png"
    figure_command.add_arguments(subcommand(chosen, "figure", figure_command.figure, text, example))


def _refuse_input(error: _core.InputError, options: argparse.Namespace) -> Exit:
    """All problems, one a line as the core words them, and where to read more."""
    if options.json:
        fields = ("file", "line", "column", "path", "what", "allowed", "suggestion", "code", "text")
        problems = [{field: getattr(problem, field) for field in fields} for problem in error.problems]
        print_json({"ok": False, "problems": problems})
        return Exit.BAD_INPUT
    for line in told_lines(error):
        print(line, file=sys.stderr)
    return Exit.BAD_INPUT


def _refuse(text: str, code: Exit, options: argparse.Namespace) -> Exit:
    if options.json:
        print_json({"ok": False, "error": text, "exit": int(code)})
        return code
    return _say(text, code)


def _say(text: str, code: Exit) -> Exit:
    coloured = sys.stderr.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    name = "\033[1;31mcicatrix:\033[0m" if coloured else "cicatrix:"
    print(f"{name} {text}", file=sys.stderr)
    return code


def _reader_left() -> Exit:
    """The reader of our output, for example `head`, has had enough; that is no fault."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.DONE


def _stopped() -> Exit:
    return _say("terminated", Exit.TERMINATED) if _terminated else _say("interrupted", Exit.INTERRUPTED)


def _listen_for_signals() -> None:
    """Makes a polite end by another program look like Ctrl-C, so that nothing half-written stays."""
    global _told_to_stop, _terminated

    def stop(told: int, _frame: FrameType | None) -> None:
        global _told_to_stop, _terminated
        _told_to_stop = True
        _terminated = _terminated or told == signal.SIGTERM
        raise KeyboardInterrupt

    _told_to_stop = _terminated = False
    with suppress(ValueError):  # not in the main thread: whoever called us listens
        signal.signal(signal.SIGTERM, stop)
        if signal.getsignal(signal.SIGINT) is signal.default_int_handler:  # a job in the background ignores it
            signal.signal(signal.SIGINT, stop)


if __name__ == "__main__":
    sys.exit(main())
