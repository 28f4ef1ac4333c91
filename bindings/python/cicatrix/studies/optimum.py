"""The protocol that does best: least downtime, cost or sessions for a wanted result, or the front between two goals."""

import os
import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import xarray as xr

import cicatrix.accessor  # noqa: F401  (which gives every Dataset its `.cx`)
from cicatrix import _core
from cicatrix.progress import watched
from cicatrix.scenario_files import place_of
from cicatrix.storage import readable_file
from cicatrix.studies import asked_sweep
from cicatrix.studies.asked_problems import in_the_words_given
from cicatrix.studies.asked_sweep import PathLike, Progress, Sweep
from cicatrix.studies.choices import INSIDE, Choice, Coordinates, Wish, choices_in, written_sweep
from cicatrix.studies.draws import Array
from cicatrix.studies.front import thinned, unsurpassed
from cicatrix.studies.goals import SESSIONS, Condition, Goal, check_units, condition_of, goals_of, sessions_in
from cicatrix.studies.search import Ledger, Search, Watch, meets, signed, worst_excess
from cicatrix.sweeps.engine import available_threads
from cicatrix.told_errors import UnusableError

SLICES = 8  # of a front, between its ends
SHOWN = 100  # protocols of a front that a result keeps
STEP = 1e-6  # of a coordinate, to learn how fast what it stands for moves
TRIED = 4000  # protocols that a result keeps of those that were tried
SESSION_KEY = "protocol.sessions"
_HEADER = re.compile(r"\s*\[+\s*([A-Za-z0-9_.\"' -]+?)\s*\]+\s*(#.*)?$")


@dataclass(frozen=True)
class Task:
    """What is asked: a sweep, what may be chosen in it, goals and conditions with their columns of the ledger."""

    sweep: Sweep
    choices: list[Choice]
    columns: list[str]  # texts of the outcomes, and what is counted
    goals: list[tuple[int, Goal]]
    conditions: list[tuple[int, Condition]]

    @property
    def names(self) -> list[str]:
        """The columns as identifiers."""
        known = {outcome.text: outcome.name for outcome in self.sweep.outcomes}
        return [known.get(text, text) for text in self.columns]

    @property
    def has_axes(self) -> bool:
        """Whether a figure has something to draw the goal against."""
        factors = [factor.name for factor in self.sweep.factors]
        goals = [self.names[column] for column, _ in self.goals]
        return len(goals) > 1 or bool([name for name in self.names if name not in (*factors, *goals)])

    @property
    def units(self) -> list[str]:
        """Of the columns."""
        known = {outcome.text: outcome.unit for outcome in self.sweep.outcomes}
        return [known.get(text, "1") for text in self.columns]


def optimum(
    source: PathLike | Sweep,
    *,
    minimise: str | Sequence[str] = "",
    maximise: str | Sequence[str] = "",
    subject_to: str | Sequence[str] = (),
    over: Mapping[str, Wish] | None = None,
    within: str | float = "5 minutes",
    threads: int | None = None,
    progress: Progress | bool = True,
) -> xr.Dataset:
    """The best protocol for one goal, or with two goals the protocols of which none beats another in both.

    Goals are outcomes as in `sweep.outcomes` ("downtime final"), or "sessions"; `subject_to` are conditions
    ("wrinkle_depth effect final <= -10 um"); `over` says what may be chosen:
    `{"device.needle_length": "0.5 mm to 2 mm", "protocol.passes": "1 to 20", "protocol.sessions": "every {2..8} weeks
    x {1..6}"}`; without it, what the file's own sweep varies. Where no protocol meets the conditions, the one nearest
    to meeting them comes back with `feasible` 0. The patient is that of the scenario; the same seed gives the same
    protocol unless the time ends the search. `progress` is told the share done and stops the search by returning
    False; True shows a line on a terminal. Raises InputError, FileError, ValueError, RefusedError, KeyboardInterrupt.
    """
    task = asked_task(source, minimise=minimise, maximise=maximise, subject_to=subject_to, over=over)
    goals = task.goals
    coordinates = Coordinates(task.choices)
    ledger = Ledger(outcomes_of(task, threads), coordinates)
    allowed, slopes = asked_sweep.seconds(within), slopes_of(task, coordinates, threads)
    with watched(progress, "looking for the best protocol") as told:
        watch = Watch(allowed, 1 if len(goals) == 1 else SLICES + 2, told)
        search = Search(ledger, coordinates, watch, task.sweep.seed, slopes)
        if len(goals) == 1:
            search.least(task.goals[0], task.conditions)
        else:
            _explore(task, search, ledger, watch)
    return result_of(task, ledger, "the time was over" if watch.is_over else "the search was over")


def asked_task(
    source: PathLike | Sweep,
    *,
    minimise: str | Sequence[str],
    maximise: str | Sequence[str],
    subject_to: str | Sequence[str],
    over: Mapping[str, Wish] | None,
) -> Task:
    """What is asked of `optimum`. Raises InputError, FileError, ValueError."""
    conditions = [condition_of(text) for text in ([subject_to] if isinstance(subject_to, str) else subject_to) if text]
    return task_of(source, goals_of(minimise, maximise), conditions, over)


