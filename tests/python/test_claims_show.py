"""What the played claims must show: bounds from measurements, orders in dose and time, and the measures themselves."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import cast

import numpy as np
import pytest

from cicatrix.claims import CLAIMS, Bench, Number, Outcome, played
from cicatrix.claims.bench import Course
from cicatrix.claims.charts import Chart, bars, description, figure, svg
from cicatrix.claims.claim import digits
from cicatrix.claims.measures import first_day, lasting, peak_day
from cicatrix.claims.text import WIDTH, text_of

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios" / "claims"


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(SCENARIOS)


@pytest.fixture(scope="module")
def outcomes(bench: Bench) -> dict[str, Outcome]:
    return {claim.id: played(claim, bench) for claim in CLAIMS}


@pytest.fixture(scope="module")
def shown(outcomes: dict[str, Outcome]) -> dict[str, dict[str, float]]:
    """The values of all numbers by claim."""
    return {name: {key: number.value for key, number in outcome.numbers.items()} for name, outcome in outcomes.items()}


def rises(*values: float) -> bool:
    return all(before < after for before, after in pairwise(values))


Shown = dict[str, dict[str, float]]


def test_a_pen_reaches_about_its_setting(shown: Shown) -> None:
    for length in (0.5, 1.5):
        assert shown["S01"][f"depth pen, {length} mm"] / length == pytest.approx(1.0, abs=0.1)


def test_devices_differ_in_depth_and_longer_needles_go_deeper(shown: Shown) -> None:
    for length in (0.5, 1.5, 2.5):
        assert rises(*(shown["S01"][f"depth {kind}, {length} mm"] for kind in ("roller", "stamp", "pen")))
    for kind in ("roller", "stamp", "pen"):
        for what in ("depth", "injured"):
            assert rises(*(shown["S01"][f"{what} {kind}, {length} mm"] for length in (0.5, 1.5, 2.5)))


def test_no_more_channels_reach_the_reticular_dermis_than_there_are(bench: Bench, shown: Shown) -> None:
    density = bench.scenario("s01_needle_length").sessions[0].channel_density
    assert 0.0 < shown["S01"]["deep pen, 0.5 mm"] <= shown["S01"]["deep pen, 2.5 mm"] <= density * (1 + 1e-9)


def test_redness_lasts_from_under_two_hours_to_a_week(shown: Shown) -> None:
    assert shown["S03"]["red_0.25"] < 2.0
    assert 48.0 <= shown["S03"]["red_2.5"] <= 7 * 24.0
    assert rises(*(shown["S03"][f"red_{length}"] for length in (0.25, 0.5, 1.5, 2.5)))


def test_longer_needles_hurt_more_and_show_longer(shown: Shown) -> None:
    for what in ("pain", "downtime", "oedema", "blood"):
        assert rises(shown["S03"][f"{what}_0.5"], shown["S03"][f"{what}_1.5"])
    assert shown["S03"]["pain_1.5"] <= 10.0


def test_inflammation_keeps_the_clock_of_wounds(shown: Shown) -> None:
    assert shown["S04"]["neutrophils"] == pytest.approx(1.0, abs=1.0)
    assert 0.0 <= shown["S04"]["macrophages_m1"] <= 4.0
    assert shown["S04"]["macrophages_m2"] == pytest.approx(6.0, abs=1.0)
    assert shown["S04"]["collagen_iii"] <= 8 * 7.0


def test_net_elastin_stays_within_a_tenth(outcomes: dict[str, Outcome]) -> None:
    low, high = outcomes["S04"].numbers["elastin"].range
    assert low >= -10.0
    assert high <= 10.0


def test_the_gain_grows_from_session_to_session_and_on_to_a_year(shown: Shown) -> None:
    assert rises(*(shown["S05"][f"day_{day}"] for day in (27, 98, 182, 365)))


def test_cross_linked_collagen_carries_the_year_and_young_collagen_the_first_month(shown: Shown) -> None:
    young, bound = "young collagen I", "cross-linked collagen I"
    assert shown["S05"][f"{young} 1"] > shown["S05"][f"{bound} 1"]
    assert shown["S05"][f"{bound} 12"] > shown["S05"][f"{young} 12"]


def test_swelling_smooths_on_the_first_day_and_no_longer_after_three_months(bench: Bench, shown: Shown) -> None:
    from cicatrix.claims.s05_when_results_show import of_swelling

    assert shown["S05"]["swelling"] > 0.0
    assert abs(of_swelling(bench, 98.0)) < 0.1 * shown["S05"]["swelling"]


def test_the_sixth_session_adds_less_than_the_second(shown: Shown) -> None:
    gains = [shown["S06"][f"gain_{count}"] for count in (1, 2, 5, 6)]
    assert 0.0 < gains[3] - gains[2] < gains[1] - gains[0]


def test_a_session_takes_half_an_hour_and_costs_a_hundred_to_two(shown: Shown) -> None:
    assert shown["S06"]["minutes"] == pytest.approx(30.0, abs=10.0)
    assert 100.0 <= shown["S06"]["price"] <= 200.0


def test_lines_are_worst_within_days_and_moisturiser_at_least_halves_that(shown: Shown) -> None:
    numbers = shown["S07"]
    assert numbers["worse"] > 0.0
    assert 0.5 <= numbers["day"] <= 5.0
    assert numbers["left"] < 10.0
    assert numbers["moisturised"] <= 50.0
    assert numbers["hydration"] < 100.0
    assert numbers["later"] > 0.0


def test_water_loss_rises_no_more_than_the_open_area_allows(shown: Shown) -> None:
    assert 1.0 <= shown["S07"]["tewl"] <= 15.0
    assert shown["S07"]["tewl_hours"] <= 72.0


def test_lines_get_shallower_at_every_site(shown: Shown) -> None:
    assert all(shown["S08"][site] > 0.0 for site in ("forehead", "periorbital", "perioral", "cheek", "neck"))


def test_a_grade_falls_more_than_that_of_the_untreated_side(shown: Shown) -> None:
    numbers = shown["S09"]
    assert all(numbers[f"grade_{months}"] > numbers[f"drift_{months}"] for months in (3, 6))
    assert numbers["drift_3"] == pytest.approx(1.0, abs=0.3)  # points, blinded trial
    assert numbers["drift_6"] == pytest.approx(0.4, abs=0.3)
    assert numbers["five"] > numbers["filled"] > 0.0


def test_needling_never_lightens_and_dark_skin_darkens_more(shown: Shown) -> None:
    numbers = shown["S10"]
    assert numbers["darkest"] > 0.0
    assert numbers["change"] >= -1e-9
    assert rises(*(numbers[f"risk_{phototype}"] for phototype in (2, 4, 6)))
    assert numbers["faded"] < 100.0


def test_collagen_is_lost_slowly_and_without_a_step(bench: Bench, shown: Shown) -> None:
    assert rises(*(shown["S11"][f"lost_{age}"] for age in (30, 40, 55, 70)))
    collagen = bench.course("s11_ageing").of("collagen_total")
    assert np.diff(collagen).max() <= 1e-9
    assert np.abs(np.diff(collagen)).max() < 0.015 * collagen[0]  # a year


def test_intact_skin_lets_through_what_was_measured_and_needling_what_it_should(shown: Shown) -> None:
    numbers = shown["S13"]  # 0: hydrocortisone, 1: benzoic acid
    assert 0.4 <= numbers["intact_0"] <= 2.0
    assert 14.0 <= numbers["intact_1"] <= 37.0
    assert 2.0 <= numbers["gain_0"] <= 25.0
    assert 1.0 <= numbers["gain_1"] < 1.5


def test_needling_gains_most_for_what_hardly_passes(shown: Shown) -> None:
    numbers = shown["S13"]
    by_permeability = sorted((numbers[f"intact_{place}"], numbers[f"gain_{place}"]) for place in (0, 1, 2, 4, 5))
    assert by_permeability[0][1] == max(gain for _, gain in by_permeability)
    assert by_permeability[-1][1] < by_permeability[0][1]


def test_both_treatments_grow_more_hair_than_either(shown: Shown) -> None:
    numbers = shown["S14"]
    assert numbers["both"] > max(numbers["minoxidil"], numbers["needling"]) > 0.0
    assert 8.55 <= numbers["more"] <= 18.16  # hairs per cm2, pooled trials


def test_keloid_tendency_and_blood_thinners_change_the_course(shown: Shown) -> None:
    numbers = shown["S15"]
    assert numbers["refused"] == 7
    assert numbers["collagen_keloid"] > numbers["collagen"]
    assert numbers["bleeding_thinned"] > numbers["bleeding"] > 0.0
    assert numbers["disclosed"] == 1


def test_heat_darkens_more_than_needles_and_a_deeper_laser_more_than_a_shallow_one(shown: Shown) -> None:
    numbers = shown["S16"]
    names = ("needling, 1.5 mm", "laser, shallow", "laser, deep", "laser, deep and dense")
    assert rises(*(numbers[f"{name} risk"] for name in names))
    assert rises(*(numbers[f"{name} depth"] for name in names[1:]))
    assert rises(*(numbers[f"{name} downtime"] for name in names[1:]))


def test_a_clinic_hurts_costs_and_shows_more_than_home(shown: Shown) -> None:
    numbers = shown["S17"]
    for what in ("lines", "collagen", "pain", "downtime", "cost"):
        assert numbers[f"clinic_{what}"] > numbers[f"home_{what}"]


DAYS = np.array([0.0, 1.0, 2.0, 4.0])


class Straight:
    """A course that has times and nothing else."""

    days = DAYS


@pytest.mark.parametrize(
    ("values", "level", "day"),
    [
        ([0.0, 2.0, 0.0, 0.0], 1.0, 1.5),  # half way down
        ([0.0, 2.0, 0.0, 2.0], 1.0, 4.0),  # above it at the end
        ([0.0, 0.5, 0.0, 0.0], 1.0, 0.0),  # never above it
        ([3.0, 3.0, 3.0, 0.0], 1.5, 3.0),
    ],
)
def test_what_lasts_ends_where_the_line_crosses_for_good(values: list[float], level: float, day: float) -> None:
    assert lasting(cast(Course, Straight()), np.array(values), level) == pytest.approx(day)


@pytest.mark.parametrize(
    ("values", "level", "day"),
    [([0.0, 2.0, 3.0, 4.0], 1.0, 0.5), ([2.0, 0.0, 0.0, 0.0], 1.0, 0.0), ([0.0, 0.0, 0.0, 0.5], 1.0, 4.0)],
)
def test_what_is_reached_is_reached_where_the_line_first_crosses(values: list[float], level: float, day: float) -> None:
    assert first_day(cast(Course, Straight()), np.array(values), level) == pytest.approx(day)


def test_a_peak_is_on_the_day_of_the_largest_value() -> None:
    assert peak_day(cast(Course, Straight()), np.array([0.0, 1.0, 5.0, 2.0])) == 2.0


def test_a_range_holds_both_ends_of_each_parameter(bench: Bench) -> None:
    seen: list[object] = []

    def measure(changes: object) -> float:
        seen.append(changes)
        return float(len(seen))

    number = bench.over("s12_pores", ["pore_slackness", "reach"], measure, "count")
    assert (number.value, number.low, number.high) == (1.0, 1.0, 5.0)
    assert number.over == ("pore_slackness", "reach")
    course = bench.course("s12_pores")
    ends = [course.parameter("pore_slackness", column) for column in ("low", "high")]
    assert seen[1:3] == [{"parameters.pore_slackness": end} for end in ends]
    assert seen[3] == {"parameters.reach": f"{course.parameter('reach', 'low')!r} mm"}


def test_a_course_is_run_once(bench: Bench) -> None:
    assert bench.course("s12_pores") is bench.course("s12_pores", {})
    assert bench.course("s12_pores") is not bench.course("s12_pores", {"patient.age": "41 years"})


@pytest.mark.parametrize(
    ("value", "text"),
    [(22727.3, "22,727"), (15.28, "15.3"), (-0.0391, "-0.0391"), (1e-6, "0"), (-0.0, "0"), (float("nan"), "-")],
)
def test_numbers_are_written_as_people_read_them(value: float, text: str) -> None:
    assert digits(value) == text


def test_a_number_says_its_range_and_its_unit() -> None:
    assert Number("x", 1.5, "mm").text() == "1.5 mm"
    assert Number("x", 1.5, "mm", 1.0, 2.0, ("reach",)).text() == "1.5 (1 to 2) mm"
    assert Number("x", 1.5).range == (1.5, 1.5)


def test_text_fits_a_terminal(outcomes: dict[str, Outcome]) -> None:
    for outcome in outcomes.values():
        assert max(map(len, text_of(outcome).splitlines())) <= WIDTH


def test_a_chart_is_told_in_words_and_every_label_is_drawn() -> None:
    chart = bars("Two devices", "depth, mm", {"pen": {"0.5 mm": 0.5, "1.5 mm": 1.5}, "roller": {"0.5 mm": 0.1}})
    assert chart.names == ("pen", "roller")
    assert "0.5 mm: pen 0.5, roller 0.1" in description(chart)
    assert {"pen", "roller", "0.5 mm", "1.5 mm", "Two devices"} <= texts(chart)


def texts(chart: Chart) -> set[str]:
    drawn = figure(chart)
    (axes,) = drawn.axes
    legend = [label.get_text() for each in drawn.legends for label in each.get_texts()]
    return {axes.get_title("left"), *legend, *(label.get_text() for label in axes.get_xticklabels())}


def test_two_charts_share_no_name() -> None:
    chart = Chart("Lines", "days", "share", {"a": (DAYS, DAYS), "b": (DAYS, 2 * DAYS)})
    assert svg(chart, "first").count('id="first-') > 2
    assert 'id="first-' not in svg(chart, "second")
