"""What each command does; every one returns its exit code and leaves faults to the command line."""

import argparse
import math
import os
import re
import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cicatrix import _core
from cicatrix.figure_command import draw_difference
from cicatrix.outcome import Exit, RefusedError
from cicatrix.plain_json import print_json
from cicatrix.progress import ProgressLine
from cicatrix.result_kinds import COURSE, kind_of
from cicatrix.scenario_files import scenario_file
from cicatrix.storage import is_result

if TYPE_CHECKING:
    import xarray as xr


def run(options: argparse.Namespace) -> Exit:
    """Simulates a scenario, writes the result and, if asked, the report."""
    asked = _asked(options)
    result = Path(options.output or f"{asked.name}.nc")
    refuse_overwriting(asked.source, result, options.report)
    refuse_replacing(result, COURSE)
    group, course = _simulated(asked.scenario, quiet=options.quiet)
    group.write(os.fspath(result))
    from cicatrix.published import is_published

    if is_published(course):
        return _run_published(course, result, options, asked.command)
    if options.report:
        _write_report(course, Path(options.report), result)
    told = _told(course, result, options.report, asked)
    if options.json:
        print_json(told)
    else:
        print(_run_text(course, told))
    return Exit.FAILED if told["fault"] else Exit.DONE


@dataclass(frozen=True)
class _Asked:
    """A course to run."""

    scenario: _core.Scenario
    source: str  # the file or directory that it comes from
    name: str  # of its result
    command: str  # that runs it again
    note: str = ""


def _asked(options: argparse.Namespace) -> _Asked:
    if options.member is not None:
        from cicatrix.sweeps.command import member_scenario

        scenario, name, note = member_scenario(options.scenario, options.member, options.arm)
        arm = f" --arm {shlex.quote(options.arm)}" if options.arm else ""
        command = f"cicatrix run {shlex.quote(options.scenario)} --member {options.member}{arm}"
        return _Asked(scenario, options.scenario, name, command, note)
    from cicatrix.sweeps.store import is_store

    source = scenario_file(options.scenario)
    if is_store(Path(source)):
        told = "this is the directory of a sweep; --member N runs one member, `cicatrix sweep` all"
        raise RefusedError(Exit.BAD_INPUT, f"{source}: {told}")
    refuse_result(source)
    return _Asked(_core.read_scenario(source), source, Path(source).stem, f"cicatrix run {shlex.quote(source)}")


def refuse_result(source: str) -> None:
    """Raises RefusedError for a result in the place of a scenario."""
    if Path(source).is_file() and is_result(source):
        hint = "`cicatrix rerun` computes a course again, `cicatrix report` shows it, `cicatrix export` makes a table"
        raise RefusedError(Exit.BAD_INPUT, f"{source}: this is a result, not a scenario; {hint}")


def _run_published(course: "xr.Dataset", result: Path, options: argparse.Namespace, command: str) -> Exit:
    from cicatrix import published
    from cicatrix.course import failure_text

    if fault := failure_text(course, command):
        print(fault)
        return Exit.FAILED
    if options.report:
        published.refuse_published(course, "a report")
    if options.json:
        print_json(published.told(course, result))
    else:
        print(published.text(course, result))
    return Exit.DONE


def refuse_overwriting(source: str, *targets: str | Path | None) -> None:
    """A result never replaces what it is made from, nor a report or a figure the result."""
    places = [Path(place).absolute() for place in (source, *targets) if place]
    if len({os.path.realpath(place) for place in places}) < len(places):
        raise RefusedError(Exit.USAGE, "scenario, result, report and figure must be different files")


def refuse_replacing(target: Path, kind: str) -> None:
    """A result never replaces one of another kind. Raises RefusedError that says which one stands there."""
    if (there := kind_of(target)) not in ("", kind):
        raise RefusedError(Exit.USAGE, f"{target}: holds {there}, which {kind} would replace; -o names another file")


def _simulated(scenario: _core.Scenario, *, quiet: bool) -> "tuple[_core.Group, xr.Dataset]":
    from cicatrix.course import dataset_of

    line = ProgressLine(scenario.title or "simulating", quiet=quiet)
    try:
        group = _core.run(scenario, line)
    finally:
        line.clear()
    return group, dataset_of(group)


def _write_report(course: "xr.Dataset", report: Path, result: Path, members: int = 0) -> None:
    from cicatrix.report import write_report

    write_report(course, report, result=result, members=members)