def _explore(task: Task, search: Search, ledger: Ledger, watch: Watch) -> None:
    """Finds the ends of a front, then the least of the first goal at several limits of the second between them."""
    for goal in task.goals:
        search.least(goal, task.conditions)
    front = _front(task, ledger)
    if front.size < 2:
        return
    column, second = task.goals[1]
    reached = ledger.outcomes[front, column]
    for limit in np.linspace(reached[0], reached[-1], SLICES + 2)[1:-1]:
        if watch.is_over:
            return
        below = Condition(second.text, float(limit), second.sign)
        start = ledger.coordinates[_front(task, ledger)]
        search.least(task.goals[0], [*task.conditions, (column, below)], start)


def _front(task: Task, ledger: Ledger) -> npt.NDArray[np.int64]:
    """Rows of the ledger that meet the conditions and that none surpasses; the best one where there is one goal."""
    values = ledger.outcomes
    goals = signed(values, task.goals)
    goals[~meets(values, task.conditions)] = np.nan
    return unsurpassed(goals)


def task_of(
    source: PathLike | Sweep, goals: Sequence[Goal], conditions: Sequence[Condition], over: Mapping[str, Wish] | None
) -> Task:
    """What is asked, with the sweep that answers it. Raises InputError, FileError, ValueError."""
    asked = list(dict.fromkeys([goal.text for goal in goals] + [condition.text for condition in conditions]))
    varied = set(over or ())
    simulated = [text for text in asked if text != SESSIONS and text not in varied]
    if over is None:
        _require_choices(source)
        sweep = asked_sweep.read(source)
        choices = choices_in(sweep.factors)
        if given := [choice.name for choice in choices if choice.name.startswith("patient.")]:
            told = "name what may be chosen by --vary (`over`), or leave the patient out of the sweep"
            raise UnusableError(f"an optimum chooses a protocol for a patient, and the sweep varies {given[0]}: {told}")
    elif isinstance(source, str | os.PathLike):
        scenario = readable_file(place_of(source)).read_text(encoding="utf-8")
        text, choices = written_sweep(without_sweep(scenario), over, simulated)
        file, said = os.fspath(source), {name: str(wish) for name, wish in over.items()}
        with in_the_words_given(file, said, simulated):
            sweep = asked_sweep.parse(text, file)
    else:
        raise UnusableError("a sweep that has been read varies what it varies; `over` takes a scenario file")
    names = [factor.name for factor in sweep.factors]
    known = [outcome.text for outcome in sweep.outcomes]
    if unknown := [text for text in asked if text not in {SESSIONS, *known, *names}]:
        raise UnusableError(
            f"{unknown[0]!r} is no outcome of the sweep; there are: {', '.join([*known, SESSIONS, *names])}"
        )
    if SESSIONS in asked and SESSION_KEY not in names:
        raise UnusableError(f"the sessions can be a goal where {SESSION_KEY} is chosen")
    if len(sweep.arms) > 1:
        raise UnusableError("an optimum takes a sweep with one protocol; leave out sweep.arms")
    check_units(conditions, sweep.outcomes, sweep.factors)
    columns = list(dict.fromkeys([*asked, *known]))
    return Task(
        sweep,
        choices,
        columns,
        [(columns.index(goal.text), goal) for goal in goals],
        [(columns.index(condition.text), condition) for condition in conditions],
    )


def outcomes_of(task: Task, threads: int | None) -> Callable[[Array], Array]:
    """The columns of a task at points of the unit cube."""
    sweep, known = task.sweep, [outcome.text for outcome in task.sweep.outcomes]
    names = [factor.name for factor in sweep.factors]
    used = threads or available_threads()

    def outcomes(points: Array) -> Array:
        rows = sweep.rows_at(points)
        values = np.asarray(sweep.run_rows(rows, threads=used).values, dtype=float)
        columns = []
        for text in task.columns:
            if text in known:
                columns.append(values[:, known.index(text)])
            elif text == SESSIONS:
                listed = sweep.factors[names.index(SESSION_KEY)].choices
                counts = np.array([sessions_in(choice) for choice in listed], dtype=float)
                columns.append(counts[rows[:, names.index(SESSION_KEY)].astype(int)])
            else:
                columns.append(rows[:, names.index(text)])
        return np.column_stack(columns)

    return outcomes


