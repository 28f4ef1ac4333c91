"""What can be read of a model without running it: its card, its page, its tables, and its scenarios."""

from __future__ import annotations

import json

import pytest

import cicatrix as cx
from cicatrix import _core, cli

MODELS = _core.models()
CARDS = _core.model_cards()


def page_of(name: str, capsys: pytest.CaptureFixture[str]) -> str:
    assert cli.main(["explain", name]) == 0
    return capsys.readouterr().out


def test_every_model_has_one_card_in_the_order_of_the_list() -> None:
    assert [card.id for card in CARDS] == MODELS


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card.id))
def test_a_page_opens_with_the_model_and_counts_what_it_has(
    card: _core.ModelCard, capsys: pytest.CaptureFixture[str]
) -> None:
    head, counts, *_ = page_of(card.id, capsys).splitlines()
    assert head == f"{card.id}: {card.title}"
    assert counts.startswith(f"{len(_core.states(card.id))} states, {len(_core.parameters(card.id))} parameters")
    assert counts.endswith(f"time in {card.time_unit}")


@pytest.mark.parametrize("model", MODELS)
def test_a_page_lists_every_state_and_constant_with_its_unit(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [line.split() for line in page_of(model, capsys).splitlines()]
    rows: list[_core.StateRow | _core.ConstantRow] = [*_core.states(model), *_core.constants(model)]
    for row in rows:
        (line,) = [line for line in lines if line and line[0] == row.name]
        assert " ".join(line[1:]) == f"{row.meaning} [{row.unit}]"


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card.id))
def test_faults_and_variants_are_whole_sentences_of_their_own(card: _core.ModelCard) -> None:
    for fault in card.faults:
        assert fault.endswith(".")
    assert len(set(card.faults)) == len(card.faults)
    meanings = list(card.variants.values())
    assert all(meanings)
    assert len(set(meanings)) == len(meanings)


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card.id))
def test_every_published_model_names_its_source_and_at_least_one_fault(card: _core.ModelCard) -> None:
    if card.id == "microneedling":
        return
    assert len(card.source.split()) >= 6
    assert card.faults
    assert card.time_unit in ("d", "h", "1")


@pytest.mark.parametrize("model", MODELS)
def test_a_parameter_has_a_range_about_its_value_and_says_where_it_was_read(model: str) -> None:
    for row in _core.parameters(model):
        assert row.low <= row.value <= row.high, row.name
        assert row.low < row.high, row.name
        assert row.grade in ("A", "B", "C", "D", "assumed"), row.name
        assert row.source.startswith("own choice") is (row.grade == "assumed"), row.name


@pytest.mark.parametrize("model", [model for model in MODELS if model != "microneedling"])
def test_nothing_published_about_other_tissue_is_graded_as_measured_in_skin(model: str) -> None:
    assert {row.grade for row in _core.parameters(model)} <= {"D", "assumed"}


def test_the_list_of_models_counts_states_and_parameters(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["list", "models", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["name"] for row in rows] == MODELS
    for row in rows:
        assert row["states"] == len(_core.states(row["name"]))
        assert row["parameters"] == len(_core.parameters(row["name"]))


def test_a_scenario_of_a_model_asks_its_question_and_runs_as_its_model() -> None:
    paths = [path for path in cx.scenarios() if path.parent.name == "models"]
    assert len(paths) >= 4
    for path in paths:
        scenario = _core.read_scenario(str(path))
        assert scenario.model == path.stem
        assert not scenario.is_course
        assert scenario.question.endswith("?")


@pytest.mark.parametrize("card", CARDS, ids=lambda card: str(card.id))
def test_a_variant_is_chosen_by_name_in_a_scenario_and_a_misspelt_one_gets_the_nearest(card: _core.ModelCard) -> None:
    for variant in card.variants:
        text = f'[model]\nid = "{card.id}"\nvariant = "{variant}"\n'
        assert f'"{variant}"' in _core.parse_scenario(text).resolved
        with pytest.raises(cx.InputError, match=variant):
            _core.parse_scenario(text.replace(f'"{variant}"', f'"{variant}x"'))


def test_a_parameter_of_a_model_is_set_with_its_unit_and_kept_in_its_range() -> None:
    text = '[model]\nid = "adler_2020"\n[parameters]\ninjury_duration = "{}"\n'
    assert _core.parse_scenario(text.format("36 hours")).settings["injury_duration"] == pytest.approx(1.5)
    for wrong in ("36 mm", "-1 days", "300 days"):
        with pytest.raises(cx.InputError, match="injury_duration"):
            _core.parse_scenario(text.format(wrong))
