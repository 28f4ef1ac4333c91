"""The page of claims: one HTML file that needs nothing else, with evidence and model side by side."""

import os
from html import escape

from cicatrix._core import git_commit, version, write_file
from cicatrix.claims.charts import svg
from cicatrix.claims.claim import Number, Outcome, Verdict, digits
from cicatrix.claims.text import criteria_told
from cicatrix.report_style import STYLE

TITLE = "Seventeen claims about needling, played"
LEAD = (
    "Popular articles make these claims. Each stands here with two answers that must not be mixed up: what trials and "
    "measurements say, and what this model shows when a scenario plays the claim."
)
RULE = (
    "The model's verdict follows a rule. Of each number that decides, the page gives the range that plausible values "
    "of the assumed parameters make of it, one varied at a time from end to end. Consistent: the whole range meets the "
    "criterion. Contradicted: no part of it does. Cannot say: a part does. The limits of the criteria are ours."
)
OWN_STYLE = """
.verdict { display: inline-block; padding: 0.05rem 0.5rem; border-radius: 0.3rem; border: 1px solid var(--line);
  font-weight: 600; white-space: nowrap; }
.consistent { border-color: var(--maturation); color: var(--maturation); }
.contradicted { border-color: var(--inflammation); color: var(--inflammation); }
.cannot-say { border-color: var(--quiet); color: var(--quiet); }
.claim { font-size: 1.12rem; font-weight: 600; margin: 0 0 0.6rem; }
.sources { font-size: 0.9rem; color: var(--quiet); padding-left: 1.2rem; margin: 0.3rem 0; overflow-wrap: anywhere; }
h3 { font-size: 1rem; margin: 1.1rem 0 0.3rem; }
section { border-top: 1px solid var(--line); margin-top: 2rem; padding-top: 0.2rem; }
table.numbers td, table.numbers th { font-size: 0.95rem; }
table.numbers th { white-space: normal; }
ul.criteria { padding-left: 1.2rem; margin: 0.3rem 0; }
a { color: inherit; }
"""


def write_page(outcomes: list[Outcome], path: str | os.PathLike[str]) -> None:
    """Writes the page in one step. Raises FileError."""
    write_file(os.fspath(path), page(outcomes).encode("utf-8"))


def page(outcomes: list[Outcome]) -> str:
    """The page as one HTML text."""
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{TITLE}</title>\n<style>{STYLE}{OWN_STYLE}</style>\n</head>\n<body>\n<main>",
            _opening(outcomes),
            *(_section(outcome) for outcome in outcomes),
            "</main>\n<footer><p>A research simulation, not medical advice. "
            f"Cicatrix {escape(version)} ({escape(git_commit)}).</p></footer>\n</body>\n</html>\n",
        ]
    )


def _opening(outcomes: list[Outcome]) -> str:
    rows = "\n".join(
        f'<tr><th scope="row"><a href="#{outcome.claim.id}">{outcome.claim.id}</a></th>'
        f"<td>{escape(outcome.claim.short)}</td>"
        f"<td>{_mark(outcome.claim.evidence.verdict)}</td><td>{_mark(outcome.verdict)}</td>"
        f"<td>{escape(outcome.claim.origin)}</td></tr>"
        for outcome in outcomes
    )
    heads = "".join(
        f'<th scope="col">{head}</th>' for head in ("", "claim", "evidence", "model", "the model's verdict")
    )
    return (
        f'<header>\n<h1>{TITLE}</h1>\n<p class="question">{LEAD}</p>\n'
        '<p class="warning">Not yet calibrated: order and timing are what to look at, not amounts.</p>\n'
        f"<p>{RULE}</p>\n</header>\n"
        f'<div class="wide" tabindex="0">\n<table>\n<caption>All verdicts</caption>\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _section(outcome: Outcome) -> str:
    claim, evidence = outcome.claim, outcome.claim.evidence
    sources = "".join(f"<li>{escape(source)}</li>" for source in evidence.sources)
    criteria = "".join(f"<li>{escape(told)}</li>" for told in criteria_told(outcome))
    drawings = "\n".join(
        f'<figure>\n<div class="drawing" tabindex="0">\n{svg(chart, f"{claim.id}-{place}")}\n</div>\n</figure>'
        for place, chart in enumerate(outcome.charts)
    )
    commands = ", ".join(f"<code>cicatrix run {escape(name)}</code>" for name in claim.scenarios)
    return (
        f'<section id="{claim.id}" aria-labelledby="{claim.id}-title">\n<h2 id="{claim.id}-title">{claim.id}</h2>\n'
        f'<p class="claim">{escape(claim.words)}</p>\n'
        f"<h3>Evidence {_mark(evidence.verdict)}</h3>\n<p>{escape(evidence.words)}</p>\n"
        f'<ul class="sources">{sources}</ul>\n'
        f"<h3>Model {_mark(outcome.verdict)}</h3>\n"
        f"<p>This verdict {escape(claim.origin)}. {escape(claim.origin_words)}</p>\n"
        f'<p>The claim holds in the model if:</p>\n<ul class="criteria">{criteria}</ul>\n'
        f"{drawings}\n{_numbers(outcome)}\n<p>Played by {commands}.</p>\n</section>"
    )


def _numbers(outcome: Outcome) -> str:
    rows = "\n".join(_row(number) for number in outcome.numbers.values())
    heads = "".join(f'<th scope="col">{head}</th>' for head in ("what the model shows", "", "plausible range"))
    return (
        f'<div class="wide" tabindex="0">\n<table class="numbers">\n<thead><tr>{heads}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def _row(number: Number) -> str:
    unit = f" {number.unit}" if number.unit else ""
    low, high = number.range
    spread = f"{digits(low)} to {digits(high)}" if number.over else ""
    return (
        f'<tr><th scope="row">{escape(number.what)}</th><td>{digits(number.value)}{escape(unit)}</td>'
        f'<td title="{escape(", ".join(number.over))}">{spread}</td></tr>'
    )


def _mark(verdict: Verdict) -> str:
    return f'<span class="verdict {verdict.replace(" ", "-")}">{verdict}</span>'
