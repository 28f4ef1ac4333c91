"""What can be listed and explained: scenarios, models, parameters, read-outs, keys, what the skin may be, codes."""

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
    from cicatrix.course import checked
    from cicatrix.scenario_files import scenarios

    found = [(path, checked(path)) for path in scenarios()]
    asked = [(path, each.scenario if isinstance(each, _core.Sweep) else each) for path, each in found]
    return [{"name": str(path), "question": scenario.question or scenario.title} for path, scenario in asked]


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
    """Every parameter that a scenario may change: those of the models, of injuries, read-outs and absorption."""
    homes = {row.name: "microneedling" for row in _core.parameters("microneedling")}
    return [
        {**_parameter_row(row), "part": homes.get(row.name, "injury and read-outs")}
        for row in _core.course_parameters()
    ]


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
    """What a result tells over time, of each compound on the skin and of each session."""
    told = [(row, "time") for row in _core.readouts()] + [(row, "compound") for row in _core.compound_readouts()]
    rows: list[Row] = [
        {
            "name": row.name,
            "unit": row.unit,
            "of each": of_each,
            "meaning": row.meaning,
            "grade": row.grade,
            "formula": row.formula,
            "source": row.source,
        }
        for row, of_each in told
    ]
    return [*rows, *map(_session_row, _core.session_variables())]


def _session_row(row: "_core.SessionRow") -> Row:
    return {
        "name": row.name,
        "unit": row.unit,
        "of each": "session",
        "meaning": row.meaning,
        "grade": "",
        "formula": row.formula,
        "source": "",
    }


def _sites() -> list[Row]:
    return [
        {
            "name": row.name,
            "dermis_male": f"{row.dermis_male:.4g} mm",
            "dermis_female": f"{row.dermis_female:.4g} mm",
            "epidermis": f"{row.epidermis:.4g} mm",
            "horny_layer": f"{row.horny_layer:.4g} mm",
            "grade": row.grade,
            "source": row.source,
        }
        for row in _core.sites()
    ]


def _baselines() -> list[Row]:
    return [
        {
            "name": row.name,
            "extra_age": f"{row.extra_age:g} years",
            "mature_collagen": row.mature_collagen,
            "elastin": row.elastin,
            "scar_depth": f"{row.scar_depth:g} mm",
            "grade": row.grade,
            "source": row.source,
        }
        for row in _core.baselines()
    ]


def _conditions() -> list[Row]:
    return [
        {
            "name": row.name,
            "acknowledge": "must be acknowledged" if row.must_acknowledge else "warns",
            "changes": ", ".join(f"{name} x {factor:g}" for name, factor in row.changes.items()),
            "meaning": row.warning,
        }
        for row in _core.conditions()
    ]


def _compounds() -> list[Row]:
    return [
        {
            "name": row.name,
            "also called": ", ".join({name.lower(): name for name in reversed(row.everyday_names)}.values()),
            "molecular_mass": f"{row.molecular_mass:g} g/mol",
            "permeability": f"{row.permeability:.3g} mm/d",
            "solubility": f"{row.solubility:.3g} g/mm3",
            "grade": row.grade,
            "source": row.source,
        }
        for row in _core.compounds()
    ]


def _keys() -> list[Row]:
    rows: list[Row] = [
        {
            "name": row.path,
            "kind": row.kind,
            "unit": row.unit,
            "default": _default_text(row),
            "allowed": row.allowed,
            "meaning": row.meaning + (f" ({STORED})" if row.stored_only else ""),
        }
        for row in scenario_keys()
    ]
    return [*rows, PARAMETER_KEY]


def _default_text(row: "_core.KeyRow") -> str:
    if row.needed_by:
        return f"needed by {', '.join(row.needed_by)}"
    if any(default.path == row.path for default in _core.device_defaults()):
        return "by device"
    return "required" if row.required else row.default


def _codes() -> list[Row]:
    return [{"name": page.code, "title": page.title} for page in _core.error_pages()]


