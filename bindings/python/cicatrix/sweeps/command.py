"""The commands `cicatrix sweep` and `cicatrix merge`, `check` of a directory, and `run` of one member."""

import argparse
import os
import re
import shlex
import time
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cicatrix import _core
from cicatrix.commands import refuse_overwriting, refuse_replacing
from cicatrix.outcome import Exit, RefusedError
from cicatrix.plain_json import print_json
from cicatrix.progress import ProgressLine, duration_text
from cicatrix.result_kinds import SWEEP, kind_of, scenario_in
from cicatrix.scenario_files import refuse_ambiguous
from cicatrix.storage import require_place
from cicatrix.studies.figure_files import refuse_undrawable
from cicatrix.sweeps.engine import BatchError
from cicatrix.sweeps.ledger import Failure
from cicatrix.sweeps.merging import merge as merge_shards
from cicatrix.sweeps.progress import JsonLines, SweepLine, count_text
from cicatrix.sweeps.sources import described_in
from cicatrix.sweeps.store import SCENARIO, WHOLE, Part, Stored, is_store, stored
from cicatrix.sweeps.sweeping import Options, one_failure_text, read_sweep, replay_line, run_into
from cicatrix.sweeps.warned import warning_lines

LISTED = 10  # failures that are printed

_PART = re.compile(r"(\d+)/(\d+)")


def sweep(options: argparse.Namespace) -> Exit:
    """Computes the members that a directory does not have yet."""
    refuse_ambiguous(options.scenario)
    source = Path(options.scenario)
    if not is_store(source):
        source = Path(described_in(options.scenario))
    folder = Path(options.output or (source if source.is_dir() else f"{source.stem}.sweep"))
    planned = read_sweep(source, _options(options))
    if options.figure:
        require_place(options.figure)
        refuse_undrawable(planned, options.figure)
    if options.report:
        require_place(options.report)
        refuse_overwriting(str(source), options.report, options.figure)
    lines = JsonLines() if options.json else None
    before = _done_in(folder)
    begun = time.monotonic()
    fault = ""
    with _executor(options.dask) as executor:
        chosen = _options(options, executor)
        if lines:
            lines.tell("begin", store=str(folder), title=planned.scenario.title, members=planned.members)
        quiet = options.quiet or options.json
        try:
            with SweepLine(planned.scenario.title or "sweeping", quiet=quiet) as line:
                run_into(folder, planned, chosen, lines or line)
        except BatchError as error:
            fault = str(error)
        except KeyboardInterrupt:
            _tell_what_is_kept(folder, lines)
            raise
    for text in warning_lines(planned):
        lines.tell("warning", text=text) if lines else print(f"warning: {text}")
    code = _end(folder, fault, _Session(before, time.monotonic() - begun), chosen.part, lines)
    _show(folder, options, quiet=lines is not None)
    return code


def _show(folder: Path, options: argparse.Namespace, *, quiet: bool) -> None:
    """Draws the figure and writes the report that were asked for, once every member is there."""
    if stored(folder).missing():
        for target, what in ((options.figure, "drawn"), (options.report, "written")):
            if target and not quiet:
                print(f"{target}: is {what} when all members have been run")
        return
    if options.figure:
        _draw(folder, options.figure)
    if options.report:
        from cicatrix.report import write_report  # not before it is asked for: it takes matplotlib
        from cicatrix.sweeps.reading import open_sweep

        write_report(open_sweep(folder), options.report, result=folder)


def _draw(folder: Path, figure: str) -> None:
    from cicatrix.studies.drawing import figure_of, write_figure  # not before it is asked for: it takes matplotlib
    from cicatrix.sweeps.reading import open_sweep

    try:
        write_figure(*figure_of(open_sweep(folder)), figure)
    except ValueError as error:
        raise RefusedError(Exit.USAGE, f"{figure}: {error}") from None


def _tell_what_is_kept(folder: Path, lines: JsonLines | None) -> None:
    """After an interrupt: nothing is lost."""
    done = _done_in(folder)
    if lines:
        lines.tell("interrupted", store=str(folder), done=done)
    elif done:
        print(f"{folder}: {count_text(done)} members are kept; the same line goes on from there")


