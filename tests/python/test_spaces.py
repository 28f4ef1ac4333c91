"""Published models in space from the outside: run, opened, told, drawn, solved again on other cells."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from drawn_figures import covering, cut, picture

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.position_figures import colours, healing_text, lines, space_time_figure
from cicatrix.theme import PRINT
from cicatrix.verification import verification_text, verify

SPATIAL = {card.id: [space.name for space in card.spaces] for card in _core.model_cards() if card.spaces}
WOUND = '[model]\nid = "sherratt_murray"\nspace = "radial"\n[simulation]\nduration = "{} days"\ncells = {}\n'


@pytest.fixture(scope="module")
def wound() -> xr.Dataset:
    """A round epidermal wound that heals, on few cells."""
    return cx.run(_core.parse_scenario(WOUND.format(25, 64), "wound"))


def written(folder: Path, text: str) -> str:
    path = folder / "wound.toml"
    path.write_text(text, encoding="utf-8")
    return str(path)


def test_at_least_three_models_live_in_space() -> None:
    assert set(SPATIAL) >= {"sherratt_murray", "zlobina_2022", "buganza_tepole"}
    assert SPATIAL["sherratt_murray"] == ["planar", "radial"]


@pytest.mark.parametrize("model", SPATIAL)
def test_a_page_lists_the_spaces_with_their_length_and_cells(model: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["explain", model]) == 0
    page = capsys.readouterr().out
    card = next(card for card in _core.model_cards() if card.id == model)
    for space in card.spaces:
        assert f"{space.name}  {space.meaning}; {space.length:g} {space.unit}, {space.cells} cells" in page
    assert card.front in page


@pytest.mark.parametrize("model", SPATIAL)
def test_the_scenario_that_comes_with_a_model_runs_in_space_with_a_small_error(model: str) -> None:
    path = next(path for path in cx.scenarios() if path.parent.name == "models" and path.stem == model)
    course = cx.run(path)
    assert int(course["status"]) == 0
    for row in _core.states(model):
        assert course[row.name].dims == ("time", "position")
        assert np.isfinite(course[row.name].values).all()
    if "healing_time" in course:
        assert course["healing_time"].attrs["grid_error"] < 0.005 * float(course["healing_time"])


@pytest.mark.parametrize("model", SPATIAL)
def test_every_variant_runs_in_every_space(model: str) -> None:
    card = next(card for card in _core.model_cards() if card.id == model)
    for space in card.spaces:
        for variant in ["", *card.variants]:
            line = f'variant = "{variant}"\n' if variant else ""
            text = f'[model]\nid = "{model}"\n{line}space = "{space.name}"\n[simulation]\ncells = 40\n'
            course = cx.run(_core.parse_scenario(text, model))
            assert int(course["status"]) == 0, (space.name, variant)
            assert course.sizes["position"] == 40


@pytest.mark.filterwarnings("ignore:numpy.ndarray size changed:RuntimeWarning")  # of Debian's netCDF4
def test_the_file_opens_in_xarray_with_its_axes(wound: xr.Dataset, tmp_path: Path) -> None:
    path = tmp_path / "wound.nc"
    cx.save(wound, path)
    with xr.open_dataset(path, decode_times=False) as stored:
        assert stored["cells"].dims == ("time", "position")
        assert stored["position"].attrs["units"] == "wound radius"
        assert stored["position"].attrs["axis"] == "X"
        assert float(stored["cell_width"].sum()) == pytest.approx(1)
        assert stored["front_position"].attrs["grid_error"] > 0
    again = cx.open(path)
    for name in wound.variables:
        assert np.array_equal(wound[name].values, again[name].values), name


def test_the_edge_of_the_wound_lies_where_the_state_crosses_its_level(wound: xr.Dataset) -> None:
    level = float(wound["healing_time"].attrs["front_level"])
    places, width = wound["position"].values, float(wound["cell_width"][0])
    for time in range(1, wound.sizes["time"], 20):
        edge, values = float(wound["front_position"][time]), wound["cells"].values[time]
        low = places[values < level]
        assert edge == pytest.approx(low.max() if low.size else 0.0, abs=width)


def test_the_command_tells_healing_and_the_error_of_the_grid(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    scenario, result = written(tmp_path, WOUND.format(25, 64)), tmp_path / "wound.nc"
    assert cli.main(["check", scenario]) == 0
    assert "space radial" in capsys.readouterr().out
    assert cli.main(["run", scenario, "-o", str(result), "--quiet"]) == 0
    page = capsys.readouterr().out
    (line,) = [line for line in page.splitlines() if "largest grid error" in line]
    assert line.startswith("space radial, 64 cells")
    assert "healed at 20." in page
    assert cli.main(["run", scenario, "-o", str(result), "--quiet", "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["healing_time"] == pytest.approx(20.6, abs=0.6)
    assert set(told["grid_error"]) == {"cells", "chemical", "front_position", "healing_time"}
    assert 0 <= told["states"]["cells"]["position"] <= 1
    assert cli.main(["check", str(result)]) == 0
    assert cli.main(["rerun", str(result), "--quiet"]) == 0
    assert "bit-identical" in capsys.readouterr().out


def test_a_wound_that_is_still_open_is_told_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario, result = written(tmp_path, WOUND.format(5, 32)), tmp_path / "wound.nc"
    assert cli.main(["run", scenario, "-o", str(result), "--quiet"]) == 0
    assert "not healed by 5" in capsys.readouterr().out
    assert cli.main(["check", str(result)]) == 0  # a missing healing time is no damage


def test_a_wrong_space_or_cells_without_one_are_refused_with_help(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert cli.main(["run", written(tmp_path, WOUND.format(5, 32).replace("radial", "radail"))]) == 65
    assert "did you mean radial?" in capsys.readouterr().err.replace("'", "")
    assert cli.main(["run", written(tmp_path, WOUND.format(5, 32).replace('space = "radial"\n', ""))]) == 65
    assert "model.space" in capsys.readouterr().err


def test_solving_again_tells_time_and_space_apart(tmp_path: Path) -> None:
    path = written(tmp_path, WOUND.format(25, 256))
    told = verify(path)
    assert (told.cells, told.again_cells) == (256, 512)
    names = {"cells", "chemical", "front_position", "healing_time"}
    assert {row.name for row in told.differences} == {row.name for row in told.in_space} == names
    worst = [max(row.relative for row in rows) for rows in (told.differences, told.in_space)]
    assert worst[0] < 1e-4
    assert worst[1] > 100 * worst[0]  # so few cells are the larger fault
    healed = next(row for row in told.in_space if row.name == "healing_time")
    stated = cx.run(path)["healing_time"].attrs["grid_error"]
    assert healed.largest == pytest.approx(0.75 * stated, rel=0.2)  # a quarter of the error is left with half the width
    text = verification_text(path, told)
    assert "in space: 256 cells against 512" in text
    assert all(text.count(f"\n{name} ") == 2 for name in names)


def test_more_cells_bring_smaller_differences_to_twice_as_many(tmp_path: Path) -> None:
    worst = []
    for cells in (64, 256):
        rows = verify(written(tmp_path, WOUND.format(25, cells))).in_space
        worst.append(next(row.largest for row in rows if row.name == "healing_time"))
    assert worst[1] < 0.2 * worst[0]


def test_the_figure_shows_each_state_over_time_and_position(wound: xr.Dataset) -> None:
    assert lines(wound) == ["cells", "chemical"]
    one, every = wound.cx.plot("cells"), wound.cx.plot()
    assert len(one.axes) == 2  # the panel and its bar
    assert len(every.axes) == 4
    for figure in (one, every):
        assert not covering(figure)
        assert not cut(figure)
    assert picture(space_time_figure(wound)) == picture(every)
    with pytest.raises(KeyError, match="cells, chemical"):
        space_time_figure(wound, ["front_position"])


def test_a_curve_over_time_is_still_drawn_as_one(wound: xr.Dataset) -> None:
    assert wound.cx.readouts().loc["cells", "kind"] == "line"
    assert len(wound.cx.plot("front_position").axes) == 1
    with pytest.raises(ValueError, match="drawn apart"):
        wound.cx.plot("front_position", "cells")


def test_more_is_darker_in_the_figure() -> None:
    shades = [0.2126 * r + 0.7152 * g + 0.0722 * b for r, g, b, _ in colours(PRINT)(np.linspace(0, 1, 9))]
    assert shades == sorted(shades, reverse=True)


def test_healing_is_told_with_its_unit() -> None:
    course = xr.Dataset({"healing_time": ((), 12.5, {"units": "d", "grid_error": 0.02})}, coords={"time": [0.0, 20.0]})
    assert healing_text(course) == "healed at 12.5 days (grid error 0.02)"
    course["healing_time"] = ((), np.nan, {"units": "d"})
    assert healing_text(course) == "not healed by 20 days"
    assert healing_text(course.drop_vars("healing_time")) == ""


def test_a_table_has_a_row_for_each_time_and_position(wound: xr.Dataset, tmp_path: Path) -> None:
    cx.save(wound, tmp_path / "wound.nc")
    assert cli.main(["export", str(tmp_path / "wound.nc"), "--format", "csv", "-o", str(tmp_path / "wound.csv")]) == 0
    head, *rows = (tmp_path / "wound.csv").read_text(encoding="utf-8").splitlines()
    columns = ["time [1]", "position [wound radius]", "cells [1]", "chemical [1]", "front_position [wound radius]"]
    assert head.split(",") == columns
    assert len(rows) == wound.sizes["time"] * wound.sizes["position"]
    last = [float(text) for text in rows[-1].split(",")]
    assert last[:3] == [25.0, float(wound["position"][-1]), float(wound["cells"][-1, -1])]


def test_a_model_in_space_is_no_sbml(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    scenario = written(tmp_path, WOUND.format(25, 64))
    assert cli.main(["export", scenario, "--format", "sbml", "-o", str(tmp_path / "x.xml")]) == 65
    assert "model.space" in capsys.readouterr().err
    assert not (tmp_path / "x.xml").exists()
