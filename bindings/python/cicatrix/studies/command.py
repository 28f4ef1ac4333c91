"""The commands `cicatrix sensitivity` and `cicatrix optimum`."""

import argparse
import math
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xarray as xr

from cicatrix.commands import refuse_overwriting, refuse_replacing
from cicatrix.outcome import Exit, RefusedError
from cicatrix.plain_json import print_json
from cicatrix.progress import ProgressLine
from cicatrix.result_kinds import kind_of_study
from cicatrix.storage import require_place
from cicatrix.studies.drawing import figure_of, write_figure
from cicatrix.studies.evidence import outcomes_of, sentences, table_text
from cicatrix.studies.front_figure import LONE_GOAL, protocol_text
from cicatrix.studies.optimum import asked_task
from cicatrix.studies.optimum import optimum as find_optimum
from cicatrix.studies.sensitivity import sensitivity as find_sensitivity
from cicatrix.studies.study_file import write_study
from cicatrix.sweeps.sources import described_in, name_of
from cicatrix.told_errors import UnusableError

LISTED = 12  # protocols of a front that are printed
AT_END = 1e-4  # of what a choice may be: so near to an end it counts as there


def sensitivity(options: argparse.Namespace) -> Exit:
    """Says what the outcomes of a sweep depend on, and writes it."""
    source = described_in(options.scenario)
    target = _target(options, source, "sensitivity")
    _require_places(source, target, options.figure)

    def study(progress: ProgressLine) -> xr.Dataset:
        return find_sensitivity(
            source,
            method=options.method,
            until=options.until,
            within=options.within,
            samples=options.samples,
            threads=options.threads,
            single_precision=options.single_precision,
            progress=progress,
        )

    refuse_replacing(target, kind_of_study({"study": "sensitivity", "method": options.method}))
    found = _watched("looking for what matters", options, study)
    _write(found, target, options)
    if options.json:
        print_json({"result": str(target), "figure": options.figure, **_sensitivity_told(found)})
    else:
        print(_paths(target, options))
        print(_sensitivity_text(found))
    return Exit.DONE


def optimum(options: argparse.Namespace) -> Exit:
    """Looks for the best protocol and writes what it found."""
    source = described_in(options.scenario)
    target = _target(options, source, "optimum")
    _require_places(source, target, options.figure)
    asked = {
        "minimise": options.minimise,
        "maximise": options.maximise,
        "subject_to": options.subject_to,
        "over": dict(map(_choice, options.vary)) or None,
    }

    def study(progress: ProgressLine) -> xr.Dataset:
        if options.figure and not asked_task(source, **asked).has_axes:
            raise UnusableError(f"{options.figure}: {LONE_GOAL}; add --subject-to or a second goal")
        return find_optimum(source, **asked, within=options.within, threads=options.threads, progress=progress)

    goals = {"minimise": "; ".join(options.minimise), "maximise": "; ".join(options.maximise)}
    refuse_replacing(target, kind_of_study({"study": "optimum", **goals}))
    found = _watched("looking for the best protocol", options, study)
    _write(found, target, options)
    if options.json:
        print_json({"result": str(target), "figure": options.figure, **_optimum_told(found)})
    else:
        print(_paths(target, options))
        print(_optimum_text(found))
    return Exit.DONE if found.attrs["feasible"] else Exit.FAILED


def _target(options: argparse.Namespace, source: str, study: str) -> Path:
    return Path(options.output or f"{name_of(source)}.{study}.nc")


def _require_places(source: str, target: Path, figure: str | None) -> None:
    refuse_overwriting(source, target, figure)
    require_place(target)
    if figure:
        require_place(figure)


def _watched(text: str, options: argparse.Namespace, study: Callable[[ProgressLine], xr.Dataset]) -> xr.Dataset:
    """Runs a study under a line of progress; what it cannot be asked is a matter of usage."""
    line = ProgressLine(text, quiet=options.quiet or options.json)
    try:
        return study(line)
    except ValueError as error:
        if hasattr(error, "problems"):  # a fault of the scenario, which says by itself where
            raise
        raise RefusedError(Exit.USAGE, str(error)) from None
    finally:
        line.clear()


def _write(found: xr.Dataset, target: Path, options: argparse.Namespace) -> None:
    write_study(found, target)
    if options.figure:
        try:
            write_figure(*figure_of(found), options.figure)
        except ValueError as error:
            raise RefusedError(Exit.USAGE, f"{options.figure}: {error}") from None


