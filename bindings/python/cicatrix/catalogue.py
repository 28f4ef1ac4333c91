"""What can be listed and explained: scenarios, models, parameters, states, read-outs, keys and error codes."""

from collections.abc import Callable, Iterator
from difflib import get_close_matches
from typing import TypeAlias

from cicatrix import _core
from cicatrix._core import keys as scenario_keys
from cicatrix.glossary import ALIASES, TERMS
from cicatrix.outcome import Exit, RefusedError

Row: TypeAlias = dict[str, str | float]


def listing(kind: str) -> list[Row]:
    """The rows of one list; the first column of each is its name."""
    return LISTS[kind]()


def _scenarios() -> list[Row]:
    from cicatrix.course import scenarios

    return [
        {"name": str(path), "question": scenario.question or scenario.title}
        for path in scenarios()
        for scenario in [_core.read_scenario(str(path))]
    ]


def _models() -> list[Row]:
    return [
        {"name": model, "states": len(_core.states(model)), "parameters": len(_core.parameters(model))}
        for model in _core.models()
    ]


def _states() -> list[Row]:
    return [
        {"name": row.name, "unit": row.unit, "meaning": row.meaning, "model": model}
        for model in _core.models()
        for row in _core.states(model)
    ]


def _parameters() -> list[Row]:
    return [{**_parameter_row(row), "model": model} for model in _core.models() for row in _core.parameters(model)]


def _parameter_row(row: "_core.ParameterRow") -> Row:
    return {
        "name": row.name,
        "value": row.value,
        "unit": row.unit,
        "range": f"{row.low:.6g} to {row.high:.6g}",
        "low": row.low,
        "high": row.high,
        "grade": row.grade,
        "meaning": row.meaning,
        "source": row.source,
    }


def _readouts() -> list[Row]:
    return [
        {
            "name": row.name,
            "unit": row.unit,
            "meaning": row.meaning,
            "grade": row.grade,
            "formula": row.formula,
            "source": row.source,
        }
        for row in _core.readouts()
    ]


def _keys() -> list[Row]:
    rows: list[Row] = [
        {
            "name": row.path,
            "kind": row.kind,
            "unit": row.unit,
            "default": "required" if row.required else row.default,
            "allowed": row.allowed,
            "meaning": row.meaning + (f" ({STORED})" if row.stored_only else ""),
        }
        for row in scenario_keys()
    ]
    return [*rows, PARAMETER_KEY]


def _codes() -> list[Row]:
    return [{"name": page.code, "title": page.title} for page in _core.error_pages()]


STORED = "stored only: does not change this version's states"
PARAMETER_KEY: Row = {
    "name": "parameters.<name>",
    "kind": "quantity",
    "unit": "that of the parameter",
    "default": "",
    "allowed": "a value in the range of the parameter",
    "meaning": "A parameter of the model, by its name; `cicatrix list parameters` shows them.",
}
LISTS: dict[str, Callable[[], list[Row]]] = {
    "scenarios": _scenarios,
    "models": _models,
    "parameters": _parameters,
    "states": _states,
    "readouts": _readouts,
    "keys": _keys,
    "codes": _codes,
}
APART = ("name", "meaning", "low", "high")  # not among the facts of a page; the range says low and high
COLUMNS = {
    "parameters": ("name", "value", "unit", "range", "grade", "meaning"),
    "readouts": ("name", "unit", "meaning"),
    "keys": ("name", "kind", "default", "meaning"),
}


def listing_text(kind: str) -> str:
    """A list as columns of text under a line that heads them."""
    rows = listing(kind)
    if not rows:
        return f"no {kind} in this copy"
    columns = COLUMNS.get(kind, tuple(rows[0]))
    cells = [list(columns), *([_cell(row[column]) for column in columns] for row in rows)]
    widths = [max(len(line[i]) for line in cells) for i in range(len(columns) - 1)]
    padded = [[*(text.ljust(width) for text, width in zip(line, widths, strict=False)), line[-1]] for line in cells]
    return "\n".join("  ".join(line).rstrip() for line in padded)


