"""The report of a sweep: its tables and charts hold the numbers of the Dataset, and what failed is told."""

from __future__ import annotations

import html
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from drawn_figures import covering, cut
from page_outline import Outline, chart_of, charts_of, table_of
from sample_grid import LENGTHS, PASSES, SESSIONS, a_grid, pairs
from sweep_scenarios import SWEEP, WITH_A_REFUSED_MEMBER, written

import cicatrix as cx
from cicatrix import cli
from cicatrix.report import write_report
from cicatrix.report_evidence import amount_text
from cicatrix.studies.level_figure import level_figure, level_words
from cicatrix.studies.level_means import level_means, strongest
from cicatrix.sweeps.distributions import distribution, distribution_figure, distribution_words, quantiles
from cicatrix.sweeps.failed import failures_of
from cicatrix.sweeps.store import stored
from cicatrix.sweeps.sweep_report import sweep_page

DEPTH, DOWNTIME = "wrinkle_depth_effect_final", "downtime_final"
DIGITS = 1e-5  # relative; what rounding for the page may cost
FEW = SWEEP.replace("samples = 300", "samples = 24")
ARMS = "[sweep.arms.mild]\ndevice.injured_fraction = 0.02\n[sweep.arms.strong]\n"


def words_of(page: str) -> str:
    return " ".join("".join(Outline(page).words).split())


@pytest.fixture(scope="module")
def drawn_at_random(tmp_path_factory: pytest.TempPathFactory) -> xr.Dataset:
    """A sweep of 24 members that differ by two numbers."""
    file = written(tmp_path_factory.mktemp("random"), FEW, "few.toml")
    return cx.sweep(file, progress=False)


@pytest.fixture(scope="module")
def random_page(drawn_at_random: xr.Dataset) -> str:
    return sweep_page(drawn_at_random, source="few.nc")


@pytest.fixture(scope="module")
def grid_page() -> str:
    return sweep_page(a_grid(failed=4))


