"""`cicatrix check` of a result file."""

import argparse
import hashlib
from typing import TYPE_CHECKING, Any

from cicatrix import _core
from cicatrix.outcome import Exit
from cicatrix.plain_json import print_json

if TYPE_CHECKING:
    import xarray as xr


def check_result(options: argparse.Namespace) -> Exit:
    """Says whether a result file is whole, and whether what it holds reached its end."""
    from cicatrix.course import failure_text
    from cicatrix.course import open as open_result

    if options.resolved:
        print(str(open_result(options.file).attrs.get("scenario_resolved", "")).rstrip("\n"))
        return Exit.DONE
    course = open_result(options.file)
    if "member" in course.dims or "study" in course.attrs:
        return _check_many(options, course)
    fault, damage = failure_text(course), _damage(course)
    if options.json:
        print_json({"file": options.file, "ok": not damage and not fault, "fault": fault or None, "damage": damage})
    elif damage or fault:
        texts = [*damage, fault] if fault else damage
        print("\n".join(f"{options.file}: {text}" for text in texts))
    else:
        stamp = f"version {course.attrs.get('version', 'unknown')}, {len(course.variables)} variables"
        print(f"{options.file}: whole ({stamp}, {course.sizes['time']} output times)")
    return Exit.BAD_INPUT if damage else Exit.FAILED if fault else Exit.DONE


def _damage(course: "xr.Dataset") -> list[str]:
    """What speaks against a result that could be read, which it cannot be when its bytes do not fit its seal."""
    import numpy as np

    from cicatrix.course import status_fault

    text, stored = str(course.attrs["scenario_toml"]), str(course.attrs.get("scenario_sha256", ""))
    found = []
    if hashlib.sha256(text.encode("utf-8")).hexdigest() != stored:
        found.append("the scenario in it is not the one that its checksum was made for")
    if course.attrs.get("version") == _core.version and (problems := _problems_of(text)):
        found.append(f"the scenario in it is refused: {problems[0]}")
    if not status_fault(course):
        gaps = [
            str(name)
            for name in course.data_vars
            if course[name].dims in (("time",), ("time", "position")) and not np.isfinite(course[name].values).all()
        ]
        found += [f"{name} has values that are not numbers" for name in gaps]
    return found


def _problems_of(text: str) -> list[str]:
    try:
        _core.parse_scenario(text, "scenario of the result")
    except _core.InputError as error:
        return [problem.text for problem in error.problems]
    return []


def _check_many(options: argparse.Namespace, found: "xr.Dataset") -> Exit:
    """The same of a sweep that was made one file, and of a study, both of which were whole when they were opened."""
    stamp = f"version {found.attrs.get('version', 'unknown')}"
    if "study" in found.attrs:
        about: dict[str, Any] = {"study": str(found.attrs["study"])}
        told, failed = f"{about['study']}, {stamp}", 0
    else:
        status = found["status"].values.reshape(found.sizes["member"], -1)
        failed = int((status != 0).any(axis=1).sum())
        about = {"members": found.sizes["member"], "failed": failed}
        told = f"{stamp}, {about['members']} members" + (f", {failed} failed" if failed else "")
    if options.json:
        print_json({"file": options.file, "ok": not failed, **about})
    else:
        print(f"{options.file}: whole ({told})")
    return Exit.FAILED if failed else Exit.DONE
