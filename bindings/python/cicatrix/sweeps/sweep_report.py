"""The report of a sweep: one HTML page that needs nothing else, from the Dataset of a directory or of a merged file."""

import os
import shlex
from collections.abc import Iterable, Sequence
from html import escape
from math import sqrt
from pathlib import Path

import numpy as np
import xarray as xr

from cicatrix import _core
from cicatrix.headline import caution
from cicatrix.hover_charts import ChartBook
from cicatrix.percent import share_text
from cicatrix.readouts import printed_unit, spoken
from cicatrix.report_evidence import amount_text, certainty, provenance, scenario_text
from cicatrix.report_page import anchor, commands, document, facts, figure, listed, prose, section, table
from cicatrix.studies.drawing import figure_of
from cicatrix.studies.factor_grid import MISSED, PERSON, by_arm, factors_of, levels_of, missed_counts, outcomes_of
from cicatrix.studies.figure_files import FEWEST
from cicatrix.studies.heat_map import is_mapped
from cicatrix.studies.level_figure import level_figure, level_words
from cicatrix.studies.level_means import LevelMeans, strongest
from cicatrix.studies.pairs import LEVEL, PairedDifference, paired, student
from cicatrix.studies.pairs_figure import pairs_figure, pairs_words
from cicatrix.svg import MARKS, inline_svg
from cicatrix.sweeps.distributions import distribution, distribution_figure, distribution_words, quantiles
from cicatrix.sweeps.failed import failures_of
from cicatrix.sweeps.progress import count_text
from cicatrix.sweeps.store import is_store
from cicatrix.sweeps.sweep_charts import distribution_charts, level_charts, pairs_chart, scatter_charts
from cicatrix.sweeps.sweeping import one_failure_text, replay_line
from cicatrix.sweeps.warned import warning_lines

MOST_OUTCOMES = 8  # that are drawn; the table has all
MOST_FACTORS = 8  # of those along which an outcome changes, in a table
MOST_VARIED = 20  # rows of what was varied
MOST_FAILED = 20  # failures that are listed
MOST_LEVELS = 8  # levels that are named


class _Asked:
    """A sweep with what its scenario says beyond its Dataset."""

    def __init__(self, sweep: xr.Dataset, source: str) -> None:
        self.sweep = sweep
        self.source = source  # the directory or the file that the page names
        self.scenario = Path(str(sweep.attrs.get("scenario_file", "")) or "scenario.toml").name
        self.outcomes = outcomes_of(sweep)
        self.failures = failures_of(sweep)
        self.planned = _planned(sweep, self.scenario)

    @property
    def is_folder(self) -> bool:
        return Path(self.source).is_dir() and is_store(Path(self.source))

    @property
    def arms(self) -> list[str]:
        return [str(arm) for arm in self.sweep["arm"].values] if "arm" in self.sweep.dims else []

    def unit(self, outcome: str) -> str:
        return printed_unit(str(self.sweep[outcome].attrs.get("units", "1")))


def _planned(sweep: xr.Dataset, name: str) -> "_core.Sweep | None":
    """The sweep as its scenario plans it; None where the Dataset holds no scenario that can still be read."""
    try:
        return _core.parse_sweep(str(sweep.attrs.get("scenario_toml", "")), name)
    except _core.InputError:
        return None


def sweep_page(sweep: xr.Dataset, *, source: str | os.PathLike[str] = "") -> str:
    """The report as one HTML text; `source` is the directory or file that it names."""
    asked = _Asked(sweep, os.fspath(source) or str(sweep.encoding.get("source", "sweep.nc")))
    title = str(sweep.attrs.get("title", "")) or "Sweep"
    book = ChartBook()
    sections = [
        section("What was varied", _design(asked)),
        section("Members that failed", _failed(asked)),
        section("The outcomes", _outcomes(asked, book)),
        section("The first outcome", _first_outcome(asked, book)),
        section("The same members under each protocol", _pairs(asked, book)),
        section("Which factor matters", _factors(asked, book)),
        section("How sure are we?", certainty(sweep)),
        section("Where this comes from", _provenance(asked)),
    ]
    return document(title, _opening(asked, title), sections, book)