@pytest.fixture(scope="module")
def refused(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The directory of a sweep of four members, of which one was refused."""
    folder = tmp_path_factory.mktemp("refused")
    with pytest.warns(RuntimeWarning, match="1 of 4 members failed"):
        cx.sweep(written(folder, WITH_A_REFUSED_MEMBER, "four.toml"), store=folder / "four.sweep", progress=False)
    return folder / "four.sweep"


@pytest.mark.parametrize("name", ["random_page", "grid_page"])
def test_the_page_is_whole_small_and_loads_nothing(name: str, request: pytest.FixtureRequest) -> None:
    page = request.getfixturevalue(name)
    outline = Outline(page)
    assert not outline.faults
    assert len(page.encode()) < 2_000_000
    assert not {"link", "img", "iframe", "object"} & {tag for tag, _ in outline.elements}
    assert not any("src" in attributes for _, attributes in outline.elements)
    pictures = [str(attributes.get("xlink:href") or "") for attributes in outline.named("image")]
    assert all(picture.startswith("data:image/png;base64,") for picture in pictures)
    named = [str(attributes["id"]) for _, attributes in outline.elements if "id" in attributes]
    assert len(named) == len(set(named))
    for drawing in outline.named("svg"):
        assert all(each in named for each in str(drawing["aria-labelledby"]).split())


def test_the_quantiles_in_the_table_are_those_of_the_dataset(grid_page: str) -> None:
    heads, *rows = table_of(grid_page, "Quantiles over the members")
    assert heads == ["outcome", "unit", "5 %", "25 %", "median", "75 %", "95 %", "known"]
    sweep = a_grid(failed=4)
    for row, name in zip(rows, (DEPTH, DOWNTIME), strict=True):
        known = sweep[name].dropna("member")
        expected = [float(known.quantile(share)) for share in (0.05, 0.25, 0.5, 0.75, 0.95)]
        assert [float(cell) for cell in row[2:7]] == pytest.approx(expected, abs=0.006)
        assert row[7] == str(known.size) == "35"


def test_bins_hold_every_member_once(random_page: str, drawn_at_random: xr.Dataset) -> None:
    for title, name in (("Collagen total effect final", "collagen_total_effect_final"), ("Erythema", "erythema_auc")):
        charts = [chart for chart in charts_of(random_page)["charts"] if chart["title"].startswith(title)]
        chart = next(chart for chart in charts if chart["told"] == "members in each bin")
        axis = charts_of(random_page)["axes"][chart["axis"]]
        (members,) = chart["series"]
        assert sum(members["values"][:-1]) == drawn_at_random.sizes["member"]  # the last one closes the last step
        values = drawn_at_random[name].values
        assert (axis["values"][0], axis["values"][-1]) == pytest.approx((values.min(), values.max()), rel=DIGITS)
        low, high = axis["values"][3], axis["values"][4]
        assert members["values"][3] == int(np.sum((values >= low) & (values < high)))


def test_each_point_is_its_member(random_page: str, drawn_at_random: xr.Dataset) -> None:
    chart, axis = chart_of(random_page, "Collagen total effect final over age")
    assert chart["nearest"]
    (points,) = chart["series"]
    assert len(points["values"]) == drawn_at_random.sizes["member"]
    assert axis["values"] == sorted(axis["values"])
    for place, height, told in zip(axis["values"], points["values"], axis["words"], strict=True):
        member = int(told.split("member ")[1].rstrip(")"))
        assert place == pytest.approx(float(drawn_at_random["patient.age"][member]), rel=DIGITS)
        assert height == pytest.approx(float(drawn_at_random["collagen_total_effect_final"][member]), rel=DIGITS)


def test_means_along_a_factor_of_a_grid_are_those_of_its_levels(grid_page: str) -> None:
    chart, axis = chart_of(grid_page, "Wrinkle depth effect final along needle length")
    means = a_grid(failed=4)[DEPTH].groupby("device.needle_length").mean()
    assert axis["values"] == LENGTHS
    assert chart["series"][0]["values"] == pytest.approx(means.values, rel=DIGITS)
    chart, axis = chart_of(grid_page, "Wrinkle depth effect final along sessions")
    assert axis["words"] == SESSIONS
    assert {series["kind"] for series in chart["series"]} == {"points"}  # nothing lies between words


def test_the_factor_whose_means_lie_furthest_apart_comes_first(grid_page: str) -> None:
    heads, *rows = table_of(grid_page, "Wrinkle depth effect final (µm) along each factor")
    apart = [abs(float(row[heads.index("highest mean")]) - float(row[1])) for row in rows]
    assert apart == sorted(apart, reverse=True)
    assert {row[0] for row in rows} == {"Needle length (mm)", "Passes", "Sessions"}
    by_factor = {row[0]: row for row in rows}
    assert by_factor["Sessions"][-1] == ""  # words have no order
    assert -1.0 <= float(by_factor["Passes"][-1]) < 0.0  # more passes, lines less deep


def test_a_random_design_says_which_correlations_may_be_chance(random_page: str) -> None:
    words = words_of(random_page)
    assert "may be chance (95 %, for each factor by itself)" in words
    # 0.404 is what tables of the correlation give for 22 degrees of freedom and 5 % in two tails.
    assert "Of 24 members with a value rank correlations between -0.4 and 0.4 may be" in words
    assert "may be chance" not in words_of(sweep_page(a_real_grid()))  # the members of a grid are no sample


def test_chance_counts_the_members_with_a_value() -> None:
    sweep = scattered(30)
    sweep[DEPTH][5:] = np.nan
    # 0.878 is what tables of the correlation give for 3 degrees of freedom and 5 % in two tails.
    assert "Of 5 members with a value rank correlations between -0.88 and 0.88 may" in words_of(sweep_page(sweep))


def a_real_grid() -> xr.Dataset:
    """A grid that knows its scenario."""
    text = SWEEP[: SWEEP.index("[sweep]")] + (
        '[sweep]\ndesign = "grid"\noutcomes = ["erythema auc"]\n[sweep.vary]\n'
        'patient.age = ["30 years", "40 years", "50 years", "60 years"]\n'
    )
    return cx.sweep(cx.parse_sweep(text, "grid.toml"), progress=False)


def test_a_member_that_failed_is_told_with_what_repeats_it(refused: Path) -> None:
    page = sweep_page(cx.open(refused), source=refused)
    words = html.unescape(words_of(page))
    assert "1 of 4 members failed and are in no number below" in words
    assert "member 1: refused (simulation.duration [days] 20, protocol.sessions every 4 weeks x 2)" in words
    assert f"cicatrix run {refused} --member 1" in words
    _, *rows = table_of(page, "Quantiles over the members")
    assert [row[-1] for row in rows] == ["3", "3"]


def test_a_dataset_tells_of_its_failures_what_the_ledger_tells(refused: Path) -> None:
    (told,), (kept,) = failures_of(cx.open(refused)), stored(refused).failures
    assert (told.member, told.arm, told.reason, told.state) == (kept.member, kept.arm, kept.reason, kept.state)
    assert told.factors == kept.factors


def test_protocols_are_compared_pair_by_pair() -> None:
    sweep = pairs(60)
    page = sweep_page(sweep)
    found = cx.paired(sweep, "wrinkle_depth_final")
    heads, row = table_of(page, "Differences patient by patient")
    told = dict(zip(heads[3:], row[3:], strict=True))
    assert told["mean"] == f"{found.mean:+.3g}"
    assert told["median"] == f"{found.median:+.3g}"
    assert row[heads.index("mean") + 1] == f"{found.mean_low:+.3g} to {found.mean_high:+.3g}"
    assert told["pairs"] == "60"
    chart, _ = chart_of(page, "Wrinkle depth final: pen minus roller")
    own = sweep["wrinkle_depth_final"]
    expected = np.sort(own.sel(arm="pen").values - own.sel(arm="roller").values)
    assert chart["series"][0]["values"] == pytest.approx(expected, rel=DIGITS, abs=1e-9)
    assert f"{found}" in html.unescape(words_of(page))


def of_three_protocols() -> xr.Dataset:
    """Of the second protocol every member has failed."""
    two = pairs(60)
    own = two["wrinkle_depth_final"]
    columns = np.column_stack([own.values[:, 0], np.full(60, np.nan), own.values[:, 1]])
    sweep = xr.Dataset({own.name: (("member", "arm"), columns, own.attrs)}, attrs=two.attrs)
    status = np.isnan(columns).astype(np.int8)
    about = {"flag_values": np.array([0, 1], np.int8), "flag_meanings": "done step_too_small"}
    sweep["status"] = (("member", "arm"), status, about)
    return sweep.assign_coords(member=two["member"], arm=["roller", "broken", "pen"])


def test_the_pair_that_is_told_is_the_pair_that_is_drawn() -> None:
    page = sweep_page(of_three_protocols())
    words = html.unescape(words_of(page))
    found = cx.paired(of_three_protocols(), "wrinkle_depth_final", first="roller", second="pen")
    assert words.count(f"{found}.") >= 2  # the answer, and the words of the figure
    assert "pen minus roller, in the same patients" in words
    assert "60 of 60 members failed and are left out where they failed" in words
    assert "in no number below" not in words


def test_two_pairs_are_too_few_to_compare() -> None:
    assert "Differences take 3 pairs or more" in words_of(sweep_page(pairs(2)))


def test_the_page_says_what_was_varied_and_how_to_repeat_it(drawn_at_random: xr.Dataset, random_page: str) -> None:
    heads, *rows = table_of(random_page, "What differs between the members")
    by_name = {row[0]: dict(zip(heads, row, strict=True)) for row in rows}
    age = by_name["patient.age"]
    assert age["drawn from"] == "uniform 20 years to 70 years"
    assert float(age["from"]) == pytest.approx(float(drawn_at_random["patient.age"].min()), rel=1e-3)
    assert float(age["to"]) == pytest.approx(float(drawn_at_random["patient.age"].max()), rel=1e-3)
    words = words_of(random_page)
    assert "cicatrix sweep few.toml -o few.sweep" in words
    assert "cicatrix merge few.sweep -o few.nc" in words
    assert drawn_at_random.attrs["scenario_toml"] in "".join(Outline(random_page).words)
    assert drawn_at_random.attrs["git_commit"] in words
    assert "assumed" in words


def test_a_sweep_in_single_precision_is_repeated_in_it(drawn_at_random: xr.Dataset) -> None:
    page = sweep_page(drawn_at_random.assign_attrs(precision="single"), source="few.nc")
    assert "cicatrix sweep few.toml --single-precision -o few.sweep" in words_of(page)


def test_no_name_of_a_user_becomes_markup() -> None:
    hostile = "<img src=x onerror=alert(1)>"
    sweep = pairs(10).assign_coords(arm=["roller", hostile])
    sweep.attrs.update(title=hostile, summary=hostile, scenario_toml=hostile, notes=hostile)
    outline = Outline(sweep_page(sweep, source=f"{hostile}.nc"))
    assert not outline.faults
    assert not outline.named("img")
    assert not any(name.startswith("on") for _, attributes in outline.elements for name in attributes)


def test_a_sweep_without_a_value_has_a_page_that_says_so() -> None:
    sweep = a_grid()
    sweep[DEPTH][:] = np.nan
    page = sweep_page(sweep)
    assert "median no value" in words_of(page)
    assert not Outline(page).faults


def test_the_commands_write_the_report_of_a_directory_and_of_a_merged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, FEW + ARMS, "few.toml")
    assert cli.main(["sweep", "few.toml", "-o", "few", "--report", "first.html", "--quiet"]) == 0
    assert cli.main(["report", "few"]) == 0
    assert cli.main(["merge", "few", "-o", "merged.nc", "--quiet"]) == 0
    assert cli.main(["report", "merged.nc", "-o", "merged.html"]) == 0
    told = capsys.readouterr().out.splitlines()
    assert "few.html" in told
    assert "merged.html" in told
    first, again, merged = (Path(name).read_text() for name in ("first.html", "few.html", "merged.html"))
    assert first == again
    assert charts_of(merged) == charts_of(first)
    assert table_of(merged, "Quantiles") == table_of(first, "Quantiles")


def test_the_report_of_a_part_waits_for_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    written(tmp_path, FEW, "few.toml")
    part = ["sweep", "few.toml", "--batch", "12", "--report", "few.html", "--quiet", "--shard"]
    assert cli.main([*part, "1/2"]) == 0
    assert "few.html: is written when all members have been run" in capsys.readouterr().out
    assert not Path("few.html").exists()
    assert cli.main([*part, "2/2"]) == 0
    assert Path("few.html").exists()


def test_the_library_writes_the_report_of_a_sweep(
    tmp_path: Path, random_page: str, drawn_at_random: xr.Dataset
) -> None:
    write_report(drawn_at_random, tmp_path / "few.html", result="few.nc")
    assert (tmp_path / "few.html").read_text() == random_page


def scattered(members: int) -> xr.Dataset:
    """An outcome that is twice its first factor; the second is noise, the third a word."""
    draws = np.random.default_rng(5)
    first, second = draws.uniform(0.0, 1.0, (2, members))
    word = np.where(first > 0.5, "many", "few")
    held = {"parameters.first": first, "parameters.second": second, "patient.word": word}
    coordinates = {name: ("member", values, {"role": "factor", "units": "1"}) for name, values in held.items()}
    about = {"role": "outcome", "units": "um", "long_name": "twice the first"}
    return xr.Dataset({DEPTH: ("member", 2.0 * first, about)}, coordinates, {"title": "Twice"})


def test_slices_of_a_number_hold_as_many_members_each() -> None:
    (found,) = level_means(scattered(600), DEPTH, "parameters.first")
    assert len(set(found.counts)) == 1
    assert found.counts.sum() == 600
    assert found.means == pytest.approx(2.0 * found.at, abs=0.05)
    assert (found.lower <= found.means).all()
    assert (found.means <= found.upper).all()
    assert found.correlation == pytest.approx(1.0)
    assert found.words[0].startswith("about ")


def test_a_word_has_a_mean_and_no_correlation() -> None:
    sweep = scattered(600)
    (found,) = level_means(sweep, DEPTH, "patient.word")
    means = {word: float(sweep[DEPTH][sweep["patient.word"].values == word].mean()) for word in ("few", "many")}
    assert dict(zip(found.words, found.means, strict=True)) == pytest.approx(means)
    assert np.isnan(found.correlation)


def test_the_strongest_factor_comes_first_and_numbers_of_persons_never() -> None:
    sweep = scattered(300)
    sweep = sweep.assign_coords({"cohort.person": ("member", np.arange(300.0), {"role": "factor", "units": "1"})})
    names = [means[0].levels.name for means in strongest(sweep, DEPTH)]
    assert names[0] == "parameters.first"
    assert "cohort.person" not in names
    assert not level_means(scattered(2), DEPTH, "parameters.first")


def test_what_does_not_differ_is_not_drawn() -> None:
    sweep = a_grid()
    assert distribution(sweep.assign({DEPTH: sweep[DEPTH] * 0.0}), DEPTH) is None
    assert not strongest(sweep.isel(member=[0, 0, 0, 0]), DEPTH)
    assert np.isnan(quantiles(np.full(3, np.nan))).all()


@pytest.mark.parametrize("sweep", [a_grid(), scattered(300), pairs(80)], ids=["grid", "random", "pairs"])
def test_nothing_of_the_figures_is_cut_or_covered_and_words_tell_them(sweep: xr.Dataset) -> None:
    (name, *_) = [str(key) for key in sweep.data_vars if sweep[key].attrs.get("role") == "outcome"]
    found = [each for each in [distribution(sweep, name)] if each]
    figures = [distribution_figure(sweep, found)]
    every = strongest(sweep, name)
    figures += [level_figure(sweep, name, every)] if every else []
    for figure in figures:
        assert not cut(figure)
        assert not covering(figure)
    assert "median" in distribution_words(sweep, found)
    if name == DEPTH:
        assert "from" in level_words(sweep, name, every)


def test_levels_of_a_grid_are_told_in_words() -> None:
    told = level_words(a_grid(), DEPTH, strongest(a_grid(), DEPTH))
    assert "Passes: from" in told
    assert f"at {PASSES[-1]}" in told


@pytest.mark.parametrize(
    ("value", "scale", "text"),
    [
        (-13.8421, 13.8421, "-13.84"),
        (-0.19612, 13.8421, "-0.20"),
        (-1.5e-5, 13.8421, "0.00"),
        (1234.5, 1234.5, "1234"),
        (0.00123456, 0.00123456, "0.001235"),
        (2.5e-9, 2.5e-9, "2.5e-09"),
        (float("nan"), 1.0, "no value"),
        (0.0, 0.0, "0"),
    ],
)
def test_numbers_of_one_table_have_as_many_decimals_as_its_largest(value: float, scale: float, text: str) -> None:
    assert amount_text(value, scale) == text


def test_of_missed_sessions_their_number_is_told_and_of_persons_nothing(drawn_at_random: xr.Dataset) -> None:
    factor = {"role": "factor", "units": "1"}
    missed = np.array([0, 64, 5, 1024 + 2 + 1] * 6, dtype=float)  # 0, 1, 2 and 3 sessions
    cohort = drawn_at_random.assign_coords(
        {"cohort.missed_sessions": ("member", missed, factor), "cohort.person": ("member", np.arange(24.0), factor)}
    )
    _, *rows = table_of(sweep_page(cohort), "What differs between the members, as it came out.")
    told = {row[0]: row[1:5] for row in rows}
    assert told["missed sessions"] == ["", "0", "1.5", "3"]
    assert not [name for name in told if name.startswith("cohort.")]
    summary = " ".join(repr(cohort.cx).split())
    assert "missed sessions from 0 to 3" in summary
    assert "1027" not in summary
    assert "cohort.person" not in summary