TOPICALS_EXAMPLE = """\
[[care.topicals]]
compound = "ascorbic acid"  # `cicatrix list compounds` shows what is known
dose = "0.1 mg/cm2"
when = "daily for 14 days"
[[care.topicals]]
compound = "my peptide"
dose = "0.05 mg/cm2"
when = "twice daily from 1 day for 4 weeks"
permeability = "1e-5 cm/h"  # of intact skin
molecular_mass = "580 g/mol"
solubility = "5 mg/mL"  # in what it is applied with"""
STORED = "stored only: does not change this version's states"
PARAMETER_KEY: Row = {
    "name": "parameters.<name>",
    "kind": "quantity",
    "unit": "that of the parameter",
    "default": "",
    "allowed": "a value in the range of the parameter",
    "meaning": "A parameter of the course, by its name; `cicatrix list parameters` shows them.",
}
LISTS: dict[str, Callable[[], list[Row]]] = {
    "scenarios": _scenarios,
    "models": _models,
    "parameters": _parameters,
    "states": _states,
    "readouts": _readouts,
    "sites": _sites,
    "baselines": _baselines,
    "conditions": _conditions,
    "compounds": _compounds,
    "keys": _keys,
    "codes": _codes,
}
# Lists whose rows are pages as they are, and what one row is called.
TITLES = {
    "states": "state",
    "readouts": "read-out",
    "sites": "site",
    "baselines": "baseline of the skin",
    "conditions": "condition of the patient",
    "compounds": "compound",
}
APART = ("name", "meaning", "low", "high")  # not among the facts of a page; the range says low and high
COLUMNS = {
    "parameters": ("name", "value", "unit", "range", "grade", "meaning"),
    "readouts": ("name", "unit", "of each", "meaning"),
    "sites": ("name", "dermis_male", "dermis_female", "epidermis", "horny_layer", "grade"),
    "baselines": ("name", "extra_age", "mature_collagen", "elastin", "scar_depth", "grade"),
    "conditions": ("name", "acknowledge", "meaning"),
    "compounds": ("name", "also called", "molecular_mass", "permeability", "solubility", "grade"),
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
    return _aliases().get(lower, lower)


def _aliases() -> dict[str, str]:
    compounds = {name.lower(): row.name for row in _core.compounds() for name in row.everyday_names}
    return {**ALIASES, **compounds}


def explanation(name: str) -> str:
    """The page of a code, key, parameter, state, read-out, model or term. Raises RefusedError for any other name."""
    pages = [text for known, text in _pages() if known.lower() == _full(name)]
    if pages:
        return "\n\n".join(pages)
    known_names = {known.lower(): known for known in [*(known for known, _ in _pages()), *_aliases()]}
    near = get_close_matches(name.lower(), sorted(known_names), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(known_names[each] for each in near)}? " if near else ""
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
    for kind, title in TITLES.items():
        for row in listing(kind):
            yield str(row["name"]), _row_page(title, row)
    for table in dict.fromkeys(str(row["name"]).partition(".")[0] for row in _keys() if "." in str(row["name"])):
        yield table, _table_page(table)
    for term, text in TERMS.items():
        yield term, f"{term}: term\n{text}"


def _key_page(row: Row) -> str:
    """A key with what each kind of device takes when it is left out, or what a table behind it holds."""
    lines = [_row_page("scenario key", row)]
    if row["name"] == "care.topicals":
        lines += _topical_lines()
    defaults = [default for default in _core.device_defaults() if default.path == row["name"]]
    lines += ["default by device:"] if defaults else []
    lines += [f"  {row.device}: {row.value} (grade {row.grade}; {row.source})" for row in defaults]
    return "\n".join(lines)


def _table_page(table: str) -> str:
    """A table of the scenario with its keys."""
    rows = [row for row in _keys() if str(row["name"]).startswith(f"{table}.")]
    width = max(len(str(row["name"])) for row in rows)
    lines = [f"  {str(row['name']).ljust(width)}  {row['meaning']}" for row in rows]
    more = ["`explain design`, `explain distribution` and `explain outcome` say how its texts are written"]
    return "\n".join([f"{table}: table of the scenario", *lines, *(more if table == "sweep" else [])])


def _topical_lines() -> list[str]:
    rows = _core.topical_keys()
    width = max(len(row.path) for row in rows)
    needs = {row.path: "needed" if row.required else "of a compound of your own" for row in rows}
    words = [f"  {row.path.ljust(width)}  {row.meaning} {row.allowed}; {needs[row.path]}" for row in rows]
    example = [f"  {line}" for line in TOPICALS_EXAMPLE.splitlines()]
    return ["each table holds:", *words, "a known compound and one of your own:", *example]


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
    card = next(card for card in _core.model_cards() if card.id == model)
    parts = [f"{model}: {card.title}"]
    parts[0] += (
        f"\n{len(_core.states(model))} states, {len(_core.parameters(model))} parameters, time in {card.time_unit}"
    )
    parts += [card.source] if card.source else []
    if card.faults:
        parts.append("\n".join(["known faults of the source:", *(f"  - {fault}" for fault in card.faults)]))
    if card.variants:
        width = max(map(len, card.variants))
        lines = [f"  {name.ljust(width)}  {meaning}" for name, meaning in card.variants.items()]
        parts.append("\n".join(["variants:", *lines]))
    if card.spaces:
        lines = [
            f"  {space.name}  {space.meaning}; {space.length:g} {space.unit}, {space.cells} cells"
            for space in card.spaces
        ]
        healed = [f"  healed: {card.front}"] if card.front else []
        parts.append("\n".join(["spaces, chosen by model.space:", *lines, *healed]))
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
