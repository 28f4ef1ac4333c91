"""What a reader of an HTML page is given: its elements in their order, its words, its tables and its charts."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from typing import Any

VOID = {"meta", "link", "img", "br", "hr", "input"}


class Outline(HTMLParser):
    """Elements of a page in order, and what is wrong with their nesting."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.words: list[str] = []
        self.faults: list[str] = []
        self._open: list[str] = []
        self.feed(text)
        self.faults += [f"{name} is not closed" for name in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self._open or self._open.pop() != tag:
            self.faults.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if not {"script", "style"} & set(self._open):
            self.words.append(data)

    def named(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


def charts_of(page: str) -> dict[str, Any]:
    """The axes and charts that a page carries for its script."""
    (told,) = re.findall(r'<script type="application/json" id="chart-data">(.*?)</script>', page, re.DOTALL)
    found: dict[str, Any] = json.loads(told)
    return found


def chart_of(page: str, title: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """The one chart whose title begins so, and the axis under it."""
    told = charts_of(page)
    (chart,) = [chart for chart in told["charts"] if chart["title"].startswith(title)]
    return chart, told["axes"][chart["axis"]]


def table_of(page: str, caption: str) -> list[list[str]]:
    """The cells of the table whose caption begins so, its heads first."""
    (found,) = re.findall(rf"<caption>{re.escape(caption)}.*?</table>", page, re.DOTALL)
    rows = re.findall(r"<tr>(.*?)</tr>", found, re.DOTALL)
    return [re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL) for row in rows]
