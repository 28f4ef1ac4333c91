"""Adds up what the test programs left in one or more folders and prints the one line that says how it went."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree


@dataclass
class Outcome:
    """Counts of test cases, with the names of those that failed and of those that could not run."""

    passed: int = 0
    failed: list[str] = field(default_factory=list)
    skipped: list[str] = field(default_factory=list)

    def line(self) -> str:
        """The summary, for example `412 passed, 0 failed, 3 skipped`."""
        tail = f", {len(self.skipped)} skipped" if self.skipped else ""
        return f"{self.passed} passed, {len(self.failed)} failed{tail}"


def add_catch2(root: ElementTree.Element, program: str, outcome: Outcome) -> None:
    """A Catch2 program: a case passes when its overall result does; expected failures pass too."""
    for case in root.iter("TestCase"):
        result = case.find("OverallResult")
        name = f"{program}: {case.get('name')}"
        if result is not None and result.get("skips", "0") != "0" and result.get("success") == "true":
            outcome.skipped.append(name)
        elif result is not None and result.get("success") == "true":
            outcome.passed += 1
        else:
            at = case.find(".//Expression[@success='false']")
            place = "" if at is None else f" ({at.get('filename')}:{at.get('line')})"
            outcome.failed.append(name + place)


def add_junit(root: ElementTree.Element, outcome: Outcome) -> None:
    """A pytest run: a case fails when it has a failure or an error, also one of its set-up."""
    for case in root.iter("testcase"):
        name = f"{case.get('classname')}: {case.get('name')}"
        skipped = case.find("skipped")
        if case.find("failure") is not None or case.find("error") is not None:
            outcome.failed.append(name)
        elif skipped is not None:
            outcome.skipped.append(f"{name}: {skipped.get('message')}")
        else:
            outcome.passed += 1


def add_file(path: Path, outcome: Outcome) -> None:
    """One report; a broken or empty one is a program that died, which counts as one failure."""
    try:
        root = ElementTree.parse(path).getroot()
    except ElementTree.ParseError:
        outcome.failed.append(f"{path.stem} ended before its report was complete")
        return
    if root.tag in {"testsuites", "testsuite"}:
        add_junit(root, outcome)
    else:
        add_catch2(root, path.stem, outcome)


def log_ends(folder: Path, lines: int = 30) -> list[str]:
    """The last lines of each log in a folder, headed by its name."""
    ends = []
    for log in sorted(folder.glob("*.log")):
        text = log.read_text(encoding="utf-8", errors="replace").splitlines()
        ends += [f"--- {log}", *text[-lines:]] if text else []
    return ends


def main(folders: list[str]) -> int:
    """0 when something passed and nothing failed, else 1."""
    outcome = Outcome()
    for folder in map(Path, folders):
        before = len(outcome.failed)
        for report in sorted(folder.glob("*.xml")):
            add_file(report, outcome)
        not_run = folder / "not_run.txt"
        if not_run.exists():
            outcome.skipped += not_run.read_text(encoding="utf-8").splitlines()
        if len(outcome.failed) > before:
            print("\n".join(log_ends(folder)), file=sys.stderr)
    for name in outcome.skipped:
        print(f"not run: {name}", file=sys.stderr)
    for name in outcome.failed:
        print(f"FAILED: {name}", file=sys.stderr)
    print(outcome.line())
    return 0 if outcome.passed and not outcome.failed else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
