"""Laws of the claims: each is played by a scenario, judged by a rule that can come out either way, and told in full."""

from __future__ import annotations

import json
import re
import time
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest

import cicatrix as cx
from cicatrix import cli
from cicatrix.claims import CLAIMS, Bench, Claim, Criterion, Number, Origin, Outcome, Verdict, judged, played
from cicatrix.claims.bench import varied
from cicatrix.claims.page import page
from cicatrix.claims.text import LEGEND, WIDTH, summary, text_of

SCENARIOS = Path(__file__).resolve().parents[2] / "scenarios" / "claims"
EVERY = pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim.id)


@pytest.fixture(scope="module")
def bench() -> Bench:
    return Bench(SCENARIOS)


@pytest.fixture(scope="module")
def outcomes(bench: Bench) -> list[Outcome]:
    return [played(claim, bench) for claim in CLAIMS]


def outcome_of(outcomes: list[Outcome], name: str) -> Outcome:
    return next(outcome for outcome in outcomes if outcome.claim.id == name)


def middle(criterion: Criterion) -> float:
    """A value that meets a criterion, one away from a limit that it has."""
    if criterion.least == -float("inf"):
        return criterion.most - 1.0
    return criterion.least + 1.0 if criterion.most == float("inf") else 0.5 * (criterion.least + criterion.most)


def beyond(criterion: Criterion) -> float:
    """A value that misses it."""
    return criterion.most + 1.0 if criterion.least == -float("inf") else criterion.least - 1.0


def number(low: float, high: float) -> Number:
    return Number("doctored", low, low=low, high=high, over=("everything",))


def test_there_are_seventeen_claims_in_order() -> None:
    assert [claim.id for claim in CLAIMS] == [f"S{i:02d}" for i in range(1, 18)]


@EVERY
def test_each_claim_has_a_scenario_of_its_own_name(claim: Claim) -> None:
    assert claim.scenarios
    assert all(name.startswith(f"{claim.id.lower()}_") for name in claim.scenarios)
    assert all((SCENARIOS / f"{name}.toml").is_file() for name in claim.scenarios)


def test_no_scenario_of_the_claims_is_left_over() -> None:
    assert {path.stem for path in SCENARIOS.glob("*.toml")} == {name for claim in CLAIMS for name in claim.scenarios}


def test_every_shipped_scenario_opens_with_its_question() -> None:
    shipped = cx.scenarios()
    assert {path.name for path in SCENARIOS.glob("*.toml")} <= {path.name for path in shipped}
    for path in shipped:
        text = path.read_text(encoding="utf-8")
        question = tomllib.loads(text)["question"]
        assert text.splitlines()[0] == f"# {question}"
        assert question.endswith("?") or "to set beside" in question


@pytest.mark.parametrize(
    ("low", "high", "verdict"),
    [
        (1.0, 2.0, Verdict.CONSISTENT),
        (1.5, 1.5, Verdict.CONSISTENT),
        (0.5, 1.5, Verdict.CANNOT_SAY),
        (0.0, 9.0, Verdict.CANNOT_SAY),
        (2.5, 9.0, Verdict.CONTRADICTED),
        (-1.0, 0.9, Verdict.CONTRADICTED),
    ],
)
def test_the_whole_range_decides(low: float, high: float, verdict: Verdict) -> None:
    criterion = Criterion("between one and two", "x", least=1.0, most=2.0)
    assert criterion.verdict({"x": number(low, high)}) == verdict
    blind = replace(criterion, blind="nothing could meet it")
    expected = Verdict.CANNOT_SAY if verdict == Verdict.CONTRADICTED else verdict
    assert blind.verdict({"x": number(low, high)}) == expected


@EVERY
def test_each_verdict_can_come_out_either_way(claim: Claim) -> None:
    good = {criterion.number: number(middle(criterion), middle(criterion)) for criterion in claim.criteria}
    assert judged(claim.criteria, good) == Verdict.CONSISTENT
    for criterion in claim.criteria:
        missed = {**good, criterion.number: number(beyond(criterion), beyond(criterion))}
        open_ = {**good, criterion.number: number(*sorted((middle(criterion), beyond(criterion))))}
        expected = Verdict.CANNOT_SAY if criterion.blind else Verdict.CONTRADICTED
        assert judged(claim.criteria, missed) == expected
        assert judged(claim.criteria, open_) == Verdict.CANNOT_SAY


