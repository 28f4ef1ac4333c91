"""Compares the project's solver with others; peers.sh builds what this runs. Prints Markdown."""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

from bench.peers import measure, report
from bench.peers.engines import PROBLEMS, Places, start_all

ERRORS = (1e-3, 1e-4, 1e-5, 1e-6, 1e-7)


Found = tuple[list[measure.Point], list[measure.Sweep], dict[str, str]]


def compare(problem: str, places: Places, quick: bool) -> tuple[str, Found]:
    """Everything about one problem: its tables, its numbers, and which engines are not there."""
    engines, missing = start_all(problem, places, quick)
    states = len(json.loads((places.problems / f"{problem}.json").read_text())["states"])
    share, rounds = (0.125, 1) if quick else (1.0, 5)
    most = max(int(share * engine.entry.members[problem]) for engine in engines)
    judge = measure.Judge(engines, states, most, places)
    points = measure.work_precision(engines, judge, rounds, share)
    single = measure.one_trajectory(engines, points, rounds)
    swept = measure.sweeps(engines, points, 1e-4 if problem == "microneedling" else 1e-6, 10_000, rounds, not quick)
    same_bits = measure.agree_to_the_bit(engines, judge)
    measure.closed(engines, places.errors)
    tables = [
        f"## {report.TITLES[problem]}\n\n{judge.verdict}",
        f"Rodas5P in lanes of every width finds {'the same bits' if same_bits else 'DIFFERENT bits'}.\n",
        "CPU time a member at equal achieved error, 100 outputs:\n",
        report.at_equal_error(points, ERRORS, "all_outputs"),
        "The same with the last output alone, at the tolerances that give these errors at all 100:\n",
        report.at_equal_error(points, (1e-4, 1e-6), "last_output"),
        "One trajectory alone:\n",
        report.single_table(single),
        "Whole sweeps:\n",
        report.sweep_table(swept),
    ]
    return "\n".join(tables), (points, swept, missing)


def main() -> None:
    """Measures, prints, and leaves tables, a plot and the numbers."""
    parser = argparse.ArgumentParser(prog="peers.sh", description=__doc__)
    parser.add_argument("--build", type=Path, required=True, help="the build folder")
    parser.add_argument("--out", type=Path, required=True, help="where tables, plot and numbers go")
    parser.add_argument(
        "--quick", action="store_true", help="an eighth of the members, one round, engines that start fast"
    )
    options = parser.parse_args()
    options.out.mkdir(parents=True, exist_ok=True)
    load = os.getloadavg()[2]
    texts: list[str] = []
    points: list[measure.Point] = []
    swept: list[measure.Sweep] = []
    missing: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as scratch:
        places = Places(options.build / "tests/peers", options.build / "peers/problems", Path(scratch))
        measure.write_problems(places, 128)
        for problem in PROBLEMS:
            text, (found, whole, not_there) = compare(problem, places, options.quick)
            texts.append(text)
            points, swept, missing = points + found, swept + whole, missing | not_there
    texts.append(report.foot(options.build / "CMakeCache.txt", missing, load))
    print("\n".join(texts))
    (options.out / "peers.md").write_text("\n".join(["# The solver and its peers", "", *texts]))
    report.plot(points, options.out / "work_precision.svg")
    report.write_csv(points, options.out / "work_precision.csv")
    report.write_csv(swept, options.out / "sweeps.csv")


if __name__ == "__main__":
    main()
