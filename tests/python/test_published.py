"""Published models from the outside: run, checked, explained, exported and solved again."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.verification import verify

PUBLISHED = [model for model in _core.models() if model != "microneedling"]
HOT_FIBROSIS = '[model]\nid = "adler_2020"\nvariant = "four_days"\n[simulation]\nduration = "400 days"\n'


def test_the_list_has_the_published_models_beside_our_own() -> None:
    assert len(PUBLISHED) >= 16
    assert _core.models()[0] == "microneedling"


@pytest.mark.parametrize("model", PUBLISHED)
def test_a_model_says_where_it_comes_from_and_what_is_wrong_with_it(
    model: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["explain", model]) == 0
    page = capsys.readouterr().out
    card = next(card for card in _core.model_cards() if card.id == model)
    assert card.source in page
    for fault in card.faults:
        assert fault in page
    for variant in card.variants:
        assert variant in page


@pytest.mark.parametrize("model", PUBLISHED)
def test_every_variant_runs_to_its_end_in_the_models_own_time(model: str) -> None:
    card = next(card for card in _core.model_cards() if card.id == model)
    for variant in ["", *card.variants]:
        line = f'variant = "{variant}"\n' if variant else ""
        course = cx.run(_core.parse_scenario(f'[model]\nid = "{model}"\n{line}', model))
        assert int(course["status"]) == 0, variant
        assert course["time"].attrs["units"] == card.time_unit
        for row in _core.states(model):
            assert np.isfinite(course[row.name].values).all(), (variant, row.name)


def test_four_days_of_injury_end_in_hot_fibrosis_where_the_growth_factor_is_exact() -> None:
    course = cx.run(_core.parse_scenario(HOT_FIBROSIS, "adler"))
    assert float(course["csf1"][-1]) == pytest.approx(6.0e8, rel=1e-6)


def test_the_command_runs_checks_and_tells(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario, result = tmp_path / "adler.toml", tmp_path / "adler.nc"
    scenario.write_text(HOT_FIBROSIS, encoding="utf-8")
    assert cli.main(["check", str(scenario)]) == 0
    assert "adler_2020" in capsys.readouterr().out
    assert cli.main(["run", str(scenario), "-o", str(result), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["model"] == "adler_2020"
    assert told["events"] == [4.0]
    assert set(told["states"]) == {row.name for row in _core.states("adler_2020")}
    assert cli.main(["check", str(result)]) == 0
    assert cli.main(["rerun", str(result)]) == 0
    assert "bit-identical" in capsys.readouterr().out
    assert cli.main(["report", str(result), "-o", str(tmp_path / "x.html")]) == 65
    assert not (tmp_path / "x.html").exists()


def test_a_model_goes_out_as_sbml_and_as_equations(tmp_path: Path) -> None:
    for form, head in (("sbml", "<?xml"), ("equations", "# ")):
        target = tmp_path / f"x.{form}"
        assert cli.main(["export", "reynolds_2006", "--format", form, "-o", str(target)]) == 0
        assert target.read_text(encoding="utf-8").startswith(head)


def test_a_prescribed_course_goes_out_with_its_sessions_and_a_needled_one_is_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    target = tmp_path / "x.xml"
    assert cli.main(["export", "single_session", "--format", "sbml", "-o", str(target)]) == 0
    assert "<event" in target.read_text(encoding="utf-8")
    assert cli.main(["export", "crows_feet", "--format", "sbml", "-o", str(tmp_path / "y.xml")]) == 65
    assert "prescribed" in capsys.readouterr().err


def test_a_course_solved_again_agrees_to_the_accuracy_of_its_tolerance() -> None:
    path = next(str(path) for path in cx.scenarios() if path.stem == "crows_feet")
    verification = verify(path)
    assert verification.again_method != verification.method
    assert verification.again_rtol < verification.rtol
    inside = {row.name: row.relative for row in verification.differences}
    assert 0 < inside["collagen_total"] < 1e-5
    assert inside["wrinkle_depth"] < 1e-4


def test_a_looser_tolerance_is_seen_by_solving_again(tmp_path: Path) -> None:
    loose = tmp_path / "loose.toml"
    loose.write_text(HOT_FIBROSIS + "rtol = 1e-2\n", encoding="utf-8")
    tight = tmp_path / "tight.toml"
    tight.write_text(HOT_FIBROSIS + "rtol = 1e-8\n", encoding="utf-8")
    worst = [max(row.relative for row in verify(str(path)).differences) for path in (loose, tight)]
    assert worst[1] < 0.01 * worst[0]


def test_a_state_is_drawn_over_the_models_own_time() -> None:
    run = cx.run("reynolds_2006")
    figure = run.cx.plot("pathogen")
    (axes,) = figure.axes
    (last,) = run["time"].values[-1:]
    inside = [place for place in axes.get_xticks() if 0 < place <= last]
    assert len(inside) > 2
    assert axes.get_xlim()[0] <= 0 < last <= axes.get_xlim()[1] < 1.1 * last
    assert axes.get_xlabel() == "time (hours)"
    assert [text.get_text() for text in figure.legends[0].get_texts()] == ["reynolds_2006"]
    highest = float(run["time"].values[np.argmax(run["pathogen"].values)])
    assert f"at {highest:.3g} h" in figure.get_label()
    assert "day" not in figure.get_label()
