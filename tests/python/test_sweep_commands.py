"""`cicatrix sweep`, `merge`, `check` and `run --member` as a shell meets them: options, refusals, words, exit codes."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from sweep_scenarios import SWEEP, WITH_A_REFUSED_MEMBER, written

import cicatrix as cx
from cicatrix import _core, cli
from cicatrix.sweeps.store import shard_place, stored

FEW = SWEEP.replace("samples = 300", "samples = 12")
ENDLESS = SWEEP.replace("samples = 300\n", "")
ARMS = SWEEP[: SWEEP.index("[sweep]")] + (
    """\
[sweep]
design = "cohort"
samples = 3
outcomes = ["collagen_total effect final"]
[sweep.cohort]
age = "uniform 30 years to 60 years"
[sweep.arms."very mild"]
device.injured_fraction = 0.02
[sweep.arms.strong]
device.injured_fraction = 0.1
"""
)


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own for each test, with a sweep of twelve members."""
    monkeypatch.chdir(tmp_path)
    return written(tmp_path, FEW, "few.toml")


def told(capsys: pytest.CaptureFixture[str]) -> list[dict[str, Any]]:
    """The lines of JSON that were printed."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def fails(arguments: list[str]) -> int:
    """The exit code of a command, also where it is argparse that refuses."""
    try:
        return int(cli.main(arguments))
    except SystemExit as ended:
        return int(ended.code or 0)


@pytest.mark.parametrize("shard", ["0/3", "4/3", "3", "1/0", "-1/3", "1/3/5", "a/b", " 1/2", "1.0/2", ""])
def test_a_shard_that_is_no_part_of_a_whole_is_a_matter_of_usage(
    shard: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fails(["sweep", "few.toml", f"--shard={shard}"]) == 2
    assert f"--shard {shard}: has to be i/n" in capsys.readouterr().err
    assert not Path("few.sweep").exists()


@pytest.mark.parametrize(
    "option",
    [
        ["--batch", "0"],
        ["--batch", "-3"],
        ["--batch", "many"],
        ["--threads", "0"],
        ["--samples", "0"],
        ["--samples", "1.5"],
        ["--lanes", "3"],
        ["--lanes", "-1"],
        ["--batch", "1000000"],
        ["--no-such-option"],
    ],
)
def test_numbers_that_mean_nothing_are_refused_before_anything_is_written(option: list[str]) -> None:
    assert fails(["sweep", "few.toml", *option]) == 2
    assert sorted(path.name for path in Path().iterdir()) == ["few.toml"]


def test_a_design_without_an_end_needs_a_number_of_samples(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, ENDLESS, "endless.toml")
    assert fails(["sweep", "endless.toml"]) == 2
    assert "sobol design goes on for ever" in capsys.readouterr().err
    assert fails(["sweep", "endless.toml", "--samples", "5", "--quiet"]) == 0
    assert cx.open("endless.sweep").identical(cx.sweep("endless.toml", samples=5, progress=False))
    assert fails(["sweep", "endless.sweep", "--quiet"]) == 0  # the directory knows how many


def test_a_design_with_an_end_takes_no_other_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, WITH_A_REFUSED_MEMBER, "grid.toml")
    assert fails(["sweep", "grid.toml", "--samples", "7"]) != 0
    assert "samples" in capsys.readouterr().err
    assert not Path("grid.sweep").exists()


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["sweep", "nowhere.toml"], 66),
        (["sweep", "nowhere.sweep"], 66),
        (["merge", "nowhere.sweep"], 66),
        (["merge", "few.toml"], 66),
        (["run", "nowhere.sweep", "--member", "1"], 66),
        (["run", "few.toml"], 65),  # a sweep is not one course
        (["sweep", "few.toml", "-o", "few.toml"], 73),
        (["sweep", "few.toml", "-o", "few.toml/inside"], 73),
    ],
)
def test_what_is_not_there_or_in_the_way_has_its_exit_code(
    arguments: list[str], code: int, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fails(arguments) == code
    printed = capsys.readouterr()
    assert printed.err.strip()
    assert "Traceback" not in printed.err
    assert Path("few.toml").read_text() == FEW


def test_a_scenario_without_a_sweep_is_bad_input(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, SWEEP[: SWEEP.index("[sweep]")], "one.toml")
    assert fails(["sweep", "one.toml"]) == 65
    assert "sweep" in capsys.readouterr().err
    assert not Path("one.sweep").exists()


def test_a_sweep_says_how_much_there_is_and_what_to_do_next(capsys: pytest.CaptureFixture[str]) -> None:
    assert fails(["sweep", "few.toml", "--batch", "5"]) == 0
    out = capsys.readouterr().out
    assert "few.sweep: 12 members in 3 shards, in " in out
    command = out[out.index("`") + 1 : out.rindex("`")]
    assert fails(command.split()[1:]) == 0  # what it proposes works
    assert "few.nc: 12 members" in capsys.readouterr().out
    assert cx.open("few.nc").identical(cx.open("few.sweep"))


def test_a_part_says_how_much_of_the_whole_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert fails(["sweep", "few.toml", "--batch", "5", "--shard", "2/2"]) == 0
    out = capsys.readouterr().out
    assert "5 of 12 members in 1 shards" in out
    assert "merge" not in out  # there is nothing to merge yet
    assert fails(["check", "few.sweep"]) == 1
    assert "few.sweep: not complete (5 of 12 members" in capsys.readouterr().out
    assert fails(["merge", "few.sweep"]) == 66
    assert "members 0 to 4, 10 to 11" in capsys.readouterr().err
    assert not Path("few.nc").exists()


def test_json_of_a_sweep_is_one_object_a_line_with_its_failures(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written(tmp_path, WITH_A_REFUSED_MEMBER, "grid.toml")
    assert fails(["sweep", "grid.toml", "-o", "a b", "--json"]) == 1
    lines = told(capsys)
    assert [line["event"] for line in lines if line["event"] != "progress"] == ["begin", "failure", "end"]
    begin, failure, end = (line for line in lines if line["event"] != "progress")
    assert (begin["members"], end["done"], end["failed"], end["members"]) == (4, 4, 1, 4)
    assert begin["store"] == end["store"] == "a b"
    assert (end["exit"], end["fault"]) == (1, None)
    assert end["seconds"] >= 0
    assert (failure["member"], failure["reason"], failure["arm"]) == (1, "refused", "")
    assert failure["replay"] == "cicatrix run 'a b' --member 1"
    assert failure["factors"]["simulation.duration [days]"] == 20.0


def test_a_directory_is_checked_in_words_and_as_json(capsys: pytest.CaptureFixture[str]) -> None:
    assert fails(["sweep", "few.toml", "--batch", "5", "--quiet"]) == 0
    capsys.readouterr()
    assert fails(["check", "few.sweep"]) == 0
    assert "few.sweep: whole (12 members in 3 shards)" in capsys.readouterr().out
    place = Path("few.sweep") / shard_place(1)
    place.write_bytes(place.read_bytes().replace(b"\0", b"\1", 1))
    assert fails(["check", "few.sweep"]) == 65
    assert "damaged" in capsys.readouterr().out
    assert fails(["check", "few.sweep", "--json"]) == 65
    found = json.loads(capsys.readouterr().out)
    assert found["ok"] is False
    assert len(found["damage"]) == 1
    assert str(shard_place(1)) in found["damage"][0]
    assert (found["members"], found["done"], found["failures"]) == (12, 12, [])


def test_what_a_directory_holds_can_be_read_with_its_defaults(capsys: pytest.CaptureFixture[str]) -> None:
    assert fails(["check", "few.toml", "--resolved"]) == 0
    before = tomllib.loads(capsys.readouterr().out)
    assert fails(["sweep", "few.toml", "--quiet"]) == 0
    capsys.readouterr()
    assert fails(["check", "few.sweep", "--resolved"]) == 0
    resolved = capsys.readouterr().out
    assert tomllib.loads(resolved) == before
    assert _core.parse_sweep(resolved, "resolved.toml").members == 12


def test_merge_tells_json_and_writes_where_it_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert fails(["sweep", "few.toml", "--quiet"]) == 0
    capsys.readouterr()
    assert fails(["merge", "few.sweep", "-o", "all.nc", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"result": "all.nc", "members": 12, "failed": 0}
    before = Path("all.nc").read_bytes()
    assert fails(["merge", "few.sweep", "-o", "all.nc", "--quiet"]) == 0  # again: the same bytes
    assert Path("all.nc").read_bytes() == before
    assert fails(["merge", "few.sweep", "-o", "no/such/folder/all.nc"]) == 73
    assert not Path("no").exists()


@pytest.mark.parametrize("source", ["few.toml", "few.sweep"])
def test_a_member_is_replayed_from_the_file_and_from_the_directory(source: str) -> None:
    assert fails(["sweep", "few.toml", "--quiet"]) == 0
    assert fails(["run", source, "--member", "11", "--quiet"]) == 0
    one = cx.open("few-member-11.nc")
    gain = float(one.cx.effect("collagen_total")[-1])
    assert gain == float(cx.open("few.sweep")["collagen_total_effect_final"][11])


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (["--member", "12"], "has the members 0 to 11, not 12"),
        (["--member=-1"], "has the members 0 to 11, not -1"),
        (["--member", "1", "--arm", "strong"], "has no arm 'strong'"),
    ],
)
def test_a_member_that_there_is_not_is_refused(
    asked: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert fails(["run", "few.toml", *asked, "--quiet"]) == 2
    assert words in capsys.readouterr().err
    assert not list(Path().glob("*.nc"))


def test_a_patient_is_replayed_under_each_protocol(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, ARMS, "arms.toml")
    found = cx.sweep("arms.toml", progress=False)
    assert fails(["run", "arms.toml", "--member", "2", "--arm", "very mild", "--quiet"]) == 0
    assert fails(["run", "arms.toml", "--member", "2", "--arm", "strong", "--quiet"]) == 0
    for arm in ("very mild", "strong"):
        one = cx.open(f"arms-member-2-{arm.replace(' ', '_')}.nc")
        wanted = float(found["collagen_total_effect_final"].sel(member=2, arm=arm))
        assert float(one.cx.effect("collagen_total")[-1]) == wanted
    assert fails(["run", "arms.toml", "--member", "2", "--arm", "laser", "--quiet"]) == 2
    assert "very mild, strong" in capsys.readouterr().err


def test_a_figure_is_drawn_of_a_directory_too(tmp_path: Path) -> None:
    written(tmp_path, WITH_A_REFUSED_MEMBER.replace('"20 days"', '"50 days"'), "grid.toml")
    assert fails(["sweep", "grid.toml", "--quiet"]) == 0
    assert fails(["sweep", "grid.sweep", "--figure", "map.svg", "--quiet"]) == 0
    assert "Highest" in Path("map.svg").read_text(encoding="utf-8")


def test_a_directory_goes_with_its_name(capsys: pytest.CaptureFixture[str]) -> None:
    assert fails(["sweep", "few.toml", "-o", "first.sweep", "--batch", "5", "--shard", "1/2", "--quiet"]) == 0
    shutil.move("first.sweep", "second.sweep")
    Path("few.toml").unlink()  # the directory has all that it needs
    assert fails(["sweep", "second.sweep", "--batch", "5", "--shard", "2/2", "--quiet"]) == 0
    assert cx.open("second.sweep").sizes["member"] == 12
    assert not Path("first.sweep").exists()
    capsys.readouterr()
    assert fails(["check", "second.sweep"]) == 0


def test_quiet_says_nothing_on_a_terminal_but_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    assert fails(["sweep", "few.toml", "--quiet"]) == 0
    printed = capsys.readouterr()
    assert printed.err == ""
    assert "\r" not in printed.out


def test_a_sweep_that_is_asked_to_stop_ends_as_shells_expect() -> None:
    """With the exit code of an interrupt, what was computed in its place, and no lock left."""
    many = written(Path.cwd(), SWEEP.replace("samples = 300", "samples = 200000"), "many.toml")
    program = f"""
import _thread, signal, sys, threading, time
from pathlib import Path
from cicatrix import cli

signal.signal(signal.SIGINT, signal.default_int_handler)  # as in a terminal: a job in the background ignores it

def interrupt():
    while not Path("many.sweep/{shard_place(1)}").exists():
        time.sleep(0.01)
    _thread.interrupt_main()

threading.Thread(target=interrupt, daemon=True).start()
sys.exit(cli.main(["sweep", {many.name!r}, "--batch", "64", "--threads", "1"]))
"""
    ended = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, env=os.environ, timeout=60)
    assert ended.returncode == 130, ended.stderr
    assert "Traceback" not in ended.stderr
    assert ended.stdout.endswith("members are kept; the same line goes on from there\n")
    folder = Path("many.sweep")
    assert not list(folder.glob("*.lock"))
    known = stored(folder)
    assert known.lost() == []
    assert 2 <= len(known.batches) < known.batch_count
