"""What speaks against the plans of a sweep, told once for all members of whom it is true."""

import re

from cicatrix import _core

LOOKED_AT = 16  # members, evenly over the sweep: what speaks against a plan is known when its course has been run

_NUMBER = re.compile(r"\d+(\.\d+)?")


def warning_lines(planned: "_core.Sweep") -> list[str]:
    """Each warning of a single course once, as its first member has it, with how many of those looked at have it."""
    count = min(planned.members, LOOKED_AT)
    members = sorted({number * (planned.members - 1) // max(count - 1, 1) for number in range(count)})
    first: dict[str, str] = {}
    having: dict[str, list[int]] = {}
    for member in members:
        for text in _warnings_of(planned, member):
            kind = _NUMBER.sub("#", text)
            first.setdefault(kind, text)
            if member not in having.setdefault(kind, []):
                having[kind].append(member)
    of = f"of {len(members)} members that were looked at"
    return [f"{text} (in {len(having[kind])} {of}, here member {having[kind][0]})" for kind, text in first.items()]


def _warnings_of(planned: "_core.Sweep", member: int) -> list[str]:
    told: list[str] = []
    for arm in range(max(len(planned.arms), 1)):
        try:
            told += _core.parse_scenario(planned.member_scenario(member, arm), planned.scenario.file).warnings
        except _core.InputError:
            continue  # a member that is refused is told by the sweep itself
    return told