def _cell(value: str | float) -> str:
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def is_known(name: str) -> bool:
    """True if there is a page of that name."""
    return any(known.lower() == _full(name) for known, _ in _pages())


def _full(name: str) -> str:
    lower = name.lower()
    if lower != PARAMETER_KEY["name"]:
        lower = lower.removeprefix("parameters.")
    return ALIASES.get(lower, lower)


def explanation(name: str) -> str:
    """The page of a code, key, parameter, state, read-out, model or term. Raises RefusedError for any other name."""
    pages = [text for known, text in _pages() if known.lower() == _full(name)]
    if pages:
        return "\n\n".join(pages)
    near = get_close_matches(name.lower(), sorted({known for known, _ in _pages()}), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}? " if near else ""
    kinds = ", ".join(kind for kind in LISTS if kind != "scenarios")
    raise RefusedError(
        Exit.USAGE, f"nothing is called {name!r}: {hint}names are shown by `cicatrix list KIND` (KIND: {kinds})"
    )


def _pages() -> Iterator[tuple[str, str]]:
    for page in _core.error_pages():
        yield page.code, _code_page(page)
    for model in _core.models():
        yield model, _model_page(model)
    for row in _keys():
        yield str(row["name"]), _key_page(row)
    for row in _parameters():
        yield str(row["name"]), _parameter_page(row)
    for geometry in _core.injury_parameters():
        page_text = _row_page("parameter of the injury, fixed in this version", _parameter_row(geometry))
        yield geometry.name, page_text
    for kind, title in (("states", "state"), ("readouts", "read-out")):
        for row in listing(kind):
            yield str(row["name"]), _row_page(title, row)
    for term, text in TERMS.items():
        yield term, f"{term}: term\n{text}"


def _key_page(row: Row) -> str:
    """A key with what each kind of device takes when it is left out."""
    lines = [_row_page("scenario key", row)]
    defaults = [default for default in _core.device_defaults() if default.path == row["name"]]
    lines += ["default by device:"] if defaults else []
    lines += [f"  {row.device}: {row.value} (grade {row.grade}; {row.source})" for row in defaults]
    return "\n".join(lines)


def _parameter_page(row: Row) -> str:
    value, unit = _cell(row["value"]), str(row["unit"])
    given = value if unit == "1" else f'"{value} {unit}"'
    return f"{_row_page('parameter', row)}\nto set it:\n  [parameters]\n  {row['name']} = {given}"


def _code_page(page: "_core.ErrorPage") -> str:
    parts = [f"{page.code}: {page.title}", page.text, page.mend]
    for title, example in (("Refused:", page.bad), ("Accepted:", page.good)):
        if example:
            parts.append(title + "\n" + "\n".join(f"    {line}" for line in example.strip("\n").splitlines()))
    return "\n\n".join(part for part in parts if part)


def _model_page(model: str) -> str:
    parts = [f"{model}: model with {len(_core.states(model))} states and {len(_core.parameters(model))} parameters"]
    groups = (("states", _core.states(model)), ("derived constants", _core.constants(model)))
    for title, rows in groups:
        width = max((len(row.name) for row in rows), default=0)
        lines = [f"  {row.name.ljust(width)}  {row.meaning} [{row.unit}]" for row in rows]
        if lines:
            parts.append("\n".join([f"{title}:", *lines]))
    return "\n\n".join(parts)


def _row_page(kind: str, row: Row) -> str:
    meaning = row.get("meaning", "")
    others = [(key, value) for key, value in row.items() if key not in APART and value != ""]
    width = max((len(key) for key, _ in others), default=0)
    facts = "\n".join(f"  {key.ljust(width)}  {_cell(value)}" for key, value in others)
    return f"{row['name']}: {kind}\n{meaning}\n{facts}".replace("\n\n", "\n").rstrip()
