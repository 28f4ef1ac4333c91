"""Pages of equations: every state has its rate, every name in them is explained, nothing breaks their tables."""

from __future__ import annotations

import re

import pytest

from cicatrix import _core

MODELS = _core.models()
CASES = [(card.id, variant) for card in _core.model_cards() for variant in ["", *card.variants]]
UNTITLED = {"d", "t"}  # the marks of a derivative, set upright like names


def names_in(text: str) -> list[str]:
    """The names of quantities in LaTeX."""
    return [name.replace("\\_", "_") for name in re.findall(r"\\mathrm\{((?:[^{}])+)\}", text)]


def mathematics(page: str) -> list[str]:
    """The displayed equations."""
    return re.findall(r"^\$\$\n(.*?)\n\$\$$", page, re.MULTILINE | re.DOTALL)


def section(page: str, title: str) -> str:
    """The text under a heading, empty when there is none."""
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", page, re.MULTILINE | re.DOTALL)
    return found.group(1) if found else ""


def table(page: str, title: str) -> list[list[str]]:
    """The cells of the table under a heading, without its head."""
    lines = [line for line in section(page, title).splitlines() if line.startswith("|")]
    rows = [[cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]] for line in lines]
    return rows[2:]


def listed(page: str, title: str) -> list[str]:
    return [row[0].strip("`") for row in table(page, title)]


def derivatives(page: str) -> list[str]:
    """The states whose derivative stands alone at the left of an equation."""
    left = re.compile(r"^(?:\\begin\{aligned\}\n)?\\frac\{\\mathrm\{d\}\\,\\mathrm\{(.+?)\}\}\{\\mathrm\{d\}t\} =")
    found = [left.match(text) for text in mathematics(page)]
    return [match.group(1).replace("\\_", "_") for match in found if match]


@pytest.mark.parametrize("model", MODELS)
def test_every_state_has_one_equation_and_one_line_in_the_table(model: str) -> None:
    page = _core.equations(model)
    states = [row.name for row in _core.states(model)]
    assert sorted(derivatives(page)) == sorted(states)
    assert listed(page, "States") == states


@pytest.mark.parametrize("model", MODELS)
def test_states_have_the_unit_and_the_meaning_of_the_model(model: str) -> None:
    told = table(_core.equations(model), "States")
    expected = [(row.unit, row.meaning) for row in _core.states(model)]
    assert [(row[2], row[3].replace("\\|", "|")) for row in told] == expected


@pytest.mark.parametrize("model", MODELS)
def test_every_parameter_appears_once_with_its_default_its_unit_and_its_grade(model: str) -> None:
    rows = table(_core.equations(model), "Parameters")
    parameters = _core.parameters(model)
    assert [row[0].strip("`") for row in rows] == [row.name for row in parameters]
    for told, row in zip(rows, parameters, strict=True):
        assert float(told[1]) == row.value, row.name
        assert told[2] == row.unit, row.name
        assert row.grade in told[4], row.name


@pytest.mark.parametrize(("model", "variant"), CASES)
def test_every_name_in_an_equation_is_explained_in_a_table(model: str, variant: str) -> None:
    page = _core.equations(model, variant)
    known = set(UNTITLED)
    for title in ("States", "Constants", "Parameters", "Conditions"):
        known |= set(listed(page, title))
    known |= {names_in(text)[0] for text in mathematics(section(page, "Terms that the rates share"))}
    assert set(names_in(page)) <= known


@pytest.mark.parametrize("model", [model for model in MODELS if model != "microneedling"])
def test_a_parameter_that_no_equation_has_belongs_to_space_or_moves_the_start_or_a_stop(model: str) -> None:
    used = {name for card, variant in CASES if card == model for name in names_in(_core.equations(model, variant))}
    times = [0.0, 15.0, 60.0]
    for row in _core.parameters(model):
        if row.name in used or row.name.endswith(("_diffusivity", "_spread")) or row.name.startswith("graft_"):
            continue
        moved = _core.simulate(model, times, settings={row.name: 0.9 * row.value + 0.1 * row.high})
        assert moved != _core.simulate(model, times), f"{row.name} changes nothing and is on no page"


@pytest.mark.parametrize("model", MODELS)
def test_every_constant_is_explained_by_a_formula_or_a_value(model: str) -> None:
    page = _core.equations(model)
    assert listed(page, "Constants") == [row.name for row in _core.constants(model)]
    for row in table(page, "Constants"):
        assert float(row[2]) == float(row[2]), row[0]


@pytest.mark.parametrize("model", MODELS)
def test_shared_terms_are_written_once_and_used(model: str) -> None:
    page = _core.equations(model)
    written = [names_in(text)[0] for text in mathematics(section(page, "Terms that the rates share"))]
    assert len(written) == len(set(written))
    for term in written:
        least = 1 if term.endswith("_age") else 2  # a factor of time alone is found once for all stages of a step
        assert names_in(page).count(term) > least, f"{term} is written out but used less than {least} times"


@pytest.mark.parametrize("card", _core.model_cards(), ids=lambda card: str(card.id))
def test_source_and_faults_stand_on_the_page(card: _core.ModelCard) -> None:
    page = _core.equations(card.id)
    assert f"`{card.id}`" in page
    assert card.source in page
    for fault in card.faults:
        assert f"- {fault}\n" in page


@pytest.mark.parametrize(("model", "variant"), CASES)
def test_mathematics_and_tables_are_whole(model: str, variant: str) -> None:
    page = _core.equations(model, variant)
    for text in mathematics(page):
        assert text.count("{") == text.count("}")
        assert len(re.findall(r"\\left\b", text)) == len(re.findall(r"\\right\b", text))
        assert text.count("\\begin") == text.count("\\end")
    assert len(re.findall(r"^\$\$$", page, re.MULTILINE)) == 2 * len(mathematics(page))
    for title in ("States", "Parameters", "Constants", "Conditions"):
        assert len({len(row) for row in table(page, title)}) <= 1


@pytest.mark.parametrize(("model", "variant"), [case for case in CASES if case[1]])
def test_the_page_of_a_variant_starts_where_a_run_of_it_starts(model: str, variant: str) -> None:
    page = _core.equations(model, variant)
    assert f"variant `{variant}`" in page
    (start,) = _core.simulate(model, [0.0, 1e-9], variant)[:1]
    assert [float(row[1]) for row in table(page, "States")] == start


def test_a_variant_shows_its_values_and_not_the_defaults() -> None:
    cells = {row[0]: row[1] for row in table(_core.equations("adler_2020", "ten_days"), "Parameters")}
    assert cells["`injury_duration`"] == "10"


def test_what_jumps_is_told_with_its_event() -> None:
    treated = ("waugh_sherratt_2006", "treated"), ("waugh_sherratt_2007", "apligraf")
    others = ((model, "") for model in ("adler_2020", "baker_2017", "bianchi_2015", "dankwa", "dunster_2014"))
    for model, variant in (*treated, *others):
        events = section(_core.equations(model, variant), "Events")
        assert "\\leftarrow" in events, model
    for model in ("reynolds_2006", "trejo_2019", "zlobina_2022", "waugh_sherratt_2006"):
        assert section(_core.equations(model), "Events") == "", model


def test_a_model_or_variant_that_is_not_there_is_refused() -> None:
    with pytest.raises(ValueError, match="adler_2021"):
        _core.equations("adler_2021")
    with pytest.raises(ValueError, match="hundred_days"):
        _core.equations("adler_2020", "hundred_days")
