"""What programs in notebooks ask for beyond courses: lists, pages, pictures of figures, and words for pairs."""

from __future__ import annotations

import struct
from pathlib import Path

import matplotlib
import pytest
import xarray as xr
from sweep_scenarios import PAIRS

import cicatrix as cx
from cicatrix import _core
from cicatrix.outcome import RefusedError


@pytest.fixture(scope="module")
def course() -> xr.Dataset:
    return cx.run("ageing")


def test_a_list_is_a_table_with_names_as_its_index() -> None:
    table = cx.listing("parameters")
    rows = {row.name: row for row in _core.course_parameters()}
    assert list(table.index) == list(rows)
    assert table.loc["reach", "value"] == rows["reach"].value
    assert table.loc["reach", "grade"] == rows["reach"].grade
    assert cx.listing("models").index.name == "name"


def test_no_module_has_the_name_of_what_the_package_offers() -> None:
    folder = Path(cx.__file__).parent  # importing such a module would put it in the place of what it holds
    modules = [path.stem for path in folder.glob("*.py")] + [path.parent.name for path in folder.glob("*/__init__.py")]
    assert "course" in modules
    assert set(modules) & set(cx.__all__) == set()


def test_a_list_that_there_is_not_is_refused_with_those_that_there_are() -> None:
    with pytest.raises(KeyError, match="no list of 'parameter'; there are: scenarios, models, parameters"):
        cx.listing("parameter")


def test_a_page_is_what_the_command_shows() -> None:
    assert cx.explain("reach").startswith("reach: parameter\n")
    with pytest.raises(RefusedError, match="did you mean reach"):
        cx.explain("reech")


def test_a_sweep_can_be_given_as_a_text() -> None:
    sweep = cx.parse_sweep(PAIRS)
    assert cx.sweep(sweep, progress=False).sizes["member"] == sweep.members


def test_a_figure_has_a_picture_without_any_window(course: xr.Dataset) -> None:
    figure = course.cx.plot("collagen_total")
    picture = figure._repr_png_()
    assert picture.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", picture[16:24])
    inches = figure.get_size_inches()
    assert width / height == pytest.approx(inches[0] / inches[1], rel=0.01)
    assert matplotlib.__version__.encode() not in picture
    assert course.cx.plot("collagen_total")._repr_png_() == picture


def test_a_paired_difference_says_itself_in_words() -> None:
    found = cx.paired(cx.sweep(cx.parse_sweep(PAIRS), progress=False), "wrinkle_depth effect final")
    assert repr(found) == f"<{found}>"
    assert "array" not in repr(found)


def test_the_claims_are_played_from_the_scenarios_that_came_with_this_copy() -> None:
    from cicatrix.claims import CLAIMS, Bench, played, text_of

    claim = next(claim for claim in CLAIMS if claim.id == "S02")
    found = played(claim, Bench(), with_charts=False)
    assert text_of(found).startswith(claim.id)
    assert text_of(found).endswith(claim.scenarios[-1])