def _told(course: "xr.Dataset", result: Path, report: str | None, asked: _Asked) -> dict[str, Any]:
    from cicatrix.answers import answers
    from cicatrix.course import failure_text
    from cicatrix.grid import grid_text
    from cicatrix.headline import caution
    from cicatrix.schedule import warning_lines

    fault = failure_text(course, asked.command)
    return {
        "result": str(result),
        "report": report,
        "fault": fault or None,
        "headline": None if fault else course.cx.headline(),
        "caution": caution(course) or None,
        "milestones": {} if fault else course.cx.milestones().to_dict(orient="index"),
        "answers": {} if fault else {answer.question: answer.told for answer in answers(course)},
        "grid": None if fault else grid_text(course) or None,
        "warnings": warning_lines(course),
        "notes": [*([asked.note] if asked.note else []), *str(course.attrs.get("notes", "")).splitlines()],
    }


def _run_text(course: "xr.Dataset", told: dict[str, Any]) -> str:
    paths = [f"{kind}  {told[kind]}" for kind in ("result", "report") if told[kind]]
    warned = [f"warning: {warning}" for warning in told["warnings"]]
    notes = [f"note: {note}" for note in told["notes"]]
    if told["fault"]:
        answer = [told["fault"]]
    else:
        answer = [text for text in (told["headline"], told["caution"]) if text] + _milestone_lines(course)
        answer += ["", told["grid"]] if told["grid"] else []
        answer += ["", *(f"{question} {text}" for question, text in told["answers"].items())] if told["answers"] else []
        answer = [_with_twin_told("\n".join(answer))]
    return "\n".join([*paths, *(["", *warned] if warned else []), "", *answer, *(["", *notes] if notes else [])])


def _with_twin_told(text: str) -> str:
    """Says once, where the word is met first, what untreated skin is."""
    return re.sub(r"\buntreated( skin)?\b", r"\g<0> (the same care, no session)", text, count=1)


def _milestone_lines(course: "xr.Dataset") -> list[str]:
    from cicatrix import milestones as clocks

    if not clocks.session_days(course).size:
        return []
    rows = [clocks.milestone(course, name) for name in clocks.CLOCKS]
    lines = ["", f"{'':24}{'10 %':>12}{'50 %':>12}{'90 %':>12}   of the effect after {clocks.horizon_text(rows[0])}"]
    for row in rows:
        days = f"{row.remark:>36}" if row.remark else "".join(f"{clocks.day_text(day):>12}" for day in row.days)
        lines.append(f"{row.name:24}{days}   {clocks.effect_text(row)}")
    return lines


def check(options: argparse.Namespace) -> Exit:
    """Says whether a scenario can be run, or whether a result or the directory of a sweep is whole."""
    if Path(options.file).is_dir():
        from cicatrix.sweeps.command import check_store

        return check_store(options)
    if is_result(scenario_file(options.file)):
        from cicatrix.checking import check_result

        return check_result(options)
    return _check_scenario(options)


def _check_scenario(options: argparse.Namespace) -> Exit:
    file = scenario_file(options.file)
    if Path(file).is_file() and _core.file_describes_sweep(file):
        from cicatrix.sweeps.command import check_sweep

        return check_sweep(options, file)
    scenario = _core.read_scenario(file)
    if options.resolved:
        print(scenario.resolved.rstrip("\n"))
        return Exit.DONE
    if not scenario.is_course:
        told = {"file": file, "ok": True, "title": scenario.title, "model": scenario.model}
        told |= {"space": scenario.space} if scenario.space else {}
        if options.json:
            print_json(told)
        else:
            where = f", space {scenario.space}" if scenario.space else ""
            print("\n".join([f"{file}: can be run", scenario.title, f"model {scenario.model}{where}"]))
        return Exit.DONE
    _, course = _simulated(scenario, quiet=True)  # takes milliseconds, and tells what the sessions do
    if options.json:
        print_json(_scenario_told(scenario, course, file))
    else:
        print(_scenario_text(scenario, course, file))
    return Exit.DONE


def _scenario_told(scenario: _core.Scenario, course: "xr.Dataset", file: str) -> dict[str, Any]:
    from cicatrix.schedule import care_lines, session_rows, warning_lines

    return {
        "file": file,
        "ok": True,
        "title": scenario.title,
        "question": scenario.question,
        "warnings": warning_lines(course),
        "sessions": [row.told() for row in session_rows(course)],
        "care": care_lines(scenario),
        "notes": list(scenario.notes),
    }


def _scenario_text(scenario: _core.Scenario, course: "xr.Dataset", file: str) -> str:
    from cicatrix.schedule import calendar_text

    lines = [f"{file}: can be run", *(text for text in (scenario.title, scenario.question) if text), ""]
    return "\n".join([*lines, calendar_text(scenario, course), *(f"note: {note}" for note in scenario.notes)])