def _opening(asked: _Asked, title: str) -> str:
    sweep = asked.sweep
    question = str(sweep.attrs.get("summary", ""))
    lines = [f'<p class="question">{escape(question)}</p>'] if question else []
    warned = warning_lines(asked.planned) if asked.planned else []
    lines += [f'<p class="warning">Warning: {escape(line)}</p>' for line in warned]
    lines.append(f'<p class="answer">{escape(_answer(asked))}</p>')
    if failed := len({failure.member for failure in asked.failures}):
        left_out = "are left out where they failed" if asked.arms else "are in no number below"
        told = f"{count_text(failed)} of {count_text(sweep.sizes['member'])} members failed and {left_out}."
        lines.append(f'<p class="warning">{told}</p>')
    lines += [f'<p class="warning">{escape(caution(sweep))}</p>'] if caution(sweep) else []
    return f"<header>\n<h1>{escape(title)}</h1>\n" + "\n".join(lines) + "\n</header>"


def _answer(asked: _Asked) -> str:
    """The first outcome in one sentence."""
    outcome = asked.outcomes[0]
    if found := _differences(asked, outcome):
        return f"{found[0]}."
    told = []
    for arm, values in by_arm(asked.sweep, outcome).items():
        texts = _amounts(quantiles(values))
        low, _, middle, _, high = (f"{text} {asked.unit(outcome)}".rstrip() for text in texts)
        told.append(f"{arm + ': ' if arm else ''}median {middle}, nine tenths of the members from {low} to {high}")
    return f"{spoken(outcome)} of {count_text(asked.sweep.sizes['member'])} members: {'; '.join(told)}."


def _amounts(values: Iterable[float], beside: Iterable[float] = ()) -> list[str]:
    """Numbers of one table, with as many decimals as the largest of them and of those beside them takes."""
    held = list(values)
    sizes = [abs(value) for value in (*held, *beside) if np.isfinite(value)]
    return [amount_text(value, max(sizes, default=0.0)) for value in held]


def _design(asked: _Asked) -> str:
    sweep, planned = asked.sweep, asked.planned
    known = [("members", count_text(sweep.sizes["member"]))]
    known += [("design", planned.design_name)] if planned else []
    known += [("protocols, each for the same members", ", ".join(asked.arms))] if asked.arms else []
    words = {factor.name: factor.distribution for factor in planned.factors} if planned else {}
    names = [name for name in factors_of(sweep) if name != PERSON]
    rows = [_varied_row(sweep, name, words.get(name, "")) for name in names[:MOST_VARIED]]
    body = facts(known)
    if rows:
        heads = ["what varies", "unit", "from", "median", "to", "drawn from"]
        body += "\n" + table(heads, rows, "What differs between the members, as it came out.")
    more = len(names) - MOST_VARIED
    return body + (f"\n<p>And {more} more; the scenario below names all.</p>" if more > 0 else "")


def _varied_row(sweep: xr.Dataset, name: str, drawn_from: str) -> list[str]:
    """A factor and its spread; of missed sessions how many they are, since their number says which."""
    if name != MISSED:
        return [name, *_spread(sweep, name, drawn_from)]
    counts = missed_counts(sweep)
    ends = (counts.min(), float(np.median(counts)), counts.max())
    return ["missed sessions", "", *(f"{count:g}" for count in ends), drawn_from]


def _spread(sweep: xr.Dataset, name: str, drawn_from: str) -> list[str]:
    """Unit, least, median and greatest of a factor, and what it was drawn from; of words, which there are."""
    levels = levels_of(sweep, name)
    more = len(levels.texts) - MOST_LEVELS
    told = ", ".join(levels.texts[:MOST_LEVELS]) + (f" and {more} more" if more > 0 else "")
    if levels.is_worded:
        return ["", "", "", "", drawn_from or told]
    values = np.asarray(sweep[name].values, dtype=float)
    ends = (values.min(), float(np.median(values)), values.max())
    return [printed_unit(levels.unit), *(f"{value:.4g}" for value in ends), drawn_from or told]


def _failed(asked: _Asked) -> str:
    if not asked.failures:
        return f"<p>None of {count_text(asked.sweep.sizes['member'])}.</p>"
    source = shlex.quote(asked.source) if asked.is_folder else asked.scenario
    lines = []
    for failure in asked.failures[:MOST_FAILED]:
        again = f"<pre><code>{escape(replay_line(source, failure))}</code></pre>"
        lines.append(f"<li>{escape(one_failure_text(failure))}{again}</li>")
    more = len(asked.failures) - MOST_FAILED
    told = f"\n<p>And {count_text(more)} more.</p>" if more > 0 else ""
    return "<ul>\n" + "\n".join(lines) + f"\n</ul>{told}"