@dataclass(frozen=True)
class _Session:
    """What one call of the command did."""

    before: int  # members that were there
    seconds: float


def _done_in(folder: Path) -> int:
    """Members that a directory has; none of one that is not there yet, or that another job is just making."""
    try:
        return _done(stored(folder))
    except _core.FileError:
        return 0


def _done(known: Stored) -> int:
    return sum(row.members for row in known.batches.values())


def _end(folder: Path, fault: str, session: _Session, part: Part, lines: JsonLines | None) -> Exit:
    known = stored(folder)
    missing = [number for number in known.missing() if part.owns(number)]
    code = Exit.FAILED if known.failures or missing else Exit.DONE
    failed = len({failure.member for failure in known.failures})
    done = _done(known)
    if lines:
        for failure in known.failures:
            lines.tell("failure", **_failure_told(folder, failure))
        about: dict[str, Any] = {
            "members": known.identity.members,
            "done": done,
            "before": session.before,
            "failed": failed,
        }
        about["seconds"] = round(session.seconds, 3)
        lines.tell("end", store=str(folder), **about, fault=fault or None, exit=int(code))
        return code
    there = f", of which {count_text(session.before)} were there before" if session.before else ""
    print(f"{folder}: {_counts(known, done, failed)}{there}, in {duration_text(session.seconds)}")
    print("\n".join(_failure_lines(folder, known.failures)), end="\n" if known.failures else "")
    if fault:
        print(fault)
    if not known.missing():
        target = shlex.quote(f"{folder.name.removesuffix('.sweep')}.nc")
        print(f"`cicatrix merge {shlex.quote(str(folder))} -o {target}` makes one file of it")
    return code


def _counts(known: Stored, done: int, failed: int) -> str:
    members = known.identity.members
    told = (
        f"{count_text(done)} of {count_text(members)} members" if done < members else f"{count_text(members)} members"
    )
    return f"{told} in {len(known.batches)} shards" + (f", {count_text(failed)} failed" if failed else "")


def _failure_lines(folder: Path, failures: list[Failure]) -> list[str]:
    lines = []
    for failure in failures[:LISTED]:
        lines += [f"failed: {one_failure_text(failure)}", f"        `{replay_line(str(folder), failure)}` repeats it"]
    if len(failures) > LISTED:
        lines.append(f"and {count_text(len(failures) - LISTED)} more; `cicatrix check {folder} --json` lists all")
    return lines


def _failure_told(folder: Path, failure: Failure) -> dict[str, Any]:
    return {**vars(failure), "replay": replay_line(str(folder), failure)}


def _options(options: argparse.Namespace, executor: Any = None) -> Options:
    return Options(
        threads=options.threads,
        lanes=options.lanes,
        single_precision=options.single_precision,
        samples=options.samples,
        batch=options.batch,
        part=_part(options.shard),
        executor=executor,
    )


def _part(given: str | None) -> Part:
    if given is None:
        return WHOLE
    found = _PART.fullmatch(given)
    if not found or not 1 <= int(found[1]) <= int(found[2]):
        raise RefusedError(Exit.USAGE, f"--shard {given}: has to be i/n with i from 1 to n, for example 3/16")
    return Part(int(found[1]), int(found[2]))


def _executor(address: str | None) -> Any:
    """The workers of a Dask cluster; nothing without an address."""
    if address is None:
        return nullcontext()
    try:
        from distributed import Client
    except ImportError:
        told = "the package `distributed` is missing; `pip install cicatrix[dask]` installs it"
        raise RefusedError(Exit.MISSING, told) from None
    try:
        return Client(address, timeout="10s", set_as_default=False).get_executor()
    except (OSError, TimeoutError) as error:
        raise RefusedError(Exit.NO_INPUT, f"{address}: no Dask scheduler answers there ({error})") from None


def merge(options: argparse.Namespace) -> Exit:
    """Makes one file of a directory."""
    folder = Path(options.folder)
    target = Path(options.output or f"{folder.name.removesuffix('.sweep')}.nc")
    refuse_replacing(target, SWEEP)
    if kind_of(target) == SWEEP and scenario_in(target) != read_sweep(folder, Options()).scenario.text:
        raise RefusedError(Exit.USAGE, f"{target}: holds another sweep, which this one would replace; -o names a file")
    line = ProgressLine(f"merging {folder}", quiet=options.quiet)
    try:
        members = merge_shards(folder, target, line)
    finally:
        line.clear()
    failed = len({failure.member for failure in stored(folder).failures})
    if options.json:
        print_json({"result": str(target), "members": members, "failed": failed})
    else:
        print(f"{target}: {count_text(members)} members" + (f", {count_text(failed)} failed" if failed else ""))
    return Exit.DONE


