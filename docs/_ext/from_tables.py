"""Pages from the tables of the package, so that nothing of them is written down twice.

A page of the site holds a fenced block `{from-tables} NAME`, or `{from-file} PATH` for a Markdown file elsewhere in the
tree; before Sphinx reads the page, the block is replaced by Markdown made here.
"""

from __future__ import annotations

import argparse
import inspect
import itertools
import json
import re
from collections.abc import Callable, Iterable
from html import escape
from pathlib import Path
from typing import Any

import cicatrix
from cicatrix import _core, cli
from cicatrix.catalogue import Row, explanation, listing
from cicatrix.glossary import GRADES, TERMS
from cicatrix.scenario_files import scenarios

ROOT = Path(__file__).resolve().parents[2]
BLOCK = re.compile(r"^```\{(from-tables|from-file)\} *(\S+)\n```$", re.MULTILINE)
LINK = re.compile(r"\[([^]\n]+)\]\((?!https?:|#)[^)\n]+\)")
ADDRESS = re.compile(r"\b(doi:|PMID |PMC)([0-9][^\s,;)]*[\w>])", re.IGNORECASE)
RESOLVERS = {
    "doi:": "https://doi.org/",
    "pmid ": "https://pubmed.ncbi.nlm.nih.gov/",
    "pmc": "https://www.ncbi.nlm.nih.gov/pmc/articles/PMC",
}


class UnknownBlockError(ValueError):
    """A page asks for what is not made here."""


def with_blocks_made(page: str, where: str) -> str:
    """The Markdown of a page with each of its blocks replaced; `where` names the page in what goes wrong."""

    def made(match: re.Match[str]) -> str:
        kind, name = match.groups()
        if kind == "from-file":
            return file_text(ROOT / name)
        if name not in BLOCKS:
            raise UnknownBlockError(f"{where}: {{from-tables}} knows no {name!r}, only {', '.join(sorted(BLOCKS))}")
        return BLOCKS[name]()

    return BLOCK.sub(made, page)


def file_text(path: Path) -> str:
    """A Markdown file without its title; links to its neighbours, which the site lacks, become plain text."""
    text = path.read_text(encoding="utf-8")
    return LINK.sub(r"\1", re.sub(r"\A# .*\n", "", text)).strip()


def plain(text: Any) -> str:
    """Text of a table as Markdown that shows it as it is, with references as links."""
    shown = f"{text:.6g}" if isinstance(text, float) else str(text)
    shown = re.sub(r"([\\`*_{}\[\]<>$|#~^])", r"\\\1", shown)
    return ADDRESS.sub(_as_link, shown)


def _as_link(match: re.Match[str]) -> str:
    kind, number = match.groups()
    return f"[{kind}{number}]({RESOLVERS[kind.lower()]}{number})".replace("\\", "")


def code(text: Any) -> str:
    """A name, a formula or a value as it is typed; nothing for nothing."""
    return f"`{text}`".replace("|", "\\|") if str(text) else ""


def anchored(name: str) -> str:
    """A name with a place in the page that others can link to."""
    return f'<span id="{escape(name.replace(" ", "-"))}"></span>{code(name)}'