def test_what_decides_was_played_with_ranges(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        deciding = [outcome.numbers[criterion.number] for criterion in outcome.claim.criteria]
        assert all(each.low <= each.value <= each.high for each in deciding if each.over)
        assert any(each.over for each in deciding) or outcome.claim.origin == Origin.BUILT_IN


def test_the_claims_are_played_within_half_a_minute(bench: Bench) -> None:
    begun = time.monotonic()
    for claim in CLAIMS:
        played(claim, Bench(SCENARIOS), with_charts=False)
    assert time.monotonic() - begun < 30.0


def test_every_number_is_finite(outcomes: list[Outcome]) -> None:
    for outcome in outcomes:
        for name, each in outcome.numbers.items():
            assert all(abs(value) < 1e9 for value in (each.value, *each.range)), (outcome.claim.id, name)


def test_evidence_and_model_are_told_apart(outcomes: list[Outcome]) -> None:
    told = text_of(outcome_of(outcomes, "S16"))
    assert re.search(r"^evidence +contradicted\. No source", told, re.MULTILINE)
    assert "model: " in told
    doctored = replace(
        outcome_of(outcomes, "S16"), numbers={**outcome_of(outcomes, "S16").numbers, "better": number(80, 90)}
    )
    assert doctored.verdict == Verdict.CONSISTENT
    assert doctored.claim.evidence.verdict == Verdict.CONTRADICTED


def test_a_home_roller_gives_at_most_a_quarter_of_the_clinic(outcomes: list[Outcome]) -> None:
    assert outcome_of(outcomes, "S17").numbers["share"].high <= 25.0


def test_a_roller_of_192_needles_leaves_what_its_drum_says(outcomes: list[Outcome]) -> None:
    numbers = outcome_of(outcomes, "S02").numbers
    per_pass = 192 / (3.14159265 * 2.0 * 2.0)
    assert numbers["one_pass"].value == pytest.approx(per_pass, rel=0.01)
    assert numbers["strikes"].value == pytest.approx(15 * per_pass, rel=1e-6)
    assert 215 <= numbers["density"].value <= 229
    assert numbers["mapped"].value == pytest.approx(numbers["density"].value, rel=0.02)
    assert 20.0 <= numbers["half_life"].value <= 26.0


def test_pores_stay_as_they_are_when_collagen_does_nothing_for_them(outcomes: list[Outcome]) -> None:
    smaller = outcome_of(outcomes, "S12").numbers["smaller"]
    assert smaller.low == pytest.approx(0.0, abs=1e-9)
    assert smaller.high > smaller.value > 0


def test_the_patient_of_s15_runs_only_with_an_acknowledgement(bench: Bench) -> None:
    with pytest.raises(cx.InputError) as caught:
        bench.scenario("s15_conditions", {"patient.acknowledge_warnings": False})
    assert {problem.code for problem in caught.value.problems} == {"E-WARNING"}
    assert len(caught.value.problems) == 3
    assert len(bench.course("s15_conditions").warnings) == 3


TEXT = """title = "x"

[care]
moisturiser = true
topicals = [
    { compound = "minoxidil", dose = "1 mg/cm2", when = "once" },
]

[protocol]
sessions = "once"
"""


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("care.moisturiser", False),
        ("care.topicals", []),
        ("care.occlusion", "6 h"),
        ("protocol.sessions", "every 4 weeks x 4"),
        ("parameters.reach", "0.1 mm"),
        ("patient.phototype", 4),
    ],
)
def test_a_variant_differs_in_what_it_names_and_in_nothing_else(path: str, value: object) -> None:
    assert isinstance(value, bool | str | int | list)
    section, key = path.split(".")
    expected = tomllib.loads(TEXT)
    expected.setdefault(section, {})[key] = value
    assert tomllib.loads(varied(TEXT, {path: value})) == expected


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> dict[str, object]:
    report = tmp_path / "claims.html"
    assert cli.main(["claims", "s07", "S16", "--json", "--report", str(report)]) == 0
    assert report.stat().st_size > 10_000
    read: dict[str, object] = json.loads(capsys.readouterr().out)
    return read


def test_json_holds_the_claims_asked_for(told: dict[str, object]) -> None:
    claims = told["claims"]
    assert isinstance(claims, list)
    assert [claim["id"] for claim in claims] == ["S07", "S16"]
    for claim in claims:
        assert {claim["evidence"]["verdict"], claim["model"]["verdict"]} <= {str(verdict) for verdict in Verdict}
        assert claim["model"]["origin"] in {str(origin) for origin in Origin}
        assert all(criterion["number"] in claim["model"]["numbers"] for criterion in claim["model"]["criteria"])
    assert "ot yet calibrated" in str(told["caution"])


def test_an_unknown_claim_is_refused_with_those_there_are(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["claims", "S18"]) == 2
    refusal = capsys.readouterr().err
    assert "S18" in refusal
    assert "S17" in refusal


def test_text_ends_with_a_summary_and_a_caution(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.main(["claims", "S12", "S13"]) == 0
    printed = capsys.readouterr().out
    line = r"^S12 +pores look smaller +cannot say +cannot say +rests on built-in evidence$"
    assert re.search(line, printed, re.MULTILINE)
    assert printed.count(LEGEND) == 1
    assert all(str(verdict) in LEGEND for verdict in Verdict)
    assert printed.rstrip().endswith("Not medical advice.")
    assert printed.count("ot yet calibrated") == 1


def test_every_claim_fits_on_a_line_of_the_table(outcomes: list[Outcome]) -> None:
    head, *lines, legend = summary(outcomes).splitlines()
    assert legend == LEGEND
    assert len({outcome.claim.short for outcome in outcomes}) == len(lines) == len(outcomes)
    assert all(outcome.claim.short in line for outcome, line in zip(outcomes, lines, strict=True))
    assert max(map(len, [head, *lines])) <= WIDTH


def test_the_page_holds_each_claim_and_needs_nothing_else(outcomes: list[Outcome]) -> None:
    text = page(outcomes)
    plain = re.sub(r"<[^>]*>", " ", text).replace("&#x27;", "'").replace("&lt;", "<").replace("&gt;", ">")
    plain = re.sub(r"\s+", " ", plain)
    for outcome in outcomes:
        claim = outcome.claim
        assert claim.words in plain
        assert claim.short in plain
        assert claim.evidence.words in plain
        assert claim.origin_words in plain
        assert all(source in plain for source in claim.evidence.sources)
        assert all(f"cicatrix run {name}" in plain for name in claim.scenarios)
    assert len(re.findall("not yet calibrated", plain, re.IGNORECASE)) == 1
    assert len(re.findall("not medical advice", plain, re.IGNORECASE)) == 1
    names = re.findall(r'\bid="([^"]*)"', text)
    assert len(names) == len(set(names))
    assert set(re.findall(r'href="#([^"]*)"', text)) <= set(names)
    assert not re.search(r'(?:src|href)="(?!#)', text)
    assert len(text) < 1_000_000