def _outcomes(asked: _Asked, book: ChartBook) -> str:
    heads = ["outcome", *(["protocol"] if asked.arms else []), "unit", "5 %", "25 %", "median", "75 %", "95 %", "known"]
    rows = []
    for outcome in asked.outcomes:
        held = by_arm(asked.sweep, outcome)
        every = np.concatenate([quantiles(values) for values in held.values()])
        for arm, values in held.items():
            cells = _amounts(quantiles(values), beside=every)
            known = f"{int(np.isfinite(values).sum())}"
            rows.append([spoken(outcome), *([arm] if arm else []), asked.unit(outcome), *cells, known])
    told = table(heads, rows, "Quantiles over the members that have a value.")
    found = [each for name in asked.outcomes[:MOST_OUTCOMES] if (each := distribution(asked.sweep, name))]
    if not found:
        return told
    words, title = distribution_words(asked.sweep, found), "How the outcomes are spread"
    drawing = distribution_figure(asked.sweep, found, palette=MARKS)
    drawn = inline_svg(drawing, title=title, description=words, key=anchor(title))
    return f"{told}\n{figure(drawn, book.add(distribution_charts(found), key=anchor(title)))}"


def _first_outcome(asked: _Asked, book: ChartBook) -> str:
    """The figure that `cicatrix sweep --figure` draws: a map of a grid, otherwise points; pairs stand apart."""
    outcome, title = asked.outcomes[0], "The first outcome"
    if asked.arms or not factors_of(asked.sweep) or not np.isfinite(asked.sweep[outcome].values).any():
        return ""
    try:
        drawing, words = figure_of(asked.sweep, outcome, palette=MARKS)
    except ValueError:
        return ""
    drawn = inline_svg(drawing, title=title, description=words, key=anchor(title))
    charts = [] if is_mapped(asked.sweep, outcome) else scatter_charts(asked.sweep, outcome)
    return figure(drawn, book.add(charts, key=anchor(title)), escape(words))


def _paired(asked: _Asked, outcome: str, second: str) -> PairedDifference | None:
    """The difference from the first protocol; None where too few pairs are known."""
    try:
        return paired(asked.sweep, outcome, first=asked.arms[0], second=second)
    except ValueError:
        return None


def _differences(asked: _Asked, outcome: str) -> list[PairedDifference]:
    """Of an outcome under every other protocol from that under the first, where enough pairs are known."""
    return [each for second in asked.arms[1:] if (each := _paired(asked, outcome, second))]


def _pairs(asked: _Asked, book: ChartBook) -> str:
    if len(asked.arms) < 2:
        return ""
    found = [each for outcome in asked.outcomes for each in _differences(asked, outcome)]
    if not found:
        return f"<p>Differences take {FEWEST} pairs or more in which both are known.</p>"
    share = f"{100 * LEVEL:.0f} %"
    heads = ["outcome", "second less first", "unit", "mean", share, "median", share, "lower in", "pairs"]
    rows = [_pairs_row(each) for each in found]
    caption = f"Differences patient by patient, with {share} intervals of mean and median."
    first, title = found[0], "Differences patient by patient"
    of = {"first": first.first, "second": first.second}
    drawing, words = (
        pairs_figure(asked.sweep, first.outcome, **of, palette=MARKS),
        pairs_words(asked.sweep, first.outcome, **of),
    )
    drawn = inline_svg(drawing, title=title, description=words, key=anchor(title))
    live = book.add([pairs_chart(first)], key=anchor(title))
    return f"{table(heads, rows, caption)}\n{figure(drawn, live, escape(words))}"


def _pairs_row(found: PairedDifference) -> list[str]:
    ends = ((found.mean_low, found.mean_high), (found.median_low, found.median_high))
    mean, median = (f"{low:+.3g} to {high:+.3g}" for low, high in ends)
    told = [spoken(found.outcome), f"{found.second} less {found.first}", printed_unit(found.unit)]
    told += [f"{found.mean:+.3g}", mean, f"{found.median:+.3g}", median]
    return [*told, share_text(found.share_below), str(found.differences.size)]