def check_sweep(options: argparse.Namespace, file: str) -> Exit:
    """Says that a file describes a sweep that can be run, and which one."""
    planned = _core.read_sweep(file)
    if options.resolved:
        print(planned.resolved.rstrip("\n"))
        return Exit.DONE
    outcomes = [column.text for column in planned.outcomes[: len(planned.outcomes) // len(planned.arms)]]
    arms = [arm for arm in planned.arms if arm]
    factors = [factor.name for factor in planned.factors]
    title, members = planned.scenario.title, planned.members
    warned = warning_lines(planned)
    if options.json:
        about = {"members": members, "design": planned.design_name, "factors": factors, "arms": arms}
        print_json({"file": file, "ok": True, "title": title, **about, "outcomes": outcomes, "warnings": warned})
        return Exit.DONE
    lines = [f"{file}: can be run", title, f"{count_text(members)} members ({planned.design_name})"]
    named = (("vary", factors), ("arms", arms), ("outcomes", outcomes))
    lines += [f"{what:10}{', '.join(names)}" for what, names in named if names]
    lines += [f"warning: {text}" for text in warned]
    print("\n".join([*lines, f"`cicatrix sweep {shlex.quote(file)}` runs it"]))
    return Exit.DONE


def check_store(options: argparse.Namespace) -> Exit:
    """Says whether a directory is whole: every shard there, every byte as it was written."""
    from cicatrix.sweeps.reading import read_shard

    folder = Path(options.file)
    if options.resolved:
        print(_core.read_sweep(str(folder / SCENARIO)).resolved.rstrip("\n"))
        return Exit.DONE
    known = stored(folder)
    damage = []
    for row in known.batches.values():
        try:
            read_shard(folder, row)
        except _core.FileError as error:
            damage.append(str(error))
    missing = known.missing()
    failed = len({failure.member for failure in known.failures})
    done = _done(known)
    if options.json:
        failures = [_failure_told(folder, failure) for failure in known.failures]
        about = {"members": known.identity.members, "done": done, "failures": failures, "damage": damage}
        print_json({"file": str(folder), "ok": not damage and not missing and not failures, **about})
    else:
        state = "damaged" if damage else "not complete" if missing else "whole"
        print(f"{folder}: {state} ({_counts(known, done, failed)})")
        print("\n".join([*damage, *_failure_lines(folder, known.failures)]), end="\n" if damage or failed else "")
    return Exit.BAD_INPUT if damage else Exit.FAILED if missing or failed else Exit.DONE


def member_scenario(source: str, member: int, arm: str | None) -> tuple[_core.Scenario, str, str]:
    """The scenario of one member, a name for its result, and a note about the protocol that was taken without asking.

    Raises RefusedError, InputError, FileError.
    """
    path, place = Path(source), Path(described_in(source))
    planned = _core.read_sweep(os.fspath(place))
    if not 0 <= member < planned.members:
        raise RefusedError(Exit.USAGE, f"{source}: has the members 0 to {planned.members - 1}, not {member}")
    if arm is not None and arm not in planned.arms:
        raise RefusedError(Exit.USAGE, f"{source}: has no arm '{arm}', but {', '.join(planned.arms) or 'none'}")
    number = planned.arms.index(arm) if arm is not None else 0
    text = planned.member_scenario(member, number)
    stem = path.name.removesuffix(".sweep") if path.is_dir() else place.stem
    name = "-".join([stem, "member", str(member), *([arm.replace(" ", "_")] if arm else [])])
    note = ""
    if arm is None and len(planned.arms) > 1:
        others = " or ".join(f"--arm {shlex.quote(other)}" for other in planned.arms[1:])
        note = f"this is the protocol {planned.arms[0]}, the first of the sweep; {others} runs another"
    return _core.parse_scenario(text, f"{name}.toml"), name, note
