"""What a comparison leaves: tables in Markdown, a plot of work against precision, all numbers as CSV."""

from __future__ import annotations

import csv
import dataclasses
import math
import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from datetime import date
from importlib import metadata
from pathlib import Path
from typing import Any

import matplotlib
import matplotlib.pyplot as plt

from bench.peers.engines import ENTRIES
from bench.peers.measure import Point, Sweep, at_error, points_of

matplotlib.use("Agg")
matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "peers"})  # text as text, the same file each time
FIRST = ENTRIES[0].name
TITLES = {"microneedling": "MN-26, four sessions, two years", "hires": "HIRES, rate constants +-50 %"}


def number(value: float) -> str:
    """Three digits, or a dash for what was not measured."""
    if math.isnan(value):
        return "-"
    return f"{value:.0f}" if value >= 100 else f"{value:.3g}"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines) + "\n"


def at_equal_error(points: list[Point], errors: Sequence[float], quantity: str) -> str:
    """Milliseconds a member at some errors, and the ratio to the first engine."""
    entries = [entry for entry in ENTRIES if points_of(points, entry)]
    first = {error: at_error(points_of(points, entries[0]), error, quantity) for error in errors}
    head = ["engine"] + [text for error in errors for text in (f"ms at {error:.0e}", "ratio")]
    rows = []
    for entry in entries:
        times = {error: at_error(points_of(points, entry), error, quantity) for error in errors}
        pairs = [text for error in errors for text in (number(times[error]), number(times[error] / first[error]))]
        rows.append([entry.name, *pairs])
    return table(head, rows)


def single_table(single: dict[tuple[str, float], float]) -> str:
    """One trajectory alone."""
    names = [entry.name for entry in ENTRIES if (entry.name, 1e-4) in single or (entry.name, 1e-6) in single]
    rows = [[name, *(number(single.get((name, error), math.nan)) for error in (1e-4, 1e-6))] for name in names]
    return table(["engine", "ms at 1e-04", "ms at 1e-06"], rows)


def sweep_table(sweeps: list[Sweep]) -> str:
    """Whole sweeps, with what a second thread brings."""
    head = ["engine", "members", "outputs", "threads", "rtol", "CPU s", "wall s", "wall of one thread / wall", "failed"]
    alone = {(sweep.engine, sweep.wanted): sweep for sweep in sweeps if sweep.threads == 1}
    rows = [
        [
            sweep.engine, str(sweep.members), sweep.wanted, str(sweep.threads), f"{sweep.relative:.1e}",
            number(sweep.cpu), number(sweep.wall), number(alone[sweep.engine, sweep.wanted].wall / sweep.wall),
            str(sweep.failed),
        ]
        for sweep in sweeps
    ]  # fmt: skip
    return table(head, rows)


def first_match(pattern: str, path: Path) -> str:
    """What a pattern finds in a file that may not be there."""
    found = re.search(pattern, path.read_text()) if path.exists() else None
    return found.group(1) if found else "?"


def foot(cache: Path, missing: dict[str, str], load: float) -> str:
    """Machine and its load before, compilers, versions, and who is not there and why."""
    cpu = Path("/proc/cpuinfo")
    model = first_match(r"model name\s*: (.*)", cpu)
    identity = "/".join(first_match(name + r"\s*: (\d+)", cpu) for name in ("cpu family", "model"))
    widest = "AVX-512" if "avx512f" in cpu.read_text() else "AVX2" if "avx2" in cpu.read_text() else "SSE2"
    sundials = Path(first_match(r"CICATRIX_SUNDIALS:PATH=(.*)", cache)) / "include/sundials/sundials_config.h"
    compiler = subprocess.run(
        [first_match(r"CMAKE_CXX_COMPILER:\w+=(.*)", cache), "--version"], capture_output=True, text=True, check=True
    ).stdout.splitlines()[0]
    solver = first_match(r'SUNDIALS_VERSION "([^"]*)"', sundials)
    boost = first_match(r'BOOST_LIB_VERSION "([^"]*)"', Path("/usr/include/boost/version.hpp")).replace("_", ".")
    versions = [f"SUNDIALS {solver}", f"Boost {boost}"]
    for package in ("amici", "libroadrunner", "python-copasi", "scipy", "numpy", "numba", "diffrax", "jax"):
        try:
            versions.append(f"{package} {metadata.version(package)}")
        except metadata.PackageNotFoundError:
            versions.append(f"{package}: not installed")
    lines = [
        f"{date.today()}, {model} (family/model {identity}), {widest}; {compiler}.",
        f"{os.cpu_count()} processors, {load:.1f} busy in the quarter of an hour before.",
        "SUNDIALS from source, static, -O3 -march=native; the programs that call it and odeint likewise. Our solver:",
        "the flags of the core's kernels, -ffp-contract=off. " + ", ".join(versions) + ".",
    ]
    return "\n".join(lines) + "\n" + "".join(f"Not run: {name} ({why}).\n" for name, why in missing.items())


def plot(points: list[Point], path: Path) -> None:
    """CPU time of a member against its error, a panel a problem."""
    problems = list(dict.fromkeys(point.problem for point in points))
    figure, panels = plt.subplots(1, len(problems), figsize=(7 * len(problems), 6.5), squeeze=False)
    colours = plt.get_cmap("tab20").colors  # type: ignore[attr-defined]
    for panel, problem in zip(panels[0], problems, strict=True):
        for i, entry in enumerate(ENTRIES):
            ours = points_of([point for point in points if point.problem == problem], entry)
            if not ours:
                continue
            style: dict[str, Any] = {"lw": 2.2, "marker": "o"} if entry.is_own else {"lw": 1, "marker": "s", "ms": 4}
            x, y = [point.error for point in ours], [point.all_outputs for point in ours]
            panel.loglog(x, y, color=colours[i], label=entry.name, **style)
        panel.set(title=TITLES[problem], xlabel="achieved error (root mean square, relative)")
        panel.set_ylabel("CPU time of a member, ms")
        panel.grid(alpha=0.3, which="major")
        panel.invert_xaxis()
    handles, labels = panels[0][0].get_legend_handles_labels()
    figure.legend(handles, labels, loc="lower center", ncols=3, frameon=False, fontsize=9)
    figure.tight_layout(rect=(0, 0.21, 1, 1))
    figure.savefig(path, metadata={"Date": None})
    plt.close(figure)


def write_csv(rows: Sequence[Any], path: Path) -> None:
    """Dataclasses of one kind as a table."""
    if not rows:
        return
    with path.open("w", newline="") as file:
        writer = csv.DictWriter(file, [field.name for field in dataclasses.fields(rows[0])])
        writer.writeheader()
        writer.writerows(dataclasses.asdict(row) for row in rows)