def _factors(asked: _Asked, book: ChartBook) -> str:
    """For each outcome how its mean goes along the factors; the first one is drawn as well."""
    parts = []
    for number, outcome in enumerate(asked.outcomes):
        if not (every := strongest(asked.sweep, outcome)):
            continue
        told = _level_table(asked, outcome, every)
        if number == 0:
            title = "Along each factor"
            drawing, words = (
                level_figure(asked.sweep, outcome, every, palette=MARKS),
                level_words(asked.sweep, outcome, every),
            )
            drawn = inline_svg(drawing, title=title, description=words, key=anchor(title))
            parts.append(figure(drawn, book.add(level_charts(asked.sweep, outcome, every), key=anchor(title))))
            parts.append(told)
        else:
            parts.append(f"<details>\n<summary>{escape(spoken(outcome))}</summary>\n{told}\n</details>")
    return "\n".join([prose(_reading()), *parts]) if parts else ""


def _reading() -> str:
    """How the tables are to be read."""
    return (
        "Means of an outcome along one factor, over all that differs besides, in slices that hold as many members each "
        "or at each of its values. They say what goes with the outcome within this sweep; how much of its variance is "
        "owed to each factor is what `cicatrix sensitivity` tells."
    )


def _chance(asked: _Asked, members: int) -> str:
    """How large a rank correlation of that many members with a value may be by chance; nothing of a grid.

    The bound is that of Student's t of a correlation with as many degrees of freedom as members less two.
    """
    if (asked.planned and asked.planned.design_name == "grid") or members < FEWEST + 1:
        return ""
    reach = student(members - 2)
    bound = reach / sqrt(members - 2 + reach**2)
    told = f"Of {count_text(members)} members with a value rank correlations between -{bound:.2g} and {bound:.2g}"
    return f" {told} may be chance ({100 * LEVEL:.0f} %, for each factor by itself)."


def _level_table(asked: _Asked, outcome: str, every: Sequence[list[LevelMeans]]) -> str:
    shown = [each for means in every[:MOST_FACTORS] for each in means]
    scale = max(float(np.abs(each.means).max()) for each in shown)
    known = int(shown[0].counts.sum())  # the same members along each factor
    rows = [_level_row(each, scale) for each in shown]
    arms = ["protocol"] if asked.arms else []
    heads = ["factor", *arms, "lowest mean", "at", "highest mean", "at", "rank correlation"]
    unit = f" ({asked.unit(outcome)})" if asked.unit(outcome) else ""
    more = len(every) - MOST_FACTORS
    hidden = f" The {MOST_FACTORS} strongest of {len(every)} factors." if more > 0 else ""
    return table(heads, rows, f"{spoken(outcome)}{unit} along each factor.{hidden}{_chance(asked, known)}")


def _level_row(means: LevelMeans, scale: float) -> list[str]:
    ends = (int(means.means.argmin()), int(means.means.argmax()))
    told = [text for end in ends for text in (amount_text(float(means.means[end]), scale), means.words[end])]
    correlation = f"{means.correlation:+.2f}" if np.isfinite(means.correlation) else ""
    return [means.levels.title, *([means.arm] if means.arm else []), *told, correlation]


def _provenance(asked: _Asked) -> str:
    name = Path(asked.source).name
    stem = name.removesuffix(".nc").removesuffix(".sweep")
    folder = name if asked.is_folder else f"{stem}.sweep"
    screening = " --single-precision" if str(asked.sweep.attrs.get("precision", "")) == "single" else ""
    lines = [
        f"cicatrix sweep {shlex.quote(asked.scenario)}{screening} -o {shlex.quote(folder)}",
        f"cicatrix merge {shlex.quote(folder)} -o {shlex.quote(f'{stem}.nc')}",
        f"cicatrix report {shlex.quote(f'{stem}.nc')}",
    ]
    told = f"With the scenario below saved as {asked.scenario}, the same version computes every bit of it again:"
    notes = listed(line for line in str(asked.sweep.attrs.get("notes", "")).splitlines() if line.strip())
    return "\n".join(
        [facts(provenance(asked.sweep)), notes, f"<p>{escape(told)}</p>", commands(lines), scenario_text(asked.sweep)]
    )
