"""Which factors of a sweep are judged by themselves and which together."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from cicatrix.studies.asked_sweep import Factor
from cicatrix.told_errors import UnusableError

Named: TypeAlias = Mapping[str, tuple[int, ...]]  # columns of the factors, by the name of their set

SCENARIO = "set by the scenario"  # of factors that are no parameter of the model and so have no grade


@dataclass(frozen=True)
class FactorSets:
    """Sets of columns, by name; those that are the same are evaluated once."""

    factors: Named
    groups: Named

    @property
    def evaluated(self) -> list[tuple[int, ...]]:
        """Each set once."""
        return list(dict.fromkeys([*self.factors.values(), *self.groups.values()]))

    def rows(self, named: Named) -> list[int]:
        """Where the sets of one kind stand among the evaluated ones."""
        order = self.evaluated
        return [order.index(columns) for columns in named.values()]


def sets_of(factors: Sequence[Factor], groups: Mapping[str, Sequence[str]] | None = None) -> FactorSets:
    """Each factor by itself, and those of each grade of evidence together or, if given, those of each group.

    Raises ValueError for a group that is empty or names a factor that there is not.
    """
    singles = {factor.name: (column,) for column, factor in enumerate(factors)}
    if groups is None:
        return FactorSets(singles, _by_grade(factors))
    for group, names in groups.items():
        if unknown := [name for name in names if name not in singles]:
            raise UnusableError(f"group {group!r}: there is no factor {unknown[0]!r}; there are: {', '.join(singles)}")
        if not names:
            raise UnusableError(f"group {group!r} has no factor")
    return FactorSets(singles, {group: _columns(singles, names) for group, names in groups.items()})


def _columns(singles: Named, names: Sequence[str]) -> tuple[int, ...]:
    return tuple(sorted({singles[name][0] for name in names}))


def _by_grade(factors: Sequence[Factor]) -> dict[str, tuple[int, ...]]:
    grades = sorted({factor.grade for factor in factors}, key=lambda grade: (len(grade) != 1, grade))
    columns = {grade: tuple(i for i, factor in enumerate(factors) if factor.grade == grade) for grade in grades}
    return {grade_name(grade): of_grade for grade, of_grade in columns.items()}


def grade_name(grade: str) -> str:
    """A grade of evidence as people call it."""
    if not grade:
        return SCENARIO
    return f"grade {grade}" if len(grade) == 1 else grade