def table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table in Markdown."""
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *(list(row) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def facts(*pairs: tuple[str, str]) -> str:
    """What is known of one thing, a line each; what is empty is left out."""
    return "\n".join(f"- {name}: {text}" for name, text in pairs if text)


def section(title: str, *parts: str, level: int = 2) -> str:
    """A heading and what stands under it; empty parts are left out."""
    return "\n\n".join([f"{'#' * level} {title}", *(part for part in parts if part)])


def parameters() -> str:
    """Every parameter of a course, by the part of the model that it belongs to."""
    rows = listing("parameters")
    assumed = sum(row["grade"] == "assumed" for row in rows)
    parts = [f"{len(rows)} parameters, of which {assumed} are own assumptions."]
    for part in dict.fromkeys(str(row["part"]) for row in rows):
        lines = [
            (
                anchored(str(row["name"])),
                f"{_amount(row)}<br>{plain(row['range'])}<br>{row['grade']}",
                f"{plain(row['meaning'])}<br>{plain(row['source'])}",
            )
            for row in rows
            if row["part"] == part
        ]
        title = part[0].upper() + part[1:]
        parts.append(section(title, table(("name", "value, range, grade", "meaning, source"), lines)))
    return "\n\n".join(parts)


def _amount(row: Row) -> str:
    """A value with its unit, in bold; a pure number has none."""
    unit = "" if row["unit"] == "1" else f" {plain(row['unit'])}"
    return f"**{plain(row['value'])}**{unit}"


def readouts() -> str:
    """A section for each read-out, by what there is one of it for."""
    rows = listing("readouts")
    parts = []
    for of_each in dict.fromkeys(str(row["of each"]) for row in rows):
        parts.append(section(f"Of each {of_each}"))
        parts += [
            section(
                str(row["name"]),
                plain(row["meaning"]),
                facts(
                    ("unit", plain(row["unit"])),
                    ("formula", code(row["formula"])),
                    ("grade", str(row["grade"])),
                    ("source", plain(row["source"])),
                ),
                level=3,
            )
            for row in rows
            if row["of each"] == of_each
        ]
    return "\n\n".join(parts)


def keys() -> str:
    """The keys of a scenario file, by table, with what each kind of device takes by default."""
    rows = listing("keys")
    groups = dict.fromkeys(str(row["name"]).rpartition(".")[0] for row in rows)
    parts = []
    for group in groups:
        lines = [
            (anchored(str(row["name"])), plain(row["default"]), f"{plain(row['meaning'])}<br>{plain(row['allowed'])}")
            for row in rows
            if str(row["name"]).rpartition(".")[0] == group
        ]
        title = f"[{group}]" if group else "At the top"
        parts.append(section(title, table(("key", "default", "meaning, what is allowed"), lines)))
    return "\n\n".join(parts)


def device_defaults() -> str:
    """What each kind of device takes for a key that is left out."""
    rows = (
        (row.device, code(row.path), plain(row.value), row.grade, plain(row.source)) for row in _core.device_defaults()
    )
    return table(("device", "key", "value", "grade", "source"), rows)


def topicals() -> str:
    """The keys of one entry of care.topicals, and an example."""
    return f"```text\n{explanation('care.topicals')}\n```"


def rows_of(kind: str) -> Callable[[], str]:
    """A whole list of the command as one table: sites, baselines, conditions, compounds."""

    def made() -> str:
        rows = listing(kind)
        (last,) = rows[0].keys() & {"meaning", "source"}
        set_by_it = [name for name in rows[0] if name not in {"name", last}]
        lines = (
            (
                anchored(str(row["name"])),
                "<br>".join(f"{name.replace('_', ' ')}: {plain(row[name])}" for name in set_by_it if row[name] != ""),
                plain(row[last]),
            )
            for row in rows
        )
        return table(("name", "what it sets", last), lines)

    return made


def errors() -> str:
    """A section for each code of a refused scenario."""
    return "\n\n".join(
        section(
            f"{page.code}: {page.title}",
            plain(page.text),
            plain(page.mend),
            *(f"{told}:\n\n```toml\n{text.strip()}\n```" for told, text in _examples(page) if text),
        )
        for page in _core.error_pages()
    )


def _examples(page: _core.ErrorPage) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("Refused", page.bad), ("Accepted", page.good)


def models() -> str:
    """A section for each published model, with its faults, variants, spaces and states."""
    return "\n\n".join(map(_model, (card for card in _core.model_cards() if card.id != "microneedling")))


def _model(card: _core.ModelCard) -> str:
    spaces = (
        f"{code(space.name)}: {plain(space.meaning)}; {space.length:g} {plain(space.unit)}, {space.cells} cells"
        for space in card.spaces
    )
    named = (f"{code(name)}: {plain(meaning)}" for name, meaning in card.variants.items())
    lists = (("Known faults of the source", map(plain, card.faults)), ("Variants", named), ("Spaces", spaces))
    told = [(title, "\n".join(f"- {each}" for each in entries)) for title, entries in lists]
    rows = ((code(row.name), plain(row.unit), plain(row.meaning)) for row in _core.states(card.id))
    return section(
        card.id,
        f"{plain(card.title)}.",
        plain(card.source),
        f"{len(_core.states(card.id))} states, {len(_core.parameters(card.id))} parameters, time "
        f"{'without a unit' if card.time_unit == '1' else f'in {plain(card.time_unit)}'}.",
        *(f"{title}:\n\n{text}" for title, text in told if text),
        f"Healed: {plain(card.front)}." if card.front else "",
        table(("state", "unit", "meaning"), rows),
    )


def equations() -> str:
    """The equations of the model of needled skin, as `cicatrix export` writes them, but for its parameters."""
    text = re.sub(r"\A# .*\n", "", _core.equations("microneedling"))
    return re.sub(r"^## Parameters\n.*?(?=^## |\Z)", "", text, flags=re.MULTILINE | re.DOTALL).strip()


def shipped() -> str:
    """The text of each shipped scenario, which opens with its question."""
    return "\n\n".join(
        section(path.stem, f"```toml\n{path.read_text(encoding='utf-8').strip()}\n```") for path in scenarios()
    )


def commands() -> str:
    """The help of each command."""
    whole = cli.command_line()
    (chosen,) = (each for each in whole._actions if isinstance(each, argparse._SubParsersAction))
    return "\n\n".join(
        section(name, f"```text\n{parser.format_help().strip()}\n```") for name, parser in chosen.choices.items()
    )


def calls() -> str:
    """What `import cicatrix` offers, and the accessor of a course, with signatures and docstrings."""
    from cicatrix.accessor import CourseAccessor

    offered = [(f"cicatrix.{name}", getattr(cicatrix, name)) for name in cicatrix.__all__]
    of_course = [(name, each) for name, each in vars(CourseAccessor).items() if not name.startswith("_")]
    return "\n\n".join(
        [
            *(section(name, *_told(name, found)) for name, found in offered),
            section("The accessor `.cx`", *(_method(name, found) for name, found in of_course)),
        ]
    )


def _method(name: str, found: Any) -> str:
    return section(f"dataset.cx.{name}", *_told(f"dataset.cx.{name}", found), level=3)


def _told(name: str, found: Any) -> tuple[str, ...]:
    said = inspect.getdoc(found) or ""
    if inspect.isfunction(found):
        taken = inspect.signature(found)
        shown = [each.replace(annotation=each.empty) for each in taken.parameters.values() if each.name != "self"]
        call = str(taken.replace(parameters=shown, return_annotation=taken.empty))
        return (f"```text\n{name}{call}\n```", _as_paragraphs(said))
    return (_as_paragraphs(said),)


def _as_paragraphs(docstring: str) -> str:
    """A docstring as Markdown: its words in backticks stay code."""
    parts = re.split(r"(`[^`\n]+`)", docstring)
    return "".join(part if part.startswith("`") else plain(part) for part in parts)


def terms() -> str:
    """The words of results and reports, and the grades of evidence."""
    return "\n\n".join(section(term, f"```text\n{text}\n```") for term, text in TERMS.items())


def grades() -> str:
    """The grades of evidence."""
    return table(("grade", "meaning"), ((grade, plain(meaning)) for grade, meaning in GRADES.items()))


def section_marks() -> str:
    """What a mark of a cross-section stands for, state by state."""
    from cicatrix.section_marks import MARKS

    meanings = {state.name: state.meaning for state in _core.states("microneedling")}
    rows = ((f"`{mark.state}`", mark.told, str(mark.per_unit), plain(meanings[mark.state])) for mark in MARKS)
    return table(("state", "drawn as", "marks for 1", "what 1 is"), rows)


def checks() -> str:
    """The files of tests that bear on numbers, each by the comment that it opens with."""
    folders = (("Laws", "laws"), ("Against references", "reference"), ("Under faults", "faults"))
    return "\n\n".join(
        section(title, "\n".join(_opening(path) for path in sorted((ROOT / "tests" / folder).glob("test_*"))))
        for title, folder in folders
    )


def _opening(path: Path) -> str:
    text = path.read_text(encoding="utf-8")
    said = text.split('"""')[1] if path.suffix == ".py" else _comment(text)
    return f"- {code(path.name)}: {plain(' '.join(said.split()))}"


