"""What a claim is: its words, what is known, how the model plays it, and what would speak for or against it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import inf
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from cicatrix.claims.bench import Bench
    from cicatrix.claims.charts import Chart


class Verdict(StrEnum):
    """What evidence, or the model, says of a claim."""

    CONSISTENT = "consistent"
    CONTRADICTED = "contradicted"
    CANNOT_SAY = "cannot say"


class Origin(StrEnum):
    """Where the model's verdict comes from."""

    EMERGES = "emerges from the model"
    BUILT_IN = "rests on built-in evidence"


@dataclass(frozen=True)
class Number:
    """What the courses show, and the lowest and highest that plausible values of the deciding parameters make of it."""

    what: str
    value: float
    unit: str = ""
    low: float = float("nan")
    high: float = float("nan")
    over: tuple[str, ...] = ()  # the parameters, or choices, that were varied; empty when nothing was

    @property
    def range(self) -> tuple[float, float]:
        """Lowest and highest value; twice the value when nothing was varied."""
        return (self.low, self.high) if self.over else (self.value, self.value)

    def text(self) -> str:
        """The value with its unit and, in parentheses, its range."""
        low, high = self.range
        spread = f" ({digits(low)} to {digits(high)})" if self.over else ""
        return f"{digits(self.value)}{spread}{' ' if self.unit else ''}{self.unit}"


Numbers: TypeAlias = Mapping[str, Number]


@dataclass(frozen=True)
class Criterion:
    """What must be true for the claim to hold: the whole range of one number lies between two limits."""

    words: str
    number: str
    least: float = -inf
    most: float = inf
    blind: str = ""  # why missing the limits says nothing, where the model has no process that could meet them

    def verdict(self, numbers: Numbers) -> Verdict:
        """Consistent when the whole range lies within the limits, contradicted when all of it lies outside."""
        low, high = numbers[self.number].range
        if low >= self.least and high <= self.most:
            return Verdict.CONSISTENT
        if (low > self.most or high < self.least) and not self.blind:
            return Verdict.CONTRADICTED
        return Verdict.CANNOT_SAY


@dataclass(frozen=True)
class Evidence:
    """What trials and measurements say, and where that can be read."""

    verdict: Verdict
    words: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Claim:
    """One claim of popular articles."""

    id: str
    short: str  # the words as a line of a table holds them
    words: str
    scenarios: tuple[str, ...]  # the files it is played by, without their ending
    evidence: Evidence
    criteria: tuple[Criterion, ...]
    origin: Origin
    origin_words: str  # why the verdict emerges, or on what it rests
    measure: "Callable[[Bench], dict[str, Number]]"
    charts: "tuple[Callable[[Bench], Chart], ...]"


@dataclass(frozen=True)
class Outcome:
    """A claim with what its courses have shown."""

    claim: Claim
    numbers: Numbers
    charts: "tuple[Chart, ...]" = field(default=())

    @property
    def verdict(self) -> Verdict:
        """The model's verdict."""
        return judged(self.claim.criteria, self.numbers)


def judged(criteria: tuple[Criterion, ...], numbers: Numbers) -> Verdict:
    """Contradicted when one criterion is, consistent when all are, and otherwise nothing can be said."""
    found = {criterion.verdict(numbers) for criterion in criteria}
    if Verdict.CONTRADICTED in found:
        return Verdict.CONTRADICTED
    return Verdict.CONSISTENT if found == {Verdict.CONSISTENT} else Verdict.CANNOT_SAY


def played(claim: Claim, bench: "Bench", *, with_charts: bool = True) -> Outcome:
    """Runs what the claim asks for. Raises what a run raises."""
    numbers = claim.measure(bench)
    return Outcome(claim, numbers, tuple(chart(bench) for chart in claim.charts) if with_charts else ())


def digits(value: float) -> str:
    """Three digits, or all of a larger whole part; never an exponent for what a reader can take in."""
    if value != value:
        return "-"
    if abs(value) < 5e-4:
        return "0"
    if abs(value) >= 100:
        return f"{value:,.0f}"
    return f"{value:.3g}"
