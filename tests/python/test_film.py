"""The film of a channel: its frames, its clock, its size, and what it refuses."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import numpy as np
import pytest
import xarray as xr
from PIL import Image
from sample_channel import HALF_LIFE, SOON, course_in_depth, course_round_channel
from sample_course import slow_maturation

import cicatrix as cx
from cicatrix import cli, film, film_command, space
from cicatrix.film import FRAMES, between_outputs, channel_film, clock_text, film_moments, time_marks
from cicatrix.outcome import Exit, RefusedError

FEW = 6  # frames, where their number is not what is tested
NO_FFMPEG = "import sys\nprint('no such codec', file=sys.stderr)\nsys.exit(1)\n"
FFMPEG = "import sys\ndata = sys.stdin.buffer.read()\nopen(sys.argv[-1], 'w').write(f'{len(data)} {sys.argv[1:]}')\n"


@pytest.fixture(scope="module")
def course() -> xr.Dataset:
    return course_round_channel(cells=16, rings=16)


@pytest.fixture(scope="module")
def often() -> xr.Dataset:
    return course_round_channel(sessions=[0.0, 28.0, 56.0], cells=16)


def frames_of(path: Path) -> list[Image.Image]:
    with Image.open(path) as gif:
        found = []
        for number in range(getattr(gif, "n_frames", 1)):
            gif.seek(number)
            found.append(gif.convert("RGB"))
    return found


def test_the_film_has_its_frames_and_is_small(course: xr.Dataset, tmp_path: Path) -> None:
    target = tmp_path / "channel.gif"
    assert channel_film(course, target, ["tgf_beta1_active", "collagen_iii"]) == target
    frames = frames_of(target)
    assert 60 <= len(frames) == FRAMES <= 100
    assert target.stat().st_size < 5_000_000
    first, last = (np.asarray(each, dtype=int) for each in (frames[0], frames[-1]))
    assert np.abs(first - last).max() > 100
    assert [path.name for path in tmp_path.iterdir()] == ["channel.gif"]  # nothing half-written is left


def test_the_pore_is_the_page_at_first_and_skin_at_the_end(course: xr.Dataset, tmp_path: Path) -> None:
    channel_film(course, tmp_path / "a.gif", frames=FEW)
    first, last = (np.asarray(each, dtype=int) for each in (frames_of(tmp_path / "a.gif")[i] for i in (0, -1)))
    brown = np.array([125, 90, 53])

    def of_horn(picture: np.ndarray[tuple[int, ...], np.dtype[np.int64]]) -> int:
        return int((np.abs(picture - brown).max(axis=-1) < 8).sum())

    assert of_horn(last) - of_horn(first) > 200  # points


def test_time_runs_evenly_in_its_logarithm(course: xr.Dataset) -> None:
    moments = film_moments(course, 80)
    assert len(moments) == 80
    assert moments[0].day == pytest.approx(1 / 24)
    assert moments[-1].day == pytest.approx(float(course["time"][-1]))
    assert np.ptp(np.diff(np.log([moment.day for moment in moments]))) == pytest.approx(0.0, abs=1e-9)


def test_several_sessions_are_two_stages(often: xr.Dataset) -> None:
    moments = film_moments(often, 80)
    assert [moment.session for moment in moments] == [1] * 40 + [3] * 40
    assert moments[39].day == pytest.approx(28.0)
    assert moments[40].day == pytest.approx(56.0 + 1 / 24)
    assert clock_text(moments[0], 3) == "1 hour after session 1"
    assert clock_text(moments[0], 1) == "1 hour after the session"
    assert [*time_marks(moments).values()].count("1 d") == 2


def test_a_course_of_late_outputs_begins_with_the_first_of_them(course: xr.Dataset) -> None:
    late = course.isel(time=np.flatnonzero(course["time"] % 1.0 == 0))
    assert film_moments(late, 10)[0].day == pytest.approx(1.0)
    assert film_moments(course.isel(time=[0]), 10) == []


def test_values_between_outputs_lie_between_them_but_never_across_a_session(often: xr.Dataset) -> None:
    cover = often[space.COVER].values
    inner = film.Moment(1.5, 1.5, 1)
    day, next_day = (often[space.COVER].sel(time=time).values for time in (1.0, 2.0))
    assert between_outputs(often, cover, inner) == pytest.approx(0.5 * (day + next_day))
    soon = film.Moment(56.0 + SOON[0] / 2, SOON[0] / 2, 3)  # the output before is of closed skin
    opened = often[space.COVER].sel(time=56.0 + SOON[0], method="nearest").values
    assert between_outputs(often, cover, soon) == pytest.approx(opened)
    at = film.Moment(SOON[0] + 2.0, SOON[0] + 2.0, 1)
    assert between_outputs(often, cover, at)[0] > 1 - 0.5 ** (1.0 / HALF_LIFE)


def test_frames_go_to_a_folder_and_replace_those_of_a_longer_film(course: xr.Dataset, tmp_path: Path) -> None:
    folder = tmp_path / "frames"
    channel_film(course, folder, frames=FEW)
    assert sorted(path.name for path in folder.iterdir()) == [f"frame_{number:03d}.png" for number in range(FEW)]
    (folder / "mine.txt").write_text("kept")
    channel_film(course, folder, frames=FEW - 2)
    assert len(list(folder.glob("frame_*.png"))) == FEW - 2
    assert (folder / "mine.txt").exists()
    sizes = {each.size for path in folder.glob("*.png") for each in frames_of(path)}
    assert len(sizes) == 1
    assert all(length % 2 == 0 for length in sizes.pop())  # as films want it


def test_mp4_needs_ffmpeg_and_says_what_to_do(
    course: xr.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(RefusedError, match=r"install it, or write a \.gif") as caught:
        channel_film(course, tmp_path / "a.mp4", frames=FEW)
    assert caught.value.exit_code == Exit.MISSING
    assert not list(tmp_path.iterdir())


def test_mp4_hands_every_frame_to_ffmpeg(course: xr.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    fake_program(tmp_path / "bin", FFMPEG)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    channel_film(course, tmp_path / "a.mp4", frames=FEW)
    size, options = (tmp_path / "a.mp4").read_text().split(" ", 1)
    channel_film(course, tmp_path / "frames", frames=1)
    with Image.open(tmp_path / "frames" / "frame_000.png") as picture:
        width, height = picture.size
    assert int(size) == FEW * width * height * 3
    assert f"'{width}x{height}'" in options


def test_a_fault_of_ffmpeg_is_told_and_leaves_nothing(
    course: xr.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_program(tmp_path / "bin", NO_FFMPEG)
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    with pytest.raises(RefusedError, match="no such codec"):
        channel_film(course, tmp_path / "a.mp4", frames=2)
    assert not (tmp_path / "a.mp4").exists()


def fake_program(folder: Path, text: str) -> None:
    """A program `ffmpeg` that does what `text` says."""
    folder.mkdir()
    (folder / "ffmpeg").write_text(f"#!{sys.executable}\n{text}")
    (folder / "ffmpeg").chmod(0o755)


def test_the_film_never_replaces_the_result(course: xr.Dataset, tmp_path: Path) -> None:
    result = tmp_path / "result.gif"
    result.write_bytes(b"precious")
    stored = course.copy()
    stored.encoding["source"] = str(result)
    with pytest.raises(RefusedError, match="is the result itself"):
        channel_film(stored, result, frames=FEW)
    assert result.read_bytes() == b"precious"


def test_an_unknown_ending_state_and_a_course_without_a_channel_are_refused(course: xr.Dataset, tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match=r"\.gif, as \.mp4 or"):
        channel_film(course, tmp_path / "a.avi")
    with pytest.raises(KeyError, match="did you mean 'collagen_iii'"):
        channel_film(course, tmp_path / "a.gif", ["colagen_iii"])
    for other in (slow_maturation(), course_in_depth()):
        with pytest.raises(RefusedError, match='fidelity = "channel"'):
            channel_film(other, tmp_path / "a.gif")
    assert not list(tmp_path.iterdir())


def test_a_film_that_is_stopped_leaves_nothing(course: xr.Dataset, tmp_path: Path) -> None:
    shares: list[float] = []

    def stop_half_way(share: float) -> bool:
        shares.append(share)
        return share < 0.5

    with pytest.raises(KeyboardInterrupt):
        channel_film(course, tmp_path / "a.gif", frames=FEW, progress=stop_half_way)
    assert shares == pytest.approx([0.0, 1 / 6, 2 / 6, 3 / 6])
    assert not list(tmp_path.iterdir())


def test_the_command_says_what_to_write_for_a_result_without_a_channel(
    result_file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert cli.main(["film", str(result_file)]) == Exit.BAD_INPUT
    told = capsys.readouterr()
    assert 'write fidelity = "channel" under [simulation]' in told.err
    assert not told.out
    assert not list(tmp_path.iterdir())
    assert cli.main(["film", "missing.nc"]) == Exit.NO_INPUT


def test_the_command_writes_beside_and_prints_where(
    course: xr.Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("cicatrix.course.open_course", lambda *_: course)
    monkeypatch.setattr(film, "FRAMES", FEW)
    assert cli.main(["film", "results/deep.nc", "--state", "collagen_iii", "--quiet"]) == Exit.DONE
    assert capsys.readouterr().out == "deep.gif\n"
    assert [path.name for path in tmp_path.iterdir()] == ["deep.gif"]
    assert cli.main(["film", "results/deep.nc", "--state", "colagen", "--quiet"]) == Exit.USAGE
    assert "it has: tgf_beta1_active, collagen_iii" in capsys.readouterr().err


def test_a_course_that_failed_is_not_filmed(course: xr.Dataset, monkeypatch: pytest.MonkeyPatch) -> None:
    failed = course.assign(status=((), np.int8(1), course["status"].attrs))
    monkeypatch.setattr("cicatrix.course.open_course", lambda *_: failed)
    with pytest.raises(RefusedError, match="step too small"):
        film_command.film(argparse.Namespace(result="a.nc", output=None, state=[], quiet=True))


def test_a_film_that_cannot_be_written_is_a_file_error(course: xr.Dataset, tmp_path: Path) -> None:
    with pytest.raises(cx.FileError):
        channel_film(course, tmp_path / "missing" / "a.gif", frames=2)