def _comment(text: str) -> str:
    """The lines of comment that a C++ file begins with."""
    lines = itertools.takewhile(lambda line: line.startswith("//"), text.splitlines())
    return " ".join(line.removeprefix("//") for line in lines)


def notebooks() -> str:
    """The notebooks of the tree, each with the question that it opens with."""
    rows = []
    for path in sorted((ROOT / "notebooks").glob("*.ipynb")):
        opening = "".join(json.loads(path.read_text(encoding="utf-8"))["cells"][0]["source"])
        title, _, rest = opening.partition("\n\n")
        question = re.split(r"(?<=\?)\s", rest)[0]
        rows.append(
            (code(f"notebooks/{path.name}"), plain(re.sub(r"^# \d+\. ", "", title)), plain(_one_line(question)))
        )
    return table(("notebook", "title", "it opens with"), rows)


def _one_line(text: str) -> str:
    return " ".join(text.split())


BLOCKS: dict[str, Callable[[], str]] = {
    "calls": calls,
    "checks": checks,
    "commands": commands,
    "device-defaults": device_defaults,
    "equations": equations,
    "errors": errors,
    "grades": grades,
    "keys": keys,
    "models": models,
    "notebooks": notebooks,
    "parameters": parameters,
    "readouts": readouts,
    "scenarios": shipped,
    "section-marks": section_marks,
    "terms": terms,
    "topicals": topicals,
    **{kind: rows_of(kind) for kind in ("sites", "baselines", "conditions", "compounds")},
}


def _replace(_app: Any, docname: str, source: list[str]) -> None:
    """Called by Sphinx before it reads a page."""
    source[0] = with_blocks_made(source[0], docname)


def setup(app: Any) -> dict[str, bool]:
    """Called by Sphinx once."""
    app.connect("source-read", _replace)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
