"""Between which days the milestones of a read-out lie when what is not known of the parameters varies."""

from dataclasses import dataclass
from typing import Any

import numpy as np

from cicatrix import _core
from cicatrix.lasting_milestones import Effect
from cicatrix.member_sweep import FEWEST, run_members
from cicatrix.milestones import TOO_COARSE, Array
from cicatrix.outcome import Exit, RefusedError

ENDS = (5.0, 95.0)  # per cent


@dataclass(frozen=True)
class MemberMilestones:
    """Milestones of one read-out in members whose parameters vary, each anywhere in its range, all at once."""

    members: int
    failed: int
    varied: int  # parameters
    kept: list[str]  # parameters that the scenario sets, which stay as they are
    days: Array  # (members in which the effect is not about zero, 3)
    otherwise: int  # of these, in which the effect has the other sign

    @property
    def intervals(self) -> list[tuple[float, float]]:
        """Days between which 10, 50 and 90 % come to stay in the middle nine tenths; NaN of too few members."""
        if len(self.days) < FEWEST:
            return [(float("nan"), float("nan"))] * 3
        low, high = np.percentile(self.days, ENDS, axis=0)
        return [(float(one), float(other)) for one, other in zip(low, high, strict=True)]

    def told(self) -> dict[str, Any]:
        """For other programs."""
        names = ("day10", "day50", "day90")
        return {
            "members": self.members,
            "failed": self.failed,
            "with_effect": len(self.days),
            "of_the_other_sign": self.otherwise,
            "varied_parameters": self.varied,
            "kept_parameters": self.kept,
            **{name: list(ends) for name, ends in zip(names, self.intervals, strict=True)},
        }


def require_members(members: int, whose: str) -> None:
    """Raises RefusedError for too few members, and for what has no milestones."""
    if members < FEWEST:
        told = f"{members} members are too few to say what lies between 5 and 95 % of them; {FEWEST} or more are needed"
        raise RefusedError(Exit.USAGE, told)
    if whose != "effect":
        told = f"members tell milestones, which an effect has and {whose} skin alone has not; leave one of the two out"
        raise RefusedError(Exit.USAGE, told)


def member_milestones(
    scenario: "_core.Scenario", effect: Effect, span: tuple[float, float], members: int
) -> MemberMilestones:
    """Runs the scenario with parameters drawn from their ranges.

    `span` is from the day of the first session, or day 0, to the end of the course.

    Raises RefusedError where the outputs of the course are too far apart to tell milestones.
    """
    if effect.milestone().remark == TOO_COARSE:
        told = f"{effect.name}: {TOO_COARSE} milestones, of this course and of members"
        raise RefusedError(Exit.BAD_INPUT, f'{told}; set simulation.outputs to "weekly", which looks often at first')
    days = np.minimum(span[0] + effect.days, span[1])  # which rounding may pass by the last bit
    found = run_members(scenario.text, scenario.file, [effect.name], days, members)
    values = found.effects[:, 0]
    reached = np.array([effect.lasting_days(row) for row in values]).reshape(-1, 3)
    shows = np.isfinite(reached).all(axis=1)
    own = np.sign(effect.at_the_end(effect.values))
    other = sum(bool(np.sign(effect.at_the_end(row)) == -own) for row in values[shows])
    return MemberMilestones(members, found.failed, found.varied, found.kept, reached[shows], other)