def report(options: argparse.Namespace) -> Exit:
    """Writes the report of a stored course or sweep."""
    from cicatrix.course import open_reported
    from cicatrix.published import refuse_published

    target = Path(options.output or f"{Path(options.result).stem}.html")
    refuse_overwriting(options.result, target)
    found = open_reported(options.result)
    refuse_published(found, "a report")
    _write_report(found, target, Path(options.result), options.members)
    print(target)
    return Exit.DONE


def list_names(options: argparse.Namespace) -> Exit:
    """Prints one list."""
    from cicatrix.catalogue import listing, listing_text

    if options.json:
        print_json(listing(options.kind))
    else:
        print(listing_text(options.kind))
    return Exit.DONE


def rerun(options: argparse.Namespace) -> Exit:
    """Computes a stored course again and compares every bit."""
    from cicatrix.comparison import differing_bits, only_in
    from cicatrix.course import open_course

    if options.output:
        refuse_overwriting(options.result, options.output)
        refuse_replacing(Path(options.output), COURSE)
    stored = open_course(options.result, "`cicatrix rerun`")
    name = str(stored.attrs.get("scenario_file", f"{options.result}:scenario"))
    group, again = _simulated(_core.parse_scenario(str(stored.attrs["scenario_toml"]), name), quiet=options.quiet)
    if options.output:
        group.write(options.output)
    new = only_in(again, stored)
    differing = [name for name in differing_bits(stored, again) if name not in new]
    makers = _other_makers(stored, again)
    if options.json:
        told = {"identical": not differing, "differing": differing, "not_in_the_stored_result": new, "makers": makers}
        print_json({"result": options.result, **told})
    elif differing:
        print(f"{len(differing)} of {len(stored.variables)} variables differ: {', '.join(differing)}")
        print("\n".join(f"{key}: was {old}, is {new}" for key, (old, new) in makers.items()) or "same program")
    else:
        print(f"all {len(stored.variables)} variables are bit-identical")
    if new and not options.json:
        print(f"not in the stored result: {', '.join(new)}")
    return Exit.FAILED if differing else Exit.DONE


def _other_makers(stored: "xr.Dataset", again: "xr.Dataset") -> dict[str, tuple[str, str]]:
    keys = ("version", "git_commit", "compiler", "schema_version")
    pairs = {key: (str(stored.attrs.get(key, "unknown")), str(again.attrs.get(key, "unknown"))) for key in keys}
    return {key: pair for key, pair in pairs.items() if pair[0] != pair[1]}


def verify(options: argparse.Namespace) -> Exit:
    """Solves a scenario again by another method and to a tighter tolerance."""
    from dataclasses import asdict

    from cicatrix.verification import verification_text
    from cicatrix.verification import verify as verify_scenario

    file = scenario_file(options.scenario)
    verification = verify_scenario(file)
    if options.json:
        print_json(asdict(verification))
    else:
        print(verification_text(file, verification))
    sound = all(math.isfinite(row.largest) for row in verification.differences)
    return Exit.DONE if sound else Exit.FAILED


def diff(options: argparse.Namespace) -> Exit:
    """Says which inputs of two results differ and which variables moved."""
    from cicatrix.comparison import difference_text, differing_inputs, moved_variables, only_in
    from cicatrix.course import open_course

    if options.figure:
        refuse_overwriting(options.first, options.figure)
        refuse_overwriting(options.second, options.figure)
    first, second = (open_course(path, "`cicatrix diff`") for path in (options.first, options.second))
    if options.figure:
        draw_difference(first, second, options)
    if not options.json:
        print(difference_text(first, second))
        if options.figure:
            print(f"figure  {options.figure}")
        return Exit.DONE
    print_json(
        {
            "inputs": differing_inputs(first, second),
            "milestones": [course.cx.milestones().to_dict(orient="index") for course in (first, second)],
            "moved": [vars(row) for row in moved_variables(first, second)],
            "only_in_first": only_in(first, second),
            "only_in_second": only_in(second, first),
        }
    )
    return Exit.DONE


def export(options: argparse.Namespace) -> Exit:
    """Writes a result as a table."""
    from cicatrix.course import open as open_result
    from cicatrix.export import export as write_table
    from cicatrix.export import export_model

    refuse_overwriting(options.result, options.output)
    refuse_replacing(Path(options.output), "a table")
    if options.format in ("sbml", "equations"):
        model = options.result in _core.models()  # before the scenario that came with this copy and is called so
        source = options.result if model else scenario_file(options.result)
        export_model(source, options.output, form=options.format)
    else:
        write_table(open_result(options.result), options.output, form=options.format)
    print(options.output)
    return Exit.DONE
