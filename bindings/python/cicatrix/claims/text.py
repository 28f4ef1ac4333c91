"""The outcome of a claim as plain text and as JSON."""

import math
import textwrap
from typing import Any

from cicatrix.claims.claim import Outcome, Verdict

WIDTH = 110
LEGEND = (
    "evidence: trials; model: the claim holds at all plausible values (consistent), none (contradicted), "
    "some (cannot say)"
)
INDENT = 12
FINDINGS = {Verdict.CONSISTENT: "holds", Verdict.CONTRADICTED: "does not hold", Verdict.CANNOT_SAY: "open"}


def text_of(outcome: Outcome) -> str:
    """The claim, its evidence, what the model shows and both verdicts, for a terminal."""
    claim, evidence = outcome.claim, outcome.claim.evidence
    lines = [
        *_wrapped(claim.id, claim.words),
        *_wrapped("evidence", f"{evidence.verdict}. {evidence.words}"),
        *(line for source in evidence.sources for line in _wrapped("", source)),
    ]
    for place, number in enumerate(outcome.numbers.values()):
        lines += _wrapped("" if place else "model", f"{number.what}: {number.text()}")
    for place, told in enumerate(criteria_told(outcome)):
        lines += _wrapped("" if place else "holds if", told)
    lines += _wrapped("verdict", f"model: {outcome.verdict}, {claim.origin}. {claim.origin_words}")
    names = ", ".join(claim.scenarios)
    return "\n".join([*lines, *_wrapped("scenario" if len(claim.scenarios) == 1 else "scenarios", names)])


def criteria_told(outcome: Outcome) -> list[str]:
    """Each criterion with what the numbers say of it."""
    told = []
    for criterion in outcome.claim.criteria:
        found = criterion.verdict(outcome.numbers)
        blind = f", because {criterion.blind}" if criterion.blind and found == Verdict.CANNOT_SAY else ""
        told.append(f"{criterion.words}: {FINDINGS[found]}{blind}")
    return told


def told(outcome: Outcome) -> dict[str, Any]:
    """The outcome for JSON."""
    claim = outcome.claim
    return {
        "id": claim.id,
        "claim": claim.words,
        "scenarios": list(claim.scenarios),
        "evidence": {
            "verdict": str(claim.evidence.verdict),
            "words": claim.evidence.words,
            "sources": list(claim.evidence.sources),
        },
        "model": {
            "verdict": str(outcome.verdict),
            "origin": str(claim.origin),
            "origin_words": claim.origin_words,
            "numbers": {
                name: {
                    "what": number.what,
                    "value": number.value,
                    "unit": number.unit,
                    "low": number.range[0],
                    "high": number.range[1],
                    "over": list(number.over),
                }
                for name, number in outcome.numbers.items()
            },
            "criteria": [
                {
                    "words": criterion.words,
                    "number": criterion.number,
                    "least": criterion.least if math.isfinite(criterion.least) else None,
                    "most": criterion.most if math.isfinite(criterion.most) else None,
                    "verdict": str(criterion.verdict(outcome.numbers)),
                }
                for criterion in claim.criteria
            ],
        },
    }


def summary(outcomes: list[Outcome]) -> str:
    """One line a claim, and what the words of the verdicts mean."""
    width = 2 + max(len(outcome.claim.short) for outcome in outcomes)
    lines = [f"{'claim':{5 + width}}{'evidence':14}{'model':14}the model's verdict"]
    for outcome in outcomes:
        claim = outcome.claim
        verdicts = f"{claim.evidence.verdict:14}{outcome.verdict:14}{claim.origin}"
        lines.append(f"{claim.id:5}{claim.short:{width}}{verdicts}")
    return "\n".join([*lines, LEGEND])


def _wrapped(label: str, text: str) -> list[str]:
    first = label.ljust(INDENT)
    return textwrap.wrap(text, WIDTH, initial_indent=first, subsequent_indent=" " * INDENT)