def _choice(text: str) -> tuple[str, Any]:
    """`KEY=CHOICE`; a choice in brackets is a list."""
    name, sign, wish = text.partition("=")
    if not sign:
        raise RefusedError(Exit.USAGE, f"--vary {text}: has to be KEY=CHOICE, 'device.needle_length=0.5 mm to 2 mm'")
    listed = wish.strip()
    if listed.startswith("[") and listed.endswith("]"):
        return name.strip(), [part.strip().strip("'\"") for part in listed[1:-1].split(",") if part.strip()]
    return name.strip(), listed


def _paths(target: Path, options: argparse.Namespace) -> str:
    lines = [f"result  {target}", *([f"figure  {options.figure}"] if options.figure else [])]
    return "\n".join([*lines, ""])


def _sensitivity_text(study: xr.Dataset) -> str:
    counted = "samples" if study.attrs["method"] == "sobol" else "trajectories"
    head = f"{study.attrs[counted]} {counted}, {study.attrs['evaluations']} runs; {study.attrs['stopped']}"
    parts = [head + (f"\nthe widest interval is {study.attrs['widest']}" if "widest" in study.attrs else "")]
    if lost := int(study["without_value"].sum()):
        parts.append(f"{lost} outcomes without a value were left out, together with those that they are compared with")
    for name, where in outcomes_of(study):
        told = [name, table_text(study, where), *sentences(study, where)]
        parts.append("\n".join(text for text in told if text))
    return "\n\n".join(parts)


def _sensitivity_told(study: xr.Dataset) -> dict[str, Any]:
    keys = ("title", "method", "samples", "trajectories", "evaluations", "stopped", "widest", "seed")
    numbers = [str(name) for name in study.data_vars if study[name].dims[:1] == ("factor",)]
    outcomes = []
    for name, where in outcomes_of(study):
        at = study.sel(where)
        factors = {
            str(factor): {key: float(at[key].values[row]) for key in numbers}
            for row, factor in enumerate(study["factor"].values)
        }
        outcomes.append({"outcome": name, "factors": factors, "told": sentences(study, where)})
    return {**{key: study.attrs[key] for key in keys if key in study.attrs}, "outcomes": outcomes}


def _optimum_text(found: xr.Dataset) -> str:
    head = f"{found.attrs['evaluations']} protocols tried; {found.attrs['stopped']}"
    if not found.attrs["feasible"]:
        head += f"\nno protocol meets the conditions ({found.attrs['subject_to']}); this one comes nearest"
    rows = _rows(found)
    lines = [f"{protocol_text(found, row, digits=6)}: {_outcomes_text(found, row)}" for row in rows]
    if len(rows) < found.sizes["candidate"]:
        lines.append(f"{len(rows)} of {found.sizes['candidate']} protocols of the front; the file has all")
    return "\n".join([head, "", *lines, *_edges(found)])


def _edges(found: xr.Dataset) -> list[str]:
    """Which choices of the one best protocol lie at an end of what was allowed."""
    if found.sizes["candidate"] > 1 or not found.attrs["feasible"]:
        return []
    told = []
    for name in str(found.attrs["choices"]).split("; "):
        low, high = (float(found[name].attrs.get(key, math.nan)) for key in ("valid_min", "valid_max"))
        if not low < high:
            continue  # words, or a single choice
        for end, word in ((low, "least"), (high, "most")):
            if abs(float(found[name].values[0]) - end) <= AT_END * (high - low):
                told.append(f"{name} is the {word} that may be chosen: beyond it there may be a better one")
    return told


def _rows(found: xr.Dataset) -> list[int]:
    count = found.sizes["candidate"]
    shown = min(count, LISTED)
    return [round(i * (count - 1) / max(shown - 1, 1)) for i in range(shown)]


def _outcome_names(found: xr.Dataset) -> list[str]:
    tried = [str(name).removeprefix("tried_") for name in found.data_vars if str(name).startswith("tried_")]
    return [name for name in tried if name in found]


def _outcomes_text(found: xr.Dataset, row: int) -> str:
    parts = []
    for name in _outcome_names(found):
        unit = str(found[name].attrs.get("units", "1"))
        parts.append(f"{name} {float(found[name].values[row]):.4g} {'' if unit == '1' else unit}".rstrip())
    return ", ".join(parts)


def _optimum_told(found: xr.Dataset) -> dict[str, Any]:
    keys = ("title", "minimise", "maximise", "subject_to", "evaluations", "failed", "stopped", "seed")
    names = [*str(found.attrs["choices"]).split("; "), *_outcome_names(found)]
    protocols = [
        {
            name: found[name].values[row].item()
            if hasattr(found[name].values[row], "item")
            else found[name].values[row]
            for name in names
        }
        for row in range(found.sizes["candidate"])
    ]
    return {
        **{key: found.attrs[key] for key in keys},
        "feasible": bool(found.attrs["feasible"]),
        "protocols": protocols,
    }