def slopes_of(task: Task, coordinates: Coordinates, threads: int | None) -> Callable[[Array], Array] | None:
    """The slopes of a task's columns by its coordinates; zero by what is whole, NaN where there are none.

    None for a sweep that is not the core's and tells no gradient.
    """
    gradient = getattr(task.sweep, "gradient", None)
    if gradient is None:
        return None
    sweep, known = task.sweep, [outcome.text for outcome in task.sweep.outcomes]
    names = [factor.name for factor in sweep.factors]

    def slopes(tried: Array) -> Array:
        beside = np.array([tried - STEP * unit for unit in np.eye(tried.size)])
        ahead = np.array([tried + STEP * unit for unit in np.eye(tried.size)])
        rows = sweep.rows_at(coordinates.points(np.vstack([tried[None], beside, ahead])))
        moved = (rows[1 + tried.size :] - rows[1 : 1 + tried.size]) / (2 * STEP)  # (coordinates, factors)
        moved[np.array(coordinates.whole, dtype=bool)] = 0.0
        try:
            by_factor = np.asarray(gradient(rows[0].tolist(), threads=threads or available_threads()).slopes)
        except ValueError:  # courses in space have no gradient
            by_factor = np.full((len(known), len(names)), np.nan)
        columns = []
        for text in task.columns:
            if text in known:
                moving = np.flatnonzero(moved.any(axis=0))  # by other factors there need not be a derivative
                columns.append(moved[:, moving] @ by_factor[known.index(text), moving])
            else:
                columns.append(moved[:, names.index(text)] if text in names else np.zeros(tried.size))
        return np.array(columns)

    return slopes


def _require_choices(source: PathLike | Sweep) -> None:
    """Raises ValueError for a scenario that neither varies anything nor is told what to."""
    if not isinstance(source, str | os.PathLike) or not Path(source).is_file():
        return
    if not _core.file_describes_sweep(os.fspath(source)):
        told = "name what may be chosen, for example --vary 'device.needle_length=0.5 mm to 2 mm'"
        raise UnusableError(f"{os.fspath(source)}: there is no table [sweep] that says what varies; {told}")


def without_sweep(text: str) -> str:
    """A scenario without its sweep. Raises ValueError where the text cannot be cut."""
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError:
        return text  # the core says where it is wrong
    if "sweep" not in held:
        return text
    kept, inside = [], False
    for line in text.splitlines():
        if found := _HEADER.match(line):
            inside = found[1].split(".")[0].strip("\"' ") == "sweep"
        if not inside:
            kept.append(line)
    cut = "\n".join(kept) + "\n"
    del held["sweep"]
    if tomllib.loads(cut) != held:
        raise UnusableError(
            "the sweep of the scenario cannot be taken out of it; write it as a table [sweep] at its end"
        )
    return cut


def _protocols(task: Task, points: Array) -> dict[str, Any]:
    """What is chosen at points, with the ends between which numbers could be chosen."""
    count = len(task.sweep.factors)
    ends = task.sweep.rows_at(np.array([[INSIDE] * count, [1.0 - INSIDE] * count]))
    variables: dict[str, Any] = {}
    for factor, column, at_ends in zip(task.sweep.factors, task.sweep.rows_at(points).T, ends.T, strict=True):
        told = [factor.choices[int(place)] for place in column] if factor.choices else column
        about: dict[str, Any] = {"units": factor.unit or "1", "long_name": factor.name}
        if not factor.choices:
            listed = [*(factor.levels or at_ends)]
            about |= {"valid_min": float(min(listed)), "valid_max": float(max(listed))}
        variables[factor.name] = "candidate", told, about
    return variables


def result_of(task: Task, ledger: Ledger, stopped: str) -> xr.Dataset:
    """The best protocol, or the front, and of those that were tried the goals and whether they met the conditions."""
    values, points = ledger.outcomes, ledger.points
    best = _front(task, ledger)
    best = best[thinned(signed(values[best], task.goals), SHOWN)]
    is_feasible = bool(best.size)
    if not is_feasible:
        best = np.array([int(np.argmin(worst_excess(values, task.conditions)))])
    variables = _protocols(task, points[best])
    meanings = {outcome.text: outcome.meaning for outcome in task.sweep.outcomes}
    spread = np.unique(np.linspace(0, len(values) - 1, TRIED).astype(int))
    for text, name, unit, column in zip(task.columns, task.names, task.units, values.T, strict=True):
        if name in variables:
            continue
        attributes = {"units": unit, "long_name": meanings.get(text, text)}
        variables[name] = "candidate", column[best], attributes
        variables[f"tried_{name}"] = "tried", column[spread], attributes
    met = meets(values, task.conditions)
    told = "1 where a protocol that was tried met every condition"
    variables["tried_feasible"] = "tried", met[spread].astype(np.int8), {"long_name": told}
    told_of_study: dict[str, Any] = {
        "title": task.sweep.scenario.title,
        "study": "optimum",
        "minimise": [task.names[column] for column, goal in task.goals if goal.sign > 0],
        "maximise": [task.names[column] for column, goal in task.goals if goal.sign < 0],
        "subject_to": [str(condition) for _, condition in task.conditions],
        "choices": [choice.name for choice in task.choices],
        "feasible": int(is_feasible),
        "evaluations": len(values),
        "failed": int(np.sum(~np.isfinite(values).all(axis=1))),
        "stopped": stopped,
        "seed": task.sweep.seed,
        "scenario_toml": task.sweep.scenario.text,
        "version": _core.version,
        "git_commit": _core.git_commit,
        "calibrated": "no",
    }
    written = {key: "; ".join(value) if isinstance(value, list) else value for key, value in told_of_study.items()}
    return xr.Dataset(variables, attrs=written)
