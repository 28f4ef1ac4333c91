"""How much each factor of a sweep, and each grade of evidence, has to do with the spread of the outcomes."""

import math
import time
from collections.abc import Mapping, Sequence

import xarray as xr

from cicatrix.progress import watched
from cicatrix.studies import asked_sweep
from cicatrix.studies.asked_sweep import PathLike, Progress, Sweep
from cicatrix.studies.elementary_effects import MorrisStream
from cicatrix.studies.factor_sets import FactorSets, sets_of
from cicatrix.studies.findings import effects_dataset, indices_dataset
from cicatrix.studies.sobol_indices import Indices, SobolStream
from cicatrix.sweeps.identity import precision_name
from cicatrix.told_errors import UnusableError

TRAJECTORIES = 64  # of a screening, unless said otherwise
LEAST = 512  # samples before intervals may end a run: fewer say little about their own scatter


def sensitivity(
    source: PathLike | Sweep,
    *,
    method: str = "sobol",
    groups: Mapping[str, Sequence[str]] | None = None,
    until: float = 0.02,
    within: str | float = "5 minutes",
    samples: int | None = None,
    threads: int | None = None,
    single_precision: bool = False,
    progress: Progress | bool = True,
) -> xr.Dataset:
    """Sobol' indices (`method = "sobol"`) or elementary effects (`"morris"`) of every outcome of a sweep.

    Sobol': samples are taken until every interval is narrower than `until`, `within` has passed, or there are
    `samples`. Morris: `samples` trajectories, 64 unless said otherwise, or as many as fit in `within`. Both report
    factors by themselves and together by their grade of evidence or, where `groups` are given (name -> factors), these.
    Samples in which a member failed are left out pair by pair and counted. The same seed and number of samples give
    the same numbers, whatever the threads. `progress` is told the share done and stops the study by returning False;
    True shows a line on a terminal. Raises InputError, FileError, ValueError, KeyboardInterrupt.
    """
    if method not in ("sobol", "morris"):
        raise UnusableError(f"there is no method {method!r}; there are 'sobol' and 'morris'")
    sweep = asked_sweep.read(source)
    function = asked_sweep.as_function(sweep, threads=threads, single_precision=single_precision)
    precision = precision_name(single_precision)
    sets = sets_of(sweep.factors, groups)
    allowed, seed, size = asked_sweep.seconds(within), sweep.seed, len(sweep.factors)
    with watched(progress, "looking for what matters") as told:
        if method == "morris":
            screening = MorrisStream(function, size, sets=sets.evaluated, seed=seed)
            stopped = _screen(screening, Clock(allowed, told), samples or TRAJECTORIES)
            return effects_dataset(sweep, sets, screening.effects(), stopped).assign_attrs(precision=precision)
        points = asked_sweep.points_for(2 * size)
        stream = SobolStream(function, size, sets=sets.evaluated, seed=seed, points=points)
        stopped = _sample(stream, Clock(allowed, told), until, samples)
    indices = stream.indices()
    widest = _widest_text(sweep, sets, indices) if indices.widest > until else ""
    found = indices_dataset(sweep, sets, indices, stopped)
    return found.assign_attrs(precision=precision, **({"widest": widest} if widest else {}))


def _widest_text(sweep: Sweep, sets: FactorSets, indices: Indices) -> str:
    index, row, outcome = indices.widest_at
    columns = sets.evaluated[row]
    name = next(name for named in (sets.factors, sets.groups) for name, own in named.items() if own == columns)
    column = sweep.outcomes[outcome]
    arm = f" under {column.arm}" if column.arm else ""
    return f"{indices.widest:.2g}, of {index} of {name} on {column.text}{arm}"


class Clock:
    """Says whether there is time for one more block, and how far the run is."""

    def __init__(self, allowed: float, progress: Progress | None) -> None:
        self._allowed, self._progress = allowed, progress
        self._begun = self._last = time.monotonic()
        self._longest = 0.0

    @property
    def is_over(self) -> bool:
        """True when a block as long as the longest so far would end too late; never before the first block."""
        now = time.monotonic()
        self._longest, self._last = max(self._longest, now - self._last), now
        return now - self._begun + self._longest > self._allowed

    def show(self, share: float) -> None:
        """Tells the share done, of the samples or of the time, whichever is further. Raises KeyboardInterrupt."""
        passed = (time.monotonic() - self._begun) / self._allowed if self._allowed > 0 else 1.0
        if self._progress is not None and not self._progress(min(max(share, passed), 1.0)):
            raise KeyboardInterrupt


def _screen(stream: MorrisStream, clock: Clock, trajectories: int) -> str:
    """Takes trajectories and returns why it stopped."""
    done = 0
    while done < trajectories:
        count = min(stream.block, trajectories - done)
        stream.advance(count)
        done += count
        clock.show(done / trajectories)
        if clock.is_over and done < trajectories:
            return "the time was over"
    return "all trajectories were taken"


def _sample(stream: SobolStream, clock: Clock, until: float, samples: int | None) -> str:
    """Takes samples and returns why it stopped."""
    done = 0
    while samples is None or done < samples:
        count = stream.block if samples is None else min(stream.block, samples - done)
        stream.advance(count)
        done += count
        widest = stream.indices().widest if _is_due(done, stream.block) else math.inf
        clock.show(max((until / widest) ** 2, done / samples if samples else 0.0))
        if done >= LEAST and not widest > until:  # NaN, which means that nothing varies, ends it too
            return f"every interval is below {until:g}" if widest <= until else "no outcome varies"
        if clock.is_over:
            return "the time was over"
    return "all samples were taken"


def _is_due(done: int, block: int) -> bool:
    """True after 1, 2, 3, 4, 6, 8, 12 ... blocks: looking costs time, and later looks change less."""
    blocks, rest = divmod(done, block)
    while blocks % 2 == 0 and blocks > 3:
        blocks //= 2
    return rest == 0 and blocks in (1, 2, 3)
