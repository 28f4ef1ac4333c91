"""What several claims measure on a course."""

import numpy as np

from cicatrix.claims.bench import Course
from cicatrix.milestones import Array

HOURS = 24.0  # per day
# The assumed parameters that decide how much shallower lines get when the dermis is rebuilt.
OF_WRINKLES = (
    "reach",
    "immature_stiffness_ratio",
    "collagen_iii_stiffness_ratio",
    "elastin_share_of_stiffness",
    "weakening_by_fragments",
    "dermal_modulus_home",
    "permanent_crease",
)

# Those that decide how much new collagen stays.
OF_COLLAGEN = ("reach", "synthesis_crowding", "cross_linking", "immature_collagen_loss", "mature_collagen_loss")


def shallower(course: Course, day: float = 365.0) -> float:
    """How much shallower lines are than those of untreated skin on a day, in per cent."""
    return -course.at(course.gain("wrinkle_depth"), min(day, float(course.days[-1])))


def collagen_gain(course: Course) -> float:
    """Total collagen above that of untreated skin at the end, in per cent."""
    return float(course.gain("collagen_total")[-1])


def lasting(course: Course, values: Array, level: float) -> float:
    """Day on which the values are below a level for good; 0 when they never reach it."""
    above = np.flatnonzero(values >= level)
    if not above.size:
        return 0.0
    last = int(above[-1])
    if last + 1 == len(values):
        return float(course.days[-1])
    share = (values[last] - level) / (values[last] - values[last + 1])
    return float(course.days[last] + share * (course.days[last + 1] - course.days[last]))


def peak_day(course: Course, values: Array) -> float:
    """Day on which the values are largest."""
    return float(course.days[int(np.argmax(values))])


def first_day(course: Course, values: Array, level: float) -> float:
    """First day on which the values reach a level; the last day when they never do."""
    reached = np.flatnonzero(values >= level)
    if not reached.size:
        return float(course.days[-1])
    first = int(reached[0])
    if first == 0:
        return float(course.days[0])
    share = (level - values[first - 1]) / (values[first] - values[first - 1])
    return float(course.days[first - 1] + share * (course.days[first] - course.days[first - 1]))
