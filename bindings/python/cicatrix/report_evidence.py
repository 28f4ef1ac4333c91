"""What a report says of its own certainty, and of where its numbers come from."""

from collections import Counter
from html import escape
from math import floor, log10
from pathlib import Path

import numpy as np
import xarray as xr

from cicatrix.glossary import GRADES
from cicatrix.report_page import table

SMALLEST, LARGEST = 1e-5, 1e6  # beyond these numbers are written with their power of ten
PROVENANCE = {
    "version": "version",
    "git_commit": "commit",
    "compiler": "compiler",
    "schema_version": "format of the file",
    "model": "model",
    "seed": "seed",
    "precision": "precision",
    "scenario_sha256": "SHA-256 of the scenario",
}


def certainty(found: xr.Dataset) -> str:
    """Whether the numbers have been fitted to data, and how the parameters behind them are graded."""
    calibrated = str(found.attrs.get("calibrated", "no"))
    told = "<p>The shape and the order of events follow published models and measurements; the size of the effects has"
    told += " not been fitted to data.</p>"
    told = told if calibrated == "no" else f"<p>Calibrated: {escape(calibrated)}.</p>"
    if "parameter_grade" not in found:
        return told
    grades = Counter(str(grade) for grade in found["parameter_grade"].values)
    count = sum(grades.values())
    assumed = grades.get("assumed", 0)
    told += f"\n<p>{assumed} of {count} parameters ({100 * assumed / count:.0f} %) are assumed.</p>"
    order = [*GRADES, *sorted(set(grades) - set(GRADES))]
    rows = [[grade, GRADES.get(grade, ""), str(grades.get(grade, 0))] for grade in order]
    return told + "\n" + table(["grade", "what it means", "parameters"], rows, "Evidence behind the parameters.")


def provenance(found: xr.Dataset) -> list[tuple[str, str]]:
    """What made the numbers, by name."""
    known = [(told, number_text(found.attrs[key])) for key, told in PROVENANCE.items() if str(found.attrs.get(key, ""))]
    if file := str(found.attrs.get("scenario_file", "")):
        known.append(("scenario file", Path(file).name))
    return known


def number_text(value: object) -> str:
    """A number in four digits; another value as it is."""
    if isinstance(value, float | np.floating):
        return "none" if np.isnan(value) else f"{value:.4g}"
    return str(value)


def amount_text(value: float, scale: float) -> str:
    """A number beside others of which `scale` is the largest: as many decimals as that one has in four digits."""
    if not np.isfinite(value):
        return "no value"
    if not SMALLEST < scale < LARGEST:
        return f"{value:.4g}"
    text = f"{value:.{max(0, 3 - floor(log10(scale)))}f}"
    return text.removeprefix("-") if not text.strip("-0.") else text


def scenario_text(found: xr.Dataset) -> str:
    """The scenario, to be opened by the reader."""
    scenario = escape(str(found.attrs.get("scenario_toml", "")))
    told = "<summary>The scenario, exactly as it was run</summary>"
    return f"<details>\n{told}\n<pre><code>{scenario}</code></pre>\n</details>"
