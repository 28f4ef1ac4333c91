"""Gradients by name, from Python and from the command line, and parameters fitted along them."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

import cicatrix as cx
from cicatrix import _core
from cicatrix.studies.calibration import observed, told
from cicatrix.studies.gradient import point_of, with_tolerance
from cicatrix.studies.prior import Prior

ROOT = Path(__file__).resolve().parents[2]
CROWS_FEET = ROOT / "scenarios" / "crows_feet.toml"
OUTCOMES = ["wrinkle_depth effect final", "erythema auc", "tewl at 1 d", "downtime final"]
# Of the model, of the device on its way into the skin, of the injury and of a read-out.
MIXED = [
    "clot_decay",
    "cross_linking",
    "roller_dent",
    "reach",
    "flare_half_length",
    "device.needle_length",
    "patient.age",
]


def _quotients(scenario: Path, outcomes: list[str], names: list[str]) -> np.ndarray:
    """By whole courses on both sides of each number."""
    point = point_of(scenario, outcomes, names)
    columns = []
    for i, value in enumerate(point.row):
        rows = np.stack([point.row, point.row])
        step = 1e-3 * value
        rows[:, i] += [-step, step]
        low, high = np.asarray(point.sweep.run_rows(rows).values)
        columns.append((high - low) / (2 * step))
    return np.stack(columns, axis=1)


@pytest.fixture(scope="module")
def exact(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Crow's feet to ten digits, since quotients of whole courses carry the noise of their steps."""
    path = tmp_path_factory.mktemp("exact") / "crows_feet.toml"
    text = CROWS_FEET.read_text(encoding="utf-8")
    path.write_text(text.replace("[simulation]\n", "[simulation]\nrtol = 1e-9\natol = 1e-14\n"), "utf-8")
    return path


def test_gradients_by_parameters_and_keys_are_quotients_of_whole_courses(exact: Path) -> None:
    table = cx.gradient(exact, OUTCOMES, MIXED)
    assert list(table.index) == OUTCOMES
    assert list(table.columns) == MIXED
    np.testing.assert_allclose(table.to_numpy(), _quotients(exact, OUTCOMES, MIXED), rtol=1e-4, atol=1e-7)


def test_the_values_beside_a_gradient_are_those_of_a_run() -> None:
    table = cx.gradient(CROWS_FEET, "downtime at 70 d", ["clot_decay"])
    assert table.attrs["values"]["downtime at 70 d"] == float(cx.run(CROWS_FEET)["downtime"].sel(time=70))
    assert table.attrs["units"]["downtime at 70 d"] == "d"


def test_elasticities_are_per_cent_for_one_per_cent() -> None:
    plain = cx.gradient(CROWS_FEET, OUTCOMES, MIXED)
    elasticities = cx.gradient(CROWS_FEET, OUTCOMES, MIXED, relative=True)
    at = np.array([plain.attrs["at"][name] for name in MIXED])
    values = np.array([plain.attrs["values"][name] for name in OUTCOMES])
    np.testing.assert_allclose(elasticities.to_numpy(), plain.to_numpy() * at / values[:, None], rtol=1e-12)


def test_without_names_a_gradient_is_by_every_parameter_and_threads_change_nothing() -> None:
    one = cx.gradient(CROWS_FEET, "erythema auc", threads=1)
    assert list(one.columns) == [row.name for row in _core.course_parameters()]
    assert one.notna().all(axis=None)
    pd.testing.assert_frame_equal(cx.gradient(CROWS_FEET, "erythema auc", threads=3), one)


def test_a_scenario_that_has_been_read_has_the_same_gradient() -> None:
    scenario = cx.parse_scenario(CROWS_FEET.read_text(encoding="utf-8"), "crows_feet.toml")
    pd.testing.assert_frame_equal(cx.gradient(scenario, OUTCOMES, MIXED), cx.gradient(CROWS_FEET, OUTCOMES, MIXED))


def test_a_gradient_is_taken_where_the_conditions_of_the_patient_put_the_parameters(tmp_path: Path) -> None:
    path = tmp_path / "keloid.toml"
    text = CROWS_FEET.read_text(encoding="utf-8")
    risky = 'conditions = ["keloid tendency"]\nacknowledge_warnings = true\n'
    path.write_text(text.replace("conditions = []\n", risky), "utf-8")
    name = "myofibroblast_differentiation"
    table = cx.gradient(path, "collagen_total at 70 d", [name])
    usual = next(row.value for row in _core.course_parameters() if row.name == name)
    assert table.attrs["at"][name] == pytest.approx(1.5 * usual)
    assert table.attrs["values"]["collagen_total at 70 d"] == float(cx.run(path)["collagen_total"].sel(time=70))


