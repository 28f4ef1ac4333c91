"""The frame of a report: one HTML page that needs nothing else, its sections and its tables."""

import re
from collections.abc import Iterable
from html import escape

from cicatrix.hover_charts import ChartBook
from cicatrix.report_style import STYLE

LONG = 24  # letters of a cell that takes more than one line
LONG_NAME = 12  # letters of a row's name that must not be squeezed into a word a line


def document(title: str, header: str, sections: Iterable[str], book: ChartBook) -> str:
    """The whole page; `sections` that are empty are left out. The scripts of the charts stand at its end."""
    parts = [header, *(section for section in sections if section)]
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            book.policy(),
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            f"<title>{escape(title)}</title>{book.styles()}\n<style>{STYLE}</style>\n</head>\n<body>\n<main>",
            *parts,
            "</main>\n<footer><p>A research simulation, not medical advice.</p></footer>",
            *([scripts] if (scripts := book.scripts()) else []),
            "</body>\n</html>\n",
        ]
    )


def anchor(title: str) -> str:
    """The name of a section within the page."""
    return "".join(letter for letter in title.lower().replace(" ", "-") if letter.isalpha() or letter == "-")


def section(title: str, body: str) -> str:
    """A section with its heading; empty where there is nothing to say."""
    name = anchor(title)
    head = f'<h2 id="{name}">{escape(title)}</h2>'
    return f'<section aria-labelledby="{name}">\n{head}\n{body}\n</section>' if body else ""


def table(heads: Iterable[str], rows: Iterable[Iterable[str]], caption: str) -> str:
    """A table whose first column names its rows."""
    top = "".join(f'<th scope="col">{escape(head)}</th>' for head in heads)
    body = []
    for row in rows:
        first, *others = [escape(cell) for cell in row]
        group = ' class="long"' if len(first) > LONG_NAME else ""
        body.append(f'<tr><th scope="row"{group}>{first}</th>' + "".join(map(_cell, others)) + "</tr>")
    lines = "\n".join(body)
    return (
        f'<div class="wide" tabindex="0">\n<table>\n<caption>{escape(caption)}</caption>\n'
        f"<thead><tr>{top}</tr></thead>\n<tbody>\n{lines}\n</tbody>\n</table>\n</div>"
    )


def _cell(text: str) -> str:
    """Short ones stay on one line."""
    return f'<td class="long">{text}</td>' if len(text) > LONG else f"<td>{text}</td>"


def prose(text: str) -> str:
    """A paragraph in which what stands between backticks is for a terminal."""
    return f"<p>{re.sub('`([^`]*)`', lambda found: f'<code>{found[1]}</code>', escape(text))}</p>"


def figure(drawing: str, live: str = "", caption: str = "") -> str:
    """A drawing, the charts that stand for it where scripts run, and the caption of both."""
    below = f"\n<figcaption>{caption}</figcaption>" if caption else ""
    place = f"\n{live}" if live else ""
    return f'<figure>\n<div class="drawing" tabindex="0">\n{drawing}\n</div>{place}{below}\n</figure>'


def listed(lines: Iterable[str]) -> str:
    """Lines as a list; empty without any."""
    items = "\n".join(f"<li>{escape(line)}</li>" for line in lines)
    return f"<ul>\n{items}\n</ul>" if items else ""


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Names with what they are."""
    lines = "\n".join(f"<div><dt>{escape(name)}</dt><dd>{escape(value)}</dd></div>" for name, value in rows)
    return f"<dl>\n{lines}\n</dl>"


def commands(lines: Iterable[str]) -> str:
    """Lines for a terminal."""
    return "<pre><code>" + "\n".join(escape(line) for line in lines) + "</code></pre>"
