"""An overview as lines of a terminal and as a block of a notebook, in the light or dark colours of its page."""

import textwrap
from base64 import b64encode
from hashlib import sha256
from html import escape
from typing import TYPE_CHECKING

from cicatrix.outcome import RefusedError
from cicatrix.report_style import DARK, LIGHT

if TYPE_CHECKING:
    from cicatrix.overview import Overview

WIDTH = 100  # of the lines
MOST_POINTS = 2000  # of a drawing of lines; more become a picture of dots
BLOCK = "cicatrix-overview"
# The theme of the page comes first, then that of the whole screen: Jupyter, VS Code and Sphinx say which they show.
DARK_PAGES = (
    'body[data-jp-theme-light="false"]',
    "body.vscode-dark",
    'html[data-theme="dark"]',
    'body[data-theme="dark"]',
)
LIGHT_PAGES = (
    'body[data-jp-theme-light="true"]',
    "body.vscode-light",
    'html[data-theme="light"]',
    'body[data-theme="light"]',
)
HERE = f".{BLOCK}.{BLOCK}"  # twice, which counts for more than what a notebook says of every table
STYLE = f"""
{HERE} {{ {LIGHT} }}
@media (prefers-color-scheme: dark) {{ {HERE} {{ {DARK} }} }}
{", ".join(f"{page} {HERE}" for page in LIGHT_PAGES)} {{ {LIGHT} }}
{", ".join(f"{page} {HERE}" for page in DARK_PAGES)} {{ {DARK} }}
{HERE} {{ background: var(--page); color: var(--ink); max-width: 52rem; padding: 0.6rem 1rem;
  border: 1px solid var(--line); font: 0.9rem/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }}
{HERE} p {{ margin: 0 0 0.5rem; }}
{HERE} .kind, {HERE} .caution, {HERE} caption {{ color: var(--quiet); }}
{HERE} .title {{ font-size: 1.15rem; font-weight: 600; }}
{HERE} figure {{ margin: 0.6rem 0; overflow-x: auto; }}
{HERE} svg, {HERE} img {{ display: block; width: 100%; height: auto; }}
{HERE} .wide {{ overflow-x: auto; }}
{HERE} table {{ border-collapse: collapse; margin: 0 0 0.6rem; font-variant-numeric: tabular-nums; }}
{HERE} caption {{ text-align: left; caption-side: bottom; font-size: 0.85rem; }}
{HERE} tr {{ background: none !important; }}
{HERE} th, {HERE} td {{ text-align: left; padding: 0.2rem 1rem 0.2rem 0; color: var(--ink); vertical-align: top;
  border: 0; border-bottom: 1px solid var(--line); font-weight: 400; white-space: normal; max-width: none; }}
{HERE} thead th, {HERE} .facts th {{ color: var(--quiet); white-space: nowrap; }}
{HERE} .wide td, {HERE} code {{ white-space: nowrap; }}
{HERE} code {{ background: none; color: var(--ink); font-family: ui-monospace, "DejaVu Sans Mono", monospace; }}
"""


def overview_text(overview: "Overview") -> str:
    """The lines of a terminal: what it is, the answer, the facts, the table and what to call next."""
    title = f": {overview.title}" if overview.title else ""
    lines = [f"<Cicatrix {overview.kind}{title}>"]
    for text in (overview.sentence, overview.caution):
        lines += textwrap.wrap(text, WIDTH)
    if overview.facts:
        width = max(len(name) for name, _ in overview.facts) + 2
        lines += [""] + [line for name, text in overview.facts for line in _hanging(name, text, width)]
    if overview.rows and overview.kind != "course":  # its sentence says the same
        lines += ["", *_columns([overview.head, *overview.rows])]
    if overview.calls:
        width = max(len(call) for call, _ in overview.calls) + 2
        lines += ["", *(f"{call.ljust(width)}{meaning}" for call, meaning in overview.calls)]
    return "\n".join(line.rstrip() for line in lines)


def _hanging(name: str, text: str, width: int) -> list[str]:
    return textwrap.wrap(
        text, WIDTH, initial_indent=name.ljust(width), subsequent_indent=" " * width, break_long_words=False
    )


def _columns(rows: list[list[str]]) -> list[str]:
    widths = [max(len(row[place]) for row in rows) for place in range(len(rows[0]))]
    return ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]


def overview_html(overview: "Overview") -> str:
    """The block of a notebook: the same with a picture, which says in words what it shows."""
    parts = [
        f'<p class="kind">Cicatrix {escape(overview.kind)}</p>',
        f'<p class="title">{escape(overview.title)}</p>' if overview.title else "",
        f"<p>{escape(overview.sentence)}</p>" if overview.sentence else "",
        _picture(overview),
        _table(overview.head, overview.rows, overview.caption) if overview.rows else "",
        f'<p class="caution">{escape(overview.caution)}</p>' if overview.caution else "",
        _facts(overview.facts) if overview.facts else "",
        _calls(overview.calls) if overview.calls else "",
    ]
    return "\n".join([f'<div class="{BLOCK}">', f"<style>{STYLE}</style>", *filter(None, parts), "</div>"])


def _picture(overview: "Overview") -> str:
    from cicatrix.notebook_figure import png_of
    from cicatrix.svg import MARKS, inline_svg
    from cicatrix.theme import PRINT

    if overview.drawn is None:
        return ""
    try:
        if overview.points > MOST_POINTS:
            figure, words = overview.drawn(PRINT)
            picture = b64encode(png_of(figure)).decode()
            return f'<figure><img src="data:image/png;base64,{picture}" alt="{escape(words)}"></figure>'
        figure, words = overview.drawn(MARKS)
    except (KeyError, ValueError, RefusedError):  # there is nothing to draw: no value, no difference, one goal
        return ""
    key = f"cicatrix-{sha256((overview.title + words).encode()).hexdigest()[:10]}"
    return f"<figure>{inline_svg(figure, title=overview.title, description=words, key=key)}</figure>"


def _table(head: list[str], rows: list[list[str]], caption: str) -> str:
    told = f"<caption>{escape(caption)}</caption>" if caption else ""
    heads = "".join(f'<th scope="col">{escape(cell)}</th>' for cell in head)
    body = "".join(
        f'<tr><th scope="row">{escape(row[0])}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in row[1:])}</tr>'
        for row in rows
    )
    return f'<div class="wide"><table>{told}<thead><tr>{heads}</tr></thead><tbody>{body}</tbody></table></div>'


def _facts(facts: list[tuple[str, str]]) -> str:
    rows = "".join(f'<tr><th scope="row">{escape(name)}</th><td>{escape(text)}</td></tr>' for name, text in facts)
    return f'<table class="facts"><tbody>{rows}</tbody></table>'


def _calls(calls: list[tuple[str, str]]) -> str:
    rows = "".join(f"<tr><td><code>{escape(call)}</code></td><td>{escape(told)}</td></tr>" for call, told in calls)
    return f"<table><tbody>{rows}</tbody></table>"