def test_what_has_no_derivative_says_why() -> None:
    table = cx.gradient(CROWS_FEET, "downtime final", ["protocol.passes", "care.occlusion", "clot_decay"])
    assert table.isna().to_numpy().tolist() == [[True, True, False]]
    assert "whole number" in table.attrs["obstacles"]["protocol.passes"]
    assert "times" in table.attrs["obstacles"]["care.occlusion"]


@pytest.mark.parametrize(("outcomes", "names"), [("downtime last", ["clot_decay"]), ("downtime final", ["clot_decai"])])
def test_misspelt_names_are_refused(outcomes: str, names: list[str]) -> None:
    with pytest.raises(cx.InputError):
        cx.gradient(CROWS_FEET, outcomes, names)


def test_a_single_course_keeps_its_tolerance_where_sweeps_are_coarser() -> None:
    inline = ("seed = 1\nsimulation = { duration = '1 month' }", "simulation = {}")
    tables = ("seed = 1", "[simulation] # how\nduration = '1 month'", "simulation.duration = '1 month'")
    for text in (*tables, *inline):
        assert tomllib.loads(with_tolerance(text))["simulation"]["rtol"] == 1e-6
    told = "[simulation]\nrtol = 1e-5"
    assert with_tolerance(told) == told


def test_nothing_to_ask_or_to_differentiate_by_is_refused() -> None:
    with pytest.raises(ValueError, match="no outcome"):
        cx.gradient(CROWS_FEET, [])
    with pytest.raises(ValueError, match="no parameter"):
        cx.gradient(CROWS_FEET, "downtime final", [])
    with pytest.raises(ValueError, match="without space"):
        cx.gradient(ROOT / "scenarios" / "how_deep.toml", "downtime final", ["clot_decay"])


def _command(*words: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-m", "cicatrix", "gradient", *words], capture_output=True, text=True)


def test_the_command_prints_what_matters_most_first() -> None:
    done = _command(str(CROWS_FEET), "wrinkle_depth effect final")
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith("wrinkle_depth effect final: -")
    assert lines[0].endswith(" um")
    shares = [abs(float(line.split()[-1])) for line in lines[2:14]]
    assert shares == sorted(shares, reverse=True)
    assert "12 of" in lines[14]


def test_the_command_tells_programs_everything() -> None:
    names = ["--parameter", "clot_decay", "--parameter", "protocol.passes"]
    done = _command(str(CROWS_FEET), "erythema auc", "downtime final", *names, "--json")
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)["outcomes"]
    table = cx.gradient(CROWS_FEET, ["erythema auc", "downtime final"], ["clot_decay"])
    assert [each["outcome"] for each in found] == list(table.index)
    for each in found:
        assert each["parameters"]["clot_decay"]["derivative"] == table.loc[each["outcome"], "clot_decay"]
        assert "protocol.passes" in each["obstacles"]


def test_the_command_refuses_what_cannot_be_asked() -> None:
    assert _command(str(ROOT / "scenarios" / "how_deep.toml"), "downtime final").returncode == 2
    assert _command(str(CROWS_FEET), "downtime last").returncode == 65


def test_priors_put_95_per_cent_between_the_ends_of_the_ranges() -> None:
    rows = {row.name: row for row in _core.course_parameters()}
    names = ["clot_decay", "cell_loss_by_needling"]  # the range of the second begins at zero
    prior = Prior.of(names, np.array([rows[name].value for name in names]))
    assert prior.is_log.tolist() == [True, False]
    low, high = prior.bounds
    assert high - low == pytest.approx([2 * 1.96] * 2)
    assert prior.values(low) == pytest.approx([rows[name].low for name in names])
    assert prior.values(high) == pytest.approx([rows[name].high for name in names])
    at = np.array([0.3, -0.2])
    assert prior.place(prior.values(at)) == pytest.approx(at)
    step = 1e-6
    quotient = (prior.values(at + step) - prior.values(at - step)) / (2 * step)
    assert prior.slope(at) == pytest.approx(quotient, rel=1e-8)
    with pytest.raises(ValueError, match="no parameter"):
        Prior.of(["device.needle_length"], np.ones(1))


def test_observations_need_a_day_a_readout_a_value_and_its_deviation() -> None:
    assert len(observed([(1, "tewl", 12.0, 0.5)])) == 1
    with pytest.raises(ValueError, match="standard_deviation is missing"):
        observed(pd.DataFrame({"day": [1], "readout": ["tewl"], "value": [12.0]}))
    with pytest.raises(ValueError, match="above 0"):
        observed([(1, "tewl", 12.0, 0.0)])
    with pytest.raises(ValueError, match="no observation"):
        observed([])


def test_what_measurements_do_not_say_is_told() -> None:
    sentences = told(["a", "b", "c"], np.array([0.2, 0.3, 0.95]), np.array([[1, -0.97, 0], [-0.97, 1, 0], [0, 0, 1.0]]))
    assert len(sentences) == 2
    assert "hardly anything about c: 95 %" in sentences[0]
    assert "a and b cannot be told apart" in sentences[1]
